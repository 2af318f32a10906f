// How sparse a vector is, by the measures people use; each on |x| only.

import { MathError } from "../linalg/index.js";

export interface SparsityMeasures {
  readonly zeroRatio: number;
  readonly nearZeroRatio: number;
  readonly meanMax: number;
  readonly l1l2: number;
  readonly hoyer: number | null;
  readonly participation: number;
  readonly entropy: number;
  readonly entropySparsity: number | null;
  readonly effectiveCount: number;
  readonly energyEntropy: number;
  readonly renyi2Count: number;
  readonly lHalf: number;
  readonly pqIndex_05_1: number;
  readonly pqIndex_1_2: number;
  readonly gini: number;
  readonly kurtosis: number;
  readonly topKMass: number;
}

const sum = (x: Float64Array, f: (v: number) => number) => x.reduce((s, v) => s + f(v), 0);
const entropyOf = (p: Float64Array) => sum(p, (v) => (v > 0 ? -v * Math.log(v) : 0));

/** |x| divided by its greatest entry, so that powers neither overflow nor underflow. Throws for an empty or zero vector. */
export function unitScale(x: ArrayLike<number>): Float64Array {
  const a = Float64Array.from(x, Math.abs);
  const top = a.reduce((m, v) => Math.max(m, v), 0);
  if (a.length === 0) throw new MathError("shape-mismatch", "sparsity of an empty vector is not defined");
  if (!Number.isFinite(top) || a.some(Number.isNaN)) throw new MathError("nonfinite", "sparsity needs finite entries");
  if (top === 0) throw new MathError("domain", "sparsity of the zero vector is not defined");
  return a.map((v) => v / top);
}

/** 1 − 2 Σ (c₍ₖ₎/‖c‖₁)(n − k + ½)/n over the entries in rising order: 0 when all are equal, 1 − 1/n for a single spike. O(n log n). */
export function gini(a: Float64Array): number {
  const n = a.length;
  const c = a.slice().sort();
  const l1 = sum(c, (v) => v);
  return 1 - 2 * c.reduce((s, v, k) => s + ((v / l1) * (n - (k + 1) + 0.5)) / n, 0);
}

/** 1 − n^{1/q − 1/p} ‖x‖_p/‖x‖_q for p < q. Diao et al. 2023 (arXiv 2302.05601), Definition 3.1. */
export const pqIndex = (a: Float64Array, p: number, q: number): number =>
  1 - (a.length ** (1 / q - 1 / p) * sum(a, (v) => v ** p) ** (1 / p)) / sum(a, (v) => v ** q) ** (1 / q);

/** (√n − ‖x‖₁/‖x‖₂)/(√n − 1); null for n = 1. Hoyer 2004, §3.1. */
export function hoyer(a: Float64Array): number | null {
  const root = Math.sqrt(a.length);
  return a.length === 1 ? null : (root - sum(a, (v) => v) / Math.sqrt(sum(a, (v) => v * v))) / (root - 1);
}

/**
 * All measures at once, invariant to scale. `hoyer` and `entropySparsity` are null for n = 1. O(n log n).
 * Hurley and Rickard 2009 (arXiv 0811.4706), Table I; Su, kexue.fm 9595.
 */
export function sparsityMeasures(x: ArrayLike<number>): SparsityMeasures {
  const a = unitScale(x);
  const n = a.length;
  const [l1, e2, e4] = [sum(a, (v) => v), sum(a, (v) => v * v), sum(a, (v) => v ** 4)];
  const p = a.map((v) => v / l1);
  const energy = a.map((v) => (v * v) / e2);
  const entropy = entropyOf(p);
  const top = a.slice().sort().reverse();
  const k = Math.max(1, Math.floor(n / 10));
  return {
    zeroRatio: sum(a, (v) => (v === 0 ? 1 : 0)) / n,
    nearZeroRatio: sum(a, (v) => (v <= 0.01 ? 1 : 0)) / n,
    meanMax: l1 / n,
    l1l2: l1 / Math.sqrt(n * e2),
    hoyer: hoyer(a),
    participation: l1 ** 2 / (n * e2),
    entropy,
    entropySparsity: n === 1 ? null : 1 - entropy / Math.log(n),
    effectiveCount: Math.exp(entropy),
    energyEntropy: entropyOf(energy),
    renyi2Count: 1 / sum(p, (v) => v * v),
    lHalf: sum(a, Math.sqrt) ** 2 / (n * l1),
    pqIndex_05_1: pqIndex(a, 0.5, 1),
    pqIndex_1_2: pqIndex(a, 1, 2),
    gini: gini(a),
    kurtosis: (n * e4) / e2 ** 2,
    topKMass: top.subarray(0, k).reduce((s, v) => s + v, 0) / l1,
  };
}
