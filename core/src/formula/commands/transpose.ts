// The transpose.

import { transpose as turn } from "../evaluate/array.js";
import { unary } from "../evaluate/operate.js";
import type { FormulaCommand } from "./command.js";

export const transpose: FormulaCommand = {
  name: "transpose",
  run: (value, _params, context, range) => (value.kind === "array" ? turn(value) : unary("transpose", value, context, range)),
};
