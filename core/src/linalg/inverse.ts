// The inverse of a square matrix.
import { packedLu } from "./lu.js";
import { identity, type Matrix } from "./matrix.js";
import { requireSquare } from "./shape.js";
import { solveWithLu } from "./solve.js";

/**
 * A⁻¹ by LU with partial pivoting, 2n³ flops; right residual ‖A·X - I‖ <= c·n·eps·‖A‖‖X‖ (Higham 2002 §14.3).
 * An exactly zero pivot is MathError "singular"; near-singular matrices are inverted (ask `reciprocalCondition`). The 0×0 matrix is its own inverse.
 * Throws "not-square", "nonfinite". For A⁻¹·B use `solve`: cheaper and more accurate.
 */
export function inverse(a: Matrix): Matrix {
  requireSquare(a, "the inverse");
  return solveWithLu(packedLu(a), identity(a.rows));
}
