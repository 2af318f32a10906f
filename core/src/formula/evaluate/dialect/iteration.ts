// [f(x) for x in values if condition(x)]: a function over a list, as code languages write it.

import { type CallExpr, type FunctionValue, fail, said, type Value } from "../../../expr/index.js";
import type { Context } from "../../context.js";
import { applyFunction } from "../apply.js";
import { cells, concatenate, entries, fromScalars, gather, reshaped, scalarOf, shapeText, transpose } from "../array.js";
import type { FormulaFunction } from "../function.js";
import * as s from "../scalar.js";

/** The items one walks over: entries of a list or vector, rows of a matrix. */
export function itemsOf(v: Value, call: CallExpr): Value[] {
  if (v.kind === "list") return [...v.items];
  if (v.kind === "record") return Object.values(v.fields);
  if (v.kind !== "array" || v.shape.length === 0) return fail("unsupported", said`one cannot walk over ${shapeText(v)}`, call.range);
  if (v.shape.length === 1 || (v.shape.length === 2 && v.shape[0] === 1 && call.name === "mapped")) return entries(v);
  const [n = 0, ...rest] = v.shape;
  const size = cells(rest);
  return Array.from({ length: n }, (_, k) =>
    gather(
      v,
      rest,
      Int32Array.from({ length: size }, (_x, j) => k * size + j),
    ),
  );
}

/** Values as one array where their shapes allow it, else as a list. */
export function gathered(values: readonly Value[]): Value {
  if (values.length === 0) return { kind: "array", shape: [0], data: new Float64Array(0), exact: [] };
  if (values.every((v) => v.kind === "boolean"))
    return {
      ...fromScalars(
        [values.length],
        values.map((v) => s.integer(v.kind === "boolean" && v.value ? 1 : 0)),
      ),
      element: "boolean",
    };
  const scalars = values.map((v) => (v.kind === "array" ? null : scalarOf(v)));
  if (scalars.every((x) => x !== null)) return fromScalars([values.length], scalars as s.Scalar[]);
  const [first] = values;
  if (first?.kind === "array" && values.every((v) => v.kind === "array" && v.shape.join() === first.shape.join()))
    return concatenate(
      values.map((v) => reshaped(v as typeof first, [1, ...first.shape])),
      0,
    );
  return { kind: "list", items: values };
}

const functionOf = (v: Value | undefined, call: CallExpr): FunctionValue =>
  v?.kind === "function" ? v : fail("unsupported", said`a function is needed, not ${v ? shapeText(v) : "nothing"}`, call.range);

/** The arguments a function of several parameters takes from one item. */
function spread(f: FunctionValue, item: Value, call: CallExpr): readonly Value[] {
  if (f.params.length === 1) return [item];
  const parts = itemsOf(item, call);
  return parts.length === f.params.length ? parts : fail("arity", said`${f.params.length} names for ${parts.length} parts`, call.range);
}

function comprehended(args: readonly Value[], named: Readonly<Record<string, Value>>, call: CallExpr, context: Context): Value {
  const f = functionOf(args[0], call);
  const condition = args[2] && functionOf(args[2], call);
  const out: Value[] = [];
  for (const item of itemsOf(args[1] as Value, call)) {
    context.budget.check();
    const given = spread(f, item, call);
    if (condition) {
      const c = applyFunction(condition, given, context, call.range);
      if (c.kind === "boolean" ? !c.value : s.isZero(scalarOf(c) ?? fail("unsupported", "a condition is true or false", call.range))) continue;
    }
    const value = applyFunction(f, given, context, call.range);
    // The inner one of [... for x in a for y in b] gives a list to be joined.
    if (named["joined"]) out.push(...itemsOf(value, call));
    else out.push(value);
  }
  return gathered(out);
}

