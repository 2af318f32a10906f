// MATLAB's own meanings: nnz counts the whole array, find and meshgrid answer one result, magic(4k+2) and magic(3) as printed there.

import { type ArrayValue, fail, said, type Value } from "../../../expr/index.js";
import { entries, fromScalars, isVectorLike, scalarOf, shapeText } from "../array.js";
import type { FormulaFunction } from "../function.js";
import * as s from "../scalar.js";

const arrayOf = (v: Value | undefined, range: readonly [number, number]): ArrayValue => {
  if (v?.kind === "array") return v;
  const x = v && scalarOf(v);
  return x ? fromScalars([1, 1], [x]) : fail("unsupported", said`an array is needed, not ${v ? shapeText(v) : "nothing"}`, range);
};

export const matlabFunctions: readonly FormulaFunction[] = [
  {
    name: "count_nonzero",
    aliases: ["nnz"],
    arity: [1, 1],
    apply: ([v], _named, call) => s.integer(entries(arrayOf(v, call.range)).filter((x) => !s.isZero(x)).length),
  },
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
