// AdaLoRA: rank given to the directions that matter.

import { identity, MathError, type Matrix, multiply, norm, said, shapeText, subtract } from "../linalg/index.js";

/** ΔW = P·diag(λ)·Q: P n×r, Q r×m. */
export interface AdaLora {
  readonly P: Matrix;
  readonly lambda: Float64Array;
  readonly Q: Matrix;
}

/** Smoothed sensitivity and its uncertainty, for each number of P, λ, Q. */
export interface Importance {
  readonly mean: AdaLora;
  readonly spread: AdaLora;
}

const zip = (a: Float64Array, b: Float64Array, f: (x: number, y: number) => number): Float64Array => a.map((x, i) => f(x, b[i]));
const map2 = (a: AdaLora, b: AdaLora, f: (x: number, y: number) => number): AdaLora => ({
  P: { ...a.P, data: zip(a.P.data, b.P.data, f) },
  lambda: zip(a.lambda, b.lambda, f),
  Q: { ...a.Q, data: zip(a.Q.data, b.Q.data, f) },
});

function requireTriplets(w: AdaLora): void {
  const r = w.lambda.length;
  if (w.P.columns !== r || w.Q.rows !== r)
    throw new MathError("shape-mismatch", said`${shapeText(w.P)}, ${r} values and ${shapeText(w.Q)} do not make triplets`);
  for (const data of [w.P.data, w.lambda, w.Q.data])
    for (const x of data) if (!Number.isFinite(x)) throw new MathError("nonfinite", "AdaLoRA needs finite numbers");
}

/** No importance seen yet. */
export function noImportance(w: AdaLora): Importance {
  requireTriplets(w);
  const zero = map2(w, w, () => 0);
  return { mean: zero, spread: zero };
}

/**
 * I = |w·g|; Ī ← β₁Ī + (1 - β₁)I; then Ū ← β₂Ū + (1 - β₂)|I - Ī| with the new Ī. Zhang et al. 2023 (arXiv 2303.10512), equations 9 and 10, in the order of PEFT's code.
 */
export function adaLoraImportance(before: Importance, w: AdaLora, gradient: AdaLora, { beta1 = 0.85, beta2 = 0.85 } = {}): Importance {
  requireTriplets(w);
  requireTriplets(gradient);
  const now = map2(w, gradient, (x, g) => Math.abs(x * g));
  const mean = map2(before.mean, now, (m, i) => beta1 * m + (1 - beta1) * i);
  const distance = map2(now, mean, (i, m) => Math.abs(i - m));
  return { mean, spread: map2(before.spread, distance, (u, d) => beta2 * u + (1 - beta2) * d) };
}

/** S_j = s(λ_j) + mean_i s(P_ij) + mean_i s(Q_ji) with s = Ī·Ū: one score for each triplet. O(r(n + m)). */
export function adaLoraScores({ mean, spread }: Importance): Float64Array {
  const s = map2(mean, spread, (m, u) => m * u);
  const r = s.lambda.length;
  const out = s.lambda.slice();
  s.P.data.forEach((x, i) => {
    out[i % r] += x / s.P.rows;
  });
  s.Q.data.forEach((x, i) => {
    out[Math.floor(i / s.Q.columns)] += x / s.Q.columns;
  });
  return out;
}

/** True for the `keep` best triplets; ties to the lowest place (PEFT drops all that equal the first dropped one). Throws "domain" for a negative count. */
export function adaLoraMask(scores: ArrayLike<number>, keep: number): boolean[] {
  if (!(Number.isInteger(keep) && keep >= 0)) throw new MathError("domain", said`the budget must be a whole number from 0 on, it is ${keep}`);
  const order = Array.from({ length: scores.length }, (_, i) => i).sort((i, j) => scores[j] - scores[i] || i - j);
  const best = new Set(order.slice(0, keep));
  return Array.from({ length: scores.length }, (_, i) => best.has(i));
}

/** P·diag(λ)·Q with the triplets that the mask drops at zero. */
export function adaLoraDelta(w: AdaLora, mask?: readonly boolean[]): Matrix {
  requireTriplets(w);
  const lambda = w.lambda.map((x, j) => (mask && !mask[j] ? 0 : x));
  return multiply({ ...w.P, data: w.P.data.map((x, i) => x * lambda[i % lambda.length]) }, w.Q);
}

/** ‖PᵀP - I‖_F² + ‖QQᵀ - I‖_F²: how far the triplets are from singular ones. */
export function adaLoraPenalty(w: AdaLora): number {
  requireTriplets(w);
  const one = identity(w.lambda.length);
  return (
    norm(subtract(multiply(w.P, w.P, { a: "transpose" }), one), "fro") ** 2 + norm(subtract(multiply(w.Q, w.Q, { b: "transpose" }), one), "fro") ** 2
  );
}

export interface BudgetConfig {
  readonly initBudget: number;
  readonly targetBudget: number;
  /** Warm-up steps at the initial budget. */
  readonly tInit: number;
  /** Steps at the end with the target budget. */
  readonly tFinal: number;
  readonly totalSteps: number;
}

/**
 * The number of triplets kept at a step: the initial budget until tInit, the target after totalSteps - tFinal, between them a cubic decay, truncated to whole numbers.
 * arXiv 2303.10512, equation 12; PEFT's truncation.
 */
export function adaLoraBudget(step: number, c: BudgetConfig): number {
  if (step <= c.tInit) return c.initBudget;
  if (step > c.totalSteps - c.tFinal) return c.targetBudget;
  const left = 1 - (step - c.tInit) / (c.totalSteps - c.tFinal - c.tInit);
  return Math.trunc((c.initBudget - c.targetBudget) * left ** 3 + c.targetBudget);
}
