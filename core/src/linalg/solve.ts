// Square linear systems.
import { solveGeneral } from "../kernels/index.js";
import { selectRows } from "./blocks.js";
import { MathError } from "./error.js";
import { KERNEL_ORDER, withKernels } from "./kernel.js";
import { type PackedLu, packedLu } from "./lu.js";
import type { Matrix } from "./matrix.js";
import { said } from "./phrase.js";
import { requireFinite, requireSquare, shapeText } from "./shape.js";
import { SMALL_ORDER, smallSolve } from "./small.js";
import { solveTriangular } from "./triangular.js";

/** What to throw when elimination finds no pivot in column `at` (0-based). */
export const singularAt = (a: Matrix, at: number): MathError =>
  new MathError(
    "singular",
    said`the ${shapeText(a)} matrix is singular (no pivot in column ${at + 1})`,
    "leastSquares or pinv give the solution of least norm",
  );

/** X with A·X = B from the packed factors of A. */
export function solveWithLu(f: PackedLu, b: Matrix): Matrix {
  if (f.zeroPivot >= 0) throw singularAt(f.packed, f.zeroPivot);
  const y = solveTriangular(f.packed, selectRows(b, f.permutation), { uplo: "lower", unit: true });
  return solveTriangular(f.packed, y, { uplo: "upper" });
}

/**
 * X with A·X = B for square A (n×n) and B (n×k): LU with partial pivoting, 2n³/3 + 2n²k flops (Golub & Van Loan §3.4).
 * Backward error ‖AX - B‖ <= c·n·eps·‖A‖‖X‖ in practice. An exactly zero pivot is MathError "singular"; near-singular systems are solved (ask
 * `reciprocalCondition`). Empty systems give an empty X. Throws "not-square", "shape-mismatch", "nonfinite".
 */
export function solve(a: Matrix, b: Matrix): Matrix {
  requireSquare(a, "a linear system");
  if (a.rows !== b.rows)
    throw new MathError(
      "shape-mismatch",
      said`cannot solve a ${shapeText(a)} system for a ${shapeText(b)} right-hand side`,
      said`it needs ${a.rows} rows`,
    );
  requireFinite(b, "a linear system");
  if (!a.imag && !b.imag && a.rows <= SMALL_ORDER && a.rows > 0) {
    const x = new Float64Array(b.data);
    if (smallSolve(a.data, a.rows, x, b.columns)) return { rows: b.rows, columns: b.columns, data: x };
  }
  if (!a.imag && !b.imag && a.rows >= KERNEL_ORDER && b.columns > 0) {
    const f = withKernels(() => solveGeneral(a.data, b.data, a.rows, b.columns), "a linear system", a, b);
    if (f && f.zeroPivot >= 0) throw singularAt(a, f.zeroPivot);
    if (f) return { rows: b.rows, columns: b.columns, data: f.x };
  }
  return solveWithLu(packedLu(a), b);
}
