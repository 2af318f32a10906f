// Hilbert's matrix, the classic ill-conditioned one.
import type { Matrix } from "../matrix.js";
import { allocate } from "../shape.js";

/** h_ij = 1/(i + j - 1), 1-based: symmetric positive definite, totally positive, condition about e^(3.5n). */
export function hilbert(rows: number, columns = rows): Matrix {
  const data = allocate(rows, columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) data[i * columns + j] = 1 / (i + j + 1);
  return { rows, columns, data };
}
