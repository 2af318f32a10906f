// Francis' double-shift QR on a real Hessenberg matrix. Within a sweep, reflectors are made on a small diagonal block and then applied to the rest in
// one go by sliding kernels, so that an entry is loaded once for many of them. Z is kept transposed: its rows are rotated.
import { spend } from "./gemm";
import { alloc, mark, release } from "./memory";
import { at, madd, rotate, rotateColumns, set } from "./vector";

export const EPS: f64 = 2.220446049250313e-16;
/** Reflectors applied together. */
const CHUNK: i32 = 32;

// Triples (v1, v2, -tau) of a chunk, and eight interleaved rows: as long as the instance lives.
const reflectors: usize = alloc((CHUNK + 2) * 24);
const interleaved: usize = alloc((CHUNK + 6) * 64);

/** Below this squares lose digits: such numbers are scaled by UP first. */
const TINY: f64 = 1e-150;
const UP: f64 = 1.0715086071862673e301; // 2^1000

/** sqrt(x^2 + y^2), right for tiny numbers too (large ones do not occur here). */
export function length(x: f64, y: f64): f64 {
  const unit = max(abs(x), abs(y)) < TINY ? UP : 1;
  x *= unit;
  y *= unit;
  return sqrt(x * x + y * y) / unit;
}

/** The matrix a sweep works on: H (ld numbers a row), rows from `top` on and columns before `right` feel it; Zt has `zn` columns (0: no Z). */
// @ts-ignore: decorator
@unmanaged
export class Target {
  H: usize;
  ld: i32;
  top: i32;
  right: i32;
  Zt: usize;
  ldz: i32;
  zn: i32;
}

/** One step of the sliding kernel for two lanes: reflector (v1, v2, -tau) on (x, y, z). */
// @ts-ignore: decorator
@inline
function slide(v1: v128, v2: v128, nt: v128, x: v128, y: v128, z: v128): v128 {
  return f64x2.mul(nt, madd(v2, z, madd(v1, y, x)));
}

/** The chunk's reflectors from the left on columns [c0, c1) of rows a .. b + 1. */
function applyLeft(M: usize, ld: i32, c0: i32, c1: i32, a: i32, b: i32): void {
  const step = <usize>ld << 3;
  let c = c0;
  for (; c + 8 <= c1; c += 8) {
    let p = at(M, a, c, ld), q = p + step, r = reflectors;
    let x0 = v128.load(p), x1 = v128.load(p, 16), x2 = v128.load(p, 32), x3 = v128.load(p, 48);
    let y0 = v128.load(q), y1 = v128.load(q, 16), y2 = v128.load(q, 32), y3 = v128.load(q, 48);
    q += step;
    for (let k = a; k < b; k++) {
      const v1 = v128.load_splat<f64>(r), v2 = v128.load_splat<f64>(r, 8), nt = v128.load_splat<f64>(r, 16);
      r += 24;
      const z0 = v128.load(q), t0 = slide(v1, v2, nt, x0, y0, z0);
      v128.store(p, f64x2.add(x0, t0));
      x0 = madd(v1, t0, y0);
      y0 = madd(v2, t0, z0);
      const z1 = v128.load(q, 16), t1 = slide(v1, v2, nt, x1, y1, z1);
      v128.store(p, f64x2.add(x1, t1), 16);
      x1 = madd(v1, t1, y1);
      y1 = madd(v2, t1, z1);
      const z2 = v128.load(q, 32), t2 = slide(v1, v2, nt, x2, y2, z2);
      v128.store(p, f64x2.add(x2, t2), 32);
      x2 = madd(v1, t2, y2);
      y2 = madd(v2, t2, z2);
      const z3 = v128.load(q, 48), t3 = slide(v1, v2, nt, x3, y3, z3);
      v128.store(p, f64x2.add(x3, t3), 48);
      x3 = madd(v1, t3, y3);
      y3 = madd(v2, t3, z3);
      p += step;
      q += step;
    }
    v128.store(p, x0);
    v128.store(p, x1, 16);
    v128.store(p, x2, 32);
    v128.store(p, x3, 48);
    p += step;
    v128.store(p, y0);
    v128.store(p, y1, 16);
    v128.store(p, y2, 32);
    v128.store(p, y3, 48);
  }
  for (; c + 2 <= c1; c += 2) {
    let p = at(M, a, c, ld), q = p + step, r = reflectors, x = v128.load(p), y = v128.load(q);
    q += step;
    for (let k = a; k < b; k++) {
      const v1 = v128.load_splat<f64>(r), v2 = v128.load_splat<f64>(r, 8), nt = v128.load_splat<f64>(r, 16);
      const z = v128.load(q), t = slide(v1, v2, nt, x, y, z);
      v128.store(p, f64x2.add(x, t));
      x = madd(v1, t, y);
      y = madd(v2, t, z);
      r += 24;
      p += step;
      q += step;
    }
    v128.store(p, x);
    v128.store(p + step, y);
  }
  for (; c < c1; c++) {
    let p = at(M, a, c, ld), r = reflectors;
    for (let k = a; k < b; k++) {
      const x = load<f64>(p), y = load<f64>(p + step), z = load<f64>(p + 2 * step), v1 = load<f64>(r), v2 = load<f64>(r, 8);
      const t = load<f64>(r, 16) * (x + v1 * y + v2 * z);
      store<f64>(p, x + t);
      store<f64>(p + step, y + v1 * t);
      store<f64>(p + 2 * step, z + v2 * t);
      p += step;
      r += 24;
    }
  }
}

