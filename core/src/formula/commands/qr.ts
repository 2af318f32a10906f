// A = Q R by Householder reflections.

import { qrRecord } from "../evaluate/functions/linearAlgebra.js";
import { onMatrix } from "./command.js";

export const qr = onMatrix("qr", null, (a, _context, range) => qrRecord(a, range));
