// Matrices whose entries are terms: product, power, determinant, inverse, characteristic polynomial, row echelon form, exponential.

import { type ArrayValue, type Expr, exactArray, fail, type Range, said, type Value } from "../../expr/index.js";
import { rational, rationalToNumber } from "../../linalg/index.js";
import { normal } from "./fraction.js";
import { fromExpr, fromNumber } from "./fromExpr.js";
import { reduceRows } from "./linear.js";
import { expandTerm } from "./normal.js";
import {
  call,
  divide,
  expTerm,
  frac,
  imaginary,
  int,
  isZeroTerm,
  minus,
  minusOne,
  negate,
  numTerm,
  one,
  power,
  productOf,
  sqrt,
  square,
  sum,
  sumOf,
  type Term,
  times,
  zero,
} from "./term.js";
import { toExpr } from "./toExpr.js";
import { matrixExpr } from "./tree.js";

export interface TermMatrix {
  readonly rows: number;
  readonly columns: number;
  /** Row-major. */
  readonly entries: readonly Term[];
  /** What it was written in, for printing. */
  readonly environment?: string;
}

const maxSize = 64;

/** A matrix or vector value (a vector is a column); null for anything else. */
export function termMatrix(v: Value): TermMatrix | null {
  if (v.kind === "symbolic" && v.expr.kind === "matrix") {
    const { rows, environment } = v.expr;
    const columns = rows[0]?.length ?? 0;
    if (rows.some((r) => r.length !== columns)) fail("ragged", "rows of different lengths", v.expr.range);
    const m = { rows: rows.length, columns, entries: rows.flat().map((x) => fromExpr(x)) };
    return environment === undefined ? m : { ...m, environment };
  }
  if (v.kind === "array" && v.shape.length <= 2) return arrayMatrix(v);
  if (v.kind === "list" && v.items.length > 0) {
    const entries = v.items.map(termOf);
    return entries.every((t) => t !== null) ? { rows: entries.length, columns: 1, entries: entries as Term[] } : null;
  }
  return null;
}

function arrayMatrix(v: ArrayValue): TermMatrix {
  const [rows, columns] = v.shape.length === 2 ? [v.shape[0]!, v.shape[1]!] : [v.shape[0] ?? 1, 1];
  const entries = Array.from(v.data, (x, k) => {
    const re = v.exact?.[k] ? numTerm(v.exact[k]!) : fromNumber(x);
    return v.imag?.[k] ? sum(re, times(fromNumber(v.imag[k]!), imaginary)) : re;
  });
  return { rows, columns, entries };
}

/** A scalar value as a term; null for anything else. Floats that are e, π or a simple multiple of π are read as such. */
export function termOf(v: Value): Term | null {
  switch (v.kind) {
    case "rational":
      return numTerm(rational(v.num, v.den));
    case "real":
      return constantOf(v.value);
    case "boolean":
      return int(v.value ? 1 : 0);
    case "complex":
      if (v.exact) return sum(numTerm(v.exact.re), times(numTerm(v.exact.im), imaginary));
      return sum(constantOf(v.re), times(constantOf(v.im), imaginary));
    case "symbolic":
      return v.expr.kind === "matrix" || v.expr.kind === "relation" || v.expr.kind === "list" ? null : fromExpr(v.expr);
    case "array":
      return v.data.length === 1 ? arrayMatrix(v).entries[0]! : null;
    default:
      return null;
  }
}

