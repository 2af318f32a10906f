// Over what an index without bounds runs: the places of the arrays it indexes, as j in \sum_j a_j of a defined vector a.

import { type BigExpr, children, type Expr, fail, said } from "../../expr/index.js";
import type { Context } from "../context.js";
import { lookup } from "./name.js";

/** The lengths of the axes that an index chooses from, in all arrays of an expression. */
function lengths(body: Expr, index: string, context: Context): { readonly n: number; readonly name: string }[] {
  const out: { n: number; name: string }[] = [];
  const pending: Expr[] = [body];
  for (let x = pending.pop(); x; x = pending.pop()) {
    if (x.kind === "name" && x.base !== undefined && x.subscript) {
      const shape = shapeOf(x.base, x, context);
      const places = placesOf(x.subscript);
      const vector = shape && (shape.length === 1 || Math.min(...(shape as number[])) === 1);
      places.forEach((p, k) => {
        if (p.kind !== "name" || p.name !== index || !shape) return;
        if (places.length === 1 && vector) out.push({ n: Math.max(...shape), name: x.base as string });
        else if (places.length === shape.length) out.push({ n: shape[k] as number, name: x.base as string });
        else if (places.length === 1) out.push({ n: shape[0] as number, name: x.base as string });
      });
    }
    pending.push(...children(x));
  }
  return out;
}

/** "ij" is two indices. */
function placesOf(subscript: readonly Expr[]): readonly Expr[] {
  const [only] = subscript;
  if (subscript.length !== 1 || !only) return subscript;
  if (only.kind === "list") return only.items;
  return only.kind === "binary" && only.op === "multiply" && only.implicit ? [only.left, only.right] : subscript;
}

function shapeOf(name: string, at: Expr, context: Context): readonly number[] | null {
  const v = lookup(name, context, at.range);
  if (v?.kind === "array") return v.shape;
  if (v?.kind === "list") return [v.items.length];
  if (v?.kind === "symbolic" && v.expr.kind === "matrix") return [v.expr.rows.length, v.expr.rows[0]?.length ?? 0];
  return null;
}

/** How far an index runs; null when it indexes no defined array. Throws when two arrays disagree. */
export function lengthOf(body: Expr, index: string, context: Context): number | null {
  const [first, ...rest] = lengths(body, index, context);
  if (!first) return null;
  for (const other of rest)
    if (other.n !== first.n)
      return fail("shape-mismatch", said`${index} runs to ${first.n} in ${first.name} and to ${other.n} in ${other.name}`, body.range);
  return first.n;
}

/** The only undefined letter that stands alone as a subscript of a defined array: the i of \sum a_i. */
export function onlyIndex(body: Expr, context: Context): string | null {
  const found = new Set<string>();
  const pending: Expr[] = [body];
  for (let x = pending.pop(); x; x = pending.pop()) {
    if (x.kind === "name" && x.base !== undefined && x.subscript && shapeOf(x.base, x, context))
      for (const p of placesOf(x.subscript)) if (p.kind === "name" && lookup(p.name, context, p.range) === undefined) found.add(p.name);
    pending.push(...children(x));
  }
  const [only] = found;
  return only !== undefined && found.size === 1 ? only : null;
}

/** \sum_{i,j} as a sum in a sum; null when no list of names stands below. */
export function overNames(e: BigExpr): BigExpr | null {
  const c = e.condition;
  if (c?.kind !== "list" || c.brackets !== "" || c.items.length === 0 || !c.items.every((x) => x.kind === "name")) return null;
  const { condition: _, ...plain } = e;
  return c.items.reduceRight<Expr>((body, x) => ({ ...plain, variable: x.kind === "name" ? x.name : "", body }), e.body) as BigExpr;
}

/** The operator with the bounds its arrays give; null when they give none. */
export function withBounds(e: BigExpr, context: Context): BigExpr | null {
  if (e.lower || e.upper || e.condition) return null;
  const variable = e.variable ?? onlyIndex(e.body, context);
  const n = variable === null ? null : lengthOf(e.body, variable, context);
  if (variable === null || n === null) return null;
  const number = (k: number): Expr => ({ kind: "number", value: k, exact: { num: BigInt(k), den: 1n }, range: e.range });
  return { ...e, variable, lower: number(1), upper: number(n) };
}
