// Francis double-shift QR on a real Hessenberg matrix.
import { spend } from "../kernels/index.js";
import { modulus } from "./complex.js";
import { MathError } from "./error.js";
import { said } from "./phrase.js";
import type { Spectrum } from "./schur.js";

const EPS = 2 ** -52;

/**
 * Reduces the n×n upper Hessenberg h (row-major, in place) to real Schur form; rows of zt are the columns of Z and follow, null when not wanted (then only
 * the eigenvalues are right). Deflation by the neighbours' size and the test of Ahues & Tisseur 1997; exceptional shifts every tenth step
 * (as LAPACK's lahqr). Throws "no-convergence".
 */
export function realQr(h: Float64Array, zt: Float64Array | null, n: number): Spectrum {
  const re = new Float64Array(n);
  const im = new Float64Array(n);
  let hi = n - 1;
  let steps = 0;
  const size = h.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  while (hi >= 0) {
    const lo = deflationPoint(h, n, hi, negligible(size, steps));
    if (lo > 0) h[lo * n + lo - 1] = 0;
    if (lo >= hi - 1) {
      if (lo === hi) {
        re[hi] = h[hi * n + hi];
        hi--;
      } else {
        splitBlock(h, zt, n, lo, re, im);
        hi -= 2;
      }
      steps = 0;
      continue;
    }
    if (++steps > 30 * Math.max(10, n))
      throw new MathError("no-convergence", said`the QR iteration did not separate eigenvalue ${hi + 1} of a ${n}×${n} matrix`, undefined, {
        re: re.slice(hi + 1),
        im: im.slice(hi + 1),
      });
    francisStep(h, zt, n, lo, hi, shifts(h, n, lo, hi, steps));
  }
  return { re, im };
}

/**
 * What counts as zero at the given step since the last eigenvalue: next to nothing at first, which keeps graded matrices' small eigenvalues, and from step 20 on
 * ever more, up to 2^-75 of the matrix: where products underflow a sweep may change nothing, and entries that small do not matter to the whole.
 */
const negligible = (size: number, step: number) => Math.max(1e-290, size * 2 ** (25 * Math.min(Math.max(step - 20, 0), 37) - 1000));

/** The first row of the unreduced block that ends at `hi`; entries up to `small` are zero. */
function deflationPoint(h: Float64Array, n: number, hi: number, small: number): number {
  let l = hi;
  for (; l > 0; l--) {
    const sub = Math.abs(h[l * n + l - 1]);
    if (sub <= small) break;
    const d1 = h[(l - 1) * n + l - 1];
    const d2 = h[l * n + l];
    let size = Math.abs(d1) + Math.abs(d2);
    if (size === 0) size = (l >= 2 ? Math.abs(h[(l - 1) * n + l - 2]) : 0) + (l < hi ? Math.abs(h[(l + 1) * n + l]) : 0);
    if (sub > EPS * size) continue;
    const sup = Math.abs(h[(l - 1) * n + l]);
    const ab = Math.max(sub, sup);
    const ba = Math.min(sub, sup);
    const aa = Math.max(Math.abs(d2), Math.abs(d1 - d2));
    const bb = Math.min(Math.abs(d2), Math.abs(d1 - d2));
    const s = aa + ab;
    if (ba * (ab / s) <= Math.max(small, EPS * (bb * (aa / s)))) break;
  }
  return l;
}

interface Shifts {
  readonly re1: number;
  readonly im1: number;
  readonly re2: number;
  readonly im2: number;
}

/** The eigenvalues of the trailing 2×2 block; two real ones are replaced by the one nearer to the corner. */
function shifts(h: Float64Array, n: number, lo: number, hi: number, steps: number): Shifts {
  let h11 = h[(hi - 1) * n + hi - 1];
  let h12 = h[(hi - 1) * n + hi];
  let h21 = h[hi * n + hi - 1];
  let h22 = h[hi * n + hi];
  if (steps % 10 === 0) {
    const top = steps % 20 === 10;
    const s = top
      ? Math.abs(h[(lo + 1) * n + lo]) + Math.abs(h[(lo + 2) * n + lo + 1])
      : Math.abs(h[hi * n + hi - 1]) + Math.abs(h[(hi - 1) * n + hi - 2]);
    h11 = 0.75 * s + (top ? h[lo * n + lo] : h[hi * n + hi]);
    h12 = -0.4375 * s;
    h21 = s;
    h22 = h11;
  }
  const s = Math.abs(h11) + Math.abs(h12) + Math.abs(h21) + Math.abs(h22);
  if (s === 0) return { re1: 0, im1: 0, re2: 0, im2: 0 };
  h11 /= s;
  h12 /= s;
  h21 /= s;
  h22 /= s;
  const mean = (h11 + h22) / 2;
  const det = (h11 - mean) * (h22 - mean) - h12 * h21;
  const root = Math.sqrt(Math.abs(det));
  if (det >= 0) return { re1: mean * s, im1: root * s, re2: mean * s, im2: -root * s };
  const a = mean + root;
  const b = mean - root;
  const near = (Math.abs(a - h22) <= Math.abs(b - h22) ? a : b) * s;
  return { re1: near, im1: 0, re2: near, im2: 0 };
}

