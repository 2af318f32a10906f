// Linear algebra of array values: exact fractions while the sizes allow, the mathematics room's routines otherwise.

import {
  type ArrayValue,
  exactArray,
  fail,
  hintOf,
  matrixValue,
  messageOf,
  type Phrase,
  type Range,
  rationalValue,
  said,
  type Value,
} from "../../expr/index.js";
import * as linalg from "../../linalg/index.js";
import type { Context } from "../context.js";
import { checkCells, concatenate, dims, fromScalars, shapeText, toMatrix, transpose } from "./array.js";
import { settleFractions } from "./elementwise.js";
import { semanticsOf } from "./language.js";
import { bitLength, complexOf, type Scalar } from "./scalar.js";

/** Exact work is bounded by size and by the total length of the entries (spec of exactness). */
const exactLimits = { det: 16, inverse: 10, bits: 1_000_000 } as const;

/** Runs a routine of the mathematics rooms; what it throws is reported at `range`. */
export function mathematics<T>(range: Range, work: () => T): T {
  try {
    return work();
  } catch (e) {
    if (e instanceof linalg.MathError) return fail(e.kind, messageOf(e), range, hintOf(e));
    if (e instanceof RangeError) return fail("too-large", said`this needs more memory than there is (${e.message})`, range);
    throw e;
  }
}

/** The fractions of a matrix value, when all are known and small enough to compute with. */
export function exactMatrix(a: ArrayValue, limit: number, context: Context): linalg.RationalMatrix | null {
  const d = dims(a);
  if (!a.exact || !d || context.settings.exact === "never") return null;
  if (context.settings.exact !== "always" && Math.max(...d) > limit) return null;
  let bits = 0;
  for (const r of a.exact) if ((bits += bitLength(r.num) + bitLength(r.den)) > exactLimits.bits) return null;
  return { rows: d[0], columns: d[1], entries: a.exact };
}

const fromExact = (m: linalg.RationalMatrix, context: Context): ArrayValue => settleFractions(exactArray([m.rows, m.columns], m.entries), context);
const fromComplexScalar = (s: number | { readonly re: number; readonly im: number }): Scalar =>
  typeof s === "number" ? { kind: "real", value: s } : complexOf([s.re, s.im]);

/** The side length of a square matrix; anything else is refused by name. */
export function requireSquare(v: Value, what: string, range: Range): readonly [ArrayValue, number] {
  if (v.kind === "array") {
    const d = dims(v);
    if (d && d[0] === d[1]) return [v.shape.length === 1 ? { ...v, shape: [1, 1] } : v, d[0]];
  } else if (v.kind === "rational" || v.kind === "real" || v.kind === "complex") return [fromScalars([1, 1], [v]), 1];
  return fail("not-square", said`${what} needs a square matrix, this is ${shapeText(v)}`, range, "A square matrix has as many rows as columns");
}

export function det(v: Value, context: Context, range: Range): Scalar {
  const [a, n] = requireSquare(v, "the determinant", range);
  if (n === 0) return { kind: "rational", num: 1n, den: 1n };
  const exact = exactMatrix(a, exactLimits.det, context);
  if (exact) return rationalValue(mathematics(range, () => linalg.exactDet(exact)));
  return fromComplexScalar(mathematics(range, () => linalg.det(toMatrix(a, range))));
}

/** How the pseudo-inverse is written here. */
const pseudoInverseHint = (context: Context): Phrase =>
  said`It has a pseudo-inverse: ${{ python: "np.linalg.pinv(A)", matlab: "pinv(A)", julia: "pinv(A)", r: "MASS::ginv(A)", mathematica: "PseudoInverse[A]", latex: "A^+" }[context.language as string] ?? "pinv(A)"}`;

/** Reciprocal condition below this is no inverse at all; below the square root it is worth a remark. */
const singularBelow = 1e-13;
const remarkBelow = 1e-8;

function checkCondition(m: linalg.Matrix, context: Context, range: Range): void {
  const reciprocal = 1 / mathematics(range, () => linalg.conditionNumber(m));
  if (!(reciprocal >= singularBelow))
    fail(
      "singular",
      said`the ${m.rows}×${m.columns} matrix is singular (reciprocal condition ${reciprocal.toExponential(1)})`,
      range,
      pseudoInverseHint(context),
    );
  if (reciprocal < remarkBelow) context.note(said`ill-conditioned, cond = ${(1 / reciprocal).toExponential(1)}`);
}

