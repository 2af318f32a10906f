// Linear least squares of any shape and rank.
import { submatrix } from "./blocks.js";
import { MathError } from "./error.js";
import type { Matrix } from "./matrix.js";
import { multiply } from "./multiply.js";
import { said } from "./phrase.js";
import { numericalRank, type RankTolerance } from "./rank.js";
import { requireFinite, shapeText } from "./shape.js";
import { svd } from "./svd.js";

export interface LeastSquares {
  /** The x of least norm among those that minimise ‖A·x - b‖, for every column of B: n×k. */
  readonly X: Matrix;
  readonly rank: number;
  /** ‖A·x - b‖₂ for every column of B, measured. */
  readonly residuals: Float64Array;
  readonly s: Float64Array;
}

/**
 * The minimum-norm least-squares solution by the SVD (Golub & Van Loan §5.5.1), with the rank it used and the residual norms. About 20mn² flops.
 * Normwise backward stable. Under- and overdetermined, rank-deficient, zero and empty matrices are all legal. Throws "shape-mismatch", "nonfinite".
 */
export function leastSquaresDetails(a: Matrix, b: Matrix, tolerance: RankTolerance = {}): LeastSquares {
  if (a.rows !== b.rows)
    throw new MathError(
      "shape-mismatch",
      said`cannot fit a ${shapeText(a)} system to a ${shapeText(b)} right-hand side`,
      said`it needs ${a.rows} rows`,
    );
  requireFinite(b, "least squares");
  const f = svd(a);
  const r = numericalRank(f.s, a.rows, a.columns, tolerance);
  const y = multiply(submatrix(f.U, 0, a.rows, 0, r), b, { a: "adjoint" });
  for (const plane of y.imag ? [y.data, y.imag] : [y.data]) for (let i = 0; i < plane.length; i++) plane[i] /= f.s[Math.floor(i / b.columns)];
  const X = multiply(submatrix(f.V, 0, a.columns, 0, r), y);
  const fit = multiply(a, X);
  const residuals = new Float64Array(b.columns);
  for (let j = 0; j < b.columns; j++) {
    let sum = 0;
    for (let i = 0; i < b.rows; i++) {
      const p = i * b.columns + j;
      sum += (fit.data[p] - b.data[p]) ** 2 + ((fit.imag?.[p] ?? 0) - (b.imag?.[p] ?? 0)) ** 2;
    }
    residuals[j] = Math.sqrt(sum);
  }
  return { X, rank: r, residuals, s: f.s };
}

/** The X of {@link leastSquaresDetails}: minimises ‖A·X - B‖ columnwise, of least norm where A is rank-deficient. */
export const leastSquares = (a: Matrix, b: Matrix, tolerance: RankTolerance = {}): Matrix => leastSquaresDetails(a, b, tolerance).X;
