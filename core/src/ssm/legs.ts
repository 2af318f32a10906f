// LegS, the scaled Legendre measure: its matrix in O(N), its recurrences, its exact propagator.
import { gaussLegendre, MathError, type Matrix, matrix, multiply, said } from "../linalg/index.js";
import { legendreNorm, orthogonalPolynomials, requireCount, requirePositive } from "./orthogonalPolynomials.js";

/** A·v in O(N): (Av)_n = n·v_n - r_n·Σ_{k<=n} r_k·v_k with r_n = √(2n+1) (kexue.fm 10137). */
export function legsApply(v: ArrayLike<number>): Float64Array {
  const out = new Float64Array(v.length);
  let sum = 0;
  for (let n = 0; n < out.length; n++) {
    const r = legendreNorm(n);
    sum += r * v[n];
    out[n] = n * v[n] - r * sum;
  }
  return out;
}

/**
 * (I - λA)⁻¹·v in O(N), by running sums S_n = ((1 - λn)·S_{n-1} + r_n·v_n)/(1 + λn + λ), z_n = (S_n - S_{n-1})/r_n (kexue.fm 10137).
 * Every denominator is positive for λ >= 0. Throws "singular" when λ = -1/(n+1) for some n < N.
 */
export function legsSolve(v: ArrayLike<number>, lambda: number): Float64Array {
  const out = new Float64Array(v.length);
  let before = 0;
  for (let n = 0; n < out.length; n++) {
    const r = legendreNorm(n);
    const pivot = 1 + lambda * n + lambda;
    if (pivot === 0) throw new MathError("singular", said`I - λA is singular for λ = ${lambda}: ${-(n + 1)} is an eigenvalue of A`);
    const sum = ((1 - lambda * n) * before + r * v[n]) / pivot;
    out[n] = (sum - before) / r;
    before = sum;
  }
  return out;
}

interface Quadrature {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
  /** g_n at the nodes, N × N. */
  readonly G: Matrix;
}

function quadrature(N: number): Quadrature {
  const rule = gaussLegendre(N);
  const nodes = Float64Array.from(rule, (p) => p.node);
  return { nodes, weights: Float64Array.from(rule, (p) => p.weight), G: orthogonalPolynomials("legendre-shifted-orthonormal", N, nodes) };
}

const shrunk = ({ nodes }: Quadrature, q: number): Matrix =>
  orthogonalPolynomials(
    "legendre-shifted-orthonormal",
    nodes.length,
    nodes.map((x) => q * x),
  );

/**
 * e^(A·ln ratio) of LegS: what happens to the coefficients when time grows by the factor `ratio` without input. E_nk = q∫₀¹g_n(qv)·g_k(v)dv with q = 1/ratio, exact by N-point
 * Gauss-Legendre quadrature; needs neither eigenvectors nor Padé approximants. Lower triangular. O(N³).
 */
export function legsPropagator(N: number, ratio: number): Matrix {
  requireCount(N, "N");
  requirePositive(ratio, "the ratio of times");
  const rule = quadrature(N);
  const q = 1 / ratio;
  const Q = shrunk(rule, q);
  const weighted = Q.data.map((x, p) => q * x * rule.weights[p % N]);
  const E = multiply(matrix(N, N, weighted), rule.G, { b: "transpose" });
  // Above the diagonal the integrals are zero: what stands there is rounding.
  for (let n = 0; n < N; n++) E.data.fill(0, n * N + n + 1, (n + 1) * N);
  return E;
}

/** E·v for q = 1/ratio in O(N²), without forming E. */
function propagate(rule: Quadrature, q: number, v: Float64Array): Float64Array {
  const N = v.length;
  const { G, weights } = rule;
  const at = new Float64Array(N);
  for (let k = 0; k < N; k++) for (let i = 0; i < N; i++) at[i] += G.data[k * N + i] * v[k];
  const Q = shrunk(rule, q);
  return Float64Array.from({ length: N }, (_, n) => {
    let sum = 0;
    for (let i = 0; i < N; i++) sum += Q.data[n * N + i] * weights[i] * at[i];
    return q * sum;
  });
}