export function inverse(v: Value, context: Context, range: Range): ArrayValue {
  const [a, n] = requireSquare(v, "the inverse", range);
  const exact = exactMatrix(a, exactLimits.inverse, context);
  if (exact) {
    if (mathematics(range, () => linalg.exactDet(exact)).num === 0n)
      fail(
        "singular",
        said`the ${n}×${n} matrix is singular (its determinant is 0, its rank ${linalg.exactRank(exact)})`,
        range,
        pseudoInverseHint(context),
      );
    return fromExact(
      mathematics(range, () => linalg.exactInverse(exact)),
      context,
    );
  }
  const m = toMatrix(a, range);
  checkCondition(m, context, range);
  return matrixValue(mathematics(range, () => linalg.inverse(m)));
}

/** X with A X = B; least squares when A is not square. */
export function solve(left: Value, right: Value, context: Context, range: Range): ArrayValue {
  const a = left.kind === "array" ? left : fromScalars([1, 1], [left as Scalar]);
  const b = right.kind === "array" ? right : fromScalars([1, 1], [right as Scalar]);
  const [da, db] = [dims(a), dims(b)];
  if (!da || !db) return fail("unsupported", "a linear system needs matrices", range);
  if (da[0] !== db[0])
    return fail(
      "shape-mismatch",
      said`cannot solve a ${da.join("×")} system with a right side of ${shapeText(b)} (rows ${da[0]} and ${db[0]})`,
      range,
    );
  const shape = (m: ArrayValue): ArrayValue => (b.shape.length === 1 ? { ...m, shape: [m.data.length] } : m);
  if (da[0] !== da[1]) return shape(leastSquares(a, b, context, range));
  const exact = exactMatrix(a, exactLimits.inverse, context);
  const exactB = exact && exactMatrix(b, Number.POSITIVE_INFINITY, context);
  if (exact && exactB) {
    if (linalg.exactDet(exact).num === 0n) fail("singular", said`the ${da.join("×")} matrix of the system is singular`, range);
    return shape(
      fromExact(
        mathematics(range, () => linalg.exactSolve(exact, exactB)),
        context,
      ),
    );
  }
  const m = toMatrix(a, range);
  checkCondition(m, context, range);
  return shape(matrixValue(mathematics(range, () => linalg.solve(m, toMatrix(b, range)))));
}

function leastSquares(a: ArrayValue, b: ArrayValue, context: Context, range: Range): ArrayValue {
  context.note("least-squares solution");
  return matrixValue(linalg.multiply(toMatrix(pseudoInverse(a, context, range), range), toMatrix(b, range)));
}

/** The Moore-Penrose inverse; exact by full-rank factorisation when the entries are exact. */
export function pseudoInverse(v: Value, context: Context, range: Range): ArrayValue {
  const a = v.kind === "array" ? v : fromScalars([1, 1], [v as Scalar]);
  const exact = exactMatrix(a, exactLimits.inverse, context);
  if (exact) {
    const p = exactPseudoInverse(exact);
    if (p) return fromExact(p, context);
  }
  return matrixValue(mathematics(range, () => linalg.pinv(toMatrix(a, range))));
}

/** A⁺ = Rᵀ(RRᵀ)⁻¹(CᵀC)⁻¹Cᵀ with A = CR: C the pivot columns, R the nonzero rows of the reduced form (Ben-Israel and Greville, Adi 2003, 1.6). */
function exactPseudoInverse(a: linalg.RationalMatrix): linalg.RationalMatrix | null {
  const reduced = linalg.exactRref(a);
  const { pivots } = reduced;
  const r = pivots.length;
  if (r === 0) return { rows: a.columns, columns: a.rows, entries: new Array<linalg.Rational>(a.rows * a.columns).fill(linalg.rational(0n)) };
  const C = pick(a.rows, r, (i, j) => a.entries[i * a.columns + (pivots[j] as number)] as linalg.Rational);
  const R = pick(r, a.columns, (i, j) => reduced.entries[i * a.columns + j] as linalg.Rational);
  const [Ct, Rt] = [exactTranspose(C), exactTranspose(R)];
  const left = exactMultiply(Rt, linalg.exactInverse(exactMultiply(R, Rt)));
  return exactMultiply(left, exactMultiply(linalg.exactInverse(exactMultiply(Ct, C)), Ct));
}

