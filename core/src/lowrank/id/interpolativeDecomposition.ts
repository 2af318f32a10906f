// A matrix from a few of its own columns.

import { MathError, type Matrix, multiply, pivotedR, type Random, said, selectColumns, shapeText, submatrix } from "../../linalg/index.js";
import { requireRank, requireReal } from "../check.js";
import { drawWithoutReplacement } from "../cr/index.js";
import { gaussianMatrix, needRandom } from "../randomMatrix.js";
import { assemble, fromColumns, type Id, interpolation, type Measure, measured, usablePivots } from "./fromColumns.js";
import { greedyColumnSubset } from "./greedyColumnSubset.js";
import { idToPrecision } from "./idToPrecision.js";
import { strongRrqr } from "./strongRrqr.js";

export const idMethods = ["cpqr", "strong", "greedy", "columnSample", "sketch"] as const;
export type IdMethod = (typeof idMethods)[number];

export interface IdOptions {
  readonly method?: IdMethod;
  /** Bound on |z| of the strong method. */
  readonly f?: number;
  /** Guard of the greedy method. */
  readonly tau?: number;
  /** Test matrix of the sketch, d×m with d >= k. */
  readonly Omega?: Matrix;
  /** Candidate columns of the sampling method. */
  readonly sample?: ArrayLike<number>;
  readonly rng?: Random;
  readonly measure?: Measure;
}

/**
 * A ≈ A[:, S]·Z with k columns of A itself and Z[:, S] = I exactly. k is a number, or { eps } for {@link idToPrecision}.
 * - "cpqr": the columns of pivoted QR, Z = [I, R₁₁⁻¹R₁₂]; O(mnk). Its guarantee is weak (2^k), its practice good.
 * - "strong": with the guarantee |z| <= f, {@link strongRrqr}. "greedy": {@link greedyColumnSubset} and Z = C⁺A.
 * - "columnSample": pivoted QR among 2k columns drawn at random (or `sample`), Z = C⁺A. "sketch": the columns of pivoted QR of ΩA, d = k + 10 rows, Z = C⁺A of the whole A.
 * Fewer columns, with `rankDeficient`, when pivots fall to max(m, n)·ε·|r_11|. Ties to the lowest place. err >= the truncated SVD's.
 * Throws "index-out-of-range" for k outside 0..min(m, n), "nonfinite", "domain" without randomness.
 * Cheng, Gimbutas, Martinsson & Rokhlin 2005; Liberty et al. 2007; Su, kexue.fm 10501.
 */
export function interpolativeDecomposition(a: Matrix, k: number | { readonly eps: number }, options: IdOptions = {}): Id {
  const { method = "cpqr", measure } = options;
  if (typeof k !== "number") return idToPrecision(a, k.eps, { rng: method === "sketch" ? options.rng : undefined, measure });
  requireReal(a, "the interpolative decomposition");
  requireRank(k, a, "the interpolative decomposition");
  const select = selectors[method];
  if (!select) throw new MathError("domain", said`no method ${method}`, said`use one of ${idMethods.join(", ")}`);
  return select(a, k, options);
}

const selectors: Record<IdMethod, (a: Matrix, k: number, options: IdOptions) => Id> = {
  cpqr: (a, k, { measure }) => {
    const f = pivotedR(a, { steps: k });
    const usable = Math.min(k, usablePivots(f.R, a));
    const columns = f.permutation.slice(0, usable);
    const T = interpolation(submatrix(f.R, 0, usable, 0, a.columns), usable);
    return measured(a, columns, assemble(columns, f.permutation.subarray(usable), T), k, measure);
  },
  strong: (a, k, options) => strongRrqr(a, k, options),
  greedy: (a, k, { tau, measure }) => fromColumns(a, greedyColumnSubset(a, k, { tau }).columns, k, measure),
  columnSample: (a, k, { sample, rng, measure }) => {
    const many = Math.min(a.columns, 2 * k);
    const candidates = sample ? Int32Array.from(sample) : drawWithoutReplacement(a.columns, many, needRandom(rng, "column sampling"));
    if (candidates.length < k) throw new MathError("length-mismatch", said`${candidates.length} candidate columns cannot give ${k}`);
    return fromColumns(
      a,
      pivots(selectColumns(a, candidates), k).map((j) => candidates[j]),
      k,
      measure,
    );
  },
  sketch: (a, k, { Omega, rng, measure }) => {
    if (Omega && (Omega.columns !== a.rows || Omega.rows < k))
      throw new MathError("shape-mismatch", said`the test matrix must be ${k}×${a.rows} or taller, it is ${shapeText(Omega)}`);
    const omega = Omega ?? gaussianMatrix(Math.min(a.rows, k + 10), a.rows, needRandom(rng, "the sketch"));
    return fromColumns(a, pivots(multiply(omega, a), k), k, measure);
  },
};

/** The usable ones of the first k pivot columns. */
function pivots(a: Matrix, k: number): Int32Array {
  const f = pivotedR(a, { steps: k });
  return f.permutation.slice(0, Math.min(k, usablePivots(f.R, a)));
}
