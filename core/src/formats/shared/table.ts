// Tables of cells: header and label columns, blanks, ragged rows, and the way to a block of numbers.

import { fail, type Range, type Sentence, said } from "../../expr/index.js";
import type { Rational } from "../../linalg/index.js";
import type { Parsed } from "../format.js";
import { literal, Numbers, number, only, ragged, truncated } from "./build.js";
import { NumberReader } from "./nested.js";
import { type CellNumber, type CellStyle, readCell } from "./number.js";

export interface Cell {
  readonly text: string;
  readonly range: Range;
}

export interface TableStyle extends CellStyle {
  /** A single row is a vector. */
  readonly rowIsVector?: boolean;
  /** The first row may be one cell short: the index column has no title (pandas, R). */
  readonly shortHeader?: boolean;
  readonly hint: string;
}

const isDots = (t: string) => t === "..." || t === "…" || t === "⋮" || t === "⋯" || t === "⋱";

/** Rows of cells as a matrix of numbers; notes say what was left out. */
export function readTable(given: Cell[][], style: TableStyle): Parsed {
  const rows = given.filter((r) => r.length > 0);
  if (rows.length === 0) fail("empty", "there are no numbers in the table", [0, 0]);
  const notes: Sentence[] = [];
  const all: Range = [(rows[0] as Cell[])[0]?.range[0] ?? 0, rows.at(-1)?.at(-1)?.range[1] ?? 0];
  for (const r of rows) for (const c of r) if (isDots(c.text.trim())) truncated(c.range, style.hint);
  // A separator at the end of every line makes an empty last column.
  if (rows.every((r) => r.length > 1 && r.at(-1)?.text.trim() === "")) for (const r of rows) r.pop();
  let indexed = false;
  const second = rows[1]?.length ?? 0;
  const first = rows[0] as Cell[];
  if (
    style.shortHeader &&
    rows.length > 1 &&
    first.length === second - 1 &&
    rows.every((r, i) => i === 0 || r.length === second) &&
    isHeader(first)
  ) {
    first.unshift({ text: "", range: [first[0]?.range[0] as number, first[0]?.range[0] as number] });
    indexed = true;
  }
  const width = first.length;
  rows.forEach((r, i) => {
    if (r.length !== width) ragged(i + 1, r.length, width, [r[0]?.range[0] ?? 0, r.at(-1)?.range[1] ?? 0]);
  });
  const values: (CellNumber | null)[][] = rows.map((r) => r.map((c) => readCell(c.text, style)));

  // The header: a first row without numbers above rows with numbers.
  const blank = (c: Cell) => c.text.trim() === "";
  const numeric = (i: number, j: number) => values[i]?.[j] !== null && !blank(rows[i]?.[j] as Cell);
  let header = false;
  if (rows.length > 1) {
    const anyNumber = first.some((_, j) => numeric(0, j));
    const anyText = first.some((c, j) => !blank(c) && values[0]?.[j] === null);
    header = (anyText && !anyNumber && rows.slice(1).some((r, i) => r.some((_, j) => numeric(i + 1, j)))) || indexed;
  }
  const from = header ? 1 : 0;
  if (header) notes.push("the header row is left out");
  const keep: number[] = [];
  for (let j = 0; j < width; j++) {
    let texts = 0;
    let numbers = 0;
    for (let i = from; i < rows.length; i++) {
      if (numeric(i, j)) numbers++;
      else if (!blank(rows[i]?.[j] as Cell)) texts++;
    }
    const labels = texts > 0 && numbers === 0 && (rows.length - from > 1 || header);
    if (!labels) keep.push(j);
  }
  if (keep.length === 0) {
    const c = (rows[from] as Cell[])[0] as Cell;
    fail("non-numeric", said`"${shorten(c.text)}" is not a number`, c.range);
  }
  if (keep.length < width) notes.push(width - keep.length === 1 ? leftOut(header ? first : undefined, keep, width) : "the text columns are left out");
  // An index column has no title and counts the rows.
  if (keep[0] === 0 && keep.length > 1 && header && blank(first[0] as Cell)) {
    const base = values[from]?.[0]?.re;
    if ((base === 0 || base === 1) && values.slice(from).every((r, i) => r[0]?.re === base + i)) {
      keep.shift();
      notes.push("the first column counts the rows and is left out as an index");
    } else if (indexed) {
      keep.shift();
      notes.push("the column without a title is left out as an index");
    }
  }
  const re = new Numbers();
  const im = new Numbers();
  const exact: (Rational | undefined)[] = [];
  for (let i = from; i < rows.length; i++)
    for (const j of keep) {
      const v = values[i]?.[j];
      if (!v) {
        const c = rows[i]?.[j] as Cell;
        return fail("non-numeric", said`"${shorten(c.text)}" in row ${i + 1}, column ${j + 1} is not a number`, c.range);
      }
      re.push(v.re);
      im.push(v.im);
      exact.push(v.exact);
    }
  const height = rows.length - from;
  const data = re.done();
  const imag = im.done();
  const fractions = exact.some((e) => e !== undefined) ? exact.map((e, k) => e ?? whole(data[k] as number)) : undefined;
  if (data.length === 1 && imag[0] === 0) return only(number(data[0] as number, all, fractions?.[0] ?? whole(data[0] as number)), notes);
  const shape = height === 1 && style.rowIsVector ? [keep.length] : [height, keep.length];
  return only(literal(shape, data, all, imag, fractions), notes);
}

