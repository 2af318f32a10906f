// Plain text: a number, a list of numbers, columns parted by blanks, a drawn matrix, or a formula in words and signs.

import { FormulaFailure, fail, type Range } from "../expr/index.js";
import { rational, rationalToNumber } from "../linalg/index.js";
import { isDrawn, parseBox } from "./box.js";
import { readSeparated } from "./csv.js";
import type { Format, Parsed, ParseOptions } from "./format.js";
import { contentRange, number, only, truncated, truncationHint } from "./shared/build.js";
import { straighten } from "./shared/lexer.js";
import { readCell } from "./shared/number.js";
import { lines, printer } from "./shared/print.js";
import { type Cell, linesOf, readTable, scanGrid, splitBlanks, splitCells } from "./shared/table.js";
import { parseWords } from "./shared/words.js";

const hint = truncationHint("other");
const mixed = /^([+-]?)(\d{1,15})\s+(\d{1,15})\s*\/\s*(\d{1,15})$/;

/** A number on its own, with thousands, percent, × 10^n, or a mixed fraction. */
function single(text: string, range: Range): Parsed | null {
  const t = text.slice(range[0], range[1]);
  if (t.length > 400) return null;
  const m = mixed.exec(t);
  if (m && !/^0+$/.test(m[4] as string)) {
    const sign = m[1] === "-" ? -1n : 1n;
    const exact = rational(sign * (BigInt(m[2] as string) * BigInt(m[4] as string) + BigInt(m[3] as string)), BigInt(m[4] as string));
    return only(number(rationalToNumber(exact), range, exact), ["read as a mixed number"]);
  }
  const cell = readCell(t, { exactDecimals: true });
  if (!cell) return null;
  const notes = /^[+-]?\d{1,3},\d{3}$/.test(t) ? ["the comma is read as parting thousands"] : [];
  if (cell.im !== 0) {
    const im = number(cell.im, range, Number.isInteger(cell.im) ? rational(cell.im) : undefined, true);
    return only(
      cell.re === 0
        ? im
        : { kind: "binary", op: "add", left: number(cell.re, range, Number.isInteger(cell.re) ? rational(cell.re) : undefined), right: im, range },
      notes,
    );
  }
  return only(number(cell.re, range, cell.exact ?? (Number.isSafeInteger(cell.re) ? rational(cell.re) : undefined)), notes);
}

