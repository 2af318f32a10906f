// A = L Lᴴ for a positive definite matrix.

import { choleskyOf } from "../evaluate/functions/linearAlgebra.js";
import { onMatrix } from "./command.js";

export const cholesky = onMatrix("cholesky", null, (a, _context, range) => choleskyOf(a, range));
