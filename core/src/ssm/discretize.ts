// From a differential equation to a recurrence.
import { expm, hstack, identity, MathError, type Matrix, said, scale, solve, submatrix, subtract, vstack, zeros } from "../linalg/index.js";

export type DiscretizationMethod = "forward" | "backward" | "bilinear" | "gbt" | "zoh";
const blends: Readonly<Record<string, number>> = { forward: 0, bilinear: 0.5, backward: 1 };
export const discretizationMethods: readonly DiscretizationMethod[] = ["forward", "backward", "bilinear", "gbt", "zoh"];

export interface Discretized {
  readonly Ad: Matrix;
  readonly Bd: Matrix;
}

/**
 * x' = A·x + B·u sampled at steps dt as x_k = Ad·x_{k-1} + Bd·u_k. Generalised bilinear: Ad = (I - αΔA)⁻¹(I + (1-α)ΔA), Bd = (I - αΔA)⁻¹ΔB with α = 0 forward, ½ bilinear, 1 backward,
 * any α in [0, 1] for "gbt" (kexue's α is 1 - α here). "zoh" holds u: e^(Δ[[A,B],[0,0]]) in one exponential, right for singular A too. A may be complex; B has one column an input.
 * Bilinear maps the open left half plane into the unit disc; forward Euler on LegS is stable only for dt·N < 2. dt = 0 gives (I, 0). O(N³).
 * Throws "shape-mismatch", "domain" (dt < 0, α outside [0, 1]), "singular" when 1/(αΔ) is an eigenvalue of A (an unstable pole).
 * Source: HiPPO (arXiv 2008.07669) app. B.3.
 */
export function discretize(A: Matrix, B: Matrix, dt: number, method: DiscretizationMethod = "bilinear", alpha = 0.5): Discretized {
  const n = A.rows;
  if (n !== A.columns || B.rows !== n)
    throw new MathError("shape-mismatch", said`a system needs a square A and as many rows in B, not ${n}×${A.columns} and ${B.rows}×${B.columns}`);
  if (!(dt >= 0 && Number.isFinite(dt))) throw new MathError("domain", said`the step dt must be at least 0, not ${dt}`);
  if (method === "zoh") {
    const width = n + B.columns;
    const E = expm(scale(vstack(hstack(A, B), zeros(B.columns, width)), dt));
    return { Ad: submatrix(E, 0, n, 0, n), Bd: submatrix(E, 0, n, n, width) };
  }
  const blend = method === "gbt" ? alpha : blends[method];
  if (blend === undefined)
    throw new MathError("unsupported", said`no discretisation "${method}"`, said`use one of ${discretizationMethods.join(", ")}`);
  if (!(blend >= 0 && blend <= 1)) throw new MathError("domain", said`alpha must lie between 0 and 1, not ${blend}`);
  const I = identity(n);
  const right = hstack(subtract(I, scale(A, (blend - 1) * dt)), scale(B, dt));
  const both = blend === 0 ? right : solve(subtract(I, scale(A, blend * dt)), right);
  return { Ad: submatrix(both, 0, n, 0, n), Bd: submatrix(both, 0, n, n, n + B.columns) };
}
