// Single-shift QR on a complex Hessenberg matrix.
import { spend } from "../kernels/index.js";
import { absComplex, addComplex, type Complex, divideComplex, modulus, multiplyComplex, sqrtComplex, subtractComplex } from "./complex.js";
import { MathError } from "./error.js";
import { said } from "./phrase.js";
import type { Planes } from "./reflector.js";
import type { Spectrum } from "./schur.js";

const EPS = 2 ** -52;
const SMALL = 2 ** -960;

interface ComplexPlanes extends Planes {
  readonly im: Float64Array;
}

/**
 * Reduces the upper Hessenberg h (in place) to triangular form by implicit single-shift QR with Wilkinson's shift (Golub & Van Loan §7.5; LAPACK's lahqr);
 * rows of zt are the columns of Z and follow. Throws "no-convergence".
 */
export function complexQr(h: ComplexPlanes, zt: Planes | null, n: number): Spectrum {
  const size = (p: number) => Math.abs(h.re[p]) + Math.abs(h.im[p]);
  let hi = n - 1;
  let steps = 0;
  while (hi > 0) {
    let lo = hi;
    for (; lo > 0; lo--) {
      const sub = size(lo * n + lo - 1);
      if (sub <= SMALL) break;
      let around = size((lo - 1) * n + lo - 1) + size(lo * n + lo);
      if (around === 0) around = (lo >= 2 ? size((lo - 1) * n + lo - 2) : 0) + (lo < hi ? size((lo + 1) * n + lo) : 0);
      if (sub > EPS * around) continue;
      // Ahues & Tisseur 1997: small against the neighbours is not enough when those are nearly equal.
      const sup = size((lo - 1) * n + lo);
      const p = (lo - 1) * n + lo - 1;
      const q = lo * n + lo;
      const gap = Math.abs(h.re[p] - h.re[q]) + Math.abs(h.im[p] - h.im[q]);
      const aa = Math.max(size(q), gap);
      const bb = Math.min(size(q), gap);
      const ab = Math.max(sub, sup);
      const s = aa + ab;
      if (Math.min(sub, sup) * (ab / s) <= Math.max(SMALL, EPS * (bb * (aa / s)))) break;
    }
    if (lo > 0) {
      h.re[lo * n + lo - 1] = 0;
      h.im[lo * n + lo - 1] = 0;
    }
    if (lo === hi) {
      hi--;
      steps = 0;
      continue;
    }
    if (++steps > 30 * Math.max(10, n))
      throw new MathError(
        "no-convergence",
        said`the complex QR iteration did not separate eigenvalue ${hi + 1} of a ${n}×${n} matrix`,
        undefined,
        diagonalFrom(h, n, hi + 1),
      );
    sweep(h, zt, n, lo, hi, shift(h, n, lo, hi, steps));
  }
  for (let i = 1; i < n; i++) {
    h.re.fill(0, i * n, i * n + i);
    h.im.fill(0, i * n, i * n + i);
  }
  return diagonalFrom(h, n, 0);
}

const diagonalFrom = (h: ComplexPlanes, n: number, from: number): Spectrum => ({
  re: Float64Array.from({ length: n - from }, (_, i) => h.re[(from + i) * (n + 1)]),
  im: Float64Array.from({ length: n - from }, (_, i) => h.im[(from + i) * (n + 1)]),
});

/** The eigenvalue of the trailing 2×2 block nearer to its corner; every tenth step an exceptional one. */
function shift(h: ComplexPlanes, n: number, lo: number, hi: number, steps: number): Complex {
  const at = (i: number, j: number): Complex => ({ re: h.re[i * n + j], im: h.im[i * n + j] });
  const d = at(hi, hi);
  if (steps % 10 === 0) {
    const top = steps % 20 === 10;
    const corner = top ? at(lo, lo) : d;
    return { re: corner.re + 0.75 * absComplex(top ? at(lo + 1, lo) : at(hi, hi - 1)), im: corner.im };
  }
  const bc = multiplyComplex(sqrtComplex(at(hi - 1, hi)), sqrtComplex(at(hi, hi - 1)));
  if (bc.re === 0 && bc.im === 0) return d;
  // λ = d - bc²/(x ± √(x² + bc²)) with x half the difference of the diagonal.
  const difference = subtractComplex(at(hi - 1, hi - 1), d);
  const x = { re: difference.re / 2, im: difference.im / 2 };
  const s = Math.max(absComplex(x), absComplex(bc));
  const xs = { re: x.re / s, im: x.im / s };
  const bs = { re: bc.re / s, im: bc.im / s };
  let y = sqrtComplex(addComplex(multiplyComplex(xs, xs), multiplyComplex(bs, bs)));
  if (xs.re * y.re + xs.im * y.im < 0) y = { re: -y.re, im: -y.im };
  const t = divideComplex(bs, addComplex(xs, y));
  return subtractComplex(d, multiplyComplex(bc, t));
}

