// Rational transfer functions: a state space by the coefficients of its transfer function b(z)/a(z).
import {
  companion,
  eigenvalues,
  identity,
  MathError,
  type Matrix,
  matrix,
  matrixPower,
  modulus,
  multiply,
  said,
  solve,
  subtract,
  transpose,
} from "../linalg/index.js";
import { irfft, polynomialRoots, rfft } from "../signal/index.js";
import { requireCount } from "./orthogonalPolynomials.js";
import { type RealSystem, requireSystem } from "./ssmKernel.js";

/** |a(z)| below this part of Σ|a_j| counts as a root on the unit circle. */
const NEAR_ROOT = 1e-13;

function quotient(numerator: Float64Array, a: ArrayLike<number>, L: number): Float64Array {
  const denominator = new Float64Array(L);
  denominator[0] = 1;
  let size = 1;
  for (let j = 0; j < a.length; j++) {
    denominator[j + 1] = a[j];
    size += Math.abs(a[j]);
  }
  const p = rfft(numerator);
  const q = rfft(denominator);
  for (let k = 0; k < p.re.length; k++) {
    const d = q.re[k] ** 2 + q.im[k] ** 2;
    if (Math.sqrt(d) <= NEAR_ROOT * size)
      throw new MathError(
        "divide-by-zero",
        said`a(z) has a root at the ${L}-th root of unity number ${k}`,
        "another length, or coefficients inside the stable region",
      );
    const re = (p.re[k] * q.re[k] + p.im[k] * q.im[k]) / d;
    p.im[k] = (p.im[k] * q.re[k] - p.re[k] * q.im[k]) / d;
    p.re[k] = re;
  }
  return irfft(p, L);
}

function requireOrder(a: ArrayLike<number>, b: ArrayLike<number>, L: number): void {
  requireCount(L, "L");
  if (a.length !== b.length) throw new MathError("length-mismatch", said`a and b must be of one length, not ${a.length} and ${b.length}`);
  if (L < a.length + 1) throw new MathError("domain", said`a kernel of order ${a.length} needs a length of at least ${a.length + 1}, not ${L}`);
}

/**
 * The kernel of length L: the inverse DFT of DFT(b_1, ..., b_d, 0, ...)/DFT(1, a_1, ..., a_d, 0, ...). O(L log L) whatever the order d; memory O(L).
 * K_k = C·Ā^k·B of the companion form with C from {@link rtfCorrectC}; b belongs to this L: another length is another system.
 * A root of a(z) outside the unit circle's stable side still gives a finite kernel of a recurrence that explodes. Throws "divide-by-zero" for a root on an L-th root of unity,
 * "domain" for L <= d. Source: RTF (arXiv 2405.06147) §3.2; kexue.fm 10180.
 */
export function rtfKernel(a: ArrayLike<number>, b: ArrayLike<number>, L: number): Float64Array {
  requireOrder(a, b, L);
  const numerator = new Float64Array(L);
  numerator.set(Array.from(b));
  return quotient(numerator, a, L);
}

/** The convention of paper and code, y_k = C·x_k + h0·u_k before the update: K̂ = h0 + z·b(z)/a(z). K_0 carries the wrap-around term C·Ā^(L-1)·B. */
export function rtfKernelDelayed(a: ArrayLike<number>, b: ArrayLike<number>, h0: number, L: number): Float64Array {
  requireOrder(a, b, L);
  const numerator = new Float64Array(L);
  numerator.set(Array.from(b), 1);
  const K = quotient(numerator, a, L);
  K[0] += h0;
  return K;
}

/** The companion form: first row -a, ones below the diagonal, B = e_0. */
export const rtfCompanion = (a: ArrayLike<number>): Matrix => companion([1, ...Array.from(a)]);

/** The output weights whose kernel of length L is that of b: (I - Ā^L)ᵀ·c = b. (The reference code solves without the transpose.) O(d³·log L). Throws "singular", "nonfinite". */
export function rtfCorrectC(a: ArrayLike<number>, b: ArrayLike<number>, L: number): Float64Array {
  requireOrder(a, b, L);
  if (a.length === 0) return new Float64Array(0);
  const power = matrixPower(rtfCompanion(a), L);
  return solve(transpose(subtract(identity(a.length), power)), matrix(b.length, 1, Float64Array.from(b))).data;
}

/** The recurrence in O(d) a step: h = u - ⟨a, x⟩, x = [h, x_0, ..., x_{d-2}], y = ⟨c, x⟩. */
export function rtfRecurrence(a: ArrayLike<number>, c: ArrayLike<number>, u: ArrayLike<number>): Float64Array {
  const d = a.length;
  if (c.length !== d) throw new MathError("length-mismatch", said`a and c must be of one length, not ${d} and ${c.length}`);
  const y = new Float64Array(u.length);
  // A ring: the newest entry stands at `head`.
  const x = new Float64Array(d);
  let head = 0;
  for (let k = 0; k < u.length; k++) {
    let h = u[k];
    for (let j = 0; j < d; j++) h -= a[j] * x[(head + j) % d];
    if (d > 0) {
      head = (head + d - 1) % d;
      x[head] = h;
    }
    let sum = 0;
    for (let j = 0; j < d; j++) sum += c[j] * x[(head + j) % d];
    y[k] = sum;
  }
  return y;
}

