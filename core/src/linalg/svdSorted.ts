// What an SVD is, and its singular values brought in descending order; shared by both algorithms.
import { selectColumns } from "./blocks.js";
import type { Matrix } from "./matrix.js";

/** A = U·diag(s)·Vᴴ, s descending and never negative. Thin: U m×p, V n×p with p = min(m, n); full: U m×m, V n×n. */
export interface SVD {
  readonly U: Matrix;
  readonly s: Float64Array;
  readonly V: Matrix;
}

/** The columns of f reordered by descending s; shared by both algorithms. */
export function sortedSvd(U: Matrix, s: Float64Array, V: Matrix): SVD {
  const order = Array.from(s, (_, i) => i).sort((i, j) => s[j] - s[i] || i - j);
  if (order.every((v, i) => v === i)) return { U, s, V };
  const all = (width: number) => Array.from({ length: width }, (_, i) => (i < order.length ? order[i] : i));
  return { U: selectColumns(U, all(U.columns)), s: Float64Array.from(order, (i) => s[i]), V: selectColumns(V, all(V.columns)) };
}
