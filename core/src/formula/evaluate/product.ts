// The products: which one a sign means follows from the shapes.

import { type ArrayValue, fail, type Range, said, type Value } from "../../expr/index.js";
import { spend } from "../../linalg/index.js";
import type { Context } from "../context.js";
import { checkCells, collapse, concatenate, entry, fromScalars, isVectorLike, reshaped, scalarOf, shapeText, single } from "./array.js";
import { isZeros } from "./elastic.js";
import { elementwise, entryOperations, mapEntries, settleFractions } from "./elementwise.js";
import { semanticsOf } from "./language.js";
import { product, directSum as sumOfBlocks } from "./linear.js";
import { add, conjugate, type Scalar, multiply as times, zero } from "./scalar.js";

type Operation = (left: Value, right: Value, context: Context, range: Range) => Value;

const scaled = (s: Scalar, a: ArrayValue, context: Context, range: Range): ArrayValue =>
  a.exact || a.imag || s.kind === "complex"
    ? settleFractions(
        mapEntries(a, (x) => times(s, x)),
        context,
      )
    : elementwise(entryOperations.multiply, fromScalars([1], [s]), a, context, range);

/** The number a factor stands for: single entries count as numbers where they are written so. */
const factor = (v: Value, other: Value, context: Context): Scalar | null => {
  if (v.kind !== "array") return scalarOf(v);
  if (v.data.length !== 1) return null;
  // A 1×1 matrix times a row or a column that fits is an ordinary product.
  const fits = other.kind === "array" && other.shape.length === 2 && (other.shape[0] === 1 || other.shape[1] === 1);
  return fits && semanticsOf(context.language).collapse ? single(v) : other.kind === "array" && !fits ? single(v) : null;
};

/** The mathematical product: numbers scale, matrices multiply, a vector is a column on the right and a row on the left. */
export const multiply: Operation = (left, right, context, range) => {
  // A \mathbf 0 is a vector of as many zeros as A has rows.
  if (isZeros(right) && left.kind === "array" && left.shape.length === 2 && left.data.length > 1) return filledZeros(left.shape[0] as number);
  const [s, t] = [factor(left, right, context), factor(right, left, context)];
  if (s && t) return times(s, t);
  if (s && right.kind === "array") return scaled(s, right, context, range);
  if (t && left.kind === "array") return scaled(t, left, context, range);
  if (left.kind !== "array" || right.kind !== "array")
    return fail("unsupported", said`cannot multiply ${shapeText(left)} by ${shapeText(right)}`, range);
  return matrixProduct(left, right, context, range);
};

const filledZeros = (rows: number): ArrayValue => fromScalars([rows, 1], new Array<Scalar>(rows).fill(zero));

function matrixProduct(a: ArrayValue, b: ArrayValue, context: Context, range: Range): Value {
  if (a.shape.length > 2 || b.shape.length > 2)
    return fail("unsupported", said`products of tensors (${a.shape.join("×")} and ${b.shape.join("×")})`, range);
  const [n, k] = [a.shape.length, b.shape.length];
  const finish = (c: ArrayValue): Value => (semanticsOf(context.language).collapse ? collapse(c) : c);
  if (n === 1 && k === 1) {
    if (a.shape[0] !== b.shape[0]) return mismatch(a, b, a.shape[0] as number, b.shape[0] as number, range);
    return single(product(reshaped(a, [1, a.data.length]), reshaped(b, [b.data.length, 1]), context, range)) as Scalar;
  }
  if (n === 1) {
    const rows = b.shape[0] as number;
    const column = rows === 1 && a.data.length !== 1;
    if (column) return product(reshaped(a, [a.data.length, 1]), b, context, range);
    if (rows !== a.data.length) return mismatch(a, b, a.data.length, rows, range);
    const c = product(reshaped(a, [1, a.data.length]), b, context, range);
    return finish(reshaped(c, [c.data.length]));
  }
  if (k === 1) {
    const inner = a.shape[1] as number;
    if (inner !== b.data.length) {
      if (inner === 1) return product(a, reshaped(b, [1, b.data.length]), context, range);
      return mismatch(a, b, inner, b.data.length, range);
    }
    const c = product(a, reshaped(b, [b.data.length, 1]), context, range);
    return finish(reshaped(c, [c.data.length]));
  }
  if (a.shape[1] !== b.shape[0]) return mismatch(a, b, a.shape[1] as number, b.shape[0] as number, range);
  return finish(product(a, b, context, range));
}

