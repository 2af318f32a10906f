// Working with data: counting, binning, interpolating, filling, covariances.

import { type ArrayValue, booleanValue, type CallExpr, fail, realValue, said, type Value } from "../../../expr/index.js";
import type { Context } from "../../context.js";
import { checkCells, entries, entry, filled, fromScalars, gather, isVectorLike, reshaped, scalarOf, shapeText } from "../array.js";
import { mapEntries } from "../elementwise.js";
import type { FormulaFunction } from "../function.js";
import { semanticsOf } from "../language.js";
import * as s from "../scalar.js";

const arrayOf = (v: Value | undefined, call: CallExpr): ArrayValue => {
  if (v?.kind === "array") return v;
  const x = v && scalarOf(v);
  return x ? fromScalars([1], [x]) : fail("unsupported", said`${call.name} of ${v ? shapeText(v) : "nothing"}`, call.range);
};

const whole = (x: s.Scalar | null, call: CallExpr): number =>
  (x && s.toInteger(x)) ?? fail("domain", said`${call.name} takes whole numbers`, call.range);

/** A row of results in the shape the notation gives them. */
const row = (values: readonly s.Scalar[], context: Context): ArrayValue =>
  fromScalars(context.language === "matlab" ? [1, values.length] : [values.length], values);

/** Sample covariances between the variables: rows in NumPy, columns elsewhere. */
function covariances(a: ArrayValue, context: Context, call: CallExpr): Value {
  const flat = isVectorLike(a) && (a.shape.length === 1 || context.language !== "r");
  const [m, n] = (flat ? [1, a.data.length] : a.shape) as [number, number];
  const byRows = flat || context.language === "python";
  const [count, size] = byRows ? [m, n] : [n, m];
  if (size < 2) return fail("domain", "a covariance needs two observations", call.range);
  const at = (i: number, k: number): s.Scalar => entry(a, byRows ? i * n + k : k * n + i);
  const centred = Array.from({ length: count }, (_, i) => {
    const line = Array.from({ length: size }, (_, k) => at(i, k));
    const mean = s.divide(line.reduce(s.add, s.zero as s.Scalar), s.integer(size));
    return line.map((x) => s.subtract(x, mean));
  });
  const values = centred.flatMap((x) =>
    centred.map((y) =>
      s.divide(
        x.reduce<s.Scalar>((t, v, k) => s.add(t, s.multiply(v, y[k] as s.Scalar)), s.zero),
        s.integer(size - 1),
      ),
    ),
  );
  const settled = semanticsOf(context.language).fractions ? values : values.map((x) => (s.isInteger(x) ? x : realValue(s.re(x))));
  return count === 1 ? (settled[0] as s.Scalar) : fromScalars([count, count], settled);
}

/** The first or last n items (rows of a matrix); a negative n leaves that many out. */
const end =
  (last: boolean): FormulaFunction["apply"] =>
  ([v, n], named, call) => {
    const a = arrayOf(v, call);
    const rows = a.shape[0] as number;
    const given = n ?? named["n"];
    const asked = given ? whole(scalarOf(given), call) : 6;
    const count = Math.max(0, Math.min(rows, asked < 0 ? rows + asked : asked));
    const size = a.data.length / Math.max(rows, 1);
    const from = last ? (rows - count) * size : 0;
    return gather(
      a,
      [count, ...a.shape.slice(1)],
      Int32Array.from({ length: count * size }, (_, k) => from + k),
    );
  };

