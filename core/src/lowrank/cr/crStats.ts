// What the terms of a product weigh, and what sampling them costs.

import { MathError, type Matrix, multiply, norm, normalized, said, scaleByPower, shapeText } from "../../linalg/index.js";
import { columnNorms, requireReal, rowNorms } from "../check.js";

/** A product X·Y = Σ x_i y_iᵀ needs X n×l and Y l×m, real and finite. */
export function requireProduct(x: Matrix, y: Matrix): void {
  requireReal(x, "the CR approximation");
  requireReal(y, "the CR approximation");
  if (x.columns !== y.rows) throw new MathError("shape-mismatch", said`cannot multiply ${shapeText(x)} by ${shapeText(y)}`);
}

/** Both factors brought near one by powers of two: X·Y = (x·y)·2^exponent. What is relative (choices, probabilities, weights) is computed on these, so that no size overflows. */
export function balanced(x: Matrix, y: Matrix): { readonly x: Matrix; readonly y: Matrix; readonly exponent: number } {
  requireProduct(x, y);
  const [a, b] = [normalized(x), normalized(y)];
  return { x: a.scaled, y: b.scaled, exponent: a.exponent + b.exponent };
}

/** A number of terms from 0 (or `least`) to `most`. */
export function requireTerms(r: number, most: number, least = 0): void {
  if (!(Number.isInteger(r) && r >= least && r <= most))
    throw new MathError("index-out-of-range", said`${r} terms cannot be chosen from ${most}`, said`choose a whole number from ${least} to ${most}`);
}

export interface CrStats {
  /** ‖x_i‖·‖y_i‖, the Frobenius norm of the term x_i y_iᵀ. */
  readonly v: Float64Array;
  /** v_i/Z: the probabilities of least variance. Zero terms have probability 0; all zero when Z = 0. */
  readonly p: Float64Array;
  /** Σ v_i. */
  readonly Z: number;
  /** min(1, r·p_i): the inclusion probabilities of independent sampling. */
  readonly q: Float64Array;
  /** E‖XY - estimate‖_F² of each scheme. */
  readonly expectedSqErr: {
    /** Drawn with replacement by p: (Z² - ‖XY‖²)/r. */
    readonly iidOptimal: number;
    /** Drawn uniformly with replacement: (lΣv² - ‖XY‖²)/r. */
    readonly iidUniform: number;
    /** Drawn uniformly without replacement, scaled by l/r. */
    readonly uniformWithoutReplacement: number;
    /** Each term by itself with probability q_i: Σ(1/q_i - 1)v_i²; the number of terms varies. */
    readonly poisson: number;
  };
}

/**
 * Weights, best probabilities and expected squared errors of approximating X·Y by r of its l terms. O(l(n + m)) and one product for ‖XY‖.
 * r = 0 answers ‖XY‖² for every scheme. Drineas, Kannan & Mahoney 2006, I, lemma 4; Su, kexue.fm 10427.
 */
export function crStats(x: Matrix, y: Matrix, r: number): CrStats {
  const { x: xs, y: ys, exponent } = balanced(x, y);
  if (!(Number.isInteger(r) && r >= 0)) throw new MathError("domain", said`the number of terms must be a whole number from 0 on, it is ${r}`);
  const l = x.columns;
  const nx = columnNorms(xs);
  const ny = rowNorms(ys);
  const v = nx.map((a, i) => a * ny[i]);
  const Z = v.reduce((s, a) => s + a, 0);
  const p = v.map((a) => (Z === 0 ? 0 : a / Z));
  const q = p.map((a) => Math.min(1, r * a));
  const square = norm(multiply(xs, ys), "fro") ** 2;
  const sum = v.reduce((s, a) => s + a * a, 0);
  const share = (total: number) => (r === 0 ? square : Math.max(0, total) / r);
  const without = l <= 1 || r >= l ? 0 : (l ** 2 / r) * (1 - r / l) * Math.max(0, (sum - square / l) / (l - 1));
  const back = (squared: number) => scaleByPower(squared, 2 * exponent);
  return {
    v: v.map((a) => scaleByPower(a, exponent)),
    p,
    Z: scaleByPower(Z, exponent),
    q,
    expectedSqErr: {
      iidOptimal: back(share(Z * Z - square)),
      iidUniform: back(share(l * sum - square)),
      uniformWithoutReplacement: back(r === 0 ? square : without),
      poisson: back(r === 0 ? square : q.reduce((s, a, i) => s + (a > 0 ? (1 / a - 1) * v[i] ** 2 : 0), 0)),
    },
  };
}

/** E‖XY - estimate‖_F² of r terms drawn with replacement by any probabilities p: (Σ v_i²/p_i - ‖XY‖²)/r; Infinity where a term that matters is never drawn. */
export function crExpectedSqErr(x: Matrix, y: Matrix, r: number, p: ArrayLike<number>): number {
  requireTerms(r, Number.MAX_SAFE_INTEGER, 1);
  const { v } = crStats(x, y, r);
  if (p.length !== v.length) throw new MathError("length-mismatch", said`${p.length} probabilities for ${v.length} terms`);
  const sum = v.reduce((s, a, i) => s + (a === 0 ? 0 : a ** 2 / p[i]), 0);
  return Math.max(0, sum - norm(multiply(x, y), "fro") ** 2) / r;
}