function constantOf(x: number): Term {
  if (x === Math.E) return fromExpr({ kind: "name", name: "e", range: [0, 0] });
  if (Number.isFinite(x) && x !== 0) {
    const piTerm = fromExpr({ kind: "name", name: "\\pi", range: [0, 0] });
    for (let den = 1; den <= 12; den++) {
      const k = Math.round((x / Math.PI) * den);
      if (k !== 0 && Math.abs(k) <= 48 && Math.abs((k * Math.PI) / den - x) <= 2.3e-16 * Math.abs(x)) return times(numTerm(rational(k, den)), piTerm);
    }
    // √n and simple fractions of it, as evaluation leaves them.
    const s = x * x;
    const n = Math.round(s * 36);
    if (n > 0 && n <= 40_000 && !Number.isInteger(x * 60) && Math.abs(Math.sqrt(n) / 6 - Math.abs(x)) <= 4e-16 * Math.abs(x)) {
      const root = sqrt(numTerm(rational(n, 36)));
      return x < 0 ? negate(root) : root;
    }
  }
  // Logarithms of small integers and whole powers of e.
  for (let n = 2; n <= 100; n++) if (Math.abs(x) === Math.log(n)) return times(int(x < 0 ? -1 : 1), call("ln", [int(n)]));
  for (let n = -10; n <= 10; n++) if (n !== 0 && (x === Math.exp(n) || x === Math.E ** n)) return expTerm(int(n));
  const cube = Math.round(x ** 3);
  if (cube !== 0 && Math.abs(cube) <= 10_000 && !Number.isInteger(x) && Math.abs(Math.cbrt(cube) - x) <= 4e-16 * Math.abs(x)) {
    const root = power(int(Math.abs(cube)), frac(1, 3));
    return cube < 0 ? negate(root) : root;
  }
  return fromNumber(x);
}

/** Back to a value: an exact or floating-point array when nothing is free, else a matrix expression. */
export function matrixResult(m: TermMatrix, keepEnvironment?: string): Value {
  const environment = m.environment ?? keepEnvironment;
  if (m.entries.every((t) => t.k === "num")) {
    const entries = m.entries.map((t) => (t as { r: ReturnType<typeof rational> }).r);
    if (entries.every((r) => r.den < 1n << 45n)) return exactArray([m.rows, m.columns], entries);
    return { kind: "array", shape: [m.rows, m.columns], data: Float64Array.from(entries, rationalToNumber) };
  }
  return { kind: "symbolic", expr: toMatrixExpr({ ...m, ...(environment === undefined ? {} : { environment }) }) };
}
export const toMatrixExpr = (m: TermMatrix): Expr =>
  matrixExpr(
    Array.from({ length: m.rows }, (_, i) => m.entries.slice(i * m.columns, (i + 1) * m.columns).map(toExpr)),
    m.environment,
  );

const shape = (m: TermMatrix): string => `${m.rows}×${m.columns}`;
const like = (m: TermMatrix, entries: readonly Term[]): TermMatrix => ({ ...m, entries });
export const build = (rows: number, columns: number, f: (i: number, j: number) => Term, environment?: string): TermMatrix => ({
  rows,
  columns,
  entries: Array.from({ length: rows * columns }, (_, k) => f(Math.floor(k / columns), k % columns)),
  ...(environment === undefined ? {} : { environment }),
});
const at = (m: TermMatrix, i: number, j: number): Term => m.entries[i * m.columns + j]!;
export const rowsOf = (m: TermMatrix): Term[][] =>
  Array.from({ length: m.rows }, (_, i) => m.entries.slice(i * m.columns, (i + 1) * m.columns) as Term[]);
export const fromRows = (rows: readonly (readonly Term[])[], environment?: string): TermMatrix =>
  build(rows.length, rows[0]?.length ?? 0, (i, j) => rows[i]![j]!, environment);

export const mapMatrix = (m: TermMatrix, f: (t: Term) => Term): TermMatrix => like(m, m.entries.map(f));
export const identityMatrix = (n: number, scale: Term = one): TermMatrix => build(n, n, (i, j) => (i === j ? scale : zero));
export const transposeMatrix = (m: TermMatrix): TermMatrix => build(m.columns, m.rows, (i, j) => at(m, j, i), m.environment);

export function addMatrix(a: TermMatrix, b: TermMatrix, range: Range, scale: Term = one): TermMatrix {
  if (a.rows !== b.rows || a.columns !== b.columns) fail("shape-mismatch", said`cannot add ${shape(a)} and ${shape(b)}`, range);
  return like(
    a,
    a.entries.map((t, k) => sum(t, times(scale, b.entries[k]!))),
  );
}

