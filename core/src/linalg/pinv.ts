// The Moore-Penrose inverse.
import { submatrix } from "./blocks.js";
import type { Matrix } from "./matrix.js";
import { multiply } from "./multiply.js";
import { numericalRank, type RankTolerance } from "./rank.js";
import { svd } from "./svd.js";
import type { SVD } from "./svdSorted.js";

/** V·diag(1/s)·Uᴴ over the first `rank` singular values. */
export function pinvFromSvd(f: SVD, rank: number): Matrix {
  const V = submatrix(f.V, 0, f.V.rows, 0, rank);
  for (const plane of V.imag ? [V.data, V.imag] : [V.data]) for (let i = 0; i < plane.length; i++) plane[i] /= f.s[i % rank];
  return multiply(V, submatrix(f.U, 0, f.U.rows, 0, rank), { b: "adjoint" });
}

/**
 * A⁺ (n×m) by the SVD, singular values <= max(atol, rtol·s_1) dropped, rtol = max(m, n)·eps unless given (Golub & Van Loan §5.5.2). About 20mn² flops.
 * Error about eps·s_1/s_k². Jumps where a singular value crosses the tolerance; the zero matrix gives zeros, an empty m×n an empty n×m. Throws "nonfinite".
 */
export function pinv(a: Matrix, tolerance: RankTolerance = {}): Matrix {
  const f = svd(a);
  return pinvFromSvd(f, numericalRank(f.s, a.rows, a.columns, tolerance));
}
