// Rows become columns: with and without conjugation.
import type { Matrix } from "./matrix.js";

const flipped = (plane: Float64Array, rows: number, columns: number): Float64Array => {
  const out = new Float64Array(plane.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[j * rows + i] = plane[i * columns + j];
  return out;
};

/** Aᵀ, without conjugation. */
export function transpose(a: Matrix): Matrix {
  const data = flipped(a.data, a.rows, a.columns);
  return a.imag ? { rows: a.columns, columns: a.rows, data, imag: flipped(a.imag, a.rows, a.columns) } : { rows: a.columns, columns: a.rows, data };
}

/** The entrywise complex conjugate; a real matrix is its own. */
export const conjugate = (a: Matrix): Matrix => (a.imag ? { rows: a.rows, columns: a.columns, data: a.data, imag: a.imag.map((x) => -x) } : a);

/** Aᴴ, the conjugate transpose: Aᵀ for a real matrix. */
export const adjoint = (a: Matrix): Matrix => transpose(conjugate(a));
