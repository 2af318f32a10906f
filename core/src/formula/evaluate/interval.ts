// x ∈ [a, b): the bounds of an interval as the chain of orders it stands for.

import type { Expr, RelationExpr } from "../../expr/index.js";

type List = Extract<Expr, { kind: "list" }>;

const isInterval = (e: Expr): e is List => e.kind === "list" && e.items.length === 2 && /^[[(][\])]$/.test(e.brackets);

/** a ≤ x < b for x ∈ [a, b), and whether it is denied by ∉; null for every other relation. */
export function intervalChain(e: RelationExpr): { readonly chain: RelationExpr; readonly denied: boolean } | null {
  const [link] = e.rest;
  if (e.rest.length !== 1 || !link || (link.op !== "∈" && link.op !== "∉") || !isInterval(link.operand)) return null;
  const { brackets, items, range } = link.operand;
  const [low, high] = items as [Expr, Expr];
  // The bounds of a set of two vectors are no numbers.
  if (low.kind === "list" || high.kind === "list" || low.kind === "matrix" || high.kind === "matrix") return null;
  const chain: RelationExpr = {
    kind: "relation",
    first: low,
    rest: [
      { op: brackets.startsWith("[") ? "≤" : "<", operand: e.first },
      { op: brackets.endsWith("]") ? "≤" : "<", operand: high },
    ],
    range: [e.range[0], range[1]],
  };
  return { chain, denied: link.op === "∉" };
}
