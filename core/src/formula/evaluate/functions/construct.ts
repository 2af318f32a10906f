// Arrays of one value, of evenly spaced values and of places.

import { type ArrayValue, type CallExpr, fail, said, type Value } from "../../../expr/index.js";
import type { Context } from "../../context.js";
import { checkCells, filled, identity, maxExactCells, reshaped, scalarOf, tabulated } from "../array.js";
import type { FormulaFunction } from "../function.js";
import { outer } from "../product.js";
import * as s from "../scalar.js";
import { integerOf, sizes, toArray } from "./arguments.js";

type Scalar = s.Scalar;

/** Every cell the same: full(m, n, value=0). */
function full(shape: readonly number[], value: Scalar, call: CallExpr, context: Context): Value {
  if (shape.length === 0) return value;
  checkCells(shape, context, call.range);
  return filled(shape, value);
}

const constant = (name: string, value: Scalar): FormulaFunction => ({
  name,
  arity: [0, Number.POSITIVE_INFINITY],
  apply: (args, named, call, context) => {
    const shape = sizes(args, call);
    // One size is a column in mathematics: \mathbf 1_n.
    const column = shape.length === 1 && (context.language === "latex" || context.language === "typst");
    return full(column ? [shape[0] as number, 1] : shape, named["value"] ? (scalarOf(named["value"]) as Scalar) : value, call, context);
  },
});

const like = (name: string, value: Scalar | null): FormulaFunction => ({
  name,
  arity: [1, 2],
  apply: ([v, second], named, call, context) =>
    full(v?.kind === "array" ? v.shape : [], value ?? (scalarOf(second ?? named["value"] ?? named["fill_value"] ?? s.zero) as Scalar), call, context),
});

const eye: FormulaFunction = {
  name: "eye",
  aliases: ["identity", "IdentityMatrix", "identity_matrix", "ident"],
  arity: [1, 3],
  apply: (args, named, call, context) => {
    const [m, n = m] = sizes(args.slice(0, 2), call) as [number, number?];
    checkCells([m, n as number], context, call.range);
    const k = integerOf(named["k"], 0, call.range);
    if (k === 0) return identity(m, n);
    return tabulated([m, n as number], (p) => (p % (n as number) === Math.floor(p / (n as number)) + k ? s.one : s.zero));
  },
};

const spaced = (name: string, aliases: readonly string[], at: (a: Scalar, b: Scalar, t: Scalar) => Scalar): FormulaFunction => ({
  name,
  aliases,
  arity: [2, 3],
  apply: ([a, b, n], named, call, context) => {
    const fallback = context.language === "matlab" ? 100 : 50;
    const count = integerOf(n ?? named["num"] ?? named["length"] ?? named["steps"], fallback, call.range);
    checkCells([count], context, call.range);
    const [first, last] = [scalarOf(a as Value), scalarOf(b as Value)];
    if (!first || !last || count < 0) return fail("domain", said`${name} needs two numbers and a count`, call.range);
    const open = named["endpoint"]?.kind === "boolean" && !named["endpoint"].value;
    const parts = open ? count : count - 1;
    // Too many to be kept exact: plain numbers are a hundred times faster to count with.
    const many = count > maxExactCells;
    const [x, y] = many ? [s.floating(first), s.floating(last)] : [first, last];
    const flat = tabulated([count], (k) =>
      parts === 0 ? at(x, y, s.zero) : at(x, y, many ? { kind: "real", value: k / parts } : s.divide(s.integer(k), s.integer(parts))),
    );
    const floats: ArrayValue =
      context.language === "mathematica" || !flat.exact || flat.exact.every((r) => r.den === 1n)
        ? flat
        : { kind: "array", shape: flat.shape, data: flat.data };
    return context.language === "matlab" ? reshaped(floats, [1, count]) : floats;
  },
});

const between = (a: Scalar, b: Scalar, t: Scalar): Scalar => s.add(a, s.multiply(s.subtract(b, a), t));

export const constructors: readonly FormulaFunction[] = [
  constant("zeros", s.zero),
  constant("ones", s.one),
  {
    name: "full",
    aliases: ["fill", "ConstantArray"],
    arity: [0, Number.POSITIVE_INFINITY],
    apply: (args, named, call, context) => full(sizes(args, call), scalarOf(named["value"] ?? s.zero) as Scalar, call, context),
  },
  like("zeros_like", s.zero),
  like("ones_like", s.one),
  like("full_like", null),
  eye,
  spaced("linspace", ["LinSpace"], between),
  spaced("logspace", [], (a, b, t) => s.power(s.integer(10), between(a, b, t))),
  spaced("geomspace", [], (a, b, t) => s.multiply(a, s.power(s.divide(b, a), t))),
  {
    name: "meshgrid",
    arity: [2, 2],
    apply: ([a, b], _n, call, context) => {
      const [x, y] = [toArray(a), toArray(b)];
      const ones = (n: number) => filled([n], s.one);
      return { kind: "list", items: [outer(ones(y.data.length), x, context, call.range), outer(y, ones(x.data.length), context, call.range)] };
    },
  },
];