const whole = (x: number): Rational | undefined => (Number.isSafeInteger(x) ? { num: BigInt(x), den: 1n } : undefined);

const shorten = (t: string) => (t.trim().length > 40 ? `${t.trim().slice(0, 37)}...` : t.trim());

/** Says that the one column without numbers is left out, by its title if it has one. */
const leftOut = (header: readonly Cell[] | undefined, keep: readonly number[], width: number): Sentence => {
  const j = Array.from({ length: width }, (_, k) => k).find((k) => !keep.includes(k)) as number;
  const title = header?.[j]?.text.trim();
  return title ? said`the text column "${shorten(title)}" is left out` : "the text column is left out";
};

/** A row of titles: words, or 0, 1, 2 ... as pandas numbers columns. */
function isHeader(cells: readonly Cell[]): boolean {
  return cells.every((c, j) => readCell(c.text) === null || c.text.trim() === String(j)) && cells.length > 0;
}

/** Lines of a text with their places; blank lines and comment lines are left out. */
export function* linesOf(text: string, comment = "#"): Generator<{ text: string; start: number }> {
  let at = 0;
  while (at < text.length) {
    let eol = text.indexOf("\n", at);
    if (eol < 0) eol = text.length;
    const line = text.slice(at, text[eol - 1] === "\r" ? eol - 1 : eol);
    if (line.trim() !== "" && !(comment !== "" && line.trimStart().startsWith(comment))) yield { text: line, start: at };
    at = eol + 1;
  }
}

/** Splits by a separator, with double quotes around cells that hold it. */
export function splitCells(line: string, start: number, separator: string): Cell[] {
  const out: Cell[] = [];
  let at = 0;
  while (at <= line.length) {
    let p = at;
    while (line[p] === " ") p++;
    if (line[p] === '"') {
      let q = p + 1;
      let value = "";
      while (q < line.length) {
        if (line[q] === '"') {
          if (line[q + 1] !== '"') break;
          q++;
        }
        value += line[q++];
      }
      let end = line.indexOf(separator, q);
      if (end < 0) end = line.length;
      out.push({ text: value + line.slice(q + 1, end).trim(), range: [start + p, start + Math.min(q + 1, line.length)] });
      at = end + 1;
      continue;
    }
    let end = line.indexOf(separator, at);
    if (end < 0) end = line.length;
    const cell = line.slice(at, end);
    const lead = cell.length - cell.trimStart().length;
    const trimmed = cell.trim();
    out.push({ text: trimmed, range: trimmed ? [start + at + lead, start + at + lead + trimmed.length] : [start + at, start + end] });
    at = end + 1;
  }
  return out;
}

/** Splits at runs of blanks. */
export function splitBlanks(line: string, start: number, atLeast = 1): Cell[] {
  const out: Cell[] = [];
  const pattern = atLeast > 1 ? /\S+(?: \S+)*/g : /\S+/g;
  for (let m = pattern.exec(line); m; m = pattern.exec(line)) out.push({ text: m[0], range: [start + m.index, start + m.index + m[0].length] });
  return out;
}

/** A table of nothing but numbers, read without a cell object for each; null when anything else stands in it. */
export function scanGrid(text: string, separator: "," | ";" | "\t" | " "): Parsed | null {
  const sep = separator.charCodeAt(0);
  const blanks = separator === " ";
  const reader = new NumberReader(text);
  const out = new Numbers();
  let p = 0;
  let columns = -1;
  let count = 0;
  let rows = 0;
  const n = text.length;
  while (p < n) {
    let c = text.charCodeAt(p);
    while (c === 32 || c === 13 || (c === 9 && sep !== 9)) c = text.charCodeAt(++p);
    if (p >= n) break;
    if (c === 10) {
      p++;
      if (count > 0) {
        rows++;
        if (columns < 0) columns = count;
        else if (columns !== count) return null;
        count = 0;
      }
      continue;
    }
    if (count > 0 && !blanks) {
      if (c !== sep) return null;
      c = text.charCodeAt(++p);
      while (c === 32) c = text.charCodeAt(++p);
    }
    out.push(reader.read(p));
    if (reader.end < 0) return null;
    p = reader.end;
    const d = text.charCodeAt(p);
    if (p < n && d !== 10 && d !== 13 && d !== 32 && d !== 9 && d !== sep) return null;
    count++;
  }
  if (count > 0) {
    rows++;
    if (columns < 0) columns = count;
    else if (columns !== count) return null;
  }
  return rows === 0 || rows * columns < 2 ? null : only(literal([rows, columns], out.done(), [0, n]));
}
