// What matters about a value: shape, rank, determinant, norms, structure. The mathematics is core's; this chooses and words it.
import { type ArrayValue, asMatrix, listOf, type Sentence, said, type Value } from "@scholium/core/expr";
import { formatNumber, formatRational } from "@scholium/core/figure";
import {
  cond,
  det,
  exactDet,
  exactRank,
  type Matrix,
  multiply,
  norm,
  numericalRank,
  type Rational,
  rationalText,
  singularValues,
  trace,
} from "@scholium/core/linalg";
import type { Fact } from "../protocol.js";
import { english, type Say } from "./tongue.js";

export interface Facts {
  readonly list: readonly Fact[];
  /** Singular values in falling order; empty when they cost too much or there are none. */
  readonly singularValues: Float64Array;
  /** Values below count as zero. */
  readonly threshold: number;
  readonly rank?: number;
}

/** Work in multiplications that a hover may spend: 64 x 64 singular values, some 20 ms. */
export const HOVER_WORK = 64 ** 3;
/** Work a panel may spend: about a second. */
export const PANEL_WORK = 600 ** 3;
/** Exact elimination beyond this size is slower than it is useful. */
const LARGEST_EXACT = 16;

const times = (shape: readonly number[]) => shape.join(" × ");
const fact = (name: string, label: string, value: string): Fact => ({ name, label, value });

function scalarText(v: { readonly re: number; readonly im: number } | number): string {
  if (typeof v === "number") return formatNumber(v);
  if (v.im === 0) return formatNumber(v.re);
  return `${formatNumber(v.re)} ${v.im < 0 ? "−" : "+"} ${formatNumber(Math.abs(v.im))}i`;
}

/** A result, or nothing where the mathematics has none (non-finite entries, no convergence). */
function attempt<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch {
    return undefined;
  }
}

/** Rows and columns of a square whose entries and their mirror images stay in the nearest memory. */
const SQUARE = 32;

/** How a square matrix is to its adjoint (to its transpose, when it is real): the same, its negative, or neither, within a tolerance. Stops where neither is left. */
function mirrored({ rows: n, data, imag }: Matrix, tolerance: number): "same" | "negative" | null {
  let [same, negative] = [true, true];
  for (let i0 = 0; i0 < n; i0 += SQUARE)
    for (let j0 = 0; j0 <= i0; j0 += SQUARE)
      for (let i = i0; i < Math.min(n, i0 + SQUARE); i++) {
        for (let j = j0; j < Math.min(i + 1, j0 + SQUARE); j++) {
          const [p, q] = [i * n + j, j * n + i];
          const [re, im] = [imag ? imag[p] : 0, imag ? imag[q] : 0];
          // A comparison with NaN is false, so it is neither.
          if (!(Math.abs(data[p] - data[q]) <= tolerance && Math.abs(re + im) <= tolerance)) same = false;
          if (!(Math.abs(data[p] + data[q]) <= tolerance && Math.abs(re - im) <= tolerance)) negative = false;
        }
        if (!same && !negative) return null;
      }
  return same ? "same" : "negative";
}

/** How many entries are not zero, and whether some stand above and below the diagonal. */
function filling({ rows, columns, data, imag }: Matrix): { readonly nonzero: number; readonly upper: boolean; readonly lower: boolean } {
  let [nonzero, upper, lower] = [0, false, false];
  for (let i = 0, k = 0; i < rows; i++)
    for (let j = 0; j < columns; j++, k++) {
      if (data[k] === 0 && (!imag || imag[k] === 0)) continue;
      nonzero++;
      if (i < j) upper = true;
      else if (i > j) lower = true;
    }
  return { nonzero, upper, lower };
}

/** Words for the structure that can be seen: symmetric, orthogonal, triangular ... Two passes over the entries, and n³ within `work`. */
export function structure(m: Matrix, work: number): Sentence[] {
  const { rows: n, columns } = m;
  const words: Sentence[] = [];
  const size = norm(m, "max");
  if (!Number.isFinite(size)) return ["not finite"];
  if (size === 0) return ["zero"];
  const { nonzero, upper, lower } = filling(m);
  if (n === columns && n > 1) {
    if (!upper && !lower) words.push("diagonal");
    else if (!lower) words.push("upper triangular");
    else if (!upper) words.push("lower triangular");
    const mirror = mirrored(m, size * n * 2 ** -50);
    if (mirror === "same") words.push(m.imag ? "Hermitian" : "symmetric");
    else if (mirror === "negative" && !m.imag) words.push("skew-symmetric");
    if (!m.imag && n ** 3 <= work) {
      const gram = multiply(m, m, { a: "transpose" });
      if (gram.data.every((x, k) => Math.abs(x - (Math.floor(k / n) === k % n ? 1 : 0)) <= n * 2 ** -45)) words.push("orthogonal");
    }
  }
  const filled = nonzero / m.data.length;
  if (filled <= 0.25 && m.data.length >= 64) words.push(said`sparse (${Math.round(filled * 1000) / 10} % nonzero)`);
  return words;
}

