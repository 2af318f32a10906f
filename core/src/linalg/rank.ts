// Rank, and the subspaces a matrix spans and annihilates.
import { submatrix } from "./blocks.js";
import type { Matrix } from "./matrix.js";
import { singularValues, svd } from "./svd.js";

export interface RankTolerance {
  /** Relative to the largest singular value; max(m, n)·2^-52 when absent (as NumPy and MATLAB). */
  readonly rtol?: number;
  /** Absolute; 0 when absent. The larger of both cuts. */
  readonly atol?: number;
}

/** How many of the (descending) singular values of an m×n matrix count. */
export function numericalRank(s: Float64Array, rows: number, columns: number, tolerance: RankTolerance = {}): number {
  const { rtol = Math.max(rows, columns) * 2 ** -52, atol = 0 } = tolerance;
  const cut = Math.max(atol, rtol * (s[0] ?? 0));
  let r = 0;
  while (r < s.length && s[r] > cut) r++;
  return r;
}

/** The number of singular values above the tolerance (Golub & Van Loan §5.4.1); 0 for zero and empty matrices. Throws "nonfinite". */
export const rank = (a: Matrix, tolerance: RankTolerance = {}): number => numericalRank(singularValues(a), a.rows, a.columns, tolerance);

/** Orthonormal columns spanning {x : A·x = 0}: n×(n - rank), the last right singular vectors. The identity for an empty or zero A. Throws "nonfinite". */
export function nullSpace(a: Matrix, tolerance: RankTolerance = {}): Matrix {
  const f = svd(a, { mode: "full" });
  return submatrix(f.V, 0, a.columns, numericalRank(f.s, a.rows, a.columns, tolerance), a.columns);
}

/** Orthonormal columns spanning {A·x}: m×rank, the first left singular vectors. Throws "nonfinite". */
export function range(a: Matrix, tolerance: RankTolerance = {}): Matrix {
  const f = svd(a);
  return submatrix(f.U, 0, a.rows, 0, numericalRank(f.s, a.rows, a.columns, tolerance));
}
