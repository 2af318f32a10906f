// What a moving average with factor beta amounts to.

import { said } from "../linalg/index.js";
import { requireThat } from "./guard.js";

/** Horizon 1/(1−β), variance factor (1−β)/(1+β) for independent noise, its reciprocal as an effective batch factor, and the half life in steps. */
export function emaFacts(beta: number): { horizon: number; varianceFactor: number; effectiveBatchFactor: number; halfLife: number } {
  requireThat(beta >= 0 && beta < 1, said`beta must be in [0, 1), it is ${beta}`);
  return {
    horizon: 1 / (1 - beta),
    varianceFactor: (1 - beta) / (1 + beta),
    effectiveBatchFactor: (1 + beta) / (1 - beta),
    halfLife: beta === 0 ? 0 : Math.log(0.5) / Math.log(beta),
  };
}
