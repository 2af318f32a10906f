// The simple noise scale from gradient norms at two batch sizes.

import { said } from "../../linalg/index.js";
import { requireThat } from "../guard.js";

export interface NoiseScale {
  readonly normSqSmall: number;
  readonly normSqBig: number;
  readonly gradNormSq: number;
  readonly traceSigma: number;
  /** tr Σ/|G|², or null when |G|² came out not positive: not resolved at this sample size. */
  readonly bSimple: number | null;
  /** tr Σ directly from the per-example gradients (unbiased). */
  readonly perExampleTrace: number;
}

/** Mean squared norm of the averages of consecutive groups of `size` examples. */
function meanSquare(perExample: readonly ArrayLike<number>[], size: number): number {
  const groups = Math.floor(perExample.length / size);
  const d = (perExample[0] as ArrayLike<number>).length;
  let total = 0;
  for (let k = 0; k < groups; k++)
    for (let j = 0; j < d; j++) {
      let s = 0;
      for (let i = k * size; i < (k + 1) * size; i++) s += (perExample[i] as ArrayLike<number>)[j] as number;
      total += (s / size) ** 2;
    }
  return total / groups;
}

/** |G|² and tr Σ from two mean squared norms: both unbiased (their ratio is not: average them over steps first). */
export function noiseScaleFromNorms(
  normSqSmall: number,
  normSqBig: number,
  batchSmall: number,
  batchBig: number,
): { gradNormSq: number; traceSigma: number } {
  requireThat(batchSmall >= 1 && batchBig > batchSmall, said`batch sizes need 1 <= small < big; they are ${batchSmall} and ${batchBig}`);
  return {
    gradNormSq: (batchBig * normSqBig - batchSmall * normSqSmall) / (batchBig - batchSmall),
    traceSigma: (normSqSmall - normSqBig) / (1 / batchSmall - 1 / batchBig),
  };
}

/** Estimates from per-example gradients, split into groups of each size. O(Nd). McCandlish et al. 2018 (arXiv 1812.06162), appendix A.1. */
export function noiseScaleEstimate(perExample: readonly ArrayLike<number>[], batchSmall: number, batchBig: number): NoiseScale {
  const N = perExample.length;
  requireThat(
    Number.isInteger(batchSmall) && Number.isInteger(batchBig) && batchSmall >= 1 && batchBig > batchSmall,
    said`batch sizes must be whole numbers with 1 <= small < big; they are ${batchSmall} and ${batchBig}`,
  );
  requireThat(N >= batchBig, said`a batch of ${batchBig} needs as many gradients; there are ${N}`);
  const normSqSmall = meanSquare(perExample, batchSmall);
  const normSqBig = meanSquare(perExample, batchBig);
  const { gradNormSq, traceSigma } = noiseScaleFromNorms(normSqSmall, normSqBig, batchSmall, batchBig);
  const d = (perExample[0] as ArrayLike<number>).length;
  let perExampleTrace = 0;
  for (let j = 0; j < d; j++) {
    let mean = 0;
    for (const g of perExample) mean += (g[j] as number) / N;
    for (const g of perExample) perExampleTrace += ((g[j] as number) - mean) ** 2 / (N - 1);
  }
  return { normSqSmall, normSqBig, gradNormSq, traceSigma, bSimple: gradNormSq > 0 ? traceSigma / gradNormSq : null, perExampleTrace };
}
