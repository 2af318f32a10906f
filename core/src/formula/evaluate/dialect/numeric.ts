// What computer algebra and array languages share beyond the common functions: numbers on demand, unit vectors, correlations.

import { type ArrayValue, fail, said, type Value } from "../../../expr/index.js";
import { fromScalars, isVectorLike, scalarOf, shapeText } from "../array.js";
import type { FormulaFunction } from "../function.js";
import * as s from "../scalar.js";

/** The value in floating point. */
function numeric(v: Value): Value {
  if (v.kind === "rational") return { kind: "real", value: s.re(v) };
  if (v.kind === "complex") return { kind: "complex", re: v.re, im: v.im };
  if (v.kind === "list") return { kind: "list", items: v.items.map(numeric) };
  if (v.kind !== "array") return v;
  const { exact: _, ...rest } = v;
  return rest;
}

const vector = (v: Value | undefined, name: string, range: readonly [number, number]): ArrayValue =>
  v?.kind === "array" && isVectorLike(v) ? v : fail("shape-mismatch", said`${name} takes a vector, not ${v ? shapeText(v) : "nothing"}`, range);

const length = (a: ArrayValue): number => Math.hypot(...a.data, ...(a.imag ?? []));

/** Pearson's correlations between the rows of a matrix (NumPy) or its columns (R). */
function correlations(a: ArrayValue, byRows: boolean): ArrayValue {
  const [m, n] = a.shape as readonly [number, number];
  const [count, size] = byRows ? [m, n] : [n, m];
  const lines = Array.from({ length: count }, (_, i) => Array.from({ length: size }, (_, j) => a.data[byRows ? i * n + j : j * n + i] as number));
  const centred = lines.map((x) => {
    const mean = x.reduce((p, q) => p + q, 0) / size;
    return x.map((q) => q - mean);
  });
  const dot = (x: readonly number[], y: readonly number[]) => x.reduce((p, q, k) => p + q * (y[k] as number), 0);
  const data = new Float64Array(count * count);
  for (let i = 0; i < count; i++)
    for (let j = 0; j < count; j++) {
      const [x, y] = [centred[i] as number[], centred[j] as number[]];
      data[i * count + j] = i === j ? 1 : dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
    }
  return { kind: "array", shape: [count, count], data };
}

export const numericFunctions: readonly FormulaFunction[] = [
  { name: "N", arity: [1, 2], apply: ([v]) => numeric(v as Value) },
  {
    name: "normalize",
    arity: [1, 1],
    apply: ([v], _named, call) => {
      const a = vector(v, "normalize", call.range);
      const n = length(a);
      return { kind: "array", shape: a.shape, data: a.data.map((x) => x / n), ...(a.imag && { imag: a.imag.map((x) => x / n) }) };
    },
  },
  {
    name: "sqnorm",
    arity: [1, 1],
    apply: ([v], _named, call) => {
      const items = v?.kind === "array" ? v : fromScalars([1], [scalarOf(v as Value) ?? fail("domain", "squaredNorm takes an array", call.range)]);
      return { kind: "real", value: items.data.reduce((p, q) => p + q * q, 0) + (items.imag?.reduce((p, q) => p + q * q, 0) ?? 0) };
    },
  },
  {
    name: "corrcoef",
    arity: [1, 2],
    apply: ([v, w], _named, call, context) => {
      if (v?.kind === "array" && w?.kind === "array") {
        if (v.data.length !== w.data.length) return fail("shape-mismatch", said`correlation of ${shapeText(v)} and ${shapeText(w)}`, call.range);
        const both: ArrayValue = { kind: "array", shape: [2, v.data.length], data: Float64Array.from([...v.data, ...w.data]) };
        const c = correlations(both, true);
        return context.language === "python" ? c : { kind: "real", value: c.data[1] as number };
      }
      if (v?.kind !== "array" || v.shape.length !== 2) return fail("shape-mismatch", "correlations need a matrix or two vectors", call.range);
      return correlations(v, context.language === "python");
    },
  },
];
