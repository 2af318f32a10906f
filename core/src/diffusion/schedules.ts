// Noise schedules: discrete variance-preserving ones, and noise levels for samplers.

import { MathError, said } from "../linalg/index.js";

export interface DdpmSchedule {
  readonly beta: Float64Array;
  readonly alphaBar: Float64Array;
  readonly posteriorVar: Float64Array;
  /** Mean of x_{t−1} given x₀ and x_t = coefX0·x₀ + coefXt·x_t. */
  readonly coefX0: Float64Array;
  readonly coefXt: Float64Array;
  readonly snr: Float64Array;
}

/** Linear 10⁻⁴ to 0.02 (Ho et al. 2020, arXiv 2006.11239) or cosine (Nichol and Dhariwal 2021, arXiv 2102.09672, equation 17). O(T). */
export function ddpmSchedule(T: number, kind: "linear" | "cosine"): DdpmSchedule {
  if (!(Number.isInteger(T) && T >= 1)) throw new MathError("domain", said`the number of steps must be a positive integer, not ${T}`);
  const f = (u: number) => Math.cos((((u + 0.008) / 1.008) * Math.PI) / 2) ** 2;
  const beta = Float64Array.from({ length: T }, (_, t) =>
    kind === "linear" ? (T === 1 ? 1e-4 : 1e-4 + ((0.02 - 1e-4) * t) / (T - 1)) : Math.min(1 - f((t + 1) / T) / f(t / T), 0.999),
  );
  const alphaBar = new Float64Array(T);
  beta.forEach((b, t) => {
    alphaBar[t] = (t > 0 ? (alphaBar[t - 1] as number) : 1) * (1 - b);
  });
  const previous = (t: number) => (t > 0 ? (alphaBar[t - 1] as number) : 1);
  const over = (top: (t: number) => number) => beta.map((_, t) => top(t) / (1 - (alphaBar[t] as number)));
  return {
    beta,
    alphaBar,
    posteriorVar: over((t) => (beta[t] as number) * (1 - previous(t))),
    coefX0: over((t) => Math.sqrt(previous(t)) * (beta[t] as number)),
    coefXt: over((t) => Math.sqrt(1 - (beta[t] as number)) * (1 - previous(t))),
    snr: alphaBar.map((a) => a / (1 - a)),
  };
}

/** n levels from sigmaMax down to sigmaMin: (max^{1/ρ} + i/(n−1)(min^{1/ρ} − max^{1/ρ}))^ρ. Karras et al. 2022 (arXiv 2206.00364), equation 5. */
export function karrasSigmas(n: number, sigmaMin: number, sigmaMax: number, rho = 7): Float64Array {
  requireLevels(n, sigmaMin, sigmaMax);
  const [a, b] = [sigmaMax ** (1 / rho), sigmaMin ** (1 / rho)];
  return Float64Array.from({ length: n }, (_, i) => (n === 1 ? sigmaMax : (a + (i / (n - 1)) * (b - a)) ** rho));
}

/** n levels evenly spaced in log σ. */
export function logUniformSigmas(n: number, sigmaMin: number, sigmaMax: number): Float64Array {
  requireLevels(n, sigmaMin, sigmaMax);
  const [a, b] = [Math.log(sigmaMax), Math.log(sigmaMin)];
  return Float64Array.from({ length: n }, (_, i) => (n === 1 ? sigmaMax : Math.exp(a + (i / (n - 1)) * (b - a))));
}

function requireLevels(n: number, sigmaMin: number, sigmaMax: number): void {
  if (!(Number.isInteger(n) && n >= 1)) throw new MathError("domain", said`the number of levels must be a positive integer, not ${n}`);
  if (!(sigmaMin > 0 && sigmaMax >= sigmaMin))
    throw new MathError("domain", said`noise levels need 0 < sigmaMin <= sigmaMax; they are ${sigmaMin} and ${sigmaMax}`);
}
