// Values under names: lists, dictionaries and tables of columns.

import { type CallExpr, fail, said, type Value } from "../../../expr/index.js";
import { checkCells, entries, fromScalars, scalarOf, shapeText } from "../array.js";
import type { FormulaFunction } from "../function.js";
import type * as s from "../scalar.js";

/** The words of a list of strings. */
export const namesOf = (v: Value | undefined): string[] =>
  v?.kind === "list" ? v.items.map((x) => (x.kind === "string" ? x.value : "")) : v?.kind === "string" ? [v.value] : [];

/** The numbers of a vector or of a single value. */
export const numbersOf = (v: Value | undefined, call: CallExpr): readonly s.Scalar[] =>
  v?.kind === "array" ? entries(v) : [(v && scalarOf(v)) ?? fail("unsupported", said`${call.name} of ${v ? shapeText(v) : "nothing"}`, call.range)];

export const namedFunctions: readonly FormulaFunction[] = [
  {
    name: "listof",
    arity: [0, Number.POSITIVE_INFINITY],
    apply: (args, named) => ({ kind: "record", fields: Object.fromEntries(namesOf(named["columns"]).map((w, k) => [w, args[k] as Value])) }),
  },
  {
    // data.frame(x = ..., y = ...): columns of numbers with their names.
    name: "tablecolumns",
    arity: [1, Number.POSITIVE_INFINITY],
    apply: (args, named, call, context) => {
      const all = args.map((v) => numbersOf(v, call));
      const rows = Math.max(...all.map((x) => x.length));
      checkCells([rows, all.length], context, call.range);
      const short = all.find((x) => x.length === 0 || rows % x.length !== 0);
      if (short) return fail("length-mismatch", said`columns of ${rows} and ${short.length} values`, call.range);
      return {
        ...fromScalars(
          [rows, all.length],
          Array.from({ length: rows * all.length }, (_, k) => {
            const column = all[k % all.length] as readonly s.Scalar[];
            return column[Math.floor(k / all.length) % column.length] as s.Scalar;
          }),
        ),
        columns: namesOf(named["columns"]),
      };
    },
  },
];
