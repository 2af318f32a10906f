// What a name means when it is asked of a PyTorch tensor and not of a NumPy array: found before the names of NumPy.

import { type ArrayValue, type CallExpr, fail, type RecordValue, said, type Value } from "../../../expr/index.js";
import { concatenate, conjugateArray, entries, entry, fromScalars, permute, reshaped, scalarOf, transpose } from "../array.js";
import type { FormulaFunction } from "../function.js";
import { lines, sorted } from "../functions/reduce.js";
import * as s from "../scalar.js";
import { ascending, placesInOrder } from "../sorting.js";
import { arrayOf, axisAt, integerOf, record, taken, truth, unary, usual, word } from "./arguments.js";
import { padded } from "./padding.js";

/** The values of a reduction along an axis and where they stand; over everything only the value. */
const extreme = (name: "max" | "min"): FormulaFunction =>
  unary(
    name,
    [],
    (args, named, call, context) => {
      const [v, second] = args;
      // torch.max(a, b) compares two tensors entry by entry.
      if (second?.kind === "array") return usual(name === "max" ? "maximum" : "minimum", [v as Value, second], {}, call, context);
      const axis = second ?? named["axis"];
      if (!axis) return usual(name, [v as Value], {}, call, context);
      const rest = { axis, ...(named["keepdims"] && { keepdims: named["keepdims"] }) };
      return record(name, {
        values: usual(name, [v as Value], rest, call, context),
        indices: usual(`arg${name}`, [v as Value], rest, call, context),
      });
    },
    [1, 2],
  );

/** The places that put each line in order, first to last. */
function ordered(v: Value | undefined, at: Value | undefined, descending: boolean, most: number | undefined, call: CallExpr): RecordValue {
  const a = arrayOf(v, call);
  const axis = a.shape.length === 0 ? 0 : axisAt(at ?? s.integer(-1), a.shape.length, call);
  const { list } = lines(a, axis, false);
  const size = a.shape[axis] ?? 1;
  const n = most ?? size;
  if (n < 0 || n > size) return fail("index-out-of-range", said`${n} of ${size} entries`, call.range);
  const places = list.map((line) => {
    const up = descending ? placesInOrder(size, (x, y) => ascending(line.data[y] as number, line.data[x] as number)) : sorted(line, call);
    return up.slice(0, n);
  });
  const rest = a.shape.filter((_, d) => d !== axis);
  const block = (pick: (line: ArrayValue, k: number) => s.Scalar): Value => {
    const rows = places.map((order, i) => {
      const line = list[i] as ArrayValue;
      return fromScalars(
        [1, n],
        order.map((k) => pick(line, k)),
      );
    });
    const whole = reshaped(concatenate(rows, 0), [...rest, n]);
    return movedBack(whole, rest.length, axis);
  };
  return record("sort", { values: block((line, k) => entry(line, k)), indices: block((_line, k) => s.integer(k)) });
}

/** Puts the last axis back to where it was. */
function movedBack(a: ArrayValue, from: number, to: number): ArrayValue {
  if (from === to) return a;
  const order = a.shape.map((_, d) => d).filter((d) => d !== from);
  order.splice(to, 0, from);
  return permute(a, order);
}

/** The sample's variance, unless told otherwise. */
const spread = (name: "std" | "var"): FormulaFunction =>
  unary(name, [], ([v], named, call, context) => {
    const { unbiased, ddof, ...rest } = named;
    const free = unbiased ? s.integer(truth(unbiased) ? 1 : 0) : (ddof ?? s.one);
    return usual(name, [v as Value], { ...rest, ddof: free }, call, context);
  });

/** Parts of so many places each; the last one may be shorter. */
function splitBySize(args: readonly Value[], named: Readonly<Record<string, Value>>, call: CallExpr): Value {
  const a = arrayOf(args[0], call);
  const axis = axisAt(args[2] ?? named["axis"], a.shape.length, call);
  const n = a.shape[axis] as number;
  const asked = args[1];
  const size = asked?.kind === "array" ? 0 : integerOf(asked, n, call);
  const sizes =
    asked?.kind === "array"
      ? Array.from(asked.data)
      : size < 1
        ? fail("domain", "a part has at least one place", call.range)
        : Array.from({ length: Math.ceil(n / size) }, (_, k) => Math.min(size, n - k * size));
  const total = sizes.reduce((x, y) => x + y, 0);
  if (total !== n) return fail("shape-mismatch", said`parts of ${sizes.join(" + ")} places from an axis of ${n}`, call.range);
  let from = 0;
  return {
    kind: "list",
    items: sizes.map((m) => {
      const start = from;
      from += m;
      return taken(
        a,
        axis,
        Array.from({ length: m }, (_, k) => start + k),
      );
    }),
  };
}

