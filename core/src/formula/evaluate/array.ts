// Blocks of numbers: building, taking apart, moving entries. Exact entries stay exact where nothing is computed.

import { type ArrayValue, fail, type Range, said, type Value } from "../../expr/index.js";
import { type Matrix, type Rational, spend } from "../../linalg/index.js";
import type { Context } from "../context.js";
import { integer, isScalar, re, type Scalar } from "./scalar.js";

/** Above this many cells fractions are not kept: memory and time grow without use. */
export const maxExactCells = 20_000;

export const isArray = (v: Value): v is ArrayValue => v.kind === "array";
export const cells = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** "2×3", "a vector of length 3", "a scalar": how messages name a shape. */
export function shapeText(v: Value): string {
  if (v.kind === "array") return v.shape.length === 1 ? `a vector of length ${v.shape[0]}` : v.shape.length === 0 ? "a scalar" : v.shape.join("×");
  if (v.kind === "symbolic" && v.expr.kind === "matrix") return `${v.expr.rows.length}×${v.expr.rows[0]?.length ?? 0}`;
  if (isScalar(v)) return "a scalar";
  return `a ${v.kind}`;
}

/** Refuses shapes beyond the limit before anything is allocated. */
export function checkCells(shape: readonly number[], context: Context, range: Range): void {
  const n = cells(shape);
  if (!(n <= context.budget.maxCells))
    fail("too-large", said`a ${shape.join("×")} array has ${n} cells, the limit is ${context.budget.maxCells}`, range);
}

/** The k-th entry in row-major order. */
export function entry(a: ArrayValue, k: number): Scalar {
  const exact = a.exact?.[k];
  if (exact) return { kind: "rational", num: exact.num, den: exact.den };
  const imag = a.imag?.[k] ?? 0;
  return imag === 0 ? { kind: "real", value: a.data[k] as number } : { kind: "complex", re: a.data[k] as number, im: imag };
}

export function entries(a: ArrayValue): Scalar[] {
  const out: Scalar[] = [];
  inPortions(a.data.length, (from, to) => {
    for (let k = from; k < to; k++) out.push(entry(a, k));
  });
  return out;
}

/** An array over scalars in row-major order; exact when every one is a fraction. */
export function fromScalars(shape: readonly number[], scalars: readonly Scalar[]): ArrayValue {
  const data = Float64Array.from(scalars, re);
  if (scalars.length <= maxExactCells && scalars.every((s) => s.kind === "rational"))
    return { kind: "array", shape, data, exact: scalars as readonly Rational[] };
  if (scalars.some((s) => s.kind === "complex"))
    return { kind: "array", shape, data, imag: Float64Array.from(scalars, (s) => (s.kind === "complex" ? s.im : 0)) };
  return { kind: "array", shape, data };
}

/** Numbers a loop over an array goes on for before a limit of time is looked at. */
const PORTION = 1 << 13;

/** Runs a loop over `n` entries in portions, so that it can be stopped between them. */
export function inPortions(n: number, loop: (from: number, to: number) => void): void {
  for (let from = 0; from < n; from += PORTION) {
    const to = Math.min(n, from + PORTION);
    spend(8 * (to - from));
    loop(from, to);
  }
}

/** The array whose k-th entry (in row-major order) is `at(k)`; where there are too many to be kept exact, only their numbers are ever held. */
export function tabulated(shape: readonly number[], at: (k: number) => Scalar): ArrayValue {
  const n = cells(shape);
  if (n <= maxExactCells)
    return fromScalars(
      shape,
      Array.from({ length: n }, (_, k) => at(k)),
    );
  const data = new Float64Array(n);
  let imag: Float64Array | undefined;
  inPortions(n, (from, to) => {
    for (let k = from; k < to; k++) {
      const s = at(k);
      data[k] = re(s);
      if (s.kind === "complex") (imag ??= new Float64Array(n))[k] = s.im;
    }
  });
  return { kind: "array", shape, data, ...(imag && { imag }) };
}

/** The same entries under another shape. */
export const reshaped = (a: ArrayValue, shape: readonly number[]): ArrayValue => ({ ...a, shape });

/** Entries chosen by their places. */
export function gather(a: ArrayValue, shape: readonly number[], places: ArrayLike<number>): ArrayValue {
  const n = places.length;
  const data = new Float64Array(n);
  inPortions(n, (from, to) => {
    for (let k = from; k < to; k++) data[k] = a.data[places[k] as number] as number;
  });
  const out: { -readonly [K in keyof ArrayValue]: ArrayValue[K] } = { kind: "array", shape, data };
  if (a.imag) {
    const imag = new Float64Array(n);
    for (let k = 0; k < n; k++) imag[k] = a.imag[places[k] as number] as number;
    if (imag.some((x) => x !== 0)) out.imag = imag;
  }
  if (a.exact) out.exact = Array.from(places, (p) => a.exact?.[p] as Rational);
  if (a.element) out.element = a.element;
  return out;
}

/** The matrix with rows and columns exchanged; a vector of length n becomes a 1×n row. */
export function transpose(a: ArrayValue): ArrayValue {
  if (a.shape.length === 1) return reshaped(a, [1, a.shape[0] as number]);
  const rank = a.shape.length;
  if (rank === 2) {
    const [m, n] = a.shape as [number, number];
    const places = new Int32Array(m * n);
    for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) places[j * m + i] = i * n + j;
    return gather(a, [n, m], places);
  }
  return permute(
    a,
    Array.from({ length: rank }, (_, k) => rank - 1 - k),
  );
}

