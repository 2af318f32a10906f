// Relations: chains of = < ∈ ... come to true, false, or stay as they are while names are free.

import { type ArrayValue, booleanValue, fail, type Range, type RelationOp, said, type Value } from "../../expr/index.js";
import type { Context } from "../context.js";
import * as symbolic from "../symbolic/index.js";
import { concatenate, fromScalars, scalarOf, shapeText } from "./array.js";
import { alignElastic } from "./elastic.js";
import { align } from "./elementwise.js";
import { isIdentity, sized } from "./identity.js";
import { semanticsOf } from "./language.js";
import { asArray, binary } from "./operate.js";
import { absolute, compare, equal, isReal, re, type Scalar, subtract } from "./scalar.js";

/** Floating-point results of mathematics are equal up to rounding; code compares bits. */
const tolerance = 1e-12;

function sameNumber(a: Scalar, b: Scalar, context: Context): boolean {
  if (equal(a, b)) return true;
  if ((a.kind === "rational" && b.kind === "rational") || !semanticsOf(context.language).fractions) return false;
  const scale = Math.max(1, re(absolute(a)), re(absolute(b)));
  return re(absolute(subtract(a, b))) <= tolerance * scale;
}

function order(op: RelationOp, a: Scalar, b: Scalar, range: Range): boolean {
  if (!isReal(a) || !isReal(b)) return fail("domain", "complex numbers are not ordered", range);
  const c = compare(a, b);
  return op === "<" ? c < 0 : op === "≤" ? c <= 0 : op === ">" ? c > 0 : c >= 0;
}

function holds(op: RelationOp, a: Scalar, b: Scalar, context: Context, range: Range): boolean {
  switch (op) {
    case "=":
    case ":=":
    case "≡":
      return sameNumber(a, b, context);
    case "≠":
      return !sameNumber(a, b, context);
    case "≈":
      return re(absolute(subtract(a, b))) <= 0.01 * Math.max(re(absolute(a)), re(absolute(b)), 1e-12);
    case "<":
    case "≤":
    case ">":
    case "≥":
      return order(op, a, b, range);
    default:
      return fail("unsupported", said`the relation ${op} between numbers`, range);
  }
}

function sameValue(a: Value, b: Value, context: Context): boolean {
  if (a.kind === "string" && b.kind === "string") return a.value === b.value;
  if (a.kind === "array" && b.kind === "array") {
    if (a.data.length !== b.data.length) return false;
    const flat = (v: ArrayValue) => v.shape.filter((n) => n !== 1).join();
    if (flat(a) !== flat(b)) return false;
    for (let k = 0; k < a.data.length; k++) {
      const x = scalarAt(a, k);
      const y = scalarAt(b, k);
      if (!sameNumber(x, y, context)) return false;
    }
    return true;
  }
  const [x, y] = [scalarOf(a), scalarOf(b)];
  if (x && y) return sameNumber(x, y, context);
  // A = 0 says that every entry is zero.
  if (x && b.kind === "array" && re(x) === 0) return b.data.every((t) => t === 0) && !b.imag?.some((t) => t !== 0);
  if (y && a.kind === "array" && re(y) === 0) return sameValue(y, a, context);
  if (a.kind === "list" && b.kind === "list")
    return a.items.length === b.items.length && a.items.every((v, k) => sameValue(v, b.items[k] as Value, context));
  return false;
}

const scalarAt = (a: ArrayValue, k: number): Scalar => {
  const exact = a.exact?.[k];
  if (exact) return { kind: "rational", ...exact };
  return a.imag?.[k] ? { kind: "complex", re: a.data[k] as number, im: a.imag[k] as number } : { kind: "real", value: a.data[k] as number };
};

function pair(op: RelationOp, left: Value, right: Value, context: Context, range: Range): Value {
  const [a, b] = [asArray(left), asArray(right)];
  if (op === "∈" || op === "∉") {
    const items =
      b.kind === "array" && b.shape.length === 1 ? Array.from(b.data, (_, k) => scalarAt(b, k) as Value) : b.kind === "list" ? b.items : null;
    if (!items) return fail("unsupported", said`membership in ${shapeText(b)}`, range);
    return booleanValue(items.some((v) => sameValue(a, v, context)) === (op === "∈"));
  }
  // (A | b): an augmented matrix.
  if (op === "|" && a.kind === "array" && b.kind === "array" && a.shape.length === 2 && b.shape.length === 2 && a.shape[0] === b.shape[0])
    return concatenate([a, b], 1);
  const both = a.kind === "array" || b.kind === "array";
  const ordering = op === "<" || op === "≤" || op === ">" || op === "≥";
  // Where equality is asked of whole arrays, an order can only be meant entry by entry.
  if (both && (semanticsOf(context.language).entrywiseRelations || (ordering && context.language === "julia"))) {
    const wrap = (v: Value): ArrayValue =>
      v.kind === "array" ? v : fromScalars([1], [scalarOf(v) ?? fail("unsupported", said`comparison with ${shapeText(v)}`, range)]);
    const [x, y] = align(wrap(a), wrap(b), "compare", context, range);
    const data = new Float64Array(x.data.length);
    for (let k = 0; k < data.length; k++) data[k] = holds(op, scalarAt(x, k), scalarAt(y, k), context, range) ? 1 : 0;
    return { kind: "array", shape: x.shape, data, element: "boolean", exact: Array.from(data, (t) => ({ num: BigInt(t), den: 1n })) };
  }
  if (op === "=" || op === ":=" || op === "≡") return booleanValue(sameValue(a, b, context));
  if (op === "≠") return booleanValue(!sameValue(a, b, context));
  const [x, y] = [scalarOf(a), scalarOf(b)];
  if (x && y) return booleanValue(holds(op, x, y, context, range));
  if (op === "≈" && a.kind === "array" && b.kind === "array")
    return booleanValue(a.data.length === b.data.length && a.data.every((_, k) => holds("≈", scalarAt(a, k), scalarAt(b, k), context, range)));
  return fail("unsupported", said`${shapeText(a)} ${op} ${shapeText(b)}`, range);
}

/** A chain a < b ≤ c: all of its links hold. */
export function relation(first: Value, rest: readonly { readonly op: RelationOp; readonly operand: Value }[], context: Context, range: Range): Value {
  let values = alignElastic([first, ...rest.map((r) => r.operand)], binary, context, range);
  const square = values.find((v): v is ArrayValue => v.kind === "array" && v.shape.length === 2 && v.shape[0] === v.shape[1]);
  if (square) values = values.map((v) => (isIdentity(v) ? sized(v, square.shape[0] as number) : v));
  if (values.some((v) => v.kind === "symbolic" || (v.kind === "list" && v.items.some((x) => x.kind === "symbolic"))))
    return symbolic.symbolicRelation(
      values[0] as Value,
      rest.map((r, k) => ({ op: r.op, operand: values[k + 1] as Value })),
      context,
      range,
    );
  let result: Value | null = null;
  for (let k = 0; k < rest.length; k++) {
    const link = pair((rest[k] as { op: RelationOp }).op, values[k] as Value, values[k + 1] as Value, context, range);
    if (rest.length === 1) return link;
    if (link.kind === "boolean" && !link.value) return link;
    result = link;
  }
  return result ?? booleanValue(true);
}
