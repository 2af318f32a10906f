// The best step sizes on a quadratic between curvatures mu and L, and how fast they converge.

import { said } from "../linalg/index.js";
import { requireThat } from "./guard.js";

export interface Rates {
  readonly gd: { readonly lr: number; readonly rate: number };
  /** Gradient descent diverges above this. */
  readonly gdMaxLr: number;
  readonly heavyBall: { readonly lr: number; readonly momentum: number; readonly rate: number };
  readonly nesterov: { readonly lr: number; readonly momentum: number; readonly rate: number };
}

/** Optimal rates for L >= mu > 0 (Polyak 1964; Nesterov 2004, §2.2). O(1). */
export function quadraticRates(L: number, mu: number): Rates {
  requireThat(mu > 0 && L >= mu, said`curvatures need L >= mu > 0; they are ${L} and ${mu}`);
  const k = L / mu;
  const [rL, rm, rk] = [Math.sqrt(L), Math.sqrt(mu), Math.sqrt(k)];
  const q = (rk - 1) / (rk + 1);
  return {
    gd: { lr: 2 / (L + mu), rate: (k - 1) / (k + 1) },
    gdMaxLr: 2 / L,
    heavyBall: { lr: (2 / (rL + rm)) ** 2, momentum: q * q, rate: q },
    nesterov: { lr: 1 / L, momentum: q, rate: 1 - 1 / rk },
  };
}
