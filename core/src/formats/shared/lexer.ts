// The tokenizer of the programming languages: one loop, a style for each language.

import { fail, type LiteralExpr, said } from "../../expr/index.js";
import { endToken, MAX_TOKENS, type Token } from "../grammar/index.js";
import { type Nested, type NestedStyle, scanNested } from "./nested.js";
import { type NumberStyle, type ScannedNumber, scanNumber } from "./number.js";

export interface LexStyle {
  readonly number: NumberStyle;
  /** What starts a comment up to the end of the line. */
  readonly comments: readonly string[];
  readonly blockComments?: readonly (readonly [open: string, close: string])[];
  /** Characters that open a string. */
  readonly quotes: string;
  /** `'` after an operand is a postfix mark (MATLAB, Julia). */
  readonly transposeQuote?: boolean;
  /** A quote is written twice inside a string, backslash is an ordinary character (MATLAB, Fortran). */
  readonly doubledQuotes?: boolean;
  /** Operators, longest first. */
  readonly operators: readonly string[];
  /** Beyond letters, digits and `_`: `.` in R, `$`, `%` in Maxima. */
  readonly nameExtra?: string;
  /** `_` is an operator, not a letter (Typst, plain text). */
  readonly subscripts?: boolean;
  /** What joins a line to the next when it ends it. */
  readonly continuation?: "..." | "\\" | "&";
  /** How a large block of numbers may be written. */
  readonly blocks?: readonly NestedStyle[];
}

/** Blocks shorter than this are read token by token (ranges and exact numbers for every entry). */
const blockLength = 6000;

const nameStart = /[\p{L}\p{Nl}_]/u;
const namePart = /[\p{L}\p{M}\p{N}_]/u;

