// The exact reading of a formula: where numbers would lose their exactness, the expression is kept instead.

import { FormulaFailure, type Value } from "../../expr/index.js";
import type { Context } from "../context.js";
import { EngineNeeded } from "../symbolic/index.js";

/** Largest array whose entries are read exactly. */
const maxEntries = 36;

/** Whether a value holds numbers that are known to rounding only. */
export function isRounded(v: Value): boolean {
  switch (v.kind) {
    case "real":
      return Number.isFinite(v.value);
    case "complex":
      return !v.exact;
    case "array":
      return !v.exact && v.element !== "boolean" && v.data.every(Number.isFinite);
    case "list":
      return v.items.some(isRounded);
    case "solutions":
      return v.values.some(isRounded);
    default:
      return false;
  }
}

const isSmallExact = (v: Value): boolean =>
  v.kind === "rational" ||
  (v.kind === "complex" && v.exact !== undefined) ||
  (v.kind === "array" && v.exact !== undefined && v.data.length <= maxEntries);

/** A rounded result of exact operands is given as what `symbolic` makes of them, in the exact reading; every other result stays. */
export function kept(value: Value, operands: readonly Value[], context: Context, symbolic: () => Value): Value {
  return context.closed && isRounded(value) && operands.every(isSmallExact) ? symbolic() : value;
}

/** Runs the exact reading; undefined when it meets something it cannot keep, or takes too long. */
export function attemptClosed(work: () => Value): Value | undefined {
  try {
    return work();
  } catch (e) {
    if (e instanceof EngineNeeded || e instanceof RangeError) return undefined;
    if (e instanceof FormulaFailure && e.error.kind !== "cancelled") return undefined;
    throw e;
  }
}
