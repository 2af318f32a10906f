// Coefficients for a given smallest singular value: Polar Express.

import { MathError, said } from "../linalg/index.js";
import { minimaxOddPolynomial } from "./minimaxOddPolynomial.js";
import type { Triple } from "./schedules.js";

export interface PolarExpressOptions {
  /** Optimise on [max(l, cushion·u), u] and recentre: keeps coefficients small at the start. The paper's table has 0.02407327424182761. */
  readonly cushion?: number;
  /** x → x/(1 + safety) in all steps but the last: rounding above 1 cannot diverge. */
  readonly safety?: number;
}

/**
 * `steps` triples for singular values in [l, 1]: each is the minimax polynomial on the interval the ones before have reached, which is optimal for the composition.
 * O(steps). Throws "domain". Amsel et al. 2025 (arXiv 2505.16932), theorem 4.1 and algorithm 1; Su, kexue.fm 10996.
 */
export function polarExpressCoefficients(l: number, steps: number, { cushion = 0, safety = 0 }: PolarExpressOptions = {}): Triple[] {
  if (!(l > 0 && l <= 1)) throw new MathError("domain", said`the smallest singular value must be in (0, 1], it is ${l}`);
  if (!(Number.isInteger(steps) && steps >= 0 && steps <= 1000)) throw new MathError("domain", said`there cannot be ${steps} steps`);
  if (!(cushion >= 0 && cushion <= 1)) throw new MathError("domain", said`the cushion must be in [0, 1], it is ${cushion}`);
  if (!(safety >= 0)) throw new MathError("domain", said`the safety must not be negative, it is ${safety}`);
  const out: Triple[] = [];
  let [low, high] = [l, 1];
  for (let step = 0; step < steps; step++) {
    const from = Math.max(low, cushion * high);
    let [a, b, c] = minimaxOddPolynomial(from, high, 5).coeffs;
    const value = (x: number) => x * (a + x * x * (b + c * x * x));
    if (from > low) {
      const middle = 2 / (value(low) + value(high));
      [a, b, c] = [a * middle, b * middle, c * middle];
    }
    low = value(low);
    high = 2 - low;
    // Rounding can carry the interval past 1 once it has closed.
    if (low > high) [low, high] = [high, low];
    const s = step < steps - 1 ? 1 + safety : 1;
    out.push([a / s, b / s ** 3, c / s ** 5]);
  }
  return out;
}
