// The transpose of a Monarch matrix.

import { type Monarch, monarch } from "./monarch.js";

/**
 * A Monarch matrix acts between index pairs (k, p) and (s, l); transposed, it acts from (s, l) to (k, p). There l is fast, while the form wants the block index of
 * the inputs slow: so Mᵀ is Monarch after the inputs are sorted by l. `input[i]` is the place in Mᵀ's own input of the i-th input of `factors`, `output[j]` likewise for its outputs:
 * (Mᵀy)[output[j]] = (factors·y[input])[j].
 */
export interface MonarchTransposed {
  readonly factors: Monarch;
  readonly input: Int32Array;
  readonly output: Int32Array;
}

/** Mᵀ as a Monarch matrix between reordered indices; the factors swap roles and no number changes. O(params). */
export function monarchTranspose(f: Monarch): MonarchTransposed {
  const { inBlocks: K, inBlockSize: P, outBlocks: Lb, outBlockSize: S, blockRank: t } = f;
  // Mᵀ[(k, p), (s, l)] = Σ_τ R[k][(τ, l)][p]·L[l][s][(k, τ)]: input blocks l of size S, output blocks k of size P.
  const L = new Float64Array(f.R.length);
  const R = new Float64Array(f.L.length);
  for (let k = 0; k < K; k++)
    for (let l = 0; l < Lb; l++)
      for (let tau = 0; tau < t; tau++) {
        for (let p = 0; p < P; p++) L[(k * P + p) * Lb * t + l * t + tau] = f.R[((k * t + tau) * Lb + l) * P + p];
        for (let s = 0; s < S; s++) R[((l * t + tau) * K + k) * S + s] = f.L[(l * S + s) * K * t + k * t + tau];
      }
  const factors = monarch({ inBlocks: Lb, inBlockSize: S, outBlocks: K, outBlockSize: P, blockRank: t }, L, R);
  return {
    factors,
    input: Int32Array.from({ length: S * Lb }, (_, i) => (i % S) * Lb + Math.floor(i / S)),
    output: Int32Array.from({ length: K * P }, (_, j) => (j % K) * P + Math.floor(j / K)),
  };
}