export type LegsMethod = "exact" | "forward/paper" | "backward/paper" | "bilinear/paper" | "forward/code" | "backward/code" | "bilinear/code";

export const legsMethods: readonly LegsMethod[] = [
  "exact",
  "bilinear/paper",
  "backward/paper",
  "forward/paper",
  "bilinear/code",
  "backward/code",
  "forward/code",
];

export interface LegsRun {
  readonly state: Float64Array;
  /** The states after 1, 2, ... samples when asked for. */
  readonly history?: readonly Float64Array[];
  /** What to tell the user: forward Euler amplifies the modes n > 2k at step k. */
  readonly warning?: string;
}

const added = (v: Float64Array, w: Float64Array, s: number): Float64Array => v.map((x, i) => x + s * w[i]);

/**
 * The LegS coefficients of a signal of L samples, sample k held on [k, k+1).
 * "exact": c_1 = u_0·e_0, c_{k+1} = E·c_k - (E - I)·e_0·u_k with E = e^(A·ln((k+1)/k)): equals the orthogonal projection to rounding; O(N²) a step.
 * ".../paper" (HiPPO app. B, kexue.fm 10137): c_{k+1} = (I - αA/(k+1))⁻¹((I + (1-α)A/k)c_k + B·u_k/k) from c_1 = u_0·e_0. ".../code" (hippo-code): the same k on both sides, from
 * c_0 = 0. O(N) a step. Forward Euler explodes before it settles once N > 2: a warning says so. No sample leaves the zero state.
 */
export function legsRecurrence(u: ArrayLike<number>, N: number, method: LegsMethod = "exact", options: { history?: boolean } = {}): LegsRun {
  requireCount(N, "N");
  if (!legsMethods.includes(method))
    throw new MathError("unsupported", said`no LegS recurrence "${method}"`, said`use one of ${legsMethods.join(", ")}`);
  const step = method === "exact" ? exactStep(N) : blendedStep(N, method);
  const history: Float64Array[] = [];
  let state = new Float64Array(N);
  for (let k = 0; k < u.length; k++) {
    state = step(state, u[k], k);
    if (options.history) history.push(state);
  }
  const warning =
    method.startsWith("forward") && N > 2
      ? `forward Euler amplifies the modes n > 2k at step k: a transient of up to ${N} modes, then slow decay`
      : undefined;
  return { state, ...(options.history && { history }), ...(warning && { warning }) };
}

type Step = (state: Float64Array, sample: number, k: number) => Float64Array<ArrayBuffer>;

function exactStep(N: number): Step {
  const rule = quadrature(N);
  return (c, sample, k) => {
    const next = c.slice();
    next[0] -= sample;
    const moved = k === 0 ? new Float64Array(N) : Float64Array.from(propagate(rule, k / (k + 1), next));
    moved[0] += sample;
    return moved;
  };
}

function blendedStep(N: number, method: LegsMethod): Step {
  const [name, source] = method.split("/");
  const alpha = { forward: 0, bilinear: 0.5, backward: 1 }[name] as number;
  const B = Float64Array.from({ length: N }, (_, n) => legendreNorm(n));
  return (c, sample, index) => {
    if (source === "paper" && index === 0) {
      const first = new Float64Array(N);
      first[0] = sample;
      return first;
    }
    const k = source === "paper" ? index : index + 1;
    const right = added(added(c, legsApply(c), (1 - alpha) / k), B, sample / k);
    return Float64Array.from(legsSolve(right, alpha / (source === "paper" ? k + 1 : k)));
  };
}

/** e^(tA)·B = e^(-t)·g(e^(-t)), N × t.length: what the LegS matrix remembers when it is used time-invariantly, as S4 does. Decays exponentially. */
export function legsLtiBasis(N: number, t: ArrayLike<number>): Matrix {
  const decay = Float64Array.from(t, (x) => Math.exp(-x));
  const G = orthogonalPolynomials("legendre-shifted-orthonormal", N, decay);
  return { ...G, data: G.data.map((x, p) => x * decay[p % decay.length]) };
}
