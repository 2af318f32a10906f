// Small constructors of expression nodes and literals, shared by the readers of every notation.

import {
  type ArrayValue,
  type Expr,
  fail,
  type LiteralExpr,
  type NumberExpr,
  type Range,
  type Sentence,
  type Statement,
  said,
} from "../../expr/index.js";
import { type Rational, rational } from "../../linalg/index.js";
import type { Parsed } from "../format.js";

export const number = (value: number, range: Range, exact?: Rational, imaginary?: boolean): NumberExpr => ({
  kind: "number",
  value,
  range,
  ...(exact && { exact }),
  ...(imaginary && { imaginary }),
});

/** An exact integer. */
export const integer = (value: number, range: Range): NumberExpr => number(value, range, rational(value));

export const call = (name: string, args: readonly Expr[], range: Range, nameRange: Range = range, named?: Readonly<Record<string, Expr>>): Expr =>
  named && Object.keys(named).length > 0 ? { kind: "call", name, nameRange, args, named, range } : { kind: "call", name, nameRange, args, range };

export const name = (text: string, range: Range): Expr => ({ kind: "name", name: text, range });

/** One expression as everything that was read. */
export const only = (body: Expr, notes: readonly Sentence[] = []): Parsed => ({
  statements: [{ kind: "expression", body, range: body.range }],
  ...(notes.length > 0 && { notes }),
});

export const statementsOf = (statements: readonly Statement[], notes: readonly Sentence[]): Parsed =>
  notes.length > 0 ? { statements, notes } : { statements };

/** Fractions are kept beside the numbers of literals up to this many entries; larger ones are floating point from the start. */
const exactLimit = 4096;

/** An array literal. Whole numbers stay exact when there are few enough; `exact` gives fractions where they are known. */
export function literal(
  shape: readonly number[],
  data: Float64Array,
  range: Range,
  imag?: Float64Array,
  exact?: readonly (Rational | undefined)[],
): LiteralExpr {
  return { kind: "literal", value: arrayValue(shape, data, imag, exact), range };
}

function arrayValue(shape: readonly number[], data: Float64Array, imag?: Float64Array, exact?: readonly (Rational | undefined)[]): ArrayValue {
  const base: ArrayValue = { kind: "array", shape, data };
  if (imag?.some((x) => x !== 0)) return { ...base, imag };
  if (data.length > exactLimit) return base;
  if (exact?.length === data.length && exact.every((x) => x !== undefined)) return { ...base, exact: exact as readonly Rational[] };
  return data.every(Number.isSafeInteger) ? { ...base, exact: Array.from(data, (x) => rational(x)) } : base;
}

/** A growing block of floating-point numbers: literals of unknown length are read into it. */
export class Numbers {
  private block = new Float64Array(256);
  length = 0;
  push(x: number): void {
    if (this.length === this.block.length) {
      const next = new Float64Array(2 * this.length);
      next.set(this.block);
      this.block = next;
    }
    this.block[this.length++] = x;
  }
  done(): Float64Array {
    return this.block.slice(0, this.length);
  }
}

export const truncationHint = (language: "python" | "other", torch = false): string =>
  language === "other"
    ? "print the whole array first; a shortened print-out does not hold its numbers"
    : torch
      ? 'call torch.set_printoptions(profile="full") and print again'
      : "call np.set_printoptions(threshold=sys.maxsize) and print again";

/** Refuses a shortened print-out: the dots stand for numbers that are not in the text. */
export const truncated = (range: Range, hint: string): never =>
  fail("truncated", "the print-out is shortened: `...` stands for numbers that are missing", range, hint);

/** Refuses a row of another length than the first. */
export const ragged = (row: number, got: number, want: number, range: Range, what = "row"): never =>
  fail(
    "ragged",
    said`${what} ${row} has ${got} ${got === 1 ? "entry" : "entries"}, ${what} 1 has ${want}`,
    range,
    "give every row the same number of entries",
  );

/** Refuses a text with nothing in it; answers the first and last place that are not blank. */
export function contentRange(text: string): Range {
  let start = 0;
  let end = text.length;
  while (start < end && text.charCodeAt(start) <= 32) start++;
  while (end > start && text.charCodeAt(end - 1) <= 32) end--;
  if (start === end) fail("empty", "there is nothing to evaluate", [0, text.length]);
  return [start, end];
}
