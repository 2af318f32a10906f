// The best terms of a product, by trying all choices or by dropping a few at a time.

import { hadamard, MathError, type Matrix, multiply, said } from "../../linalg/index.js";
import { balanced, requireProduct, requireTerms } from "./crStats.js";
import { type CrTerms, crTerms } from "./crTopK.js";

/** C(n, k) as a number; Infinity beyond the range. */
export function binomial(n: number, k: number): number {
  let b = 1;
  for (let i = 1; i <= Math.min(k, n - k); i++) b = (b * (n - i + 1)) / i;
  return Math.round(b);
}

/** ⟨v_i, v_j⟩ of the terms: (XᵀX)∘(YYᵀ), l×l. */
const termGram = (X: Matrix, Y: Matrix): Matrix => {
  const { x, y } = balanced(X, Y);
  return hadamard(multiply(x, x, { a: "transpose" }), multiply(y, y, { b: "transpose" }));
};

/** ‖Σ_{i in set} v_i‖². */
function squareOf(gram: Matrix, set: readonly number[]): number {
  let sum = 0;
  for (const i of set) for (const j of set) sum += gram.data[i * gram.columns + j];
  return sum;
}

/** The next k-subset of 0..n-1 in lexicographic order, in place; false after the last. */
function advance(set: number[], n: number): boolean {
  const k = set.length;
  let i = k - 1;
  while (i >= 0 && set[i] === n - k + i) i--;
  if (i < 0) return false;
  set[i]++;
  for (let j = i + 1; j < k; j++) set[j] = set[j - 1] + 1;
  return true;
}

const MOST_SUBSETS = 2e5;

/**
 * The r terms whose sum is nearest to X·Y, by trying all C(l, r) choices on the Gram matrix of the terms; the first in lexicographic order on ties.
 * The problem is NP-hard: beyond 2·10⁵ choices it is refused as "too-large". Su, kexue.fm 10427.
 */
export function crOptimalSubset(x: Matrix, y: Matrix, r: number): CrTerms {
  requireProduct(x, y);
  const l = x.columns;
  requireTerms(r, l);
  if (binomial(l, r) > MOST_SUBSETS)
    throw new MathError("too-large", said`there are ${binomial(l, r).toExponential(1)} ways to choose ${r} of ${l} terms`, "use crTopK");
  const gram = termGram(x, y);
  const kept = Array.from({ length: r }, (_, i) => i);
  let best = Number.POSITIVE_INFINITY;
  let indices: number[] = kept.slice();
  do {
    const inside = new Set(kept);
    const dropped = Array.from({ length: l }, (_, i) => i).filter((i) => !inside.has(i));
    const error = squareOf(gram, dropped);
    if (error < best * (1 - 1e-13)) {
      best = error;
      indices = kept.slice();
    }
  } while (advance(kept, l));
  return crTerms(x, y, Int32Array.from(indices));
}

/**
 * Drops l - r terms, `group` at a time, each time those whose sum is smallest. group = 1 is {@link crTopK}; larger groups let opposite terms cancel.
 * C(l, group) sums a round. Needs group | (l - r) ("domain"). Su, kexue.fm 10427.
 */
export function crGreedyTuples(x: Matrix, y: Matrix, r: number, group: number): CrTerms {
  requireProduct(x, y);
  const l = x.columns;
  requireTerms(r, l);
  if (!(Number.isInteger(group) && group >= 1 && (l - r) % group === 0))
    throw new MathError("domain", said`${l - r} terms cannot be dropped ${group} at a time`);
  if (binomial(l, group) > MOST_SUBSETS) throw new MathError("too-large", said`there are too many groups of ${group} among ${l} terms`);
  const gram = termGram(x, y);
  let left = Array.from({ length: l }, (_, i) => i);
  while (left.length > r) {
    const set = Array.from({ length: group }, (_, i) => i);
    let best = Number.POSITIVE_INFINITY;
    let out: number[] = [];
    do {
      const places = set.map((i) => left[i]);
      const size = squareOf(gram, places);
      // Ties keep the lowest places, so later groups win.
      if (size <= best * (1 + 1e-13)) {
        best = size;
        out = places;
      }
    } while (advance(set, left.length));
    const gone = new Set(out);
    left = left.filter((i) => !gone.has(i));
  }
  return crTerms(x, y, Int32Array.from(left));
}