/** From the right on rows [r0, r1), columns a .. b + 1: eight rows at a time are interleaved, which turns columns into rows. */
function applyRight(M: usize, ld: i32, r0: i32, r1: i32, a: i32, b: i32): void {
  const w = b - a + 2, step = <usize>ld << 3, even = w & ~1;
  for (let row = r0; row < r1; row += 8) {
    const h = min(8, r1 - row);
    if (h == 8) {
      for (let q = 0; q < 8; q += 2) {
        let s = at(M, row + q, a, ld), d = interleaved + (<usize>q << 3), j = 0;
        for (; j < even; j += 2) {
          const u = v128.load(s), v = v128.load(s + step);
          v128.store(d, v128.shuffle<f64>(u, v, 0, 2));
          v128.store(d, v128.shuffle<f64>(u, v, 1, 3), 64);
          s += 16;
          d += 128;
        }
        if (j < w) {
          store<f64>(d, load<f64>(s));
          store<f64>(d, load<f64>(s + step), 8);
        }
      }
    } else {
      for (let q = 0; q < h; q++) {
        const s = at(M, row + q, a, ld), d = interleaved + (<usize>q << 3);
        for (let j = 0; j < w; j++) store<f64>(d + (<usize>j << 6), load<f64>(s + (<usize>j << 3)));
      }
    }
    applyLeft(interleaved, 8, 0, h, 0, b - a);
    if (h == 8) {
      for (let q = 0; q < 8; q += 2) {
        let d = at(M, row + q, a, ld), s = interleaved + (<usize>q << 3), j = 0;
        for (; j < even; j += 2) {
          const u = v128.load(s), v = v128.load(s, 64);
          v128.store(d, v128.shuffle<f64>(u, v, 0, 2));
          v128.store(d + step, v128.shuffle<f64>(u, v, 1, 3));
          d += 16;
          s += 128;
        }
        if (j < w) {
          store<f64>(d, load<f64>(s));
          store<f64>(d + step, load<f64>(s, 8));
        }
      }
    } else {
      for (let q = 0; q < h; q++) {
        const d = at(M, row + q, a, ld), s = interleaved + (<usize>q << 3);
        for (let j = 0; j < w; j++) store<f64>(d + (<usize>j << 3), load<f64>(s + (<usize>j << 6)));
      }
    }
  }
}

/** The first row of the unreduced block that ends at `high`: below `small`, by the neighbours' size, then by the test of Ahues & Tisseur (1997). */
export function deflationPoint(H: usize, ld: i32, low: i32, high: i32, small: f64): i32 {
  let l = high;
  for (; l > low; l--) {
    const p = at(H, l, l, ld), up = p - (<usize>ld << 3), sub = abs(load<f64>(p - 8));
    if (sub <= small) break;
    const d1 = load<f64>(up - 8), d2 = load<f64>(p);
    let size = abs(d1) + abs(d2);
    if (size == 0) size = (l - 2 >= low ? abs(load<f64>(up - 16)) : 0) + (l < high ? abs(load<f64>(p + (<usize>ld << 3))) : 0);
    if (sub > EPS * size) continue;
    const sup = abs(load<f64>(up)), ab = max(sub, sup), ba = min(sub, sup);
    const aa = max(abs(d2), abs(d1 - d2)), bb = min(abs(d2), abs(d1 - d2)), s = aa + ab;
    if (ba * (ab / s) <= max(small, EPS * (bb * (aa / s)))) break;
  }
  return l;
}

