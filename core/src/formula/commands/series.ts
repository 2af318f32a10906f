// series: the Taylor or Laurent polynomial at a point, all powers below `order` (6).

import { fail, said } from "../../expr/index.js";
import type { SymbolicCommand } from "../symbolic/interface.js";
import { NoSeries, taylorTerm } from "../symbolic/series.js";
import { zero } from "../symbolic/term.js";
import { freeNamesOf, orderParam, rewrite, termParam, variableOf } from "./shared.js";

export const series: SymbolicCommand = {
  name: "series",
  run(value, params, context, range) {
    const x = variableOf(params, freeNamesOf(value, range), range);
    const point = termParam(params["point"], range) ?? zero;
    const order = orderParam(params, "order", 6, 60, range);
    try {
      const out = rewrite(value, (t) => taylorTerm(t, x, point, order), context, range);
      context.note(said`terms below order ${order}`);
      return out;
    } catch (error) {
      if (error instanceof NoSeries) return fail("domain", "no power series exists at this point", range);
      throw error;
    }
  },
};
