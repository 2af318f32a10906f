// The discrete Fourier transform on split planes, in Stockham's self-sorting order: a stage of radix r reads x[q + s (p + m k)] and writes
// y[q + s (r p + j)], two values of q at a time. Tables of roots of unity come from the host: n cosines, then n imaginary parts of e^(-2 pi i k / n).
import { alloc, mark, release } from "./memory";
import { madd, nmadd } from "./vector";

const W3: f64 = 0.8660254037844386;
const C1: f64 = 0.30901699437494745, C2: f64 = -0.8090169943749475, S1: f64 = 0.9510565162951535, S2: f64 = 0.5877852522924731;

// Rows of s values are walked in pairs. The last pair of an odd row overlaps the one before (input and output are different arrays); at s = 1 the second lane
// writes rubbish that the next store, one place further, replaces: outputs are stored in ascending order and have room for one number more.

/** The next pair's offset in a row of S bytes. */
// @ts-ignore: decorator
@inline
function pair(q: usize, S: usize): usize {
  return q + 16 > S && S > 8 ? S - 16 : q;
}

/** Stores (re + im i)(wr + wi i). */
// @ts-ignore: decorator
@inline
function putTurned(pr: usize, pi: usize, re: v128, im: v128, wr: v128, wi: v128): void {
  v128.store(pr, nmadd(wi, im, f64x2.mul(wr, re)));
  v128.store(pi, madd(wr, im, f64x2.mul(wi, re)));
}

function stage4(m: i32, s: i32, xr: usize, xi: usize, yr: usize, yi: usize, tc: usize, ts: usize): void {
  const S = <usize>s << 3, block = S * <usize>m;
  for (let p = 0; p < m; p++) {
    const k = <usize>(p * s) << 3;
    const w1r = v128.load_splat<f64>(tc + k), w1i = v128.load_splat<f64>(ts + k), w2r = v128.load_splat<f64>(tc + 2 * k), w2i = v128.load_splat<f64>(ts + 2 * k);
    const w3r = v128.load_splat<f64>(tc + 3 * k), w3i = v128.load_splat<f64>(ts + 3 * k);
    const a = S * <usize>p, b = a + block, c = b + block, d = c + block, o0 = S * <usize>(4 * p), o1 = o0 + S, o2 = o1 + S, o3 = o2 + S;
    for (let at: usize = 0; at < S; at += 16) {
      const q = pair(at, S);
      const ar = v128.load(xr + a + q), ai = v128.load(xi + a + q), br = v128.load(xr + b + q), bi = v128.load(xi + b + q);
      const cr = v128.load(xr + c + q), ci = v128.load(xi + c + q), dr = v128.load(xr + d + q), di = v128.load(xi + d + q);
      const sr = f64x2.add(ar, cr), si = f64x2.add(ai, ci), ur = f64x2.sub(ar, cr), ui = f64x2.sub(ai, ci);
      const tr = f64x2.add(br, dr), ti = f64x2.add(bi, di), vr = f64x2.sub(bi, di), vi = f64x2.sub(dr, br);
      v128.store(yr + o0 + q, f64x2.add(sr, tr));
      v128.store(yi + o0 + q, f64x2.add(si, ti));
      if (p == 0) {
        v128.store(yr + o1 + q, f64x2.add(ur, vr));
        v128.store(yi + o1 + q, f64x2.add(ui, vi));
        v128.store(yr + o2 + q, f64x2.sub(sr, tr));
        v128.store(yi + o2 + q, f64x2.sub(si, ti));
        v128.store(yr + o3 + q, f64x2.sub(ur, vr));
        v128.store(yi + o3 + q, f64x2.sub(ui, vi));
      } else {
        putTurned(yr + o1 + q, yi + o1 + q, f64x2.add(ur, vr), f64x2.add(ui, vi), w1r, w1i);
        putTurned(yr + o2 + q, yi + o2 + q, f64x2.sub(sr, tr), f64x2.sub(si, ti), w2r, w2i);
        putTurned(yr + o3 + q, yi + o3 + q, f64x2.sub(ur, vr), f64x2.sub(ui, vi), w3r, w3i);
      }
    }
  }
}

