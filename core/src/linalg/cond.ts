// Condition numbers, exact and estimated.
import { MathError } from "./error.js";
import { inverse } from "./inverse.js";
import type { Matrix } from "./matrix.js";
import { type NormKind, norm } from "./norm.js";
import { requireSquare } from "./shape.js";
import { singularValues } from "./svd.js";

/**
 * ‖A‖·‖A⁻¹‖. For 2 (the default) s_1/s_min of any shape; for other norms of a square matrix, by the inverse. Infinity when singular; 0 for an empty matrix.
 * Throws "nonfinite", "not-square".
 */
export function cond(a: Matrix, kind: NormKind = 2): number {
  if (kind === 2) {
    const s = singularValues(a);
    return s.length === 0 ? 0 : s[s.length - 1] === 0 ? Infinity : s[0] / s[s.length - 1];
  }
  requireSquare(a, "the condition number in this norm");
  try {
    return norm(a, kind) * norm(inverse(a), kind);
  } catch (e) {
    if (e instanceof MathError && e.kind === "singular") return Infinity;
    throw e;
  }
}
