// Normalised gradient descent: what Muon does to a parameter with a single column.

import { norm2 } from "../guard.js";
import { next, type Optimizer } from "./optimizer.js";

/** θ ← θ − η g/(‖g‖ + 10⁻⁷). */
export const normalized: Optimizer = {
  name: "normalized",
  title: "Normalised SGD",
  defaults: { lr: 0.01 },
  slots: 0,
  source: "Su, kexue.fm 10592: msign of an n×1 matrix",
  step: ({ lr }, state, theta, grad) => {
    const scale = (lr as number) / (norm2(grad) + 1e-7);
    return { theta: theta.map((x, i) => x - scale * (grad[i] as number)), state: next(state) };
  },
};
