// Eigenvalues of matrices of terms.

import { fail, type Range, said } from "../../expr/index.js";
import { characteristicCoefficients, type TermMatrix, triangularDiagonal } from "./matrix.js";
import { rootsOfPolynomial } from "./roots.js";
import type { Term } from "./term.js";

/** Eigenvalues with multiplicity: the diagonal of a triangular matrix, else the roots of the characteristic polynomial. */
export function eigenvaluesOf(m: TermMatrix, range: Range): Term[] {
  const diagonal = triangularDiagonal(m);
  if (diagonal) return diagonal;
  const roots = rootsOfPolynomial(characteristicCoefficients(m, range));
  return roots ?? fail("unsupported", said`the eigenvalues of this ${m.rows}×${m.columns} matrix have no closed form we know`, range);
}
