// The path of an optimizer on a test function.

import { said } from "../linalg/index.js";
import { isFiniteVector, requireHyper, requireSameLength, requireThat, type Vector } from "./guard.js";
import { type Hyper, initialState, type Optimizer } from "./optimizers/index.js";
import type { TestFunction } from "./problems/testFunctions.js";

export interface Trajectory {
  /** Parameters at each sampled step. */
  readonly x: readonly Vector[];
  /** Function values there. */
  readonly f: readonly number[];
  /** "diverged" when an iterate stopped being finite; the last finite one is in `last`. */
  readonly status: "done" | "diverged";
  readonly last: { readonly step: number; readonly x: Vector; readonly f: number };
}

export interface SimulateOptions {
  /** Steps to report; every step when left out. */
  readonly sampleAt?: readonly number[];
  /** Added to the gradient of each step. */
  readonly noise?: (step: number) => ArrayLike<number>;
}

/** Runs `steps` steps from x0. A path that leaves the finite numbers ends with its last finite step. O(steps·n). */
export function simulate(
  optimizer: Optimizer,
  hyper: Hyper,
  fn: TestFunction,
  x0: ArrayLike<number>,
  steps: number,
  { sampleAt, noise }: SimulateOptions = {},
): Trajectory {
  const h = { ...optimizer.defaults, ...hyper };
  const { lr = 0, beta = 0, beta1 = 0, beta2 = 0, momentum = 0 } = h;
  requireHyper(lr, { beta, beta1, beta2, momentum });
  requireThat(Number.isInteger(steps) && steps >= 0, said`the number of steps must be a whole number of at least 0, it is ${steps}`);
  const wanted = sampleAt && new Set(sampleAt);
  let theta: Vector = Float64Array.from(x0);
  requireSameLength(theta, theta, "starting point");
  let state = initialState(optimizer, theta.length);
  const [xs, fs]: [Vector[], number[]] = [[], []];
  let at = fn(theta);
  let last = { step: 0, x: theta, f: at.value };
  for (let step = 0; ; step++) {
    if (!wanted || wanted.has(step)) {
      xs.push(theta);
      fs.push(at.value);
    }
    if (step === steps) return { x: xs, f: fs, status: "done", last };
    let g = at.gradient;
    if (noise) {
      const extra = noise(step);
      g = g.map((v, i) => v + (extra[i] as number));
    }
    ({ theta, state } = optimizer.step(h, state, theta, g));
    at = fn(theta);
    if (!isFiniteVector(theta) || !Number.isFinite(at.value)) return { x: xs, f: fs, status: "diverged", last };
    last = { step: step + 1, x: theta, f: at.value };
  }
}
