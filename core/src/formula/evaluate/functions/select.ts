// Entries chosen by a condition, and arrays compared.

import { fail, said, type Value } from "../../../expr/index.js";
import type { Context } from "../../context.js";
import { entries, entry, fromScalars, scalarOf, shapeText, tabulated } from "../array.js";
import { align, elementwise, entryOperations, mapEntries } from "../elementwise.js";
import type { FormulaFunction } from "../function.js";
import * as s from "../scalar.js";
import { sortedNumbers } from "../sorting.js";
import { toArray } from "./arguments.js";

type Scalar = s.Scalar;

const where: FormulaFunction = {
  name: "where",
  aliases: ["ifelse"],
  arity: [1, 3],
  apply: ([c, x, y], _n, call, context) => {
    if (x === undefined || y === undefined) return { kind: "list", items: nonzero(c as Value, context) };
    if (c?.kind !== "array" && x.kind !== "array" && y.kind !== "array") return s.isZero(scalarOf(c as Value) ?? s.zero) ? y : x;
    const [a, b] = align(toArray(x), toArray(y), "choose between", context, call.range);
    const [m, a1] = align(toArray(c), a, "choose between", context, call.range);
    const [, b1] = align(m, b, "choose between", context, call.range);
    return tabulated(a1.shape, (k) => entry(m.data[k] !== 0 ? a1 : b1, k));
  },
};

function nonzero(v: Value, context: Context): Value[] {
  if (v.kind !== "array") return [];
  const origin = context.language === "python" ? 0 : 1;
  const strides = v.shape.map((_, d) => v.shape.slice(d + 1).reduce((x, y) => x * y, 1));
  const at = Array.from(v.data, (x, k) => (x !== 0 ? k : -1)).filter((k) => k >= 0);
  return v.shape.map((n, d) =>
    fromScalars(
      [at.length],
      at.map((k) => s.integer((Math.floor(k / (strides[d] as number)) % n) + origin)),
    ),
  );
}

export const selections: readonly FormulaFunction[] = [
  where,
  {
    name: "nonzero",
    aliases: ["find"],
    arity: [1, 1],
    apply: ([v], _n, _call, context) => {
      const parts = nonzero(v as Value, context);
      return parts.length === 1 ? (parts[0] as Value) : { kind: "list", items: parts };
    },
  },
  {
    name: "clip",
    aliases: ["clamp", "Clip"],
    arity: [1, 3],
    apply: ([v, a, b], named, call) => {
      const limit = (x: Value | undefined) => (x ? scalarOf(x) : null);
      const [low, high] = [limit(a ?? named["min"] ?? named["a_min"]), limit(b ?? named["max"] ?? named["a_max"])];
      const f = (x: Scalar): Scalar => (low && s.re(x) < s.re(low) ? low : high && s.re(x) > s.re(high) ? high : x);
      if (v?.kind === "array") return mapEntries(v, f);
      return f(scalarOf(v as Value) ?? fail("unsupported", said`clip of ${shapeText(v as Value)}`, call.range));
    },
  },
  {
    name: "unique",
    aliases: ["Union"],
    arity: [1, 1],
    apply: ([v]) => {
      if (v?.kind !== "array") return v as Value;
      if (!v.exact && !v.imag) {
        const data = sortedNumbers(v.data).filter((x, k, all) => k === 0 || !Object.is(x + 0, (all[k - 1] as number) + 0));
        return { kind: "array", shape: [data.length], data };
      }
      const seen = new Map(entries(v).map((x) => [`${s.re(x)},${s.im(x)}`, x]));
      const list = [...seen.values()].sort((x, y) => s.re(x) - s.re(y));
      return fromScalars([list.length], list);
    },
  },
  {
    name: "isclose",
    arity: [2, 2],
    apply: ([a, b], _n, call, context) => {
      const d = elementwise(entryOperations.subtract, toArray(a), toArray(b), context, call.range);
      const [, y] = align(toArray(a), toArray(b), "compare", context, call.range);
      const out = fromScalars(
        d.shape,
        entries(d).map((x, k) => s.integer(s.re(s.absolute(x)) <= 1e-8 + 1e-5 * s.re(s.absolute(entry(y, k))) ? 1 : 0)),
      );
      if (a?.kind !== "array" && b?.kind !== "array") return { kind: "boolean", value: out.data[0] === 1 };
      return { ...out, element: "boolean" };
    },
  },
  {
    name: "allclose",
    aliases: ["isapprox"],
    arity: [2, 2],
    apply: ([a, b], _n, call, context) => {
      const d = elementwise(entryOperations.subtract, toArray(a), toArray(b), context, call.range);
      const [, y] = align(toArray(a), toArray(b), "compare", context, call.range);
      return { kind: "boolean", value: entries(d).every((x, k) => s.re(s.absolute(x)) <= 1e-8 + 1e-5 * s.re(s.absolute(entry(y, k)))) };
    },
  },
  {
    name: "array_equal",
    aliases: ["isequal"],
    arity: [2, 2],
    apply: ([a, b]) => ({
      kind: "boolean",
      value: toArray(a).shape.join() === toArray(b).shape.join() && entries(toArray(a)).every((x, k) => s.equal(x, entry(toArray(b), k))),
    }),
  },
];
