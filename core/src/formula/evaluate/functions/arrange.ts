// The same entries in another arrangement, and arrays joined.

import { type ArrayValue, type CallExpr, fail, said, type Value } from "../../../expr/index.js";
import type { Context } from "../../context.js";
import {
  cells,
  checkCells,
  concatenate,
  entries,
  fromScalars,
  gather,
  isVectorLike,
  permute,
  reshaped,
  scalarOf,
  shapeText,
  transpose,
} from "../array.js";
import type { FormulaFunction } from "../function.js";
import * as s from "../scalar.js";
import { integerOf, sizes, toArray } from "./arguments.js";

const reshape: FormulaFunction = {
  name: "reshape",
  aliases: ["ArrayReshape"],
  arity: [2, Number.POSITIVE_INFINITY],
  structural: false,
  apply: ([v, ...rest], named, call, context) => {
    const a = toArray(v);
    const wanted = rest
      .flatMap((r) => (r.kind === "array" ? entries(r) : [scalarOf(r) ?? s.zero]))
      .map((x) => s.toInteger(x) ?? fail("domain", "a size must be a whole number", call.range));
    const open = wanted.indexOf(-1);
    const known = wanted.filter((n) => n !== -1).reduce((x, y) => x * y, 1);
    const shape = wanted.map((n, k) => (k === open ? a.data.length / known : n));
    if (shape.some((n) => !Number.isInteger(n) || n < 0) || cells(shape) !== a.data.length)
      return fail(
        "length-mismatch",
        said`cannot arrange ${a.data.length} entries as ${wanted.map((n) => (n === -1 ? "?" : n)).join("×")}`,
        call.range,
      );
    const byColumns =
      named["order"]?.kind === "string" ? named["order"].value === "F" : ["matlab", "julia", "r", "fortran"].includes(context.language);
    if (!byColumns) return reshaped(a, shape);
    // Column-major on both sides: reverse the axes, refill, reverse again.
    return transposeAll(reshaped(transposeAll(a), [...shape].reverse()));
  },
};

const transposeAll = (a: ArrayValue): ArrayValue =>
  a.shape.length < 2
    ? a
    : permute(
        a,
        a.shape.map((_, d) => a.shape.length - 1 - d),
      );

const flatten: FormulaFunction = {
  name: "flatten",
  aliases: ["ravel", "Flatten"],
  arity: [1, 1],
  apply: ([v], _n, _call, context) => {
    if (v?.kind !== "array") return fromScalars([1], [scalarOf(v as Value) ?? s.zero]);
    const columns = ["julia", "r", "matlab", "fortran"].includes(context.language);
    return reshaped(columns ? transposeAll(v) : v, [v.data.length]);
  },
};

/** Arrays side by side or stacked. */
function joined(
  args: readonly Value[],
  axis: number | "h" | "v" | "d" | "new" | "columns",
  named: Readonly<Record<string, Value>>,
  call: CallExpr,
  context: Context,
): Value {
  const list = args.length === 1 && args[0]?.kind === "list" ? args[0].items : args;
  const parts = list.map((v, k) =>
    v.kind === "array"
      ? v
      : fromScalars([1], [scalarOf(v) ?? fail("unsupported", said`${call.name} of ${shapeText(v)}`, (call.args[k] ?? call).range)]),
  );
  const [first] = parts;
  if (!first) return fail("missing-argument", said`${call.name} needs arrays`, call.range);
  const given = named["axis"] ?? named["dims"];
  const mathematical = !["python", "julia", "javascript"].includes(context.language);
  let ready = parts;
  let along: number;
  if (axis === "new") {
    const n = integerOf(given, 0, call.range);
    along = n < 0 ? n + first.shape.length + 1 : n;
    ready = parts.map((p) => reshaped(p, [...p.shape.slice(0, along), 1, ...p.shape.slice(along)]));
  } else if (axis === "columns") {
    const rows = Math.max(...parts.map((p) => p.shape[0] as number));
    // In R a short column is repeated.
    const full = (p: ArrayValue): ArrayValue =>
      context.language === "r" && p.shape.length === 1 && rows % p.data.length === 0
        ? gather(
            p,
            [rows],
            Int32Array.from({ length: rows }, (_, k) => k % p.data.length),
          )
        : p;
    ready = parts.map(full).map((p) => (p.shape.length === 1 ? reshaped(p, [p.data.length, 1]) : p));
    along = 1;
  } else if (axis === "v") {
    ready = parts.map((p) => (p.shape.length === 1 ? (mathematical || context.language === "python" ? reshaped(p, [1, p.data.length]) : p) : p));
    along = 0;
  } else if (axis === "h") along = first.shape.length === 1 ? 0 : 1;
  else if (axis === "d") {
    ready = parts.map((p) => reshaped(p, p.shape.length === 1 ? [1, p.data.length, 1] : [...p.shape, 1]));
    along = 2;
  } else {
    const n = integerOf(given, axis, call.range);
    along = n < 0 ? n + first.shape.length : n;
  }
  const head = ready[0] as ArrayValue;
  ready.forEach((p, k) => {
    if (p.shape.length !== head.shape.length || p.shape.some((n, d) => d !== along && n !== head.shape[d]) || along >= p.shape.length)
      fail("shape-mismatch", said`cannot join ${shapeText(parts[k] as ArrayValue)} to ${shapeText(first)}`, (call.args[k] ?? call).range);
  });
  checkCells([ready.reduce((n, p) => n + p.data.length, 0)], context, call.range);
  return concatenate(ready, along);
}

