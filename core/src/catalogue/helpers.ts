// Small conversions that reference aliases share.

import { MathError, type Matrix } from "../linalg/index.js";
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
    if (!(i >= 0 && i < list.length)) throw new MathError("index-out-of-range", `there is no entry ${i} of ${list.length}`);
    return list[i] as T;
  });