/** Which factor would fit the other when transposed. */
function fitting(a: ArrayValue, b: ArrayValue): string {
  const [m, n] = [a.shape[0], b.shape[b.shape.length - 1]];
  if (a.shape.length === 2 && b.shape.length === 2 && m === b.shape[0]) return "The left factor fits when it is transposed";
  if (a.shape.length === 2 && b.shape.length === 2 && a.shape[1] === n) return "The right factor fits when it is transposed";
  return "The left factor needs as many columns as the right one has rows";
}

const mismatch = (a: ArrayValue, b: ArrayValue, inner: number, outer: number, range: Range): never =>
  fail("shape-mismatch", said`cannot multiply ${shapeText(a)} by ${shapeText(b)} (inner sizes ${inner} and ${outer})`, range, fitting(a, b));

/** Code's @: as multiply, but a vector stays a vector and numbers are refused. */
export const matmul: Operation = (left, right, context, range) => {
  if (left.kind !== "array" || right.kind !== "array")
    return fail("shape-mismatch", said`@ needs two arrays, not ${shapeText(left)} and ${shapeText(right)}`, range, "Use * for a scalar factor");
  return batched(left, right, context, range) ?? strictProduct(left, right, context, range);
};

function strictProduct(a: ArrayValue, b: ArrayValue, context: Context, range: Range): Value {
  const A = a.shape.length === 1 ? reshaped(a, [1, a.data.length]) : a;
  const B = b.shape.length === 1 ? reshaped(b, [b.data.length, 1]) : b;
  if (A.shape[1] !== B.shape[0]) return mismatch(a, b, A.shape[1] as number, B.shape[0] as number, range);
  const c = product(A, B, context, range);
  if (a.shape.length === 1 && b.shape.length === 1) return single(c) as Scalar;
  if (a.shape.length === 1 || b.shape.length === 1) return reshaped(c, [c.data.length]);
  return c;
}

/** A product for each leading index of tensors of equal leading axes. */
function batched(a: ArrayValue, b: ArrayValue, context: Context, range: Range): Value | null {
  if (a.shape.length < 3 && b.shape.length < 3) return null;
  const lead = a.shape.length >= b.shape.length ? a.shape.slice(0, -2) : b.shape.slice(0, -2);
  const count = lead.reduce((x, y) => x * y, 1);
  const part = (t: ArrayValue, k: number): ArrayValue => {
    const [m, n] = t.shape.slice(-2) as [number, number];
    if (t.shape.length === 2) return t;
    const from = k * m * n;
    return {
      kind: "array",
      shape: [m, n],
      data: t.data.subarray(from, from + m * n),
      ...(t.exact && { exact: t.exact.slice(from, from + m * n) }),
      ...(t.imag && { imag: t.imag.subarray(from, from + m * n) }),
    };
  };
  for (const t of [a, b])
    if (t.shape.length < 2 || (t.shape.length > 2 && t.shape.slice(0, -2).join() !== lead.join()))
      return fail("shape-mismatch", said`cannot multiply ${shapeText(a)} by ${shapeText(b)}`, range);
  const parts = Array.from({ length: count }, (_, k) => strictProduct(part(a, k), part(b, k), context, range) as ArrayValue);
  const whole = concatenate(parts, 0);
  return reshaped(whole, [...lead, ...(parts[0] as ArrayValue).shape]);
}

/** Σ aᵢ bᵢ; the first factor conjugated when asked. */
export function inner(a: ArrayValue, b: ArrayValue, range: Range, conjugated = false): Scalar {
  if (a.data.length !== b.data.length || (a.shape.length === 2 && b.shape.length === 2 && !isVectorLike(a) && a.shape.join() !== b.shape.join()))
    return fail("shape-mismatch", said`the inner product of ${shapeText(a)} and ${shapeText(b)} needs equal shapes`, range);
  let sum: Scalar = a.exact && b.exact ? zero : { kind: "real", value: 0 };
  if (!a.exact || !b.exact)
    if (!a.imag && !b.imag) {
      let t = 0;
      for (let k = 0; k < a.data.length; k++) t += (a.data[k] as number) * (b.data[k] as number);
      return { kind: "real", value: t };
    }
  for (let k = 0; k < a.data.length; k++) sum = add(sum, times(conjugated ? conjugate(entry(a, k)) : entry(a, k), entry(b, k)));
  return sum;
}

const sameDirection = (a: ArrayValue, b: ArrayValue): boolean =>
  isVectorLike(a) &&
  isVectorLike(b) &&
  a.data.length === b.data.length &&
  a.data.length > 1 &&
  (a.shape.length === 1 || b.shape.length === 1 || a.shape.join() === b.shape.join());

