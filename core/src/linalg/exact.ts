// Exact linear algebra over the rationals: Bareiss elimination on big integers.
import { spend } from "../kernels/index.js";
import { MathError } from "./error.js";
import { said } from "./phrase.js";
import { gcd, multiplyRational, type Rational, type RationalMatrix, rational, subtractRational } from "./rational.js";
import { shapeText } from "./shape.js";

const ZERO: Rational = { num: 0n, den: 1n };
const ONE: Rational = { num: 1n, den: 1n };

/** Integer rows with one common denominator each: row i of the matrix is rows[i]/denominators[i]. */
interface IntegerRows {
  readonly rows: bigint[][];
  readonly denominators: bigint[];
}

function integerRows(a: RationalMatrix): IntegerRows {
  const rows: bigint[][] = [];
  const denominators: bigint[] = [];
  for (let i = 0; i < a.rows; i++) {
    const entries = a.entries.slice(i * a.columns, (i + 1) * a.columns);
    const common = entries.reduce((l, e) => (l / gcd(l, e.den)) * e.den, 1n);
    rows.push(entries.map((e) => e.num * (common / e.den)));
    denominators.push(common);
  }
  return { rows, denominators };
}

function requireSquareExact(a: RationalMatrix, what: string): void {
  if (a.rows !== a.columns) throw new MathError("not-square", said`${what} needs a square matrix, not ${shapeText(a)}`);
}

/** What an operation on big integers counts as, in operations of a plain loop. */
const BIG = 200;

/**
 * Fraction-free row echelon form in place (Bareiss 1968): after step k every entry is a minor of the matrix, so entries grow linearly in bits.
 * Returns the pivot columns, the sign of the row swaps and the last pivot. With `reduce` entries above pivots vanish as well and every pivot equals `last`.
 */
function bareiss(m: bigint[][], columns: number, reduce: boolean): { pivots: number[]; sign: bigint; last: bigint } {
  const pivots: number[] = [];
  let sign = 1n;
  let previous = 1n;
  for (let c = 0; c < columns && pivots.length < m.length; c++) {
    const k = pivots.length;
    let p = k;
    while (p < m.length && m[p][c] === 0n) p++;
    if (p === m.length) continue;
    if (p !== k) {
      [m[p], m[k]] = [m[k], m[p]];
      sign = -sign;
    }
    const pivotRow = m[k];
    const pivot = pivotRow[c];
    for (let i = reduce ? 0 : k + 1; i < m.length; i++) {
      if (i === k) continue;
      const row = m[i];
      spend(BIG * row.length);
      const factor = row[c];
      // Columns left of c hold earlier pivots, which must keep pace when reducing.
      for (let j = reduce ? 0 : c + 1; j < row.length; j++) row[j] = (pivot * row[j] - factor * pivotRow[j]) / previous;
      row[c] = 0n;
    }
    previous = pivot;
    pivots.push(c);
  }
  return { pivots, sign, last: previous };
}

/** det A, exactly. O(n³) big-integer operations on numbers of at most the determinant's size. 1 for the 0×0 matrix. Throws "not-square". */
export function exactDet(a: RationalMatrix): Rational {
  requireSquareExact(a, "the determinant");
  const { rows, denominators } = integerRows(a);
  const { pivots, sign, last } = bareiss(rows, a.columns, false);
  if (pivots.length < a.rows) return ZERO;
  return rational(
    sign * last,
    denominators.reduce((p, d) => p * d, 1n),
  );
}

/** The reduced row echelon form and its pivot columns. Any shape; empty stays empty. */
export function exactRref(a: RationalMatrix): RationalMatrix & { readonly pivots: readonly number[] } {
  const { rows } = integerRows(a);
  const { pivots, last } = bareiss(rows, a.columns, true);
  const entries = rows.flatMap((row) => row.map((x) => (x === 0n ? ZERO : rational(x, last))));
  return { rows: a.rows, columns: a.columns, entries, pivots };
}

/** The rank, exactly. */
export const exactRank = (a: RationalMatrix): number => bareiss(integerRows(a).rows, a.columns, false).pivots.length;