const pick = (rows: number, columns: number, f: (i: number, j: number) => linalg.Rational): linalg.RationalMatrix => ({
  rows,
  columns,
  entries: Array.from({ length: rows * columns }, (_, k) => f(Math.floor(k / columns), k % columns)),
});
const exactTranspose = (a: linalg.RationalMatrix) => pick(a.columns, a.rows, (i, j) => a.entries[j * a.columns + i] as linalg.Rational);

/** The exact product; sums are taken over a common denominator for each entry. */
export function exactMultiply(a: linalg.RationalMatrix, b: linalg.RationalMatrix): linalg.RationalMatrix {
  return pick(a.rows, b.columns, (i, j) => {
    let num = 0n;
    let den = 1n;
    for (let k = 0; k < a.columns; k++) {
      const x = a.entries[i * a.columns + k] as linalg.Rational;
      const y = b.entries[k * b.columns + j] as linalg.Rational;
      const d = x.den * y.den;
      if (d === den) num += x.num * y.num;
      else {
        num = num * d + x.num * y.num * den;
        den *= d;
      }
    }
    return linalg.rational(num, den);
  });
}

/** Row reduction; floating point beyond the exact sizes, with the usual rank tolerance. */
export function rref(v: Value, context: Context, range: Range): { readonly value: ArrayValue; readonly pivots: readonly number[] } {
  const a = v.kind === "array" ? v : fromScalars([1, 1], [v as Scalar]);
  const exact = exactMatrix(a, 64, context);
  if (exact) {
    const r = mathematics(range, () => linalg.exactRref(exact));
    return { value: fromExact(r, context), pivots: r.pivots };
  }
  return floatRref(toMatrix(a, range), range);
}

function floatRref(m: linalg.Matrix, range: Range): { readonly value: ArrayValue; readonly pivots: readonly number[] } {
  if (m.imag) return fail("unsupported", "row reduction of a complex matrix", range);
  const { rows, columns } = m;
  const x = Float64Array.from(m.data);
  const tolerance = Math.max(rows, columns) * 2 ** -52 * x.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  const pivots: number[] = [];
  for (let j = 0; j < columns && pivots.length < rows; j++) {
    const r = pivots.length;
    let p = r;
    for (let i = r + 1; i < rows; i++) if (Math.abs(x[i * columns + j] as number) > Math.abs(x[p * columns + j] as number)) p = i;
    const pivot = x[p * columns + j] as number;
    if (Math.abs(pivot) <= tolerance) {
      for (let i = r; i < rows; i++) x[i * columns + j] = 0;
      continue;
    }
    for (let k = 0; k < columns; k++) {
      const t = x[p * columns + k] as number;
      x[p * columns + k] = x[r * columns + k] as number;
      x[r * columns + k] = t / pivot;
    }
    for (let i = 0; i < rows; i++) {
      const f = x[i * columns + j] as number;
      if (i !== r && f !== 0)
        for (let k = j; k < columns; k++) x[i * columns + k] = (x[i * columns + k] as number) - f * (x[r * columns + k] as number);
    }
    pivots.push(j);
  }
  return { value: { kind: "array", shape: [rows, columns], data: x }, pivots };
}

export function rank(v: Value, context: Context, range: Range): number {
  const a = v.kind === "array" ? v : fromScalars([1, 1], [v as Scalar]);
  const exact = exactMatrix(a, 64, context);
  return mathematics(range, () => (exact ? linalg.exactRank(exact) : linalg.rank(toMatrix(a, range))));
}

/** A basis of the null space as columns; an n×0 array when there is only zero. */
export function nullSpace(v: Value, context: Context, range: Range): ArrayValue {
  const a = v.kind === "array" ? v : fromScalars([1, 1], [v as Scalar]);
  const exact = exactMatrix(a, 64, context);
  if (exact)
    return fromExact(
      mathematics(range, () => linalg.exactNullSpace(exact)),
      context,
    );
  return matrixValue(mathematics(range, () => linalg.nullSpace(toMatrix(a, range))));
}

/** The product of two matrices of fitting inner sizes. */
export function product(a: ArrayValue, b: ArrayValue, context: Context, range: Range): ArrayValue {
  const [m, k] = a.shape as [number, number];
  const n = b.shape[1] as number;
  checkCells([m, n], context, range);
  if (a.exact && b.exact && m * k * n <= 50_000 && context.settings.exact !== "never")
    return fromExact(exactMultiply({ rows: m, columns: k, entries: a.exact }, { rows: k, columns: n, entries: b.exact }), context);
  const c = matrixValue(mathematics(range, () => linalg.multiply(toMatrix(a, range), toMatrix(b, range))));
  return dropZeroImaginary(c);
}

