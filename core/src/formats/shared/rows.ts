// Bracketed rows, `[1 2; 3 4]`: the blank that parts entries in MATLAB, Octave, Scilab and Julia, and what their consoles print.

import { type Expr, fail, type Range, said } from "../../expr/index.js";
import type { Parsed } from "../format.js";
import type { Infix, Token } from "../grammar/index.js";
import { contentRange, literal, Numbers, only, ragged, truncated } from "./build.js";
import { CodeParser } from "./code.js";
import { type Arguments, P } from "./dialect.js";
import { readCell } from "./number.js";

const startsOperand = new Set(["(", "[", "{", "@", "~", "!", "√", "-", "+"]);

/** Inside square brackets a sign with a blank before and none after begins a new entry; round brackets switch that off. */
export class RowsParser extends CodeParser {
  protected inRows = false;

  protected rows(): { rows: Expr[][]; breaks: string[]; open: Token; end: Token; commas: boolean } {
    const open = this.next();
    const before = this.inRows;
    this.inRows = true;
    const rows: Expr[][] = [];
    const breaks: string[] = [];
    let row: Expr[] = [];
    let commas = false;
    this.deeper(() => {
      while (!this.at("]") && !this.at("}")) {
        const t = this.peek();
        if (t.kind === "newline" || t.text === ";" || t.text === ";;") {
          this.next();
          if (row.length > 0) rows.push(row);
          else if (t.kind !== "newline" && rows.length === 0) this.failAt("unexpected-token", said`"${t.text}" without a row before it`, t);
          if (row.length > 0) breaks.push(t.text);
          else if (t.text === ";;") breaks[breaks.length - 1] = ";;";
          row = [];
        } else if (t.text === "," && t.kind === "op") {
          commas = true;
          if (row.length === 0 || this.previous().text === ",") this.failAt("unexpected-token", "a comma with no entry before it", t);
          this.next();
        } else row.push(this.expression());
      }
    });
    if (row.length > 0) rows.push(row);
    this.inRows = before;
    const end = this.close(open.text === "{" ? "}" : "]", open);
    return { rows, breaks, open, end, commas };
  }

  protected override squareBrackets(): Expr {
    const { rows, open, end } = this.rows();
    const range: Range = [open.start, end.end];
    if (rows.length === 0) return { kind: "array", items: [], range };
    checkRows(rows);
    return { kind: "matrix", rows, range };
  }

  protected override infix(left: Expr): Infix<this> | undefined {
    if (this.inRows) {
      const t = this.peek();
      if (t.space && t.kind === "op" && startsOperand.has(t.text)) {
        const sign = t.text === "+" || t.text === "-";
        if (!sign || !this.peek(1).space) return undefined;
      }
      if (t.kind === "string" || (t.space && (t.kind === "name" || t.kind === "number"))) return undefined;
    }
    return super.infix(left);
  }

  private outside<T>(read: () => T): T {
    const before = this.inRows;
    this.inRows = false;
    const value = read();
    this.inRows = before;
    return value;
  }

  protected override parenthesis(): Expr {
    return this.outside(() => super.parenthesis());
  }
  override arguments(close: string): { args: Expr[]; named: Record<string, Expr> } {
    return this.outside(() => super.arguments(close));
  }
  protected override indexing(base: Expr, close: string): Expr {
    return this.outside(() => super.indexing(base, close));
  }

  protected override nameOperand(t: Token): Expr {
    if (t.text === "end" && this.indexed.length > 0) {
      this.next();
      return this.endOfIndex(t);
    }
    return super.nameOperand(t);
  }

  /** A name with a blank before its bracket is an entry of its own inside rows. */
  protected override callsHere(spelled: string, open: Token): boolean {
    return !(this.inRows && open.space) && super.callsHere(spelled, open);
  }

  protected colon(left: Expr): Expr {
    this.next();
    const second = this.expression(P.range + 1);
    let stop = second;
    let step: Expr | undefined;
    if (this.at(":")) {
      this.next();
      step = second;
      stop = this.expression(P.range + 1);
    }
    return { kind: "range", start: left, ...(step && { step }), stop, inclusive: true, range: [left.range[0], stop.range[1]] };
  }
}

const isScalar = (e: Expr): boolean =>
  e.kind === "number" || (e.kind === "unary" && isScalar(e.operand)) || (e.kind === "binary" && isScalar(e.left) && isScalar(e.right));

/** Rows of plain numbers must have equal lengths; blocks are checked where their sizes are known. */
export function checkRows(rows: readonly (readonly Expr[])[]): void {
  const first = rows[0] as readonly Expr[];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as readonly Expr[];
    const word = row.find((e) => e.kind === "string");
    if (word) fail("non-numeric", said`"${(word as { value: string }).value}" is not a number`, word.range);
    if (row.length !== first.length && row.every(isScalar) && first.every(isScalar))
      ragged(i + 1, row.length, first.length, [(row[0] as Expr).range[0], (row[row.length - 1] as Expr).range[1]]);
  }
}

/** The first argument's dimension, counted from 1 in the source and from 0 in the tree. */
export function axisFrom1(e: Expr): Expr {
  if (e.kind === "number") return { ...e, value: e.value - 1, exact: { num: BigInt(Math.round(e.value) - 1), den: 1n } };
  return {
    kind: "binary",
    op: "subtract",
    left: e,
    right: { kind: "number", value: 1, exact: { num: 1n, den: 1n }, range: e.range },
    range: e.range,
  };
}