function matrixFacts(a: ArrayValue, m: Matrix, work: number, say: Say): Facts {
  const list: Fact[] = [];
  const { rows, columns } = m;
  const square = rows === columns;
  const affordable = rows * columns * Math.min(rows, columns) <= work;
  const exact: readonly Rational[] | undefined = Math.max(rows, columns) <= LARGEST_EXACT ? a.exact : undefined;
  list.push(fact("shape", "shape", times(a.shape)));
  const s = affordable ? (attempt(() => singularValues(m)) ?? new Float64Array(0)) : new Float64Array(0);
  const threshold = Math.max(rows, columns) * 2 ** -52 * (s[0] ?? 0);
  const rank = exact ? attempt(() => exactRank({ rows, columns, entries: exact })) : s.length ? numericalRank(s, rows, columns) : undefined;
  if (rank !== undefined) list.push(fact("rank", "rank", String(rank)));
  if (square) {
    const determinant = exact
      ? attempt(() => rationalText(exactDet({ rows, columns, entries: exact })).replace("-", "−"))
      : affordable
        ? attempt(() => scalarText(det(m) as never))
        : undefined;
    if (determinant !== undefined) list.push(fact("det", "det", determinant));
    const t = attempt(() => scalarText(trace(m) as never));
    if (t !== undefined) list.push(fact("trace", "trace", t));
  }
  list.push(fact("norm", "‖·‖F", formatNumber(norm(m, "fro"))));
  if (s.length) {
    list.push(fact("sigma", "σ₁", formatNumber(s[0])));
    const kappa = rank !== undefined && rank < Math.min(rows, columns) ? Number.POSITIVE_INFINITY : attempt(() => cond(m));
    if (kappa !== undefined) list.push(fact("cond", "κ₂", formatNumber(kappa)));
  }
  const words = structure(m, work);
  if (words.length) list.push(fact("structure", "structure", say(listOf(words))));
  return { list, singularValues: s, threshold, ...(rank === undefined ? {} : { rank }) };
}

function vectorFacts(a: ArrayValue, m: Matrix): Facts {
  const list = [fact("shape", "shape", times(a.shape)), fact("norm", "‖·‖₂", formatNumber(norm(m, "fro")))];
  if (!m.imag && m.data.length) {
    let [least, greatest, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
    for (const x of m.data) {
      least = Math.min(least, x);
      greatest = Math.max(greatest, x);
      sum += x;
    }
    list.push(
      fact("min", "min", formatNumber(least)),
      fact("max", "max", formatNumber(greatest)),
      fact("mean", "mean", formatNumber(sum / m.data.length)),
    );
  }
  return { list, singularValues: new Float64Array(0), threshold: 0 };
}

const NONE: Facts = { list: [], singularValues: new Float64Array(0), threshold: 0 };

/** The facts of a value, as far as `work` multiplications allow; words among them in the reader's language, labels as keys. */
export function factsOf(value: Value, work: number, say: Say = english): Facts {
  switch (value.kind) {
    case "array": {
      const m = asMatrix(value);
      if (!m) return { ...NONE, list: [fact("shape", "shape", times(value.shape))] };
      if (m.data.length === 0) return { ...NONE, list: [fact("shape", "shape", times(value.shape))] };
      return m.rows === 1 || m.columns === 1 ? vectorFacts(value, m) : matrixFacts(value, m, work, say);
    }
    case "rational":
      if (value.den === 1n) return NONE;
      return { ...NONE, list: [fact("decimal", "≈", formatRational(value, 12))] };
    case "complex":
      return {
        ...NONE,
        list: [
          fact("modulus", "|z|", formatNumber(Math.hypot(value.re, value.im))),
          fact("argument", "arg z", formatNumber(Math.atan2(value.im, value.re))),
        ],
      };
    default:
      return NONE;
  }
}
