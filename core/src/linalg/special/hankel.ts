// Constant along anti-diagonals.
import type { Matrix } from "../matrix.js";
import { allocate } from "../shape.js";

/** First column `column`, last row `lastRow` (its first entry is not read); zeros past the column when no row is given. */
export function hankel(column: ArrayLike<number>, lastRow: ArrayLike<number> = new Float64Array(column.length)): Matrix {
  const rows = column.length;
  const columns = lastRow.length;
  const data = allocate(rows, columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) data[i * columns + j] = i + j < rows ? column[i + j] : lastRow[i + j - rows + 1];
  return { rows, columns, data };
}