/** One implicit sweep: the rotation that starts it makes the first column of H - shift a multiple of e_1, the others restore Hessenberg form. */
function sweep(h: ComplexPlanes, zt: Planes | null, n: number, lo: number, hi: number, s: Complex): void {
  let xr = h.re[lo * n + lo] - s.re;
  let xi = h.im[lo * n + lo] - s.im;
  let yr = h.re[(lo + 1) * n + lo];
  let yi = h.im[(lo + 1) * n + lo];
  for (let k = lo; k < hi; k++) {
    if (k > lo) {
      xr = h.re[k * n + k - 1];
      xi = h.im[k * n + k - 1];
      yr = h.re[(k + 1) * n + k - 1];
      yi = h.im[(k + 1) * n + k - 1];
    }
    const g = complexGivens(xr, xi, yr, yi);
    if (k > lo) {
      h.re[k * n + k - 1] = g.rr;
      h.im[k * n + k - 1] = g.ri;
      h.re[(k + 1) * n + k - 1] = 0;
      h.im[(k + 1) * n + k - 1] = 0;
    }
    rotateRows(h, n, k, k + 1, k, zt ? n : hi + 1, g.c, g.sr, g.si);
    rotateColumns(h, n, 0, Math.min(k + 2, hi) + 1, k, g.c, g.sr, g.si);
    // Z <- Z·Gᴴ: on rows of Zᵀ, the rotation with the conjugate sine.
    if (zt) rotateRows(zt as ComplexPlanes, n, k, k + 1, 0, n, g.c, g.sr, -g.si);
  }
}

/** c real and s with [c s; -conj(s) c]·[x; y] = [r; 0]. */
export function complexGivens(xr: number, xi: number, yr: number, yi: number): { c: number; sr: number; si: number; rr: number; ri: number } {
  const y = modulus(yr, yi);
  if (y === 0) return { c: 1, sr: 0, si: 0, rr: xr, ri: xi };
  const x = modulus(xr, xi);
  if (x === 0) return { c: 0, sr: yr / y, si: -yi / y, rr: y, ri: 0 };
  const r = modulus(x, y);
  const ur = xr / x;
  const ui = xi / x;
  return { c: x / r, sr: (ur * yr + ui * yi) / r, si: (ui * yr - ur * yi) / r, rr: ur * r, ri: ui * r };
}

/** (row_i, row_j) <- (c·row_i + s·row_j, c·row_j - conj(s)·row_i) on columns [from, to). */
export function rotateRows(a: ComplexPlanes, n: number, i: number, j: number, from: number, to: number, c: number, sr: number, si: number): void {
  const { re, im } = a;
  spend(4 * (to - from));
  for (let k = from, p = i * n + from, q = j * n + from; k < to; k++, p++, q++) {
    const ur = re[p];
    const ui = im[p];
    const vr = re[q];
    const vi = im[q];
    re[p] = c * ur + sr * vr - si * vi;
    im[p] = c * ui + sr * vi + si * vr;
    re[q] = c * vr - sr * ur - si * ui;
    im[q] = c * vi - sr * ui + si * ur;
  }
}

/** A <- A·Gᴴ on columns k, k + 1 and rows [from, to): (x, y) <- (c·x + conj(s)·y, c·y - s·x). */
export function rotateColumns(a: ComplexPlanes, n: number, from: number, to: number, k: number, c: number, sr: number, si: number): void {
  const { re, im } = a;
  spend(4 * (to - from));
  for (let i = from, p = from * n + k; i < to; i++, p += n) {
    const ur = re[p];
    const ui = im[p];
    const vr = re[p + 1];
    const vi = im[p + 1];
    re[p] = c * ur + sr * vr + si * vi;
    im[p] = c * ui + sr * vi - si * vr;
    re[p + 1] = c * vr - sr * ur + si * ui;
    im[p + 1] = c * vi - sr * ui - si * ur;
  }
}
