// Small conversions that reference aliases share.

import { MathError, type Matrix, said } from "../linalg/index.js";
import { decodeMatrix, decodeVector } from "./json.js";

/** An alias with the numbers still as JSON. */
export type Input = Readonly<Record<string, any>>;

export const nested = (m: Matrix): number[][] =>
  Array.from({ length: m.rows }, (_, i) => Array.from(m.data.subarray(i * m.columns, (i + 1) * m.columns)));
export const m = (json: unknown, what?: string): Matrix => decodeMatrix(json, what);
export const v = (json: unknown, what?: string): Float64Array => decodeVector(json, what);

/** The entries of a list at the given places; refuses a place outside. */
export const pick = <T>(list: ArrayLike<T>, places: readonly number[]): T[] =>
  places.map((i) => {
    if (!(i >= 0 && i < list.length)) throw new MathError("index-out-of-range", said`there is no entry ${i} of ${list.length}`);
    return list[i] as T;
  });

/** Complex numbers in two planes, from {re, im} of two lists or from a list of real numbers. */
export function planes(json: any, what?: string): { re: Float64Array; im: Float64Array } {
  if (json !== null && typeof json === "object" && "re" in json && "im" in json)
    return { re: decodeVector(json.re, what), im: decodeVector(json.im, what) };
  const re = decodeVector(json, what);
  return { re, im: new Float64Array(re.length) };
}

/** Complex numbers in two planes as a column. */
export const columnOfPlanes = (x: { readonly re: Float64Array; readonly im: Float64Array }): Matrix => ({
  rows: x.re.length,
  columns: 1,
  data: x.re,
  imag: x.im,
});

/** A row or column as planes. */
export const planesOfMatrix = (a: Matrix): { re: Float64Array; im: Float64Array } => ({ re: a.data, im: a.imag ?? new Float64Array(a.data.length) });

/** Nested rows of a real matrix, {re, im} of nested rows of a complex one. */
export const nestedComplex = (a: Matrix): unknown => (a.imag ? { re: nested(a), im: nested({ ...a, data: a.imag }) } : nested(a));
