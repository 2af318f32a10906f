// What the functions on arrays ask of their arguments.

import { type ArrayValue, type CallExpr, fail, type Range, said, type Value } from "../../../expr/index.js";
import { entries, fromScalars, scalarOf, shapeText } from "../array.js";
import * as s from "../scalar.js";

/** Whole sizes from numbers or one array of them. */
export function sizes(args: readonly Value[], call: CallExpr): number[] {
  return args.flatMap((v, k) => {
    const range = (call.args[k] ?? call).range;
    const numbers = v.kind === "array" ? entries(v) : [scalarOf(v) ?? fail("domain", said`a size must be a number, not ${shapeText(v)}`, range)];
    return numbers.map((x) => {
      const n = s.toInteger(x);
      return n !== null && n >= 0 ? n : fail("domain", said`${s.re(x)} is no size`, range);
    });
  });
}

/** A whole number, or the fallback where none is given. */
export const integerOf = (v: Value | undefined, fallback: number, range: Range): number => {
  if (v === undefined) return fallback;
  const x = scalarOf(v);
  return (x && s.toInteger(x)) ?? fail("domain", said`a whole number is needed here, not ${shapeText(v)}`, range);
};

/** Rows and columns and further axes; a list has its length. */
export const shapeOf = (v: Value): readonly number[] => (v.kind === "array" ? v.shape : v.kind === "list" ? [v.items.length] : []);

/** The value as an array; a number is an array of one entry. */
export const toArray = (v: Value | undefined): ArrayValue => (v?.kind === "array" ? v : fromScalars([1], [v ? (scalarOf(v) ?? s.zero) : s.zero]));
