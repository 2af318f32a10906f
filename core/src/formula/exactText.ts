// Exact values as one line of plain text: 5/6, sqrt(pi), -1/2 + sqrt(3)*I/2 (the forms computer algebra systems print).

import type { ArrayValue, Expr, Value } from "../expr/index.js";
import { divideRational, multiplyRational, negateRational, type Rational, rational, rationalText } from "../linalg/index.js";

const one = rational(1n);
const names: Readonly<Record<string, string>> = { "\\pi": "pi", e: "E", i: "I", "\\infty": "oo" };
const functionNames: Readonly<Record<string, string>> = {
  ln: "log",
  arcsin: "asin",
  arccos: "acos",
  arctan: "atan",
  arsinh: "asinh",
  arcosh: "acosh",
  artanh: "atanh",
};

interface Product {
  readonly coefficient: Rational;
  readonly above: readonly string[];
  readonly below: readonly string[];
}

const atom = (text: string): Product => ({ coefficient: one, above: [text], below: [] });

/** The exact form of a value, nested like its array; undefined when it is not exact or has no such form. */
export function exactText(value: Value): unknown {
  switch (value.kind) {
    case "rational":
      return rationalText(value);
    case "complex":
      return value.exact
        ? joined([fromRational(value.exact.re), { coefficient: value.exact.im, above: ["I"], below: [] }].filter((p) => p.coefficient.num !== 0n))
        : undefined;
    case "array":
      return value.exact && nested(value, 0, 0);
    case "symbolic":
      if (value.expr.kind === "matrix") {
        const rows = value.expr.rows.map((row) => row.map(sumText));
        return rows.flat().includes(null) ? undefined : rows;
      }
      return sumText(value.expr) ?? undefined;
    case "list":
    case "solutions": {
      const items = (value.kind === "list" ? value.items : value.values).map(exactText);
      return items.every((x) => x !== undefined) ? items : undefined;
    }
    default:
      return undefined;
  }
}

function nested(a: ArrayValue, axis: number, from: number): unknown {
  const n = a.shape[axis];
  if (n === undefined) return rationalText(a.exact?.[from] as Rational);
  const size = a.shape.slice(axis + 1).reduce((x, y) => x * y, 1);
  return Array.from({ length: n }, (_, k) => nested(a, axis + 1, from + k * size));
}

const fromRational = (r: Rational): Product => ({ coefficient: r, above: [], below: [] });

/** The terms of a sum, numbers first as computer algebra prints short sums. */
function sumText(e: Expr): string | null {
  const terms: Product[] = [];
  const collect = (x: Expr, sign: 1 | -1): boolean => {
    if (x.kind === "binary" && (x.op === "add" || x.op === "subtract"))
      return collect(x.left, sign) && collect(x.right, x.op === "add" ? sign : sign === 1 ? -1 : 1);
    if (x.kind === "unary" && x.op === "negate") return collect(x.operand, sign === 1 ? -1 : 1);
    // (1 + √5)/2 is told term by term: 1/2 + sqrt(5)/2.
    if (
      x.kind === "binary" &&
      x.op === "divide" &&
      x.left.kind === "binary" &&
      (x.left.op === "add" || x.left.op === "subtract") &&
      x.right.kind === "number"
    ) {
      const { left, right, range } = x;
      const over = (part: Expr): Expr => ({ kind: "binary", op: "divide", left: part, right, range });
      return collect(over(left.left), sign) && collect(over(left.right), left.op === "add" ? sign : sign === 1 ? -1 : 1);
    }
    const p = product(x);
    if (!p) return false;
    terms.push(sign === 1 ? p : { ...p, coefficient: negateRational(p.coefficient) });
    return true;
  };
  if (!collect(e, 1)) return null;
  const plain = (p: Product): number => (p.above.length + p.below.length === 0 ? 0 : 1);
  return joined([...terms].sort((a, b) => plain(a) - plain(b)));
}

const joined = (terms: readonly Product[]): string =>
  terms
    .map((p, k) =>
      k === 0
        ? productText(p)
        : p.coefficient.num < 0n
          ? ` - ${productText({ ...p, coefficient: negateRational(p.coefficient) })}`
          : ` + ${productText(p)}`,
    )
    .join("");

function productText(p: Product): string {
  const { num, den } = p.coefficient;
  const sign = num < 0n ? "-" : "";
  const size = num < 0n ? -num : num;
  const above = [...(size !== 1n || p.above.length === 0 ? [`${size}`] : []), ...p.above];
  const below = [...(den !== 1n ? [`${den}`] : []), ...p.below];
  return sign + above.join("*") + (below.length === 0 ? "" : below.length === 1 ? `/${below[0]}` : `/(${below.join("*")})`);
}

function product(e: Expr): Product | null {
  if (e.kind === "number") {
    const r = e.exact ?? (Number.isSafeInteger(e.value) ? rational(e.value) : null);
    return r ? { coefficient: r, above: e.imaginary ? ["I"] : [], below: [] } : null;
  }
  if (e.kind === "name") return atom(names[e.name] ?? e.name.replace(/[\\{}]/g, ""));
  if (e.kind === "unary" && e.op === "negate") {
    const p = product(e.operand);
    return p && { ...p, coefficient: negateRational(p.coefficient) };
  }
  if (e.kind === "binary" && (e.op === "multiply" || e.op === "dot")) {
    const [a, b] = [product(e.left), product(e.right)];
    return (
      a && b && { coefficient: multiplyRational(a.coefficient, b.coefficient), above: [...a.above, ...b.above], below: [...a.below, ...b.below] }
    );
  }
  if (e.kind === "binary" && e.op === "divide") {
    const [a, b] = [product(e.left), product(e.right)];
    if (!a || !b || b.coefficient.num === 0n) return null;
    return { coefficient: divideRational(a.coefficient, b.coefficient), above: [...a.above, ...b.below], below: [...a.below, ...b.above] };
  }
  if (e.kind === "binary" && e.op === "power") {
    const exponent = sumText(e.right);
    if (exponent === null) return null;
    if (e.left.kind === "name" && e.left.name === "e") return atom(`exp(${exponent})`);
    const base = sumText(e.left);
    if (base === null) return null;
    if (exponent === "1/2") return atom(`sqrt(${base})`);
    return atom(`${/^\w+(\(.*\))?$/.test(base) ? base : `(${base})`}**${/^\w+$/.test(exponent) ? exponent : `(${exponent})`}`);
  }
  if (e.kind === "call" && !e.named) {
    const args = e.args.map(sumText);
    if (args.includes(null)) return null;
    if (e.name === "exp") return atom(`exp(${args.join(", ")})`);
    return atom(`${functionNames[e.name] ?? e.name}(${args.join(", ")})`);
  }
  if (e.kind === "binary" && (e.op === "add" || e.op === "subtract")) {
    const inside = sumText(e);
    return inside === null ? null : atom(`(${inside})`);
  }
  return null;
}
