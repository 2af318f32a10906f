// Distances between two samples on a line.

import { requireSameLength } from "../guard.js";

const sorted = (x: ArrayLike<number>) => Float64Array.from(x).sort();

/** Mean of |aᵢ − bⱼ| over all pairs of two sorted samples, by prefix sums. */
function meanDistance(a: Float64Array, b: Float64Array): number {
  let total = 0;
  let j = 0;
  let below = 0;
  const all = b.reduce((s, v) => s + v, 0);
  for (const x of a) {
    while (j < b.length && (b[j] as number) <= x) below += b[j++] as number;
    total += x * j - below + (all - below) - x * (b.length - j);
  }
  return total / (a.length * b.length);
}

/**
 * W₁ and W₂ of two empirical measures (any sizes) by merging their quantile grids, and the energy distance 2E|a−b| − E|a−a'| − E|b−b'|.
 * O((n+m) log(n+m)). Villani 2009, Remark 2.19; Székely and Rizzo 2013.
 */
export function wasserstein1d(a: ArrayLike<number>, b: ArrayLike<number>): { w1: number; w2: number; energyDistance: number } {
  requireSameLength(a, a, "first sample");
  requireSameLength(b, b, "second sample");
  const [x, y] = [sorted(a), sorted(b)];
  const [n, m] = [x.length, y.length];
  let [i, j, at, w1, w2] = [0, 0, 0, 0, 0];
  // Integer quantiles in units of 1/(nm) keep the grid exact.
  while (i < n && j < m) {
    const next = Math.min((i + 1) * m, (j + 1) * n);
    const mass = (next - at) / (n * m);
    const d = Math.abs((x[i] as number) - (y[j] as number));
    w1 += mass * d;
    w2 += mass * d * d;
    at = next;
    if (next === (i + 1) * m) i++;
    if (next === (j + 1) * n) j++;
  }
  return { w1, w2: Math.sqrt(w2), energyDistance: Math.max(0, 2 * meanDistance(x, y) - meanDistance(x, x) - meanDistance(y, y)) };
}