/** X with A·X = B for square non-singular A. Throws "not-square", "shape-mismatch", "singular". */
export function exactSolve(a: RationalMatrix, b: RationalMatrix): RationalMatrix {
  requireSquareExact(a, "a linear system");
  if (a.rows !== b.rows) throw new MathError("shape-mismatch", said`cannot solve a ${shapeText(a)} system for a ${shapeText(b)} right-hand side`);
  const width = a.columns + b.columns;
  const entries: Rational[] = [];
  for (let i = 0; i < a.rows; i++)
    entries.push(...a.entries.slice(i * a.columns, (i + 1) * a.columns), ...b.entries.slice(i * b.columns, (i + 1) * b.columns));
  const { rows } = integerRows({ rows: a.rows, columns: width, entries });
  const { pivots, last } = bareiss(rows, a.columns, true);
  if (pivots.length < a.rows)
    throw new MathError("singular", said`the ${shapeText(a)} matrix is singular: its rank is ${pivots.length}`, "leastSquares or pinv still answer");
  return { rows: a.columns, columns: b.columns, entries: rows.flatMap((row) => row.slice(a.columns).map((x) => rational(x, last))) };
}

const exactIdentity = (n: number): RationalMatrix => ({
  rows: n,
  columns: n,
  entries: Array.from({ length: n * n }, (_, p) => (p % (n + 1) === 0 ? ONE : ZERO)),
});

/** A⁻¹, exactly. Throws "not-square", "singular". */
export function exactInverse(a: RationalMatrix): RationalMatrix {
  requireSquareExact(a, "the inverse");
  return exactSolve(a, exactIdentity(a.rows));
}

/** A basis of {x : A·x = 0} as columns (n×(n - rank)), one for each free column, which it holds with a 1. */
export function exactNullSpace(a: RationalMatrix): RationalMatrix {
  const r = exactRref(a);
  const free = Array.from({ length: a.columns }, (_, j) => j).filter((j) => !r.pivots.includes(j));
  const entries: Rational[] = new Array(a.columns * free.length).fill(ZERO);
  free.forEach((f, c) => {
    entries[f * free.length + c] = ONE;
    r.pivots.forEach((p, i) => {
      entries[p * free.length + c] = subtractRational(ZERO, r.entries[i * a.columns + f]);
    });
  });
  return { rows: a.columns, columns: free.length, entries };
}

/** A·B, exactly. Throws "shape-mismatch". */
export function exactMultiply(a: RationalMatrix, b: RationalMatrix): RationalMatrix {
  if (a.columns !== b.rows)
    throw new MathError("shape-mismatch", said`cannot multiply ${shapeText(a)} by ${shapeText(b)} (inner sizes ${a.columns} and ${b.rows})`);
  // Row i of A over one denominator, column j of B over another: one reduction an entry.
  const left = integerRows(a);
  const right = integerRows({
    rows: b.columns,
    columns: b.rows,
    entries: Array.from({ length: b.entries.length }, (_, p) => b.entries[(p % b.rows) * b.columns + Math.floor(p / b.rows)]),
  });
  const entries: Rational[] = [];
  for (let i = 0; i < a.rows; i++)
    for (let j = 0; j < b.columns; j++) {
      let s = 0n;
      spend(BIG * a.columns);
      for (let k = 0; k < a.columns; k++) s += left.rows[i][k] * right.rows[j][k];
      entries.push(rational(s, left.denominators[i] * right.denominators[j]));
    }
  return { rows: a.rows, columns: b.columns, entries };
}

/**
 * The coefficients of det(x·I - A), leading 1 first: n + 1 fractions. Faddeev-LeVerrier, which divides exactly: n matrix products.
 * The 0×0 matrix gives [1]. Throws "not-square".
 */
export function exactCharpoly(a: RationalMatrix): Rational[] {
  requireSquareExact(a, "the characteristic polynomial");
  const n = a.rows;
  const coefficients: Rational[] = [ONE];
  let m = exactIdentity(n);
  for (let k = 1; k <= n; k++) {
    const am = exactMultiply(a, m);
    let trace = ZERO;
    for (let i = 0; i < n; i++) trace = subtractRational(trace, am.entries[i * (n + 1)]);
    const c = multiplyRational(trace, rational(1n, BigInt(k)));
    coefficients.push(c);
    m = { rows: n, columns: n, entries: am.entries.map((e, p) => (p % (n + 1) === 0 ? subtractRational(e, subtractRational(ZERO, c)) : e)) };
  }
  return coefficients;
}
