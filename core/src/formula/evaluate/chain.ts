// Chains of + and · read without recursion, so that long sums cost no stack, and the dots inside them.

import { type BinaryExpr, type BinaryOp, type Expr, fail, type NameExpr, someNode, type Value } from "../../expr/index.js";
import type { Context } from "../context.js";
import * as symbolic from "../symbolic/index.js";
import { scalarOf } from "./array.js";
import { evaluate } from "./dispatch.js";
import { expandDots, grownTerms } from "./dots.js";
import { letterValue } from "./letters.js";
import { lookup } from "./name.js";
import { binary } from "./operate.js";
import type { Scalar } from "./scalar.js";
import { functionLetter } from "./unknown.js";

const products: ReadonlySet<BinaryOp> = new Set<BinaryOp>(["multiply", "dot", "cross"]);
const powers: ReadonlySet<BinaryOp> = new Set<BinaryOp>(["power", "elementpower"]);
const family = (op: BinaryOp): "add" | "multiply" | null => (op === "add" ? "add" : products.has(op) ? "multiply" : null);

/** a ∘ b ∘ c ... from the left. */
export function evaluateChain(e: BinaryExpr, context: Context): Value {
  const spine: BinaryExpr[] = [];
  let first: Expr = e;
  // A power is an operand of its own: 1^2 + 2^2 + \cdots has no power in its chain.
  while (first.kind === "binary" && (spine.length === 0 || !powers.has(first.op))) {
    spine.push(first);
    first = first.left;
  }
  spine.reverse();
  let k = 0;
  let total: Value;
  if (first.kind === "dots" || spine.some((n) => n.right.kind === "dots")) [total, k] = continued(first, spine, context);
  else total = evaluate(first, context);
  let last = { expr: k === 0 ? first : (spine[k - 1] as BinaryExpr).right, value: total };
  let before: { readonly total: Value; readonly node: BinaryExpr } | null = null;
  for (; k < spine.length; k++) {
    const node = spine[k] as BinaryExpr;
    const point = derivativeAt(node, last, context);
    if (point) {
      total = before ? binary(before.node.op, before.total, point, context, before.node.range) : point;
      last = { expr: node.right, value: point };
      continue;
    }
    const standing = standsBefore(node, last);
    let argument = standing === "function" ? argumentOf(node.right) : null;
    const right = evaluate(argument ?? node.right, context);
    let known: Value | null = null;
    if (standing) {
      const inside = argument ?? argumentOf(node.right);
      const at = inside === node.right || argument ? right : evaluate(inside, context);
      known = at.kind === "symbolic" ? null : letterValue((last.expr as NameExpr).name, at, inside, context, node.range);
      if (known) argument = inside;
    }
    if (argument) {
      const call = known ?? symbolic.symbolicCall((last.expr as NameExpr).name, [symbolic.settle(right, context)], {}, context, node.range);
      // f(x)^2 is the square of f(x).
      const applied =
        argument === node.right ? call : binary("power", call, evaluate((node.right as BinaryExpr).right, context), context, node.range);
      total = before ? binary(before.node.op, before.total, applied, context, before.node.range) : applied;
    } else {
      before = { total, node };
      total = binary(node.op, total, right, context, node.range);
    }
    last = { expr: node.right, value: right };
  }
  return total;
}

/**
 * What a name that nothing defines is to the brackets behind it. "function": f(2), f(x + 1), \\mathcal{L}(\\theta), y(0) stay calls;
 * "letter": a Greek letter, which is a function for some arguments; null: a factor.
 */
function standsBefore(node: BinaryExpr, last: { readonly expr: Expr; readonly value: Value }): "function" | "letter" | null {
  const { expr, value } = last;
  if (node.op !== "multiply" || !node.implicit || expr.kind !== "name") return null;
  if (value.kind !== "symbolic" || value.expr.kind !== "name") return null;
  const { right } = node;
  if (right.kind === "matrix" || right.kind === "literal") return expr.name === "\\kappa" && right.environment === "pmatrix" ? "letter" : null;
  if (right.kind === "list" && right.items.length > 1) return expr.name.startsWith("\\") ? "letter" : null;
  // Sums, products and negatives cannot be factors without brackets.
  const negative = right.kind === "unary" && right.op === "negate";
  if (!(node.bracketed ?? ((right.kind === "binary" && !/divide|power/.test(right.op)) || negative))) return null;
  // x(1 - x) is a product, and so is \\sigma(1 - \\sigma).
  if (functionLetter.test(expr.name) && !(expr.name.startsWith("\\") && mentions(right, expr.name))) return "function";
  // p(x), q(z), P(A): nobody writes a product of two names with brackets around the second.
  if (right.kind === "name" && right.name !== expr.name && /^[pqPQuvw](?:_\{.*\})?$/.test(expr.name)) return "function";
  if ((right.kind === "number" || (negative && right.operand.kind === "number")) && /^(?:[a-zA-Z]|\\[A-Za-z]+)(?:_\{\w\})?$/.test(expr.name))
    return "function";
  return /^\\[A-Za-z]+/.test(expr.name) ? "letter" : null;
}

