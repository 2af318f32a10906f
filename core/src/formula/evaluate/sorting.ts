// Numbers and places in order, for arrays of millions: a limit of time is looked at on the way.

import { spend } from "../../linalg/index.js";

/** Numbers sorted in one go; 2^16 take 5 ms. */
const RUN = 1 << 16;

/** The order of numbers: ascending, NaN last. */
export const ascending = (x: number, y: number): number => (x < y ? -1 : x > y ? 1 : x === y ? 0 : Number(Number.isNaN(x)) - Number(Number.isNaN(y)));

/** A sorted copy, NaN last: runs by the engine's own sort, then merged in pairs. O(n log n). */
export function sortedNumbers(data: Float64Array): Float64Array {
  const n = data.length;
  let from = data.slice();
  for (let k = 0; k < n; k += RUN) {
    from.subarray(k, Math.min(n, k + RUN)).sort();
    spend(RUN * 16);
  }
  if (n <= RUN) return from;
  let to = new Float64Array(n);
  for (let width = RUN; width < n; width *= 2) {
    for (let k = 0; k < n; k += 2 * width) merge(from, to, k, Math.min(n, k + width), Math.min(n, k + 2 * width));
    [from, to] = [to, from];
  }
  return from;
}

/** Merges the sorted runs [low, middle) and [middle, high). */
function merge(from: Float64Array, to: Float64Array, low: number, middle: number, high: number): void {
  let i = low;
  let j = middle;
  for (let k = low; k < high; k++) {
    if ((k & 0xffff) === 0) spend(1 << 18);
    // NaN is in no comparison true: it waits until the other run is empty.
    to[k] = j >= high || (i < middle && (from[i] <= from[j] || Number.isNaN(from[j]))) ? from[i++] : from[j++];
  }
}

/** The places 0 .. n - 1 in the order of `compare`; equal ones stay as they stand. */
export function placesInOrder(n: number, compare: (x: number, y: number) => number): number[] {
  return Array.from({ length: n }, (_, k) => k).sort((x, y) => {
    spend(32);
    return compare(x, y);
  });
}