/** 1 000 000, 1'000'000 and $1,234.50: groups of three digits, a currency sign in front. */
function grouped(text: string, range: Range): Parsed | null {
  const t = text.slice(range[0], range[1]);
  const m = /^([+-]?)[$€£¥]?\s?(\d{1,3}(?:([ '\u00a0\u202f])\d{3})(?:\3\d{3})+|\d{1,3}(?:'\d{3})|\d{1,15}|\d{1,3}(?:,\d{3})+)(\.\d{1,30})?$/.exec(t);
  if (!m || t.length > 200) return null;
  const parsed = single(`${m[1]}${(m[2] as string).replace(/[^\d]/g, "")}${m[4] ?? ""}`.padStart(range[1]), range);
  return parsed && { ...parsed, notes: [...(parsed.notes ?? []), "read as one number with parted thousands"] };
}

const isNumeric = (t: string): boolean => readCell(t) !== null;

/** What pandas and R print around their numbers and is no row. */
const footer = /^\s*(?:\[\d+ rows x \d+ columns\]|dtype: \w+|Name: .*|Length: .*|Index: .*|Freq: .*)\s*$/;

/** Rows of cells when the text is a table of numbers; null when it reads like a formula. */
function columns(text: string): Parsed | null {
  if (text.length > 20_000) {
    const fast = scanGrid(text, " ") ?? scanGrid(text, ",") ?? scanGrid(text, "\t");
    if (fast) return fast;
  }
  const rows = [...linesOf(text)];
  const series = rows.some((l) => footer.test(l.text) && /dtype/.test(l.text));
  const body = rows.filter((l) => !footer.test(l.text));
  if (body.length === 0) return fail("empty", "there are only comments", [0, text.length]);
  const sample = body.slice(0, 50);
  const separator = sample.every((l) => l.text.includes("\t"))
    ? "\t"
    : sample.every((l) => l.text.includes(";"))
      ? ";"
      : sample.every((l) => l.text.includes(","))
        ? ","
        : " ";
  const split = (l: { text: string; start: number }): Cell[] =>
    separator === " " ? splitBlanks(l.text, l.start) : splitCells(l.text, l.start, separator);
  const first = sample.map(split);
  const cells = first.flat();
  const numeric = cells.filter((c) => isNumeric(c.text) && c.text !== "").length;
  const truncation = cells.find((c) => /^(?:\.\.\.|…)$/.test(c.text));
  if (truncation && numeric >= 2) truncated(truncation.range, hint);
  if (body.length === 1) {
    const line = first[0] as Cell[];
    if (line.length < 2 || line.some((c) => !isNumeric(c.text))) return null;
  } else {
    // A formula has few cells that are numbers on their own.
    if (numeric * 2 < cells.length || numeric < 2) return null;
    if (/[=^*]/.test(sample.map((l) => l.text).join(""))) return null;
  }
  if (separator !== " ") {
    const trailing = body.length === 1 && (first[0] as Cell[]).at(-1)?.text === "";
    if (!trailing && body.length > 1) return readSeparated(text, separator);
  }
  let table = body.map(split);
  if (table.length === 1 && (table[0] as Cell[]).at(-1)?.text === "") (table[0] as Cell[]).pop();
  const ragged = table.some((r) => r.length !== table[1]?.length && r !== table[0]);
  if (ragged && separator === " ") {
    // Labels with blanks in them: columns are then parted by two blanks or more.
    const wide = body.map((l) => splitBlanks(l.text, l.start, 2));
    if (wide.every((r, i) => i === 0 || r.length === wide[1]?.length) && (wide[1]?.length ?? 0) > 1) table = wide;
  }
  if (series && table.every((r) => r.length === 2))
    return readTable(
      table.map((r) => [r[1] as Cell]),
      { exactDecimals: true, hint },
    );
  const parsed = readTable(table, { exactDecimals: true, rowIsVector: true, shortHeader: separator === " ", hint });
  return parsed;
}

/** Words no formula has: "integral of x from 0 to 1" is no product of letters. */
const PROSE = /(?<![\w.])(?:of|from|the|is|are|with|this|that|if|else|when|then)(?![\w(])/i;

export function parsePlain(text: string, options: ParseOptions = {}): Parsed {
  const range = contentRange(text);
  if (isDrawn(text)) return parseBox(text);
  const plain = straighten(text);
  const one = single(plain, range) ?? grouped(plain, range);
  if (one) return one;
  const table = /[({[]/.test(plain.slice(0, 5000)) && !/^\s*\(?[-\d]/.test(plain) ? null : columns(plain);
  if (table) return table;
  if (PROSE.test(plain)) fail("not-a-formula", "this reads as prose, not as a formula", range, "select the formula alone");
  // Powers of ten and grouped thousands inside a formula.
  if (/[⁻⁰¹²³⁴-⁹½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]/.test(plain)) return shifted(plain, options);
  return parseWords(
    plain.replace(
      /(^|[^\d,.])(\d{1,3}(?:,\d{3})+)(?![\d,])(?=$|[^)\]}]*$)/g,
      (_m, before: string, n: string) => before + n.replaceAll(",", "").padEnd(n.length),
    ),
    "plain",
    options,
  );
}

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const fractions: Readonly<Record<string, string>> = {
  "½": "1/2",
  "⅓": "1/3",
  "⅔": "2/3",
  "¼": "1/4",
  "¾": "3/4",
  "⅕": "1/5",
  "⅖": "2/5",
  "⅗": "3/5",
  "⅘": "4/5",
  "⅙": "1/6",
  "⅚": "5/6",
  "⅛": "1/8",
  "⅜": "3/8",
  "⅝": "5/8",
  "⅞": "7/8",
};

/** Superscripts and fractions of one sign take more places in what is read; places are mapped back to the sign they came from. */
function shifted(text: string, options: ParseOptions): Parsed {
  const map: number[] = [];
  let out = "";
  const add = (s: string, from: number): void => {
    for (let k = 0; k < s.length; k++) map.push(from);
    out += s;
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    const raised = /^[⁻⁺]?[⁰¹²³⁴-⁹]+/.exec(text.slice(i, i + 60))?.[0];
    if (raised) {
      add("^(", i);
      [...raised].forEach((d, k) => {
        add(d === "⁻" ? "-" : d === "⁺" ? "+" : `${superscripts.indexOf(d)}`, i + k);
      });
      add(")", i + raised.length - 1);
      i += raised.length - 1;
    } else if (Object.hasOwn(fractions, c)) {
      // 2½ is a mixed number, x½ a product.
      const mixed = /\d$/.test(text.slice(Math.max(0, i - 1), i));
      add(mixed ? `+${fractions[c]}` : `(${fractions[c]})`, i);
    } else add(c, i);
  }
  map.push(text.length);
  const back = (r: Range): Range => [
    map[r[0]] as number,
    map[Math.max(r[1] - 1, 0)] === undefined ? text.length : (map[Math.max(r[1] - 1, 0)] as number) + 1,
  ];
  const walk = (x: unknown): unknown => {
    if (Array.isArray(x)) return x.map(walk);
    if (x === null || typeof x !== "object" || x instanceof Float64Array) return x;
    return Object.fromEntries(
      Object.entries(x).map(([k, v]) => [k, (k === "range" || k === "nameRange") && Array.isArray(v) ? back(v as unknown as Range) : walk(v)]),
    );
  };
  try {
    return walk(parseWords(out, "plain", options)) as Parsed;
  } catch (e) {
    if (e instanceof FormulaFailure) throw new FormulaFailure({ ...e.error, range: back(e.error.range) });
    throw e;
  }
}

export const plain: Format = {
  name: "plain",
  title: "Plain text",
  languages: ["plaintext"],
  detect(t) {
    if (isDrawn(t.slice(0, 5000))) return 3;
    const head = t.slice(0, 2000);
    // Numbers parted by blanks alone: columns, not a product.
    if (/^[\s\d.eE+-]+$/.test(head) && /\d[ \t]+[-+.\d]|\d\s*\n\s*[-+.\d]/.test(head)) return 2;
    return /[\\{}]/.test(head) ? 0 : 1;
  },
  parse: parsePlain,
  print: printer({
    nan: "NaN",
    inf: "inf",
    imaginary: "i",
    fraction: "/",
    ...lines("  ", true),
    vector: (cells) => cells.join(", "),
    true: "1",
    false: "0",
  }),
};
