// Python's ways to pick, place and spread entries: by lists of places, along axes, to other shapes; sets of numbers.

import { type ArrayValue, type CallExpr, fail, said, type Value } from "../../../expr/index.js";
import type { Context } from "../../context.js";
import { cells, checkCells, entries, entry, fromScalars, gather, permute, reshaped, scalarOf, shapeText, stridesOf } from "../array.js";
import type { FormulaFunction } from "../function.js";
import { lines } from "../functions/reduce.js";
import * as s from "../scalar.js";
import { placesInOrder } from "../sorting.js";
import { arrayOf, axisAt, flat, integerOf, mapNumbers, taken, truth, unary, usual, within, word } from "./arguments.js";

const whole = (values: readonly number[]): ArrayValue => fromScalars([values.length], values.map(s.integer));
const sizesOf = (v: Value | undefined, call: CallExpr): number[] => (v?.kind === "array" ? Array.from(v.data) : [integerOf(v, 1, call)]);

/** Where each cell of a shape lies, as places along its axes. */
const placeIn = (k: number, shape: readonly number[], strides: readonly number[]): number[] =>
  shape.map((n, d) => Math.floor(k / (strides[d] as number)) % n);

/** The same entries, repeated along the axes of length 1, under a larger shape. */
function stretched(a: ArrayValue, shape: readonly number[], call: CallExpr, context: Context): ArrayValue {
  const lead = shape.length - a.shape.length;
  if (lead < 0 || a.shape.some((n, d) => n !== 1 && n !== shape[lead + d]))
    return fail("shape-mismatch", said`cannot stretch ${shapeText(a)} to ${shape.join("×")}`, call.range, "An axis stretches when its length is 1");
  checkCells(shape, context, call.range);
  const from = stridesOf(a.shape);
  const strides = stridesOf(shape);
  return gather(
    a,
    shape,
    Int32Array.from({ length: cells(shape) }, (_, k) =>
      placeIn(k, shape, strides).reduce((p, i, d) => (d < lead || a.shape[d - lead] === 1 ? p : p + i * (from[d - lead] as number)), 0),
    ),
  );
}

/** For each cell of the places, where it points to in the array: its own place, with the one along `axis` replaced. */
function pointed(a: ArrayValue, at: ArrayValue, axis: number, call: CallExpr): number[] {
  if (at.shape.length !== a.shape.length)
    return fail("shape-mismatch", said`places of shape ${at.shape.join("×")} for ${shapeText(a)}`, call.range, "Both need the same number of axes");
  const strides = stridesOf(at.shape);
  const target = stridesOf(a.shape);
  return Array.from({ length: at.data.length }, (_, k) =>
    placeIn(k, at.shape, strides).reduce((p, i, d) => {
      const n = a.shape[d] as number;
      const place = d === axis ? within(at.data[k] as number, n, call) : i;
      return p + place * (target[d] as number);
    }, 0),
  );
}

function scattered(args: readonly Value[], named: Readonly<Record<string, Value>>, adds: boolean, call: CallExpr): ArrayValue {
  const [a, at] = [arrayOf(args[0], call), arrayOf(args[1], call)];
  const given = args[2]?.kind === "array" ? args[2] : null;
  const single = given ? null : (scalarOf(args[2] as Value) ?? fail("unsupported", "a number or an array is put in place", call.range));
  const out = entries(a);
  pointed(a, at, axisAt(named["axis"], a.shape.length, call), call).forEach((p, k) => {
    const x = single ?? entry(given as ArrayValue, k);
    out[p] = adds ? s.add(out[p] as s.Scalar, x) : x;
  });
  return fromScalars(a.shape, out);
}

const sortedUnique = (values: readonly s.Scalar[]): s.Scalar[] => {
  const sorted = [...values].sort((x, y) => s.re(x) - s.re(y));
  return sorted.filter((x, k) => k === 0 || !s.equal(x, sorted[k - 1] as s.Scalar));
};
const set = (name: string, choose: (inA: boolean, inB: boolean) => boolean): FormulaFunction =>
  unary(
    name,
    [],
    ([v, w], _n, call) => {
      const [a, b] = [entries(flat(arrayOf(v, call))), entries(flat(arrayOf(w, call)))];
      const has = (list: readonly s.Scalar[], x: s.Scalar): boolean => list.some((y) => s.equal(x, y));
      const kept = sortedUnique([...a, ...b]).filter((x) => choose(has(a, x), has(b, x)));
      return fromScalars([kept.length], kept);
    },
    [2, 2],
  );

