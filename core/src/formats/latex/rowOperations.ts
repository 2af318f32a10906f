// A \xrightarrow{2r_1, r_2 - 3r_1}: elementary row and column operations written on an arrow.

import type { Expr } from "../../expr/index.js";
import type { Token } from "../grammar/index.js";
import { call } from "./reader.js";

interface Line {
  readonly axis: "row" | "col";
  readonly index: Expr;
  readonly factor: Expr | null; // null is 1
}

const lineName = /^(r|R|c|C|L|row|col|\\mathrm\{(?:r|R|c|C|row|Row|col)\})_\{(.*)\}$/;

/** Matrices with the operations applied in order, or null when the arrow says something else. */
export function rowOperations(matrix: Expr, steps: readonly Expr[], arrow: Token): Expr | null {
  let out = matrix;
  for (const step of steps) {
    const next = apply(out, step, arrow);
    if (!next) return null;
    out = next;
  }
  return steps.length > 0 ? out : null;
}

function apply(a: Expr, step: Expr, arrow: Token): Expr | null {
  const make = (name: string, ...args: Expr[]): Expr => call(name, [a, ...args], [arrow.start, arrow.end], [a.range[0], arrow.end]);
  if (step.kind === "opaque" && step.what === "\\leftrightarrow" && step.children.length === 2) {
    const [x, y] = step.children.map((c) => line(c));
    return x && y && x.axis === y.axis && !x.factor && !y.factor ? make(`${x.axis}swap`, x.index, y.index) : null;
  }
  // r_2 - 3r_1 \to r_2 and r_2 = r_2 - 3r_1 say which line changes.
  if (step.kind === "relation" && step.rest.length === 1) {
    const right = (step.rest[0] as { operand: Expr }).operand;
    return apply(a, step.first.kind === "name" ? right : step.first, arrow);
  }
  const terms = sumOf(step);
  const lines = terms.map(line);
  const [x, y] = lines;
  if (lines.length === 1 && x?.factor) return make(`${x.axis}scale`, x.index, x.factor);
  if (lines.length === 2 && x && y && x.axis === y.axis) {
    const one: Expr = { kind: "number", value: 1, exact: { num: 1n, den: 1n }, range: step.range };
    if (!x.factor) return make(`${x.axis}add`, x.index, y.index, y.factor ?? one);
    if (!y.factor) return make(`${x.axis}add`, y.index, x.index, x.factor);
  }
  return null;
}

/** The terms of a sum, differences as negated terms. */
function sumOf(e: Expr): Expr[] {
  if (e.kind !== "binary" || (e.op !== "add" && e.op !== "subtract")) return [e];
  const right: Expr = e.op === "add" ? e.right : { kind: "unary", op: "negate", operand: e.right, range: e.right.range };
  return [...sumOf(e.left), right];
}

/** k·r_i as a line with its factor. */
function line(e: Expr): Line | null {
  if (e.kind === "name") {
    const m = lineName.exec(e.name);
    const index = e.subscript?.[0];
    return m && index ? { axis: /^(c|C|col|\\mathrm\{[cC])/.test(m[1] as string) ? "col" : "row", index, factor: null } : null;
  }
  if (e.kind === "unary" && e.op === "negate") {
    const inner = line(e.operand);
    const one: Expr = { kind: "number", value: 1, exact: { num: 1n, den: 1n }, range: e.range };
    return inner && { ...inner, factor: { kind: "unary", op: "negate", operand: inner.factor ?? one, range: e.range } };
  }
  if (e.kind !== "binary") return null;
  const scale = (inner: Line | null, op: "multiply" | "divide", by: Expr): Line | null => {
    if (!inner) return null;
    const one: Expr = { kind: "number", value: 1, exact: { num: 1n, den: 1n }, range: e.range };
    if (op === "multiply" && !inner.factor) return { ...inner, factor: by };
    return { ...inner, factor: { kind: "binary", op, left: inner.factor ?? one, right: by, range: e.range } };
  };
  if (e.op === "divide") return scale(line(e.left), "divide", e.right);
  if (e.op === "multiply" || e.op === "cross" || e.op === "dot")
    return scale(line(e.right), "multiply", e.left) ?? scale(line(e.left), "multiply", e.right);
  return null;
}
