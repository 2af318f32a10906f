// How much each row or column matters to the leading singular subspace.

import { type Matrix, svd } from "../linalg/index.js";
import { requireRank, requireReal } from "./check.js";

/** The first k squares of each row of a basis, summed. */
export const rowSquares = (basis: Matrix, k: number): Float64Array =>
  Float64Array.from({ length: basis.rows }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < k; j++) sum += basis.data[i * basis.columns + j] ** 2;
    return sum;
  });

/**
 * ℓ_j = ‖V_{j,1:k}‖² for columns, ‖U_{i,1:k}‖² for rows: in [0, 1], summing to k. They need σ_k > σ_{k+1} to be well defined. O(mn·min(m, n)).
 * Throws "index-out-of-range", "nonfinite". Mahoney & Drineas 2009.
 */
export function leverageScores(a: Matrix, k: number, axis: "rows" | "columns" = "columns"): Float64Array {
  requireReal(a, "leverage scores");
  requireRank(k, a, "leverage scores");
  const f = svd(a);
  return rowSquares(axis === "columns" ? f.V : f.U, k);
}
