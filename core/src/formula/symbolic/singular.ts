// Singular values and square roots of small exact matrices as roots of whole numbers, where those are short.

import { fail, type Range, said } from "../../expr/index.js";
import { eigenvaluesOf } from "./eigenvalues.js";
import { normal } from "./fraction.js";
import { addMatrix, build, determinant, identityMatrix, mapMatrix, multiplyMatrix, type TermMatrix, traceMatrix, transposeMatrix } from "./matrix.js";
import { valueOf } from "./numeric.js";
import { denest, shorten } from "./simplify.js";
import { divide, isZeroTerm, namesOf, sqrt, sum, type Term, times, two, zero } from "./term.js";

const unknown = (m: TermMatrix, what: string, range: Range): never =>
  fail("unsupported", said`${what} of this ${m.rows}×${m.columns} matrix have no closed form we know`, range);

/** The singular values of a real matrix of numbers, largest first. Throws `unsupported` when the eigenvalues of AᵀA have no closed form. */
export function singularValuesOf(m: TermMatrix, range: Range): Term[] {
  if (m.entries.some((t) => namesOf(t).length > 0)) return unknown(m, "the singular values", range);
  const t = transposeMatrix(m);
  const gram = m.rows < m.columns ? multiplyMatrix(m, t, range) : multiplyMatrix(t, m, range);
  const values = eigenvaluesOf(mapMatrix(gram, shorten), range).map((x) => ({ term: shorten(denest(sqrt(x))), size: valueOf(x) }));
  if (values.some((v) => Math.abs(v.size.im) > 1e-12 || v.size.re < -1e-12)) return unknown(m, "the singular values", range);
  return values.sort((a, b) => b.size.re - a.size.re).map((v) => v.term);
}

/**
 * The principal square root: of a diagonal matrix entry by entry, of a 2×2 matrix as (A + sI)/t with s = √det A and
 * t = √(tr A + 2s) (Levinger 1980). Throws `unsupported` for others.
 */
export function squareRootMatrix(m: TermMatrix, range: Range): TermMatrix {
  const diagonal = m.rows === m.columns && m.entries.every((t, k) => Math.floor(k / m.columns) === k % m.columns || isZeroTerm(t));
  if (diagonal) return build(m.rows, m.rows, (i, j) => (i === j ? sqrt(m.entries[i * m.columns + i]!) : zero), m.environment);
  if (m.rows !== 2 || m.columns !== 2) return unknown(m, "the square roots", range);
  const s = sqrt(shorten(determinant(m, range)));
  const t = shorten(denest(sqrt(shorten(sum(traceMatrix(m, range), times(two, s))))));
  if (isZeroTerm(t)) return unknown(m, "the square roots", range);
  return mapMatrix(addMatrix(m, identityMatrix(2, s), range), (x) => shorten(normal(divide(x, t))));
}
