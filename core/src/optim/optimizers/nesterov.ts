// Nesterov momentum, in the form that takes the gradient at the parameters themselves.

import { next, type Optimizer } from "./optimizer.js";

/** g ← g + λθ; v ← μv + g; θ ← θ − η(g + μv). The same path as the look-ahead form under φ = θ + μv. */
export const nesterov: Optimizer = {
  name: "nesterov",
  title: "Nesterov",
  defaults: { lr: 0.01, momentum: 0.9, weightDecay: 0 },
  slots: 1,
  source: "Nesterov 1983; Sutskever et al. 2013",
  step: (h, state, theta, grad) => {
    const mu = h.momentum as number;
    const g = grad.map((x, i) => x + (h.weightDecay as number) * (theta[i] as number));
    const v = (state.slots[0] as Float64Array).map((x, i) => mu * x + (g[i] as number));
    return { theta: theta.map((x, i) => x - (h.lr as number) * ((g[i] as number) + mu * (v[i] as number))), state: next(state, v) };
  },
};
