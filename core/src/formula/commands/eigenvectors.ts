// Eigenvalues with their eigenvectors as columns.

import { eigenpairs } from "../evaluate/functions/linearAlgebra.js";
import { onMatrix } from "./command.js";

export const eigenvectors = onMatrix("eigenvectors", "eigenvectors", (a, _context, range) => eigenpairs(a, range));