/** One implicit double-shift sweep over rows low .. high with the shifts r1 + i1 i, r2 + i2 i (a conjugate pair or two real numbers). */
export function sweep(t: Target, low: i32, high: i32, r1: f64, i1: f64, r2: f64, i2: f64): void {
  const H = t.H, ld = t.ld, step = <usize>ld << 3;
  let start = high - 2;
  let x: f64 = 0, y: f64 = 0, z: f64 = 0;
  for (; start >= low; start--) {
    // the first column of (H - s1)(H - s2) of the block that starts here, scaled
    const p = at(H, start, start, ld), h11 = load<f64>(p), h12 = load<f64>(p, 8), h21 = load<f64>(p + step), h22 = load<f64>(p + step, 8);
    const s = abs(h11 - r2) + abs(i2) + abs(h21), h = s > 0 ? h21 / s : 0;
    x = s > 0 ? h * h12 + (h11 - r1) * ((h11 - r2) / s) - i1 * (i2 / s) : 0;
    y = h * (h11 + h22 - r1 - r2);
    z = h * load<f64>(p + 2 * step, 8);
    const size = abs(x) + abs(y) + abs(z);
    if (size > 0) {
      x /= size;
      y /= size;
      z /= size;
    }
    if (start == low) break;
    // two small subdiagonals in a row: the sweep may start here
    if (abs(load<f64>(p - 8)) * (abs(y) + abs(z)) <= EPS * abs(x) * (abs(load<f64>(p - step - 8)) + abs(h11) + abs(h22))) break;
  }
  let k = start;
  while (k < high - 1) {
    // the sliding kernels take columns and rows by eights; the odd ones are done here with the block
    const a = k, b = min(k + CHUNK, high - 1), inner = min(b + 2, high), edge = inner + ((t.right - inner - 1) & 7), above = a - ((a - t.top) & 7);
    for (; k < b; k++) {
      const p = at(H, k, k, ld);
      if (k > start) {
        x = load<f64>(p - 8);
        y = load<f64>(p + step - 8);
        z = load<f64>(p + 2 * step - 8);
      }
      let unit: f64 = 1, v1: f64 = 0, v2: f64 = 0, nt: f64 = 0;
      if (max(max(abs(x), abs(y)), abs(z)) < TINY) {
        x *= UP;
        y *= UP;
        z *= UP;
        unit = 1 / UP;
      }
      let beta = sqrt(x * x + y * y + z * z);
      if (y != 0 || z != 0) {
        if (x > 0) beta = -beta;
        const inverse = 1 / (x - beta);
        v1 = y * inverse;
        v2 = z * inverse;
        nt = -(beta - x) / beta;
      } else beta = x;
      beta *= unit;
      if (k > start) {
        store<f64>(p - 8, beta);
        store<f64>(p + step - 8, 0);
        store<f64>(p + 2 * step - 8, 0);
      } else if (start > low) store<f64>(p - 8, load<f64>(p - 8) * (1 + nt));
      const r = reflectors + <usize>(k - a) * 24;
      store<f64>(r, v1);
      store<f64>(r, v2, 8);
      store<f64>(r, nt, 16);
      // on the diagonal block at once, elsewhere with the chunk
      let p0 = p, p1 = p + step, p2 = p1 + step, j = k;
      const w1 = f64x2.splat(v1), w2 = f64x2.splat(v2), wt = f64x2.splat(nt);
      for (; j + 1 <= edge; j += 2) {
        const u = v128.load(p0), v = v128.load(p1), w = v128.load(p2), s = slide(w1, w2, wt, u, v, w);
        v128.store(p0, f64x2.add(u, s));
        v128.store(p1, madd(w1, s, v));
        v128.store(p2, madd(w2, s, w));
        p0 += 16;
        p1 += 16;
        p2 += 16;
      }
      if (j <= edge) {
        const u = load<f64>(p0), v = load<f64>(p1), w = load<f64>(p2), s = nt * (u + v1 * v + v2 * w);
        store<f64>(p0, u + s);
        store<f64>(p1, v + v1 * s);
        store<f64>(p2, w + v2 * s);
      }
      const last = min(k + 3, high);
      let q = at(H, above, k, ld);
      for (let i = above; i <= last; i++) {
        const u = load<f64>(q), v = load<f64>(q, 8), w = load<f64>(q, 16), s = nt * (u + v1 * v + v2 * w);
        store<f64>(q, u + s);
        store<f64>(q, v + v1 * s, 8);
        store<f64>(q, w + v2 * s, 16);
        q += step;
      }
    }
    applyLeft(H, ld, edge + 1, t.right, a, b);
    applyRight(H, ld, t.top, above, a, b);
    if (t.zn) applyLeft(t.Zt, t.ldz, 0, t.zn, a, b);
    spend(<i64>(b - a) * (t.right - edge + a - t.top + t.zn) * 5);
  }
  // the last reflector has two rows
  const p = at(H, k, k, ld);
  x = load<f64>(p - 8);
  y = load<f64>(p + step - 8);
  if (y == 0) return;
  let beta = length(x, y);
  if (x > 0) beta = -beta;
  const v1 = y / (x - beta), nt = -(beta - x) / beta;
  store<f64>(p - 8, beta);
  store<f64>(p + step - 8, 0);
  pairLeft(t.right - k, p, p + step, v1, nt);
  let q = at(H, t.top, k, ld);
  for (let i = t.top; i <= high; i++) {
    const u = load<f64>(q), v = load<f64>(q, 8), s = nt * (u + v1 * v);
    store<f64>(q, u + s);
    store<f64>(q, v + v1 * s, 8);
    q += step;
  }
  if (t.zn) pairLeft(t.zn, at(t.Zt, k, 0, t.ldz), at(t.Zt, k + 1, 0, t.ldz), v1, nt);
}

