// The pseudo-inverse by gradient descent, in closed form.

import { MathError, type Matrix, multiply, said, svd } from "../linalg/index.js";
import { requireSteps, scaleColumns } from "./check.js";

export interface PinvDescent {
  readonly X: Matrix;
  /** ½‖A·B_t - I‖_F² for t = 0..steps. */
  readonly history: Float64Array;
  /** 0 < η < 2/σ₁²: it tends to A⁺. */
  readonly converges: boolean;
}

/**
 * B_T of B_{t+1} = B_t - ηAᵀ(A·B_t - I), B₀ = 0, by V diag((1 - (1 - ησ²)^T)/σ) Uᵀ. O(mn·min(m, n) + T·min(m, n)).
 * Small σ are learnt last, which makes early stopping a regularisation. Throws "domain" for a negative number of steps or a non-finite η, "nonfinite". Su, kexue.fm 10366.
 */
export function pinvGradientDescent(a: Matrix, eta: number, steps: number): PinvDescent {
  requireSteps(steps, "gradient descent");
  if (!Number.isFinite(eta)) throw new MathError("domain", said`the step size must be finite, it is ${eta}`);
  const { U, s, V } = svd(a);
  const gain = s.map((x) => (x === 0 ? 0 : reached(eta * x * x, steps) / x));
  const history = Float64Array.from({ length: steps + 1 }, (_, t) => {
    let sum = a.rows - s.length;
    for (const x of s) sum += (1 - eta * x * x) ** (2 * t);
    return sum / 2;
  });
  const largest = eta * (s[0] ?? 0) ** 2;
  return { X: multiply(scaleColumns(V, gain), U, { b: "adjoint" }), history, converges: eta > 0 && largest < 2 };
}

/** The limit of small steps: V diag((1 - e^(-tσ²))/σ) Uᵀ, the gradient flow at time t. */
export function pinvGradientFlow(a: Matrix, time: number): Matrix {
  if (!(time >= 0)) throw new MathError("domain", said`the time must not be negative, it is ${time}`);
  const { U, s, V } = svd(a);
  return multiply(
    scaleColumns(
      V,
      s.map((x) => (x === 0 ? 0 : -Math.expm1(-time * x * x) / x)),
    ),
    U,
    { b: "adjoint" },
  );
}

/** 1 - (1 - q)^T without cancellation for small q. */
const reached = (q: number, steps: number): number => (q < 1 ? -Math.expm1(steps * Math.log1p(-q)) : steps === 0 ? 0 : 1 - (1 - q) ** steps);
