// Small tools shared by the matrix functions.
import { identity, type Matrix } from "./matrix.js";
import { multiply } from "./multiply.js";
import type { Spectrum } from "./schur.js";
import { complexify, copy, realOf } from "./shape.js";

/** Z·F·Zᴴ, its imaginary rounding dropped when mathematics says the result is real. */
export function backFromSchur(Z: Matrix, F: Matrix, isReal: boolean): Matrix {
  const x = multiply(multiply(Z, F), Z, { b: "adjoint" });
  return isReal ? realOf(x) : x;
}

/** True when some eigenvalue is real and negative, where root, logarithm and powers have no real principal value. */
export const onBranchCut = (values: Spectrum): boolean => values.re.some((x, i) => x < 0 && values.im[i] === 0);

/** A + s·I. */
export function plusIdentity(a: Matrix, s = 1): Matrix {
  const out = copy(a);
  for (let i = 0; i < a.rows; i++) out.data[i * (a.columns + 1)] += s;
  return out;
}

/** A to a whole power k >= 0 by repeated squaring. */
export function wholePower(a: Matrix, k: number): Matrix {
  let result: Matrix | null = null;
  let square = a;
  for (let left = k; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = result ? multiply(result, square) : square;
    if (left > 1) square = multiply(square, square);
  }
  return result ?? (a.imag ? complexify(identity(a.rows)) : identity(a.rows));
}

/** Σ c_i·A_i over pairs of coefficient and matrix; zero coefficients are skipped. */
export function combination(terms: readonly (readonly [number, Matrix])[]): Matrix {
  const [, first] = terms[0];
  const isComplex = terms.some(([, m]) => m.imag);
  const data = new Float64Array(first.data.length);
  const imag = isComplex ? new Float64Array(first.data.length) : undefined;
  for (const [c, m] of terms) {
    if (c === 0) continue;
    for (let i = 0; i < data.length; i++) data[i] += c * m.data[i];
    if (imag && m.imag) for (let i = 0; i < data.length; i++) imag[i] += c * m.imag[i];
  }
  return imag ? { rows: first.rows, columns: first.columns, data, imag } : { rows: first.rows, columns: first.columns, data };
}

export const isUpperTriangular = (a: Matrix): boolean => {
  for (let i = 1; i < a.rows; i++)
    for (let j = 0; j < Math.min(i, a.columns); j++) if (a.data[i * a.columns + j] !== 0 || (a.imag && a.imag[i * a.columns + j] !== 0)) return false;
  return true;
};

export const isDiagonal = (a: Matrix): boolean => a.data.every((x, p) => p % (a.columns + 1) === 0 || (x === 0 && (!a.imag || a.imag[p] === 0)));
