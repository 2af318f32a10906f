// Eigenvalues of the HiPPO matrices, and why LegS is not diagonalised directly.
import { cond, eigenvalues, type Matrix, matrix, type Spectrum } from "../linalg/index.js";
import { type HippoKind, type HippoOptions, hippoMatrices } from "./hippoMatrices.js";
import { legendreNorm, requireCount } from "./orthogonalPolynomials.js";

const triangular: ReadonlySet<HippoKind> = new Set(["legs", "legs-pm1", "legs-plain", "lagt", "lagt-s4", "glagt"]);

/** The eigenvalues of A; those of the triangular kinds are read from the diagonal, which keeps the defective ones exact. O(N³) for the others. */
export function hippoSpectrum(options: HippoOptions): Spectrum {
  const { A } = hippoMatrices(options);
  if (!triangular.has(options.kind)) return eigenvalues(A);
  return { re: Float64Array.from({ length: A.rows }, (_, i) => A.data[i * (A.columns + 1)]), im: new Float64Array(A.rows) };
}

export interface SpectrumSummary {
  readonly sumRe: number;
  readonly maxRe: number;
  readonly minRe: number;
  readonly maxAbsIm: number;
  readonly trace: number;
}

/** What of a spectrum does not depend on the order of its eigenvalues. */
export function hippoSpectrumSummary(options: HippoOptions): SpectrumSummary {
  const { re, im } = hippoSpectrum(options);
  const { A } = hippoMatrices(options);
  let trace = 0;
  for (let i = 0; i < A.rows; i++) trace += A.data[i * (A.columns + 1)];
  return {
    sumRe: re.reduce((s, x) => s + x, 0),
    maxRe: re.reduce((s, x) => Math.max(s, x), Number.NEGATIVE_INFINITY),
    minRe: re.reduce((s, x) => Math.min(s, x), Number.POSITIVE_INFINITY),
    maxAbsIm: im.reduce((s, x) => Math.max(s, Math.abs(x)), 0),
    trace,
  };
}

/**
 * The exact eigenvectors of LegS as columns, V_ij = √(2i+1)·(-1)^(i-j)·C(i+j, i-j) for i >= j, belonging to -1, ..., -N (S4, arXiv 2111.00396, Lemma 3.2 up to scaling).
 * Entries grow like 2^(4N/3): exact whole-number parts up to N of about 40.
 */
export function legsEigenvectors(N: number): { readonly V: Matrix; readonly eigenvalues: Float64Array } {
  requireCount(N, "N");
  const data = new Float64Array(N * N);
  for (let j = 0; j < N; j++) {
    // C(i+j, i-j) down the column, each from the one above.
    let binomial = 1;
    for (let i = j; i < N; i++) {
      data[i * N + j] = legendreNorm(i) * ((i - j) % 2 === 0 ? 1 : -1) * binomial;
      binomial = (binomial * (i + j + 1)) / (i - j + 1);
    }
  }
  return { V: matrix(N, N, data), eigenvalues: Float64Array.from({ length: N }, (_, i) => -(i + 1)) };
}

/** log₁₀ of the 2-norm condition number of the LegS eigenvectors scaled to unit length: 1.9, 4.9, 10.9 for N = 4, 8, 16. Beyond 1e16 it only says "hopeless". */
export function legsEigenCondition(N: number): number {
  const { V } = legsEigenvectors(N);
  const data = V.data.slice();
  for (let j = 0; j < N; j++) {
    let sum = 0;
    for (let i = 0; i < N; i++) sum += data[i * N + j] ** 2;
    const norm = Math.sqrt(sum);
    for (let i = 0; i < N; i++) data[i * N + j] /= norm;
  }
  return Math.log10(cond({ ...V, data }));
}
