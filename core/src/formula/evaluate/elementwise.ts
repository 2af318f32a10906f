// Entry by entry: shapes meet by the notation's rule, numbers stay exact while both sides are.

import { type ArrayValue, fail, type Range, said } from "../../expr/index.js";
import type { Context } from "../context.js";
import { cells, checkCells, entry, gather, inPortions, maxExactCells, reshaped, shapeText, tabulated } from "./array.js";
import { semanticsOf } from "./language.js";
import * as scalar from "./scalar.js";

export interface EntryOperation {
  /** "add": for the message. */
  readonly verb: string;
  /** The float64 kernel; null when it may leave the real numbers. */
  readonly real: (x: number, y: number) => number;
  readonly scalar: (a: scalar.Scalar, b: scalar.Scalar) => scalar.Scalar;
  /** False when the real kernel does not serve these entries (a negative base with a fractional exponent). */
  readonly staysReal?: (a: ArrayValue, b: ArrayValue) => boolean;
}

const realPair = (f: (a: any, b: any) => scalar.Scalar) => (a: scalar.Scalar, b: scalar.Scalar) =>
  scalar.isReal(a) && scalar.isReal(b) ? f(a, b) : { kind: "real" as const, value: Number.NaN };

export const entryOperations = {
  add: { verb: "add", real: (x, y) => x + y, scalar: scalar.add },
  subtract: { verb: "subtract", real: (x, y) => x - y, scalar: scalar.subtract },
  multiply: { verb: "multiply entry by entry", real: (x, y) => x * y, scalar: scalar.multiply },
  divide: { verb: "divide entry by entry", real: (x, y) => x / y, scalar: scalar.divide },
  power: {
    verb: "raise entry by entry",
    real: (x, y) => x ** y,
    scalar: scalar.power,
    staysReal: (a, b) => b.data.every(Number.isInteger) || a.data.every((x) => x >= 0),
  },
  mod: {
    verb: "take remainders of",
    real: (x, y) => scalar.re(scalar.modulo({ kind: "real", value: x }, { kind: "real", value: y })),
    scalar: realPair(scalar.modulo),
  },
  floordivide: { verb: "divide", real: (x, y) => Math.floor(x / y), scalar: realPair(scalar.floorDivide) },
} satisfies Record<string, EntryOperation>;

/** Two arrays brought to a common shape by the rule of the notation, or a shape error that names both. */
export function align(a: ArrayValue, b: ArrayValue, verb: string, context: Context, range: Range): readonly [ArrayValue, ArrayValue] {
  if (a.shape.length === b.shape.length && a.shape.every((n, d) => n === b.shape[d])) return [a, b];
  const rule = semanticsOf(context.language).broadcast;
  const mismatch = (): never => {
    const [left, right] = [shapeText(a), shapeText(b)];
    return fail("shape-mismatch", said`cannot ${verb} ${left} and ${right}`, range, "Both need the same shape");
  };
  // A single entry takes the other's shape; in NumPy only where that has at least as many axes.
  const ranked = rule === "trailing";
  const both = a.data.length === 1 && b.data.length === 1;
  if (a.data.length === 1 && ((!ranked && !both) || a.shape.length <= b.shape.length)) return [stretch(a, b.shape), b];
  if (b.data.length === 1 && ((!ranked && !both) || b.shape.length <= a.shape.length)) return [a, stretch(b, a.shape)];
  if (rule === "equal") {
    // A vector meets a column or a row of the same length.
    if (a.shape.length === 1 && b.shape.length === 2 && Math.min(...b.shape) === 1 && b.data.length === a.data.length)
      return [reshaped(a, b.shape), b];
    if (b.shape.length === 1 && a.shape.length === 2 && Math.min(...a.shape) === 1 && b.data.length === a.data.length)
      return [a, reshaped(b, a.shape)];
    return mismatch();
  }
  if (rule === "recycle") {
    const [short, long] = a.data.length < b.data.length ? [a, b] : [b, a];
    if (short.shape.length > 1 && long.shape.length > 1) return mismatch();
    // R fills by columns; a vector runs down the columns of a matrix.
    if (long.shape.length === 2) {
      const [m, n] = long.shape as [number, number];
      const places = Int32Array.from({ length: m * n }, (_, k) => ((k % n) * m + Math.floor(k / n)) % short.data.length);
      const wide = gather(short, long.shape, places);
      return short === a ? [wide, b] : [a, wide];
    }
    if (long.data.length % short.data.length !== 0) context.note("the longer vector's length is no multiple of the shorter one's");
    const wide = gather(
      short,
      long.shape,
      Int32Array.from({ length: long.data.length }, (_, k) => k % short.data.length),
    );
    return short === a ? [wide, b] : [a, wide];
  }
  const rank = Math.max(a.shape.length, b.shape.length);
  const pad = (s: readonly number[]): number[] =>
    rule === "trailing" ? [...new Array<number>(rank - s.length).fill(1), ...s] : [...s, ...new Array<number>(rank - s.length).fill(1)];
  const sa = pad(a.shape);
  const sb = pad(b.shape);
  const shape: number[] = [];
  for (let d = 0; d < rank; d++) {
    const [x, y] = [sa[d] as number, sb[d] as number];
    if (x !== y && x !== 1 && y !== 1) mismatch();
    shape.push(x === 1 ? y : x);
  }
  checkCells(shape, context, range);
  return [spread(reshaped(a, sa), shape), spread(reshaped(b, sb), shape)];
}

