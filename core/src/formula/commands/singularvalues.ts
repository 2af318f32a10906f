// Singular values as a list, largest first.

import { realValue } from "../../expr/index.js";
import { singularValues } from "../evaluate/linear.js";
import { onMatrix } from "./command.js";

export const singularvalues = onMatrix("singularvalues", "singularvalues", (a, _context, range) => ({
  kind: "list",
  items: Array.from(singularValues(a, range), realValue),
}));
