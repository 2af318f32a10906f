// Small builders and walks for expression trees, and substitution in them.

import type { BinaryOp, Expr, MatrixExpr, Range, UnaryOp } from "../../expr/index.js";
import { type Rational, rational, rationalToNumber } from "../../linalg/index.js";
import { constantNames } from "./names.js";

const nowhere: Range = [0, 0];

export const numberExpr = (r: Rational, range = nowhere): Expr => ({ kind: "number", value: rationalToNumber(r), exact: r, range });
export const intExpr = (n: number | bigint, range = nowhere): Expr => numberExpr(rational(n), range);
export const nameExpr = (name: string, range = nowhere): Expr => ({ kind: "name", name, range });
/** A variable, also where its name looks like a constant (a summation index i): then `base` repeats the name. */
export const freeNameExpr = (name: string, range = nowhere): Expr =>
  name in constantNames ? { kind: "name", name, base: name, range } : { kind: "name", name, range };
export const unaryExpr = (op: UnaryOp, operand: Expr, range = nowhere): Expr => ({ kind: "unary", op, operand, range });
export const binaryExpr = (op: BinaryOp, left: Expr, right: Expr, implicit?: boolean, range = nowhere): Expr =>
  implicit ? { kind: "binary", op, left, right, implicit, range } : { kind: "binary", op, left, right, range };
export const callExpr = (name: string, args: readonly Expr[], range = nowhere): Expr => ({ kind: "call", name, nameRange: range, args, range });
export const matrixExpr = (rows: readonly (readonly Expr[])[], environment?: string, range = nowhere): MatrixExpr =>
  environment === undefined ? { kind: "matrix", rows, range } : { kind: "matrix", rows, environment, range };

/** A list of one item in round brackets is only grouping. */
export const unwrap = (e: Expr): Expr => (e.kind === "list" && e.items.length === 1 && e.brackets === "()" ? e.items[0]! : e);

/** The node with its direct sub-expressions mapped. */
export function mapChildren(e: Expr, f: (child: Expr) => Expr): Expr {
  switch (e.kind) {
    case "unary":
      return { ...e, operand: f(e.operand) };
    case "binary":
      return { ...e, left: f(e.left), right: f(e.right) };
    case "relation":
      return { ...e, first: f(e.first), rest: e.rest.map((r) => ({ ...r, operand: f(r.operand) })) };
    case "call":
      return {
        ...e,
        args: e.args.map(f),
        ...(e.named ? { named: Object.fromEntries(Object.entries(e.named).map(([k, v]) => [k, f(v)])) } : {}),
      };
    case "apply":
      return { ...e, callee: f(e.callee), args: e.args.map(f) };
    case "index":
      return { ...e, base: f(e.base), indices: e.indices.map(f) };
    case "range":
      return { ...e, ...(e.start ? { start: f(e.start) } : {}), ...(e.step ? { step: f(e.step) } : {}), ...(e.stop ? { stop: f(e.stop) } : {}) };
    case "matrix":
      return { ...e, rows: e.rows.map((row) => row.map(f)) };
    case "array":
    case "list":
      return { ...e, items: e.items.map(f) };
    case "cases":
      return { ...e, branches: e.branches.map((b) => ({ value: f(b.value), condition: b.condition ? f(b.condition) : null })) };
    case "big":
      return {
        ...e,
        body: f(e.body),
        ...(e.lower ? { lower: f(e.lower) } : {}),
        ...(e.upper ? { upper: f(e.upper) } : {}),
        ...(e.condition ? { condition: f(e.condition) } : {}),
      };
    case "derivative":
      return { ...e, body: f(e.body), ...(e.at ? { at: e.at.map((a) => ({ ...a, value: f(a.value) })) } : {}) };
    case "norm":
      return { ...e, operand: f(e.operand) };
    case "lambda":
      return { ...e, body: f(e.body) };
    case "substitute":
      return { ...e, body: f(e.body), bindings: e.bindings.map((b) => ({ ...b, value: f(b.value) })) };
    case "opaque":
      return { ...e, children: e.children.map(f) };
    default:
      return e;
  }
}

/** Free names replaced; names bound by sums, integrals, functions and substitutions are left alone inside them. */
export function substitute(expr: Expr, bindings: Readonly<Record<string, Expr>>): Expr {
  const table = new Map(Object.entries(bindings));
  const go = (e: Expr, hidden: ReadonlySet<string>, depth: number): Expr => {
    if (depth > 2_000) return e;
    if (e.kind === "name") return hidden.has(e.name) ? e : (table.get(e.name) ?? e);
    if (e.kind === "derivative") {
      // d f/dx at a point: the variable is replaced by the point, never inside the body.
      const names = e.variables.map((v) => v.name).filter((n) => table.has(n));
      const within = new Set([...hidden, ...names]);
      const at = [...(e.at ?? []).map((a) => ({ ...a, value: go(a.value, hidden, depth + 1) }))];
      for (const name of names) if (!at.some((a) => a.name === name)) at.push({ name, value: table.get(name)! });
      return { ...e, body: go(e.body, within, depth + 1), ...(at.length > 0 ? { at } : {}) };
    }
    const bound =
      e.kind === "big"
        ? e.variable
          ? [e.variable]
          : []
        : e.kind === "lambda"
          ? e.params
          : e.kind === "substitute"
            ? e.bindings.map((b) => b.name)
            : [];
    if (bound.length === 0) return mapChildren(e, (c) => go(c, hidden, depth + 1));
    const within = new Set([...hidden, ...bound]);
    if (e.kind === "big") {
      return {
        ...e,
        body: go(e.body, within, depth + 1),
        ...(e.lower ? { lower: go(e.lower, hidden, depth + 1) } : {}),
        ...(e.upper ? { upper: go(e.upper, hidden, depth + 1) } : {}),
        ...(e.condition ? { condition: go(e.condition, within, depth + 1) } : {}),
      };
    }
    if (e.kind === "substitute")
      return { ...e, body: go(e.body, within, depth + 1), bindings: e.bindings.map((b) => ({ ...b, value: go(b.value, hidden, depth + 1) })) };
    return mapChildren(e, (c) => go(c, within, depth + 1));
  };
  return go(expr, new Set(), 0);
}
