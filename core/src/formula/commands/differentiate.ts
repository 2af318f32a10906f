// differentiate: by `variable`, `order` times (1).

import { symbolicDerivative } from "../symbolic/derivative.js";
import type { SymbolicCommand } from "../symbolic/interface.js";
import { freeNamesOf, orderParam, variableOf } from "./shared.js";

export const differentiate: SymbolicCommand = {
  name: "differentiate",
  run(value, params, context, range) {
    const name = variableOf(params, freeNamesOf(value, range), range);
    return symbolicDerivative("d", [{ name, order: orderParam(params, "order", 1, 50, range) }], value, context, range);
  },
};
