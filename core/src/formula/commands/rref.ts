// Reduced row echelon form.

import { rref as reduce } from "../evaluate/linear.js";
import { onMatrix } from "./command.js";

export const rref = onMatrix("rref", "rref", (a, context, range) => reduce(a, context, range).value);
