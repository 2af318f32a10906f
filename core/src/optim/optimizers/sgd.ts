// Stochastic gradient descent.

import { next, type Optimizer } from "./optimizer.js";

/** θ ← θ − η(g + λθ); coupled and decoupled decay are the same here. */
export const sgd: Optimizer = {
  name: "sgd",
  title: "SGD",
  defaults: { lr: 0.01, weightDecay: 0 },
  slots: 0,
  source: "Robbins and Monro 1951",
  step: ({ lr, weightDecay }, state, theta, grad) => ({
    theta: theta.map((x, i) => x - (lr as number) * ((grad[i] as number) + (weightDecay as number) * x)),
    state: next(state),
  }),
};
