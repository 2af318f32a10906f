// Sign descent, without and with momentum.

import { next, type Optimizer, sign } from "./optimizer.js";

/** θ ← (1 − ηλ)θ − η sign(g). */
export const signsgd: Optimizer = {
  name: "signsgd",
  title: "signSGD",
  defaults: { lr: 1e-3, weightDecay: 0 },
  slots: 0,
  source: "Bernstein et al. 2018 (arXiv 1802.04434), Algorithm 1",
  step: (h, state, theta, grad) => ({
    theta: theta.map((x, i) => x * (1 - (h.lr as number) * (h.weightDecay as number)) - (h.lr as number) * sign(grad[i] as number)),
    state: next(state),
  }),
};

/** m ← βm + (1−β)g; θ ← (1 − ηλ)θ − η sign(m). */
export const signum: Optimizer = {
  name: "signum",
  title: "Signum",
  defaults: { lr: 1e-3, beta: 0.9, weightDecay: 0 },
  slots: 1,
  source: "Bernstein et al. 2018 (arXiv 1802.04434), Algorithm 2",
  step: (h, state, theta, grad) => {
    const beta = h.beta as number;
    const m = (state.slots[0] as Float64Array).map((x, i) => beta * x + (1 - beta) * (grad[i] as number));
    return {
      theta: theta.map((x, i) => x * (1 - (h.lr as number) * (h.weightDecay as number)) - (h.lr as number) * sign(m[i] as number)),
      state: next(state, m),
    };
  },
};
