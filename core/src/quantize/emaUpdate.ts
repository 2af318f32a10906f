// Codebook learning by moving averages of what each code was chosen for.

import { MathError, type Matrix, said } from "../linalg/index.js";
import { assign } from "./assign.js";

export interface EmaState {
  readonly codebook: Matrix;
  /** N: averaged counts. */
  readonly clusterSize: Float64Array;
  /** M: averaged sums, K×d. */
  readonly sums: Matrix;
}

/** Counts 1 and sums equal to the codebook. */
export const emaStart = (codebook: Matrix): EmaState => ({ codebook, clusterSize: new Float64Array(codebook.rows).fill(1), sums: codebook });

/**
 * N ← γN + (1−γ)n, M ← γM + (1−γ)Σe, codes M/Ñ with Laplace-smoothed Ñ = (N+ε)/(ΣN+Kε)·ΣN; the assignment uses the old codebook, the distortion is measured with that
 * assignment and the new one. O(nKd).
 * van den Oord et al. 2017 (arXiv 1711.00937), appendix A.1.
 */
export function emaUpdate(
  state: EmaState,
  e: Matrix,
  { decay = 0.99, eps = 1e-5 }: { decay?: number; eps?: number } = {},
): EmaState & { readonly distortion: number } {
  if (!(decay >= 0 && decay < 1)) throw new MathError("domain", said`decay must be in [0, 1), it is ${decay}`);
  const { index, counts } = assign(e, state.codebook);
  const { rows: K, columns: d } = state.codebook;
  const clusterSize = state.clusterSize.map((v, k) => decay * v + (1 - decay) * (counts[k] as number));
  const added = new Float64Array(K * d);
  index.forEach((k, i) => {
    for (let j = 0; j < d; j++) added[k * d + j] = (added[k * d + j] as number) + (e.data[i * d + j] as number);
  });
  const sums = state.sums.data.map((v, i) => decay * v + (1 - decay) * (added[i] as number));
  const total = clusterSize.reduce((s, v) => s + v, 0);
  const smooth = clusterSize.map((v) => ((v + eps) / (total + K * eps)) * total);
  const codes = sums.map((v, i) => v / (smooth[Math.floor(i / d)] as number));
  let distortion = 0;
  index.forEach((k, i) => {
    for (let j = 0; j < d; j++) distortion += ((e.data[i * d + j] as number) - (codes[k * d + j] as number)) ** 2 / e.rows;
  });
  return {
    codebook: { rows: K, columns: d, data: codes },
    clusterSize,
    sums: { rows: K, columns: d, data: sums },
    distortion,
  };
}