/** F.pad's widths begin with the last axis: (left, right, top, bottom, ...). */
function widths(v: Value | undefined, rank: number, call: CallExpr): Value {
  const given = Array.from(arrayOf(v, call).data);
  if (given.length % 2 === 1 || given.length > 2 * rank) return fail("length-mismatch", said`${given.length} widths for ${rank} axes`, call.range);
  const pairs = Array.from({ length: rank }, (_, d) => {
    const k = 2 * (rank - 1 - d);
    return [given[k] ?? 0, given[k + 1] ?? 0];
  });
  return fromScalars([rank, 2], pairs.flat().map(s.integer));
}

export const tensorFunctions: readonly FormulaFunction[] = [
  extreme("max"),
  extreme("min"),
  spread("std"),
  spread("var"),
  unary("sort", [], ([v, at], named, call) => ordered(v, at ?? named["axis"], truth(named["descending"]), undefined, call), [1, 2]),
  unary(
    "argsort",
    [],
    ([v, at], named, call) => ordered(v, at ?? named["axis"], truth(named["descending"]), undefined, call).fields["indices"] as Value,
    [1, 2],
  ),
  unary(
    "topk",
    [],
    ([v, k, at], named, call) => {
      const largest = named["largest"] === undefined || truth(named["largest"]);
      return ordered(v, at ?? named["axis"], largest, integerOf(k ?? named["k"], 1, call), call);
    },
    [1, 3],
  ),
  unary(
    "median",
    [],
    ([v, at], named, call) => {
      const a = arrayOf(v, call);
      const axis = at ?? named["axis"];
      const of = (x: ArrayValue, along: Value): RecordValue => {
        const n = x.shape[axisAt(along, x.shape.length, call)] as number;
        const r = ordered(x, along, false, undefined, call);
        const pick = (part: Value | undefined): Value => {
          const kept = taken(part as ArrayValue, axisAt(along, x.shape.length, call), [(n - 1) >> 1]);
          const shape = kept.shape.filter((_, d) => d !== axisAt(along, x.shape.length, call));
          return shape.length === 0 ? (entries(kept)[0] as s.Scalar) : reshaped(kept, shape);
        };
        return record("median", { values: pick(r.fields["values"]), indices: pick(r.fields["indices"]) });
      };
      return axis ? of(a, axis) : (of(reshaped(a, [a.data.length]), s.zero).fields["values"] as Value);
    },
    [1, 2],
  ),
  unary(
    "repeat",
    [],
    ([v, ...times], _n, call, context) => {
      const counts = times.flatMap((t) => (t.kind === "array" ? entries(t) : [scalarOf(t) ?? s.one]));
      return usual("tile", [v as Value, fromScalars([counts.length], counts)], {}, call, context);
    },
    [2, 12],
  ),
  unary("split", [], (args, named, call) => splitBySize(args, named, call), [2, 3]),
  unary(
    "pad",
    [],
    ([v, w, mode, value], named, call, context) => {
      const a = arrayOf(v, call);
      const how = word(mode ?? named["mode"]) || "constant";
      const renamedMode = how === "replicate" ? "edge" : how === "circular" ? "wrap" : how;
      const fill = value ?? named["value"];
      return padded(a, widths(w ?? named["pad"], a.shape.length, call), renamedMode, fill ? (scalarOf(fill) ?? s.zero) : s.zero, context, call);
    },
    [1, 4],
  ),
  unary("torchsvd", [], ([v], named, call, context) => {
    if (named["some"] && !truth(named["some"])) return fail("unsupported", "torch.svd with some=False", call.range, "Use torch.linalg.svd");
    const f = usual("svd", [v as Value], {}, call, context);
    const [U, sigma, Vh] = f.kind === "record" ? Object.values(f.fields) : [];
    return record("SVD", { U: U as Value, s: sigma as Value, V: transpose(conjugateArray(Vh as ArrayValue)) });
  }),
];