/** One implicit double-shift sweep over rows lo..hi. */
function francisStep(h: Float64Array, zt: Float64Array | null, n: number, lo: number, hi: number, { re1, im1, re2, im2 }: Shifts): void {
  const v = new Float64Array(3);
  let m = hi - 2;
  for (; m >= lo; m--) {
    // First column of (H - shift1)(H - shift2) of the block that starts at m, scaled.
    const at = m * n + m;
    const h21 = Math.abs(h[at + n]);
    const s = Math.abs(h[at] - re2) + Math.abs(im2) + h21;
    const r = h[at + n] / s;
    v[0] = r * h[at + 1] + (h[at] - re1) * ((h[at] - re2) / s) - im1 * (im2 / s);
    v[1] = r * (h[at] + h[at + n + 1] - re1 - re2);
    v[2] = r * h[at + 2 * n + 1];
    const t = Math.abs(v[0]) + Math.abs(v[1]) + Math.abs(v[2]);
    if (t > 0) for (let i = 0; i < 3; i++) v[i] /= t;
    if (m === lo) break;
    // Two small subdiagonals in a row: the sweep may start here.
    const size = Math.abs(h[at - n - 1]) + Math.abs(h[at]) + Math.abs(h[at + n + 1]);
    if (Math.abs(h[at - 1]) * (Math.abs(v[1]) + Math.abs(v[2])) <= EPS * Math.abs(v[0]) * size) break;
  }
  for (let k = m; k < hi; k++) {
    const count = Math.min(3, hi - k + 1);
    if (k > m) for (let i = 0; i < count; i++) v[i] = h[(k + i) * n + k - 1];
    let tail = 0;
    for (let i = 1; i < count; i++) tail = modulus(tail, v[i]);
    let tau = 0;
    let beta = v[0];
    if (tail !== 0) {
      beta = v[0] > 0 ? -modulus(v[0], tail) : modulus(v[0], tail);
      tau = (beta - v[0]) / beta;
      const d = v[0] - beta;
      for (let i = 1; i < count; i++) v[i] /= d;
    } else for (let i = 1; i < count; i++) v[i] = 0;
    v[0] = 1;
    if (k > m) {
      h[k * n + k - 1] = beta;
      for (let i = 1; i < count; i++) h[(k + i) * n + k - 1] = 0;
    } else if (m > lo) h[k * n + k - 1] *= 1 - tau;
    reflect(h, n, k, count, hi, v, tau, zt);
  }
}

/** Applies I - tau·v·vᵀ on both sides at rows and columns k.. of h, and on Z. */
function reflect(h: Float64Array, n: number, k: number, count: number, hi: number, v: Float64Array, tau: number, zt: Float64Array | null): void {
  if (tau === 0) return;
  spend(8 * n);
  const v1 = v[1];
  const v2 = count === 3 ? v[2] : 0;
  const last = zt ? n - 1 : hi;
  const r0 = k * n;
  const r1 = r0 + n;
  const r2 = r1 + n;
  for (let j = k; j <= last; j++) {
    let s = h[r0 + j] + v1 * h[r1 + j];
    if (count === 3) s += v2 * h[r2 + j];
    s *= tau;
    h[r0 + j] -= s;
    h[r1 + j] -= s * v1;
    if (count === 3) h[r2 + j] -= s * v2;
  }
  const bottom = Math.min(k + 3, hi);
  for (let i = 0; i <= bottom; i++) {
    const p = i * n + k;
    let s = h[p] + v1 * h[p + 1];
    if (count === 3) s += v2 * h[p + 2];
    s *= tau;
    h[p] -= s;
    h[p + 1] -= s * v1;
    if (count === 3) h[p + 2] -= s * v2;
  }
  if (!zt) return;
  for (let j = 0; j < n; j++) {
    let s = zt[r0 + j] + v1 * zt[r1 + j];
    if (count === 3) s += v2 * zt[r2 + j];
    s *= tau;
    zt[r0 + j] -= s;
    zt[r1 + j] -= s * v1;
    if (count === 3) zt[r2 + j] -= s * v2;
  }
}

