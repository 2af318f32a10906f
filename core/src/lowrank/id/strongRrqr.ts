// Columns with a guarantee: strong rank-revealing QR.

import { MathError, type Matrix, pivotedR, rankRevealingQr, said, singularValues, submatrix } from "../../linalg/index.js";
import { requireRank, requireReal } from "../check.js";
import { assemble, type Id, interpolation, type Measure, measured, usablePivots } from "./fromColumns.js";

export interface StrongId extends Id {
  /** Exchanges made after pivoted QR. */
  readonly swaps: number;
}

/**
 * The interpolative decomposition on the columns of Gu & Eisenstat's strong rank-revealing QR (1996): |z| <= f and err2 <= √(1 + f²k(n - k))·σ_{k+1}.
 * Pivoted QR first, then column exchanges that raise |det R₁₁| by more than f, O(k·log_f n) of them, each refactored. Kahan's matrix needs one.
 * Throws "index-out-of-range", "domain" for f <= 1, "nonfinite".
 */
export function strongRrqr(a: Matrix, k: number, { f = 2, measure }: { f?: number; measure?: Measure } = {}): StrongId {
  requireReal(a, "strong rank-revealing QR");
  requireRank(k, a, "strong rank-revealing QR");
  if (!(f > 1)) throw new MathError("domain", said`strong rank-revealing QR needs f > 1, not ${f}`);
  const usable = k === 0 ? 0 : Math.min(k, usablePivots(pivotedR(a, { steps: k }).R, a));
  const q = rankRevealingQr(a, { rank: usable, f });
  const columns = q.permutation.slice(0, usable);
  const T = interpolation(submatrix(q.R, 0, usable, 0, a.columns), usable);
  return { ...measured(a, columns, assemble(columns, q.permutation.subarray(usable), T), k, measure), swaps: q.swaps };
}

/** √(1 + f²k(n - k))·σ_{k+1}: what strong rank-revealing QR guarantees in the spectral norm; f = 1 is what the best columns reach. O(mn·min(m, n)). */
export const strongBound = (a: Matrix, k: number, f = 1): number =>
  Math.sqrt(1 + f * f * k * Math.max(0, a.columns - k)) * (singularValues(a)[k] ?? 0);
