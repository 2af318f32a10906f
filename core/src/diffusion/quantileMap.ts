// In one dimension the probability-flow ODE keeps quantiles: its exact end point, without integrating.

import { MathError } from "../linalg/index.js";
import type { Mixture } from "./mixture.js";

/** ln erfc(z) for z >= 0, by the continued fraction where erfc underflows. */
function logErfc(z: number): number {
  if (z < 2) {
    let [term, sum] = [z, z];
    for (let k = 1; term > sum * 1e-17; k++) {
      term *= (2 * z * z) / (2 * k + 1);
      sum += term;
    }
    return Math.log1p((-2 / Math.sqrt(Math.PI)) * Math.exp(-z * z) * sum);
  }
  let tail = z;
  for (let k = 200; k >= 1; k--) tail = z + k / 2 / tail;
  return -z * z - Math.log(Math.sqrt(Math.PI) * tail);
}

/** ln P(X > x) when upper, else ln P(X <= x), of the mixture blurred by sigma. */
function logTail(mixture: Mixture, x: number, sigma: number, upper: boolean): number {
  const total = mixture.weights.reduce((s, w) => s + w, 0);
  const logs = mixture.weights.map((w, k) => {
    const z = ((upper ? 1 : -1) * (x - (mixture.means[k]?.[0] as number))) / Math.sqrt(2 * ((mixture.variances[k] as number) + sigma * sigma));
    const log = z >= 0 ? logErfc(z) - Math.LN2 : Math.log1p(-Math.exp(logErfc(-z) - Math.LN2));
    return Math.log(w / total) + log;
  });
  const top = Math.max(...logs);
  return top + Math.log(logs.reduce((s, l) => s + Math.exp(l - top), 0));
}

/**
 * x at level `to` with the same quantile as `x` at level `from`: F_to⁻¹(F_from(x)), inverted by bisection in the nearer tail, which keeps digits far out.
 * One-dimensional mixtures only. O(K) an evaluation, about 100 evaluations.
 */
export function quantileMap(mixture: Mixture, x: number, from: number, to: number): number {
  if (mixture.means.some((m) => m.length !== 1)) throw new MathError("shape-mismatch", "the quantile map is for one dimension");
  const upper = logTail(mixture, x, from, true) < -Math.LN2;
  const target = logTail(mixture, x, from, upper);
  const side = upper ? -1 : 1;
  const spread = Math.sqrt(Math.max(...mixture.variances) + Math.max(from, to) ** 2);
  const centres = mixture.means.map((m) => m[0] as number);
  let low = Math.min(...centres) - 50 * spread - Math.abs(x);
  let high = Math.max(...centres) + 50 * spread + Math.abs(x);
  for (let k = 0; k < 200 && high - low > 0; k++) {
    const middle = low / 2 + high / 2;
    if (middle === low || middle === high) break;
    if (side * (logTail(mixture, middle, to, upper) - target) < 0) low = middle;
    else high = middle;
  }
  return low / 2 + high / 2;
}
