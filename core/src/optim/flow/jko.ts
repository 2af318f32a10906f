// The JKO scheme: gradient flow in the Wasserstein metric, one proximal step after the other.

import { said } from "../../linalg/index.js";
import { requireSameLength, requireThat, type Vector } from "../guard.js";

/** Means and deviations of JKO steps for V = kx²/2, where a Gaussian stays one; with the exact flow at the same time. Jordan, Kinderlehrer, Otto 1998. O(steps). */
export function jkoGaussian(
  mean0: number,
  std0: number,
  k: number,
  D: number,
  tau: number,
  steps: number,
): { mean: number[]; std: number[]; exactMean: number; exactStd: number; equilibriumStd: number | null } {
  requireThat(tau > 0 && D >= 0, said`tau must be positive and D not negative; they are ${tau} and ${D}`);
  const [mean, std] = [[mean0], [std0]];
  const a = 1 + tau * k;
  for (let i = 0; i < steps; i++) {
    mean.push((mean[i] as number) / a);
    const s = std[i] as number;
    std.push((s + Math.sqrt(s * s + 4 * a * tau * D)) / (2 * a));
  }
  const t = tau * steps;
  const variance = k === 0 ? std0 ** 2 + 2 * D * t : D / k + (std0 ** 2 - D / k) * Math.exp(-2 * k * t);
  return { mean, std, exactMean: mean0 * Math.exp(-k * t), exactStd: Math.sqrt(variance), equilibriumStd: k > 0 ? Math.sqrt(D / k) : null };
}

const logSumExp = (n: number, term: (j: number) => number): number => {
  let top = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < n; j++) top = Math.max(top, term(j));
  if (top === Number.NEGATIVE_INFINITY) return top;
  let s = 0;
  for (let j = 0; j < n; j++) s += Math.exp(term(j) - top);
  return top + Math.log(s);
};

/** Σ q V + D Σ q ln q for masses q. */
export const massFreeEnergy = (q: ArrayLike<number>, V: ArrayLike<number>, D: number): number => {
  let s = 0;
  for (let i = 0; i < q.length; i++)
    s += (q[i] as number) * (V[i] as number) + ((q[i] as number) > 0 ? D * (q[i] as number) * Math.log(q[i] as number) : 0);
  return s;
};

/**
 * argmin_q W²_ε(p, q)/(2τ) + ⟨V, q⟩ + D⟨q, ln q − 1⟩ over masses on the points x, by `iters` scaling iterations in the log domain. Mass is 1 exactly.
 * Needs p > 0. O(n²) an iteration. Peyré 2015 (arXiv 1502.06216); Chizat et al. 2016 (arXiv 1607.05816).
 */
export function jkoSinkhorn(
  p: ArrayLike<number>,
  V: ArrayLike<number>,
  x: ArrayLike<number>,
  D: number,
  tau: number,
  eps: number,
  iters: number,
): { q: Vector; F0: number; F1: number } {
  requireSameLength(p, V, "masses and potential");
  requireSameLength(p, x, "masses and points");
  const none = Array.from(p).findIndex((mass) => !(mass > 0));
  requireThat(none < 0, said`every mass must be positive; p[${none}] is ${p[none]}`);
  const n = p.length;
  const cost = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) cost[i * n + j] = -(((x[i] as number) - (x[j] as number)) ** 2) / eps;
  let la = new Float64Array(n);
  let lb = new Float64Array(n);
  let ls = new Float64Array(n);
  for (let k = 0; k < iters; k++) {
    ls = Float64Array.from({ length: n }, (_, j) => logSumExp(n, (i) => (cost[i * n + j] as number) + (la[i] as number)));
    lb = ls.map((s, j) => (eps * s - 2 * tau * (V[j] as number)) / (eps + 2 * tau * D) - s);
    la = Float64Array.from({ length: n }, (_, i) => Math.log(p[i] as number) - logSumExp(n, (j) => (cost[i * n + j] as number) + (lb[j] as number)));
  }
  const q = Float64Array.from({ length: n }, (_, j) =>
    Math.exp((lb[j] as number) + logSumExp(n, (i) => (cost[i * n + j] as number) + (la[i] as number))),
  );
  return { q, F0: massFreeEnergy(p, V, D), F1: massFreeEnergy(q, V, D) };
}
