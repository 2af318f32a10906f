// Diagonals: reading one, and making a matrix of one.
import type { Matrix } from "./matrix.js";
import { allocate } from "./shape.js";

/** The main diagonal as a column, min(rows, columns) entries. */
export function diagonal(a: Matrix): Matrix {
  const n = Math.min(a.rows, a.columns);
  const along = (x: Float64Array) => Float64Array.from({ length: n }, (_, i) => x[i * (a.columns + 1)]);
  return a.imag ? { rows: n, columns: 1, data: along(a.data), imag: along(a.imag) } : { rows: n, columns: 1, data: along(a.data) };
}

/** The matrix with the given numbers on its main diagonal, square unless a shape is given. */
export function diagonalMatrix(values: ArrayLike<number>, rows = values.length, columns = rows): Matrix {
  const data = allocate(rows, columns);
  for (let i = 0; i < Math.min(values.length, rows, columns); i++) data[i * columns + i] = values[i];
  return { rows, columns, data };
}