function stage2(m: i32, s: i32, xr: usize, xi: usize, yr: usize, yi: usize, tc: usize, ts: usize): void {
  const S = <usize>s << 3, block = S * <usize>m;
  for (let p = 0; p < m; p++) {
    const k = <usize>(p * s) << 3, wr = v128.load_splat<f64>(tc + k), wi = v128.load_splat<f64>(ts + k);
    const a = S * <usize>p, b = a + block, o0 = 2 * a, o1 = o0 + S;
    for (let at: usize = 0; at < S; at += 16) {
      const q = pair(at, S);
      const ar = v128.load(xr + a + q), ai = v128.load(xi + a + q), br = v128.load(xr + b + q), bi = v128.load(xi + b + q);
      v128.store(yr + o0 + q, f64x2.add(ar, br));
      v128.store(yi + o0 + q, f64x2.add(ai, bi));
      putTurned(yr + o1 + q, yi + o1 + q, f64x2.sub(ar, br), f64x2.sub(ai, bi), wr, wi);
    }
  }
}

function stage3(m: i32, s: i32, xr: usize, xi: usize, yr: usize, yi: usize, tc: usize, ts: usize): void {
  const S = <usize>s << 3, block = S * <usize>m, half = f64x2.splat(-0.5), root = f64x2.splat(W3);
  for (let p = 0; p < m; p++) {
    const k = <usize>(p * s) << 3;
    const w1r = v128.load_splat<f64>(tc + k), w1i = v128.load_splat<f64>(ts + k), w2r = v128.load_splat<f64>(tc + 2 * k), w2i = v128.load_splat<f64>(ts + 2 * k);
    const a = S * <usize>p, b = a + block, c = b + block, o0 = 3 * a, o1 = o0 + S, o2 = o1 + S;
    for (let at: usize = 0; at < S; at += 16) {
      const q = pair(at, S);
      const ar = v128.load(xr + a + q), ai = v128.load(xi + a + q), br = v128.load(xr + b + q), bi = v128.load(xi + b + q);
      const cr = v128.load(xr + c + q), ci = v128.load(xi + c + q);
      const tr = f64x2.add(br, cr), ti = f64x2.add(bi, ci), ur = madd(half, tr, ar), ui = madd(half, ti, ai);
      const vr = f64x2.mul(root, f64x2.sub(bi, ci)), vi = f64x2.mul(root, f64x2.sub(cr, br));
      v128.store(yr + o0 + q, f64x2.add(ar, tr));
      v128.store(yi + o0 + q, f64x2.add(ai, ti));
      putTurned(yr + o1 + q, yi + o1 + q, f64x2.add(ur, vr), f64x2.add(ui, vi), w1r, w1i);
      putTurned(yr + o2 + q, yi + o2 + q, f64x2.sub(ur, vr), f64x2.sub(ui, vi), w2r, w2i);
    }
  }
}