export const dataFunctions: readonly FormulaFunction[] = [
  {
    name: "cov",
    aliases: ["covariance"],
    arity: [1, 2],
    apply: ([v, w], _named, call, context) => {
      const a = arrayOf(v, call);
      if (w?.kind !== "array") return covariances(a, context, call);
      if (a.data.length !== w.data.length) return fail("shape-mismatch", said`the covariance of ${shapeText(a)} and ${shapeText(w)}`, call.range);
      const both = fromScalars([2, a.data.length], [...entries(a), ...entries(w)]);
      const table = covariances(context.language === "python" ? both : reshaped(both, [2, a.data.length]), { ...context, language: "python" }, call);
      return context.language === "python" || context.language === "matlab" || table.kind !== "array" ? table : entry(table, 1);
    },
  },
  {
    name: "nan_to_num",
    arity: [1, 1],
    apply: ([v], named, call) => {
      const nan = named["nan"] ? (scalarOf(named["nan"]) ?? s.zero) : s.zero;
      const clean = (x: s.Scalar): s.Scalar => {
        const r = s.re(x);
        return Number.isNaN(r) ? nan : Math.abs(r) === Number.POSITIVE_INFINITY ? realValue(Math.sign(r) * Number.MAX_VALUE) : x;
      };
      return v?.kind === "array" ? mapEntries(v, clean) : clean(scalarOf(v as Value) ?? fail("unsupported", "nan_to_num of this", call.range));
    },
  },
  {
    name: "bincount",
    arity: [1, 1],
    apply: ([v], _named, call, context) => {
      const places = entries(arrayOf(v, call)).map((x) => whole(x, call));
      const most = places.reduce((x, y) => Math.max(x, y), -1);
      if (places.some((n) => n < 0)) return fail("domain", "bincount takes numbers from 0 on", call.range);
      checkCells([most + 1], context, call.range);
      const counts = new Array<number>(most + 1).fill(0);
      for (const n of places) counts[n] = (counts[n] as number) + 1;
      return fromScalars([counts.length], counts.map(s.integer));
    },
  },
  {
    // The last edge counts what equals it.
    name: "histc",
    arity: [2, 2],
    apply: ([v, w], _named, call, context) => {
      const [data, edges] = [arrayOf(v, call), arrayOf(w, call).data];
      const counts = new Array<number>(edges.length).fill(0);
      for (const x of data.data) {
        let k = edges.length - 1;
        while (k >= 0 && x < (edges[k] as number)) k--;
        if (k >= 0 && (k < edges.length - 1 || x === edges[k])) counts[k] = (counts[k] as number) + 1;
      }
      return row(counts.map(s.integer), context);
    },
  },
  {
    // np.interp(x, xp, fp) holds the end values; interp1(x, y, xq) is NaN outside.
    name: "interp",
    aliases: ["interp1"],
    arity: [3, 3],
    apply: ([a, b, c], _named, call) => {
      const matlab = call.name === "interp1";
      const [x, xs, ys] = matlab ? [c, arrayOf(a, call), arrayOf(b, call)] : [a, arrayOf(b, call), arrayOf(c, call)];
      if (xs.data.length !== ys.data.length || xs.data.length === 0)
        return fail("length-mismatch", said`${xs.data.length} places and ${ys.data.length} values`, call.range);
      const f = (t: number): number => {
        const n = xs.data.length;
        const [first, last] = [xs.data[0] as number, xs.data[n - 1] as number];
        if (t < first || t > last) return matlab ? Number.NaN : (ys.data[t < first ? 0 : n - 1] as number);
        let k = 0;
        while (k < n - 2 && t > (xs.data[k + 1] as number)) k++;
        const [p, q] = [xs.data[k] as number, xs.data[k + 1] ?? (xs.data[k] as number)];
        const [u, v] = [ys.data[k] as number, ys.data[k + 1] ?? (ys.data[k] as number)];
        return q === p ? u : u + ((v - u) * (t - p)) / (q - p);
      };
      if (x?.kind === "array") return { kind: "array", shape: x.shape, data: x.data.map(f) };
      return realValue(f(s.re(scalarOf(x as Value) ?? fail("unsupported", said`${call.name} at this`, call.range))));
    },
  },
  { name: "head", arity: [1, 2], apply: end(false) },
  { name: "tail", arity: [1, 2], apply: end(true) },
  {
    name: "accumarray",
    arity: [2, 2],
    apply: ([places, values], _named, call, context) => {
      const at = entries(arrayOf(places, call)).map((x) => whole(x, call));
      const given = arrayOf(values, call);
      const size = at.reduce((x, y) => Math.max(x, y), 0);
      if (at.some((n) => n < 1)) return fail("index-out-of-range", "places count from 1", call.range);
      checkCells([size], context, call.range);
      const out: s.Scalar[] = new Array(size).fill(s.zero);
      at.forEach((n, k) => {
        out[n - 1] = s.add(out[n - 1] as s.Scalar, entry(given, given.data.length === 1 ? 0 : k));
      });
      return fromScalars([size, 1], out);
    },
  },
  {
    // sparse(i, j, v): entries at their places, repeated ones added; sparse(A) is A itself.
    name: "sparse",
    arity: [1, 5],
    apply: ([i, j, v, m, n], _named, call, context) => {
      if (j === undefined) return i as Value;
      const [rows, columns] = [entries(arrayOf(i, call)), entries(arrayOf(j, call))].map((x) => x.map((t) => whole(t, call))) as [number[], number[]];
      if (v === undefined) return filled([rows[0] as number, columns[0] as number], s.zero);
      const given = arrayOf(v, call);
      const shape = [m ? whole(scalarOf(m), call) : Math.max(0, ...rows), n ? whole(scalarOf(n), call) : Math.max(0, ...columns)] as [number, number];
      checkCells(shape, context, call.range);
      const out: s.Scalar[] = new Array(shape[0] * shape[1]).fill(s.zero);
      rows.forEach((r, k) => {
        const c = columns[columns.length === 1 ? 0 : k] ?? 0;
        if (r < 1 || c < 1 || r > shape[0] || c > shape[1]) fail("index-out-of-range", said`(${r}, ${c}) of ${shape[0]}×${shape[1]}`, call.range);
        const to = (r - 1) * shape[1] + c - 1;
        out[to] = s.add(out[to] as s.Scalar, entry(given, given.data.length === 1 ? 0 : k));
      });
      return fromScalars(shape, out);
    },
  },
  {
    name: "sub2ind",
    arity: [3, 3],
    apply: ([size, i, j], _named, call) => {
      const [m, n] = arrayOf(size, call).data as unknown as [number, number];
      const [r, c] = [whole(scalarOf(i as Value), call), whole(scalarOf(j as Value), call)];
      if (r < 1 || c < 1 || r > m || c > n) return fail("index-out-of-range", said`(${r}, ${c}) of ${m}×${n}`, call.range);
      return s.integer((c - 1) * m + r);
    },
  },
  {
    // x %in% table: membership entry by entry.
    name: "isin",
    aliases: ["ismember", "in1d"],
    arity: [2, 2],
    apply: ([x, set], _named, call, context) => {
      const members = entries(arrayOf(set, call));
      const holds = (t: s.Scalar): boolean => members.some((m) => s.equal(t, m));
      context.budget.check();
      if (x?.kind !== "array") return booleanValue(holds(scalarOf(x as Value) ?? fail("unsupported", "membership of this", call.range)));
      return { ...mapEntries(x, (t) => s.integer(holds(t) ? 1 : 0)), element: "boolean" };
    },
  },
  {
    // The place each number would have in order; equal ones share the mean of theirs.
    name: "rankdata",
    arity: [1, 1],
    apply: ([v], _named, call) => {
      const a = arrayOf(v, call);
      return {
        kind: "array",
        shape: a.shape,
        data: a.data.map((x) => {
          const [below, equal] = a.data.reduce(([p, q], y) => [p + (y < x ? 1 : 0), q + (y === x ? 1 : 0)] as [number, number], [0, 0] as [
            number,
            number,
          ]);
          return below + (equal + 1) / 2;
        }),
      };
    },
  },
  {
    // Columns shifted to mean 0 and divided by their sample standard deviation.
    name: "scale",
    arity: [1, 3],
    apply: ([v, centre, size], named, call) => {
      const off = (flag: Value | undefined): boolean => flag?.kind === "boolean" && !flag.value;
      const [centred, scaled] = [!off(centre ?? named["center"]), !off(size ?? named["scale"])];
      const a = arrayOf(v, call);
      const [m, n] = (a.shape.length === 2 ? a.shape : [a.data.length, 1]) as [number, number];
      const data = new Float64Array(a.data.length);
      for (let j = 0; j < n; j++) {
        const column = Array.from({ length: m }, (_, i) => a.data[i * n + j] as number);
        const mean = centred ? column.reduce((x, y) => x + y, 0) / m : 0;
        const deviation = !scaled ? 1 : Math.sqrt(column.reduce((t, x) => t + (x - mean) ** 2, 0) / (m - 1));
        column.forEach((x, i) => {
          data[i * n + j] = (x - mean) / deviation;
        });
      }
      return { kind: "array", shape: [m, n], data };
    },
  },
];