const join = (name: string, aliases: readonly string[], axis: Parameters<typeof joined>[1]): FormulaFunction => ({
  name,
  aliases,
  arity: [1, Number.POSITIVE_INFINITY],
  apply: (args, named, call, context) => joined(args, axis, named, call, context),
});

/** R's matrix(data, nrow, ncol, byrow): short data are repeated. */
const rMatrix: FormulaFunction = {
  name: "matrix",
  arity: [1, 4],
  apply: ([v, second, third, fourth], named, call, context) => {
    const a = toArray(v);
    const row = named["nrow"] ?? second;
    const column = named["ncol"] ?? third;
    const by = named["byrow"] ?? fourth;
    const total = a.data.length;
    const c0 = column === undefined ? undefined : integerOf(column, 1, call.range);
    const m = row === undefined ? (c0 === undefined ? total : Math.ceil(total / c0)) : integerOf(row, 1, call.range);
    const n = c0 ?? Math.ceil(total / m);
    checkCells([m, n], context, call.range);
    if (total === 0 || (m * n) % total !== 0) return fail("length-mismatch", said`${total} numbers do not fill a ${m}×${n} matrix`, call.range);
    const byRow = by?.kind === "boolean" && by.value;
    return gather(
      a,
      [m, n],
      Int32Array.from({ length: m * n }, (_, k) => (byRow ? k : (k % n) * m + Math.floor(k / n)) % total),
    );
  },
};

const roll: FormulaFunction = {
  name: "roll",
  aliases: ["circshift", "RotateRight"],
  arity: [2, 3],
  apply: ([v, shift, third], named, call, context) => {
    if (v?.kind !== "array") return fail("unsupported", said`roll of ${shapeText(v as Value)}`, call.range);
    const n = integerOf(shift, 0, call.range);
    const given = third ?? named["axis"];
    const size = v.data.length;
    if (given === undefined && (context.language === "python" || isVectorLike(v)))
      return gather(
        v,
        v.shape,
        Int32Array.from({ length: size }, (_, k) => (((k - n) % size) + size) % size),
      );
    const axis = integerOf(given, 0, call.range);
    const length = v.shape[axis] as number;
    const inner = cells(v.shape.slice(axis + 1));
    return gather(
      v,
      v.shape,
      Int32Array.from({ length: size }, (_, k) => {
        const i = Math.floor(k / inner) % length;
        const from = (((i - n) % length) + length) % length;
        return k + (from - i) * inner;
      }),
    );
  },
};

const mirrored = (name: string, axis: number): FormulaFunction => ({
  name,
  arity: [1, 1],
  apply: ([v], _n, call) => {
    if (v?.kind !== "array" || v.shape.length <= axis) return fail("unsupported", said`${name} of ${shapeText(v as Value)}`, call.range);
    const length = v.shape[axis] as number;
    const inner = cells(v.shape.slice(axis + 1));
    return gather(
      v,
      v.shape,
      Int32Array.from({ length: v.data.length }, (_, k) => k + (length - 1 - 2 * (Math.floor(k / inner) % length)) * inner),
    );
  },
});

