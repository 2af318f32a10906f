// Reduction to upper Hessenberg form.
import { factorHessenberg } from "../kernels/index.js";
import { planesToMatrix } from "./bidiagonalize.js";
import { KERNEL_ORDER, withKernels } from "./kernel.js";
import type { Matrix } from "./matrix.js";
import { makeReflector, type Planes, reflectLeft, reflectRight, takeVector } from "./reflector.js";
import { allocate, normalized, requireFinite, requireSquare, scaleMatrixByPower } from "./shape.js";

/** A = Q·H·Qᴴ with H zero below its first subdiagonal, Q unitary. */
export interface Hessenberg {
  readonly Q: Matrix;
  readonly H: Matrix;
}

/**
 * Householder reduction to Hessenberg form, 10n³/3 flops and 4n³/3 for Q (Golub & Van Loan §7.4.3). Backward error c·n·eps·‖A‖; the subdiagonal is real.
 * Empty and 1×1 matrices are their own form. Throws "not-square", "nonfinite".
 */
export function hessenberg(a: Matrix): Hessenberg {
  requireSquare(a, "the Hessenberg form");
  if (!a.imag && a.rows >= KERNEL_ORDER) {
    const f = withKernels(() => factorHessenberg(a.data, a.rows), "the Hessenberg form", a);
    if (f) return { Q: { rows: a.rows, columns: a.rows, data: f.Q }, H: { rows: a.rows, columns: a.rows, data: f.H } };
  }
  requireFinite(a, "the Hessenberg form");
  const { scaled, exponent } = normalized(a);
  const n = a.rows;
  const h: Planes = { re: scaled.data, im: scaled.imag ?? null };
  const q = hessenbergPlanes(h, n, true)!;
  return { Q: planesToMatrix(q, n, n), H: scaleMatrixByPower(planesToMatrix(h, n, n), exponent) };
}

/** The reduction in place; returns Q, or null when it is not wanted. */
export function hessenbergPlanes(h: Planes, n: number, vectors: boolean): Planes | null {
  const reflectors: { v: Planes; re: number; im: number }[] = [];
  // A complex matrix needs a last reflection of length 1 to make its last subdiagonal entry real.
  const last = h.im ? n - 1 : n - 2;
  for (let k = 0; k < last; k++) {
    const at = (k + 1) * n + k;
    const r = makeReflector(h, at, n - k - 1, n);
    const v = takeVector(h, at, n - k - 1, n);
    h.re[at] = r.beta;
    for (let i = k + 2; i < n; i++) {
      h.re[i * n + k] = 0;
      if (h.im) h.im[i * n + k] = 0;
    }
    reflectLeft(h, n, k + 1, k + 1, n, v, r.tauRe, -r.tauIm);
    reflectRight(h, n, 0, n, k + 1, v, r.tauRe, r.tauIm);
    reflectors.push({ v, re: r.tauRe, im: r.tauIm });
  }
  if (!vectors) return null;
  const re = allocate(n, n);
  for (let i = 0; i < n; i++) re[i * (n + 1)] = 1;
  const q: Planes = { re, im: h.im ? allocate(n, n) : null };
  for (let k = reflectors.length - 1; k >= 0; k--) reflectLeft(q, n, k + 1, k + 1, n, reflectors[k].v, reflectors[k].re, reflectors[k].im);
  return q;
}
