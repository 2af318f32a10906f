// What every optimizer is: a pure step from parameters and gradient to new parameters, with its memory passed along.

import type { Vector } from "../guard.js";

/** Steps done so far, and the optimizer's vectors (momentum, second moment ...), each as long as the parameters. */
export interface OptimizerState {
  readonly t: number;
  readonly slots: readonly Vector[];
}

export type Hyper = Readonly<Record<string, number>>;

export interface Optimizer {
  readonly name: string;
  readonly title: string;
  /** Hyperparameters and their defaults. */
  readonly defaults: Hyper;
  /** How many vectors of the parameters' size it remembers. */
  readonly slots: number;
  readonly source: string;
  /** O(n). Inputs are not changed. */
  step(hyper: Hyper, state: OptimizerState, theta: Vector, grad: Vector): { theta: Vector; state: OptimizerState };
}

/** The state before the first step: nothing remembered. */
export const initialState = (optimizer: Optimizer, n: number): OptimizerState => ({
  t: 0,
  slots: Array.from({ length: optimizer.slots }, () => new Float64Array(n)),
});

/** sign(x) with sign(0) = 0. */
export const sign = (x: number): number => (x > 0 ? 1 : x < 0 ? -1 : x === 0 ? 0 : x);

/** The next state with one more step counted. */
export const next = (state: OptimizerState, ...slots: Vector[]): OptimizerState => ({ t: state.t + 1, slots });