/** The array with its axes in another order. */
export function permute(a: ArrayValue, axes: readonly number[]): ArrayValue {
  const strides = stridesOf(a.shape);
  const shape = axes.map((x) => a.shape[x] as number);
  const places = new Int32Array(a.data.length);
  const index = new Array<number>(shape.length).fill(0);
  for (let k = 0; k < places.length; k++) {
    let p = 0;
    for (let d = 0; d < shape.length; d++) p += (index[d] as number) * (strides[axes[d] as number] as number);
    places[k] = p;
    for (let d = shape.length - 1; d >= 0; d--) {
      if (++(index[d] as number) < (shape[d] as number)) break;
      index[d] = 0;
    }
  }
  return gather(a, shape, places);
}

export function stridesOf(shape: readonly number[]): number[] {
  const out = new Array<number>(shape.length).fill(1);
  for (let d = shape.length - 2; d >= 0; d--) out[d] = (out[d + 1] as number) * (shape[d + 1] as number);
  return out;
}

export const conjugateArray = (a: ArrayValue): ArrayValue => (a.imag ? { ...a, imag: a.imag.map((x) => -x) } : a);

/** The rows×columns seen by linear algebra: a vector is a column. */
export function dims(a: ArrayValue): readonly [rows: number, columns: number] | null {
  if (a.shape.length === 1) return [a.shape[0] as number, 1];
  return a.shape.length === 2 ? (a.shape as unknown as readonly [number, number]) : null;
}

/** True for a vector, a single column or a single row. */
export const isVectorLike = (a: ArrayValue): boolean => a.shape.length === 1 || (a.shape.length === 2 && (a.shape[0] === 1 || a.shape[1] === 1));

/** The number in a 1×1 array or an array of one entry. */
export const single = (a: ArrayValue): Scalar | null => (a.data.length === 1 ? entry(a, 0) : null);

/** A value as one number: booleans count 0 and 1, a single entry counts as itself; null otherwise. */
export function scalarOf(v: Value): Scalar | null {
  if (isScalar(v)) return v;
  if (v.kind === "boolean") return integer(v.value ? 1 : 0);
  return v.kind === "array" ? single(v) : null;
}

/** A one-entry 1×1 result as its number, in notations where x^T A x is a number. */
export const collapse = (a: ArrayValue): Value => single(a) ?? a;

/** Stacks arrays along an axis; the other axes must agree (checked by the caller). */
export function concatenate(parts: readonly ArrayValue[], axis: number): ArrayValue {
  const first = parts[0] as ArrayValue;
  const shape = first.shape.map((s, d) => (d === axis ? parts.reduce((n, p) => n + (p.shape[d] as number), 0) : s));
  const inner = cells(first.shape.slice(axis + 1));
  const outer = cells(first.shape.slice(0, axis));
  const total = cells(shape);
  const data = new Float64Array(total);
  const imag = parts.some((p) => p.imag) ? new Float64Array(total) : undefined;
  const exact = total <= maxExactCells && parts.every((p) => p.exact) ? new Array<Rational>(total) : undefined;
  let at = 0;
  for (let o = 0; o < outer; o++)
    for (const p of parts) {
      const size = (p.shape[axis] as number) * inner;
      data.set(p.data.subarray(o * size, (o + 1) * size), at);
      if (imag && p.imag) imag.set(p.imag.subarray(o * size, (o + 1) * size), at);
      if (exact) for (let k = 0; k < size; k++) exact[at + k] = p.exact?.[o * size + k] as Rational;
      at += size;
    }
  const element = parts.every((p) => p.element === "boolean") ? ("boolean" as const) : undefined;
  return { kind: "array", shape, data, ...(imag && { imag }), ...(exact && { exact }), ...(element && { element }) };
}

/** An array value as a matrix of the mathematics rooms; fails for tensors. */
export function toMatrix(v: Value, range: Range): Matrix {
  if (isScalar(v)) return { rows: 1, columns: 1, data: Float64Array.of(re(v)), ...(v.kind === "complex" && { imag: Float64Array.of(v.im) }) };
  const d = v.kind === "array" ? dims(v) : null;
  if (v.kind !== "array" || !d) return fail("unsupported", said`a matrix is needed here, not ${shapeText(v)}`, range);
  return { rows: d[0], columns: d[1], data: v.data, ...(v.imag && { imag: v.imag }) };
}

/** Numbers all of one value. */
export function filled(shape: readonly number[], value: Scalar): ArrayValue {
  const n = cells(shape);
  if (n <= maxExactCells) return fromScalars(shape, new Array<Scalar>(n).fill(value));
  return { kind: "array", shape, data: new Float64Array(n).fill(re(value)) };
}

/** The rows×columns matrix with `diagonal` numbers on its k-th diagonal. */
export function diagonal(values: readonly Scalar[], offset = 0): ArrayValue {
  const n = values.length + Math.abs(offset);
  const out = new Array<Scalar>(n * n).fill(integer(0));
  values.forEach((v, i) => {
    out[(offset < 0 ? i - offset : i) * n + (offset > 0 ? i + offset : i)] = v;
  });
  return fromScalars([n, n], out);
}

export function identity(rows: number, columns = rows): ArrayValue {
  const n = rows * columns;
  if (n <= maxExactCells)
    return fromScalars(
      [rows, columns],
      Array.from({ length: n }, (_, k) => integer(Math.floor(k / columns) === k % columns ? 1 : 0)),
    );
  const data = new Float64Array(n);
  for (let i = 0; i < Math.min(rows, columns); i++) data[i * columns + i] = 1;
  return { kind: "array", shape: [rows, columns], data };
}
