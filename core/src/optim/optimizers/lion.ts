// Lion: the sign of an interpolated momentum, found by program search.

import { next, type Optimizer, sign } from "./optimizer.js";

/** c = β₁m + (1−β₁)g; θ ← (1 − ηλ)θ − η sign(c); m ← β₂m + (1−β₂)g. */
export const lion: Optimizer = {
  name: "lion",
  title: "Lion",
  defaults: { lr: 1e-4, beta1: 0.9, beta2: 0.99, weightDecay: 0 },
  slots: 1,
  source: "Chen et al. 2023 (arXiv 2302.06675), Algorithm 2",
  step: (h, state, theta, grad) => {
    const [lr, b1, b2] = [h.lr as number, h.beta1 as number, h.beta2 as number];
    const m = state.slots[0] as Float64Array;
    return {
      theta: theta.map((x, i) => x * (1 - lr * (h.weightDecay as number)) - lr * sign(b1 * (m[i] as number) + (1 - b1) * (grad[i] as number))),
      state: next(
        state,
        m.map((x, i) => b2 * x + (1 - b2) * (grad[i] as number)),
      ),
    };
  },
};
