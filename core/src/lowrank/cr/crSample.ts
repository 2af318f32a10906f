// Terms of a product drawn at random: unbiased.

import { MathError, type Matrix, multiply, type Random, said, selectColumns, selectRows, zeros } from "../../linalg/index.js";
import { crStats, requireProduct, requireTerms } from "./crStats.js";

export interface CrSample {
  readonly approx: Matrix;
  readonly indices: Int32Array;
}

/** Where the terms come from: the drawn places, or a generator; p defaults to the best probabilities. */
export type CrSource = ({ readonly indices: ArrayLike<number> } | { readonly rng: Random }) & { readonly p?: ArrayLike<number> };

/**
 * (1/r)Σ x_s y_sᵀ/p_s over r terms drawn independently with replacement: its mean is X·Y. Zero terms are never drawn. X·Y = 0 by zero terms alone gives zero, nothing drawn.
 * O(r(nm + log l)). Throws "domain" for a drawn term of probability 0, "index-out-of-range". Drineas, Kannan & Mahoney 2006, I.
 */
export function crSample(x: Matrix, y: Matrix, r: number, source: CrSource): CrSample {
  requireProduct(x, y);
  requireTerms(r, Number.MAX_SAFE_INTEGER);
  const p = source.p ?? crStats(x, y, r).p;
  if (p.length !== x.columns) throw new MathError("length-mismatch", said`${p.length} probabilities for ${x.columns} terms`);
  const total = Array.from(p).reduce((s, a) => s + a, 0);
  if (total === 0 || r === 0) return { approx: zeros(x.rows, y.columns), indices: new Int32Array(0) };
  const indices = "indices" in source ? Int32Array.from(source.indices) : draw(p, total, r, source.rng);
  const C = selectColumns(x, indices);
  const weights = Array.from(indices, (i) => {
    if (!(p[i] > 0)) throw new MathError("domain", said`term ${i} has probability ${p[i]} and cannot have been drawn`);
    return 1 / (indices.length * p[i]);
  });
  const scaled = { ...C, data: C.data.map((a, k) => a * weights[k % weights.length]) };
  return { approx: multiply(scaled, selectRows(y, indices)), indices };
}

/** r places by probability: inversion of the cumulative sums. */
export function draw(p: ArrayLike<number>, total: number, r: number, rng: Random): Int32Array {
  const sums = new Float64Array(p.length);
  let sum = 0;
  let last = 0;
  for (let i = 0; i < p.length; i++) {
    sum += p[i];
    sums[i] = sum;
    if (p[i] > 0) last = i;
  }
  return Int32Array.from({ length: r }, () => {
    const u = rng() * total;
    let low = 0;
    let high = p.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle] > u) high = middle;
      else low = middle + 1;
    }
    return Math.min(low, last);
  });
}

/** `count` different places of `n`, each set equally likely (Fisher and Yates), in the order drawn. */
export function drawWithoutReplacement(n: number, count: number, rng: Random): Int32Array {
  requireTerms(count, n);
  const places = Int32Array.from({ length: n }, (_, i) => i);
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(rng() * (n - i));
    const t = places[i];
    places[i] = places[j];
    places[j] = t;
  }
  return places.slice(0, count);
}

/** (l/r)Σ x_s y_sᵀ over r different terms drawn uniformly: unbiased, and better than drawing with replacement. */
export function crUniformWithoutReplacement(x: Matrix, y: Matrix, r: number, rng: Random): CrSample {
  requireProduct(x, y);
  const indices = drawWithoutReplacement(x.columns, r, rng);
  const scale = r === 0 ? 0 : x.columns / r;
  const product = multiply(selectColumns(x, indices), selectRows(y, indices));
  return { approx: { ...product, data: product.data.map((a) => a * scale) }, indices };
}

/** Each term taken by itself with probability q_i = min(1, r·p_i) and divided by it: unbiased, of random size with mean Σq_i. */
export function crPoisson(x: Matrix, y: Matrix, r: number, rng: Random): CrSample {
  const { q } = crStats(x, y, r);
  const indices = Int32Array.from(Array.from(q.keys()).filter((i) => rng() < q[i]));
  const C = selectColumns(x, indices);
  const scaled = { ...C, data: C.data.map((a, k) => a / q[indices[k % indices.length]]) };
  return { approx: multiply(scaled, selectRows(y, indices)), indices };
}