const isNameCode = (c: number) => (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95 || (c >= 48 && c <= 57);

/** The same characters without their typographic variants, one for one, so that places stay true. */
export function straighten(text: string): string {
  if (!/[^\x00-\x7f]/.test(text)) return text;
  return text
    .replace(/[−–—‐]/g, "-")
    .replace(/[\u00a0\u2002-\u200a\u202f\u3000]/g, " ")
    .replace(/[“”]/g, '"')
    .replace(/[‘’]/g, "'")
    .replace(/[！-～]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
}

/** Kinds: number, name, string, op, newline, dots, literal, end. */
export function lex(text: string, style: LexStyle, from = 0, to = text.length): Token[] {
  const out: Token[] = [];
  let at = from;
  let space = false;
  const push = (kind: string, end: number, value?: unknown) => {
    if (out.length >= MAX_TOKENS) fail("too-large", said`more than ${MAX_TOKENS} tokens`, [at, end]);
    out.push({ kind, text: text.slice(at, end), start: at, end, space, ...(value !== undefined && { value }) });
    space = false;
    at = end;
  };
  let scanned: Nested | null = null;
  const scanInto = (style: NestedStyle): boolean => {
    scanned = scanNested(text, at, style);
    return scanned !== null && scanned.end - at > blockLength && scanned.end <= to;
  };
  const brackets: string[] = [];
  const marks = new Map<string, readonly string[]>();
  for (const op of style.operators) marks.set(op[0] as string, [...(marks.get(op[0] as string) ?? []), op]);
  const starts = new Set([...style.comments, ...(style.blockComments ?? []).map((b) => b[0])].map((c) => c[0] as string));

  while (at < to) {
    const c = text.charCodeAt(at);
    const ch = text[at] as string;
    if (c === 32 || c === 9 || c === 13 || c === 0xfeff) {
      space = true;
      at++;
      continue;
    }
    if (c === 10) {
      push("newline", at + 1);
      space = true;
      continue;
    }
    if (starts.has(ch)) {
      const block = style.blockComments?.find((b) => text.startsWith(b[0], at));
      if (block) {
        const close = text.indexOf(block[1], at + block[0].length);
        if (close < 0) fail("unbalanced", said`the comment is never closed by "${block[1]}"`, [at, at + block[0].length]);
        at = close + block[1].length;
        space = true;
        continue;
      }
      if (style.comments.some((s) => text.startsWith(s, at))) {
        const end = text.indexOf("\n", at);
        at = end < 0 || end > to ? to : end;
        space = true;
        continue;
      }
    }
    if (style.continuation && text.startsWith(style.continuation, at) && continues(text, at, style.continuation)) {
      const end = text.indexOf("\n", at);
      at = end < 0 ? to : end + 1;
      space = true;
      continue;
    }
    if (text.startsWith("...", at)) {
      push("dots", at + 3);
      continue;
    }
    if (c === 0x2026 || (c >= 0x22ee && c <= 0x22f1)) {
      push("dots", at + 1);
      continue;
    }
    if (to - at > blockLength && style.blocks && out[out.length - 1]?.kind !== "name") {
      const found = style.blocks.find((b) => b.open === ch && scanInto(b));
      if (found) {
        push("literal", (scanned as unknown as Nested).end, (scanned as unknown as Nested).literal satisfies LiteralExpr);
        continue;
      }
    }
    if ((c >= 48 && c <= 57) || (ch === "." && /\d/.test(text[at + 1] ?? ""))) {
      const n = scanNumber(text, at, style.number);
      if (n) {
        push("number", n.end, n satisfies ScannedNumber);
        continue;
      }
    }
    if ((nameStart.test(ch) && !(style.subscripts && ch === "_")) || style.nameExtra?.includes(ch)) {
      let end = at + 1;
      for (; end < to; end++) {
        const k = text.charCodeAt(end);
        if (style.subscripts && k === 95) break;
        if (!(isNameCode(k) || (k > 127 && namePart.test(text[end] as string)) || style.nameExtra?.includes(text[end] as string))) break;
      }
      // Surrogate pairs are names of one letter too (mathematical alphabets).
      push("name", end);
      continue;
    }
    if (style.quotes.includes(ch) && !(style.transposeQuote && ch === "'" && isPostfixQuote(out, space, brackets))) {
      const end = stringEnd(text, at, to, style);
      push("string", end.end, end.value);
      continue;
    }
    const op = marks.get(ch)?.find((o) => text.startsWith(o, at));
    if (!op) fail("unexpected-token", said`"${String.fromCodePoint(text.codePointAt(at) as number)}" has no meaning here`, [at, at + 1]);
    if (op === "(" || op === "[" || op === "{") brackets.push(op);
    else if (op === ")" || op === "]" || op === "}") brackets.pop();
    push("op", at + (op as string).length);
  }
  out.push(endToken(to));
  return out;
}

function continues(text: string, at: number, mark: string): boolean {
  if (mark === "...") return text.indexOf("\n", at) >= 0 && !/^[ \t]*[\d,\]]/.test(text.slice(at + 3, at + 8));
  let p = at + 1;
  while (text[p] === " " || text[p] === "\t" || text[p] === "\r") p++;
  return text[p] === "\n";
}

/** `'` is a transpose after an operand, unless a blank inside square brackets parts them. */
function isPostfixQuote(out: readonly Token[], space: boolean, brackets: readonly string[]): boolean {
  const last = out[out.length - 1];
  if (!last || last.kind === "newline") return false;
  if (space && brackets[brackets.length - 1] === "[") return false;
  return last.kind === "name" || last.kind === "number" || last.kind === "literal" || [")", "]", "}", "'", ".'"].includes(last.text);
}

function stringEnd(text: string, at: number, to: number, style: LexStyle): { end: number; value: string } {
  const quote = text[at] as string;
  const mark = text.startsWith(quote.repeat(3), at) && !style.doubledQuotes ? quote.repeat(3) : quote;
  let p = at + mark.length;
  let value = "";
  let from = p;
  while (p < to) {
    if (text[p] === "\\" && !style.doubledQuotes) {
      p += 2;
      continue;
    }
    if (text.startsWith(mark, p)) {
      if (style.doubledQuotes && text[p + 1] === quote) {
        value += text.slice(from, p + 1);
        p += 2;
        from = p;
        continue;
      }
      return { end: p + mark.length, value: value + text.slice(from, p) };
    }
    if (text[p] === "\n" && mark.length === 1) break;
    p++;
  }
  return fail("unbalanced", said`the string is never closed by ${mark}`, [at, at + mark.length]);
}
