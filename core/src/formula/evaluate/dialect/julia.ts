// Julia's exp, log and sqrt: of a square matrix the matrix function, of a number the number's.

import { type ArrayValue, fail, said, type Value } from "../../../expr/index.js";
import type { FormulaFunction } from "../function.js";
import { functions } from "../functions/index.js";
import * as powers from "../power.js";

const whole = (name: string, entries: string, of: typeof powers.exponential): FormulaFunction => ({
  name,
  arity: [1, 1],
  apply: ([v], named, call, context) => {
    if (v?.kind === "array" && v.shape.length === 2) return of(v, context, call.range);
    const f = functions.get(entries) ?? fail("unknown-function", said`there is no function named ${entries}`, call.nameRange);
    return f.apply([v as Value], named, call, context);
  },
});

export const juliaFunctions: readonly FormulaFunction[] = [
  whole("expm_of", "exp", powers.exponential),
  whole("logm_of", "ln", powers.logarithm),
  whole("sqrtm_of", "sqrt", (v, context, range) => powers.squareRoot(v, context, range) as ArrayValue),
];
