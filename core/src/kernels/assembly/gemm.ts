// Matrix products: packed panels, cache blocks, and a tile of registers; float64 and float32 from one text.
//
// A tile is MR x (2 vectors): 4 x 4 float64 or 4 x 8 float32 keeps 8 sums, 2 rows of B and one of A in registers on every engine measured; 6 rows are
// faster by 5 % on V8 13 and later but spill on older ones and on Firefox, so the host chooses (`setTileRows`). Both give the same bits.
// The k loop is not unrolled: unrolling makes V8 hoist loads and spill (half speed). Blocks: KC 256, MC 60 (float32: 120), NC 1024 (see `npm run bench -- linalg`).
import { alloc, mark, moveArena } from "./memory";

/** Called every few milliseconds of work; the host may throw to cancel. */
@external("env", "poll")
declare function poll(): void;
/** Offers a large product to other threads; answers 1 when it has been done. */
@external("env", "share")
declare function share(m: i32, n: i32, k: i32, alpha: f64, a: usize, ars: i32, acs: i32, b: usize, brs: i32, bcs: i32, c: usize, ldc: i32, accumulate: i32): i32;

const KC: i32 = 256;
/** Bytes of a column of a block of A: 60 rows of float64, 120 of float32. */
const MC_BYTES: i32 = 480;
const NC: i32 = 1024;
const PAIR: i32 = 2;
/** Multiply-adds between two polls: about 2 ms. */
const POLL: i64 = 1 << 25;
/** Multiply-adds from which a product is offered to other threads (n = 160). */
const SHARED: i64 = 1 << 22;

let tileRows: i32 = 4;
let threads: bool = false;
let work: i64 = 0;
// Pack buffers live as long as the instance: they are allocated by the start function, never between mark and release.
let packedA: usize = alloc(MC_BYTES * KC);
let packedB: usize = alloc(NC * KC * 8);
let tile: usize = alloc(6 * 32);

/** Gives this instance its own arena and pack buffers above `base` in a memory shared with others; answers the arena's first free address. */
export function relocate(base: usize): usize {
  moveArena(base);
  packedA = alloc(MC_BYTES * KC);
  packedB = alloc(NC * KC * 8);
  tile = alloc(6 * 32);
  return mark();
}

export function setTileRows(rows: i32): void {
  tileRows = rows == 6 ? 6 : 4;
}

export function setThreads(on: bool): void {
  threads = on;
}

/** Counts `n` multiply-adds and lets the host look in from time to time. */
export function spend(n: i64): void {
  work += n;
  if (work > POLL) {
    work = 0;
    poll();
  }
}

// @ts-ignore: decorator
@inline
function fma<T>(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_madd<T>(a, b, c);
  else return v128.add<T>(v128.mul<T>(a, b), c);
}

/** One row of a finished tile: c = alpha s (+ c). */
// @ts-ignore: decorator
@inline
function finish<T>(c: usize, al: v128, s0: v128, s1: v128, accumulate: bool): void {
  if (accumulate) {
    v128.store(c, fma<T>(al, s0, v128.load(c)));
    v128.store(c, fma<T>(al, s1, v128.load(c, 16)), 16);
  } else {
    v128.store(c, v128.mul<T>(al, s0));
    v128.store(c, v128.mul<T>(al, s1), 16);
  }
}

