// One DDIM step: deterministic at eta = 0, the DDPM ancestral step at eta = 1.

import { MathError, said } from "../linalg/index.js";

/**
 * x₀ = (x − √(1−ᾱ)ε)/√ᾱ; σ = η√((1−ᾱ')/(1−ᾱ))√(1−ᾱ/ᾱ'); x' = √ᾱ'x₀ + √(1−ᾱ'−σ²)ε + σz. O(d).
 * Song et al. 2020 (arXiv 2010.02502), equations 12 and 16.
 */
export function ddimStep(
  x: ArrayLike<number>,
  eps: ArrayLike<number>,
  noise: ArrayLike<number>,
  alphaBar: number,
  alphaBarPrev: number,
  eta: number,
): { x0: Float64Array; sigma: number; xPrev: Float64Array } {
  if (!(alphaBar > 0 && alphaBar <= alphaBarPrev && alphaBarPrev <= 1))
    throw new MathError("domain", said`DDIM needs 0 < alphaBar <= alphaBarPrev <= 1; they are ${alphaBar} and ${alphaBarPrev}`);
  if (eps.length !== x.length || noise.length !== x.length)
    throw new MathError("shape-mismatch", said`x, eps and noise have ${x.length}, ${eps.length} and ${noise.length} entries`);
  const x0 = Float64Array.from(x, (v, i) => (v - Math.sqrt(1 - alphaBar) * (eps[i] as number)) / Math.sqrt(alphaBar));
  const sigma = alphaBar === 1 ? 0 : eta * Math.sqrt((1 - alphaBarPrev) / (1 - alphaBar)) * Math.sqrt(1 - alphaBar / alphaBarPrev);
  // Rounding may leave a tiny negative number at eta = 1.
  const direction = Math.sqrt(Math.max(0, 1 - alphaBarPrev - sigma * sigma));
  return { x0, sigma, xPrev: x0.map((v, i) => Math.sqrt(alphaBarPrev) * v + direction * (eps[i] as number) + sigma * (noise[i] as number)) };
}
