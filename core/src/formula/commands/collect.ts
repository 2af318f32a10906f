// collect: coefficients of the powers of one variable gathered.

import type { SymbolicCommand } from "../symbolic/interface.js";
import { collectTerm } from "../symbolic/normal.js";
import { nameTerm } from "../symbolic/term.js";
import { freeNamesOf, rewrite, variableOf } from "./shared.js";

export const collect: SymbolicCommand = {
  name: "collect",
  run(value, params, context, range) {
    const x = variableOf(params, freeNamesOf(value, range), range);
    return rewrite(value, (t) => collectTerm(t, nameTerm(x)), context, range);
  },
};
