// The classical orthogonal polynomials by their three-term recurrences.
import { MathError, type Matrix, matrix, said } from "../linalg/index.js";

export type PolynomialKind = "legendre" | "legendre-shifted-orthonormal" | "laguerre" | "chebyshev";

/** p_{k+1}(x) from p_k and p_{k-1}; p_0 = 1. */
type Step = (k: number, x: number, p: number, before: number, alpha: number) => number;

const steps: Readonly<Record<PolynomialKind, Step>> = {
  legendre: (k, x, p, before) => ((2 * k + 1) * x * p - k * before) / (k + 1),
  "legendre-shifted-orthonormal": (k, x, p, before) => ((2 * k + 1) * (2 * x - 1) * p - k * before) / (k + 1),
  laguerre: (k, x, p, before, alpha) => ((2 * k + 1 + alpha - x) * p - (k + alpha) * before) / (k + 1),
  chebyshev: (k, x, p, before) => (k === 0 ? x : 2 * x * p - before),
};

export const polynomialKinds = Object.keys(steps) as readonly PolynomialKind[];

/** A whole number of at least `least`, or MathError "domain" naming it. */
export function requireCount(value: number, name: string, least = 1): void {
  if (!Number.isInteger(value) || value < least)
    throw new MathError("domain", said`${name} must be a whole number of at least ${least}, not ${value}`);
}

/** A finite number above zero, or MathError "domain" naming it. */
export function requirePositive(value: number, name: string): void {
  if (!(value > 0 && Number.isFinite(value))) throw new MathError("domain", said`${name} must be a positive number, not ${value}`);
}

/** √(2n + 1): what makes the shifted Legendre polynomial of degree n a unit vector of L²[0, 1]. */
export const legendreNorm = (n: number): number => Math.sqrt(2 * n + 1);

/**
 * The first n polynomials at the given points: an n × x.length matrix. "legendre" P_k, "legendre-shifted-orthonormal" g_k(s) = √(2k+1)·P_k(2s - 1) (orthonormal on [0, 1]),
 * "laguerre" the generalised L_k^(α), "chebyshev" T_k. Points outside the interval of orthogonality are legal. n = 0 gives an empty matrix.
 * O(n·x.length) by recurrence, never through coefficients: stable on the interval (DLMF 18.9).
 */
export function orthogonalPolynomials(kind: PolynomialKind, n: number, x: ArrayLike<number>, alpha = 0): Matrix {
  const step = steps[kind];
  if (!step) throw new MathError("unsupported", said`no polynomials "${kind}"`, said`use one of ${polynomialKinds.join(", ")}`);
  requireCount(n, "the number of polynomials", 0);
  const data = new Float64Array(n * x.length);
  for (let j = 0; j < x.length; j++) {
    let p = 1;
    let before = 0;
    for (let k = 0; k < n; k++) {
      data[k * x.length + j] = kind === "legendre-shifted-orthonormal" ? legendreNorm(k) * p : p;
      [p, before] = [step(k, x[j], p, before, alpha), p];
    }
  }
  return matrix(n, x.length, data);
}
