// MATLAB's own meanings: nnz counts the whole array, find and meshgrid answer one result, magic(4k+2) and magic(3) as printed there.

import { type ArrayValue, type CallExpr, fail, matrixValue, said, type Value } from "../../../expr/index.js";
import * as linalg from "../../../linalg/index.js";
import { concatenate, diagonal, entries, fromScalars, gather, isVectorLike, scalarOf, shapeText, toMatrix, transpose } from "../array.js";
import { byName, type FormulaFunction } from "../function.js";
import { functions } from "../functions/index.js";
import { mathematics } from "../linear.js";
import * as s from "../scalar.js";
import { ascending, placesInOrder } from "../sorting.js";
import { dataFunctions } from "./data.js";
import { numericFunctions } from "./numeric.js";
import { numpyFunctions } from "./numpy.js";

const arrayOf = (v: Value | undefined, range: readonly [number, number]): ArrayValue => {
  if (v?.kind === "array") return v;
  const x = v && scalarOf(v);
  return x ? fromScalars([1, 1], [x]) : fail("unsupported", said`an array is needed, not ${v ? shapeText(v) : "nothing"}`, range);
};

type Outputs = (args: readonly Value[], count: number, of: (name: string, ...args: Value[]) => Value, call: CallExpr) => readonly Value[];

const parts = (v: Value, ...names: string[]): Value[] => (v.kind === "record" ? names.map((n) => v.fields[n] as Value) : [v]);
const diagonalOf = (v: Value): Value => {
  const a = v.kind === "array" ? entries(v) : [scalarOf(v) as s.Scalar];
  return diagonal(a);
};
/** S of an SVD has the shape that U S V' has the matrix's. */
const stretched = (v: Value, rows: number, columns: number): Value => {
  const values = v.kind === "array" ? entries(v) : [];
  return fromScalars(
    [rows, columns],
    Array.from({ length: rows * columns }, (_, k) => (Math.floor(k / columns) === k % columns ? (values[k % columns] as s.Scalar) : s.zero)),
  );
};
const columnsOf = (v: Value): number => (v.kind === "array" ? (v.shape[1] ?? 1) : 1);

/** Sorted lines along a dimension (the first that is longer than 1) and the places they came from. Equal entries keep their order. */
function inOrder(a: ArrayValue, dim: Value | undefined, down: boolean, call: CallExpr): { readonly values: ArrayValue; readonly places: ArrayValue } {
  if (a.shape.length > 2) return fail("unsupported", said`sorting ${shapeText(a)}`, call.range);
  const [m, n] = (a.shape.length === 2 ? a.shape : [1, a.data.length]) as [number, number];
  const along = dim ? s.toInteger(scalarOf(dim) ?? s.one) : m === 1 ? 2 : 1;
  const [lines, size] = along === 1 ? [n, m] : [m, n];
  const at = (line: number, k: number): number => (along === 1 ? k * n + line : line * n + k);
  const from = new Int32Array(a.data.length);
  const places = new Float64Array(a.data.length);
  for (let line = 0; line < lines; line++) {
    const order = placesInOrder(size, (x, y) => {
      const [p, q] = [a.data[at(line, x)] as number, a.data[at(line, y)] as number];
      return down ? ascending(q, p) : ascending(p, q);
    });
    order.forEach((k, to) => {
      from[at(line, to)] = at(line, k);
      places[at(line, to)] = k + 1;
    });
  }
  return { values: gather(a, [m, n], from), places: { kind: "array", shape: [m, n], data: places } };
}

