// The reverse-time SDE of the variance-exploding process.

import { MathError, said } from "../linalg/index.js";

/**
 * Euler-Maruyama: x + (t²−u²)·score + √(t²−u²) z from level t to u. All points after each step. O(steps·d) and one score a step.
 * Song et al. 2021 (arXiv 2011.13456), equation 6.
 */
export function reverseSde(
  score: (x: Float64Array, sigma: number) => Float64Array,
  x: ArrayLike<number>,
  sigmas: ArrayLike<number>,
  noise: readonly ArrayLike<number>[],
): Float64Array[] {
  if (noise.length < sigmas.length - 1)
    throw new MathError("length-mismatch", said`${sigmas.length - 1} steps need as many noise vectors, not ${noise.length}`);
  const out: Float64Array[] = [];
  let at: Float64Array = Float64Array.from(x);
  for (let k = 0; k + 1 < sigmas.length; k++) {
    const gap = (sigmas[k] as number) ** 2 - (sigmas[k + 1] as number) ** 2;
    if (!(gap >= 0)) throw new MathError("domain", said`noise levels must fall; step ${k + 1} goes from ${sigmas[k]} to ${sigmas[k + 1]}`);
    const s = score(at, sigmas[k] as number);
    at = at.map((v, i) => v + gap * (s[i] as number) + Math.sqrt(gap) * ((noise[k] as ArrayLike<number>)[i] as number));
    out.push(at);
  }
  return out;
}
