// The number a closed form stands for: 2\sqrt{3} is 3.46..., while a form with free names is none.

import { children, complexValue, type Expr, type Value } from "../expr/index.js";
import { rationalToNumber } from "../linalg/index.js";
import type { Budget } from "./context.js";
import { budgetOf, type Clock } from "./evaluate/budget.js";
import { isRounded } from "./evaluate/closed.js";
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

/** Nodes of a closed form beyond which it tells a reader less than its decimals. */
const longest = 24;
/** The same for a form with free names, whose rounded form has as many. */
const longestOpen = 80;
/** Digits of a whole number in a closed form. */
const mostDigits = 7;
/** Milliseconds the exact reading of a formula may take. */
const patience = 100;
const maxTerms = 64;

/** The budget of the exact reading: within the formula's own, and short. */
export function closedBudget(own: Budget, clock: Clock | undefined): Budget {
  const short = budgetOf(patience, clock);
  return {
    maxCells: 4096,
    maxTerms,
    nesting: own.nesting,
    look() {
      own.look();
      short.look();
    },
    check() {
      own.check();
      short.check();
    },
  };
}

/** Whether an exact reading could tell more than this value. */
export function mayClose(v: Value): boolean {
  if (v.kind === "symbolic") return hasFloat(v.expr);
  if (v.kind === "array") return v.data.length <= 36 && isRounded(v);
  if (v.kind === "list") return v.items.length <= 36 && v.items.some(mayClose);
  if (v.kind === "solutions") return v.values.some(mayClose);
  return isRounded(v);
}

/** The exact reading of a rounded value, when it is short and comes to the same; undefined otherwise. */
export function closedValue(rounded: Value, exact: Value | undefined): Value | undefined {
  if (!exact || exact === rounded || mayClose(exact)) return undefined;
  const [a, b] = [samples(rounded), samples(exact)];
  if (rounded.kind === "symbolic" && (exact.kind === "symbolic" || !a))
    return exact.kind === "symbolic" && isShort(exact, longestOpen) ? exact : undefined;
  if (!a || !b || a.length !== b.length || !isShort(exact)) return undefined;
  const scale = Math.max(...a.map((z) => Math.hypot(z[0], z[1])));
  const close = (z: Point, w: Point): boolean => Math.hypot(z[0] - w[0], z[1] - w[1]) <= 1e-8 * scale;
  if (exact.kind !== "list" || exact.items.length !== a.length) return a.every((z, k) => close(z, b[k] as Point)) ? exact : undefined;
  // Eigenvalues come in the order of their rounded values.
  const left = exact.items.map((item, k) => ({ item, at: b[k] as Point }));
  const items: Value[] = [];
  for (const z of a) {
    const k = left.findIndex((x) => close(z, x.at));
    if (k < 0) return undefined;
    items.push(...left.splice(k, 1).map((x) => x.item));
  }
  return { ...exact, items };
}

type Point = readonly [re: number, im: number];

/** The numbers a value is made of; null when something in it is no number. */
function samples(v: Value): Point[] | null {
  switch (v.kind) {
    case "rational":
      return [[rationalToNumber(v), 0]];
    case "real":
      return [[v.value, 0]];
    case "complex":
      return [[v.re, v.im]];
    case "array":
      return Array.from(v.data, (x, k) => [x, v.imag?.[k] ?? 0] as const);
    case "list":
    case "solutions": {
      const parts = (v.kind === "list" ? v.items : v.values).map(samples);
      return parts.some((p) => p === null) ? null : (parts as Point[][]).flat();
    }
    case "symbolic": {
      if (v.expr.kind === "matrix") {
        const parts = v.expr.rows.flat().map((e) => samples({ kind: "symbolic", expr: e }));
        return parts.some((p) => p === null) ? null : (parts as Point[][]).flat();
      }
      const n = closedForm(v);
      return n && samples(n);
    }
    default:
      return null;
  }
}

function isShort(v: Value, most = longest): boolean {
  if (v.kind === "list" || v.kind === "solutions") return (v.kind === "list" ? v.items : v.values).every((x) => isShort(x, most));
  if (v.kind !== "symbolic") return true;
  if (v.expr.kind === "matrix") return v.expr.rows.every((row) => row.every((e) => isShort({ kind: "symbolic", expr: e }, most)));
  let count = 0;
  const pending: Expr[] = [v.expr];
  for (let e = pending.pop(); e; e = pending.pop()) {
    if (++count > most || (e.kind === "number" && Math.abs(e.value) >= 10 ** mostDigits)) return false;
    pending.push(...children(e));
  }
  return true;
}

/** Whether a rounded number stands in an expression. */
export function hasFloat(expr: Expr): boolean {
  const pending: Expr[] = [expr];
  for (let e = pending.pop(), k = 0; e && k < 10_000; e = pending.pop(), k++) {
    if (e.kind === "number" && !e.exact && !Number.isInteger(e.value)) return true;
    pending.push(...children(e));
  }
  return false;
}

/** Whether a value is, or holds, an expression. */
export const isSymbolicValue = (v: Value): boolean =>
  v.kind === "symbolic" || (v.kind === "list" && v.items.some(isSymbolicValue)) || (v.kind === "solutions" && v.values.some(isSymbolicValue));
