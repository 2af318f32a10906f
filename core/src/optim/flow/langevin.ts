// Particles that follow −∇V with noise: unadjusted, and with the Metropolis correction.

import { said } from "../../linalg/index.js";
import { requireSameLength, requireThat, type Vector } from "../guard.js";

/** A potential of one particle coordinate, applied to each. */
export interface Potential {
  value(x: number): number;
  gradient(x: number): number;
}

/** kx²/2. */
export const quadraticPotential = (k: number): Potential => ({ value: (x) => (k * x * x) / 2, gradient: (x) => k * x });

/**
 * Unadjusted Langevin: x − η∇V + √(2ηD) z. On kx²/2 its stationary variance is (D/k)/(1 − ηk/2): biased, and unstable from ηk = 2. O(n) a step.
 * Roberts and Tweedie 1996.
 */
export function langevinULA(potential: Potential, x0: ArrayLike<number>, eta: number, D: number, noise: readonly ArrayLike<number>[]): Vector[] {
  requireThat(eta > 0 && D >= 0, said`eta must be positive and D not negative; they are ${eta} and ${D}`);
  const out: Vector[] = [];
  let x: Vector = Float64Array.from(x0);
  const s = Math.sqrt(2 * eta * D);
  for (const z of noise) {
    requireSameLength(x, z, "particles and noise");
    x = x.map((v, i) => v - eta * potential.gradient(v) + s * (z[i] as number));
    out.push(x);
  }
  return out;
}

/** Metropolis-adjusted: a proposal y is taken iff ln u < (V(x)−V(y))/D + ln q(x|y) − ln q(y|x). No bias. O(n) a step. Roberts and Tweedie 1996. */
export function langevinMALA(
  potential: Potential,
  x0: ArrayLike<number>,
  eta: number,
  D: number,
  noise: readonly ArrayLike<number>[],
  uniform: readonly ArrayLike<number>[],
): { x: Vector[]; accepted: boolean[][] } {
  requireThat(eta > 0 && D > 0, said`eta and D must be positive; they are ${eta} and ${D}`);
  const [xs, accepted]: [Vector[], boolean[][]] = [[], []];
  let x: Vector = Float64Array.from(x0);
  const s = Math.sqrt(2 * eta * D);
  const logQ = (to: number, from: number) => -((to - from + eta * potential.gradient(from)) ** 2) / (4 * eta * D);
  noise.forEach((z, t) => {
    requireSameLength(x, z, "particles and noise");
    const taken: boolean[] = [];
    x = x.map((v, i) => {
      const y = v - eta * potential.gradient(v) + s * (z[i] as number);
      const ok = Math.log((uniform[t] as ArrayLike<number>)[i] as number) < (potential.value(v) - potential.value(y)) / D + logQ(v, y) - logQ(y, v);
      taken.push(ok);
      return ok ? y : v;
    });
    xs.push(x);
    accepted.push(taken);
  });
  return { x: xs, accepted };
}