/** The places of a triangle of an n×m matrix, as rows and columns. */
const triangle = (name: string, belongs: (i: number, j: number, k: number) => boolean): FormulaFunction =>
  unary(
    name,
    [],
    (args, named, call) => {
      const n = integerOf(args[0], 1, call);
      const m = integerOf(args[2] ?? named["m"], n, call);
      const k = integerOf(args[1] ?? named["k"], 0, call);
      const at = Array.from({ length: n * m }, (_, p) => [Math.floor(p / m), p % m] as const).filter(([i, j]) => belongs(i, j, k));
      return { kind: "list", items: [whole(at.map(([i]) => i)), whole(at.map(([, j]) => j))] };
    },
    [1, 3],
  );

/** Numbers counted up along each axis, whole under one shape. */
function counted(parts: readonly (readonly s.Scalar[])[], call: CallExpr, context: Context): ArrayValue {
  const shape = parts.map((p) => p.length);
  checkCells([parts.length, ...shape], context, call.range);
  const strides = stridesOf(shape);
  return fromScalars(
    [parts.length, ...shape],
    parts.flatMap((p, d) => Array.from({ length: cells(shape) }, (_, k) => p[Math.floor(k / (strides[d] as number)) % p.length] as s.Scalar)),
  );
}

/** A running extreme along an axis. */
const running = (name: string, pick: (x: number, y: number) => number): FormulaFunction =>
  unary(name, [], ([v], named, call) => {
    const a = arrayOf(v, call);
    const along = named["axis"];
    if (a.shape.length > 1 && along === undefined) return fail("unsupported", said`${name} needs its axis`, call.range);
    const axis = a.shape.length > 1 ? axisAt(along, a.shape.length, call) : 0;
    const { list } = lines(a, axis, false);
    const n = a.shape[axis] as number;
    const data = new Float64Array(a.data.length);
    list.forEach((line, k) => {
      let best = Number.NaN;
      line.data.forEach((x, i) => {
        best = i === 0 ? x : pick(best, x);
        data[k * n + i] = best;
      });
    });
    const order = a.shape.map((_, d) => d).filter((d) => d !== axis);
    const moved: ArrayValue = { kind: "array", shape: [...order.map((d) => a.shape[d] as number), n], data };
    return permute(
      moved,
      a.shape.map((_, d) => (d === axis ? a.shape.length - 1 : order.indexOf(d))),
    );
  });

