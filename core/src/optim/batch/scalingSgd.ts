// The best learning rate of SGD as the batch grows: linear at first, then it saturates.

import { MathError, type Matrix, said } from "../../linalg/index.js";
import { dot, requireSameLength } from "../guard.js";

export interface SgdScaling {
  readonly etaMax: number;
  readonly bNoise: number;
  readonly bSimple: number;
  readonly etaOpt: readonly number[];
  readonly deltaLMax: number;
  readonly deltaL: readonly number[];
}

/** Covariance of one example's gradient: standard deviations of independent components, or the whole matrix. */
export type GradientNoise = ArrayLike<number> | Matrix;

export const isCovariance = (s: GradientNoise): s is Matrix => "rows" in s;

/** Hg. */
export const timesVector = (H: Matrix, g: ArrayLike<number>): Float64Array =>
  Float64Array.from({ length: H.rows }, (_, i) => dot(H.data.subarray(i * H.columns, (i + 1) * H.columns), g));

/** (tr Σ, tr ΣH). */
export function noiseTraces(sigma: GradientNoise, H: Matrix): [trace: number, traceH: number] {
  const n = H.rows;
  let [t, th] = [0, 0];
  if (isCovariance(sigma)) {
    for (let i = 0; i < n; i++) {
      t += sigma.data[i * n + i] as number;
      for (let j = 0; j < n; j++) th += (sigma.data[i * n + j] as number) * (H.data[j * n + i] as number);
    }
  } else
    for (let i = 0; i < n; i++) {
      const v = (sigma[i] as number) ** 2;
      t += v;
      th += v * (H.data[i * n + i] as number);
    }
  return [t, th];
}

/**
 * Minimises E L(w − ηg_B) to second order: η*(B) = η_max/(1 + B_noise/B) with η_max = gᵀg/gᵀHg and B_noise = tr(ΣH)/gᵀHg;
 * ΔL(B) = ΔL_max/(1 + B_noise/B). Null when gᵀHg <= 0 (no minimum along the gradient). O(n²).
 * McCandlish et al. 2018 (arXiv 1812.06162), equations 2.5 to 2.9.
 */
export function scalingSgd(g: ArrayLike<number>, sigma: GradientNoise, H: Matrix, batch: readonly number[]): SgdScaling | null {
  if (H.rows !== g.length || H.columns !== g.length)
    throw new MathError("shape-mismatch", said`the Hessian is ${H.rows}×${H.columns}, the gradient has ${g.length} entries`);
  if (!isCovariance(sigma)) requireSameLength(g, sigma, "gradient and noise");
  const gg = dot(g, g);
  const gHg = dot(g, timesVector(H, g));
  if (!(gHg > 0)) return null;
  const [trace, traceH] = noiseTraces(sigma, H);
  const etaMax = gg / gHg;
  const bNoise = traceH / gHg;
  const deltaLMax = gg ** 2 / (2 * gHg);
  return {
    etaMax,
    bNoise,
    bSimple: trace / gg,
    etaOpt: batch.map((b) => etaMax / (1 + bNoise / b)),
    deltaLMax,
    deltaL: batch.map((b) => deltaLMax / (1 + bNoise / b)),
  };
}
