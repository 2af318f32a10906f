// Nearest codes, and how well a codebook is used.

import { MathError, type Matrix, multiply, said, vectorNorm } from "../linalg/index.js";

export interface Assignment {
  /** The nearest code of each row, the lowest index on ties. */
  readonly index: Int32Array;
  readonly counts: Int32Array;
  /** exp of the entropy of the usage: the effective number of codes. */
  readonly perplexity: number;
  readonly usedCodes: number;
  /** Share of codes used at all. */
  readonly usage: number;
  /** Mean squared distance to the chosen code. */
  readonly distortion: number;
}

export const requireCodebook = (e: Matrix, codebook: Matrix): void => {
  if (codebook.rows === 0) throw new MathError("shape-mismatch", "the codebook is empty");
  if (e.columns !== codebook.columns)
    throw new MathError(
      "shape-mismatch",
      said`vectors have ${e.columns} entries, codes ${codebook.columns} (${e.rows}×${e.columns} and ${codebook.rows}×${codebook.columns})`,
    );
};

/** exp(−Σ p ln p) of counts; 0 without any. */
export function perplexity(counts: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i] as number;
  if (total === 0) return 0;
  let h = 0;
  for (let i = 0; i < counts.length; i++) {
    const p = (counts[i] as number) / total;
    if (p > 0) h -= p * Math.log(p);
  }
  return Math.exp(h);
}

/** Products of vectors with codes held at once. */
const BLOCK = 2 ** 20;

/**
 * The nearest of K codes for each of n vectors of length d, by Euclidean or cosine distance. O(nKd), by matrix products: those codes that rounding cannot tell from
 * the nearest are measured entry by entry. A zero vector has cosine 0 with everything. van den Oord et al. 2017 (arXiv 1711.00937), equation 1.
 */
export function assign(e: Matrix, codebook: Matrix, metric: "l2" | "cosine" = "l2"): Assignment {
  requireCodebook(e, codebook);
  const { rows: n, columns: d } = e;
  const K = codebook.rows;
  const index = new Int32Array(n);
  const counts = new Int32Array(K);
  const norms = Float64Array.from({ length: K }, (_, k) => vectorNorm(codebook.data, k * d, d));
  const codeScale = metric === "cosine" ? norms.map((x) => (x > 0 ? 1 / x : 0)) : undefined;
  const largest = codeScale ? 1 : norms.reduce((m, x) => Math.max(m, x), 0);
  const height = Math.max(1, Math.floor(BLOCK / K));
  const scores = new Float64Array(K);
  let distortion = 0;
  for (let from = 0; from < n; from += height) {
    const to = Math.min(n, from + height);
    const products = multiply({ rows: to - from, columns: d, data: e.data.subarray(from * d, to * d) }, codebook, { b: "transpose" }).data;
    for (let i = from, p = 0; i < to; i++) {
      let least = Number.POSITIVE_INFINITY;
      for (let k = 0; k < K; k++, p++) {
        scores[k] = codeScale ? -products[p] * codeScale[k] : norms[k] * norms[k] - 2 * products[p];
        if (scores[k] < least) least = scores[k];
      }
      // what the rounding of both sums may hide, generously; NaN lets every code through
      const size = vectorNorm(e.data, i * d, d);
      const limit = least + (d + 4) * 2 ** -50 * (codeScale ? size : (size + largest) ** 2);
      const { at, square } = nearestOf(e.data, i * d, codebook.data, d, scores, limit, codeScale);
      index[i] = at;
      counts[at] += 1;
      distortion += square / n;
    }
  }
  const usedCodes = counts.reduce((s, c) => s + (c > 0 ? 1 : 0), 0);
  return { index, counts, perplexity: perplexity(counts), usedCodes, usage: usedCodes / K, distortion };
}

/** The nearest of the codes whose score is not above the limit, the lowest on ties, with its squared distance. */
function nearestOf(
  e: Float64Array,
  start: number,
  codes: Float64Array,
  d: number,
  scores: Float64Array,
  limit: number,
  codeScale: Float64Array | undefined,
): { at: number; square: number } {
  let best = Number.POSITIVE_INFINITY;
  let at = 0;
  let square = 0;
  for (let k = 0; k < scores.length; k++) {
    if (scores[k] > limit) continue;
    let dist = 0;
    let dotted = 0;
    for (let j = 0; j < d; j++) {
      const a = e[start + j];
      const b = codes[k * d + j];
      dist += (a - b) ** 2;
      dotted += a * b;
    }
    const score = codeScale ? -dotted * codeScale[k] : dist;
    if (score < best) {
      best = score;
      at = k;
      square = dist;
    }
  }
  return { at, square };
}
