// The numbers a spectrum is described by.

import { tail } from "./check.js";

export interface SpectrumSummary {
  /** ‖A‖_F. */
  readonly normF: number;
  /** ‖A‖₂ = σ₁. */
  readonly norm2: number;
  /** Σσ. */
  readonly nuclear: number;
  /** ‖A‖_F²/σ₁²: a rank that small values do not count in; 0 for the zero matrix. */
  readonly stableRank: number;
  /** σ₁/σ_p; Infinity where σ_p is 0. */
  readonly cond: number;
  /** 1 - tail_k²/‖A‖_F² for k = 0..p: the part of the square sum the first k values hold; 1 throughout for the zero matrix. */
  readonly energy: Float64Array;
}

/** What the descending singular values say. O(p). No overflow: sums are scaled. Empty: zeros, cond 1. */
export function spectrumSummary(s: ArrayLike<number>): SpectrumSummary {
  const values = Float64Array.from(s);
  const p = values.length;
  const norm2 = values[0] ?? 0;
  const normF = tail(values, 0);
  const energy = new Float64Array(p + 1);
  // From the end, so that small tails keep their digits.
  let left = 0;
  energy[p] = 1;
  for (let k = p - 1; k >= 0; k--) {
    left += normF === 0 ? 0 : (values[k] / normF) ** 2;
    energy[k] = normF === 0 ? 1 : Math.max(0, 1 - left);
  }
  return {
    normF,
    norm2,
    nuclear: values.reduce((sum, x) => sum + x, 0),
    stableRank: norm2 === 0 ? 0 : (normF / norm2) ** 2,
    cond: p === 0 ? 1 : norm2 === 0 ? Number.POSITIVE_INFINITY : norm2 / values[p - 1],
    energy,
  };
}
