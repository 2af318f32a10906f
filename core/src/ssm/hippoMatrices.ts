// The matrices of online function approximation (HiPPO), for every measure and normalisation in use.
import { MathError, type Matrix, matrix, negate, said } from "../linalg/index.js";
import { gammaFunction } from "./gamma.js";
import { legendreNorm as r, requireCount, requirePositive } from "./orthogonalPolynomials.js";

export type HippoKind =
  | "legs"
  | "legs-pm1"
  | "legs-plain"
  | "legt"
  | "legt-plain"
  | "lmu"
  | "lagt"
  | "lagt-s4"
  | "glagt"
  | "fout"
  | "fout-complex"
  | "fous-complex";

export interface HippoOptions {
  readonly kind: HippoKind;
  /** States; the complex Fourier kinds have the frequencies -N..N, 2N + 1 states. */
  readonly N: number;
  /** Length of the window (legt, lmu, fout). s4's code uses 2 throughout. */
  readonly w?: number;
  /** Exponent of the tilted Laguerre measure, -1 < alpha < 1. */
  readonly alpha?: number;
  /** Tilt of the Laguerre measure: 1 gives "lagt", 0 the matrix of "lagt-s4". */
  readonly beta?: number;
  /** What fout does at the far end of its window: "corrected" halves the jump's mean, "naive" ignores it and does not converge. */
  readonly edge?: "corrected" | "naive";
  /** "ode": c' = Ac + Bu; "hippo-paper": c' = -Ac + Bu, A negated. */
  readonly convention?: "ode" | "hippo-paper";
}

export interface HippoMatrices {
  /** Square, complex for the complex kinds. */
  readonly A: Matrix;
  /** One column. */
  readonly B: Matrix;
}

type Settings = Required<Omit<HippoOptions, "kind" | "convention">>;
interface Entries {
  /** Smallest N; fout needs pairs. */
  readonly even?: true;
  /** Indices run from -N to N. */
  readonly centred?: true;
  readonly a: (n: number, k: number, o: Settings) => number;
  readonly aImag?: (n: number, o: Settings) => number;
  readonly b: (n: number, o: Settings) => number;
}

const sign = (n: number): number => (n % 2 === 0 ? 1 : -1);
const legsEntry = (n: number, k: number): number => (n > k ? -r(n) * r(k) : n === k ? -(n + 1) : 0);

/** Γ(n + α + 1)/n!, without overflow. */
function laguerreWeight(n: number, alpha: number): number {
  let x = gammaFunction(1 + alpha);
  for (let j = 1; j <= n; j++) x *= (j + alpha) / j;
  return x;
}

/** (1, 0, √2, 0, √2, ...): the Fourier basis at lag 0. */
const fourierAtZero = (n: number): number => (n === 0 ? 1 : n % 2 === 0 ? Math.SQRT2 : 0);

function fourierEntry(n: number, k: number, { w, edge }: Settings): number {
  const jump = ((edge === "corrected" ? 2 : 1) / w) * fourierAtZero(n) * fourierAtZero(k);
  const turn = (2 * Math.PI * Math.floor(n / 2)) / w;
  return (n % 2 === 0 && k === n + 1 ? -turn : n % 2 === 1 && k === n - 1 ? turn : 0) - jump;
}

const kinds: Readonly<Record<HippoKind, Entries>> = {
  legs: { a: legsEntry, b: r },
  "legs-pm1": { a: legsEntry, b: (n) => Math.SQRT2 * r(n) },
  "legs-plain": { a: (n, k) => (n > k ? -(2 * n + 1) : n === k ? -(n + 1) : 0), b: (n) => 2 * n + 1 },
  legt: { a: (n, k, { w }) => (-r(n) * r(k) * (k <= n ? 1 : sign(n - k))) / w, b: (n, { w }) => r(n) / w },
  "legt-plain": { a: (n, k, { w }) => (-(2 * n + 1) * (k <= n ? 1 : sign(n - k))) / w, b: (n, { w }) => (2 * n + 1) / w },
  lmu: { a: (n, k, { w }) => ((2 * n + 1) / w) * (n < k ? -1 : sign(n - k + 1)), b: (n, { w }) => (sign(n) * (2 * n + 1)) / w },
  lagt: { a: (n, k) => (k <= n ? -1 : 0), b: () => 1 },
  "lagt-s4": { a: (n, k) => (n === k ? -0.5 : k < n ? -1 : 0), b: () => 1 },
  glagt: {
    a: (n, k, { alpha, beta }) =>
      n === k ? -(1 + beta) / 2 : k < n ? -Math.sqrt(laguerreWeight(k, alpha)) / Math.sqrt(laguerreWeight(n, alpha)) : 0,
    b: (n, { alpha, beta }) => {
      const weight = laguerreWeight(n, alpha);
      const binomial = weight / gammaFunction(1 + alpha);
      return (binomial / Math.sqrt(weight)) * glagtScale(alpha, beta);
    },
  },
  fout: { even: true, a: fourierEntry, b: (n, { w, edge }) => ((edge === "corrected" ? 2 : 1) / w) * fourierAtZero(n) },
  "fout-complex": { centred: true, a: (_n, _k, { w }) => -1 / w, aImag: (n, { w }) => (2 * Math.PI * n) / w, b: (_n, { w }) => 1 / w },
  "fous-complex": { centred: true, a: (n, k) => (n === k ? -1 : -n / (n - k)), aImag: (n) => Math.PI * n, b: () => 1 },
};