/** C tile (4 rows) of packed panels; k >= 1, ld in bytes. */
function tile4<T>(k: i32, a: usize, b: usize, c: usize, ld: usize, alpha: T, accumulate: bool): void {
  let c00 = v128.splat<T>(<T>0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  const end = b + <usize>(k * 32);
  do {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    const a0 = v128.load_splat<T>(a);
    c00 = fma<T>(a0, b0, c00);
    c01 = fma<T>(a0, b1, c01);
    const a1 = v128.load_splat<T>(a, sizeof<T>());
    c10 = fma<T>(a1, b0, c10);
    c11 = fma<T>(a1, b1, c11);
    const a2 = v128.load_splat<T>(a, 2 * sizeof<T>());
    c20 = fma<T>(a2, b0, c20);
    c21 = fma<T>(a2, b1, c21);
    const a3 = v128.load_splat<T>(a, 3 * sizeof<T>());
    c30 = fma<T>(a3, b0, c30);
    c31 = fma<T>(a3, b1, c31);
    a += 4 * sizeof<T>();
    b += 32;
  } while (b < end);
  const al = v128.splat<T>(alpha);
  finish<T>(c, al, c00, c01, accumulate);
  finish<T>(c + ld, al, c10, c11, accumulate);
  finish<T>(c + 2 * ld, al, c20, c21, accumulate);
  finish<T>(c + 3 * ld, al, c30, c31, accumulate);
}

/** The same with 6 rows. */
function tile6<T>(k: i32, a: usize, b: usize, c: usize, ld: usize, alpha: T, accumulate: bool): void {
  let c00 = v128.splat<T>(<T>0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00, c40 = c00, c41 = c00, c50 = c00, c51 = c00;
  const end = b + <usize>(k * 32);
  do {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    const a0 = v128.load_splat<T>(a);
    c00 = fma<T>(a0, b0, c00);
    c01 = fma<T>(a0, b1, c01);
    const a1 = v128.load_splat<T>(a, sizeof<T>());
    c10 = fma<T>(a1, b0, c10);
    c11 = fma<T>(a1, b1, c11);
    const a2 = v128.load_splat<T>(a, 2 * sizeof<T>());
    c20 = fma<T>(a2, b0, c20);
    c21 = fma<T>(a2, b1, c21);
    const a3 = v128.load_splat<T>(a, 3 * sizeof<T>());
    c30 = fma<T>(a3, b0, c30);
    c31 = fma<T>(a3, b1, c31);
    const a4 = v128.load_splat<T>(a, 4 * sizeof<T>());
    c40 = fma<T>(a4, b0, c40);
    c41 = fma<T>(a4, b1, c41);
    const a5 = v128.load_splat<T>(a, 5 * sizeof<T>());
    c50 = fma<T>(a5, b0, c50);
    c51 = fma<T>(a5, b1, c51);
    a += 6 * sizeof<T>();
    b += 32;
  } while (b < end);
  const al = v128.splat<T>(alpha);
  finish<T>(c, al, c00, c01, accumulate);
  finish<T>(c + ld, al, c10, c11, accumulate);
  finish<T>(c + 2 * ld, al, c20, c21, accumulate);
  finish<T>(c + 3 * ld, al, c30, c31, accumulate);
  finish<T>(c + 4 * ld, al, c40, c41, accumulate);
  finish<T>(c + 5 * ld, al, c50, c51, accumulate);
}

/** Four rows at p0..p3 (steps `acs` bytes) times a panel of B whose rows lie `bs` bytes apart: no packing. */
function strided4<T>(
  k: i32, p0: usize, p1: usize, p2: usize, p3: usize, acs: usize, b: usize, bs: usize, c: usize, ld: usize, alpha: T, accumulate: bool,
): void {
  let c00 = v128.splat<T>(<T>0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  do {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    const a0 = v128.load_splat<T>(p0);
    c00 = fma<T>(a0, b0, c00);
    c01 = fma<T>(a0, b1, c01);
    const a1 = v128.load_splat<T>(p1);
    c10 = fma<T>(a1, b0, c10);
    c11 = fma<T>(a1, b1, c11);
    const a2 = v128.load_splat<T>(p2);
    c20 = fma<T>(a2, b0, c20);
    c21 = fma<T>(a2, b1, c21);
    const a3 = v128.load_splat<T>(p3);
    c30 = fma<T>(a3, b0, c30);
    c31 = fma<T>(a3, b1, c31);
    p0 += acs;
    p1 += acs;
    p2 += acs;
    p3 += acs;
    b += bs;
  } while (--k > 0);
  const al = v128.splat<T>(alpha);
  finish<T>(c, al, c00, c01, accumulate);
  finish<T>(c + ld, al, c10, c11, accumulate);
  finish<T>(c + 2 * ld, al, c20, c21, accumulate);
  finish<T>(c + 3 * ld, al, c30, c31, accumulate);
}

/** Moves the h x w corner of the scratch tile to C. */
function scatter<T>(h: i32, w: i32, c: usize, ld: usize, accumulate: bool): void {
  for (let q = 0; q < h; q++) {
    for (let r = 0; r < w; r++) {
      const to = c + <usize>q * ld + <usize>r * sizeof<T>();
      const value = load<T>(tile + <usize>q * 32 + <usize>r * sizeof<T>());
      store<T>(to, accumulate ? load<T>(to) + value : value);
    }
  }
}

/** Small products with unit column stride of B: no packing but of B's last, incomplete panel. Strides in bytes. */
function direct<T>(m: i32, n: i32, k: i32, alpha: T, a: usize, ars: usize, acs: usize, b: usize, bs: usize, c: usize, ld: usize, accumulate: bool): void {
  const NR = <i32>(32 / sizeof<T>());
  const full = n - (n & (NR - 1)), m4 = m & ~3, rest = n - full;
  if (rest > 0) {
    let d = packedB, s = b + <usize>full * sizeof<T>();
    for (let p = 0; p < k; p++) {
      for (let r = 0; r < NR; r++) store<T>(d + <usize>r * sizeof<T>(), r < rest ? load<T>(s + <usize>r * sizeof<T>()) : <T>0);
      d += 32;
      s += bs;
    }
  }
  for (let i = 0; i < m; i += 4) {
    const h = min(4, m - i);
    const p0 = a + <usize>i * ars, p1 = h > 1 ? p0 + ars : p0, p2 = h > 2 ? p1 + ars : p0, p3 = h > 3 ? p2 + ars : p0;
    const row = c + <usize>i * ld;
    for (let j = 0; j < full; j += NR) {
      const o = <usize>j * sizeof<T>();
      if (i < m4) strided4<T>(k, p0, p1, p2, p3, acs, b + o, bs, row + o, ld, alpha, accumulate);
      else {
        strided4<T>(k, p0, p1, p2, p3, acs, b + o, bs, tile, 32, alpha, false);
        scatter<T>(h, NR, row + o, ld, accumulate);
      }
    }
    if (rest > 0) {
      strided4<T>(k, p0, p1, p2, p3, acs, packedB, 32, tile, 32, alpha, false);
      scatter<T>(h, rest, row + <usize>full * sizeof<T>(), ld, accumulate);
    }
  }
}

/** Packs `count` lines of length kc into panels of `width` lines, k-major, padded with zeros. rs: step between lines, cs: along a line (bytes). */
function pack<T>(count: i32, kc: i32, src: usize, rs: usize, cs: usize, d: usize, width: i32): void {
  const bytes = <usize>width * sizeof<T>();
  for (let i = 0; i < count; i += width) {
    const h = count - i, s = src + <usize>i * rs;
    if (h >= width && rs == sizeof<T>() && (bytes & 15) == 0) {
      let p = s;
      for (let q = 0; q < kc; q++) {
        v128.store(d, v128.load(p));
        if (bytes > 16) v128.store(d, v128.load(p, 16), 16);
        if (bytes > 32) v128.store(d, v128.load(p, 32), 32);
        p += cs;
        d += bytes;
      }
    } else if (h >= width && cs == sizeof<T>() && sizeof<T>() == 8) {
      // rows of doubles: transpose 2 x 2 blocks in registers
      for (let q = 0; q < width; q += 2) {
        let r0 = s + <usize>q * rs, r1 = r0 + rs, t = d + (<usize>q << 3), p = 0;
        for (; p + 2 <= kc; p += 2) {
          const u = v128.load(r0), v = v128.load(r1);
          v128.store(t, v128.shuffle<f64>(u, v, 0, 2));
          v128.store(t + bytes, v128.shuffle<f64>(u, v, 1, 3));
          r0 += 16;
          r1 += 16;
          t += bytes * 2;
        }
        if (p < kc) {
          store<f64>(t, load<f64>(r0));
          store<f64>(t, load<f64>(r1), 8);
        }
      }
      d += bytes * <usize>kc;
    } else if (h >= width) {
      for (let q = 0; q < width; q += 2) {
        let r0 = s + <usize>q * rs, r1 = r0 + rs, t = d + <usize>q * sizeof<T>();
        for (let p = 0; p < kc; p++) {
          store<T>(t, load<T>(r0));
          store<T>(t, load<T>(r1), sizeof<T>());
          r0 += cs;
          r1 += cs;
          t += bytes;
        }
      }
      d += bytes * <usize>kc;
    } else {
      let p = s;
      for (let q = 0; q < kc; q++) {
        for (let r = 0; r < width; r++) store<T>(d + <usize>r * sizeof<T>(), r < h ? load<T>(p + <usize>r * rs) : <T>0);
        p += cs;
        d += bytes;
      }
    }
  }
}

/** Packed A (mc rows) times packed B (nc columns). Two panels of B take turns on one of A: it comes from the second cache once, and a line of C is whole. */
function macro<T>(mc: i32, nc: i32, kc: i32, alpha: T, c: usize, ld: usize, accumulate: bool): void {
  const NR = <i32>(32 / sizeof<T>()), MR = tileRows;
  const panelA = <usize>(kc * MR) * sizeof<T>(), panelB = <usize>(kc * 32);
  for (let pair = 0; pair < nc; pair += PAIR * NR) {
    let a = packedA;
    for (let i = 0; i < mc; i += MR) {
      const h = mc - i;
      let b = packedB + <usize>(pair / NR) * panelB;
      for (let j = pair; j < min(nc, pair + PAIR * NR); j += NR) {
        const to = c + <usize>i * ld + <usize>j * sizeof<T>(), w = nc - j;
        if (w >= NR && h >= MR) {
          if (MR == 6) tile6<T>(kc, a, b, to, ld, alpha, accumulate);
          else tile4<T>(kc, a, b, to, ld, alpha, accumulate);
        } else {
          if (MR == 6) tile6<T>(kc, a, b, tile, 32, alpha, false);
          else tile4<T>(kc, a, b, tile, 32, alpha, false);
          scatter<T>(min(h, MR), min(w, NR), to, ld, accumulate);
        }
        b += panelB;
      }
      a += panelA;
    }
  }
}

function product<T>(
  m: i32, n: i32, k: i32, alpha: T, a: usize, ars: i32, acs: i32, b: usize, brs: i32, bcs: i32, c: usize, ldc: i32, accumulate: bool,
): void {
  if (m <= 0 || n <= 0) return;
  const size = sizeof<T>(), MC = <i32>(MC_BYTES / size);
  const ld = <usize>ldc * size;
  if (k <= 0) {
    if (!accumulate) for (let i = 0; i < m; i++) memory.fill(c + <usize>i * ld, 0, <usize>n * size);
    return;
  }
  const ra = <usize>ars * size, ca = <usize>acs * size, rb = <usize>brs * size, cb = <usize>bcs * size;
  // (a text for float32 would take 1 KB for products nobody asks for)
  if (size == 8 && bcs == 1 && (k <= 16 || (n <= 32 && m <= 32) || (k <= 96 && n <= 64 && m <= 256)) && k <= 4096) {
    direct<f64>(m, n, k, alpha, a, ra, ca, b, rb, c, ld, accumulate);
    return;
  }
  for (let jc = 0; jc < n; jc += NC) {
    const nc = min(NC, n - jc);
    for (let pc = 0; pc < k; pc += KC) {
      const kc = min(KC, k - pc), more = accumulate || pc > 0;
      pack<T>(nc, kc, b + <usize>pc * rb + <usize>jc * cb, cb, rb, packedB, <i32>(32 / sizeof<T>()));
      for (let ic = 0; ic < m; ic += MC) {
        const mc = min(MC, m - ic);
        pack<T>(mc, kc, a + <usize>ic * ra + <usize>pc * ca, ra, ca, packedA, tileRows);
        macro<T>(mc, nc, kc, alpha, c + <usize>ic * ld + <usize>jc * size, ld, more);
        spend(<i64>mc * nc * kc);
      }
    }
  }
}

/** C (m x n, row-major, ldc) = alpha A B (+ C). A(i, k) = a[i ars + k acs], B(k, j) = b[k brs + j bcs]; strides in numbers. On this thread alone. */
export function gemmAlone(
  m: i32, n: i32, k: i32, alpha: f64, a: usize, ars: i32, acs: i32, b: usize, brs: i32, bcs: i32, c: usize, ldc: i32, accumulate: bool,
): void {
  product<f64>(m, n, k, alpha, a, ars, acs, b, brs, bcs, c, ldc, accumulate);
}

/** The same, with the help of other threads when there are some and the product is large. */
export function gemm(
  m: i32, n: i32, k: i32, alpha: f64, a: usize, ars: i32, acs: i32, b: usize, brs: i32, bcs: i32, c: usize, ldc: i32, accumulate: bool,
): void {
  if (threads && <i64>m * n * k >= SHARED && m >= 64 && share(m, n, k, alpha, a, ars, acs, b, brs, bcs, c, ldc, accumulate ? 1 : 0)) return;
  product<f64>(m, n, k, alpha, a, ars, acs, b, brs, bcs, c, ldc, accumulate);
}

/** The same for float32. */
export function gemm32(
  m: i32, n: i32, k: i32, alpha: f32, a: usize, ars: i32, acs: i32, b: usize, brs: i32, bcs: i32, c: usize, ldc: i32, accumulate: bool,
): void {
  product<f32>(m, n, k, alpha, a, ars, acs, b, brs, bcs, c, ldc, accumulate);
}
