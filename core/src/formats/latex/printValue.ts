// Values as LaTeX: exact fractions first, the matrix environment they came from, columns aligned.

import type { ArrayValue, ComplexValue, Expr, Value } from "../../expr/index.js";
import type { Rational } from "../../linalg/index.js";
import type { PrintOptions } from "../format.js";
import { decimal, printExpr, printMatrix } from "./printExpr.js";

/** A value as LaTeX that evaluates to it again; null for tensors and what LaTeX has no form for. */
export function printValue(value: Value, options: PrintOptions): string | null {
  switch (value.kind) {
    case "rational":
      return fraction(value);
    case "real":
      return real(value.value, options.digits);
    case "complex":
      return complex(value, options.digits);
    case "boolean":
      return `\\text{${value.value}}`;
    case "string":
      return `\\text{${value.value.replace(/[\\{}$&#_%]/g, "\\$&")}}`;
    case "array":
      return array(value, options);
    case "list": {
      const items = value.items.map((v) => printValue(v, options));
      return items.includes(null) ? null : `\\left\\{${items.join(", ")}\\right\\}`;
    }
    case "record": {
      const fields = Object.entries(value.fields).map(([name, v]) => [name, printValue(v, options)] as const);
      return fields.some(([, v]) => v === null) ? null : fields.map(([name, v]) => `${label(name)} = ${v}`).join(",\\quad ");
    }
    case "solutions": {
      const items = value.values.map((v) => printValue(v, options));
      return items.includes(null) ? null : items.map((v) => `${value.variable} = ${v}`).join(",\\quad ");
    }
    case "factorization":
      return value.factors.map((f) => (f.exponent === 1 ? `${f.base}` : `${f.base}^{${f.exponent}}`)).join(" \\cdot ") || "1";
    case "function":
      return `${value.params.length === 1 ? value.params[0] : `\\left(${value.params.join(", ")}\\right)`} \\mapsto ${printExpr(tidy(value.body))}`;
    case "symbolic":
      return symbolic(tidy(value.expr), options);
  }
}

const label = (name: string): string => (/^[A-Za-z](?:_\{[^{}]*\})?'*$/.test(name) || name.startsWith("\\") ? name : `\\text{${name}}`);

function symbolic(e: Expr, options: PrintOptions): string {
  return printExpr(e.kind === "matrix" ? { ...e, environment: options.environment ?? e.environment ?? "bmatrix" } : e);
}

const fraction = (r: Rational): string => (r.den === 1n ? `${r.num}` : `${r.num < 0n ? "-" : ""}\\frac{${r.num < 0n ? -r.num : r.num}}{${r.den}}`);

/** A floating-point number with so many significant digits; powers of ten as LaTeX writes them. */
function real(x: number, digits: number): string {
  if (!Number.isFinite(x)) return decimal(x);
  if (x === 0) return "0";
  const text = digits >= 17 ? `${x}` : `${Number(x.toPrecision(Math.max(1, digits)))}`;
  const [mantissa, exponent] = text.split("e");
  return exponent === undefined ? text : `${mantissa} \\times 10^{${Number(exponent)}}`;
}

function complex(z: ComplexValue, digits: number): string {
  const [re, im] = z.exact ? [fraction(z.exact.re), fraction(z.exact.im)] : [real(z.re, digits), real(z.im, digits)];
  const unit = im === "1" ? "i" : im === "-1" ? "-i" : im.includes("\\times") ? `${im} \\cdot i` : `${im}i`;
  if (re === "0") return im === "0" ? "0" : unit;
  return im === "0" ? re : unit.startsWith("-") ? `${re} - ${unit.slice(1)}` : `${re} + ${unit}`;
}

function array(a: ArrayValue, options: PrintOptions): string | null {
  if (a.shape.length > 2 || a.shape.length === 0) return null;
  const entry = (k: number): string => {
    if (a.element === "boolean") return a.data[k] === 0 ? "\\text{false}" : "\\text{true}";
    const im = a.imag?.[k] ?? 0;
    if (im !== 0) return complex({ kind: "complex", re: a.data[k] as number, im }, options.digits);
    const exact = a.exact?.[k];
    return exact ? fraction(exact) : real(a.data[k] as number, options.digits);
  };
  if (a.shape.length === 1 && !options.environment) return `\\left(${Array.from(a.data, (_, k) => entry(k)).join(", ")}\\right)`;
  const [rows, columns] = a.shape.length === 1 ? [a.shape[0] as number, 1] : (a.shape as [number, number]);
  const cells = Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => entry(i * columns + j)));
  // A determinant's bars around a result would mean something else.
  const environment =
    options.environment === "vmatrix" || options.environment === "Vmatrix" || options.environment === undefined ? "bmatrix" : options.environment;
  if (options.inline !== false || rows <= 1) return printMatrix(cells, environment);
  const widths = Array.from({ length: columns }, (_, j) => Math.max(...cells.map((row) => (row[j] as string).length)));
  const lines = cells.map((row) => `  ${row.map((c, j) => c.padStart(widths[j] as number)).join(" & ")}`);
  const spec = /^(array|tabular)$/.test(environment) ? `{${"r".repeat(columns)}}` : "";
  return `\\begin{${environment}}${spec}\n${lines.join(" \\\\\n")}\n\\end{${environment}}`;
}

