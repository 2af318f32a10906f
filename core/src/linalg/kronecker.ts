// The Kronecker product.
import { spend } from "../kernels/index.js";
import type { Matrix } from "./matrix.js";
import { allocate } from "./shape.js";

/** A⊗B: block (i, j) is a_ij·B, so m×n by p×q gives mp×nq. Refused as "too-large" before allocating. */
export function kronecker(a: Matrix, b: Matrix): Matrix {
  const rows = a.rows * b.rows;
  const columns = a.columns * b.columns;
  const spread = (out: Float64Array, x: Float64Array, y: Float64Array, sign: number) => {
    for (let i = 0; i < a.rows; i++) {
      spend(b.rows * a.columns * b.columns);
      for (let r = 0; r < b.rows; r++)
        for (let j = 0; j < a.columns; j++) {
          const v = sign * x[i * a.columns + j];
          const at = (i * b.rows + r) * columns + j * b.columns;
          for (let c = 0; c < b.columns; c++) out[at + c] += v * y[r * b.columns + c];
        }
    }
    return out;
  };
  const data = spread(allocate(rows, columns), a.data, b.data, 1);
  if (!a.imag && !b.imag) return { rows, columns, data };
  const imag = allocate(rows, columns);
  if (a.imag) spread(imag, a.imag, b.data, 1);
  if (b.imag) spread(imag, a.data, b.imag, 1);
  if (a.imag && b.imag) spread(data, a.imag, b.imag, -1);
  return { rows, columns, data, imag };
}