/** What a function answers when several results are taken: [U, S, V] = svd(A). */
const several: Readonly<Record<string, Outputs>> = {
  svd: (args, _count, of) => {
    const [U, sigma, V] = parts(of(args.length > 1 ? "svd" : "svdfull", args[0] as Value), "U", "s", "V") as [Value, Value, Value];
    return [U, stretched(sigma, columnsOf(U), columnsOf(V)), V];
  },
  qr: (args, _count, of) => parts(of(args.length > 1 ? "qr" : "qrfull", args[0] as Value), "Q", "R"),
  lu: (args, count, of) => {
    const [P, L, U] = parts(of("lu", args[0] as Value), "P", "L", "U") as [ArrayValue, ArrayValue, Value];
    return count > 2 ? [L, U, transpose(P)] : [of("npdot", P, L), U];
  },
  eig: (args, _count, of) => {
    const [values, vectors] = parts(of("eigenpairs", args[0] as Value), "values", "vectors") as [Value, Value];
    return [vectors, diagonalOf(values)];
  },
  chol: (args, _count, of) => [of("cholesky", args[0] as Value), s.zero],
  schur: (args, _count, of) => {
    const [T, Z] = parts(of("schur", args[0] as Value), "T", "Z") as [Value, Value];
    return [Z, T];
  },
  size: (args, count) => {
    const shape = args[0]?.kind === "array" ? (args[0].shape.length === 1 ? [1, ...args[0].shape] : args[0].shape) : [1, 1];
    const last = shape.slice(count - 1).reduce((x, y) => x * y, 1);
    return Array.from({ length: count }, (_, k) => s.integer(k === count - 1 ? last : (shape[k] ?? 1)));
  },
  max: (args, _count, of) => [of("max", args[0] as Value), of("argmax", args[0] as Value)],
  min: (args, _count, of) => [of("min", args[0] as Value), of("argmin", args[0] as Value)],
  sort: (args, _count, _of, call) => {
    const rest = args.slice(1);
    const down = rest.some((v) => v.kind === "string" && v.value.toLowerCase().startsWith("desc"));
    const dim = rest.find((v) => v.kind !== "string");
    const { values, places } = inOrder(arrayOf(args[0], call.range), dim, down, call);
    return [values, places];
  },
  deconv: (args, _count, _of, call) => {
    const [a, b] = [entries(arrayOf(args[0], call.range)), entries(arrayOf(args[1], call.range))];
    const rest = [...a];
    const quotient: s.Scalar[] = [];
    for (let k = 0; k + b.length <= a.length; k++) {
      const q = s.divide(rest[k] as s.Scalar, b[0] as s.Scalar);
      quotient.push(q);
      b.forEach((x, j) => {
        rest[k + j] = s.subtract(rest[k + j] as s.Scalar, s.multiply(q, x));
      });
    }
    return [fromScalars([1, quotient.length], quotient), fromScalars([1, rest.length], rest)];
  },
  ind2sub: (args, _count, _of, call) => {
    const m = s.re(entries(arrayOf(args[0], call.range))[0] ?? s.one);
    const at = arrayOf(args[1], call.range);
    const part = (f: (k: number) => number): Value =>
      at.data.length === 1
        ? s.integer(f(at.data[0] as number))
        : fromScalars(
            at.shape,
            Array.from(at.data, (k) => s.integer(f(k))),
          );
    return [part((k) => ((k - 1) % m) + 1), part((k) => Math.floor((k - 1) / m) + 1)];
  },
  find: (args, _count, _of, call) => {
    const a = arrayOf(args[0], call.range);
    const [m, n] = (a.shape.length === 2 ? a.shape : [1, a.data.length]) as [number, number];
    const rows: s.Scalar[] = [];
    const columns: s.Scalar[] = [];
    for (let j = 0; j < n; j++)
      for (let i = 0; i < m; i++)
        if (a.data[i * n + j] !== 0) {
          rows.push(s.integer(i + 1));
          columns.push(s.integer(j + 1));
        }
    const shape = m === 1 ? [1, rows.length] : [rows.length, 1];
    return [fromScalars(shape, rows), fromScalars(shape, columns)];
  },
  meshgrid: (args, _count, of) => {
    const [x, y] = [args[0] as Value, (args[1] ?? args[0]) as Value];
    const Y = of("meshgrid", y, x);
    return [of("meshgrid", x, y), Y.kind === "array" ? transpose(Y) : Y];
  },
  deal: (args, count) => (args.length === 1 ? Array.from({ length: count }, () => args[0] as Value) : args),
};

