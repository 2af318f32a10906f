// Gaussian mixtures: the one data distribution whose diffusion score is known exactly.

import { MathError, said } from "../linalg/index.js";

/** Isotropic components in d dimensions: means[k] has d entries, variances[k] is s². */
export interface Mixture {
  readonly weights: readonly number[];
  readonly means: readonly (readonly number[])[];
  readonly variances: readonly number[];
}

export interface MixtureScore {
  readonly logDensity: number;
  readonly score: Float64Array;
  /** E[x₀ | x] by Tweedie's formula. */
  readonly denoised: Float64Array;
  /** −σ·score. */
  readonly eps: Float64Array;
  readonly responsibilities: Float64Array;
}

export function requireMixture({ weights, means, variances }: Mixture): void {
  if (weights.length === 0 || means.length !== weights.length || variances.length !== weights.length)
    throw new MathError(
      "shape-mismatch",
      said`a mixture needs as many weights, means and variances; there are ${weights.length}, ${means.length} and ${variances.length}`,
    );
  if (weights.some((w) => !(w > 0)) || variances.some((v) => !(v >= 0)))
    throw new MathError("domain", "weights must be positive and variances not negative");
}

/**
 * The density of αx₀ + σz at x, its score and the ideal denoiser. Component k has variance v_k = α²s_k² + σ². O(Kd).
 * Responsibilities by log-sum-exp, so far tails are safe. Efron 2011 (Tweedie); Karras et al. 2022 (arXiv 2206.00364), B.3.
 */
export function mixtureScore(mixture: Mixture, x: ArrayLike<number>, alpha: number, sigma: number): MixtureScore {
  const { weights, means, variances } = mixture;
  const K = weights.length;
  const d = x.length;
  const v = new Float64Array(K);
  // First the logarithms of the weighted densities, then the responsibilities.
  const r = new Float64Array(K);
  let top = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < K; k++) {
    const mean = means[k] as readonly number[];
    let square = 0;
    for (let j = 0; j < d; j++) square += ((x[j] as number) - alpha * (mean[j] as number)) ** 2;
    v[k] = alpha * alpha * (variances[k] as number) + sigma * sigma;
    r[k] = Math.log(weights[k] as number) - (d / 2) * Math.log(2 * Math.PI * (v[k] as number)) - square / (2 * (v[k] as number));
    if (!(top >= (r[k] as number))) top = r[k] as number;
  }
  let sum = 0;
  for (let k = 0; k < K; k++) {
    r[k] = Math.exp((r[k] as number) - top);
    sum += r[k] as number;
  }
  const score = new Float64Array(d);
  const denoised = new Float64Array(d);
  for (let k = 0; k < K; k++) {
    const mean = means[k] as readonly number[];
    r[k] = (r[k] as number) / sum;
    for (let j = 0; j < d; j++) {
      const mu = mean[j] as number;
      const away = (x[j] as number) - alpha * mu;
      score[j] = (score[j] as number) - ((r[k] as number) * away) / (v[k] as number);
      denoised[j] = (denoised[j] as number) + (r[k] as number) * (mu + ((alpha * (variances[k] as number)) / (v[k] as number)) * away);
    }
  }
  return { logDensity: top + Math.log(sum), score, denoised, eps: score.map((s) => -sigma * s), responsibilities: r };
}

/** One sample of the data distribution from a uniform and d normal numbers. */
export function sampleMixture({ weights, means, variances }: Mixture, uniform: number, normal: () => number): Float64Array {
  const total = weights.reduce((s, w) => s + w, 0);
  let k = 0;
  for (let u = uniform * total; k < weights.length - 1 && u >= (weights[k] as number); k++) u -= weights[k] as number;
  return Float64Array.from(means[k] as readonly number[], (m) => m + Math.sqrt(variances[k] as number) * normal());
}
