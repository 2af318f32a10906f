// The orthogonal projection of a sampled signal on the Legendre polynomials, the reference for every LegS recurrence.
import { MathError, said } from "../linalg/index.js";
import { hippoReconstruct } from "./hippoReconstruct.js";
import { legsRecurrence } from "./legs.js";
import { legendreNorm, requireCount } from "./orthogonalPolynomials.js";

/** ∫P_n over [-1, x] up to a constant, for n < N: F_0 = x, F_n = (P_{n+1} - P_{n-1})/(2n+1). */
function antiderivatives(N: number, x: number, out: Float64Array): void {
  let before = 1;
  let p = x;
  out[0] = x;
  for (let n = 1; n < N; n++) {
    const next = ((2 * n + 1) * x * p - n * before) / (n + 1);
    out[n] = (next - before) / (2 * n + 1);
    [before, p] = [p, next];
  }
}

/** c_n = ∫₀¹u(s)·g_n(s)ds of the signal that holds u_k on [k/L, (k+1)/L). Exact to rounding, O(L·N). Throws "domain" for an empty signal. */
export function legsProject(u: ArrayLike<number>, N: number): Float64Array {
  requireCount(N, "N");
  if (u.length === 0) throw new MathError("domain", "an empty signal has no projection");
  const c = new Float64Array(N);
  let left = new Float64Array(N);
  let right = new Float64Array(N);
  antiderivatives(N, -1, left);
  for (let k = 0; k < u.length; k++) {
    antiderivatives(N, (2 * (k + 1)) / u.length - 1, right);
    for (let n = 0; n < N; n++) c[n] += u[k] * (right[n] - left[n]);
    [left, right] = [right, left];
  }
  return c.map((x, n) => (legendreNorm(n) / 2) * x);
}

/** ∂c_L/∂u_k = ∫ over sample k of g_n: how much the state after L samples remembers of sample k; its norm falls as 1/L, not exponentially (HiPPO, Prop. 5). */
export function legsSensitivity(N: number, L: number, k: number): { readonly gradient: Float64Array; readonly norm: number } {
  requireCount(N, "N");
  requireCount(L, "L");
  if (!Number.isInteger(k) || k < 0 || k >= L) throw new MathError("index-out-of-range", said`there is no sample ${k} of ${L}`);
  const left = new Float64Array(N);
  const right = new Float64Array(N);
  antiderivatives(N, (2 * k) / L - 1, left);
  antiderivatives(N, (2 * (k + 1)) / L - 1, right);
  const gradient = right.map((x, n) => (legendreNorm(n) / 2) * (x - left[n]));
  return { gradient, norm: Math.sqrt(gradient.reduce((s, x) => s + x * x, 0)) };
}

/** The coefficients of u = s^p: m_n = √(2n+1)·(p!)²/((p-n)!(p+n+1)!), 0 for n > p. They solve (p·I - A)m = B. */
export function legsMonomial(p: number, N: number): Float64Array {
  requireCount(p, "the power p", 0);
  requireCount(N, "N");
  const out = new Float64Array(N);
  let m = 1 / (p + 1);
  for (let n = 0; n < N && n <= p; n++) {
    out[n] = legendreNorm(n) * m;
    m *= (p - n) / (p + n + 2);
  }
  return out;
}

/** The exact state of a signal and of the same signal with every sample repeated: equal, because LegS knows no time scale (HiPPO, Prop. 3). */
export function legsTimescale(u: ArrayLike<number>, N: number, repeat: number): { readonly original: Float64Array; readonly repeated: Float64Array } {
  requireCount(repeat, "repeat");
  const slow = Float64Array.from({ length: u.length * repeat }, (_, i) => u[Math.floor(i / repeat)]);
  return { original: legsRecurrence(u, N).state, repeated: legsRecurrence(slow, N).state };
}

/** The projection drawn back at the middle of every sample, and its root mean square distance from the signal. */
export function legsFit(u: ArrayLike<number>, N: number): { readonly c: Float64Array; readonly reconstruction: Float64Array; readonly rmse: number } {
  const c = legsProject(u, N);
  const reconstruction = hippoReconstruct({ kind: "legs", N }, c, midpoints(u.length));
  return { c, reconstruction, rmse: rootMeanSquare(reconstruction, u) };
}

/** (k + ½)/L for k < L. */
export const midpoints = (L: number): Float64Array => Float64Array.from({ length: L }, (_, k) => (k + 0.5) / L);

export function rootMeanSquare(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - b[i]) ** 2;
  return Math.sqrt(sum / a.length);
}
