// Adam, and AdamW with the decay taken out of the adaptive step.

import type { Vector } from "../guard.js";
import { type Hyper, next, type Optimizer, type OptimizerState } from "./optimizer.js";

function adamStep(h: Hyper, state: OptimizerState, theta: Vector, g: Vector): { theta: Vector; state: OptimizerState } {
  const { lr, beta1, beta2, eps } = h as Record<"lr" | "beta1" | "beta2" | "eps", number>;
  const t = state.t + 1;
  const [m0, v0] = state.slots as [Vector, Vector];
  const m = m0.map((x, i) => beta1 * x + (1 - beta1) * (g[i] as number));
  const v = v0.map((x, i) => beta2 * x + (1 - beta2) * (g[i] as number) ** 2);
  const [c1, c2] = [1 - beta1 ** t, 1 - beta2 ** t];
  return { theta: theta.map((x, i) => x - (lr * ((m[i] as number) / c1)) / (Math.sqrt((v[i] as number) / c2) + eps)), state: next(state, m, v) };
}

/** g ← g + λθ; θ ← θ − η m̂/(√v̂ + ε) with bias-corrected averages. */
export const adam: Optimizer = {
  name: "adam",
  title: "Adam",
  defaults: { lr: 1e-3, beta1: 0.9, beta2: 0.999, eps: 1e-8, weightDecay: 0 },
  slots: 2,
  source: "Kingma and Ba 2014 (arXiv 1412.6980), Algorithm 1",
  step: (h, state, theta, grad) =>
    adamStep(
      h,
      state,
      theta,
      grad.map((x, i) => x + (h.weightDecay as number) * (theta[i] as number)),
    ),
};

/** θ ← (1 − ηλ)θ, then the Adam step on the raw gradient. */
export const adamw: Optimizer = {
  name: "adamw",
  title: "AdamW",
  defaults: { lr: 1e-3, beta1: 0.9, beta2: 0.999, eps: 1e-8, weightDecay: 0.01 },
  slots: 2,
  source: "Loshchilov and Hutter 2017 (arXiv 1711.05101), Algorithm 2",
  step: (h, state, theta, grad) => {
    const keep = 1 - (h.lr as number) * (h.weightDecay as number);
    return adamStep(
      h,
      state,
      theta.map((x) => keep * x),
      grad,
    );
  },
};
