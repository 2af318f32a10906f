// A[i, j] = value: a copy of the array with the selected entries replaced. MATLAB's arrays grow when a place lies outside.

import { type ArrayValue, type CallExpr, fail, type IndexExpr, said, type Value } from "../../expr/index.js";
import type { Context } from "../context.js";
import { checkCells, entries, fromScalars, scalarOf, shapeText } from "./array.js";
import { evaluate } from "./dispatch.js";
import { type Selector, select } from "./indexing.js";
import { asArray } from "./operate.js";
import { re, type Scalar, toInteger, zero } from "./scalar.js";

/** `selectors` reads the places of the index; the evaluator of indices has it. */
export function evaluateReplaced(
  e: CallExpr,
  context: Context,
  selectors: (e: IndexExpr, base: Value, context: Context) => readonly Selector[],
): Value {
  const [place, given] = e.args as [IndexExpr, CallExpr];
  const value = asArray(evaluate(given, context));
  const removes = context.language === "matlab" && value.kind === "array" && value.data.length === 0;
  const before = asArray(evaluate(place.base, context));
  if (before.kind === "list") return inList(before.items, place, value, context, selectors);
  const s = before.kind === "array" ? null : scalarOf(before);
  const plain = before.kind === "array" ? before : s ? fromScalars([1, 1], [s]) : null;
  if (!plain) return fail("unsupported", said`entries of ${shapeText(before)} cannot be set`, place.range);
  if (removes) return withoutPlaces(plain, place, selectors(place, plain, context), context);
  const grown = context.language === "matlab" ? grow(plain, selectors(place, plain, context), context, place) : plain;
  const numbers: ArrayValue = {
    kind: "array",
    shape: grown.shape,
    data: Float64Array.from(grown.data, (_, k) => k),
  };
  const chosen = select(numbers, selectors(place, grown, context), place.origin, context, place.range);
  const at = chosen.kind === "array" ? Array.from(chosen.data) : [re(scalarOf(chosen) ?? zero)];
  const shape = chosen.kind === "array" ? chosen.shape : [];
  const from = incoming(value, at.length, shape, context, e);
  const out = entries(grown);
  at.forEach((k, n) => {
    out[k] = from(n);
  });
  const result = fromScalars(grown.shape, out);
  return grown.element ? { ...result, element: grown.element } : result;
}

function inList(
  items: readonly Value[],
  place: IndexExpr,
  value: Value,
  context: Context,
  selectors: (e: IndexExpr, base: Value, context: Context) => readonly Selector[],
): Value {
  const numbers: Value = { kind: "array", shape: [items.length], data: Float64Array.from(items, (_, k) => k) };
  const k = scalarOf(select(numbers, selectors(place, numbers, context), place.origin, context, place.range));
  if (!k) return fail("unsupported", "only one entry of a list can be set at a time", place.range);
  return { kind: "list", items: items.map((x, i) => (i === re(k) ? value : x)) };
}

/** The n-th of the new entries: one number for all, or an array of the shape of the place (or one that stretches to it). */
function incoming(value: Value, count: number, shape: readonly number[], context: Context, e: CallExpr): (n: number) => Scalar {
  const s = value.kind === "array" && value.data.length !== 1 ? null : scalarOf(value);
  if (s) return () => s;
  if (value.kind !== "array") return fail("unsupported", said`an entry cannot hold ${shapeText(value)}`, e.range);
  const list = entries(value);
  const flat = (x: readonly number[]): string => x.filter((n) => n !== 1).join("×");
  if (flat(value.shape) === flat(shape)) return (n) => list[n] as Scalar;
  const last = shape[shape.length - 1] ?? 1;
  const rest = value.shape.filter((n) => n !== 1);
  // A row for every row, a column for every column.
  if (context.language === "python" && rest.length === 1 && list.length === last) return (n) => list[n % last] as Scalar;
  if (context.language === "python" && rest.length === 1 && value.shape.at(-1) === 1 && list.length * last === count)
    return (n) => list[Math.floor(n / last)] as Scalar;
  if (context.language === "r" && count % list.length === 0) return (n) => list[n % list.length] as Scalar;
  return fail(
    "shape-mismatch",
    said`${shapeText(value)} does not fit the place of ${shape.join("×") || "one entry"}`,
    e.range,
    "Give one number, or as many as the place holds",
  );
}

/** A(2, :) = [] takes rows, columns or entries out. */
function withoutPlaces(a: ArrayValue, place: IndexExpr, chosen: readonly Selector[], context: Context): ArrayValue {
  const whole = (s: Selector): boolean => s.kind === "slice" && !s.start && !s.stop;
  const shape = a.shape.length === 2 ? a.shape : [1, a.data.length];
  const axis = chosen.length === 1 ? (shape[0] === 1 ? 1 : 0) : chosen.findIndex((s) => !whole(s));
  if (chosen.length > 2 || (chosen.length === 2 && !chosen.some(whole)))
    return fail("unsupported", "whole rows or columns can be taken out", place.range);
  const rows = axis < 0 ? [] : chosen;
  const flat: ArrayValue = {
    kind: "array",
    shape: [shape[axis] ?? a.data.length],
    data: Float64Array.from({ length: shape[axis] ?? a.data.length }, (_, k) => k),
  };
  const out = select(flat, chosen.length === 1 ? rows : [rows[axis] as Selector], 1, context, place.range);
  const gone = new Set(out.kind === "array" ? out.data : [re(scalarOf(out) ?? zero)]);
  const [m, n] = shape as [number, number];
  const list = entries(a);
  const kept = Array.from(list.keys()).filter((k) => !gone.has(axis === 0 ? Math.floor(k / n) : k % n));
  return fromScalars(
    axis === 0 ? [m - gone.size, n] : [m, n - gone.size],
    kept.map((k) => list[k] as Scalar),
  );
}

/** MATLAB fills with zeros up to the place that is set. */
function grow(a: ArrayValue, chosen: readonly Selector[], context: Context, place: IndexExpr): ArrayValue {
  const [rows, columns] = (a.shape.length === 2 ? a.shape : [1, a.data.length]) as [number, number];
  const furthest = chosen.map((s) => {
    if (s.kind === "one") return toInteger(scalarOf(s.value) ?? zero) ?? 0;
    if (s.kind === "many") return s.value.element === "boolean" ? 0 : s.value.data.reduce((x, y) => Math.max(x, y), 0);
    return s.stop ? (toInteger(scalarOf(s.stop) ?? zero) ?? 0) : 0;
  });
  const [i, j] = furthest;
  const linear = chosen.length === 1;
  if (a.shape.length > 2 || chosen.length > 2 || (linear && (i ?? 0) <= a.data.length)) return a;
  if (linear && rows > 1 && columns > 1) return a;
  const column = linear && columns === 1 && rows > 1;
  const m = linear ? (column ? (i as number) : Math.max(rows, 1)) : Math.max(rows, i as number);
  const n = linear ? (column ? 1 : (i as number)) : Math.max(columns, j as number);
  if (m === rows && n === columns) return a;
  checkCells([m, n], context, place.range);
  const old = entries(a);
  return fromScalars(
    [m, n],
    Array.from({ length: m * n }, (_, k) => {
      const [p, q] = [Math.floor(k / n), k % n];
      return p < rows && q < columns ? (old[p * columns + q] as Scalar) : zero;
    }),
  );
}