function stage5(m: i32, s: i32, xr: usize, xi: usize, yr: usize, yi: usize, tc: usize, ts: usize): void {
  const S = <usize>s << 3, block = S * <usize>m;
  const c1 = f64x2.splat(C1), c2 = f64x2.splat(C2), s1 = f64x2.splat(S1), s2 = f64x2.splat(S2);
  for (let p = 0; p < m; p++) {
    const k = <usize>(p * s) << 3, a = S * <usize>p, b = a + block, c = b + block, d = c + block, e = d + block, o = 5 * a;
    for (let at: usize = 0; at < S; at += 16) {
      const q = pair(at, S);
      const ar = v128.load(xr + a + q), ai = v128.load(xi + a + q), br = v128.load(xr + b + q), bi = v128.load(xi + b + q);
      const cr = v128.load(xr + c + q), ci = v128.load(xi + c + q), dr = v128.load(xr + d + q), di = v128.load(xi + d + q);
      const er = v128.load(xr + e + q), ei = v128.load(xi + e + q);
      const pr = f64x2.add(br, er), pi = f64x2.add(bi, ei), mr = f64x2.sub(br, er), mi = f64x2.sub(bi, ei);
      const gr = f64x2.add(cr, dr), gi = f64x2.add(ci, di), hr = f64x2.sub(cr, dr), hi = f64x2.sub(ci, di);
      v128.store(yr + o + q, f64x2.add(ar, f64x2.add(pr, gr)));
      v128.store(yi + o + q, f64x2.add(ai, f64x2.add(pi, gi)));
      // -i times the sine parts: (x, y) -> (y, -x)
      const ur = madd(c1, pr, madd(c2, gr, ar)), ui = madd(c1, pi, madd(c2, gi, ai));
      const vr = madd(s1, mi, f64x2.mul(s2, hi)), vi = f64x2.neg(madd(s1, mr, f64x2.mul(s2, hr)));
      const tr = madd(c2, pr, madd(c1, gr, ar)), ti = madd(c2, pi, madd(c1, gi, ai));
      const zr = f64x2.sub(f64x2.mul(s2, mi), f64x2.mul(s1, hi)), zi = f64x2.sub(f64x2.mul(s1, hr), f64x2.mul(s2, mr));
      let to = o + S + q;
      putTurned(yr + to, yi + to, f64x2.add(ur, vr), f64x2.add(ui, vi), v128.load_splat<f64>(tc + k), v128.load_splat<f64>(ts + k));
      to += S;
      putTurned(yr + to, yi + to, f64x2.add(tr, zr), f64x2.add(ti, zi), v128.load_splat<f64>(tc + 2 * k), v128.load_splat<f64>(ts + 2 * k));
      to += S;
      putTurned(yr + to, yi + to, f64x2.sub(tr, zr), f64x2.sub(ti, zi), v128.load_splat<f64>(tc + 3 * k), v128.load_splat<f64>(ts + 3 * k));
      to += S;
      putTurned(yr + to, yi + to, f64x2.sub(ur, vr), f64x2.sub(ui, vi), v128.load_splat<f64>(tc + 4 * k), v128.load_splat<f64>(ts + 4 * k));
    }
  }
}

/** Any odd radix: inputs k and r - k share their cosine and sine parts. */
function stageAny(r: i32, m: i32, s: i32, n: i32, xr: usize, xi: usize, yr: usize, yi: usize, tc: usize, ts: usize): void {
  const mk = mark(), half = (r - 1) / 2, S = <usize>s << 3, block = S * <usize>m, step = n / r;
  const sums = alloc(<usize>(half + 1) * 64), results = alloc(<usize>r * 32);
  for (let p = 0; p < m; p++) {
    const a = S * <usize>p, o = <usize>r * a, k = <usize>(p * s) << 3;
    for (let at: usize = 0; at < S; at += 16) {
      const q = pair(at, S), ar = v128.load(xr + a + q), ai = v128.load(xi + a + q);
      let sr = ar, si = ai;
      for (let i = 1; i <= half; i++) {
        const b = a + q + block * <usize>i, c = a + q + block * <usize>(r - i), to = sums + <usize>i * 64;
        const br = v128.load(xr + b), bi = v128.load(xi + b), cr = v128.load(xr + c), ci = v128.load(xi + c), pr = f64x2.add(br, cr), pi = f64x2.add(bi, ci);
        v128.store(to, pr);
        v128.store(to, pi, 16);
        v128.store(to, f64x2.sub(br, cr), 32);
        v128.store(to, f64x2.sub(bi, ci), 48);
        sr = f64x2.add(sr, pr);
        si = f64x2.add(si, pi);
      }
      v128.store(results, sr);
      v128.store(results, si, 16);
      for (let j = 1; j <= half; j++) {
        let ur = ar, ui = ai, vr = f64x2.splat(0), vi = vr, index = 0;
        for (let i = 1; i <= half; i++) {
          index += j;
          if (index >= r) index -= r;
          // the table holds minus the sine
          const w = <usize>(index * step) << 3, c = v128.load_splat<f64>(tc + w), t = v128.load_splat<f64>(ts + w), from = sums + <usize>i * 64;
          ur = madd(c, v128.load(from), ur);
          ui = madd(c, v128.load(from, 16), ui);
          vr = madd(t, v128.load(from, 48), vr);
          vi = madd(t, v128.load(from, 32), vi);
        }
        const r1 = results + <usize>j * 32, r2 = results + <usize>(r - j) * 32;
        v128.store(r1, f64x2.sub(ur, vr));
        v128.store(r1, f64x2.add(ui, vi), 16);
        v128.store(r2, f64x2.add(ur, vr));
        v128.store(r2, f64x2.sub(ui, vi), 16);
      }
      for (let j = 0; j < r; j++) {
        const w = <usize>j * k, from = results + <usize>j * 32, to = o + q + S * <usize>j;
        const re = v128.load(from), im = v128.load(from, 16);
        if (p == 0) {
          v128.store(yr + to, re);
          v128.store(yi + to, im);
        } else putTurned(yr + to, yi + to, re, im, v128.load_splat<f64>(tc + w), v128.load_splat<f64>(ts + w));
      }
    }
  }
  release(mk);
}