export const dropZeroImaginary = (a: ArrayValue): ArrayValue => {
  if (!a.imag || a.imag.some((x) => x !== 0)) return a;
  const { imag: _, ...rest } = a;
  return rest;
};

/** The adjugate: the transposed matrix of cofactors. */
export function adjugate(v: Value, context: Context, range: Range): ArrayValue {
  const [a, n] = requireSquare(v, "the adjugate", range);
  if (n > 64) return fail("too-large", said`the adjugate of a ${n}×${n} matrix`, range);
  const out: Scalar[] = new Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      context.budget.check();
      const minor = gatherMinor(a, n, i, j);
      const d = n === 1 ? ({ kind: "rational", num: 1n, den: 1n } as const) : det(minor, context, range);
      out[j * n + i] = (i + j) % 2 === 0 ? d : negateScalar(d);
    }
  return fromScalars([n, n], out);
}

const negateScalar = (s: Scalar): Scalar =>
  s.kind === "rational" ? { ...s, num: -s.num } : s.kind === "real" ? { ...s, value: -s.value } : complexOf([-s.re, -s.im]);

function gatherMinor(a: ArrayValue, n: number, row: number, column: number): ArrayValue {
  const places: number[] = [];
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) if (i !== row && j !== column) places.push(i * n + j);
  const shape = [n - 1, n - 1];
  return {
    kind: "array",
    shape,
    data: Float64Array.from(places, (p) => a.data[p] as number),
    ...(a.imag && { imag: Float64Array.from(places, (p) => a.imag?.[p] as number) }),
    ...(a.exact && { exact: places.map((p) => a.exact?.[p] as linalg.Rational) }),
  };
}

/** Blocks on the diagonal, zeros elsewhere. */
export function directSum(a: ArrayValue, b: ArrayValue, context: Context, range: Range): ArrayValue {
  const [da, db] = [dims(a), dims(b)];
  if (!da || !db) return fail("unsupported", "the direct sum needs matrices", range);
  checkCells([da[0] + db[0], da[1] + db[1]], context, range);
  const zeros = (m: number, n: number) => fromScalars([m, n], new Array<Scalar>(m * n).fill({ kind: "rational", num: 0n, den: 1n }));
  const top = concatenate([{ ...a, shape: da }, zeros(da[0], db[1])], 1);
  const bottom = concatenate([zeros(db[0], da[1]), { ...b, shape: db }], 1);
  return concatenate([top, bottom], 0);
}

/** Coefficients of det(λI − A), highest first, by Faddeev-LeVerrier (exact) or from the eigenvalues. */
export function characteristicPolynomial(v: Value, context: Context, range: Range): Scalar[] {
  const [a, n] = requireSquare(v, "the characteristic polynomial", range);
  const exact = exactMatrix(a, exactLimits.det, context);
  if (exact) {
    const coefficients: linalg.Rational[] = [linalg.rational(1n)];
    let M: linalg.RationalMatrix = pick(n, n, () => linalg.rational(0n));
    for (let k = 1; k <= n; k++) {
      context.budget.check();
      const c = coefficients[k - 1] as linalg.Rational;
      const AM = exactMultiply(exact, M);
      M = pick(n, n, (i, j) =>
        i === j ? linalg.addRational(AM.entries[i * n + j] as linalg.Rational, c) : (AM.entries[i * n + j] as linalg.Rational),
      );
      const P = exactMultiply(exact, M);
      let t = linalg.rational(0n);
      for (let i = 0; i < n; i++) t = linalg.addRational(t, P.entries[i * n + i] as linalg.Rational);
      coefficients.push(linalg.divideRational(linalg.negateRational(t), linalg.rational(BigInt(k))));
    }
    return coefficients.map(rationalValue);
  }
  let coefficients: Scalar[] = [{ kind: "real", value: 1 }];
  for (const root of eigenvalues(a, context, range)) {
    const next: Scalar[] = new Array(coefficients.length + 1);
    const z = [
      root.kind === "complex" ? root.re : root.kind === "real" ? root.value : linalg.rationalToNumber(root),
      root.kind === "complex" ? root.im : 0,
    ] as const;
    const at = (k: number): readonly [number, number] => {
      const c = coefficients[k];
      return c === undefined ? [0, 0] : c.kind === "complex" ? [c.re, c.im] : [c.kind === "real" ? c.value : linalg.rationalToNumber(c), 0];
    };
    for (let k = 0; k <= coefficients.length; k++) {
      const [p, q] = [at(k), at(k - 1)];
      next[k] = complexOf([p[0] - (q[0] * z[0] - q[1] * z[1]), p[1] - (q[0] * z[1] + q[1] * z[0])]);
    }
    coefficients = next;
  }
  if (!a.imag) coefficients = coefficients.map((c) => (c.kind === "complex" ? { kind: "real", value: c.re } : c));
  return coefficients;
}

