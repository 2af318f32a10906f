// apart: partial fractions over the rationals.

import type { SymbolicCommand } from "../symbolic/interface.js";
import { apartTerm } from "../symbolic/normal.js";
import { nameTerm } from "../symbolic/term.js";
import { freeNamesOf, rewrite, variableOf } from "./shared.js";

export const apart: SymbolicCommand = {
  name: "apart",
  run(value, params, context, range) {
    const x = variableOf(params, freeNamesOf(value, range), range);
    return rewrite(value, (t) => apartTerm(t, nameTerm(x)), context, range);
  },
};
