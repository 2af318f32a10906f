// The pseudo-inverse by Newton's iteration: products only.

import { type Matrix, multiply, norm, normalized, scaleByPower, scaleMatrixByPower, subtract, transpose } from "../linalg/index.js";
import { distance, requireReal, requireSteps } from "./check.js";

export interface PinvNewton {
  readonly X: Matrix;
  /** 1/(‖A‖₁‖A‖_∞), the factor of X₀ = α₀Aᵀ. */
  readonly alpha0: number;
  /** ‖A·X·A - A‖_F/‖A‖_F after each step, from step 0. */
  readonly residuals: Float64Array;
}

/**
 * X ← X(2I - AX) from X₀ = Aᵀ/(‖A‖₁‖A‖_∞) (Ben-Israel & Cohen 1966; Schulz 1933). The factors 1 - α₀σ² square in each step, so small σ start slowly and end quadratically.
 * With a rank-deficient A rounding in the null space doubles each step: stop when `residuals` stall. 4m²n flops a step. A zero matrix gives zero. Throws "nonfinite".
 */
export function pinvNewtonSchulz(a: Matrix, steps: number): PinvNewton {
  requireReal(a, "the Newton-Schulz pseudo-inverse");
  requireSteps(steps, "the Newton-Schulz pseudo-inverse");
  const { scaled, exponent } = normalized(a);
  const bound = norm(scaled, "max") === 0 ? 0 : largestSum(scaled) * largestSum(transpose(scaled));
  const alpha = bound === 0 ? 0 : 1 / bound;
  const size = norm(scaled, "fro");
  const residual = (ax: Matrix) => (size === 0 ? 0 : distance(multiply(ax, scaled), scaled) / size);
  let x: Matrix = { rows: a.columns, columns: a.rows, data: transpose(scaled).data.map((v) => v * alpha) };
  let ax = multiply(scaled, x);
  const residuals = [residual(ax)];
  for (let k = 0; k < steps; k++) {
    const half = multiply(x, ax);
    x = subtract({ ...x, data: x.data.map((v) => 2 * v) }, half);
    ax = multiply(scaled, x);
    residuals.push(residual(ax));
  }
  return { X: scaleMatrixByPower(x, -exponent), alpha0: scaleByPower(alpha, -2 * exponent), residuals: Float64Array.from(residuals) };
}

/** ‖A‖_∞. A vector counts as a matrix: its row sums. */
function largestSum(a: Matrix): number {
  let most = 0;
  for (let i = 0; i < a.rows; i++) {
    let sum = 0;
    for (let j = 0; j < a.columns; j++) sum += Math.abs(a.data[i * a.columns + j]);
    most = Math.max(most, sum);
  }
  return most;
}
