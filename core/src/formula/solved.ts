// An equation of one unknown and a linear system come to their solutions, where these are exact and short; others stay equations.

import { children, type Expr, FormulaFailure, type RelationExpr, type Value } from "../expr/index.js";
import { hasFloat } from "./closedForm.js";
import { solve } from "./commands/solve.js";
import type { Context } from "./context.js";
import { polynomialDegree } from "./symbolic/fraction.js";
import { fromExpr } from "./symbolic/fromExpr.js";
import { EngineNeeded, freeNames } from "./symbolic/index.js";
import { minus } from "./symbolic/term.js";

/** Nodes of an equation beyond which nobody waits for its roots. */
const largest = 200;
/** Nodes of a solution beyond which it tells a reader less than the equation. */
const longest = 24;
const maxDegree = 4;
const maxUnknowns = 6;

/** The solutions of what was evaluated; null when it is no such equation. */
export function solvedEquation(value: Value, context: Context): Value | null {
  const equations = equationsOf(value);
  if (!equations || equations.some((e) => count(e) > largest)) return null;
  const names = [...new Set(equations.flatMap((e) => freeNames(e)))];
  if (names.length === 0 || names.length > maxUnknowns) return null;
  const [only] = equations;
  try {
    if (equations.length === 1 && only && (isMatrix(only.first) || isMatrix(right(only)))) return vector(only, names, context);
    if (equations.length !== names.length) return null;
    const degree = equations.length === 1 ? maxDegree : 1;
    for (const e of equations)
      for (const n of names) {
        const d = polynomialDegree(minus(fromExpr(e.first), fromExpr(right(e))), n);
        if (d === null || d > degree || (equations.length === 1 && d === 0)) return null;
      }
    const found = solve.run(value, {}, { ...context, note: () => {} }, equations[0]?.range ?? [0, 0]);
    return isShort(found) ? found : null;
  } catch (e) {
    if (e instanceof EngineNeeded || e instanceof RangeError) return null;
    if (e instanceof FormulaFailure && e.error.kind !== "cancelled" && e.error.kind !== "timeout") return null;
    throw e;
  }
}

/** A x = b for one unknown vector x: the vector is its solution. */
function vector(e: RelationExpr, names: readonly string[], context: Context): Value | null {
  const found = solve.run({ kind: "symbolic", expr: e }, {}, { ...context, note: () => {} }, e.range);
  if (!isShort(found)) return null;
  const [only] = names;
  const isVector = found.kind === "array" || (found.kind === "symbolic" && found.expr.kind === "matrix");
  if (!isVector) return found.kind === "record" || found.kind === "solutions" ? found : null;
  return names.length === 1 && only !== undefined ? { kind: "solutions", variable: only, values: [found] } : null;
}

const right = (e: RelationExpr): Expr => (e.rest[0] as RelationExpr["rest"][number]).operand;
const isMatrix = (e: Expr): boolean => e.kind === "matrix" || e.kind === "literal";

/** The equations a value is made of; null when some part of it is none. */
function equationsOf(value: Value): RelationExpr[] | null {
  if (value.kind === "list") {
    const parts = value.items.map(equationsOf);
    return parts.length > 0 && !parts.includes(null) ? (parts as RelationExpr[][]).flat() : null;
  }
  if (value.kind !== "symbolic") return null;
  const items = value.expr.kind === "list" ? value.expr.items : [value.expr];
  return items.length > 0 && items.every((e): e is RelationExpr => e.kind === "relation" && e.rest.length === 1 && e.rest[0]?.op === "=")
    ? [...items]
    : null;
}

function count(e: Expr): number {
  let n = 0;
  const pending: Expr[] = [e];
  for (let x = pending.pop(); x && n <= largest; x = pending.pop()) {
    n++;
    pending.push(...children(x));
  }
  return n;
}

/** Exact, and no longer than a line. */
function isShort(v: Value): boolean {
  switch (v.kind) {
    case "rational":
      return true;
    case "complex":
    case "array":
      return v.exact !== undefined;
    case "solutions":
      return v.values.length > 0 && v.values.every(isShort);
    case "record":
      return Object.values(v.fields).every(isShort);
    case "symbolic":
      return v.expr.kind === "matrix"
        ? v.expr.rows.every((r) => r.every((e) => isShort({ kind: "symbolic", expr: e })))
        : count(v.expr) <= longest && !hasFloat(v.expr);
    default:
      return false;
  }
}
