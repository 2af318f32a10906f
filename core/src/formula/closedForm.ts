// The number a closed form stands for: 2\sqrt{3} is 3.46..., while a form with free names is none.

import { complexValue, type Value } from "../expr/index.js";
import { canEvaluate, freeNames, fromExpr, valueOf } from "./symbolic/index.js";

/** The value of a symbolic closed form in floating point; null when names are free or a part has no numerical rule. */
export function closedForm(v: Value): Value | null {
  if (v.kind !== "symbolic" || v.expr.kind === "matrix" || v.expr.kind === "relation" || v.expr.kind === "list") return null;
  try {
    // The names are asked of what is written: matrix symbols must not cancel as numbers would.
    if (freeNames(v.expr).length > 0) return null;
    const term = fromExpr(v.expr);
    if (!canEvaluate(term)) return null;
    const z = valueOf(term);
    if (!Number.isFinite(z.re) || !Number.isFinite(z.im)) return null;
    return complexValue(z.re, Math.abs(z.im) <= 1e-15 * Math.abs(z.re) ? 0 : z.im);
  } catch {
    // What the symbolic side cannot read stays as it is written.
    return null;
  }
}