const dataTable = byName(dataFunctions);
const asRow = (v: Value): Value => (v.kind === "array" && v.shape.length === 1 ? { ...v, shape: [1, v.data.length] } : v);
const numpy = byName(numpyFunctions);
const numericCorrelation = byName(numericFunctions).get("corrcoef") as FormulaFunction;
/** A function of degrees, without the rounding of pi at whole multiples of 30. */
const degrees = (v: Value, f: (x: number) => number): Value => {
  const at = (x: number): number => Math.round(f(x) * 1e15) / 1e15;
  return v.kind === "array" ? { kind: "array", shape: v.shape, data: v.data.map(at) } : { kind: "real", value: at(s.re(scalarOf(v) ?? s.zero)) };
};

export const matlabFunctions: readonly FormulaFunction[] = [
  {
    // [a, b] = f(...): the parser names the function and how many results are taken.
    name: "outputs",
    arity: [0, 8],
    apply: (args, named, call, context) => {
      const name = named["of"]?.kind === "string" ? named["of"].value : "";
      const count = named["count"] ? (s.toInteger(scalarOf(named["count"]) ?? s.one) ?? 1) : 1;
      const of = (f: string, ...given: Value[]): Value => {
        const known =
          matlabFunctions.find((x) => x.name === f) ??
          functions.get(f) ??
          fail("unknown-function", said`there is no function named ${f}`, call.nameRange);
        return known.apply(given, {}, call, context);
      };
      const known = Object.hasOwn(several, name) ? several[name] : undefined;
      const results = known ? known(args, count, of, call) : [of(name, ...args)];
      if (results.length < count) return fail("arity", said`${name} has ${results.length} results here, not ${count}`, call.range);
      return { kind: "list", items: results.slice(0, count) };
    },
  },
  {
    name: "sort",
    arity: [1, 1],
    apply: ([v], named, call) => {
      const axis = named["axis"] && scalarOf(named["axis"]);
      return inOrder(arrayOf(v, call.range), axis ? s.add(axis, s.one) : undefined, named["descending"] !== undefined, call).values;
    },
  },
  {
    name: "sortrows",
    arity: [1, 2],
    apply: ([v, by], _named, call) => {
      const a = arrayOf(v, call.range);
      const [m, n] = a.shape as [number, number];
      const columns = by ? (by.kind === "array" ? Array.from(by.data) : [s.re(scalarOf(by) ?? s.one)]) : Array.from({ length: n }, (_, k) => k + 1);
      const order = placesInOrder(m, (x, y) => {
        for (const c of columns) {
          const d = ((a.data[x * n + Math.abs(c) - 1] as number) - (a.data[y * n + Math.abs(c) - 1] as number)) * Math.sign(c);
          if (d !== 0) return d;
        }
        return 0;
      });
      return gather(
        a,
        [m, n],
        order.flatMap((i) => Array.from({ length: n }, (_, j) => i * n + j)),
      );
    },
  },
  ...(["cummax", "cummin"] as const).map(
    (name): FormulaFunction => ({
      name,
      arity: [1, 1],
      apply: ([v], _named, call) => {
        const a = arrayOf(v, call.range);
        const [m, n] = (a.shape.length === 2 ? a.shape : [1, a.data.length]) as [number, number];
        const step = m === 1 ? 1 : n;
        const data = Float64Array.from(a.data);
        for (let k = step; k < data.length; k++) {
          const [x, y] = [data[k - step] as number, data[k] as number];
          data[k] = Number.isNaN(y) ? x : Number.isNaN(x) ? y : name === "cummax" ? Math.max(x, y) : Math.min(x, y);
        }
        return { kind: "array", shape: a.shape, data };
      },
    }),
  ),
  {
    name: "zscore",
    arity: [1, 1],
    apply: ([v], _named, call, context) => {
      const a = arrayOf(v, call.range);
      const column = a.shape[0] === 1 ? transpose(a) : a;
      const scaled = (dataTable.get("scale") as FormulaFunction).apply([column], {}, call, context) as ArrayValue;
      return a.shape[0] === 1 ? transpose(scaled) : scaled;
    },
  },
  {
    name: "diff",
    arity: [1, 3],
    apply: ([v, times, dim], _named, call, context) => {
      const diff = functions.get("diff") as FormulaFunction;
      let a = arrayOf(v, call.range);
      const along = dim ? (s.toInteger(scalarOf(dim) ?? s.one) ?? 1) : a.shape[0] === 1 ? 2 : 1;
      for (let k = times ? (s.toInteger(scalarOf(times) ?? s.one) ?? 1) : 1; k > 0; k--)
        a = diff.apply([a], { axis: s.integer(along - 1) }, call, context) as ArrayValue;
      return a;
    },
  },
  {
    name: "unique",
    arity: [1, 2],
    apply: ([v], named, call, context) => {
      const a = arrayOf(v, call.range);
      const found = (functions.get("unique") as FormulaFunction).apply([a], named, call, context);
      if (found.kind !== "array") return found;
      return { ...found, shape: a.shape[0] === 1 ? [1, found.data.length] : [found.data.length, 1] };
    },
  },
  {
    // Axes of length 1 at the end are none, but two there always are.
    name: "squeeze",
    aliases: ["permute"],
    arity: [1, 12],
    apply: (args, named, call, context) => {
      const a = (functions.get(call.name) as FormulaFunction).apply(args, named, call, context);
      if (a.kind !== "array" || (call.name === "squeeze" && args[0]?.kind === "array" && args[0].shape.length < 3))
        return call.name === "squeeze" ? (args[0] as Value) : a;
      const shape = [...a.shape];
      while (shape.length > 2 && shape[shape.length - 1] === 1) shape.pop();
      if (shape.length === 1) shape.push(1);
      return { ...a, shape };
    },
  },
  { name: "ndim", aliases: ["ndims"], arity: [1, 1], apply: ([v]) => s.integer(Math.max(2, v?.kind === "array" ? v.shape.length : 2)) },
  { name: "cellof", arity: [0, Number.POSITIVE_INFINITY], apply: (args) => ({ kind: "list", items: args }) },
  {
    name: "cell2mat",
    arity: [1, 1],
    apply: ([v], _named, call) => {
      const items = v?.kind === "list" ? v.items : v?.kind === "array" ? [v] : fail("unsupported", "cell2mat takes a cell array", call.range);
      return concatenate(
        items.map((x) => arrayOf(x, call.range)),
        1,
      );
    },
  },
  {
    name: "strcmp",
    arity: [2, 2],
    apply: ([x, y]) => ({ kind: "boolean", value: x?.kind === "string" && y?.kind === "string" && x.value === y.value }),
  },
  {
    name: "count_nonzero",
    aliases: ["nnz"],
    arity: [1, 1],
    apply: ([v], _named, call) => s.integer(entries(arrayOf(v, call.range)).filter((x) => !s.isZero(x)).length),
  },
  {
    // An orthonormal basis, as the numerical routine gives it.
    name: "null",
    arity: [1, 2],
    apply: ([v], _named, call) => mathematics(call.range, () => matrixValue(linalg.nullSpace(toMatrix(arrayOf(v, call.range), call.range)))),
  },
  {
    name: "deconv",
    arity: [2, 2],
    apply: (args, _named, call) => (several["deconv"] as Outputs)(args, 1, () => s.zero, call)[0] as Value,
  },
  {
    name: "polyfit",
    arity: [3, 3],
    apply: (args, named, call, context) => asRow((numpy.get("polyfit") as FormulaFunction).apply(args, named, call, context)),
  },
  ...["fft", "ifft"].map(
    (name): FormulaFunction => ({
      name,
      arity: [1, 1],
      apply: ([v], named, call, context) => {
        const a = arrayOf(v, call.range);
        const f = (x: ArrayValue): ArrayValue => (numpy.get(name) as FormulaFunction).apply([x], named, call, context) as ArrayValue;
        // Along the columns; a row along itself.
        return a.shape.length === 2 && a.shape[0] !== 1 ? transpose(f(transpose(a))) : f(a);
      },
    }),
  ),
  {
    name: "cumtrapz",
    arity: [1, 2],
    apply: ([v, w], _named, call) => {
      const [x, y] = w ? [arrayOf(v, call.range).data, arrayOf(w, call.range)] : [null, arrayOf(v, call.range)];
      let total = 0;
      const data = Float64Array.from(y.data, (t, k) => {
        if (k > 0) total += (((x?.[k] ?? k) - (x?.[k - 1] ?? k - 1)) * (t + (y.data[k - 1] as number))) / 2;
        return total;
      });
      return { kind: "array", shape: y.shape, data };
    },
  },
  {
    name: "corr",
    arity: [1, 2],
    apply: (args, named, call, context) => {
      return numericCorrelation.apply(args, named, call, context);
    },
  },
  {
    name: "corrcoef",
    arity: [1, 2],
    apply: (args, named, call, context) =>
      args.length === 2
        ? numericCorrelation.apply(args, named, call, { ...context, language: "python" })
        : numericCorrelation.apply(args, named, call, context),
  },
  {
    name: "vecnorm",
    arity: [1, 3],
    apply: ([v, order, dim], _named, call) => {
      const a = arrayOf(v, call.range);
      const [m, n] = (a.shape.length === 2 ? a.shape : [1, a.data.length]) as [number, number];
      const p = order ? s.re(scalarOf(order) ?? s.integer(2)) : 2;
      const along = dim ? s.toInteger(scalarOf(dim) ?? s.one) : m === 1 ? 2 : 1;
      const [lines, size] = along === 2 ? [m, n] : [n, m];
      const norm = (x: readonly number[]): number =>
        p === 2
          ? Math.hypot(...x)
          : p === Number.POSITIVE_INFINITY
            ? Math.max(...x.map(Math.abs))
            : x.reduce((t, y) => t + Math.abs(y) ** p, 0) ** (1 / p);
      const at = (line: number, k: number): number => a.data[along === 2 ? line * n + k : k * n + line] as number;
      return {
        kind: "array",
        shape: along === 2 ? [m, 1] : [1, n],
        data: Float64Array.from({ length: lines }, (_, line) => norm(Array.from({ length: size }, (_x, k) => at(line, k)))),
      };
    },
  },
  ...(["sin", "cos", "tan"] as const).flatMap((name): FormulaFunction[] => [
    { name: `${name}d`, arity: [1, 1], apply: ([v]) => degrees(v as Value, (x) => Math[name]((x * Math.PI) / 180)) },
    { name: `a${name}d`, arity: [1, 1], apply: ([v]) => degrees(v as Value, (x) => (Math[`a${name}`](x) * 180) / Math.PI) },
  ]),
  ...["union", "intersect", "setdiff"].map(
    (name): FormulaFunction => ({
      name,
      arity: [2, 2],
      apply: ([v, w], _named, call) => {
        const [a, b] = [entries(arrayOf(v, call.range)), entries(arrayOf(w, call.range))];
        const has = (list: readonly s.Scalar[], x: s.Scalar): boolean => list.some((y) => s.equal(x, y));
        const all = name === "union" ? [...a, ...b] : a.filter((x) => has(b, x) === (name === "intersect"));
        const sorted = all.filter((x, k) => !has(all.slice(0, k), x)).sort((x, y) => s.re(x) - s.re(y));
        return fromScalars([1, sorted.length], sorted);
      },
    }),
  ),
  {
    // Places in column order: a row for a row, else a column.
    name: "nonzero",
    aliases: ["find"],
    arity: [1, 2],
    apply: ([v, most], _named, call) => {
      const a = arrayOf(v, call.range);
      const [m, n] = (a.shape.length === 2 ? a.shape : [a.data.length, 1]) as [number, number];
      const all = entries(a);
      const places: number[] = [];
      for (let j = 0; j < n; j++) for (let i = 0; i < m; i++) if (!s.isZero(all[i * n + j] as s.Scalar)) places.push(j * m + i + 1);
      const limit = most ? (s.toInteger(scalarOf(most) ?? s.zero) ?? places.length) : places.length;
      const kept = places.slice(0, limit).map(s.integer);
      return fromScalars(m === 1 && n !== 1 ? [1, kept.length] : [kept.length, 1], kept);
    },
  },
  {
    // The first result: the x of every point.
    name: "meshgrid",
    arity: [1, 2],
    apply: ([x, y], _named, call) => {
      const [a, b] = [arrayOf(x, call.range), arrayOf(y ?? x, call.range)];
      if (!isVectorLike(a) || !isVectorLike(b)) return fail("shape-mismatch", "meshgrid takes two vectors", call.range);
      const [columns, rows] = [entries(a), b.data.length];
      return fromScalars([rows, columns.length], Array.from({ length: rows }, () => columns).flat());
    },
  },
];