export const iterationFunctions: readonly FormulaFunction[] = [
  { name: "comprehension", arity: [2, 3], apply: comprehended },
  {
    name: "mapped",
    aliases: ["sapply", "arrayfun"],
    arity: [2, 2],
    apply: ([f, v], _named, call, context) => {
      const g = functionOf(f, call);
      const one = (x: Value): Value => {
        context.budget.check();
        return applyFunction(g, [x], context, call.range);
      };
      // Julia and MATLAB go through every entry, and keep the shape where each gives a number.
      if (v?.kind === "array" && v.shape.length > 1 && (context.language === "julia" || context.language === "matlab")) {
        const out = gathered(entries(v).map(one));
        return out.kind === "array" && out.data.length === v.data.length ? reshaped(out, v.shape) : out;
      }
      const out = gathered(itemsOf(v as Value, call).map(one));
      // R puts the results beside each other, MATLAB in a row.
      if (out.kind === "array" && out.shape.length === 2 && context.language === "r") return transpose(out);
      return out.kind === "array" && out.shape.length === 1 && context.language === "matlab" ? reshaped(out, [1, out.data.length]) : out;
    },
  },
  {
    // f(x₁, y₁), f(x₂, y₂) ...
    name: "mappedtogether",
    arity: [2, 6],
    apply: ([f, ...lists], _named, call, context) => {
      const g = functionOf(f, call);
      const all = lists.map((v) => itemsOf(v, call));
      const n = Math.max(...all.map((x) => x.length));
      return gathered(
        Array.from({ length: n }, (_, k) =>
          applyFunction(
            g,
            all.map((x) => x[k % x.length] as Value),
            context,
            call.range,
          ),
        ),
      );
    },
  },
  {
    name: "folded",
    arity: [2, 3],
    apply: ([f, v, start], _named, call, context) => {
      const g = functionOf(f, call);
      const items = itemsOf(v as Value, call);
      const all = start ? [start, ...items] : items;
      if (all.length === 0) return fail("empty", "there is nothing to join", call.range);
      return all.reduce((x, y) => applyFunction(g, [x, y], context, call.range));
    },
  },
  {
    name: "filtered",
    arity: [2, 2],
    apply: ([f, v], _named, call, context) => {
      const g = functionOf(f, call);
      return gathered(
        itemsOf(v as Value, call).filter((x) => {
          const c = applyFunction(g, [x], context, call.range);
          return c.kind === "boolean" ? c.value : !s.isZero(scalarOf(c) ?? s.zero);
        }),
      );
    },
  },
  {
    name: "zip",
    arity: [1, Number.POSITIVE_INFINITY],
    apply: (args, _named, call) => {
      const columns = args.map((v) => itemsOf(v, call));
      const n = Math.min(...columns.map((c) => c.length));
      return { kind: "list", items: Array.from({ length: n }, (_, k): Value => ({ kind: "list", items: columns.map((c) => c[k] as Value) })) };
    },
  },
  {
    name: "enumerate",
    arity: [1, 2],
    apply: ([v, start], _named, call) => {
      const from = start ? (s.toInteger(scalarOf(start) ?? s.zero) ?? 0) : 0;
      return { kind: "list", items: itemsOf(v as Value, call).map((x, k): Value => ({ kind: "list", items: [s.integer(from + k), x] })) };
    },
  },
  {
    // np.fromfunction(f, (m, n)): f of the index arrays.
    name: "fromfunction",
    arity: [2, 2],
    apply: ([f, shape], _named, call, context) => {
      const sizes = shape?.kind === "array" ? entries(shape).map((x) => s.toInteger(x) ?? 0) : [];
      if (sizes.length === 0 || cells(sizes) > 1_000_000) return fail("domain", "fromfunction needs a small shape", call.range);
      const places = sizes.map((_, d) =>
        fromScalars(
          sizes,
          Array.from({ length: cells(sizes) }, (_x, k) => s.integer(Math.floor(k / cells(sizes.slice(d + 1))) % (sizes[d] as number))),
        ),
      );
      return applyFunction(functionOf(f, call), places, context, call.range);
    },
  },
];
