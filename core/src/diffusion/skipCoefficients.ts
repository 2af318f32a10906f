// Skip-Tuning: factors for the skip connections of a U-Net at sampling time.

import { MathError, said } from "../linalg/index.js";

/** ρᵢ = top + (bottom − top)·i/k for the k+1 skips, i = 0 outermost. Ma et al. 2024 (arXiv 2402.15170); Su, kexue.fm 10077. */
export function skipCoefficients(k: number, top: number, bottom: number): number[] {
  if (!(Number.isInteger(k) && k >= 0)) throw new MathError("domain", said`k must be a whole number, not ${k}`);
  return Array.from({ length: k + 1 }, (_, i) => (k === 0 ? top : top + ((bottom - top) * i) / k));
}
