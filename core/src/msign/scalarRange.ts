// Where a schedule sends an interval of singular values.

import { MathError, said } from "../linalg/index.js";
import { type Triple, tripleAt } from "./schedules.js";

/** The critical points of ax + bx³ + cx⁵ for x > 0. */
function criticalPoints([a, b, c]: Triple): number[] {
  if (c === 0) return b === 0 || a / b >= 0 ? [] : [Math.sqrt(-a / (3 * b))];
  const disc = 9 * b * b - 20 * a * c;
  if (disc < 0) return [];
  const root = Math.sqrt(disc);
  return [(-3 * b - root) / (10 * c), (-3 * b + root) / (10 * c)].filter((y) => y > 0).map(Math.sqrt);
}

/**
 * The exact range of the composed map on [low, high]: a continuous map sends an interval to an interval, so the end points and critical points of one step at a time suffice. O(steps).
 * Throws "domain" unless low <= high are finite.
 */
export function scalarRange(schedule: readonly Triple[], steps: number, low: number, high = 1): { readonly min: number; readonly max: number } {
  if (!(Number.isFinite(low) && Number.isFinite(high) && low <= high)) throw new MathError("domain", said`[${low}, ${high}] is no interval`);
  let [min, max] = [low, high];
  for (let k = 0; k < steps; k++) {
    const t = tripleAt(schedule, k);
    const inside = criticalPoints(t)
      .flatMap((x) => [x, -x])
      .filter((x) => x > min && x < max);
    const values = [min, max, ...inside].map((x) => x * (t[0] + x * x * (t[1] + t[2] * x * x)));
    [min, max] = [Math.min(...values), Math.max(...values)];
  }
  return { min, max };
}

/** The σ above 1 from which `steps` steps blow up (pass `bound`), to rounding: the first unsafe point of a scan to 8 in steps of 0.001, then halving. Infinity when 8 is safe, NaN when 1 is not. */
export function divergenceThreshold(schedule: readonly Triple[], steps = 200, bound = 1e6): number {
  const safe = (x: number) => {
    let v = x;
    for (let k = 0; k < steps; k++) {
      const [a, b, c] = tripleAt(schedule, k);
      v *= a + v * v * (b + c * v * v);
      if (!(Math.abs(v) < bound)) return false;
    }
    return true;
  };
  if (!safe(1)) return Number.NaN;
  // The first unsafe point of a scan, then halving before it.
  let low = 1;
  let high = Number.POSITIVE_INFINITY;
  for (let i = 1; i <= 7000; i++) {
    const x = 1 + i / 1000;
    if (!safe(x)) {
      high = x;
      break;
    }
    low = x;
  }
  if (high === Number.POSITIVE_INFINITY) return high;
  for (let i = 0; i < 64; i++) {
    const middle = (low + high) / 2;
    if (safe(middle)) low = middle;
    else high = middle;
  }
  return low;
}