/** f(A), f(A, dim): the dimension becomes the named `axis`. `place` is where it stands among the arguments. */
export const alongAxis =
  (call: (args: readonly Expr[], named: Readonly<Record<string, Expr>>, a: Arguments) => Expr, place = 1) =>
  (a: Arguments): Expr => {
    const dim = a.args[place];
    const rest = a.args.filter((e, i) => i !== place && !(e.kind === "array" && e.items.length === 0) && e.kind !== "string");
    return call(rest, dim && dim.kind !== "string" ? { axis: axisFrom1(dim) } : {}, a);
  };

const numberText = String.raw`[-+]?(?:\d+\.?\d*|\.\d+)(?:[eEdD][-+]?\d+)?`;
const entry = new RegExp(
  String.raw`[-+]?(?:NaN|Inf|NA|missing|nan|inf)(?:\s*[-+]\s*${numberText.slice(5)}(?:im|[ij]))?|${numberText}(?:(?:\/\/|\/)\d+)?(?:\s*[-+]\s*(?:${numberText.slice(5)}|Inf|NaN)\s*\*?\s*(?:im|[ij]))?(?:im|[ij])?`,
  "gy",
);
const blank = /[ \t]*/y;

/** One line of a print-out as numbers; null when anything else stands in it. */
export function printedRow(text: string, from: number, to: number, re: Numbers, im: Numbers): number {
  let at = from;
  let count = 0;
  for (;;) {
    blank.lastIndex = at;
    at += blank.exec(text)?.[0].length ?? 0;
    if (at >= to) return count;
    entry.lastIndex = at;
    const m = entry.exec(text)?.[0];
    if (!m || at + m.length > to) return -1;
    at += m.length;
    const next = text[at] ?? "\n";
    if (!/\s/.test(next)) return -1;
    const cell = readCell(m.replace(/\s/g, ""));
    if (!cell) return -1;
    re.push(cell.re);
    im.push(cell.im);
    count++;
  }
}

/**
 * What a MATLAB, Octave or Julia console printed: `A =`, a common factor, blocks of columns, rows of numbers.
 * Null when the text is no print-out.
 */
export function printedMatrix(text: string, hint: string): Parsed | null {
  const [start, end] = contentRange(text);
  const head = /^\s*(?:([A-Za-z]\w*)\s*=\s*(?=\n)|(\d+)(?:×|x)(\d+)\s[^\n]*:[ \t]*(?=\n)|(\d+)-element\s[^\n]*:[ \t]*(?=\n)|(?=Columns? ))/.exec(
    text,
  );
  let at = head ? head[0].length : start;
  let factor = 1;
  const blocks: { re: Float64Array; im: Float64Array; rows: number; columns: number }[] = [];
  let re = new Numbers();
  let im = new Numbers();
  let rows = 0;
  let columns = -1;
  const flush = () => {
    if (rows > 0) blocks.push({ re: re.done(), im: im.done(), rows, columns });
    re = new Numbers();
    im = new Numbers();
    rows = 0;
    columns = -1;
  };
  while (at < end) {
    let eol = text.indexOf("\n", at);
    if (eol < 0) eol = text.length;
    const from = at;
    at = eol + 1;
    const line = text.slice(from, Math.min(eol, from + 200)).trim();
    if (line === "" || /^(?:Diagonal|Permutation) Matrix$/.test(line)) continue;
    if (/^Columns?\s+\d+/.test(line)) {
      flush();
      continue;
    }
    const scale = /^([\d.]+[eE][-+]?\d+)\s*\*$/.exec(line);
    if (scale) {
      factor = Number(scale[1]);
      continue;
    }
    if (head) {
      const dots = /\.\.\.|[…⋯⋮⋱]/.exec(text.slice(from, eol));
      if (dots) truncated([from + dots.index, from + dots.index + dots[0].length], hint);
    }
    const count = printedRow(text, from, eol, re, im);
    if (count < 0) {
      if (head?.[2]) fail("non-numeric", said`"${line}" holds something that is not a number`, [from, eol]);
      return null;
    }
    if (count === 0) continue;
    rows++;
    if (columns < 0) columns = count;
    else if (columns !== count) {
      if (!head) return null;
      ragged(rows, count, columns, [from, eol]);
    }
  }
  flush();
  if (blocks.length === 0) return null;
  const first = blocks[0] as { rows: number };
  if (blocks.some((b) => b.rows !== first.rows)) return null;
  const wide = blocks.reduce((n, b) => n + b.columns, 0);
  if (!head && (blocks.length > 1 || (first.rows === 1 && wide === 1))) return null;
  const total = first.rows * wide;
  const data = new Float64Array(total);
  const imag = new Float64Array(total);
  let offset = 0;
  for (const b of blocks) {
    for (let i = 0; i < b.rows; i++)
      for (let j = 0; j < b.columns; j++) {
        data[i * wide + offset + j] = factor * (b.re[i * b.columns + j] as number);
        imag[i * wide + offset + j] = factor * (b.im[i * b.columns + j] as number);
      }
    offset += b.columns;
  }
  if (head?.[2] && (Number(head[2]) !== first.rows || Number(head[3]) !== wide))
    fail("length-mismatch", said`announced as ${head[2]}×${head[3]}, but ${first.rows}×${wide} numbers follow`, [start, end]);
  const range: Range = [start, end];
  const shape = head?.[4] ? [total] : [first.rows, wide];
  if (head?.[4] && Number(head[4]) !== total) fail("length-mismatch", said`announced ${head[4]} elements, but ${total} follow`, range);
  const body = literal(shape, data, range, imag);
  if (!head?.[1] || head[1] === "ans") return only(body);
  const nameStart = text.indexOf(head[1], 0);
  return { statements: [{ kind: "define", name: head[1], body, range, nameRange: [nameStart, nameStart + head[1].length] }] };
}