/** Eigenvalues in the order of the routine: rational and quadratic ones exact when the matrix is (2×2 and triangular), real ones ascending for a symmetric matrix. */
export function eigenvalues(v: Value, context: Context, range: Range): Scalar[] {
  const [a, n] = requireSquare(v, "the eigenproblem", range);
  const exact = exactMatrix(a, 12, context);
  const rational = exact ? rationalRoots(characteristicPolynomial(a, context, range)) : null;
  if (rational && rational.length === n) return rational.sort((x, y) => linalg.compareRational(x, y)).map(rationalValue);
  const m = toMatrix(a, range);
  return eigenvalueList(mathematics(range, () => linalg.eigenvalues(m)));
}

const eigenvalueList = (e: { readonly re: ArrayLike<number>; readonly im?: ArrayLike<number> }): Scalar[] =>
  Array.from(e.re, (x, k) => complexOf([x, e.im?.[k] ?? 0]));

/** All rational roots of a monic polynomial with multiplicity, or null when another root is left. */
function rationalRoots(coefficients: readonly Scalar[]): linalg.Rational[] | null {
  let p = coefficients.map((c) => (c.kind === "rational" ? { num: c.num, den: c.den } : linalg.rational(0n)));
  const roots: linalg.Rational[] = [];
  while (p.length > 1) {
    const root = oneRationalRoot(p);
    if (!root) return null;
    roots.push(root);
    const q: linalg.Rational[] = [];
    let carry = linalg.rational(0n);
    for (let k = 0; k < p.length - 1; k++) q.push((carry = linalg.addRational(p[k] as linalg.Rational, linalg.multiplyRational(carry, root))));
    p = q;
  }
  return roots;
}

const maxCandidates = 4_000;

/** One rational root by the rational root theorem; null when there is none or the candidates are too many. */
function oneRationalRoot(p: readonly linalg.Rational[]): linalg.Rational | null {
  const last = p[p.length - 1] as linalg.Rational;
  if (last.num === 0n) return linalg.rational(0n);
  const common = p.reduce((l, c) => (l * c.den) / linalg.gcd(l, c.den), 1n);
  const whole = p.map((c) => c.num * (common / c.den));
  const numerators = divisors(whole[whole.length - 1] as bigint);
  const denominators = divisors(whole[0] as bigint);
  if (!numerators || !denominators || numerators.length * denominators.length > maxCandidates) return null;
  for (const q of denominators)
    for (const n of numerators)
      for (const sign of [1n, -1n]) {
        // Σ cₖ num^(d-k) den^k without fractions
        let value = 0n;
        let scale = 1n;
        for (const c of whole) {
          value = value * sign * n + c * scale;
          scale *= q;
        }
        if (value === 0n) return linalg.rational(sign * n, q);
      }
  return null;
}

function divisors(n: bigint): bigint[] | null {
  const m = n < 0n ? -n : n;
  if (m > 10n ** 12n) return null;
  const limit = Math.sqrt(Number(m));
  if (limit > 1e6) return null;
  const out: bigint[] = [];
  for (let d = 1; d <= limit; d++) if (Number(m) % d === 0) out.push(BigInt(d), m / BigInt(d));
  return [...new Set(out)];
}

export const singularValues = (v: Value, range: Range): Float64Array =>
  mathematics(range, () => Float64Array.from(linalg.singularValues(toMatrix(v, range))));

/** A transposed for right division: b / A = (Aᵀ \ bᵀ)ᵀ. */
export const rightDivide = (b: Value, a: Value, context: Context, range: Range): Value =>
  transpose(
    solve(
      transpose(a as ArrayValue),
      b.kind === "array" ? transpose(b.shape.length === 1 ? { ...b, shape: [1, b.data.length] } : b) : b,
      context,
      range,
    ),
  );

export const fractionsKept = (context: Context): boolean => semanticsOf(context.language).fractions;
