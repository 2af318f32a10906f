// C_n^k of whole numbers, where C is no name of the text: a binomial coefficient, as European and Chinese books write it.

import type { BinaryExpr, Value } from "../../expr/index.js";
import type { Context } from "../context.js";
import { scalarOf } from "./array.js";
import { evaluate } from "./dispatch.js";
import { semanticsOf } from "./language.js";
import { toInteger } from "./scalar.js";

/** The number of ways to choose k of n; null for every other power. */
export function combination(e: BinaryExpr, context: Context): Value | null {
  const { left, right } = e;
  if (e.op !== "power" || left.kind !== "name" || left.base !== "C" || left.subscript?.length !== 1) return null;
  if (!semanticsOf(context.language).symbols || [left.name, "C"].some((name) => context.scope.lookup(name, left.range) !== undefined)) return null;
  const [n, k] = [left.subscript[0] as typeof right, right].map((x) => {
    const v = scalarOf(evaluate(x, context));
    return v && toInteger(v);
  }) as [number | null, number | null];
  if (n === null || k === null || k < 0 || n < k) return null;
  context.note("C_n^k is read as a binomial coefficient");
  return evaluate({ kind: "call", name: "binom", nameRange: left.range, args: [left.subscript[0] as typeof right, right], range: e.range }, context);
}