/** The reflector (1, v1), -tau on two rows. */
function pairLeft(n: i32, p: usize, q: usize, v1: f64, nt: f64): void {
  const w1 = f64x2.splat(v1), wt = f64x2.splat(nt);
  let j = 0;
  for (; j + 2 <= n; j += 2) {
    const u = v128.load(p), v = v128.load(q), s = f64x2.mul(wt, madd(w1, v, u));
    v128.store(p, f64x2.add(u, s));
    v128.store(q, madd(w1, s, v));
    p += 16;
    q += 16;
  }
  if (j < n) {
    const u = load<f64>(p), v = load<f64>(q), s = nt * (u + v1 * v);
    store<f64>(p, u + s);
    store<f64>(q, v + v1 * s);
  }
}

// What `standardise` found: the block's entries and the rotation.
let sa: f64 = 0, sb: f64 = 0, sc: f64 = 0, sd: f64 = 0, cs: f64 = 1, sn: f64 = 0;

/**
 * Rotates [a b; c d] to triangular form (real eigenvalues) or to equal diagonal entries and off-diagonal ones of opposite sign (a conjugate pair):
 * Bai & Demmel 1993, LAPACK's lanv2.
 */
function standardise(a: f64, b: f64, c: f64, d: f64): void {
  cs = 1;
  sn = 0;
  if (c != 0) {
    if (b == 0) {
      cs = 0;
      sn = 1;
      const t = a;
      a = d;
      d = t;
      b = -c;
      c = 0;
    } else if (a - d != 0 || (b < 0) == (c < 0)) {
      const difference = a - d, most = max(abs(b), abs(c)), least = min(abs(b), abs(c)) * copysign<f64>(1, b) * copysign<f64>(1, c);
      let p = 0.5 * difference;
      const size = max(abs(p), most);
      let z = (p / size) * p + (most / size) * least;
      if (z >= 4 * EPS) {
        z = p + copysign<f64>(sqrt(size) * sqrt(z), p);
        a = d + z;
        d -= (most / z) * least;
        const r = length(c, z);
        cs = z / r;
        sn = c / r;
        b -= c;
        c = 0;
      } else {
        // complex, or real and nearly equal: make the diagonal equal
        const sigma = b + c, r = length(sigma, difference);
        cs = sqrt(0.5 * (1 + abs(sigma) / r));
        sn = -(p / (r * cs)) * copysign<f64>(1, sigma);
        const aa = a * cs + b * sn, bb = b * cs - a * sn, cc = c * cs + d * sn, dd = d * cs - c * sn;
        a = aa * cs + cc * sn;
        b = bb * cs + dd * sn;
        c = cc * cs - aa * sn;
        d = dd * cs - bb * sn;
        const mean = 0.5 * (a + d);
        a = mean;
        d = mean;
        if (c != 0) {
          if (b == 0) {
            b = -c;
            c = 0;
            const old = cs;
            cs = -sn;
            sn = old;
          } else if ((b < 0) == (c < 0)) {
            const rb = sqrt(abs(b)), rc = sqrt(abs(c)), f = 1 / sqrt(abs(b + c)), c1 = rb * f, s1 = rc * f, old = cs;
            p = copysign<f64>(rb * rc, c);
            a = mean + p;
            d = mean - p;
            b -= c;
            c = 0;
            cs = old * c1 - sn * s1;
            sn = old * s1 + sn * c1;
          }
        }
      }
    }
  }
  sa = a;
  sb = b;
  sc = c;
  sd = d;
}

