// Reads number blocks straight into typed memory: nested brackets with commas or blanks, and bracketed rows with `;`.
//
// One pass, no node and no substring for an entry: a literal of a million numbers takes a fraction of a second.

import { fail, type LiteralExpr } from "../../expr/index.js";
import { literal, Numbers, ragged, truncated } from "./build.js";

const powers = Array.from({ length: 23 }, (_, i) => 10 ** i);

/** Reads signed decimal numbers at a place; `end` is where the last one stopped, or -1 when there was none. */
export class NumberReader {
  end = -1;
  constructor(readonly text: string) {}

  /** The number at `at`. Exact as `Number(...)`: mantissas below 2^53 with small exponents need one rounding, others take the slow road. */
  read(at: number): number {
    const { text } = this;
    let p = at;
    let c = text.charCodeAt(p);
    const negative = c === 45;
    if (negative || c === 43) c = text.charCodeAt(++p);
    let mantissa = 0;
    let digits = 0;
    let scale = 0;
    const from = p;
    while (c >= 48 && c <= 57) {
      mantissa = mantissa * 10 + c - 48;
      digits++;
      c = text.charCodeAt(++p);
    }
    if (c === 46) {
      c = text.charCodeAt(++p);
      while (c >= 48 && c <= 57) {
        mantissa = mantissa * 10 + c - 48;
        digits++;
        scale--;
        c = text.charCodeAt(++p);
      }
    }
    if (digits === 0) return this.word(from, negative);
    if (c === 101 || c === 69) {
      let q = p + 1;
      let d = text.charCodeAt(q);
      const down = d === 45;
      if (down || d === 43) d = text.charCodeAt(++q);
      if (d >= 48 && d <= 57) {
        let exponent = 0;
        while (d >= 48 && d <= 57) {
          if (exponent < 100000) exponent = exponent * 10 + d - 48;
          d = text.charCodeAt(++q);
        }
        scale += down ? -exponent : exponent;
        p = q;
      }
    }
    this.end = p;
    let value: number;
    if (digits <= 15 && scale >= -22 && scale <= 22) value = scale < 0 ? mantissa / (powers[-scale] as number) : mantissa * (powers[scale] as number);
    else value = Number(text.slice(from, p));
    return negative ? -value : value;
  }

  private word(at: number, negative: boolean): number {
    const c = this.text.charCodeAt(at) | 32;
    const words: readonly [string, number][] =
      c === 110
        ? [
            ["nan", Number.NaN],
            ["na", Number.NaN],
          ]
        : c === 105
          ? [
              ["infinity", Number.POSITIVE_INFINITY],
              ["inf", Number.POSITIVE_INFINITY],
            ]
          : c === 116
            ? [["true", 1]]
            : c === 102
              ? [["false", 0]]
              : [];
    for (const [word, value] of words) {
      if (this.text.slice(at, at + word.length).toLowerCase() === word) {
        this.end = at + word.length;
        return negative ? -value : value;
      }
    }
    this.end = -1;
    return 0;
  }
}

export interface NestedStyle {
  readonly open: "[" | "{" | "(";
  readonly close: "]" | "}" | ")";
  /** "," between entries, " " blanks only, "rows": blanks or commas between entries and `;` or line ends between rows. */
  readonly separator: "," | " " | "rows";
  readonly hint: string;
}

export interface Nested {
  readonly literal: LiteralExpr;
  readonly end: number;
}

/**
 * The block of numbers that opens at `at`; null when it holds anything but plain numbers (or does not close), so that
 * the full parser reads it and says what is wrong. Throws `ragged` and `truncated` itself when blanks separate entries.
 */
