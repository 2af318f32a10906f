// limit: as the variable goes to `point` (0), from `side` if given.

import { symbolicLimit } from "../symbolic/calculus.js";
import type { SymbolicCommand } from "../symbolic/interface.js";
import { zero } from "../symbolic/term.js";
import { termValue } from "../symbolic/values.js";
import { freeNamesOf, termParam, variableOf } from "./shared.js";

export const limit: SymbolicCommand = {
  name: "limit",
  run(value, params, context, range) {
    const x = variableOf(params, freeNamesOf(value, range), range);
    const side = params["side"] === "+" || params["side"] === "-" ? params["side"] : undefined;
    return symbolicLimit(value, x, termValue(termParam(params["point"], range) ?? zero), side, context, range);
  },
};
