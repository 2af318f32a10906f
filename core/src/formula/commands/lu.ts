// P A = L U with partial pivoting.

import { luRecord } from "../evaluate/functions/linearAlgebra.js";
import { onMatrix } from "./command.js";

export const lu = onMatrix("lu", null, (a, _context, range) => luRecord(a, range));
