// R's own meanings: diag() of a number is an identity, range() the two extremes.

import { fail, said, type Value } from "../../../expr/index.js";
import { applyFunction } from "../apply.js";
import { checkCells, entries, fromScalars, gather, identity, isVectorLike, scalarOf, shapeText } from "../array.js";
import type { FormulaFunction } from "../function.js";
import { functions } from "../functions/index.js";
import * as s from "../scalar.js";
import { namesOf, numbersOf } from "./named.js";
import { numpyFunctions } from "./numpy.js";

const size = (v: Value, range: readonly [number, number]): number => {
  const x = scalarOf(v);
  const n = x && s.toInteger(x);
  return n !== null && n >= 0 ? n : fail("domain", said`a size must be a whole number, not ${shapeText(v)}`, range);
};

/** Functions of NumPy that R has under the names the reader gives them. */
const borrowed = numpyFunctions.filter((f) => /^nan/.test(f.name));

export const rFunctions: readonly FormulaFunction[] = [
  ...borrowed,
  {
    // c(a = 1, b = 2): a vector whose entries have names.
    name: "labelled",
    arity: [1, Number.POSITIVE_INFINITY],
    apply: (args, named, call) => {
      const all = args.map((v) => numbersOf(v, call));
      const flat = all.flat();
      return all.every((x) => x.length === 1)
        ? { ...fromScalars([flat.length], flat), columns: namesOf(named["columns"]) }
        : fromScalars([flat.length], flat);
    },
  },
  {
    name: "qrparts",
    arity: [1, 1],
    apply: (args, named, call, context) => {
      const f = functions.get("qr")?.apply(args, named, call, context);
      const rank = functions.get("rank")?.apply(args, named, call, context);
      return f?.kind === "record" && rank ? { ...f, fields: { ...f.fields, rank } } : fail("unsupported", "qr() of this", call.range);
    },
  },
  {
    name: "qr",
    arity: [1, 1],
    // qr.Q(qr(A)): the factors come with what is factored already.
    apply: ([v], named, call, context) =>
      v?.kind === "record" ? v : (functions.get("qr") as FormulaFunction).apply([v as Value], named, call, context),
  },
  {
    name: "outerof",
    arity: [3, 3],
    apply: ([v, w, f], _named, call, context) => {
      const [x, y] = [numbersOf(v, call), numbersOf(w, call)];
      checkCells([x.length, y.length], context, call.range);
      const g = f?.kind === "function" ? f : fail("unsupported", "outer() needs a function", call.range);
      return fromScalars(
        [x.length, y.length],
        x.flatMap((a) => y.map((b) => scalarOf(applyFunction(g, [a, b], context, call.range)) ?? s.zero)),
      );
    },
  },
  {
    name: "tabulate",
    arity: [1, 2],
    apply: ([v, n], _named, call, context) => {
      const places = numbersOf(v, call).map((x) => s.toInteger(x) ?? 0);
      const most = n ? size(n, call.range) : places.reduce((x, y) => Math.max(x, y), 0);
      checkCells([most], context, call.range);
      const counts = new Array<number>(most).fill(0);
      for (const p of places) if (p >= 1 && p <= most) counts[p - 1] = (counts[p - 1] as number) + 1;
      return fromScalars([most], counts.map(s.integer));
    },
  },
  {
    // sweep(A, 2, x): x is taken from every row.
    name: "sweep",
    arity: [3, 4],
    apply: ([v, margin, w, f], named, call) => {
      if (v?.kind !== "array" || v.shape.length !== 2) return fail("shape-mismatch", said`sweep() of ${shapeText(v as Value)}`, call.range);
      const [, n] = v.shape as [number, number];
      const x = numbersOf(w, call);
      const columns = size(margin as Value, call.range) === 2;
      const how = f ?? named["FUN"];
      const sign = how?.kind === "string" ? how.value : "-";
      const op = { "+": s.add, "-": s.subtract, "*": s.multiply, "/": s.divide }[sign] ?? fail("unsupported", said`sweep() with ${sign}`, call.range);
      return fromScalars(
        v.shape,
        entries(v).map((a, k) => op(a, x[columns ? k % n : Math.floor(k / n)] ?? s.zero)),
      );
    },
  },
  {
    // Sums of groups, in the order of their labels.
    name: "rowsum",
    arity: [2, 2],
    apply: ([v, g], _named, call) => {
      const [x, labels] = [numbersOf(v, call), numbersOf(g, call)];
      const groups = [...new Set(labels.map(s.re))].sort((a, b) => a - b);
      return fromScalars(
        [groups.length, 1],
        groups.map((label) => x.filter((_, k) => s.re(labels[k] as s.Scalar) === label).reduce<s.Scalar>(s.add, s.zero)),
      );
    },
  },
  {
    // diag(3) is an identity, diag(c(1, 2)) a diagonal matrix, diag(A) the diagonal, diag(2, 3) is 2·I.
    name: "diag",
    arity: [1, 3],
    apply: ([v, nrow], named, call, context) => {
      const rows = nrow ?? named["nrow"];
      if (v?.kind === "array" && !isVectorLike(v)) {
        const n = Math.min(v.shape[0] as number, v.shape[1] as number);
        const all = entries(v);
        return fromScalars(
          [n],
          Array.from({ length: n }, (_, k) => all[k * (v.shape[1] as number) + k] as s.Scalar),
        );
      }
      const x = v as Value;
      if (!rows && x.kind !== "array") {
        const n = size(x, call.range);
        checkCells([n, n], context, call.range);
        return identity(n);
      }
      const items = x.kind === "array" ? entries(x) : [scalarOf(x) ?? fail("domain", said`diag() of ${shapeText(x)}`, call.range)];
      const n = rows ? size(rows, call.range) : items.length;
      checkCells([n, n], context, call.range);
      return fromScalars(
        [n, n],
        Array.from({ length: n * n }, (_, k) => (k % n === Math.floor(k / n) ? (items[(k % n) % items.length] as s.Scalar) : s.zero)),
      );
    },
  },
  {
    // The smallest and the largest.
    name: "extrema",
    aliases: ["range"],
    arity: [1, 1],
    apply: ([v], _named, call) => {
      const a = v?.kind === "array" ? entries(v).filter(s.isReal) : [];
      if (a.length === 0) return fail("domain", said`the range of ${shapeText(v as Value)}`, call.range);
      const pick = (sign: 1 | -1) => a.reduce((x, y) => (s.compare(y, x) * sign > 0 ? y : x));
      return fromScalars([2], [pick(-1), pick(1)]);
    },
  },
  {
    // Eigenvalues with the largest modulus first, and their vectors in the same order.
    name: "eig",
    aliases: ["eigen"],
    arity: [1, 1],
    apply: (args, named, call, context) => {
      const found = functions.get("eig")?.apply(args, named, call, { ...context, language: "python" });
      if (found?.kind !== "record") return fail("unsupported", "eigen() of this", call.range);
      const { values, vectors, ...rest } = found.fields;
      if (values?.kind !== "array" || vectors?.kind !== "array") return found;
      const modulus = (k: number) => Math.hypot(values.data[k] as number, values.imag?.[k] ?? 0);
      const order = Array.from({ length: values.data.length }, (_, k) => k).sort((x, y) => modulus(y) - modulus(x) || x - y);
      const n = order.length;
      return {
        ...found,
        fields: {
          ...rest,
          values: gather(values, [n], order),
          vectors: gather(
            vectors,
            vectors.shape,
            Array.from({ length: vectors.data.length }, (_, k) => Math.floor(k / n) * n + (order[k % n] as number)),
          ),
        },
      };
    },
  },
];
