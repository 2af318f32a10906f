// A value as the batch command's JSON.

import type { ArrayValue, Expr, Value } from "../expr/index.js";
import { closedForm } from "../formula/index.js";
import { rationalToNumber } from "../linalg/index.js";

type Json = string | number | boolean | null | { readonly [key: string]: Json } | readonly Json[];

/** A float as JSON; what JSON cannot say is a string. */
const number = (v: number): Json =>
  Number.isNaN(v) ? "nan" : v === Number.POSITIVE_INFINITY ? "inf" : v === Number.NEGATIVE_INFINITY ? "-inf" : v === 0 ? 0 : v;

/** Nested lists of the given shape. */
function nest(shape: readonly number[], entry: (flat: number) => Json): Json {
  const build = (axis: number, from: number): Json => {
    if (axis === shape.length) return entry(from);
    const stride = shape.slice(axis + 1).reduce((p, n) => p * n, 1);
    return Array.from({ length: shape[axis] as number }, (_, i) => build(axis + 1, from + i * stride));
  };
  return build(0, 0);
}

function arrayJson(a: ArrayValue): Json {
  const entry = (i: number): Json => {
    const im = a.imag?.[i] ?? 0;
    return im === 0 ? number(a.data[i] as number) : { re: number(a.data[i] as number), im: number(im) };
  };
  return { kind: "matrix", shape: [...a.shape], data: nest(a.shape, entry) };
}

/** The value as plain JSON (DESIGN §8). `latex` prints an expression. */
export function valueJson(v: Value, latex: (e: Expr) => string): Json {
  const inner = (x: Value) => valueJson(x, latex);
  switch (v.kind) {
    case "rational":
      return { kind: "number", value: number(rationalToNumber(v)) };
    case "real":
      return { kind: "number", value: number(v.value) };
    case "complex":
      return { kind: "complex", re: number(v.re), im: number(v.im) };
    case "boolean":
      return { kind: "boolean", value: v.value };
    case "string":
      return { kind: "language", value: v.value };
    case "array":
      return arrayJson(v);
    case "list":
      return { kind: "list", items: v.items.map(inner) };
    case "record":
      return { kind: "record", values: Object.fromEntries(Object.entries(v.fields).map(([k, x]) => [k, inner(x)])) };
    case "solutions":
      return { kind: "solutions", variable: v.variable, values: v.values.map(inner) };
    case "factorization":
      return { kind: "factorization", factors: v.factors.map((f) => [Number(f.base), f.exponent]) };
    case "function":
      return { kind: "symbolic", latex: latex(v.body) };
    case "symbolic": {
      // A closed form is a number here; its exact text stands beside the value.
      const number = closedForm(v);
      if (number) return inner(number);
      return { kind: "symbolic", latex: latex(v.expr) };
    }
  }
}
