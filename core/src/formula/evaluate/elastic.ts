// Vectors whose length nobody wrote: \mathbf 1, \mathbf 0 and e_i take it from their neighbours, as in \mathbf 1^\top A \mathbf 1.

import { type BinaryOp, fail, type NameExpr, type Range, type RationalValue, type SymbolicValue, said, type Value } from "../../expr/index.js";
import type { Context } from "../context.js";
import { fromScalars, scalarOf } from "./array.js";
import { integer, one, zero } from "./scalar.js";

/** A multiple of a vector (or of \mathbf 1\mathbf 1^\top) of unknown length; it prints as it was written. */
export interface ElasticValue extends SymbolicValue {
  readonly elastic: {
    /** Which entry is 1; null when all are. */
    readonly unit: number | null;
    readonly side: "column" | "row" | "square";
    readonly scale: Value;
  };
}

/** The number 0 that was written as a vector. */
export interface ZerosValue extends RationalValue {
  readonly zeros: true;
}

export const isElastic = (v: Value): v is ElasticValue => v.kind === "symbolic" && "elastic" in v;
export const isZeros = (v: Value): v is ZerosValue => v.kind === "rational" && "zeros" in v;
export const zeros: ZerosValue = { ...zero, zeros: true };

/** What \mathbf 1, e_i and \mathbf e_i stand for when nothing defines them; null for other names. */
export function elasticName(e: NameExpr): ElasticValue | null {
  const side = "column";
  if (/^\\(?:mathbf|boldsymbol|bm)\{1\}$/.test(e.name)) return { kind: "symbolic", expr: e, elastic: { unit: null, side, scale: one } };
  const unit = /^(?:e|\\(?:mathbf|boldsymbol|bm|vec|hat)\{e\})_\{(\d{1,3})\}$/.exec(e.name)?.[1];
  return unit && unit !== "0" ? { kind: "symbolic", expr: e, elastic: { unit: Number(unit), side, scale: one } } : null;
}

/** Printed as it was written, with what it stands for. */
const kept = (asWritten: () => SymbolicValue, elastic: ElasticValue["elastic"]): ElasticValue => ({ ...asWritten(), elastic });

type Binary = (op: BinaryOp, left: Value, right: Value, context: Context, range: Range) => Value;

const products: ReadonlySet<BinaryOp> = new Set<BinaryOp>(["multiply", "dot", "cross", "matmul"]);

/** Rows and columns of an array of numbers or expressions; [n] of a plain vector. */
function shapeOf(v: Value): readonly number[] | null {
  if (v.kind === "array" && v.data.length > 1 && v.shape.length <= 2) return v.shape;
  if (v.kind === "symbolic" && v.expr.kind === "matrix") return [v.expr.rows.length, v.expr.rows[0]?.length ?? 0];
  return null;
}

/** The vector with its length; `plain` gives it one axis. */
export function stretched(v: ElasticValue, n: number, binary: Binary, context: Context, range: Range, plain = false): Value {
  const { unit, side, scale } = v.elastic;
  if (unit !== null && unit > n) return fail("shape-mismatch", said`the unit vector e_${unit} has no place in ${n} dimensions`, range);
  const count = side === "square" ? n * n : n;
  const shape = plain ? [n] : side === "column" ? [n, 1] : side === "row" ? [1, n] : [n, n];
  const entries = Array.from({ length: count }, (_, k) => integer(unit === null || k === unit - 1 ? 1 : 0));
  return binary("multiply", scale, fromScalars(shape, entries), context, range);
}

