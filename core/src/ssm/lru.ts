// The linear recurrent unit: a diagonal recurrence with poles drawn on a ring.
import { MathError, said } from "../linalg/index.js";
import type { Signal } from "../signal/index.js";

export interface LruParameters {
  readonly nuLog: Float64Array;
  readonly thetaLog: Float64Array;
  readonly lambda: Signal;
  /** √(1 - |λ|²), which keeps the state's variance at that of its input. */
  readonly gamma: Float64Array;
}

/**
 * λ = exp(-e^ν + i·e^θ) with ν = ln(-½·ln(u1(r_max² - r_min²) + r_min²)), θ = ln(2π·u2): for uniform u1, u2 in [0, 1) the |λ|² are uniform between r_min² and r_max². |λ| < 1 whatever ν.
 * Throws "domain" unless 0 <= r_min <= r_max <= 1 and all draws lie in [0, 1]. Source: LRU (arXiv 2303.06349) §3; kexue.fm 9554.
 */
export function lruInit(u1: ArrayLike<number>, u2: ArrayLike<number>, rMin = 0, rMax = 1): LruParameters {
  if (u1.length !== u2.length) throw new MathError("length-mismatch", said`u1 and u2 must be of one length, not ${u1.length} and ${u2.length}`);
  if (!(rMin >= 0 && rMin <= rMax && rMax <= 1))
    throw new MathError("domain", said`radii must satisfy 0 <= rMin <= rMax <= 1, not ${rMin} and ${rMax}`);
  for (const u of [u1, u2])
    for (let n = 0; n < u.length; n++)
      if (!(u[n] >= 0 && u[n] <= 1)) throw new MathError("domain", said`draws must lie between 0 and 1, not ${u[n]}`);
  const nuLog = Float64Array.from(u1, (u) => Math.log(-0.5 * Math.log(u * (rMax ** 2 - rMin ** 2) + rMin ** 2)));
  const thetaLog = Float64Array.from(u2, (u) => Math.log(2 * Math.PI * u));
  const size = nuLog.map((nu) => Math.exp(-Math.exp(nu)));
  const angle = thetaLog.map((theta) => Math.exp(theta));
  return {
    nuLog,
    thetaLog,
    lambda: { re: size.map((s, n) => s * Math.cos(angle[n])), im: size.map((s, n) => s * Math.sin(angle[n])) },
    // 1 - |λ|² = -expm1(-2e^ν), exact near the circle.
    gamma: nuLog.map((nu) => Math.sqrt(-Math.expm1(-2 * Math.exp(nu)))),
  };
}

/** x_k = λ∘x_{k-1} + γ∘B·u_k, y_k = Re(C·x_k) + D·u_k for one input and output. O(L·N). */
export function lru(parameters: LruParameters, B: Signal, C: Signal, D: number, u: ArrayLike<number>): Float64Array {
  const { lambda, gamma } = parameters;
  const N = gamma.length;
  if (B.re.length !== N || C.re.length !== N)
    throw new MathError("length-mismatch", said`${N} states need as many entries in B and C, not ${B.re.length} and ${C.re.length}`);
  const xr = new Float64Array(N);
  const xi = new Float64Array(N);
  return Float64Array.from({ length: u.length }, (_, k) => {
    let y = D * u[k];
    for (let n = 0; n < N; n++) {
      const re = lambda.re[n] * xr[n] - lambda.im[n] * xi[n] + gamma[n] * B.re[n] * u[k];
      xi[n] = lambda.re[n] * xi[n] + lambda.im[n] * xr[n] + gamma[n] * B.im[n] * u[k];
      xr[n] = re;
      y += C.re[n] * re - C.im[n] * xi[n];
    }
    return y;
  });
}