export function scanNested(text: string, at: number, style: NestedStyle): Nested | null {
  if (style.separator === "rows") return scanRows(text, at);
  const open = style.open.charCodeAt(0);
  const close = style.close.charCodeAt(0);
  const blanks = style.separator === " ";
  const reader = new NumberReader(text);
  const out = new Numbers();
  const imag = new Numbers();
  let complex = false;
  const shape: number[] = [];
  const counts: number[] = [];
  const starts: number[] = [];
  let p = at;
  let wanted = true; // an entry or a bracket may come (after a comma or an opening)
  for (;;) {
    let c = text.charCodeAt(p);
    while (c === 32 || c === 10 || c === 13 || c === 9) c = text.charCodeAt(++p);
    if (Number.isNaN(c)) return null;
    if (c === open) {
      if (!wanted && !blanks) return null;
      if (counts.length > 0) (counts[counts.length - 1] as number)++;
      counts.push(0);
      starts.push(p++);
      if (counts.length > 32) return null;
      wanted = true;
      continue;
    }
    if (c === close) {
      const depth = counts.length - 1;
      const n = counts.pop() as number;
      const start = starts.pop() as number;
      p++;
      if (n === 0) return null;
      if (shape[depth] === undefined) shape[depth] = n;
      else if (shape[depth] !== n) {
        if (!blanks) return null;
        ragged(1 + (counts[depth - 1] ?? 1) - 1, n, shape[depth] as number, [start, p]);
      }
      if (depth === 0) break;
      wanted = false;
      continue;
    }
    if (c === 44) {
      if (blanks || wanted) return null;
      wanted = true;
      p++;
      continue;
    }
    if (!wanted && !blanks) return null;
    if (blanks && (c === 46 || c === 0x2026) && (c === 0x2026 || text.startsWith("...", p))) truncated([p, c === 0x2026 ? p + 1 : p + 3], style.hint);
    // A number must be at the deepest level reached so far, or the nesting is uneven.
    if (shape[counts.length] !== undefined) return null;
    let re = reader.read(p);
    if (reader.end < 0) return null;
    p = reader.end;
    let im = 0;
    let d = text.charCodeAt(p);
    if (d === 106) {
      im = re;
      re = 0;
      complex = true;
      p++;
    } else if (d === 43 || d === 45) {
      if (!blanks) return null;
      im = reader.read(p);
      if (reader.end < 0) return null;
      p = reader.end;
      d = text.charCodeAt(p);
      while (d === 32) d = text.charCodeAt(++p);
      if (d !== 106) return null;
      p++;
      complex = true;
    }
    d = text.charCodeAt(p);
    if (!(d <= 32 || d === 44 || d === close)) return null;
    if (complex) {
      while (imag.length < out.length) imag.push(0);
      imag.push(im);
    }
    out.push(re);
    (counts[counts.length - 1] as number)++;
    wanted = false;
  }
  // Every dimension below the deepest must have been seen with the same count; entries sit at the deepest only.
  if (shape.reduce((a, b) => a * b, 1) !== out.length) return null;
  return { literal: literal(shape, out.done(), [at, p], complex ? imag.done() : undefined), end: p };
}

/** `[1 2; 3 4]` and its variants; a sign with blanks on both sides is an operator and left to the full parser. */
function scanRows(text: string, at: number): Nested | null {
  const reader = new NumberReader(text);
  const out = new Numbers();
  let p = at + 1;
  let columns = -1;
  let rows = 0;
  let count = 0;
  const endRow = () => {
    if (count === 0) return true;
    if (columns === -1) columns = count;
    rows++;
    const fits = columns === count;
    count = 0;
    return fits;
  };
  for (;;) {
    let c = text.charCodeAt(p);
    while (c === 32 || c === 9 || c === 44) c = text.charCodeAt(++p);
    if (c === 93) break;
    if (c === 59 || c === 10 || c === 13) {
      if (!endRow()) return null;
      p++;
      continue;
    }
    const value = reader.read(p);
    if (reader.end < 0) return null;
    p = reader.end;
    const d = text.charCodeAt(p);
    if (!(d === 32 || d === 9 || d === 10 || d === 13 || d === 44 || d === 59 || d === 93)) return null;
    out.push(value);
    count++;
  }
  if (!endRow() || rows === 0) return null;
  return { literal: literal([rows, columns], out.done(), [at, p + 1]), end: p + 1 };
}

/** Checks how deep brackets nest before anything walks them. */
export function tooDeep(at: number): never {
  return fail("too-large", "nested too deeply", [at, at + 1]);
}