export const arrangements: readonly FormulaFunction[] = [
  reshape,
  flatten,
  join("hstack", ["hcat"], "h"),
  join("cbind", [], "columns"),
  join("vstack", ["vcat", "row_stack"], "v"),
  join("rbind", [], "v"),
  join("dstack", [], "d"),
  join("column_stack", [], "columns"),
  join("concatenate", ["cat", "Join"], 0),
  join("stack", [], "new"),
  {
    name: "c",
    aliases: ["combine"],
    arity: [1, Number.POSITIVE_INFINITY],
    apply: (args, named, call, context) =>
      joined(
        args.map((v) => (v.kind === "array" ? reshaped(transposeAll(v), [v.data.length]) : v)),
        0,
        named,
        call,
        context,
      ),
  },
  rMatrix,
  {
    name: "permute",
    arity: [2, Number.POSITIVE_INFINITY],
    apply: ([v, ...axes], _n, call) => {
      const order = sizes(axes, call);
      if (v?.kind !== "array" || [...order].sort().join() !== v.shape.map((_, d) => d).join())
        return fail("domain", said`the axes ${order.join(", ")} do not fit ${shapeText(v as Value)}`, call.range);
      return permute(v, order);
    },
  },
  roll,
  mirrored("fliplr", 1),
  mirrored("flipud", 0),
  {
    name: "rot90",
    arity: [1, 2],
    apply: ([v, k], _n, call) => {
      if (v?.kind !== "array" || v.shape.length !== 2) return fail("unsupported", said`rot90 of ${shapeText(v as Value)}`, call.range);
      let a: ArrayValue = v;
      for (let t = ((integerOf(k, 1, call.range) % 4) + 4) % 4; t > 0; t--) {
        const [m, n] = transpose(a).shape as [number, number];
        const b = transpose(a);
        a = gather(
          b,
          [m, n],
          Int32Array.from({ length: m * n }, (_, p) => (m - 1 - Math.floor(p / n)) * n + (p % n)),
        );
      }
      return a;
    },
  },
  {
    name: "tile",
    aliases: ["repmat"],
    arity: [2, Number.POSITIVE_INFINITY],
    apply: ([v, ...rest], _n, call, context) => {
      const a = toArray(v);
      let times = sizes(rest, call);
      if (call.name === "repmat" || context.language === "matlab") times = times.length === 1 ? [times[0] as number, times[0] as number] : times;
      const rank = Math.max(times.length, a.shape.length);
      const full = [...new Array<number>(rank - times.length).fill(1), ...times];
      let out = reshaped(a, [...new Array<number>(rank - a.shape.length).fill(1), ...a.shape]);
      checkCells([out.data.length * cells(full)], context, call.range);
      full.forEach((n, d) => {
        out = n === 1 ? out : concatenate(new Array<ArrayValue>(n).fill(out), d);
      });
      return out;
    },
  },
  {
    name: "repeat",
    aliases: ["rep"],
    arity: [1, 2],
    apply: ([v, n], named, call, context) => {
      const a = toArray(v);
      const each = named["each"];
      const times = integerOf(each ?? n ?? named["times"] ?? named["repeats"], 1, call.range);
      checkCells([a.data.length * Math.max(times, 0)], context, call.range);
      const whole = context.language === "r" && !each;
      return gather(
        a,
        [a.data.length * times],
        Int32Array.from({ length: a.data.length * times }, (_, k) => (whole ? k % a.data.length : Math.floor(k / times))),
      );
    },
  },
  {
    name: "squeeze",
    arity: [1, 2],
    apply: ([v]) =>
      v?.kind === "array"
        ? reshaped(
            v,
            v.shape.filter((n) => n !== 1),
          )
        : (v as Value),
  },
  {
    name: "expand_dims",
    arity: [1, 2],
    apply: ([v, d], named, call) => {
      const a = v?.kind === "array" ? v : fromScalars([], [scalarOf(v as Value) ?? s.zero]);
      const n = integerOf(d ?? named["axis"], 0, call.range);
      const at = n < 0 ? n + a.shape.length + 1 : n;
      return reshaped(a, [...a.shape.slice(0, at), 1, ...a.shape.slice(at)]);
    },
  },
  {
    name: "swapaxes",
    arity: [3, 3],
    apply: ([v, a, b], _n, call) => {
      if (v?.kind !== "array") return fail("unsupported", said`swapaxes of ${shapeText(v as Value)}`, call.range);
      const order = v.shape.map((_, d) => d);
      const [x, y] = [a, b].map((t) => ((integerOf(t, 0, call.range) % order.length) + order.length) % order.length) as [number, number];
      [order[x], order[y]] = [order[y] as number, order[x] as number];
      return permute(v, order);
    },
  },
];
