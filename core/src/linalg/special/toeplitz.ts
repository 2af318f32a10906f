// Constant along diagonals.
import type { Matrix } from "../matrix.js";
import { allocate } from "../shape.js";

/** t_ij = column[i - j] on and below the diagonal, row[j - i] above it; row[0] is not read. Symmetric when no row is given. */
export function toeplitz(column: ArrayLike<number>, row: ArrayLike<number> = column): Matrix {
  const rows = column.length;
  const columns = row.length;
  const data = allocate(rows, columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) data[i * columns + j] = i >= j ? column[i - j] : row[j - i];
  return { rows, columns, data };
}
