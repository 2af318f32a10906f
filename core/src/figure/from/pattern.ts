// Where a matrix has entries that are not zero.

import type { Matrix } from "../../linalg/index.js";
import type { PatternFigure } from "../figure.js";

/** Most rows and columns that are drawn. */
const MOST = 160;

/** Entries that are not zero (NaN is none), of a large matrix as shares of blocks. One pass over the data. */
export function patternFigure(title: string, a: Matrix): PatternFigure {
  const rows = Math.min(MOST, a.rows);
  const columns = Math.min(MOST, a.columns);
  const data = new Float64Array(rows * columns);
  const size = new Float64Array(rows * columns);
  let nonzero = 0;
  for (let i = 0; i < a.rows; i++) {
    const base = Math.floor((i * rows) / a.rows) * columns;
    for (let j = 0; j < a.columns; j++) {
      const k = base + Math.floor((j * columns) / a.columns);
      size[k] = (size[k] as number) + 1;
      if (a.data[i * a.columns + j] === 0 && !a.imag?.[i * a.columns + j]) continue;
      data[k] = (data[k] as number) + 1;
      nonzero++;
    }
  }
  return { kind: "pattern", title, cells: { rows, columns, data: data.map((n, k) => n / (size[k] as number)) }, shape: [a.rows, a.columns], nonzero };
}
