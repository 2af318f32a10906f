// Heavy-ball momentum.

import { next, type Optimizer } from "./optimizer.js";

/** g ← g + λθ; v ← μv + (1−damp)g from v₀ = 0; θ ← θ − ηv. damp = 0 is the heavy ball, damp = μ the moving average. */
export const momentum: Optimizer = {
  name: "momentum",
  title: "Momentum",
  defaults: { lr: 0.01, momentum: 0.9, dampening: 0, weightDecay: 0 },
  slots: 1,
  source: "Polyak 1964",
  step: (h, state, theta, grad) => {
    const v = (state.slots[0] as Float64Array).map(
      (x, i) => (h.momentum as number) * x + (1 - (h.dampening as number)) * ((grad[i] as number) + (h.weightDecay as number) * (theta[i] as number)),
    );
    return { theta: theta.map((x, i) => x - (h.lr as number) * (v[i] as number)), state: next(state, v) };
  },
};