/** An operation with a vector of unknown length; null when its partner does not say the length. */
export function withElastic(
  op: BinaryOp,
  left: Value,
  right: Value,
  binary: Binary,
  asWritten: () => SymbolicValue,
  context: Context,
  range: Range,
): Value | null {
  const [a, b] = [isElastic(left) ? left : null, isElastic(right) ? right : null];
  const size = (n: number | undefined, v: ElasticValue, plain = false): Value | null =>
    n === undefined ? null : stretched(v, n, binary, context, range, plain);
  if (products.has(op)) {
    if (a && b) return pair(a, b, binary, asWritten, context, range);
    const own = (a ?? b) as ElasticValue;
    const other = a ? right : left;
    const shape = shapeOf(other);
    if (!shape) {
      if (other.kind !== "symbolic" && !scalarOf(other)) return null;
      return kept(asWritten, { ...own.elastic, scale: binary("multiply", own.elastic.scale, other, context, range) });
    }
    const isVector = shape.length === 1 || shape[1] === 1;
    const n = a ? shape[0] : (shape[1] ?? shape[0]);
    const dotted = op === "dot" && isVector && own.elastic.side === "column";
    if (a && a.elastic.side === "column" && !dotted) return null;
    if (b && b.elastic.side === "row") return null;
    const sized = size(dotted ? shape[0] : n, own, dotted && shape.length === 1);
    return sized && binary(op, a ? sized : left, b ? sized : right, context, range);
  }
  if (op === "add" || op === "subtract" || op === "elementwise") {
    const own = (a ?? b) as ElasticValue;
    const shape = a && b ? null : shapeOf(a ? right : left);
    if (!shape) return null;
    const { side } = own.elastic;
    const fits = side === "square" ? shape.length === 2 && shape[0] === shape[1] : shape.length === 1 || shape[side === "row" ? 0 : 1] === 1;
    const sized = fits ? size(side === "row" ? (shape[1] ?? shape[0]) : shape[0], own, shape.length === 1) : null;
    return sized && binary(op, a ? sized : left, b ? sized : right, context, range);
  }
  if (op === "divide" && a && !b && (right.kind === "symbolic" || scalarOf(right)))
    return kept(asWritten, { ...a.elastic, scale: binary("divide", a.elastic.scale, right, context, range) });
  return null;
}

/** Two of them: \mathbf 1\mathbf 1^\top, e_i^\top e_j. */
function pair(a: ElasticValue, b: ElasticValue, binary: Binary, asWritten: () => SymbolicValue, context: Context, range: Range): Value | null {
  const scale = (): Value => binary("multiply", a.elastic.scale, b.elastic.scale, context, range);
  const [i, j] = [a.elastic.unit, b.elastic.unit];
  if (a.elastic.side === "column" && b.elastic.side === "row" && i === null && j === null)
    return kept(asWritten, { unit: null, side: "square", scale: scale() });
  if (a.elastic.side === "row" && b.elastic.side === "column" && (i !== null || j !== null))
    return i === null || j === null || i === j ? scale() : zero;
  return null;
}

/** Transposed or negated; null for other operations. */
export function turnedElastic(
  op: string,
  v: ElasticValue,
  binary: Binary,
  asWritten: () => SymbolicValue,
  context: Context,
  range: Range,
): Value | null {
  const { side, scale } = v.elastic;
  if (op === "negate") return kept(asWritten, { ...v.elastic, scale: binary("multiply", integer(-1), scale, context, range) });
  if (op !== "transpose" && op !== "adjoint" && op !== "prime") return null;
  return kept(asWritten, { ...v.elastic, side: side === "square" ? side : side === "row" ? "column" : "row" });
}

/** Vectors of unknown length beside a vector of a known one, as in A x = \mathbf 1. */
export function alignElastic(values: readonly Value[], binary: Binary, context: Context, range: Range): readonly Value[] {
  if (!values.some(isElastic)) return values;
  const shape = values.map(shapeOf).find((s) => s !== null);
  if (!shape) return values;
  return values.map((v) => {
    if (!isElastic(v)) return v;
    const n = v.elastic.side === "row" ? (shape[1] ?? shape[0]) : shape[0];
    return stretched(v, n as number, binary, context, range, shape.length === 1);
  });
}