/** Γ(1-α)^(-1/2)·β^((1-α)/2): the strength of the tilted Laguerre input. */
export const glagtScale = (alpha: number, beta: number): number => beta ** ((1 - alpha) / 2) / Math.sqrt(gammaFunction(1 - alpha));

export const hippoKinds = Object.keys(kinds) as readonly HippoKind[];

/** Defaults filled in, limits checked. */
export function hippoSettings(options: HippoOptions): Settings {
  const { N, w = 1, alpha = 0, beta = 1, edge = "corrected" } = options;
  const kind = kinds[options.kind];
  if (!kind) throw new MathError("unsupported", said`no HiPPO measure "${options.kind}"`, said`use one of ${hippoKinds.join(", ")}`);
  requireCount(N, "N", kind.centred ? 0 : 1);
  requirePositive(w, "the window w");
  if (kind.even && N % 2 === 1)
    throw new MathError("domain", said`${options.kind} needs an even N, not ${N}`, "its states are pairs of cosine and sine");
  if (!(alpha > -1 && alpha < 1)) throw new MathError("domain", said`alpha must lie between -1 and 1, not ${alpha}`);
  if (!(beta >= 0 && Number.isFinite(beta))) throw new MathError("domain", said`beta must be at least 0, not ${beta}`);
  if (edge !== "corrected" && edge !== "naive") throw new MathError("unsupported", said`no edge "${String(edge)}"`, "use corrected or naive");
  return { N, w, alpha, beta, edge };
}

/**
 * A and B of c' = A·c + B·u (time-invariant windows) or c' = (A·c + B·u)/t (scaled kinds legs, legs-pm1, legs-plain, fous-complex). With g_n(s) = √(2n+1)·P_n(2s-1), s = 1 "now":
 * legs c_n = ∫u(st)g_n(s)ds; legs-pm1 the same orthonormal on [-1,1]; legs-plain and legt-plain the coefficients of P_n; legt u(t-w+ws) ≈ Σc_n·g_n(s); lmu basis P_n(1-2s);
 * lagt, lagt-s4, glagt Laguerre functions of the lag; fout 1, √2·cos, √2·sin of 2πk·lag/w (index 1 is dead); fout-complex, fous-complex e^(2πins).
 * O(N²). Throws "domain" for N < 1, odd N of fout, w <= 0.
 * Source: HiPPO (arXiv 2008.07669) Thm 1, 2, app. D; HTTYH (2206.12037); kexue.fm 10114 and 10137, with the scaling λ_n = √(2/(2n+1)) that its B needs.
 */
export function hippoMatrices(options: HippoOptions): HippoMatrices {
  const o = hippoSettings(options);
  const { a, aImag, b, centred } = kinds[options.kind];
  const size = centred ? 2 * o.N + 1 : o.N;
  const first = centred ? -o.N : 0;
  const A = new Float64Array(size * size);
  const B = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) A[i * size + j] = a(i + first, j + first, o) + 0;
    B[i] = b(i + first, o);
  }
  let imag: Float64Array | undefined;
  if (aImag) {
    imag = new Float64Array(size * size);
    for (let i = 0; i < size; i++) imag[i * size + i] = aImag(i + first, o);
  }
  const full = matrix(size, size, A, imag);
  return {
    A: options.convention === "hippo-paper" ? negate(full) : full,
    B: matrix(size, 1, B, imag && new Float64Array(size)),
  };
}
