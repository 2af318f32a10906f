// The inverse of a square matrix.
import { invertGeneral } from "../kernels/index.js";
import { KERNEL_ORDER, withKernels } from "./kernel.js";
import { packedLu } from "./lu.js";
import { identity, type Matrix } from "./matrix.js";
import { requireSquare } from "./shape.js";
import { SMALL_ORDER, smallSolve } from "./small.js";
import { singularAt, solveWithLu } from "./solve.js";

/**
 * A⁻¹ by LU with partial pivoting, 2n³ flops; right residual ‖A·X - I‖ <= c·n·eps·‖A‖‖X‖ (Higham 2002 §14.3).
 * An exactly zero pivot is MathError "singular"; near-singular matrices are inverted (ask `reciprocalCondition`). The 0×0 matrix is its own inverse.
 * Throws "not-square", "nonfinite". For A⁻¹·B use `solve`: cheaper and more accurate.
 */
export function inverse(a: Matrix): Matrix {
  requireSquare(a, "the inverse");
  const n = a.rows;
  if (!a.imag && n <= SMALL_ORDER && n > 0) {
    const x = new Float64Array(n * n);
    for (let i = 0; i < n; i++) x[i * (n + 1)] = 1;
    if (smallSolve(a.data, n, x, n)) return { rows: n, columns: n, data: x };
  }
  if (!a.imag && n >= KERNEL_ORDER) {
    const f = withKernels(() => invertGeneral(a.data, n), "the inverse", a);
    if (f && f.zeroPivot >= 0) throw singularAt(a, f.zeroPivot);
    if (f) return { rows: n, columns: n, data: f.x };
  }
  return solveWithLu(packedLu(a), identity(n));
}