/** Σ|a_j|: below 1 the recurrence is stable (Montel); the converse does not hold. */
export const l1Norm = (a: ArrayLike<number>): number => Array.from(a).reduce((s, x) => s + Math.abs(x), 0);

export interface Stability {
  readonly stable: boolean;
  /** Reflection coefficients, up to and with the first of modulus >= 1. */
  readonly reflection: Float64Array;
  /** Largest modulus of a root of z^d + a_1·z^(d-1) + ... + a_d. */
  readonly maxRoot: number;
  /** Whether the sufficient condition Σ|a| < 1 holds. */
  readonly montel: boolean;
}

/**
 * Whether all poles lie inside the unit circle, exactly: k = p_d/p_0, p ← (p - k·p reversed)/(1 - k²), stable if and only if every |k| < 1. O(d²).
 * Source: Schur 1917, Cohn 1922.
 */
export function schurCohn(a: ArrayLike<number>): Stability {
  const poles = polynomialRoots([1, ...Array.from(a)]);
  const maxRoot = poles.re.reduce((m, x, i) => Math.max(m, modulus(x, poles.im[i])), 0);
  let p = [1, ...Array.from(a)];
  const reflection: number[] = [];
  let stable = true;
  while (p.length > 1 && stable) {
    const k = p[p.length - 1] / p[0];
    reflection.push(k);
    stable = Math.abs(k) < 1;
    p = p.slice(0, -1).map((x, i) => (x - k * p[p.length - 1 - i]) / (1 - k * k));
  }
  return { stable, reflection: Float64Array.from(reflection), maxRoot, montel: l1Norm(a) < 1 };
}

/** Up to this order the characteristic polynomial comes from traces of powers; above, those lose too many digits and it is multiplied out from the eigenvalues. */
const FADDEEV = 16;

/** a_1, ..., a_N of det(λI - A) = λ^N + a_1·λ^(N-1) + ... */
function characteristic(A: Matrix): Float64Array {
  const n = A.rows;
  if (n > FADDEEV) return fromEigenvalues(A);
  const a = new Float64Array(n);
  // M ← A·M + a_k·I, a_{k+1} = -trace(A·M)/(k+1).
  let M = identity(n);
  for (let k = 1; k <= n; k++) {
    const AM = multiply(A, M);
    let trace = 0;
    for (let i = 0; i < n; i++) trace += AM.data[i * (n + 1)];
    a[k - 1] = -trace / k;
    M = { rows: n, columns: n, data: AM.data.map((x, p) => x + (p % (n + 1) === 0 ? a[k - 1] : 0)) };
  }
  return a;
}

function fromEigenvalues(A: Matrix): Float64Array {
  const { re, im } = eigenvalues(A);
  const n = re.length;
  const p = new Float64Array(n + 1);
  const q = new Float64Array(n + 1);
  p[0] = 1;
  for (let k = 0; k < n; k++)
    for (let j = k + 1; j >= 1; j--) {
      const [pr, pi] = [p[j - 1], q[j - 1]];
      p[j] -= re[k] * pr - im[k] * pi;
      q[j] -= re[k] * pi + im[k] * pr;
    }
  return p.slice(1);
}

/**
 * The transfer function of a discrete system: a from det(λI - A), b_{k+1} = h_k + Σ_{j=1..k} a_j·h_{k-j} from the first impulse responses h_k = C·A^k·B (better conditioned than
 * det(λI - A + BC) - det(λI - A)). O(N⁴) up to N = 16, O(N³) above.
 */
export function ssmToRtf(system: RealSystem): { readonly a: Float64Array; readonly b: Float64Array } {
  const n = requireSystem(system);
  const a = characteristic(system.A);
  const h = new Float64Array(n);
  let x: Matrix = matrix(n, 1, Float64Array.from(system.B));
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < n; i++) h[k] += system.C[i] * x.data[i];
    x = multiply(system.A, x);
  }
  const b = h.map((value, k) => {
    let sum = value;
    for (let j = 1; j <= k; j++) sum += a[j - 1] * h[k - j];
    return sum;
  });
  return { a, b };
}

export type RtfInit = "zero" | "xavier" | "montel";

/** Initial coefficients of order d: "zero" (a = b = 0, a shift register), "xavier" U(±1/√d), "montel" U(±1/d), which keeps Σ|a| <= 1. Numbers in [0, 1) come from `random`. RTF §3.4. */
export function rtfInit(d: number, kind: RtfInit, random: () => number): { readonly a: Float64Array; readonly b: Float64Array } {
  requireCount(d, "the order d");
  const bound = { zero: 0, xavier: 1 / Math.sqrt(d), montel: 1 / d }[kind];
  if (bound === undefined) throw new MathError("unsupported", said`no initialisation "${String(kind)}"`, "use zero, xavier or montel");
  const draw = () => Float64Array.from({ length: d }, () => (kind === "zero" ? 0 : bound * (2 * random() - 1)));
  return { a: draw(), b: draw() };
}
