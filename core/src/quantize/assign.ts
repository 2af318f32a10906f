// Nearest codes, and how well a codebook is used.

import { MathError, type Matrix } from "../linalg/index.js";

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
      `vectors have ${e.columns} entries, codes ${codebook.columns} (${e.rows}×${e.columns} and ${codebook.rows}×${codebook.columns})`,
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

/**
 * The nearest of K codes for each of n vectors of length d, by Euclidean or cosine distance. O(nKd).
 * A zero vector has cosine 0 with everything. van den Oord et al. 2017 (arXiv 1711.00937), equation 1.
 */
export function assign(e: Matrix, codebook: Matrix, metric: "l2" | "cosine" = "l2"): Assignment {
  requireCodebook(e, codebook);
  const { rows: n, columns: d } = e;
  const K = codebook.rows;
  const index = new Int32Array(n);
  const counts = new Int32Array(K);
  const inverse = (m: Matrix, i: number) => {
    const size = Math.hypot(...m.data.subarray(i * d, (i + 1) * d));
    return size > 0 ? 1 / size : 0;
  };
  const codeScale = metric === "cosine" ? Float64Array.from({ length: K }, (_, k) => inverse(codebook, k)) : undefined;
  let distortion = 0;
  for (let i = 0; i < n; i++) {
    let [best, at, square] = [Number.POSITIVE_INFINITY, 0, 0];
    for (let k = 0; k < K; k++) {
      let [dist, dotted] = [0, 0];
      for (let j = 0; j < d; j++) {
        const [a, b] = [e.data[i * d + j] as number, codebook.data[k * d + j] as number];
        dist += (a - b) ** 2;
        dotted += a * b;
      }
      const score = codeScale ? -dotted * (codeScale[k] as number) : dist;
      if (score < best) [best, at, square] = [score, k, dist];
    }
    index[i] = at;
    counts[at] = (counts[at] as number) + 1;
    distortion += square / n;
  }
  const usedCodes = counts.reduce((s, c) => s + (c > 0 ? 1 : 0), 0);
  return { index, counts, perplexity: perplexity(counts), usedCodes, usage: usedCodes / K, distortion };
}