export function multiplyMatrix(a: TermMatrix, b: TermMatrix, range: Range): TermMatrix {
  if (a.columns !== b.rows) fail("shape-mismatch", said`cannot multiply ${shape(a)} by ${shape(b)} (inner sizes ${a.columns} and ${b.rows})`, range);
  limitSize(a.rows * b.columns * a.columns, range);
  return build(
    a.rows,
    b.columns,
    (i, j) => sumOf(Array.from({ length: a.columns }, (_, k) => times(at(a, i, k), at(b, k, j)))),
    a.environment ?? b.environment,
  );
}
const limitSize = (cost: number, range: Range): void => {
  if (cost > maxSize ** 3) fail("too-large", "this symbolic matrix operation is too large", range);
};
const needSquare = (m: TermMatrix, what: string, range: Range): void => {
  if (m.rows !== m.columns) fail("not-square", said`${what} of a ${shape(m)} matrix`, range, "It needs as many rows as columns");
};

export function powerMatrix(m: TermMatrix, n: number, range: Range): TermMatrix {
  needSquare(m, "a power", range);
  if (n < 0) return powerMatrix(inverseMatrix(m, range), -n, range);
  if (n > 200) fail("too-large", said`the power ${n} of a symbolic matrix`, range);
  let out = identityMatrix(m.rows);
  let base: TermMatrix = m;
  for (let k = n; k > 0; k = Math.floor(k / 2)) {
    if (k % 2 === 1) out = mapMatrix(multiplyMatrix(out, base, range), expandEntry);
    if (k > 1) base = mapMatrix(multiplyMatrix(base, base, range), expandEntry);
  }
  return { ...out, ...(m.environment === undefined ? {} : { environment: m.environment }) };
}
const expandEntry = (t: Term): Term => (t.k === "num" || t.k === "name" ? t : expandTerm(t));

export const traceMatrix = (m: TermMatrix, range: Range): Term => {
  needSquare(m, "the trace", range);
  return sumOf(Array.from({ length: m.rows }, (_, i) => at(m, i, i)));
};

/** The determinant: products over the sparsest row or column up to 4×4, elimination in normal form beyond. */
export function determinant(m: TermMatrix, range: Range): Term {
  needSquare(m, "the determinant", range);
  if (m.rows > 12) fail("too-large", said`a symbolic ${shape(m)} determinant`, range);
  if (m.rows === 0) return one;
  const t = expandable(m) ? expandTerm(cofactorDeterminant(rowsOf(m))) : eliminate(m);
  return t;
}
const zeros = (m: TermMatrix): number => m.entries.filter(isZeroTerm).length;
const expandable = (m: TermMatrix): boolean =>
  m.rows <= 4 || zeros(m) > (m.rows * m.rows) / 2 || (m.rows <= 6 && m.entries.filter((t) => t.k !== "num").length > 2 * m.rows);

function cofactorDeterminant(rows: readonly (readonly Term[])[]): Term {
  const n = rows.length;
  if (n === 1) return rows[0]![0]!;
  if (n === 2) return minus(times(rows[0]![0]!, rows[1]![1]!), times(rows[0]![1]!, rows[1]![0]!));
  let best = 0;
  let most = -1;
  rows.forEach((row, i) => {
    const count = row.filter(isZeroTerm).length;
    if (count > most) [best, most] = [i, count];
  });
  const rest = rows.filter((_, i) => i !== best);
  return sumOf(
    rows[best]!.map((t, j) =>
      isZeroTerm(t) ? zero : productOf([(best + j) % 2 ? minusOne : one, t, cofactorDeterminant(rest.map((row) => row.filter((_, k) => k !== j)))]),
    ),
  );
}

