// What the routines of this room ask of their operands, and the small measures they share.

import { MathError, type Matrix, norm, requireFinite, said, shapeText, subtract } from "../linalg/index.js";

/** Refuses complex and non-finite matrices: the room is real. */
export function requireReal(a: Matrix, what: string): void {
  if (a.imag?.some((x) => x !== 0)) throw new MathError("unsupported", said`${what} works on real matrices only`);
  requireFinite(a, what);
}

/** Refuses a rank outside 0..min(m, n); `least` is 1 where a zero approximation makes no sense. */
export function requireRank(k: number, a: Matrix, what: string, least = 0): void {
  const most = Math.min(a.rows, a.columns);
  if (!(Number.isInteger(k) && k >= least && k <= most))
    throw new MathError(
      "index-out-of-range",
      said`${what} of a ${shapeText(a)} matrix cannot have rank ${k}`,
      said`choose a whole number from ${least} to ${most}`,
    );
}

/** Refuses a number of steps that is no whole number from 0 on. */
export function requireSteps(steps: number, what: string): void {
  if (!(Number.isInteger(steps) && steps >= 0)) throw new MathError("domain", said`${what} cannot take ${steps} steps`);
}

/** ‖A - B‖_F. */
export const distance = (a: Matrix, b: Matrix): number => norm(subtract(a, b), "fro");

/** (Σ_{i>=k} s_i²)^(1/2): the error of the best rank-k approximation; neither overflows nor underflows needlessly. */
export const tail = (s: Float64Array, k: number): number => norm({ rows: s.length - Math.min(k, s.length), columns: 1, data: s.subarray(k) }, "fro");

/** The columns of A times the numbers d. */
export const scaleColumns = (a: Matrix, d: ArrayLike<number>): Matrix => {
  const by = (plane: Float64Array) => plane.map((x, i) => x * d[i % a.columns]);
  return a.imag ? { rows: a.rows, columns: a.columns, data: by(a.data), imag: by(a.imag) } : { rows: a.rows, columns: a.columns, data: by(a.data) };
};

/** Euclidean lengths of the columns. */
export function columnNorms(a: Matrix): Float64Array {
  const big = norm(a, "max");
  const out = new Float64Array(a.columns);
  if (big === 0) return out;
  // Dividing by the largest entry keeps squares in range.
  for (let i = 0, p = 0; i < a.rows; i++) for (let j = 0; j < a.columns; j++, p++) out[j] += (a.data[p] / big) ** 2;
  return out.map((x) => big * Math.sqrt(x));
}

/** Euclidean lengths of the rows. */
export function rowNorms(a: Matrix): Float64Array {
  const big = norm(a, "max");
  const out = new Float64Array(a.rows);
  if (big === 0) return out;
  for (let i = 0, p = 0; i < a.rows; i++) for (let j = 0; j < a.columns; j++, p++) out[i] += (a.data[p] / big) ** 2;
  return out.map((x) => big * Math.sqrt(x));
}

/** The places of the k largest values; values within 1e-12 of each other count as equal and the lowest place wins. Unsorted places: largest first. */
export function largestPlaces(values: ArrayLike<number>, k: number): Int32Array {
  const order = Array.from({ length: values.length }, (_, i) => i).sort((i, j) => values[j] - values[i] || i - j);
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end]] >= values[order[start]] * (1 - 1e-12)) end++;
    order.splice(start, end - start, ...order.slice(start, end).sort((i, j) => i - j));
    start = end;
  }
  return Int32Array.from(order.slice(0, k));
}

export const sorted = (places: Int32Array): Int32Array => places.slice().sort();
