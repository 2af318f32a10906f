// integrate: by `variable`; definite when `lower` and `upper` are given.

import { symbolicIntegral } from "../symbolic/definite.js";
import type { SymbolicCommand } from "../symbolic/interface.js";
import { termValue } from "../symbolic/values.js";
import { freeNamesOf, termParam, variableOf } from "./shared.js";

export const integrate: SymbolicCommand = {
  name: "integrate",
  run(value, params, context, range) {
    const x = variableOf(params, freeNamesOf(value, range), range);
    const [a, b] = [termParam(params["lower"], range), termParam(params["upper"], range)];
    return symbolicIntegral(value, x, a ? termValue(a) : undefined, b ? termValue(b) : undefined, context, range);
  },
};
