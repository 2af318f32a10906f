// Chosen terms with the best weights.

import { hadamard, leastSquares, type Matrix, multiply, pinv, scaleByPower, selectColumns, selectRows } from "../../linalg/index.js";
import { distance } from "../check.js";
import { balanced } from "./crStats.js";

export interface CrDiagonal {
  /** A weight for each chosen term. */
  readonly lambda: Float64Array;
  readonly errF: number;
}
export interface CrFull {
  /** r×r. */
  readonly Lambda: Matrix;
  readonly errF: number;
}

/**
 * The λ that minimises ‖XY - C·diag(λ)·R‖_F: G⁺h with G = (CᵀC)∘(RRᵀ), h_i = Σ_j (CᵀX)_ij (RYᵀ)_ij; of least norm where terms are dependent. O(lr(n + m) + r³).
 * Never worse than λ = 1 ({@link crTopK}). Su, kexue.fm 10427.
 */
export function crDiagonal(X: Matrix, Y: Matrix, indices: ArrayLike<number>): CrDiagonal {
  const { x, y, exponent } = balanced(X, Y);
  const C = selectColumns(x, indices);
  const R = selectRows(y, indices);
  const G = hadamard(multiply(C, C, { a: "transpose" }), multiply(R, R, { b: "transpose" }));
  const both = hadamard(multiply(C, x, { a: "transpose" }), multiply(R, y, { b: "transpose" }));
  const r = C.columns;
  const h = new Float64Array(r);
  for (let i = 0; i < r; i++) for (let j = 0; j < x.columns; j++) h[i] += both.data[i * x.columns + j];
  const lambda = leastSquares(G, { rows: r, columns: 1, data: h }).data;
  const weighted = { ...C, data: C.data.map((a, k) => a * lambda[k % r]) };
  return { lambda, errF: scaleByPower(distance(multiply(weighted, R), multiply(x, y)), exponent) };
}

/** The Λ that minimises ‖XY - CΛR‖_F: C⁺·XY·R⁺. Never worse than the diagonal one. O(nr² + mr² + nmr). */
export function crFull(X: Matrix, Y: Matrix, indices: ArrayLike<number>): CrFull {
  const { x, y, exponent } = balanced(X, Y);
  const C = selectColumns(x, indices);
  const R = selectRows(y, indices);
  const M = multiply(x, y);
  const Lambda = multiply(multiply(pinv(C), M), pinv(R));
  return { Lambda, errF: scaleByPower(distance(multiply(multiply(C, Lambda), R), M), exponent) };
}