/** The same value with fewer brackets: minus signs in front of products, differences instead of added negatives. */
export function tidy(e: Expr): Expr {
  switch (e.kind) {
    case "unary": {
      const operand = tidy(e.operand);
      return e.op === "negate" ? negated(operand, e) : { ...e, operand };
    }
    case "binary": {
      const left = tidy(e.left);
      const right = tidy(e.right);
      if ((e.op === "add" || e.op === "subtract") && right.kind === "unary" && right.op === "negate")
        return { ...e, op: e.op === "add" ? "subtract" : "add", left, right: right.operand };
      if (e.op === "add") {
        const positive = withoutSign(right);
        if (positive) return { ...e, op: "subtract", left, right: positive };
      }
      // A star is no sign of LaTeX: factors stand side by side, digits with a dot between them.
      if ((e.op === "multiply" || e.op === "matmul") && !e.implicit)
        return startsWithDigit(right) ? { ...e, op: "dot", left, right } : { ...e, op: "multiply", implicit: true, left, right };
      return { ...e, left, right };
    }
    case "apply":
      return { ...e, callee: tidy(e.callee), args: e.args.map(tidy) };
    case "cases":
      return { ...e, branches: e.branches.map((b) => ({ value: tidy(b.value), condition: b.condition && tidy(b.condition) })) };
    case "call":
      return { ...e, args: e.args.map(tidy) };
    case "list":
      return { ...e, items: e.items.map(tidy) };
    case "matrix":
      return { ...e, rows: e.rows.map((r) => r.map(tidy)) };
    case "relation":
      return { ...e, first: tidy(e.first), rest: e.rest.map((r) => ({ ...r, operand: tidy(r.operand) })) };
    case "norm":
      return { ...e, operand: tidy(e.operand) };
    case "big":
    case "derivative":
    case "lambda":
    case "substitute":
      return { ...e, body: tidy(e.body) };
    default:
      return e;
  }
}

function startsWithDigit(e: Expr): boolean {
  if (e.kind === "number") return true;
  if (e.kind === "binary") return !/^(add|subtract|divide)$/.test(e.op) && startsWithDigit(e.left);
  return e.kind === "unary" && /^(factorial|percent)$/.test(e.op) && startsWithDigit(e.operand);
}

/** -(ab) as (-a)b. */
function negated(e: Expr, node: Extract<Expr, { kind: "unary" }>): Expr {
  if (e.kind === "binary" && (e.op === "multiply" || e.op === "dot" || e.op === "cross")) return { ...e, left: negated(e.left, node) };
  return { ...node, operand: e };
}

/** ab for (-a)b; null when the leading factor has no sign. */
function withoutSign(e: Expr): Expr | null {
  if (e.kind === "unary" && e.op === "negate") return e.operand;
  if (e.kind !== "binary" || (e.op !== "multiply" && e.op !== "dot" && e.op !== "cross")) return null;
  const left = withoutSign(e.left);
  return left && { ...e, left };
}
