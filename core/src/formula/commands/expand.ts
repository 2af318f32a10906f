// expand: products over sums and powers of sums multiplied out; logarithms of products stay whole.

import type { SymbolicCommand } from "../symbolic/interface.js";
import { expandTerm } from "../symbolic/normal.js";
import { rewrite } from "./shared.js";

export const expand: SymbolicCommand = {
  name: "expand",
  run: (value, _params, context, range) => rewrite(value, expandTerm, context, range),
};
