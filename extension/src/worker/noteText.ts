// A value on one short line. What is too long gets fewer digits, then a plainer notation, then only its shape and rank; a number is never cut.
import { asMatrix, said, type Value } from "@scholium/core/expr";
import { formatRational } from "@scholium/core/figure";
import type { FormatName, PrintOptions } from "@scholium/core/formats";
import { isStatement } from "@scholium/core/formula";
import type { Conventions, NoteStyle } from "../protocol.js";
import { readable } from "../readable.js";
import { type Facts, factsOf, HOVER_WORK } from "./facts.js";
import { printValue } from "./print.js";
import { english, type Say } from "./tongue.js";

const length = (text: string) => {
  let n = 0;
  for (const _ of text) n++;
  return n;
};

const oneLine = (text: string) => text.replace(/\s*\n\s*/g, " ").trim();

/** A LaTeX matrix without the blanks it can do without. */
const tight = (text: string) =>
  text
    .replace(/ *(&|\\\\) */g, "$1")
    .replace(/(\\begin\{\w+\*?\}) /g, "$1")
    .replace(/ (\\end\{)/g, "$1");

/** Whether any number in the value is floating point and would be shown with fewer digits than it has. */
export function isApproximate(value: Value, digits: number): boolean {
  const rounded = (x: number) => Number.isFinite(x) && Number(x.toPrecision(digits)) !== x;
  switch (value.kind) {
    case "real":
      return rounded(value.value);
    case "complex":
      return !value.exact && (rounded(value.re) || rounded(value.im));
    case "array":
      return !value.exact && (value.data.some(rounded) || (value.imag?.some(rounded) ?? false));
    case "list":
      return value.items.some((v) => isApproximate(v, digits));
    case "solutions":
      return value.values.some((v) => isApproximate(v, digits));
    case "record":
      return Object.values(value.fields).some((v) => isApproximate(v, digits));
    default:
      return false;
  }
}

/** `4096 × 4096 · rank 12`: what is said of a value that is too large to write. */
export function compactText(value: Value, style: NoteStyle, say: Say = english, facts?: Facts): string {
  if (value.kind === "array") {
    const shape = value.shape.join("×");
    const known = facts ?? factsOf(value, HOVER_WORK);
    return known.rank === undefined ? shape : say(said`${shape} · rank ${known.rank}`);
  }
  if (value.kind === "record") return `${value.title ?? say("record")} {${Object.keys(value.fields).join(", ")}}`.slice(0, style.maxLength);
  if (value.kind === "list") return say(said`${value.items.length} values`);
  if (value.kind === "solutions") return say(said`${value.values.length} solutions for ${value.variable}`);
  if (value.kind === "rational") {
    const text = value.num.toString();
    return value.den === 1n ? say(said`${text.slice(0, 6)}… (${text.replace("-", "").length} digits)`) : formatRational(value, 6);
  }
  return say(value.kind);
}

export interface NoteText {
  /** The same for where there is less room, from longest to shortest. */
  readonly brief?: readonly string[];
  /** With its sign: `= ...`, `≈ ...`, or `⇒ ...` before a statement. */
  readonly text: string;
  readonly approximate: boolean;
}

/** How a value of LaTeX is noted where many stand: for the eye, not for copying. */
export const plainNotation = (value: Value, language: FormatName): FormatName =>
  language !== "latex" ? language : value.kind === "array" ? "matlab" : spokenNotation(value, "plain");

/** Whether something holds is said in a word wherever it is read. */
export const spokenNotation = (value: Value, language: FormatName): FormatName => (value.kind === "boolean" ? "matlab" : language);

/** Names and their values on one line: `x = -1, x ≈ 1.414`; null when a value cannot be written. */
function namedOnOneLine(named: readonly (readonly [name: string, value: Value])[], format: FormatName, options: PrintOptions): string | null {
  const parts = named.map(([name, value]) => {
    const text = onOneLine(value, format === "plain" && value.kind === "array" ? "matlab" : format, options);
    return text && `${format === "latex" ? name : readable(name)} ${isApproximate(value, options.digits) ? "≈" : "="} ${text}`;
  });
  return parts.includes(null) ? null : parts.join(", ");
}

/** A value on one line. What plain text has no notation for is read from its LaTeX. */
function onOneLine(value: Value, format: FormatName, options: PrintOptions): string | null {
  if (value.kind === "solutions")
    return namedOnOneLine(
      value.values.map((v) => [value.variable, v]),
      format,
      options,
    );
  if (value.kind === "record" && isStatement(value, format)) return namedOnOneLine(Object.entries(value.fields), format, options);
  const printed = printValue(value, format, { ...options, inline: true });
  if (printed !== null) return format === "latex" ? tight(oneLine(printed)) : oneLine(printed);
  const latex = format === "plain" ? printValue(value, "latex", { ...options, inline: true }) : null;
  return latex === null || /\\begin/.test(latex) ? null : readable(latex);
}

/** Longer roots and powers say less than their decimals. */
const LONGEST_CLOSED = 32;

/** Decimals beside each of several closed forms would be too much. */
const hasSeveral = ({ kind }: Value) => kind === "array" || kind === "solutions" || kind === "record";

/** `√2 ≈ 1.414`: a closed form beside its decimals; several closed forms stand alone. Null when either is too long. */
function closedText(closed: Value, value: Value, language: FormatName, room: number): string | null {
  const exact = onOneLine(closed, language, { digits: 17 });
  if (exact === null) return null;
  if (hasSeveral(value)) return length(exact) <= room ? exact : null;
  const decimals = onOneLine(value, language, { digits: 4 });
  const text = `${exact} ≈ ${decimals}`;
  return decimals !== null && length(exact) <= LONGEST_CLOSED && length(text) <= room ? text : null;
}

/** What is known of a value besides itself. */
export interface Noted {
  /** It follows from its formula and does not equal it. */
  readonly statement?: boolean;
  /** The matrix environment it keeps. */
  readonly environment?: string;
  /** Its closed form, shown where it is short. */
  readonly closed?: Value;
  /** How its words are said; in English when it is not given. */
  readonly say?: Say;
}

const sign = (statement: boolean, approximate: boolean) => (statement ? "⇒" : approximate ? "≈" : "=");

/** The value written out within the style's limits, with as many digits as there is room for; null when it is too large. */
function written(
  value: Value,
  language: FormatName,
  { digits: most }: Conventions,
  style: NoteStyle,
  { statement = false, environment }: Noted,
): NoteText | null {
  const matrix = value.kind === "array" ? asMatrix(value) : null;
  const fits = matrix !== null && matrix.rows <= style.maxRows && (matrix.columns <= style.maxColumns || matrix.rows === 1);
  if (value.kind === "array" && !fits) return null;
  const tries: readonly (readonly [FormatName, number])[] = [
    [language, most],
    [language, Math.min(4, most)],
    [language, Math.min(3, most)],
    ["matlab", Math.min(4, most)],
    ["matlab", Math.min(3, most)],
  ];
  for (const [format, digits] of tries) {
    const text = onOneLine(value, format, { digits, ...(environment ? { environment } : {}) });
    if (text === null || length(text) > style.maxLength - 2) continue;
    const approximate = isApproximate(value, digits);
    return { text: `${sign(statement, approximate)} ${text}`, approximate };
  }
  return null;
}

function fullText(value: Value, language: FormatName, conventions: Conventions, style: NoteStyle, noted: Noted): NoteText {
  const { statement = false, closed } = noted;
  const exact = closed && closedText(closed, value, language, style.maxLength - 2);
  if (exact) return { text: `${sign(statement, false)} ${exact}`, approximate: !hasSeveral(value) };
  const all = written(value, language, conventions, style, noted);
  if (all) return all;
  const large = compactText(value, style, noted.say);
  return { text: `${sign(statement, value.kind === "rational" && value.den !== 1n)} ${large}`, approximate: false };
}

/** What a note may be long where there is less room: beside a line that is long itself. */
const ROOMS = [56, 40, 28, 16];

/** The note in so little room: fewer digits, another notation, at last the shape; nothing when it would say less than the beginning of the long one. */
function briefText(value: Value, language: FormatName, conventions: Conventions, style: NoteStyle, noted: Noted, room: number): string | null {
  const all = written(value, language, conventions, { ...style, maxLength: room }, noted);
  if (all) return all.text;
  if (room !== ROOMS.at(-1)) return null;
  if (value.kind === "array") return `${sign(noted.statement ?? false, false)} ${value.shape.join("×")}`;
  return value.kind === "rational" ? `≈ ${compactText(value, style, noted.say)}` : null;
}

/** The note of a value written in a notation. */
export function noteText(value: Value, language: FormatName, conventions: Conventions, style: NoteStyle, noted: Noted = {}): NoteText {
  const full = fullText(value, language, conventions, style, noted);
  const brief = new Set<string>();
  for (const room of ROOMS)
    if (length(full.text) > room) {
      const words = briefText(value, language, conventions, style, noted, room);
      if (words !== null && words !== full.text) brief.add(words);
    }
  return brief.size === 0 ? full : { ...full, brief: [...brief] };
}

const SHORTEST = 24;

const firstClause = (message: string): string => message.split(/(?<=\S)(?:[.;:](?:\s|$)| \(|[。；：（])/)[0] as string;

/** An error where there is little room: its first clause. */
export const briefProblem = (message: string): string => `⚠\uFE0E ${oneLine(firstClause(message))}`;

/** An error on a line: all of it or its first clause, at most 48 characters or what the style allows. */
export function problemText(message: string, style: { readonly maxLength: number } = { maxLength: 64 }): string {
  const most = Math.max(SHORTEST, Math.min(48, style.maxLength - 2));
  const words = oneLine(length(message) <= most ? message : firstClause(message));
  return `⚠\uFE0E ${length(words) > most ? `${[...words].slice(0, most - 1).join("")}…` : words}`;
}