/** Standardises the 2 x 2 block at (l, l) and notes its eigenvalues. */
export function splitBlock(t: Target, l: i32, wr: usize, wi: usize): void {
  const H = t.H, ld = t.ld, p = at(H, l, l, ld), q = p + (<usize>ld << 3);
  standardise(load<f64>(p), load<f64>(p, 8), load<f64>(q), load<f64>(q, 8));
  if (sn != 0) {
    if (t.right > l + 2) rotate(t.right - l - 2, p + 16, q + 16, cs, sn);
    rotateColumns(l - t.top, at(H, t.top, 0, ld), l, l + 1, cs, sn, ld);
    if (t.zn) rotate(t.zn, at(t.Zt, l, 0, t.ldz), at(t.Zt, l + 1, 0, t.ldz), cs, sn);
  }
  store<f64>(p, sa);
  store<f64>(p, sb, 8);
  store<f64>(q, sc);
  store<f64>(q, sd, 8);
  const imaginary = sc == 0 ? 0 : sqrt(abs(sb)) * sqrt(abs(sc));
  set(wr, l, sa);
  set(wr, l + 1, sd);
  set(wi, l, imaginary);
  set(wi, l + 1, 0 - imaginary);
}

/** A double-shift sweep with the shifts of the trailing 2 x 2 block (two real ones: the nearer one twice); an exceptional one every tenth step. */
export function shiftedSweep(t: Target, low: i32, high: i32, step: i32): void {
  const row = <usize>t.ld << 3, p = at(t.H, high, high, t.ld), u = p - row;
  let h11 = load<f64>(u - 8), h12 = load<f64>(u), h21 = load<f64>(p - 8), h22 = load<f64>(p);
  if (step % 10 == 0) {
    const top = step % 20 == 10, q = at(t.H, low, low, t.ld);
    const s = top ? abs(load<f64>(q + row)) + abs(load<f64>(q + 2 * row, 8)) : abs(h21) + abs(load<f64>(u - 16));
    h11 = 0.75 * s + (top ? load<f64>(q) : h22);
    h12 = -0.4375 * s;
    h21 = s;
    h22 = h11;
  }
  const s = abs(h11) + abs(h12) + abs(h21) + abs(h22);
  if (s == 0) {
    sweep(t, low, high, 0, 0, 0, 0);
    return;
  }
  h11 /= s;
  h12 /= s;
  h21 /= s;
  h22 /= s;
  const mean = (h11 + h22) / 2, det = (h11 - mean) * (h22 - mean) - h12 * h21, root = sqrt(abs(det));
  if (det >= 0) sweep(t, low, high, mean * s, root * s, mean * s, -root * s);
  else {
    const a = mean + root, b = mean - root, near = (abs(a - h22) <= abs(b - h22) ? a : b) * s;
    sweep(t, low, high, near, 0, near, 0);
  }
}
