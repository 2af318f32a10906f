// Elementary operations on rows and columns.

import { type CallExpr, fail, said, type Value } from "../../../expr/index.js";
import { dims, entries, fromScalars, reshaped, scalarOf, shapeText, transpose } from "../array.js";
import type { FormulaFunction } from "../function.js";
import * as s from "../scalar.js";
import { integerOf } from "./arguments.js";

type Scalar = s.Scalar;

/** Elementary row (or column) operations: swap i and j, scale i by k, add k times j to i; counted from 1. */
function rowOperation(args: readonly Value[], call: CallExpr, columns: boolean, what: "swap" | "scale" | "add"): Value {
  const [v, i, second, third] = args;
  const d = v?.kind === "array" ? dims(v) : null;
  if (v?.kind !== "array" || !d) return fail("unsupported", said`row operations on ${shapeText(v as Value)}`, call.range);
  const a = columns ? transpose(reshaped(v, d)) : reshaped(v, d);
  const [m, n] = a.shape as [number, number];
  const line = (x: Value | undefined): number => {
    const k = integerOf(x, 1, call.range);
    return k >= 1 && k <= m
      ? k - 1
      : fail("index-out-of-range", said`there is no ${columns ? "column" : "row"} ${k}: the matrix has ${m}`, call.range);
  };
  const r = line(i);
  const out = entries(a);
  if (what === "swap") {
    const t = line(second);
    for (let j = 0; j < n; j++) [out[r * n + j], out[t * n + j]] = [out[t * n + j] as Scalar, out[r * n + j] as Scalar];
  } else if (what === "scale") {
    const k = scalarOf(second as Value) ?? s.one;
    for (let j = 0; j < n; j++) out[r * n + j] = s.multiply(k, out[r * n + j] as Scalar);
  } else {
    const t = line(second);
    const k = scalarOf(third as Value) ?? s.one;
    for (let j = 0; j < n; j++) out[r * n + j] = s.add(out[r * n + j] as Scalar, s.multiply(k, out[t * n + j] as Scalar));
  }
  const result = fromScalars([m, n], out);
  return columns ? transpose(result) : result;
}

export const rowOperations: readonly FormulaFunction[] = [
  { name: "rowswap", arity: [3, 3], structural: false, apply: (args, _n, call) => rowOperation(args, call, false, "swap") },
  { name: "rowscale", arity: [3, 3], apply: (args, _n, call) => rowOperation(args, call, false, "scale") },
  { name: "rowadd", arity: [4, 4], apply: (args, _n, call) => rowOperation(args, call, false, "add") },
  { name: "colswap", arity: [3, 3], apply: (args, _n, call) => rowOperation(args, call, true, "swap") },
  { name: "colscale", arity: [3, 3], apply: (args, _n, call) => rowOperation(args, call, true, "scale") },
  { name: "coladd", arity: [4, 4], apply: (args, _n, call) => rowOperation(args, call, true, "add") },
];
