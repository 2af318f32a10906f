// What every routine asks of its operands before it starts: shapes that fit, sizes that can be held, finite entries.
import { MathError } from "./error.js";
import type { Matrix } from "./matrix.js";
import { said } from "./phrase.js";

/** Largest number of entries one real plane may have: 2^27, that is 1 GiB of float64. */
export const MAX_ENTRIES = 2 ** 27;

/** "2×3". */
export const shapeText = (a: { rows: number; columns: number }): string => `${a.rows}×${a.columns}`;

/** A zeroed plane for rows×columns numbers; refused as "too-large" before anything is allocated when it cannot fit. */
export function allocate(rows: number, columns: number): Float64Array {
  requireRoom(rows, columns);
  return new Float64Array(rows * columns);
}

/** Refuses a shape no plane can have. */
export function requireRoom(rows: number, columns: number): void {
  if (!(rows >= 0 && columns >= 0 && Number.isInteger(rows) && Number.isInteger(columns)))
    throw new MathError("domain", said`a matrix cannot have shape ${rows}×${columns}`);
  if (rows * columns > MAX_ENTRIES)
    throw new MathError(
      "too-large",
      said`a ${rows}×${columns} matrix has ${rows * columns} entries, more than ${MAX_ENTRIES}`,
      "work on blocks or a sample",
    );
}

export function requireSquare(a: Matrix, what: string): void {
  if (a.rows !== a.columns) throw new MathError("not-square", said`${what} needs a square matrix, not ${shapeText(a)}`);
}

export function requireSameShape(a: Matrix, b: Matrix, verb: string): void {
  if (a.rows !== b.rows || a.columns !== b.columns)
    throw new MathError("shape-mismatch", said`cannot ${verb} ${shapeText(a)} and ${shapeText(b)}`, "both shapes must be equal");
}

const firstNonFinite = (plane: Float64Array): number => {
  for (let i = 0; i < plane.length; i++) if (plane[i] - plane[i] !== 0) return i;
  return -1;
};

/** Refuses NaN and infinities, naming the first one. O(rows·columns). */
export function requireFinite(a: Matrix, what: string): void {
  for (const plane of a.imag ? [a.data, a.imag] : [a.data]) {
    const at = firstNonFinite(plane);
    if (at < 0) continue;
    const [row, column] = [Math.floor(at / a.columns) + 1, (at % a.columns) + 1];
    throw new MathError(
      "nonfinite",
      said`${what} needs finite entries, but row ${row}, column ${column} is ${plane[at]}`,
      "replace NaN and infinities first",
    );
  }
}

/** True when no entry is NaN or infinite. */
export const isFiniteMatrix = (a: Matrix): boolean => firstNonFinite(a.data) < 0 && (!a.imag || firstNonFinite(a.imag) < 0);

/** The largest |re| or |im| of all entries; 0 for an empty matrix, NaN ignored. */
export function largestPart(a: Matrix): number {
  let big = 0;
  for (const plane of a.imag ? [a.data, a.imag] : [a.data])
    for (let i = 0; i < plane.length; i++) {
      const x = Math.abs(plane[i]);
      if (x > big) big = x;
    }
  return big;
}

/** The exponent e with 2^e <= |x| < 2^(e+1), subnormals included; 0 for zero. */
export function exponentOf(x: number): number {
  if (x === 0) return 0;
  let a = Math.abs(x);
  let shift = 0;
  if (a < 2 ** -1000) {
    a *= 2 ** 100;
    shift = -100;
  }
  let e = Math.floor(Math.log2(a));
  // log2 may round up to the next integer just below a power of two.
  if (2 ** e > a) e--;
  else if (e < 1023 && 2 ** (e + 1) <= a) e++;
  return e + shift;
}

/** x·2^e, exact unless the result leaves the float64 range. */
export function scaleByPower(x: number, e: number): number {
  let value = x;
  // beyond 5000 nothing is left, or everything is infinite
  let left = Math.max(-5000, Math.min(5000, e));
  while (left > 1000) {
    value *= 2 ** 1000;
    left -= 1000;
  }
  while (left < -1000) {
    value *= 2 ** -1000;
    left += 1000;
  }
  return value * 2 ** left;
}

/** The matrix times 2^e: a new matrix, or the same one when e is 0. Exact unless entries leave the range. */
export function scaleMatrixByPower(a: Matrix, e: number): Matrix {
  if (e === 0) return a;
  const shift = (plane: Float64Array) => {
    const out = new Float64Array(plane.length);
    if (Math.abs(e) <= 1000) {
      const f = 2 ** e;
      for (let i = 0; i < plane.length; i++) out[i] = plane[i] * f;
    } else for (let i = 0; i < plane.length; i++) out[i] = scaleByPower(plane[i], e);
    return out;
  };
  return a.imag
    ? { rows: a.rows, columns: a.columns, data: shift(a.data), imag: shift(a.imag) }
    : { rows: a.rows, columns: a.columns, data: shift(a.data) };
}

/**
 * A copy with its largest part brought to [1, 2) by a power of two, and the exponent taken out: a = scaled·2^exponent.
 * Matrices whose parts already lie between 2^-300 and 2^300 are only copied, for nothing can overflow there.
 */
export function normalized(a: Matrix): { scaled: Matrix; exponent: number } {
  const f = inRange(a);
  return f.scaled === a ? { ...f, scaled: copy(a) } : f;
}

/** The same for readers: a matrix in range is not copied, nor is one with an infinite entry, which no power of two brings into it. */
export function inRange(a: Matrix): { scaled: Matrix; exponent: number } {
  const big = largestPart(a);
  const exponent = big === 0 || big === Infinity || (big > 2 ** -300 && big < 2 ** 300) ? 0 : exponentOf(big);
  return { scaled: scaleMatrixByPower(a, -exponent), exponent };
}

/** A deep copy: the working storage of routines that overwrite. */
export const copy = (a: Matrix): Matrix =>
  a.imag
    ? { rows: a.rows, columns: a.columns, data: a.data.slice(), imag: a.imag.slice() }
    : { rows: a.rows, columns: a.columns, data: a.data.slice() };

/** The same matrix with an imaginary plane (zeros for a real one). The real plane is shared. */
export const complexify = (a: Matrix): Matrix & { readonly imag: Float64Array } => ({ ...a, imag: a.imag ?? new Float64Array(a.data.length) });

/** The real plane alone. */
export const realOf = (a: Matrix): Matrix => ({ rows: a.rows, columns: a.columns, data: a.data });

/** Drops an imaginary plane that is exactly zero. */
export const simplified = (a: Matrix): Matrix => (a.imag?.every((x) => x === 0) ? realOf(a) : a);

/** The Euclidean norm of n numbers from `start` on, `step` apart; no overflow, no harmful underflow. */
export function vectorNorm(x: Float64Array, start: number, n: number, step = 1): number {
  let sum = 0;
  for (let i = 0, p = start; i < n; i++, p += step) sum += x[p] * x[p];
  if (sum > 1e-280 && sum < 1e280) return Math.sqrt(sum);
  let big = 0;
  for (let i = 0, p = start; i < n; i++, p += step) {
    const v = Math.abs(x[p]);
    if (v > big || Number.isNaN(v)) big = v;
  }
  if (big === 0 || big - big !== 0) return big;
  sum = 0;
  for (let i = 0, p = start; i < n; i++, p += step) sum += (x[p] / big) ** 2;
  return big * Math.sqrt(sum);
}
