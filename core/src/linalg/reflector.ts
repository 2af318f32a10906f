// Householder reflections on row-major planes: the one tool of QR, Hessenberg, tridiagonal and bidiagonal reduction.
// H = I - tau·v·vᴴ with v_0 = 1; Hᴴ·x = beta·e_0, beta real (LAPACK's larfg convention, so that complex reductions end in real bands).
import { spend } from "../kernels/index.js";
import { modulus } from "./complex.js";
import { vectorNorm } from "./shape.js";

/** Two planes; `im` is null for real work. */
export interface Planes {
  readonly re: Float64Array;
  readonly im: Float64Array | null;
}

export interface Reflector {
  readonly beta: number;
  readonly tauRe: number;
  readonly tauIm: number;
}

/**
 * Turns the n numbers from `start`, `step` apart, into v (v_0 = 1 is stored) and tells beta and tau. tau = 0 when there is nothing to do.
 * beta = -sign(re x_0)·‖x‖, so no digits cancel.
 */
export function makeReflector(x: Planes, start: number, n: number, step: number): Reflector {
  const { re, im } = x;
  const alphaRe = re[start];
  const alphaIm = im ? im[start] : 0;
  const tailRe = vectorNorm(re, start + step, n - 1, step);
  const tail = im ? modulus(tailRe, vectorNorm(im, start + step, n - 1, step)) : tailRe;
  re[start] = 1;
  if (im) im[start] = 0;
  if (tail === 0 && alphaIm === 0) return { beta: alphaRe, tauRe: 0, tauIm: 0 };
  const norm = modulus(modulus(alphaRe, alphaIm), tail);
  const beta = alphaRe > 0 ? -norm : norm;
  // v = x/(alpha - beta), dividing rather than multiplying by a reciprocal that could overflow.
  const dr = alphaRe - beta;
  const di = alphaIm;
  if (!im || di === 0) {
    for (let i = 1, p = start + step; i < n; i++, p += step) {
      re[p] /= dr;
      if (im) im[p] /= dr;
    }
    return { beta, tauRe: (beta - alphaRe) / beta, tauIm: -alphaIm / beta };
  }
  const size = modulus(dr, di);
  const ur = dr / size;
  const ui = -di / size;
  for (let i = 1, p = start + step; i < n; i++, p += step) {
    const xr = re[p] / size;
    const xi = im[p] / size;
    re[p] = xr * ur - xi * ui;
    im[p] = xr * ui + xi * ur;
  }
  return { beta, tauRe: (beta - alphaRe) / beta, tauIm: -alphaIm / beta };
}

/** v (n numbers) copied out of strided storage. */
export function takeVector(x: Planes, start: number, n: number, step: number): Planes {
  const pick = (p: Float64Array) => {
    const out = new Float64Array(n);
    for (let i = 0, q = start; i < n; i++, q += step) out[i] = p[q];
    return out;
  };
  return { re: pick(x.re), im: x.im ? pick(x.im) : null };
}

/** A <- (I - tau·v·vᴴ)·A on rows [row, row + n) and columns [from, to) of a row-major A with `width` columns. */
export function reflectLeft(a: Planes, width: number, row: number, from: number, to: number, v: Planes, tauRe: number, tauIm: number): void {
  const n = v.re.length;
  const k = to - from;
  if ((tauRe === 0 && tauIm === 0) || k <= 0) return;
  spend((a.im ? 8 : 2) * n * k);
  const wr = new Float64Array(k);
  if (!a.im || !v.im) {
    for (let i = 0; i < n; i++) {
      const c = v.re[i];
      if (c !== 0) for (let j = 0, p = (row + i) * width + from; j < k; j++, p++) wr[j] += c * a.re[p];
    }
    for (let i = 0; i < n; i++) {
      const c = tauRe * v.re[i];
      if (c !== 0) for (let j = 0, p = (row + i) * width + from; j < k; j++, p++) a.re[p] -= c * wr[j];
    }
    return;
  }
  const wi = new Float64Array(k);
  for (let i = 0; i < n; i++) {
    const cr = v.re[i];
    const ci = v.im[i];
    for (let j = 0, p = (row + i) * width + from; j < k; j++, p++) {
      wr[j] += cr * a.re[p] + ci * a.im[p];
      wi[j] += cr * a.im[p] - ci * a.re[p];
    }
  }
  for (let i = 0; i < n; i++) {
    const cr = tauRe * v.re[i] - tauIm * v.im[i];
    const ci = tauRe * v.im[i] + tauIm * v.re[i];
    for (let j = 0, p = (row + i) * width + from; j < k; j++, p++) {
      a.re[p] -= cr * wr[j] - ci * wi[j];
      a.im[p] -= cr * wi[j] + ci * wr[j];
    }
  }
}

/** A <- A·(I - tau·v·vᴴ) on rows [from, to) and columns [column, column + n). */
export function reflectRight(a: Planes, width: number, from: number, to: number, column: number, v: Planes, tauRe: number, tauIm: number): void {
  const n = v.re.length;
  if (tauRe === 0 && tauIm === 0) return;
  spend((a.im ? 8 : 2) * n * (to - from));
  for (let i = from; i < to; i++) {
    const at = i * width + column;
    if (!a.im || !v.im) {
      let s = 0;
      for (let j = 0, p = at; j < n; j++, p++) s += a.re[p] * v.re[j];
      s *= tauRe;
      for (let j = 0, p = at; j < n; j++, p++) a.re[p] -= s * v.re[j];
      continue;
    }
    let sr = 0;
    let si = 0;
    for (let j = 0, p = at; j < n; j++, p++) {
      sr += a.re[p] * v.re[j] - a.im[p] * v.im[j];
      si += a.re[p] * v.im[j] + a.im[p] * v.re[j];
    }
    const tr = sr * tauRe - si * tauIm;
    const ti = sr * tauIm + si * tauRe;
    for (let j = 0, p = at; j < n; j++, p++) {
      a.re[p] -= tr * v.re[j] + ti * v.im[j];
      a.im[p] -= ti * v.re[j] - tr * v.im[j];
    }
  }
}