const stretch = (a: ArrayValue, shape: readonly number[]): ArrayValue => gather(a, shape, new Int32Array(cells(shape)));

/** Repeats axes of length 1. */
function spread(a: ArrayValue, shape: readonly number[]): ArrayValue {
  if (a.shape.every((n, d) => n === shape[d])) return a;
  let block = 1;
  const strides = new Array<number>(shape.length).fill(0);
  for (let d = shape.length - 1; d >= 0; d--) {
    strides[d] = a.shape[d] === 1 ? 0 : block;
    block *= a.shape[d] as number;
  }
  const places = new Int32Array(cells(shape));
  for (let k = 0; k < places.length; k++) {
    let rest = k;
    let p = 0;
    for (let d = shape.length - 1; d >= 0; d--) {
      const n = shape[d] as number;
      p += (rest % n) * (strides[d] as number);
      rest = Math.floor(rest / n);
    }
    places[k] = p;
  }
  return gather(a, shape, places);
}

/** One operation over two arrays. */
export function elementwise(op: EntryOperation, left: ArrayValue, right: ArrayValue, context: Context, range: Range): ArrayValue {
  const [a, b] = align(left, right, op.verb, context, range);
  const exact = a.exact && b.exact && a.data.length <= maxExactCells;
  if (!exact && !a.imag && !b.imag && (op.staysReal?.(a, b) ?? true)) {
    const data = new Float64Array(a.data.length);
    inPortions(data.length, (from, to) => {
      for (let k = from; k < to; k++) data[k] = op.real(a.data[k] as number, b.data[k] as number);
    });
    return { kind: "array", shape: a.shape, data };
  }
  return settleFractions(
    tabulated(a.shape, (k) => op.scalar(entry(a, k), entry(b, k))),
    context,
  );
}

/** One function over the entries of an array. */
export function mapEntries(a: ArrayValue, f: (s: scalar.Scalar) => scalar.Scalar): ArrayValue {
  return tabulated(a.shape, (k) => f(entry(a, k)));
}

/** Where integers divide to floating point, an array with a proper fraction is no longer exact. */
export function settleFractions(a: ArrayValue, context: Context): ArrayValue {
  if (!a.exact || semanticsOf(context.language).fractions || a.exact.every((r) => r.den === 1n)) return a;
  const { exact: _, ...rest } = a;
  return rest;
}