/**
 * The transform of n = product of `count` radices (32-bit integers): x is overwritten, y is scratch with room for a number
 * more. Answers 0 when the result is in x, 1 when in y.
 */
export function fft(n: i32, radices: usize, count: i32, xr: usize, xi: usize, yr: usize, yi: usize, table: usize): i32 {
  const tc = table, ts = table + (<usize>n << 3);
  let length = n, s = 1;
  for (let i = 0; i < count; i++) {
    const r = load<i32>(radices + (<usize>i << 2)), m = length / r;
    if (r == 4) stage4(m, s, xr, xi, yr, yi, tc, ts);
    else if (r == 2) stage2(m, s, xr, xi, yr, yi, tc, ts);
    else if (r == 3) stage3(m, s, xr, xi, yr, yi, tc, ts);
    else if (r == 5) stage5(m, s, xr, xi, yr, yi, tc, ts);
    else stageAny(r, m, s, n, xr, xi, yr, yi, tc, ts);
    let t = xr;
    xr = yr;
    yr = t;
    t = xi;
    xi = yi;
    yi = t;
    length = m;
    s *= r;
  }
  return count & 1;
}

/** (zr + zi i) := (ar + ai i)(br + bi i) entrywise; z may be a. */
export function multiplyComplex(n: i32, ar: usize, ai: usize, br: usize, bi: usize, zr: usize, zi: usize): void {
  const end = <usize>(n & ~1) << 3;
  for (let o: usize = 0; o < end; o += 16) putTurned(zr + o, zi + o, v128.load(ar + o), v128.load(ai + o), v128.load(br + o), v128.load(bi + o));
  if (n & 1) {
    const xr = load<f64>(ar + end), xi = load<f64>(ai + end), wr = load<f64>(br + end), wi = load<f64>(bi + end);
    store<f64>(zr + end, wr * xr - wi * xi);
    store<f64>(zi + end, wr * xi + wi * xr);
  }
}

/** x (2 h numbers) into planes of h: even ones, odd ones. */
export function split(h: i32, x: usize, re: usize, im: usize): void {
  let i = 0;
  for (; i + 2 <= h; i += 2) {
    const u = v128.load(x), v = v128.load(x, 16);
    v128.store(re, v128.shuffle<f64>(u, v, 0, 2));
    v128.store(im, v128.shuffle<f64>(u, v, 1, 3));
    x += 32;
    re += 16;
    im += 16;
  }
  if (i < h) {
    store<f64>(re, load<f64>(x));
    store<f64>(im, load<f64>(x, 8));
  }
}

/** The h + 1 coefficients of a real signal of length 2 h from the transform z of its packed samples; `table` has the roots of order 2 h. */
export function unpackReal(h: i32, zr: usize, zi: usize, table: usize, re: usize, im: usize): void {
  const ts = table + (<usize>h << 4);
  for (let k = 0; k <= h; k++) {
    const a = <usize>(k == h ? 0 : k) << 3, b = <usize>(k == 0 ? 0 : h - k) << 3, o = <usize>k << 3;
    const ar = load<f64>(zr + a), ai = load<f64>(zi + a), br = load<f64>(zr + b), bi = load<f64>(zi + b), wr = load<f64>(table + o), wi = load<f64>(ts + o);
    const er = 0.5 * (ar + br), ei = 0.5 * (ai - bi), or = 0.5 * (ai + bi), oi = 0.5 * (br - ar);
    store<f64>(re + o, er + wr * or - wi * oi);
    store<f64>(im + o, ei + wr * oi + wi * or);
  }
}