function eliminate(m: TermMatrix): Term {
  const a = rowsOf(m).map((row) => row.map(normal));
  let det: Term = one;
  for (let c = 0; c < m.rows; c++) {
    const p = a.findIndex((row, i) => i >= c && !isZeroTerm(row[c]!));
    if (p < 0) return zero;
    if (p !== c) {
      [a[p], a[c]] = [a[c]!, a[p]!];
      det = negate(det);
    }
    det = times(det, a[c]![c]!);
    const inverse = power(a[c]![c]!, minusOne);
    for (let i = c + 1; i < m.rows; i++) {
      const f = a[i]![c]!;
      if (isZeroTerm(f)) continue;
      for (let j = c; j < m.rows; j++) a[i]![j] = normal(minus(a[i]![j]!, productOf([f, inverse, a[c]![j]!])));
    }
  }
  return expandTerm(det);
}

/** The classical adjoint: transposed cofactors. */
export function adjugate(m: TermMatrix, range: Range): TermMatrix {
  needSquare(m, "the adjugate", range);
  if (m.rows === 1) return like(m, [one]);
  return build(
    m.rows,
    m.rows,
    (i, j) => {
      const minor = fromRows(
        rowsOf(m)
          .filter((_, r) => r !== j)
          .map((row) => row.filter((_, c) => c !== i)),
      );
      const d = determinant(minor, range);
      return (i + j) % 2 ? negate(d) : d;
    },
    m.environment,
  );
}

/** The inverse: adjugate over determinant up to 4×4, elimination beyond. Throws `singular` when the determinant is identically zero. */
export function inverseMatrix(m: TermMatrix, range: Range): TermMatrix {
  needSquare(m, "the inverse", range);
  if (m.rows <= 4) {
    const d = normal(determinant(m, range));
    if (isZeroTerm(d)) fail("singular", said`the ${shape(m)} matrix is singular`, range);
    return mapMatrix(adjugate(m, range), (t) => normal(divide(t, d)));
  }
  if (m.rows > 8) fail("too-large", said`the inverse of a symbolic ${shape(m)} matrix`, range);
  const n = m.rows;
  const { rows, pivots } = reduceRows(
    rowsOf(m).map((row, i) => [...row, ...Array.from({ length: n }, (_, j) => (i === j ? one : zero))]),
    n,
  );
  if (pivots.length < n) fail("singular", said`the ${shape(m)} matrix is singular`, range);
  return fromRows(
    rows.map((row) => row.slice(n)),
    m.environment,
  );
}

/** det(λI − A) as coefficients of λ, lowest first (Faddeev–LeVerrier). */
export function characteristicCoefficients(m: TermMatrix, range: Range): Term[] {
  needSquare(m, "the characteristic polynomial", range);
  const n = m.rows;
  if (n > 10) fail("too-large", said`the characteristic polynomial of a symbolic ${shape(m)} matrix`, range);
  const c: Term[] = new Array<Term>(n + 1).fill(zero);
  c[n] = one;
  let M = build(n, n, () => zero);
  for (let k = 1; k <= n; k++) {
    M = addMatrix(mapMatrix(multiplyMatrix(m, M, range), normal), identityMatrix(n, c[n - k + 1]!), range);
    c[n - k] = expandTerm(times(numTerm(rational(-1, k)), traceMatrix(multiplyMatrix(m, M, range), range)));
  }
  return c;
}

export function kroneckerMatrix(a: TermMatrix, b: TermMatrix, range: Range): TermMatrix {
  limitSize(a.entries.length * b.entries.length, range);
  return build(
    a.rows * b.rows,
    a.columns * b.columns,
    (i, j) => times(at(a, Math.floor(i / b.rows), Math.floor(j / b.columns)), at(b, i % b.rows, j % b.columns)),
    a.environment ?? b.environment,
  );
}
export const directSumMatrix = (a: TermMatrix, b: TermMatrix): TermMatrix =>
  build(
    a.rows + b.rows,
    a.columns + b.columns,
    (i, j) => (i < a.rows && j < a.columns ? at(a, i, j) : i >= a.rows && j >= a.columns ? at(b, i - a.rows, j - a.columns) : zero),
    a.environment ?? b.environment,
  );

