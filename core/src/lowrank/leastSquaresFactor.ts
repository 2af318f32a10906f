// The missing factor of a product.

import { leastSquares, type Matrix, multiply, transpose } from "../linalg/index.js";
import { distance } from "./check.js";

export interface Factor {
  readonly factor: Matrix;
  /** ‖A·factor - M‖_F or ‖factor·B - M‖_F. */
  readonly residual: number;
}

/**
 * With the left factor A given: argmin_B ‖AB - M‖_F = A⁺M. With the right factor B given: argmin_A ‖AB - M‖_F = MB⁺. Of least norm where not unique. O(mn·min(m, n)).
 * Throws "shape-mismatch", "nonfinite". Su, kexue.fm 10366.
 */
export function leastSquaresFactor(p: { readonly A: Matrix; readonly M: Matrix } | { readonly B: Matrix; readonly M: Matrix }): Factor {
  if ("A" in p) {
    const factor = leastSquares(p.A, p.M);
    return { factor, residual: distance(multiply(p.A, factor), p.M) };
  }
  const factor = transpose(leastSquares(transpose(p.B), transpose(p.M)));
  return { factor, residual: distance(multiply(factor, p.B), p.M) };
}
