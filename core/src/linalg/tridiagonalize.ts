// Reduction of Hermitian matrices to real tridiagonal form.
import { spend } from "../kernels/index.js";
import { planesToMatrix } from "./bidiagonalize.js";
import { type Matrix, zeros } from "./matrix.js";
import { makeReflector, type Planes, reflectLeft, takeVector } from "./reflector.js";
import { allocate, copy, normalized, requireFinite, requireSquare, scaleByPower } from "./shape.js";

/** A = Q·T·Qᴴ with T real symmetric tridiagonal: `diagonal` (n numbers) and `off` (n - 1). */
export interface Tridiagonal {
  readonly Q: Matrix;
  readonly diagonal: Float64Array;
  readonly off: Float64Array;
  readonly T: Matrix;
}

/**
 * Householder tridiagonalisation of a symmetric or Hermitian matrix, of which only the lower triangle is read: 4n³/3 flops, twice that with Q
 * (Golub & Van Loan §8.3.1). Backward error c·n·eps·‖A‖. T is real also for a Hermitian A. Throws "not-square", "nonfinite".
 */
export function tridiagonalize(a: Matrix): Tridiagonal {
  requireSquare(a, "tridiagonalisation");
  requireFinite(a, "tridiagonalisation");
  const { scaled, exponent } = normalized(a);
  const f = tridiagonalPlanes(scaled, true);
  const n = a.rows;
  const diagonal = f.d.map((x) => scaleByPower(x, exponent));
  const off = f.e.map((x) => scaleByPower(x, exponent));
  const T = zeros(n, n);
  for (let i = 0; i < n; i++) {
    T.data[i * (n + 1)] = diagonal[i];
    if (i + 1 < n) {
      T.data[i * (n + 1) + 1] = off[i];
      T.data[(i + 1) * n + i] = off[i];
    }
  }
  return { Q: planesToMatrix(f.q!, n, n), diagonal, off, T };
}

/** The Hermitian matrix whose lower triangle `a` holds; a fresh copy. */
export function fromLowerTriangle(a: Matrix): Matrix {
  const out = copy(a);
  const n = a.rows;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      out.data[j * n + i] = a.data[i * n + j];
      if (out.imag) out.imag[j * n + i] = -a.imag![i * n + j];
    }
    if (out.imag) out.imag[i * (n + 1)] = 0;
  }
  return out;
}

/** The reduction itself; `a` is left alone. */
export function tridiagonalPlanes(a: Matrix, vectors: boolean): { d: Float64Array; e: Float64Array; q: Planes | null } {
  const n = a.rows;
  const work = fromLowerTriangle(a);
  const w: Planes = { re: work.data, im: work.imag ?? null };
  const d = new Float64Array(n);
  const e = new Float64Array(Math.max(0, n - 1));
  const reflectors: { v: Planes; re: number; im: number }[] = [];
  for (let k = 0; k + 1 < n; k++) {
    const at = (k + 1) * n + k;
    const h = makeReflector(w, at, n - k - 1, n);
    const v = takeVector(w, at, n - k - 1, n);
    e[k] = h.beta;
    reflectors.push({ v, re: h.tauRe, im: h.tauIm });
    if (h.tauRe !== 0 || h.tauIm !== 0) rankTwoUpdate(w, n, k + 1, v, h.tauRe, h.tauIm);
  }
  for (let i = 0; i < n; i++) d[i] = w.re[i * (n + 1)];
  if (!vectors) return { d, e, q: null };
  const re = allocate(n, n);
  for (let i = 0; i < n; i++) re[i * (n + 1)] = 1;
  const q: Planes = { re, im: w.im ? allocate(n, n) : null };
  for (let k = n - 2; k >= 0; k--) reflectLeft(q, n, k + 1, k + 1, n, reflectors[k].v, reflectors[k].re, reflectors[k].im);
  return { d, e, q };
}

/** A <- Hᴴ·A·H on the trailing block from `s` on, as A - v·wᴴ - w·vᴴ with x = tau·A·v, w = x - ½·tau·(xᴴv)·v. */
function rankTwoUpdate(a: Planes, n: number, s: number, v: Planes, tauRe: number, tauIm: number): void {
  const k = n - s;
  spend((a.im ? 12 : 3) * k * k);
  const xr = new Float64Array(k);
  const xi = new Float64Array(a.im ? k : 0);
  if (!a.im || !v.im) {
    let dot = 0;
    for (let i = 0; i < k; i++) {
      let t = 0;
      for (let j = 0, p = (s + i) * n + s; j < k; j++, p++) t += a.re[p] * v.re[j];
      xr[i] = tauRe * t;
      dot += xr[i] * v.re[i];
    }
    const alpha = -0.5 * tauRe * dot;
    for (let i = 0; i < k; i++) xr[i] += alpha * v.re[i];
    for (let i = 0; i < k; i++) {
      const vi = v.re[i];
      const wi = xr[i];
      for (let j = 0, p = (s + i) * n + s; j < k; j++, p++) a.re[p] -= vi * xr[j] + wi * v.re[j];
    }
    return;
  }
  let dotRe = 0;
  let dotIm = 0;
  for (let i = 0; i < k; i++) {
    let tr = 0;
    let ti = 0;
    for (let j = 0, p = (s + i) * n + s; j < k; j++, p++) {
      tr += a.re[p] * v.re[j] - a.im[p] * v.im[j];
      ti += a.re[p] * v.im[j] + a.im[p] * v.re[j];
    }
    xr[i] = tauRe * tr - tauIm * ti;
    xi[i] = tauRe * ti + tauIm * tr;
    dotRe += xr[i] * v.re[i] + xi[i] * v.im[i];
    dotIm += xr[i] * v.im[i] - xi[i] * v.re[i];
  }
  const alphaRe = -0.5 * (tauRe * dotRe - tauIm * dotIm);
  const alphaIm = -0.5 * (tauRe * dotIm + tauIm * dotRe);
  for (let i = 0; i < k; i++) {
    xr[i] += alphaRe * v.re[i] - alphaIm * v.im[i];
    xi[i] += alphaRe * v.im[i] + alphaIm * v.re[i];
  }
  for (let i = 0; i < k; i++) {
    const vr = v.re[i];
    const vi = v.im[i];
    const wr = xr[i];
    const wi = xi[i];
    for (let j = 0, p = (s + i) * n + s; j < k; j++, p++) {
      a.re[p] -= vr * xr[j] + vi * xi[j] + (wr * v.re[j] + wi * v.im[j]);
      a.im[p] -= vi * xr[j] - vr * xi[j] + (wi * v.re[j] - wr * v.im[j]);
    }
  }
}
