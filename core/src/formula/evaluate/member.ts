// One value of a family (see family.ts): x_3 after x_k = k^2.

import type { Expr, NameExpr, Value } from "../../expr/index.js";
import type { Context } from "../context.js";
import { evaluate } from "./dispatch.js";
import { indexPair } from "./indexed.js";

/** What stands below a name, an expression for each index: 10, (2, 3), the digits of 23, i and j. */
function givenIndices(subscript: readonly Expr[], count: number): readonly Expr[] | null {
  const [only] = subscript;
  const parts = subscript.length === 1 && only?.kind === "list" ? only.items : subscript;
  if (parts.length === count) return parts;
  return count === 2 && parts.length === 1 && only ? indexPair(only) : null;
}

/** The member of a family a name is, where its indices have values; undefined otherwise. */
export function member(e: NameExpr, context: Context): Value | undefined {
  if (e.base === undefined || !e.subscript) return undefined;
  const family = context.scope.family(e.base);
  const given = family && givenIndices(e.subscript, family.indices.length);
  if (!family || !given?.every((x) => evaluate(x, context).kind === "rational")) return undefined;
  const value = context.scope.lookup(family.name, e.range);
  if (value?.kind !== "symbolic") return undefined;
  const bindings = family.indices.map((name, k) => ({ name, value: given[k] as Expr }));
  return evaluate({ kind: "substitute", body: value.expr, bindings, range: e.range }, context);
}