/** Standardises the 2×2 block at (l, l), applies its rotation to the rest, and notes its eigenvalues. */
function splitBlock(h: Float64Array, zt: Float64Array | null, n: number, l: number, re: Float64Array, im: Float64Array): void {
  const p = l * n + l;
  const s = standardised(h[p], h[p + 1], h[p + n], h[p + n + 1]);
  const { c: cs, s: sn } = s;
  for (let j = l + 2; j < n; j++) {
    const x = h[l * n + j];
    const y = h[(l + 1) * n + j];
    h[l * n + j] = cs * x + sn * y;
    h[(l + 1) * n + j] = cs * y - sn * x;
  }
  for (let i = 0; i < l; i++) {
    const x = h[i * n + l];
    const y = h[i * n + l + 1];
    h[i * n + l] = cs * x + sn * y;
    h[i * n + l + 1] = cs * y - sn * x;
  }
  if (zt)
    for (let j = 0; j < n; j++) {
      const x = zt[l * n + j];
      const y = zt[(l + 1) * n + j];
      zt[l * n + j] = cs * x + sn * y;
      zt[(l + 1) * n + j] = cs * y - sn * x;
    }
  h[p] = s.a;
  h[p + 1] = s.b;
  h[p + n] = s.cc;
  h[p + n + 1] = s.d;
  re[l] = s.a;
  re[l + 1] = s.d;
  im[l] = s.cc === 0 ? 0 : Math.sqrt(Math.abs(s.b)) * Math.sqrt(Math.abs(s.cc));
  im[l + 1] = im[l] === 0 ? 0 : -im[l];
}

interface Standard2x2 {
  readonly a: number;
  readonly b: number;
  readonly cc: number;
  readonly d: number;
  readonly c: number;
  readonly s: number;
}

const sign = (x: number, y: number): number => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x));

/**
 * Rotates [a b; c d] to upper triangular form (real eigenvalues) or to equal diagonal entries and off-diagonal ones of opposite sign
 * (a conjugate pair); Bai & Demmel 1993, LAPACK's lanv2.
 */
function standardised(a0: number, b0: number, c0: number, d0: number): Standard2x2 {
  let [a, b, c, d] = [a0, b0, c0, d0];
  if (c === 0) return { a, b, cc: 0, d, c: 1, s: 0 };
  if (b === 0) return { a: d, b: -c, cc: 0, d: a, c: 0, s: 1 };
  if (a - d === 0 && b < 0 !== c < 0) return { a, b, cc: c, d, c: 1, s: 0 };
  const difference = a - d;
  let p = 0.5 * difference;
  const most = Math.max(Math.abs(b), Math.abs(c));
  const least = Math.min(Math.abs(b), Math.abs(c)) * Math.sign(b) * Math.sign(c);
  const size = Math.max(Math.abs(p), most);
  let z = (p / size) * p + (most / size) * least;
  if (z >= 4 * EPS) {
    // Real eigenvalues.
    z = p + sign(Math.sqrt(size) * Math.sqrt(z), p);
    a = d + z;
    d -= (most / z) * least;
    const t = modulus(c, z);
    return { a, b: b - c, cc: 0, d, c: z / t, s: c / t };
  }
  // Complex, or real and nearly equal: make the diagonal equal.
  const sigma = b + c;
  const t = modulus(sigma, difference);
  let cs = Math.sqrt(0.5 * (1 + Math.abs(sigma) / t));
  let sn = -(p / (t * cs)) * sign(1, sigma);
  const aa = a * cs + b * sn;
  const bb = -a * sn + b * cs;
  const cc = c * cs + d * sn;
  const dd = -c * sn + d * cs;
  a = aa * cs + cc * sn;
  b = bb * cs + dd * sn;
  c = -aa * sn + cc * cs;
  d = -bb * sn + dd * cs;
  const mean = 0.5 * (a + d);
  a = mean;
  d = mean;
  if (c !== 0) {
    if (b === 0) {
      b = -c;
      c = 0;
      const old = cs;
      cs = -sn;
      sn = old;
    } else if (b < 0 === c < 0) {
      const sab = Math.sqrt(Math.abs(b));
      const sac = Math.sqrt(Math.abs(c));
      p = sign(sab * sac, c);
      const f = 1 / Math.sqrt(Math.abs(b + c));
      a = mean + p;
      d = mean - p;
      b -= c;
      c = 0;
      const c1 = sab * f;
      const s1 = sac * f;
      const old = cs;
      cs = cs * c1 - sn * s1;
      sn = old * s1 + sn * c1;
    }
  }
  return { a, b, cc: c, d, c: cs, s: sn };
}
