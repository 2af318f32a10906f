// pandas: reductions go down the columns, leave missing values out and take the sample's deviation.

import { type ArrayValue, fail, said, type Value } from "../../../expr/index.js";
import type { FormulaFunction } from "../function.js";
import * as s from "../scalar.js";
import { unary, word } from "./arguments.js";
import { numpyFunctions } from "./numpy.js";

const reduction = (name: string, sample: boolean): FormulaFunction => {
  const skipping = numpyFunctions.find((f) => f.name === `nan${name}`) as FormulaFunction;
  return unary(name, [], ([v], named, call, context) => {
    const { axis, ddof, ...rest } = named;
    const by = word(axis);
    const along = by === "columns" ? s.one : by ? s.zero : axis;
    const free: Record<string, Value> = sample ? { ddof: ddof ?? s.one } : {};
    const a = v as ArrayValue;
    return skipping.apply([a], a.shape.length > 1 ? { ...rest, ...free, axis: along ?? s.zero } : { ...rest, ...free }, call, context);
  });
};

export const frameFunctions: readonly FormulaFunction[] = [
  ...["sum", "mean", "max", "min", "prod", "median"].map((name) => reduction(name, false)),
  ...["std", "var"].map((name) => reduction(name, true)),
  unary(
    "framecolumns",
    [],
    ([v, names], _n, call, context): Value => {
      // df[["b", "a"]]: columns by their names.
      const a = v as ArrayValue;
      const wanted = names?.kind === "list" ? names.items.map(word) : [word(names)];
      const at = wanted.map((n) => {
        const k = (a.columns ?? []).indexOf(n);
        return k >= 0
          ? k
          : fail("index-out-of-range", said`there is no column named ${n}`, call.range, said`The columns are ${(a.columns ?? []).join(", ")}`);
      });
      context.budget.check();
      const rows = a.shape[0] as number;
      const n = a.shape[1] as number;
      return {
        kind: "array",
        shape: [rows, at.length],
        data: Float64Array.from(
          { length: rows * at.length },
          (_, k) => a.data[Math.floor(k / at.length) * n + (at[k % at.length] as number)] as number,
        ),
        columns: wanted,
        flavour: "frame",
      };
    },
    [2, 2],
  ),
];
