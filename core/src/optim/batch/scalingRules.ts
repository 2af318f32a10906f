// What to do with the hyperparameters when the batch grows by a factor.

import { said } from "../../linalg/index.js";
import { requireThat } from "../guard.js";

export interface ScalingRules {
  readonly sqrtLr: number;
  readonly linearLr: number;
  readonly adamSde: { readonly lr: number; readonly beta1: number; readonly beta2: number; readonly eps: number };
  readonly ema: number;
}

/**
 * Square-root rule (arXiv 1404.5997), linear rule (arXiv 1706.02677), the Adam SDE rule lr√κ, βᵢ → 1 − κ(1−βᵢ), ε/√κ (arXiv 2205.10287),
 * and the weight average ρ^κ (arXiv 2307.13813).
 */
export function scalingRules(kappa: number, o: { lr: number; beta1: number; beta2: number; eps: number; ema: number }): ScalingRules {
  requireThat(kappa > 0, said`the batch factor must be positive, it is ${kappa}`);
  const root = Math.sqrt(kappa);
  return {
    sqrtLr: o.lr * root,
    linearLr: o.lr * kappa,
    adamSde: { lr: o.lr * root, beta1: 1 - kappa * (1 - o.beta1), beta2: 1 - kappa * (1 - o.beta2), eps: o.eps / root },
    ema: o.ema ** kappa,
  };
}
