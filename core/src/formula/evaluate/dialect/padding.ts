// Padding an array: with a number, its edge, its mirror image or itself.

import { type ArrayValue, type CallExpr, fail, said, type Value } from "../../../expr/index.js";
import type { Context } from "../../context.js";
import { cells, checkCells, concatenate, fromScalars } from "../array.js";
import type * as s from "../scalar.js";
import { arrayOf, taken } from "./arguments.js";

/** Where the k-th place of a padded axis of n comes from, k from before the first place to beyond the last one. */
const sources: Readonly<Record<string, (k: number, n: number) => number>> = {
  edge: (k, n) => Math.min(Math.max(k, 0), n - 1),
  wrap: (k, n) => ((k % n) + n) % n,
  reflect: (k, n) => {
    if (n === 1) return 0;
    const m = ((k % (2 * n - 2)) + 2 * n - 2) % (2 * n - 2);
    return m < n ? m : 2 * n - 2 - m;
  },
  symmetric: (k, n) => {
    const m = ((k % (2 * n)) + 2 * n) % (2 * n);
    return m < n ? m : 2 * n - 1 - m;
  },
};

/**
 * The array with places added before and after each axis. `width` is one number, one pair, or a pair for each axis;
 * `mode` one of constant, edge, wrap, reflect, symmetric.
 */
export function padded(a: ArrayValue, width: Value | undefined, mode: string, value: s.Scalar, context: Context, call: CallExpr): ArrayValue {
  const source = Object.hasOwn(sources, mode) ? sources[mode] : undefined;
  if (mode !== "constant" && !source)
    return fail("unsupported", said`padding by ${mode}`, call.range, said`Use one of ${["constant", ...Object.keys(sources)].join(", ")}`);
  const given = Array.from(arrayOf(width, call).data);
  const around = (d: number): readonly [number, number] =>
    given.length === 1
      ? [given[0] as number, given[0] as number]
      : given.length === 2
        ? [given[0] as number, given[1] as number]
        : [given[2 * d] ?? 0, given[2 * d + 1] ?? 0];
  return a.shape.reduce((out, n, d) => {
    const [before, after] = around(d);
    if (before < 0 || after < 0) return fail("domain", "an array is padded by a positive number of places", call.range);
    const shape = out.shape.map((m, k) => (k === d ? before + n + after : m));
    checkCells(shape, context, call.range);
    if (source) {
      if (n === 0) return fail("domain", said`an empty axis has nothing to pad by ${mode}`, call.range);
      return taken(
        out,
        d,
        Array.from({ length: before + n + after }, (_, k) => source(k - before, n)),
      );
    }
    const block = (m: number): ArrayValue[] => {
      if (m === 0) return [];
      const part = out.shape.map((size, k) => (k === d ? m : size));
      return [fromScalars(part, new Array<s.Scalar>(cells(part)).fill(value))];
    };
    return concatenate([...block(before), out, ...block(after)], d);
  }, a);
}
