// Tiger: sign momentum that needs one vector of memory even with gradient accumulation.

import { requireHyper, requireSameLength } from "./guard.js";
import { sign } from "./optimizers/optimizer.js";
import { piecewiseLinear } from "./schedules/piecewiseLinear.js";

/** How Tiger scales the step: by the tensor's RMS, by each row's RMS, or a fixed half step without decay. */
export type TigerParamKind = "matrix" | "embedding" | "bias" | "beta" | "gamma";

export interface TigerOptions {
  readonly paramKind: TigerParamKind;
  readonly lr: number;
  readonly beta?: number;
  readonly weightDecay?: number;
  /** Micro-steps per update. */
  readonly accumSteps?: number;
  /** Points of a piecewise linear factor over micro-steps. */
  readonly schedule?: readonly (readonly [number, number])[];
  /** What parameters shrink by when a gradient holds NaN. */
  readonly shrinkRatio?: number;
  /** Least RMS of a matrix or row; 0 is the original, with which a zero matrix never moves. */
  readonly minRms?: number;
}

export interface TigerState {
  readonly theta: Float64Array;
  readonly m: Float64Array;
  /** Micro-steps done; counts from 0. */
  readonly t: number;
}

const rms = (x: Float64Array): number => {
  let top = 0;
  for (const v of x) top = Math.max(top, Math.abs(v));
  if (top === 0) return 0;
  let s = 0;
  for (const v of x) s += (v / top) ** 2;
  return top * Math.sqrt(s / x.length);
};

/**
 * One micro-step: m ← βm + (1−β)g, θ ← θ − η[sign(m) + λθ], with η from the kind of parameter. `rowLength` is the length of the last axis.
 * With k micro-steps the decay is applied on the first and the update on the last of each group: the average gradient without a buffer.
 * A NaN gradient leaves m alone and shrinks θ towards 0 (1 for gamma). O(n). Su, kexue.fm 9512 and bojone/tiger.
 */
export function tigerStep(state: TigerState, grad: Float64Array, rowLength: number, options: TigerOptions): TigerState {
  const { paramKind, lr, beta = 0.965, weightDecay = 0.01, accumSteps = 1, schedule = [[0, 1]], shrinkRatio = 0.99, minRms = 0 } = options;
  requireHyper(lr, { beta });
  requireSameLength(state.theta, grad, "parameters and gradient");
  const { theta, m, t } = state;
  if (grad.some(Number.isNaN)) {
    const centre = paramKind === "gamma" ? 1 : 0;
    return { theta: theta.map((x) => (x - centre) * shrinkRatio + centre), m, t: t + 1 };
  }
  const { decay, gain, update } = accumulationCoefficients(t, beta, accumSteps);
  const moment = m.map((x, i) => decay * x + gain * (grad[i] as number));
  if (!update) return { theta, m: moment, t: t + 1 };
  const alpha = lr * piecewiseLinear(t, schedule);
  const plain = paramKind === "bias" || paramKind === "beta" || paramKind === "gamma";
  const lambda = plain ? 0 : weightDecay;
  const size = (x: Float64Array) => Math.max(minRms, rms(x));
  const whole = paramKind === "matrix" ? alpha * size(theta) : alpha / 2;
  const step = (i: number): number => {
    if (paramKind !== "embedding") return whole;
    const row = Math.floor(i / rowLength) * rowLength;
    return alpha * size(theta.subarray(row, row + rowLength));
  };
  let eta = whole;
  return {
    theta: theta.map((x, i) => {
      if (paramKind === "embedding" && i % rowLength === 0) eta = step(i);
      return x - eta * (sign(moment[i] as number) + lambda * x);
    }),
    m: moment,
    t: t + 1,
  };
}

/** The three coefficients of micro-step t (from 0): of the momentum, of the gradient, and whether parameters move. Su, kexue.fm 9512. */
export const accumulationCoefficients = (t: number, beta: number, accumSteps: number): { decay: number; gain: number; update: boolean } => ({
  decay: t % accumSteps === 0 ? beta : 1,
  gain: (1 - beta) / accumSteps,
  update: (t + 1) % accumSteps === 0,
});

/** Momentum by folded accumulation: equals averaging `accumSteps` gradients and one averaging step. O(steps·n). */
export function foldedAccumulation(
  grads: readonly ArrayLike<number>[],
  beta: number,
  accumSteps: number,
): { momentumEachStep: Float64Array[]; momentumAtUpdates: Float64Array[]; coefficients: [number, number, number][] } {
  let m = new Float64Array(grads[0]?.length ?? 0);
  const momentumEachStep: Float64Array[] = [];
  const momentumAtUpdates: Float64Array[] = [];
  const coefficients: [number, number, number][] = [];
  grads.forEach((g, t) => {
    const { decay, gain, update } = accumulationCoefficients(t, beta, accumSteps);
    m = m.map((x, i) => decay * x + gain * (g[i] as number));
    momentumEachStep.push(m);
    if (update) momentumAtUpdates.push(m);
    coefficients.push([decay, gain, update ? 1 : 0]);
  });
  return { momentumEachStep, momentumAtUpdates, coefficients };
}
