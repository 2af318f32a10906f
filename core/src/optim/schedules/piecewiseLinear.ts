// A schedule through given points.

/** Linear through the points (t, v) sorted by t, constant after the last; starts at (0, 0) when the first t is above 0 (`fromZero`). O(log n). */
export function piecewiseLinear(t: number, points: readonly (readonly [number, number])[], fromZero = true): number {
  const first = points[0];
  const all = fromZero && first && first[0] > 0 ? [[0, 0] as const, ...points] : points;
  if (all.length === 0) return 0;
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle] as readonly [number, number])[0] <= t) low = middle + 1;
    else high = middle;
  }
  const [a, b] = [all[low - 1], all[low]];
  if (!a) return (b as readonly [number, number])[1];
  if (!b) return a[1];
  return a[1] + ((b[1] - a[1]) * (t - a[0])) / (b[0] - a[0]);
}
