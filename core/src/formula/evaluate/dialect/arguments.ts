// What the functions of array languages ask of their arguments: arrays, whole numbers, axes, places.

import { type ArrayValue, type CallExpr, fail, type RecordValue, said, type Value } from "../../../expr/index.js";
import type { Context } from "../../context.js";
import { cells, entries, fromScalars, gather, reshaped, scalarOf, shapeText, stridesOf } from "../array.js";
import type { FormulaFunction } from "../function.js";
import { functions } from "../functions/index.js";
import * as s from "../scalar.js";

/** The value as an array; a number is an array without axes. */
export const arrayOf = (v: Value | undefined, call: CallExpr): ArrayValue => {
  if (v?.kind === "array") return v;
  const x = v && scalarOf(v);
  return x ? fromScalars([], [x]) : fail("unsupported", said`${call.name} of ${v ? shapeText(v) : "nothing"}`, call.range);
};
/** The same entries in one line. */
export const flat = (a: ArrayValue): ArrayValue => reshaped(a, [a.data.length]);
/** A whole number, or the fallback where none is given. */
export const integerOf = (v: Value | undefined, fallback: number, call: CallExpr): number =>
  v === undefined ? fallback : (s.toInteger(scalarOf(v) ?? s.zero) ?? fail("domain", said`${call.name} takes whole numbers here`, call.range));
/** A text, or "" where none is given. */
export const word = (v: Value | undefined): string => (v?.kind === "string" ? v.value : "");
/** Whether a flag is given and set. */
export const truth = (v: Value | undefined): boolean => (v?.kind === "boolean" ? v.value : v !== undefined && !s.isZero(scalarOf(v) ?? s.zero));
/** An axis by its number; negative ones count from the last. */
export const axisAt = (v: Value | undefined, rank: number, call: CallExpr): number => {
  const n = integerOf(v, 0, call);
  const axis = n < 0 ? n + rank : n;
  return axis >= 0 && axis < rank ? axis : fail("index-out-of-range", said`axis ${n} of an array of ${rank} axes`, call.range);
};
/** Named parts. */
export const record = (title: string, fields: Record<string, Value>): RecordValue => ({ kind: "record", title, fields });

/** The places along an axis, in the order given. */
export function taken(a: ArrayValue, axis: number, at: readonly number[]): ArrayValue {
  const shape = a.shape.map((n, d) => (d === axis ? at.length : n));
  const strides = stridesOf(a.shape);
  const inner = strides[axis] as number;
  const outer = (a.shape[axis] as number) * inner;
  const count = cells(a.shape.slice(0, axis));
  const places: number[] = [];
  for (let o = 0; o < count; o++) for (const k of at) for (let i = 0; i < inner; i++) places.push(o * outer + k * inner + i);
  return gather(a, shape, places);
}

/** A place along an axis of that size; negative ones count from the end. */
export const within = (n: number, size: number, call: CallExpr): number => {
  const k = n < 0 ? n + size : n;
  return k >= 0 && k < size ? k : fail("index-out-of-range", said`index ${n} is outside 0..${size - 1}`, call.range);
};
/** Places along an axis of that size, checked. */
export const placesOf = (v: Value | undefined, size: number, call: CallExpr): number[] =>
  entries(flat(arrayOf(v, call))).map((x) => within(s.toInteger(x) ?? fail("domain", "an index must be a whole number", call.range), size, call));

/** A function of each number. */
export const mapNumbers = (v: Value, f: (x: number) => s.Scalar, call: CallExpr): Value => {
  const a = arrayOf(v, call);
  return a.shape.length === 0 ? f(a.data[0] as number) : fromScalars(a.shape, Array.from(a.data, f));
};

/** An entry of a dialect table: one argument unless the arity says otherwise. */
export const unary = (
  name: string,
  aliases: readonly string[],
  apply: FormulaFunction["apply"],
  arity: readonly [number, number] = [1, 1],
): FormulaFunction => ({ name, aliases, arity, apply });

/** The common function of that name, applied. */
export const usual = (name: string, args: readonly Value[], named: Readonly<Record<string, Value>>, call: CallExpr, context: Context): Value =>
  (functions.get(name) ?? fail("unknown-function", said`there is no function named ${name}`, call.nameRange)).apply(args, named, call, context);
