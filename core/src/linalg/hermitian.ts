// Hermitian matrices: recognising them, and functions of them by their eigenvalues.
import { type Complex, complex } from "./complex.js";
import type { Matrix } from "./matrix.js";
import { multiply } from "./multiply.js";
import { copy, largestPart, simplified } from "./shape.js";
import { symmetricEigen } from "./symmetricEigen.js";

/** True when A equals Aᴴ up to `tolerance` times its largest part; 0 (the default) means exactly. */
export const isHermitian = (a: Matrix, tolerance = 0): boolean => equalsTurned(a, -1, tolerance);

/** True when A equals Aᵀ, without conjugation; for a real matrix the same as {@link isHermitian}. */
export const isSymmetric = (a: Matrix, tolerance = 0): boolean => equalsTurned(a, 1, tolerance);

/** A against its transpose, the imaginary part of the latter times `sign`. */
function equalsTurned(a: Matrix, sign: 1 | -1, tolerance: number): boolean {
  if (a.rows !== a.columns) return false;
  const n = a.rows;
  const limit = tolerance === 0 ? 0 : tolerance * largestPart(a);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      const p = i * n + j;
      const q = j * n + i;
      if (!(Math.abs(a.data[p] - a.data[q]) <= limit)) return false;
      if (a.imag && !(Math.abs(a.imag[p] - sign * a.imag[q]) <= limit)) return false;
    }
  return true;
}

/**
 * V·diag(f(λ))·Vᴴ of a Hermitian matrix: real when A is and every f(λ) is. Eigenvalues within n·eps of zero (relative to the largest) are handed to f as 0 when
 * `snap` is set, so that a semidefinite matrix does not fall off the branch by a rounding error.
 */
export function hermitianFunction(a: Matrix, f: (x: number) => Complex | number, snap = false): Matrix {
  const e = symmetricEigen(a);
  const n = a.rows;
  const most = Math.max(Math.abs(e.values[0] ?? 0), Math.abs(e.values[n - 1] ?? 0));
  const images = Array.from(e.values, (x) => {
    const y = f(snap && Math.abs(x) <= n * 2 ** -52 * most ? 0 : x);
    return typeof y === "number" ? complex(y) : y;
  });
  const isComplex = images.some((y) => y.im !== 0);
  const V = e.vectors;
  const W = copy(isComplex && !V.imag ? { ...V, imag: new Float64Array(V.data.length) } : V);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      const p = i * n + j;
      const x = W.data[p];
      const y = W.imag?.[p] ?? 0;
      W.data[p] = x * images[j].re - y * images[j].im;
      if (W.imag) W.imag[p] = x * images[j].im + y * images[j].re;
    }
  const result = multiply(W, V, { b: "adjoint" });
  return a.imag ? result : simplified(result);
}
