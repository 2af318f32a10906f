// The probability-flow ODE of the variance-exploding process, dx/dσ = (x − D(x, σ))/σ, and its few-step solvers.

import { MathError, said } from "../linalg/index.js";

/** The ideal or learned denoiser D(x, σ). */
export type Denoiser = (x: Float64Array, sigma: number) => Float64Array;

/** One step from noise level t to the lower level u. */
export type Solver = (denoise: Denoiser, x: Float64Array, t: number, u: number) => Float64Array;

/** dx/dσ at (x, t). */
export const slope = (denoise: Denoiser, x: Float64Array, t: number): Float64Array => {
  const D = denoise(x, t);
  return x.map((v, i) => (v - (D[i] as number)) / t);
};

const along = (x: Float64Array, s: number, d: Float64Array): Float64Array => x.map((v, i) => v + s * (d[i] as number));

/** First order, one evaluation a step. */
export const euler: Solver = (D, x, t, u) => along(x, u - t, slope(D, x, t));

/** Second order, two evaluations; the last step to σ = 0 is Euler's. Karras et al. 2022 (arXiv 2206.00364), Algorithm 1. */
export const heun: Solver = (D, x, t, u) => {
  const d = slope(D, x, t);
  const y = along(x, u - t, d);
  if (u === 0) return y;
  const e = slope(D, y, u);
  return x.map((v, i) => v + ((u - t) / 2) * ((d[i] as number) + (e[i] as number)));
};

/**
 * The slope at a middle time t^{1−r}u^r, scaled by c, carries the whole step: r = ½, c = 1 is DPM-Solver-2, a fitted (r, c) is AMED.
 * Zhou et al. 2023 (arXiv 2312.00094); Su, kexue.fm 9881.
 */
export const midSlope =
  (r: number, c = 1): Solver =>
  (D, x, t, u) => {
    const middle = u ** r * t ** (1 - r);
    const y = along(x, middle - t, slope(D, x, t));
    return along(x, c * (u - t), slope(D, y, middle));
  };

/** DPM-Solver-2. Lu et al. 2022 (arXiv 2206.00927). */
export const dpm2: Solver = midSlope(0.5);

/** Carries x through falling noise levels; `solver` may differ from step to step. */
export function solvePfOde(
  denoise: Denoiser,
  x: ArrayLike<number>,
  sigmas: ArrayLike<number>,
  solver: Solver | ((step: number) => Solver),
): Float64Array {
  let at = Float64Array.from(x);
  for (let k = 0; k + 1 < sigmas.length; k++) {
    const [t, u] = [sigmas[k] as number, sigmas[k + 1] as number];
    if (!(t > 0 && u >= 0 && u <= t))
      throw new MathError("domain", said`noise levels must fall and stay positive; step ${k + 1} goes from ${t} to ${u}`);
    const step = solver.length === 1 ? (solver as (k: number) => Solver)(k) : (solver as Solver);
    at = Float64Array.from(step(denoise, at, t, u));
  }
  return at;
}

/** Classical Runge-Kutta in ln σ, where the equation is smooth: the teacher and the reference. `substeps` a call. */
export function rk4LogSigma(denoise: Denoiser, x: ArrayLike<number>, t: number, u: number, substeps: number): Float64Array {
  let at: Float64Array = Float64Array.from(x);
  const h = Math.log(u / t) / substeps;
  // dx/d(ln σ) = x − D(x, σ).
  const f = (y: Float64Array, s: number): Float64Array => {
    const D = denoise(y, Math.exp(s));
    return y.map((v, i) => v - (D[i] as number));
  };
  for (let k = 0; k < substeps; k++) {
    const s = Math.log(t) + k * h;
    const k1 = f(at, s);
    const k2 = f(along(at, h / 2, k1), s + h / 2);
    const k3 = f(along(at, h / 2, k2), s + h / 2);
    const k4 = f(along(at, h, k3), s + h);
    at = at.map((v, i) => v + (h / 6) * ((k1[i] as number) + 2 * (k2[i] as number) + 2 * (k3[i] as number) + (k4[i] as number)));
  }
  return at;
}