export const selectionFunctions: readonly FormulaFunction[] = [
  unary(
    "take_along_axis",
    [],
    ([v, at], named, call) => {
      const places = arrayOf(at, call);
      const a = arrayOf(v, call);
      const axis = axisAt(named["axis"], a.shape.length, call);
      return gather(a, places.shape, pointed(a, places, axis, call));
    },
    [2, 2],
  ),
  unary("scatter", [], (args, named, call) => scattered(args, named, false, call), [3, 3]),
  unary("scatter_add", [], (args, named, call) => scattered(args, named, true, call), [3, 3]),
  unary("repeat_interleave", [], (args, named, call, context) => usual("repeat", args, named, call, context), [1, 2]),
  unary(
    "ordering",
    [],
    ([v], named, call, context) => {
      // sort and argsort of NumPy along their axis; the second argument of a partition says nothing about sorted entries.
      const name = word(named["as"]);
      return usual(name, [v as Value], named["axis"] ? { axis: named["axis"] } : {}, call, context);
    },
    [1, 2],
  ),
  unary(
    "moveaxis",
    [],
    ([v, from, to], _n, call) => {
      const a = arrayOf(v, call);
      const rank = a.shape.length;
      const [source, target] = [sizesOf(from, call), sizesOf(to, call)].map((list) => list.map((d) => axisAt(s.integer(d), rank, call))) as [
        number[],
        number[],
      ];
      if (source.length !== target.length)
        return fail("length-mismatch", said`${source.length} axes are moved to ${target.length} places`, call.range);
      const rest = a.shape.map((_, d) => d).filter((d) => !source.includes(d));
      return permute(
        a,
        Array.from({ length: rank }, (_, d) => (target.includes(d) ? (source[target.indexOf(d)] as number) : (rest.shift() as number))),
      );
    },
    [3, 3],
  ),
  unary("broadcast_to", [], ([v, shape], _n, call, context) => stretched(arrayOf(v, call), sizesOf(shape, call), call, context), [2, 2]),
  unary(
    "expand",
    [],
    ([v, ...sizes], _n, call, context) => {
      const a = arrayOf(v, call);
      const asked = sizes.flatMap((x) => sizesOf(x, call));
      const lead = asked.length - a.shape.length;
      return stretched(
        a,
        asked.map((n, d) => (n === -1 ? (a.shape[d - lead] ?? 1) : n)),
        call,
        context,
      );
    },
    [2, 12],
  ),
  unary("atleast_2d", [], ([v], _n, call) => {
    const a = arrayOf(v, call);
    return a.shape.length >= 2 ? a : reshaped(a, [1, a.data.length]);
  }),
  unary(
    "squeeze",
    [],
    ([v, at], named, call) => {
      const axis = at ?? named["axis"];
      if (v?.kind !== "array") return v as Value;
      const gone = axis === undefined ? null : sizesOf(axis, call).map((d) => axisAt(s.integer(d), v.shape.length, call));
      const tensor = v.flavour === "tensor";
      const wrong = gone?.find((d) => v.shape[d] !== 1);
      if (wrong !== undefined && !tensor) return fail("shape-mismatch", said`axis ${wrong} of ${shapeText(v)} has not length 1`, call.range);
      return reshaped(
        v,
        v.shape.filter((n, d) => n !== 1 || (gone !== null && !gone.includes(d))),
      );
    },
    [1, 2],
  ),
  unary(
    "flattenfrom",
    [],
    ([v, from, to], _n, call) => {
      const a = arrayOf(v, call);
      const [first, last] = [axisAt(from, a.shape.length, call), axisAt(to ?? s.integer(-1), a.shape.length, call)];
      return reshaped(a, [...a.shape.slice(0, first), cells(a.shape.slice(first, last + 1)), ...a.shape.slice(last + 1)]);
    },
    [1, 3],
  ),
  unary("flatten", [], ([v], named, call, context) => {
    const a = arrayOf(v, call);
    const columns = word(named["order"]).toUpperCase() === "F";
    return columns
      ? flat(
          permute(
            a,
            a.shape.map((_, d) => a.shape.length - 1 - d),
          ),
        )
      : usual("flatten", [a], {}, call, context);
  }),
  unary("unbind", [], ([v], named, call) => {
    const a = arrayOf(v, call);
    const axis = axisAt(named["axis"], a.shape.length, call);
    const rest = a.shape.filter((_, d) => d !== axis);
    return {
      kind: "list",
      items: Array.from({ length: a.shape[axis] as number }, (_, k) => {
        const part = reshaped(taken(a, axis, [k]), rest);
        return rest.length === 0 ? entry(part, 0) : part;
      }),
    };
  }),
  unary(
    "itemat",
    [],
    ([v, ...at], _n, call) => {
      const a = arrayOf(v, call);
      if (at.length === 0)
        return a.data.length === 1
          ? entry(a, 0)
          : fail("shape-mismatch", said`.item() needs one entry, this is ${shapeText(a)}`, call.range, "Index the array first");
      if (at.length === 1) return entry(a, within(integerOf(at[0], 0, call), a.data.length, call));
      const strides = stridesOf(a.shape);
      return entry(
        a,
        at.reduce((p, x, d) => p + within(integerOf(x, 0, call), a.shape[d] ?? 1, call) * (strides[d] ?? 0), 0),
      );
    },
    [1, 8],
  ),
  set("intersect1d", (x, y) => x && y),
  set("union1d", () => true),
  set("setdiff1d", (x, y) => x && !y),
  set("setxor1d", (x, y) => x !== y),
  triangle("triu_indices", (i, j, k) => j - i >= k),
  triangle("tril_indices", (i, j, k) => j - i <= k),
  unary("diag_indices", [], ([n], _n, call) => {
    const at = Array.from({ length: integerOf(n, 1, call) }, (_, k) => k);
    return { kind: "list", items: [whole(at), whole(at)] };
  }),
  unary(
    "unravel_index",
    [],
    ([k, shape], _n, call) => {
      const sizes = sizesOf(shape, call);
      const strides = stridesOf(sizes);
      const total = cells(sizes);
      return {
        kind: "list",
        items: sizes.map((n, d) => mapNumbers(k as Value, (x) => s.integer(Math.floor(within(x, total, call) / (strides[d] as number)) % n), call)),
      };
    },
    [2, 2],
  ),
  unary("indices", [], ([shape], _n, call, context) =>
    counted(
      sizesOf(shape, call).map((n) => Array.from({ length: n }, (_, k) => s.integer(k))),
      call,
      context,
    ),
  ),
  unary(
    "mgrid",
    [],
    (args, _n, call, context) => {
      const parts = args.map((v) => entries(flat(arrayOf(v, call))));
      const grid = counted(parts, call, context);
      return parts.length === 1 ? flat(grid) : grid;
    },
    [1, 6],
  ),
  unary(
    "meshgrid",
    [],
    (args, named, call, context) => {
      const parts = args.map((v) => entries(flat(arrayOf(v, call))));
      const tensor = args.some((v) => v.kind === "array" && v.flavour === "tensor");
      const ij = (word(named["indexing"]) || (tensor ? "ij" : "xy")) === "ij";
      const grid = counted(parts, call, context);
      const rank = parts.length;
      const order = Array.from({ length: rank }, (_, d) => (ij || d > 1 || rank < 2 ? d : 1 - d));
      return { kind: "list", items: parts.map((_, k) => permute(reshaped(taken(grid, 0, [k]), grid.shape.slice(1)), order)) };
    },
    [1, 6],
  ),
  unary("lexsort", [], ([keys], _n, call) => {
    const a = arrayOf(keys, call);
    const n = a.shape[a.shape.length - 1] as number;
    const rows = a.data.length / Math.max(n, 1);
    const order = placesInOrder(n, (x, y) => {
      for (let r = rows - 1; r >= 0; r--) {
        const d = (a.data[r * n + x] as number) - (a.data[r * n + y] as number);
        if (d !== 0) return d;
      }
      return 0;
    });
    return whole(order);
  }),
  running("cummax", Math.max),
  running("cummin", Math.min),
  unary(
    "choose",
    [],
    ([at, from], _n, call) => {
      const [k, a] = [arrayOf(at, call), arrayOf(from, call)];
      const size = a.data.length / (a.shape[0] as number);
      return gather(
        a,
        k.shape,
        Array.from(k.data, (x, i) => within(x, a.shape[0] as number, call) * size + (i % size)),
      );
    },
    [2, 2],
  ),
  unary(
    "selectcase",
    [],
    ([conditions, values, rest], named, call, context) => {
      const items = (v: Value | undefined): readonly Value[] => {
        if (v?.kind === "list") return v.items;
        const a = arrayOf(v, call);
        return Array.from({ length: a.shape[0] as number }, (_, k) => {
          const part = reshaped(taken(a, 0, [k]), a.shape.slice(1));
          return part.shape.length === 0 ? entry(part, 0) : part;
        });
      };
      const [c, x] = [items(conditions), items(values)];
      if (c.length !== x.length) return fail("length-mismatch", said`${c.length} conditions but ${x.length} values`, call.range);
      return c.reduceRight<Value>(
        (out, condition, k) => usual("where", [condition, x[k] as Value, out], {}, call, context),
        rest ?? named["default"] ?? s.zero,
      );
    },
    [2, 3],
  ),
  unary("nanargmax", ["nanargmin"], ([v], named, call, context) => {
    const sign = call.name === "nanargmax" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    const a = mapNumbers(v as Value, (x) => ({ kind: "real", value: Number.isNaN(x) ? sign : x }), call);
    return usual(call.name.slice(3), [a], named, call, context);
  }),
  unary(
    "hankel",
    [],
    ([c, r], _n, call) => {
      const column = entries(flat(arrayOf(c, call)));
      const row = r ? entries(flat(arrayOf(r, call))) : column.map(() => s.zero);
      const n = row.length;
      return fromScalars(
        [column.length, n],
        Array.from({ length: column.length * n }, (_, k) => {
          const at = Math.floor(k / n) + (k % n);
          return (at < column.length ? column[at] : row[at - column.length + 1]) ?? s.zero;
        }),
      );
    },
    [1, 2],
  ),
  unary(
    "vander",
    [],
    ([v, n], named, call) => {
      const c = entries(flat(arrayOf(v, call)));
      const columns = integerOf(n ?? named["N"], c.length, call);
      const up = truth(named["increasing"]);
      return fromScalars(
        [c.length, columns],
        c.flatMap((x) => Array.from({ length: columns }, (_, j) => s.power(x, s.integer(up ? j : columns - 1 - j)))),
      );
    },
    [1, 2],
  ),
];
