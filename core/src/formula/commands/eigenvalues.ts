// Eigenvalues as a list; ascending when they are real and the matrix is symmetric or exact.

import { eigenvalueScalars } from "../evaluate/functions/linearAlgebra.js";
import { onMatrix } from "./command.js";

export const eigenvalues = onMatrix("eigenvalues", "eigenvalues", (a, context, range) => ({
  kind: "list",
  items: eigenvalueScalars(a, context, range),
}));