export function rowEchelon(m: TermMatrix): { readonly matrix: TermMatrix; readonly pivots: readonly number[] } {
  const { rows, pivots } = reduceRows(rowsOf(m));
  return { matrix: fromRows(rows, m.environment), pivots };
}

/** A basis of the null space, one column each. */
export function nullSpace(m: TermMatrix): Term[][] {
  const { matrix: r, pivots } = rowEchelon(m);
  const out: Term[][] = [];
  for (let free = 0; free < m.columns; free++) {
    if (pivots.includes(free)) continue;
    const v = new Array<Term>(m.columns).fill(zero);
    v[free] = one;
    pivots.forEach((p, i) => {
      v[p] = negate(at(r, i, free));
    });
    out.push(v);
  }
  return out;
}

const isTriangular = (m: TermMatrix, upper: boolean): boolean =>
  m.entries.every((t, k) => (upper ? Math.floor(k / m.columns) <= k % m.columns : Math.floor(k / m.columns) >= k % m.columns) || isZeroTerm(t));
/** The diagonal of a triangular matrix, which holds its eigenvalues; null otherwise. */
export const triangularDiagonal = (m: TermMatrix): Term[] | null =>
  m.rows === m.columns && (isTriangular(m, true) || isTriangular(m, false)) ? Array.from({ length: m.rows }, (_, i) => at(m, i, i)) : null;

/** e^M for diagonal, nilpotent and 2×2 matrices. Throws `unsupported` for others. */
export function exponentialMatrix(m: TermMatrix, range: Range): TermMatrix {
  needSquare(m, "the exponential", range);
  const n = m.rows;
  if (m.entries.every((t, k) => Math.floor(k / n) === k % n || isZeroTerm(t)))
    return build(n, n, (i, j) => (i === j ? expTerm(at(m, i, i)) : zero), m.environment);
  let s = identityMatrix(n);
  let p = identityMatrix(n);
  for (let k = 1; k <= n; k++) {
    p = mapMatrix(multiplyMatrix(p, m, range), (t) => normal(times(numTerm(rational(1, k)), t)));
    if (p.entries.every(isZeroTerm)) return { ...s, ...(m.environment === undefined ? {} : { environment: m.environment }) };
    s = addMatrix(s, p, range);
  }
  if (n !== 2) return fail("unsupported", said`the exponential of a symbolic ${shape(m)} matrix`, range);
  // e^M = e^τ (cosh δ I + sinh δ/δ (M − τI)), τ half the trace, δ² = τ² − det.
  const tau = normal(times(numTerm(rational(1, 2)), traceMatrix(m, range)));
  const d2 = normal(minus(square(tau), determinant(m, range)));
  const centred = addMatrix(m, identityMatrix(2, negate(tau)), range);
  const negative = d2.k !== "sum" && negativeSquare(d2);
  const root = sqrt(negative ? negate(d2) : d2);
  const delta = withoutBars(normal(root));
  const [c, q] = isZeroTerm(d2)
    ? [one, one]
    : negative
      ? [fromCall("cos", delta), divide(fromCall("sin", delta), delta)]
      : [fromCall("cosh", delta), divide(fromCall("sinh", delta), delta)];
  return mapMatrix(addMatrix(identityMatrix(2, c), centred, range, q), (t) => times(expTerm(tau), t));
}
// cosh|x| = cosh x and sinh|x|/|x| = sinh x/x, so the bars are dropped before δ is used.
const fromCall = (name: string, x: Term): Term => call(name, [x]);
const withoutBars = (t: Term): Term =>
  t.k === "call" && t.name === "abs" ? t.args[0]! : t.k === "product" ? productOf([numTerm(t.coef), ...t.factors.map(withoutBars)]) : t;
const negativeSquare = (t: Term): boolean => (t.k === "num" ? t.r.num < 0n : t.k === "product" && t.coef.num < 0n);
