// What pandas prints: a frame with its header and row labels, a series with its type below.

import { type Expr, type Range, type Sentence, said } from "../../expr/index.js";
import { literal, Numbers, ragged, truncated } from "../shared/build.js";
import { readCell } from "../shared/number.js";

const hint = "print the whole frame first: pd.set_option('display.max_rows', None, 'display.max_columns', None)";
const missing = /^(?:NaN|NaT|<NA>|None)$/;

interface Word {
  readonly text: string;
  readonly range: Range;
}

/** The words of a line with their places. */
function wordsOf(text: string, from: number, to: number): Word[] {
  const out: Word[] = [];
  const word = /\S+/g;
  word.lastIndex = from;
  for (let m = word.exec(text); m && m.index < to; m = word.exec(text)) out.push({ text: m[0], range: [m.index, m.index + m[0].length] });
  return out;
}

/** A cell as a number; null when it is text. Truth values count as 1 and 0. */
function numberOf(word: string): number | null {
  if (missing.test(word)) return Number.NaN;
  if (word === "True" || word === "False") return word === "True" ? 1 : 0;
  if (/^-?inf$/.test(word)) return word.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const cell = /^[-+]?[\d.]/.test(word) ? readCell(word) : null;
  return cell && cell.im === 0 ? cell.re : null;
}

const isDots = (w: Word): boolean => /^(?:\.\.\.?|…)$/.test(w.text);

/**
 * The numbers of a printed frame or series, columns under their names; null when the text is no such print-out. Columns of
 * text are left out where others hold numbers, row labels always. Rows of dots are an error. Linear.
 */
export function printedFrame(text: string, notes: Sentence[]): Expr | null {
  const lines: { readonly words: readonly Word[]; readonly start: number; readonly end: number }[] = [];
  let size: readonly [number, number] | null = null;
  let series = false;
  for (let at = 0; at < text.length; ) {
    let end = text.indexOf("\n", at);
    if (end < 0) end = text.length;
    const line = text.slice(at, Math.min(end, at + 200));
    const footer = /^\s*\[(\d+) rows x (\d+) columns\]\s*$/.exec(line);
    if (footer) size = [Number(footer[1]), Number(footer[2])];
    else if (/^(?:Name: .*, |Length: \d+, |Freq: .*, )*dtype: \w+\s*$/.test(line)) series = true;
    else if (/\S/.test(line)) lines.push({ words: wordsOf(text, at, end), start: at, end });
    at = end + 1;
    if (lines.length === 1 && !series && at >= text.length) return null;
  }
  const [header, ...rows] = lines;
  if (!header || lines.length > 100_000) return null;
  const range: Range = [header.start, (lines[lines.length - 1] as { end: number }).end];
  if (series) return column(lines, range);
  // A header begins with blanks over the row labels, and every row has its label before the same number of cells.
  const names = header.words;
  if (
    rows.length === 0 ||
    !/^\s/.test(text.slice(header.start, header.start + 1)) ||
    names.every((w) => numberOf(w.text) !== null && !/^\d+$/.test(w.text))
  )
    return null;
  const dots = [...names, ...rows.flatMap((r) => r.words)].find(isDots);
  const widths = new Set(rows.filter((r) => !r.words.every(isDots)).map((r) => r.words.length - names.length));
  if (dots && (size || widths.has(1))) truncated(dots.range, hint);
  if (!widths.has(1) || names.length === 0) return null;
  const odd = rows.findIndex((r) => r.words.length !== names.length + 1);
  if (odd >= 0) {
    const r = rows[odd] as (typeof rows)[number];
    if (widths.size > 2 || !size) return null;
    ragged(odd + 1, r.words.length - 1, names.length, [r.start, r.end]);
  }
  const columns = names.map((name, j) => ({ name: name.text, cells: rows.map((r) => numberOf((r.words[j + 1] as Word).text)) }));
  const numeric = columns.filter((c) => c.cells.every((x) => x !== null));
  if (numeric.length === 0) return null;
  const left = columns.filter((c) => !numeric.includes(c));
  if (left.length > 0) notes.push(said`columns without numbers are left out: ${left.map((c) => c.name).join(", ")}`);
  const data = new Float64Array(rows.length * numeric.length);
  numeric.forEach((c, j) => {
    c.cells.forEach((x, i) => {
      data[i * numeric.length + j] = x as number;
    });
  });
  const e = literal([rows.length, numeric.length], data, range);
  return { ...e, value: { ...e.value, columns: numeric.map((c) => c.name) }, flavour: "frame" };
}

/** A series: a label and a number on each line. */
function column(lines: readonly { readonly words: readonly Word[]; readonly start: number; readonly end: number }[], range: Range): Expr | null {
  const out = new Numbers();
  for (const line of lines) {
    const dots = line.words.find(isDots);
    if (dots) truncated(dots.range, hint);
    const x = numberOf(line.words[line.words.length - 1]?.text ?? "");
    if (x === null || line.words.length < 2) return null;
    out.push(x);
  }
  return { ...literal([out.length], out.done(), range), flavour: "frame" };
}

/** Whether a text looks as pandas prints, by its first lines and its last. Cheap. */
export function looksLikeFrame(text: string): boolean {
  if (/\n(?:Name: .*, |Length: \d+, )*dtype: \w+\s*$|\[\d+ rows x \d+ columns\]\s*$/.test(text.slice(-200))) return true;
  const [header = "", first = "", second = ""] = text
    .slice(0, 2000)
    .split("\n")
    .filter((l) => /\S/.test(l));
  if (!/^\s+\S/.test(header) || /[[\](){}=|,;\\$&]/.test(header + first)) return false;
  const count = (l: string) => l.trim().split(/\s+/).length;
  return (
    count(first) === count(header) + 1 &&
    (second === "" || count(second) === count(header) + 1) &&
    /\s[-+]?[\d.]+(?:e[-+]?\d+)?\s*$|NaN\s*$/.test(first)
  );
}