/** ·: the dot product of two vectors of one shape, else the mathematical product. */
export const dot: Operation = (left, right, context, range) =>
  left.kind === "array" && right.kind === "array" && sameDirection(left, right) ? inner(left, right, range) : multiply(left, right, context, range);

/** ×: the cross product of two vectors of length 3, else the mathematical product. */
export const cross: Operation = (left, right, context, range) => {
  if (left.kind !== "array" || right.kind !== "array" || !sameDirection(left, right)) return multiply(left, right, context, range);
  if (left.data.length !== 3)
    return fail("shape-mismatch", said`the cross product needs vectors of length 3, not ${shapeText(left)} and ${shapeText(right)}`, range);
  const [a, b] = [(k: number) => entry(left, k % 3), (k: number) => entry(right, k % 3)];
  const part = (k: number): Scalar => add(times(a(k + 1), b(k + 2)), times(times(a(k + 2), b(k + 1)), { kind: "rational", num: -1n, den: 1n }));
  return fromScalars(left.shape.length === 1 ? right.shape : left.shape, [part(0), part(1), part(2)]);
};

/** ⊗: every entry of the left times the whole right; the outer product of two plain vectors. */
export const kronecker: Operation = (left, right, context, range) => {
  if (left.kind !== "array" || right.kind !== "array") return multiply(left, right, context, range);
  if (left.shape.length === 1 && right.shape.length === 1 && semanticsOf(context.language).collapse) return outer(left, right, context, range);
  const flat = left.shape.length === 1 && right.shape.length === 1;
  // A vector beside a matrix is a column in Julia.
  const column = context.language === "julia" && !flat;
  const A = left.shape.length === 1 ? reshaped(left, column ? [left.data.length, 1] : [1, left.data.length]) : left;
  const B = right.shape.length === 1 ? reshaped(right, column ? [right.data.length, 1] : [1, right.data.length]) : right;
  if (A.shape.length !== 2 || B.shape.length !== 2) return fail("unsupported", "the Kronecker product of tensors", range);
  const [m, n] = A.shape as [number, number];
  const [p, q] = B.shape as [number, number];
  checkCells([m * p, n * q], context, range);
  const places = { a: new Int32Array(m * p * n * q), b: new Int32Array(m * p * n * q) };
  for (let i = 0; i < m * p; i++) {
    spend(8 * n * q);
    for (let j = 0; j < n * q; j++) {
      places.a[i * n * q + j] = Math.floor(i / p) * n + Math.floor(j / q);
      places.b[i * n * q + j] = (i % p) * q + (j % q);
    }
  }
  return combine(A, B, places, flat ? [n * q] : [m * p, n * q], context, range);
};

/** aᵢ bⱼ as a matrix. */
export const outer: Operation = (left, right, context, range) => {
  if (left.kind !== "array" || right.kind !== "array") return multiply(left, right, context, range);
  const [m, n] = [left.data.length, right.data.length];
  checkCells([m, n], context, range);
  const places = { a: Int32Array.from({ length: m * n }, (_, k) => Math.floor(k / n)), b: Int32Array.from({ length: m * n }, (_, k) => k % n) };
  return combine(left, right, places, [m, n], context, range);
};

function combine(
  a: ArrayValue,
  b: ArrayValue,
  places: { a: Int32Array; b: Int32Array },
  shape: readonly number[],
  context: Context,
  range: Range,
): ArrayValue {
  if ((a.exact && b.exact) || a.imag || b.imag) {
    const out = new Array<Scalar>(places.a.length);
    for (let k = 0; k < out.length; k++) out[k] = times(entry(a, places.a[k] as number), entry(b, places.b[k] as number));
    return settleFractions(fromScalars(shape, out), context);
  }
  checkCells(shape, context, range);
  return { kind: "array", shape, data: Float64Array.from(places.a, (p, k) => (a.data[p] as number) * (b.data[places.b[k] as number] as number)) };
}

/** ⊕: blocks on the diagonal. */
export const directSum: Operation = (left, right, context, range) => {
  const block = (v: Value): ArrayValue => {
    if (v.kind === "array") return v;
    const s = scalarOf(v);
    return s ? fromScalars([1, 1], [s]) : fail("unsupported", said`the direct sum of ${shapeText(v)}`, range);
  };
  return sumOfBlocks(block(left), block(right), context, range);
};
