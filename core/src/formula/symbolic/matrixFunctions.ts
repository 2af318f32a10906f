// The named functions of matrices with symbolic entries: det, inv, tr, adj, rref, eigenvalues, charpoly, expm ...

import { fail, type Range, said, type Value } from "../../expr/index.js";
import { eigenvaluesOf } from "./eigenvalues.js";
import {
  adjugate,
  build,
  characteristicCoefficients,
  determinant,
  exponentialMatrix,
  fromRows,
  inverseMatrix,
  mapMatrix,
  matrixResult,
  nullSpace,
  powerMatrix,
  rowEchelon,
  rowsOf,
  type TermMatrix,
  traceMatrix,
  transposeMatrix,
} from "./matrix.js";
import { canonicalName } from "./names.js";
import { valueOf } from "./numeric.js";
import { shorten } from "./simplify.js";
import { singularValuesOf, squareRootMatrix } from "./singular.js";
import { call, divide, expTerm, int, namesOf, nameTerm, power, smallInt, sumOf, type Term, times, zero } from "./term.js";
import { termValue } from "./values.js";

/** det(λI − A) as a term in the given name. */
export const characteristicPolynomial = (m: TermMatrix, variable: string, range: Range): Term =>
  sumOf(characteristicCoefficients(m, range).map((c, k) => times(c, power(nameTerm(variable), int(k)))));

type MatrixFunction = (m: TermMatrix, range: Range, second: Term | null) => Value;
const square = (m: TermMatrix, what: string, range: Range): void => {
  if (m.rows !== m.columns) fail("not-square", said`${what} of a ${m.rows}×${m.columns} matrix`, range);
};
const scalar = (t: Term): Value => termValue(shorten(t));

/** Numbers in ascending order. Throws `unsupported` where names are free or a part is imaginary. */
function bySize(values: readonly Term[], range: Range): Term[] {
  const sized = values.map((term) => ({ term, z: namesOf(term).length > 0 ? null : valueOf(term) }));
  if (sized.some(({ z }) => z === null || Math.abs(z.im) > 1e-12)) return fail("unsupported", "the largest of these eigenvalues is not known", range);
  return sized.sort((a, b) => a.z!.re - b.z!.re).map(({ term }) => term);
}

const table: Readonly<Record<string, MatrixFunction>> = {
  det: (m, range) => scalar(determinant(m, range)),
  tr: (m, range) => scalar(traceMatrix(m, range)),
  inv: (m, range) => matrixResult(inverseMatrix(m, range)),
  transpose: (m) => matrixResult(transposeMatrix(m)),
  adj: (m, range) => matrixResult(adjugate(m, range)),
  rank: (m) => termValue(int(rowEchelon(m).pivots.length)),
  rref: (m) => matrixResult(mapMatrix(rowEchelon(m).matrix, shorten)),
  null: (m) => {
    const basis = nullSpace(m);
    if (basis.length === 0) return matrixResult(build(m.columns, 0, () => zero));
    return matrixResult(build(m.columns, basis.length, (i, j) => shorten(basis[j]![i]!)));
  },
  eigenvalues: (m, range) => ({ kind: "list", items: eigenvaluesOf(m, range).map(scalar) }),
  singularvalues: (m, range) => ({ kind: "list", items: singularValuesOf(m, range).map(scalar) }),
  lambdamax: (m, range) => scalar(bySize(eigenvaluesOf(m, range), range).at(-1) ?? zero),
  lambdamin: (m, range) => scalar(bySize(eigenvaluesOf(m, range), range)[0] ?? zero),
  sigmamax: (m, range) => scalar(singularValuesOf(m, range)[0] ?? zero),
  sigmamin: (m, range) => scalar(singularValuesOf(m, range).at(-1) ?? zero),
  nuclearnorm: (m, range) => scalar(sumOf(singularValuesOf(m, range))),
  cond: (m, range) => {
    const values = singularValuesOf(m, range);
    return scalar(divide(values[0] ?? zero, values.at(-1) ?? zero));
  },
  sqrtm: (m, range) => matrixResult(squareRootMatrix(m, range)),
  charpoly: (m, range) => scalar(characteristicPolynomial(m, "\\lambda", range)),
  expm: (m, range, second) =>
    matrixResult(mapMatrix(exponentialMatrix(second && second.id !== "1" ? mapMatrix(m, (t) => times(second, t)) : m, range), shorten)),
  vec: (m) => matrixResult(build(m.rows * m.columns, 1, (i) => m.entries[(i % m.rows) * m.columns + Math.floor(i / m.rows)]!)),
  diag: (m) => {
    if (m.rows === 1 || m.columns === 1)
      return matrixResult(build(m.entries.length, m.entries.length, (i, j) => (i === j ? m.entries[i]! : zero), m.environment));
    return matrixResult(build(Math.min(m.rows, m.columns), 1, (i) => m.entries[i * m.columns + i]!));
  },
  sum: (m) => scalar(sumOf(m.entries)),
  mean: (m) => scalar(divide(sumOf(m.entries), int(m.entries.length))),
  softmax: (m) => {
    const byRows = m.columns > 1 && m.rows > 1;
    const rows = byRows ? rowsOf(m) : [m.entries];
    const out = rows.map((row) => {
      const total = sumOf(row.map(expTerm));
      return row.map((t) => divide(expTerm(t), total));
    });
    return matrixResult(byRows ? fromRows(out, m.environment) : { ...m, entries: out[0]! });
  },
  pinv: (m, range) => {
    if (m.rows === m.columns) return matrixResult(inverseMatrix(m, range));
    return fail("unsupported", "the pseudo-inverse of a matrix of expressions", range, "Write (A^T A)^{-1} A^T");
  },
  power: (m, range, second) => {
    const n = second ? smallInt(second) : null;
    return n === null ? fail("unsupported", "only whole powers of a matrix of expressions are known", range) : matrixResult(powerMatrix(m, n, range));
  },
};
const aliases: Readonly<Record<string, string>> = {
  trace: "tr",
  Tr: "tr",
  inverse: "inv",
  adjugate: "adj",
  nullspace: "null",
  ker: "null",
  exp: "expm",
  sqrt: "sqrtm",
  svdvals: "singularvalues",
  eig: "eigenvalues",
  eigvals: "eigenvalues",
  determinant: "det",
};
const perEntry = new Set(["Re", "Im", "abs", "sigmoid", "relu", "floor", "ceil", "round", "sign", "tanh", "erf"]);

/** A named function of a matrix of expressions. `second` is a scalar second argument. Throws `unsupported` for unknown names. */
export function matrixCall(name: string, matrices: readonly (TermMatrix | null)[], second: Term | null, range: Range): Value {
  const m = matrices[0]!;
  const key = aliases[name] ?? name;
  if (key === "det" || key === "tr" || key === "inv" || key === "charpoly" || key === "eigenvalues") square(m, key, range);
  const f = table[key];
  if (f) return f(m, range, second);
  const elementary = canonicalName(name);
  if (elementary === "max" || elementary === "min") return termValue(call(elementary, m.entries));
  if (perEntry.has(elementary)) return matrixResult(mapMatrix(m, (t) => call(elementary, [t])));
  // A function of a diagonal matrix acts on the diagonal.
  if (m.rows === m.columns && m.entries.every((t, k) => Math.floor(k / m.columns) === k % m.columns || t === zero || t.id === "0")) {
    return matrixResult(build(m.rows, m.rows, (i, j) => (i === j ? call(elementary, [m.entries[i * m.columns + i]!]) : zero), m.environment));
  }
  return fail("unsupported", said`${name} of a matrix of expressions`, range, "Give values to the names first");
}