/** \frac{\partial f}{\partial x}(1, 2) of a defined f: the derivative at that point; null for other products. */
function derivativeAt(node: BinaryExpr, last: { readonly expr: Expr }, context: Context): Value | null {
  const { expr } = last;
  if (expr.kind !== "derivative" || expr.at || node.op !== "multiply" || !node.implicit || expr.body.kind !== "name") return null;
  const { right } = node;
  const f = lookup(expr.body.name, context, expr.body.range);
  if (f?.kind !== "function" || !(node.bracketed || right.kind === "list")) return null;
  const args = right.kind === "list" ? right.items : [right];
  if (args.length !== f.params.length) return null;
  return evaluate({ ...expr, at: f.params.map((name, k) => ({ name, value: args[k] as Expr })), range: node.range }, context);
}

const mentions = (e: Expr, name: string): boolean => someNode(e, (x) => x.kind === "name" && x.name === name);

/** What stands in the brackets: of f(x)^2 it is x. */
const argumentOf = (e: Expr): Expr => (e.kind === "binary" && e.op === "power" && e.left.range[0] === e.range[0] ? e.left : e);

/** The run of one operation around the dots, and where the chain goes on after it. */
function continued(first: Expr, spine: readonly BinaryExpr[], context: Context): readonly [Value, number] {
  const at = spine.findIndex((n) => n.right.kind === "dots");
  const dots = at < 0 ? first : (spine[at] as BinaryExpr).right;
  const op = at < 0 ? null : family((spine[at] as BinaryExpr).op);
  if (!op || first.kind === "dots")
    return fail("unresolved-ellipsis", "the dots do not say what they stand for", dots.range, "Give at least two terms before them and one after");
  let from = at;
  while (from > 0 && family((spine[from - 1] as BinaryExpr).op) === op) from--;
  let to = at;
  while (to + 1 < spine.length && family((spine[to + 1] as BinaryExpr).op) === op) to++;
  // 1·2 + 2·3 + ⋯: what is multiplied in front is the first term.
  const below = spine[from - 1];
  if (below && (op !== "add" || below.op === "add" || below.op === "subtract"))
    return fail("unresolved-ellipsis", "the dots follow terms that are no progression", dots.range);
  const head: Expr = below ?? first;
  const number = (c: Expr): Scalar => {
    if (c.kind === "dots") return fail("unresolved-ellipsis", "only one ellipsis can be continued", c.range);
    const v = evaluate(c, context);
    return (
      (v.kind === "symbolic" ? null : scalarOf(v)) ??
      fail("unresolved-ellipsis", "the dots do not say what they stand for", dots.range, "Give numbers around them, or use a sum with bounds")
    );
  };
  const written = [head, ...spine.slice(from, at).map((n) => n.right)];
  const last = spine[at + 1]?.right;
  const grown = last && to === at + 1 && written.length >= 2 ? grownTerms(written, last, context.budget.maxTerms, dots.range) : null;
  if (grown) {
    const range = (spine[to] as BinaryExpr).range;
    const total = grown.reduce<Value | null>((a, term) => {
      context.budget.check();
      const v = evaluate(term, context);
      return a === null ? v : binary(op, a, v, context, range);
    }, null);
    return [total as Value, to + 1];
  }
  const before = [head, ...spine.slice(from, at).map((n) => n.right)].map(number);
  const after = spine.slice(at + 1, to + 1).map((n) => number(n.right));
  const terms = expandDots(before, after, context.budget.maxTerms, dots.range);
  const range = (spine[to] as BinaryExpr).range;
  return [terms.reduce<Value>((a, b, k) => (k === 0 ? b : binary(op, a, b, context, range)), terms[0] as Value), to + 1];
}
