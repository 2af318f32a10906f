// Square linear systems.
import { selectRows } from "./blocks.js";
import { MathError } from "./error.js";
import { type PackedLu, packedLu } from "./lu.js";
import type { Matrix } from "./matrix.js";
import { requireFinite, requireSquare, shapeText } from "./shape.js";
import { solveTriangular } from "./triangular.js";

/** X with A·X = B from the packed factors of A. */
export function solveWithLu(f: PackedLu, b: Matrix): Matrix {
  if (f.zeroPivot >= 0)
    throw new MathError(
      "singular",
      `the ${shapeText(f.packed)} matrix is singular (no pivot in column ${f.zeroPivot + 1})`,
      "leastSquares or pinv give the solution of least norm",
    );
  const y = solveTriangular(f.packed, selectRows(b, f.permutation), { uplo: "lower", unit: true });
  return solveTriangular(f.packed, y, { uplo: "upper" });
}

/**
 * X with A·X = B for square A (n×n) and B (n×k): LU with partial pivoting, 2n³/3 + 2n²k flops (Golub & Van Loan §3.4).
 * Backward error ‖AX - B‖ <= c·n·eps·‖A‖‖X‖ in practice. An exactly zero pivot is MathError "singular"; near-singular systems are solved (ask
 * `reciprocalCondition`). Empty systems give an empty X. Throws "not-square", "shape-mismatch", "nonfinite".
 */
export function solve(a: Matrix, b: Matrix): Matrix {
  requireSquare(a, "solve");
  if (a.rows !== b.rows)
    throw new MathError("shape-mismatch", `cannot solve a ${shapeText(a)} system for a ${shapeText(b)} right-hand side`, `it needs ${a.rows} rows`);
  requireFinite(b, "solve");
  return solveWithLu(packedLu(a), b);
}
