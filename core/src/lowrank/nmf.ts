// Nonnegative matrix factorisation.

import { MathError, type Matrix, multiply, norm, said, shapeText, subtract } from "../linalg/index.js";
import { requireReal, requireSteps } from "./check.js";

export interface Nmf {
  readonly W: Matrix;
  readonly H: Matrix;
  /** ½‖V - WH‖_F² before each iteration and after the last: never increasing. */
  readonly objective: Float64Array;
}

/** A matrix entry times a quotient; a zero stays zero. */
const scaled = (a: Matrix, top: Matrix, bottom: Matrix): Matrix => ({
  ...a,
  data: a.data.map((x, i) => (x * top.data[i]) / Math.max(bottom.data[i], 1e-300)),
});

/**
 * Multiplicative updates H ← H∘(WᵀV)/(WᵀWH), then W ← W∘(VHᵀ)/(WHHᵀ), `iters` times from W₀ (m×r), H₀ (r×n). 4mnr flops an update.
 * Entries that are zero stay zero. Throws "domain" for a negative entry anywhere, "shape-mismatch", "nonfinite". Lee & Seung 2001.
 */
export function nmf(v: Matrix, w0: Matrix, h0: Matrix, iters: number): Nmf {
  requireSteps(iters, "nonnegative factorisation");
  for (const [name, a] of [
    ["V", v],
    ["W0", w0],
    ["H0", h0],
  ] as const) {
    requireReal(a, "nonnegative factorisation");
    const at = a.data.findIndex((x) => x < 0);
    if (at >= 0) throw new MathError("domain", said`${name} must not be negative, but entry ${at} is ${a.data[at]}`);
  }
  if (w0.rows !== v.rows || h0.columns !== v.columns || w0.columns !== h0.rows)
    throw new MathError("shape-mismatch", said`${shapeText(w0)} by ${shapeText(h0)} cannot approximate ${shapeText(v)}`);
  let W = w0;
  let H = h0;
  const loss = () => norm(subtract(v, multiply(W, H)), "fro") ** 2 / 2;
  const objective = [loss()];
  for (let i = 0; i < iters; i++) {
    H = scaled(H, multiply(W, v, { a: "transpose" }), multiply(multiply(W, W, { a: "transpose" }), H));
    W = scaled(W, multiply(v, H, { b: "transpose" }), multiply(W, multiply(H, H, { b: "transpose" })));
    objective.push(loss());
  }
  return { W, H, objective: Float64Array.from(objective) };
}
