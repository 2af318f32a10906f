// LaTeX text to tokens: layout, comments and labels vanish, macros unfold, Unicode becomes commands, nesting is checked.
//
// Kinds: letter, number, word (\mathrm{foo}), text (prose), command, symbol, row (\\), begin, finish, left, right, literal, end.
// A token that comes out of a macro carries the place of the macro's call.

import { type ArrayValue, fail, type LiteralExpr, type Range, said } from "../../expr/index.js";
import { parseRational, type Rational } from "../../linalg/index.js";
import { endToken, MAX_DEPTH, MAX_TOKENS, type Token } from "../grammar/index.js";
import { readLiteralMatrix } from "./literal.js";
import { closingBrace, type Macro, type Macros, readArgument, readMacroDefinition, substitute } from "./macros.js";
import { binaryOps, relationOps } from "./operators.js";
import {
  blank,
  casesEnvironments,
  dotCommands,
  dropped,
  matrixEnvironments,
  romanCommands,
  rowEnvironments,
  spelling,
  subscripts,
  superscripts,
  switches,
  textCommands,
  transparent,
  unicode,
  vulgar,
} from "./symbols.js";

export interface LatexToken extends Token {
  /** A wide space or an alignment mark stood before it: statements may end here. */
  readonly wide: boolean;
}

export interface NumberToken {
  readonly value: number;
  readonly exact?: Rational;
}

interface Open {
  readonly type: "{" | "strip" | "left" | "begin" | "rows";
  readonly name: string;
  readonly range: Range;
  /** Where the chain of groups \frac{..}{.. began. */
  readonly chain: number;
  /** The script that goes with the group: \underbrace{..}_{..}. */
  readonly script?: string;
  /** Inside \substack: \\ separates conditions. */
  readonly stacked?: boolean;
}

const prose =
  /^(if|else|otherwise|where|when|whenever|for|and|or|is|are|as|with|such|that|then|so|the|a|an|of|in|on|to|by|from|subject|since|because|hence|thus|given|let|we|have|has|be|not|but|while|until|do|return|end|any|some|all|every|each|iff|s\.t\.?|i\.e\.?|e\.g\.?|w\.r\.t\.?|a\.s\.?|其他|其它|其中|当|若|如果|则|否则|且|或|和|与|以及|因为|所以|即|有|得|令|设|解|解得|故|对于|对|使得|另外|最后)$/i;

/** A single word that may be a name. */
export const isName = (text: string): boolean =>
  text.length <= 40 && /^[\p{L}\p{N}][\p{L}\p{N}_\-*]*$/u.test(text) && !/^\d+$/.test(text) && !prose.test(text);

/** Splits a text in the ranges given; a row mark stands between two of them. */
export function tokenizeLatex(text: string, spans: readonly Range[], macros: Macros = new Map()): { tokens: LatexToken[]; macros: Macros } {
  const lexer = new Lexer(macros);
  spans.forEach(([from, to], i) => {
    if (i > 0) lexer.push("row", "\\\\", from, from);
    lexer.run(text, from, to, undefined, 0);
    lexer.checkClosed(text, to);
  });
  lexer.tokens.push({ ...endToken(text.length), wide: false });
  return { tokens: bareOperators(lexer.tokens), macros: lexer.macros };
}

const operandEnd = /^(?:number|letter|word)$/;

/** 2{\cdot}3 and a{+}b: braces around an operator between two operands only space it. */
function bareOperators(tokens: LatexToken[]): LatexToken[] {
  const braced = (i: number): boolean => {
    const [open, sign, close, before] = [tokens[i], tokens[i + 1], tokens[i + 2], tokens[i - 1]];
    if (open?.text !== "{" || open.kind !== "symbol" || close?.text !== "}" || close.kind !== "symbol" || !sign || !before) return false;
    if (
      !(/^[+\-*=<>]$/.test(sign.text) && sign.kind === "symbol") &&
      !(sign.kind === "command" && (binaryOps.has(sign.text) || relationOps.has(sign.text)))
    )
      return false;
    return operandEnd.test(before.kind) || (before.kind === "symbol" && /^[)\]}]$/.test(before.text));
  };
  if (!tokens.some((_, i) => braced(i))) return tokens;
  const out: LatexToken[] = [];
  for (let i = 0; i < tokens.length; i++) {
    if (!braced(i)) out.push(tokens[i] as LatexToken);
    else {
      out.push(tokens[i + 1] as LatexToken);
      i += 2;
    }
  }
  return out;
}

class Lexer {
  readonly tokens: LatexToken[] = [];
  private readonly open: Open[] = [];
  private space = false;
  private wide = false;
  /** Round and square brackets open now: commas inside them separate. */
  private brackets = 0;
  /** The next "{" is dropped together with its "}". */
  private strip = false;
  /** What is special about the group that begins with the next "{". */
  private special: Pick<Open, "script" | "stacked"> | undefined;
  private expansions = 0;

  constructor(public macros: Macros) {}

  push(kind: string, text: string, start: number, end: number, value?: unknown): void {
    if (this.tokens.length >= MAX_TOKENS) fail("too-large", said`more than ${MAX_TOKENS} tokens`, [start, end], "select less text");
    this.tokens.push({ kind, text, start, end, space: this.space, value, wide: this.wide });
    this.space = false;
    this.wide = false;
    this.strip = false;
    this.special = undefined;
  }

  /** Tokens of text[from, to); `place` overrides every token's place. */
  run(text: string, from: number, to: number, place: Range | undefined, depth: number): void {
    let at = from;
    const put = (kind: string, t: string, start: number, end: number, value?: unknown) =>
      place ? this.push(kind, t, place[0], place[1], value) : this.push(kind, t, start, end, value);
    const rangeOf = (start: number, end: number): Range => place ?? [start, Math.min(end, to)];
    const skipSpace = () => {
      while (at < to && /\s/.test(text.charAt(at))) at++;
    };
    if (depth > 64) fail("too-large", "commands nested too deep", rangeOf(from, from + 1));

    while (at < to) {
      const start = at;
      const code = text.charCodeAt(at);
      const c = text.charAt(at);
      if (code <= 32 || code === 0xa0 || code === 0x3000 || c === "~") {
        at++;
        this.space = true;
      } else if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90)) {
        at++;
        put("letter", c, start, at);
      } else if (
        (code >= 48 && code <= 57) ||
        (c === "." && isDigit(text, at + 1) && !(isDigit(text, at - 1) && this.tokens.at(-1)?.kind === "number" && !this.space))
      ) {
        at = this.number(text, at, to, put, rangeOf);
      } else if (c === "\\") {
        at = this.command(text, at, to, place, depth, put, rangeOf, skipSpace, (p) => {
          at = p;
        });
      } else if (c === "{") {
        at++;
        const chain = this.tokens.at(-1)?.text === "}" && !this.space ? this.lastChain : start;
        if (this.strip || this.special?.stacked) {
          // The conditions of \substack are those of the script around it.
          this.open.push({ type: "strip", name: "{", range: rangeOf(start, at), chain, ...(this.special?.stacked && { stacked: true }) });
          this.strip = false;
          this.special = undefined;
        } else {
          this.open.push({ type: "{", name: "{", range: rangeOf(start, at), chain, ...this.special });
          put("symbol", "{", start, at);
        }
        if (this.open.length > 4 * MAX_DEPTH) fail("too-large", said`nested more than ${4 * MAX_DEPTH} levels deep`, rangeOf(start, at));
      } else if (c === "}") {
        at++;
        const top = this.open.pop();
        if (top === undefined) fail("unbalanced", '"}" closes nothing', rangeOf(start, at), 'remove it or add "{"');
        if (top.type !== "{" && top.type !== "strip")
          fail(
            "unbalanced",
            top.type === "left" ? said`"\\left${top.name}" has no "\\right"` : said`"\\begin{${top.name}}" has no "\\end{${top.name}}"`,
            top.range,
          );
        this.lastChain = top.chain;
        if (top.type === "{") put("symbol", "}", start, at);
        if (top.script) {
          skipSpace();
          while (at < to && text.startsWith("\\", at) && /^\\(no)?limits/.test(text.slice(at, at + 9))) {
            at += text.startsWith("\\no", at) ? 9 : 7;
            skipSpace();
          }
          if (text.charAt(at) === top.script) at = readArgument(text, at + 1, to).end;
        }
      } else if (c === "%") {
        while (at < to && text.charCodeAt(at) !== 10) at++;
      } else if (c === "$" || c === '"' || c === "`") {
        at++;
        this.space = true;
      } else if (c === "&") {
        at++;
        const inner = this.inner();
        if (inner?.type === "begin" && !rowEnvironments.has(inner.name)) put("symbol", "&", start, at);
        else {
          const last = this.tokens.at(-1);
          this.wide = last !== undefined && last.kind !== "row" && !(last.kind === "symbol" && /[=<>]/.test(last.text));
        }
      } else if (code < 128) {
        at++;
        let sign = c;
        if (c === "." && text.startsWith("..", at)) {
          at += 2;
          put("dots", "\\ldots", start, at, "horizontal");
          continue;
        }
        if (c === ":" && text.charAt(at) === "=") {
          at++;
          sign = ":=";
        } else if (c === "<" && text.startsWith("=>", at)) {
          at += 2;
          sign = "\\leftrightarrow";
        } else if ((c === "<" || c === ">" || c === "!" || c === "=") && text.charAt(at) === "=" && !(c === "!" && text.charAt(at + 1) === "=")) {
          at++;
          sign = c === "<" ? "\\leq" : c === ">" ? "\\geq" : c === "=" ? "=" : "\\neq";
        }
        if (c === "(" || c === "[") this.brackets++;
        else if ((c === ")" || c === "]") && this.brackets > 0) this.brackets--;
        put(sign.length > 1 && sign.startsWith("\\") ? "command" : "symbol", sign, start, at);
      } else at = this.beyondAscii(text, at, to, put, rangeOf);
    }
  }

  private lastChain = 0;

  private inner(): Open | undefined {
    for (let i = this.open.length - 1; i >= 0 && i > this.open.length - 64; i--) {
      const o = this.open[i] as Open;
      if (o.type === "begin" || o.type === "rows") return o;
    }
    return undefined;
  }

  /** A number, with its separators and exponent. */
  private number(text: string, at: number, to: number, put: Put, rangeOf: (s: number, e: number) => Range): number {
    numberPattern.lastIndex = at;
    let raw = numberPattern.exec(text)?.[0] as string;
    if (this.takesDigit()) raw = raw.charAt(0);
    if (raw.includes(",") || raw.includes("\\")) {
      const comma = /^\d{1,3}(,\d{3})+(?!\d)/.test(raw);
      if (comma && (this.brackets > 0 || this.open.some((o) => o.type !== "rows"))) raw = /^\d+/.exec(raw)?.[0] as string;
    }
    let end = at + raw.length;
    if (
      text.charAt(end) === "." &&
      !isDigit(text, end + 1) &&
      !raw.includes(".") &&
      /^\.(\s|[&\\\]),;])/.test(text.slice(end, end + 2)) &&
      end + 1 < to
    )
      end++;
    if (text.charAt(end) === "." && isDigit(text, end + 1)) {
      let bad = end;
      while (bad < to && /[\d.]/.test(text.charAt(bad))) bad++;
      if (raw.includes(".")) fail("bad-number", said`"${text.slice(at, bad)}" is not a number`, rangeOf(at, bad), "a number has one decimal point");
    }
    if (end > to) end = to;
    const digits = raw.replace(/\{,\}|\\,|,/g, "");
    const value = Number(digits);
    put("number", digits, at, end, numberValue(digits, value));
    return end;
  }

  /** \frac12 and \binom52 take one digit each, \sqrt2x one. */
  private takesDigit(): boolean {
    const [b, a] = [this.tokens.at(-2), this.tokens.at(-1)];
    if (a?.kind === "command" && a.end - a.start > 1 && /^\\(frac|binom|sqrt)$/.test(a.text)) return true;
    return a?.kind === "number" && a.text.length === 1 && b?.kind === "command" && /^\\(frac|binom)$/.test(b.text);
  }

  private beyondAscii(text: string, at: number, to: number, put: Put, rangeOf: (s: number, e: number) => Range): number {
    const point = text.codePointAt(at) as number;
    const c = String.fromCodePoint(point);
    const next = at + c.length;
    const sign = unicode.get(c);
    if (sign !== undefined) {
      if (sign === "") this.space = true;
      else if (dotCommands[sign.slice(1)]) put("dots", sign, at, next, dotCommands[sign.slice(1)]);
      else if (sign.startsWith("\\mathbb@")) {
        put("command", "\\mathbb", at, next);
        put("letter", sign.slice(8), at, next);
      } else if (sign === "''") {
        put("symbol", "'", at, next);
        put("symbol", "'", at, next);
      } else
        put(sign.length > 1 && sign.startsWith("\\") ? "command" : sign.length === 1 && /[A-Za-z]/.test(sign) ? "letter" : "symbol", sign, at, next);
      return next;
    }
    for (const [table, mark] of [
      [superscripts, "^"],
      [subscripts, "_"],
    ] as const) {
      if (!table.has(c)) continue;
      let end = at;
      put("symbol", mark, at, next);
      put("symbol", "{", at, next);
      let inner = "";
      while (table.has(text.charAt(end))) inner += table.get(text.charAt(end++));
      this.run(inner, 0, inner.length, rangeOf(at, end), 1);
      put("symbol", "}", at, end);
      return end;
    }
    if (point >= 0xff01 && point <= 0xff5e) {
      // Full-width forms of ASCII; digits that belong together stay together.
      let end = next;
      const isWideDigit = (i: number) => text.charCodeAt(i) >= 0xff10 && text.charCodeAt(i) <= 0xff19;
      if (isWideDigit(at)) while (end < to && (isWideDigit(end) || (text.charCodeAt(end) === 0xff0e && isWideDigit(end + 1)))) end++;
      const plain = text.slice(at, end).replace(/[\uff01-\uff5e]/g, (w) => String.fromCharCode(w.charCodeAt(0) - 0xfee0));
      if (plain === "{" || plain === "}") put("command", `\\${plain}`, at, end);
      else this.run(plain, 0, plain.length, rangeOf(at, end), 1);
      return end;
    }
    const fraction = vulgar.get(c);
    if (fraction) {
      const exact = { num: BigInt(fraction[0]), den: BigInt(fraction[1]) };
      put("number", c, at, next, { value: fraction[0] / fraction[1], exact });
      return next;
    }
    if (point >= 0x1d400 && point <= 0x1d7ff) {
      const plain = c.normalize("NFKC");
      const mapped = unicode.get(plain) ?? plain;
      if (/^\d$/.test(plain)) put("number", plain, at, next, numberValue(plain, Number(plain)));
      else put(mapped.startsWith("\\") ? "command" : "letter", mapped, at, next);
      return next;
    }
    if (isCjk(point)) {
      let end = next;
      while (end < to && isCjk(text.codePointAt(end) as number)) end += 1;
      put("text", text.slice(at, end), at, end, text.slice(at, end));
      return end;
    }
    if (/\p{L}/u.test(c)) put("letter", c, at, next);
    else if (/\p{Cc}|\p{Cf}|\p{Z}|\p{M}/u.test(c)) this.space = true;
    else fail("unexpected-token", said`"${c}" has no meaning in a formula`, rangeOf(at, next));
    return next;
  }

  /** Prose or a word in \text{...}; mathematics in $...$ inside it is read as such. */
  private textArgument(text: string, from: number, to: number, start: number, end: number, place: Range | undefined, depth: number, put: Put): void {
    const raw = text.slice(from, to);
    if (raw.includes("$")) {
      let at = from;
      raw.split("$").forEach((part, i) => {
        if (i % 2 === 1) this.run(text, at, at + part.length, place, depth + 1);
        else if (part.trim() !== "") this.word(part, start, end, put);
        at += part.length + 1;
      });
    } else this.word(raw, start, end, put);
  }

  private word(raw: string, start: number, end: number, put: Put): void {
    const clean = raw
      .replace(/\\(rm|bf|it|sf|tt|quad|qquad|limits|displaystyle)(?![A-Za-z])/g, " ")
      .replace(/\\([_%&#${}])/g, "$1")
      .replace(/\\[,;:! ]|[{}~]/g, " ")
      .replace(/\s+/g, " ")
      .trim();
    if (clean === "" || /^[.,;:]+$/.test(clean)) this.wide = true;
    else if (/^[+-]?\d+(\.\d+)?$/.test(clean)) put("number", clean.replace(/^\+/, ""), start, end, numberValue(clean, Number(clean)));
    else if (isName(clean)) put("word", clean, start, end);
    else put("text", clean, start, end, clean);
  }

  private command(
    text: string,
    start: number,
    to: number,
    place: Range | undefined,
    depth: number,
    put: Put,
    rangeOf: (s: number, e: number) => Range,
    skipSpace: () => void,
    move: (at: number) => void,
  ): number {
    let at = start + 1;
    while (at < to && isLetter(text.charCodeAt(at))) at++;
    if (at === start + 1) at++;
    let name = text.slice(start + 1, at);
    if (at > to) name = "";
    if (text.charAt(at) === "*" && (romanCommands.has(`${name}*`) || name === "tag" || name === "hspace" || name === "vspace")) {
      at++;
      name += "*";
    }
    const full = `\\${name}`;
    const skip = () => {
      move(at);
      skipSpace();
      while (at < to && /\s/.test(text.charAt(at))) at++;
    };
    const argument = () => {
      const a = readArgument(text, at, to);
      if (a.from === a.end) fail("missing-argument", said`${full} needs an argument`, rangeOf(start, at));
      if (a.open) fail("unbalanced", said`the argument of ${full} is never closed`, rangeOf(a.from - 1, a.from), 'add "}"');
      at = a.end;
      return a;
    };

    const macro = this.macros.get(full);
    if (macro && !(name === "begin" || name === "end")) return this.expand(text, start, at, to, full, macro, depth, rangeOf);
    if (name === "\\") {
      // \\[2pt], \\*
      if (text.charAt(at) === "*") at++;
      const gap = /^\s*\[\s*-?[\d.]+\s*(?:\\[a-z]+|[a-z]{2})?\s*\]/.exec(text.slice(at, at + 40));
      if (gap && at + gap[0].length <= to) at += gap[0].length;
      if (this.open.at(-1)?.stacked) put("symbol", ",", start, at);
      else put("row", "\\\\", start, at);
      return at;
    }
    if (blank.has(name)) {
      if (name === "/" || name === "-") return at;
      this.space = true;
      return at;
    }
    if (name === " " || name === "\n" || name === "\t" || name === "\r") {
      this.space = true;
      return at;
    }
    if (name === "quad" || name === "qquad" || name === "enskip") {
      this.space = true;
      this.wide = true;
      return at;
    }
    if (name === "(" || name === ")" || name === "[" || name === "]") {
      return at;
    }
    if (name in dropped && Object.hasOwn(dropped, name)) {
      for (let i = 0; i < (dropped[name] as number); i++) {
        skip();
        const optional = text.charAt(at) === "[" ? text.indexOf("]", at) : -1;
        if (optional > 0 && optional < to) at = optional + 1;
        at = readArgument(text, at, to).end;
      }
      if (["textcolor", "style", "class", "cssId", "href", "colorbox", "raisebox", "scalebox", "resizebox"].includes(name)) this.strip = true;
      this.space = true;
      return at;
    }
    if (name === "kern" || name === "mkern" || name === "hskip" || name === "mskip") {
      const size = /^\s*-?[\d.]+\s*[a-z]{2}/.exec(text.slice(at, at + 30));
      this.space = true;
      return size ? at + size[0].length : at;
    }
    if (name === "substack" || name === "begin" || name === "end") skip();
    if (transparent.has(name)) {
      skip();
      if (text.charAt(at) === "[") {
        const close = text.indexOf("]", at);
        if (close > 0 && close < to && name !== "underline") at = close + 1;
      }
      if (text.charAt(at) !== "{") {
        if (at >= to) fail("missing-argument", said`${full} needs an argument`, rangeOf(start, at));
        return at;
      }
      // A sum or difference keeps its braces: \boxed{a+b}c is (a+b)c. Only operators lose them, so that bounds can follow.
      if (name === "substack") this.special = { stacked: true };
      else if (name.startsWith("under") && name !== "underline") this.special = { script: "_" };
      else if (name.startsWith("over")) this.special = { script: "^" };
      else if (name.startsWith("math") || name === "ensuremath") this.strip = true;
      return at;
    }
    if (textCommands.has(name)) {
      skip();
      const a = argument();
      this.space = true;
      if (name === "textcircled" || name === "circled") put("text", `(${text.slice(a.from, a.to)})`, start, at, `(${text.slice(a.from, a.to)})`);
      else this.textArgument(text, a.from, a.to, start, at, place, depth, put);
      return at;
    }
    if (romanCommands.has(name)) {
      skip();
      // A long argument is no word; its braces are read as a group, and are not looked through twice.
      if (text.charAt(at) === "{" && closingBrace(text, at, Math.min(to, at + 400)) >= Math.min(to, at + 400) && to > at + 400) return at;
      const a = argument();
      const raw = text
        .slice(a.from, a.to)
        .replace(/\\[,;!:> ]|\\(limits|rm|thinspace)(?![A-Za-z])|[{}~\s]/g, "")
        .replace(/\\_/g, "_");
      if (isName(raw)) {
        const word = raw === "argmin" || raw === "argmax" ? raw : raw.replace(/\*$/, "");
        put(name === "mathit" && word.length === 1 ? "letter" : "word", word, start, at);
      } else {
        const inner = raw.replace(/^\\arg\\?(max|min)$/, "arg$1");
        if (isName(inner)) put("word", inner, start, at);
        else if (/^\d+$/.test(raw)) put("number", raw, start, at, numberValue(raw, Number(raw)));
        else if (a.braced) {
          put("symbol", "{", a.from - 1, a.from);
          this.run(text, a.from, a.to, place, depth + 1);
          put("symbol", "}", a.to, a.to + 1);
        } else this.run(text, a.from, a.to, place, depth + 1);
      }
      return at;
    }
    if (Object.hasOwn(switches, name)) {
      skip();
      if (switches[name] !== "") {
        put("command", `\\${switches[name]}`, start, at);
        return at;
      }
      let end = at;
      while (end < to && /[A-Za-z0-9.]/.test(text.charAt(end))) end++;
      if (end > at) this.word(text.slice(at, end), at, end, put);
      return end;
    }
    if (name === "begin" || name === "end") return this.environment(text, start, at, to, name, put, rangeOf);
    if (name === "left" || name === "right" || name === "middle") return this.delimiter(text, start, at, to, name, put, rangeOf);
    if (
      name === "newcommand" ||
      name === "renewcommand" ||
      name === "providecommand" ||
      name === "def" ||
      name === "DeclareMathOperator" ||
      name === "let"
    ) {
      const definition = readMacroDefinition(text, start, to);
      if (!definition) fail("missing-argument", said`${full} needs a name and a body`, rangeOf(start, at));
      if (definition.name) this.macros = new Map(this.macros).set(definition.name, definition.macro);
      return definition.end;
    }
    if (name === "underset" || name === "overset" || name === "stackrel" || name === "stackbin") {
      skip();
      const script = argument();
      skip();
      const base = argument();
      const before = this.tokens.length;
      this.run(text, base.from, base.to, place, depth + 1);
      const made = this.tokens.slice(before);
      const only = made.length === 1 ? (made[0] as LatexToken) : undefined;
      const note = text.slice(script.from, script.to);
      if (
        name !== "underset" &&
        only &&
        (only.kind === "symbol" || (only.kind === "command" && !/^\\[A-Za-z]*(alpha|beta|theta|lambda|mu|phi|psi|pi|rho|xi)$/i.test(only.text)))
      ) {
        if (only.text === "=" && /def|triangle|Delta|\bset\b|记|定义/.test(note)) {
          this.tokens.pop();
          put("symbol", ":=", start, at);
        }
        return at;
      }
      const mark = name === "underset" ? "_" : "^";
      put("symbol", mark, start, at);
      put("symbol", "{", start, at);
      this.run(text, script.from, script.to, place, depth + 1);
      put("symbol", "}", start, at);
      return at;
    }
    if (name === "not") {
      skip();
      const a = argument();
      const negated = text.slice(a.from, a.to);
      const sign = { "=": "\\neq", "\\in": "\\notin", "\\equiv": "\\nequiv", "<": "\\geq", ">": "\\leq" }[negated];
      put("command", sign ?? `\\not${negated.replace(/[^A-Za-z]/g, "")}`, start, at);
      return at;
    }
    const dots = dotCommands[name];
    if (dots) {
      if (name === "hdotsfor") at = readArgument(text, at, to).end;
      put("dots", full, start, at, dots);
      return at;
    }
    const other = spelling[name];
    if (other !== undefined) {
      if (other !== "") put(other === "\\\\" ? "row" : other.startsWith("\\") ? "command" : "symbol", other, start, at);
      return at;
    }
    if (name === "") fail("unexpected-end", "a backslash stands alone at the end", rangeOf(start, start + 1));
    if (name === "pmatrix" || name === "matrix" || name === "bmatrix" || name === "cases") {
      // Plain TeX: \pmatrix{1 & 2 \cr 3 & 4}
      skip();
      if (text.charAt(at) === "{") {
        const close = closingBrace(text, at, to);
        put("begin", name, start, at + 1);
        this.open.push({ type: "begin", name, range: rangeOf(start, at), chain: start });
        this.run(text, at + 1, close, place, depth + 1);
        this.open.pop();
        put("finish", name, close, close + 1);
        return close + 1;
      }
    }
    put("command", full, start, at);
    return at;
  }

  private expand(
    text: string,
    start: number,
    at: number,
    to: number,
    name: string,
    macro: Macro,
    depth: number,
    rangeOf: (s: number, e: number) => Range,
  ): number {
    const args: string[] = [];
    for (let i = 0; i < macro.args; i++) {
      let from = at;
      while (from < to && /\s/.test(text.charAt(from))) from++;
      const a = readArgument(text, from, to);
      if (a.from === a.end)
        fail("missing-argument", said`${name} takes ${macro.args > 1 ? `${macro.args} arguments` : "1 argument"}`, rangeOf(start, at));
      args.push(text.slice(a.from, a.to));
      at = a.end;
    }
    if (++this.expansions > 10_000 || depth > 32) fail("too-large", said`the macro ${name} unfolds without end`, rangeOf(start, at));
    const body = substitute(macro.body, args);
    if (body.length > 200_000) fail("too-large", said`the macro ${name} unfolds to more than 200,000 characters`, rangeOf(start, at));
    this.run(body, 0, body.length, rangeOf(start, at), depth + 1);
    return at;
  }

  private environment(
    text: string,
    start: number,
    from: number,
    to: number,
    command: string,
    put: Put,
    rangeOf: (s: number, e: number) => Range,
  ): number {
    const a = readArgument(text, from, to);
    if (text.charAt(from) !== "{" || a.open)
      fail("missing-argument", said`\\${command} needs the name of an environment in braces`, rangeOf(start, from));
    let at = a.end;
    const written = text.slice(a.from, a.to).trim();
    const name = written.replace(/\*$/, "");
    if (command === "end") {
      const top = this.open.pop();
      if (top === undefined) fail("unbalanced", said`\\end{${written}} closes nothing`, rangeOf(start, at), said`add \\begin{${written}}`);
      if (top.type !== "begin" && top.type !== "rows")
        fail("unbalanced", said`"${top.type === "left" ? `\\left${top.name}` : "{"}" is never closed`, top.range);
      if (top.name !== name)
        fail("unbalanced", said`\\begin{${top.name}} is closed by \\end{${written}}`, rangeOf(start, at), said`write \\end{${top.name}}`);
      if (top.type === "begin") put("finish", name, start, at);
      else if (this.tokens.at(-1)?.kind !== "row") put("row", "\\\\", start, at);
      return at;
    }
    if (this.open.length > 4 * MAX_DEPTH) fail("too-large", said`nested more than ${4 * MAX_DEPTH} levels deep`, rangeOf(start, at));
    const range = rangeOf(start, at);
    if (rowEnvironments.has(name)) {
      if (/^(x?alignat|alignedat)$/.test(name)) at = readArgument(text, at, to).end;
      const placement = /^\s*\[[tbc]\]/.exec(text.slice(at, at + 8));
      if (placement) at += placement[0].length;
      const nested = this.open.some((o) => o.type !== "rows");
      this.open.push({ type: nested ? "begin" : "rows", name, range, chain: start });
      if (nested) put("begin", name, start, at);
      else if (this.tokens.length > 0 && this.tokens.at(-1)?.kind !== "row" && !isRelationSign(this.tokens.at(-1) as LatexToken))
        put("row", "\\\\", start, at);
      return at;
    }
    if (!matrixEnvironments.has(name) && !casesEnvironments.has(name))
      fail(
        "unknown-environment",
        said`unknown environment "${written}"`,
        [range[0], range[1]],
        "matrices: matrix, pmatrix, bmatrix, vmatrix, array; rows: align, aligned, gather",
      );
    const option = /^\s*\[[^\]\n]{0,20}\]/.exec(text.slice(at, at + 24));
    if (option && (written.endsWith("*") || name === "array" || name === "tabular")) at += option[0].length;
    if (/^(array|tabular|subarray|darray|numcases|subnumcases)$/.test(name)) {
      while (at < to && /\s/.test(text.charAt(at))) at++;
      if (text.charAt(at) === "{") at = readArgument(text, at, to).end;
    } else if (casesEnvironments.has(name) === false) {
      const big = readLiteralMatrix(text, at, to, name);
      if (big) {
        const value: ArrayValue = { kind: "array", shape: [big.rows, big.columns], data: big.data };
        const literal: LiteralExpr = { kind: "literal", value, environment: name, range: rangeOf(start, big.end) };
        put("literal", name, start, big.end, literal);
        return big.end;
      }
    }
    this.open.push({ type: "begin", name, range, chain: start });
    put("begin", name, start, at);
    return at;
  }

  private delimiter(
    text: string,
    start: number,
    from: number,
    to: number,
    command: string,
    put: Put,
    rangeOf: (s: number, e: number) => Range,
  ): number {
    let at = from;
    while (at < to && /\s/.test(text.charAt(at))) at++;
    let sign = text.charAt(at);
    if (sign === "\\") {
      let end = at + 1;
      while (end < to && isLetter(text.charCodeAt(end))) end++;
      if (end === at + 1) end++;
      const name = text.slice(at + 1, end);
      sign = spelling[name] ?? `\\${name}`;
      if (/^[lr][vV]ert$/.test(name)) sign = name.endsWith("vert") ? "|" : "\\|";
      if (name === "lgroup" || name === "rgroup") sign = name === "lgroup" ? "(" : ")";
      at = end;
    } else if (at < to) {
      at++;
      sign = { "<": "\\langle", ">": "\\rangle", "‖": "\\|", "∥": "\\|", "∣": "|", "⟨": "\\langle", "⟩": "\\rangle" }[sign] ?? sign;
    } else sign = "";
    if (!/^([()[\]|./]|\\[{}|]|\\(langle|rangle|lfloor|rfloor|lceil|rceil|uparrow|downarrow|updownarrow|setminus|ulcorner|urcorner))$/.test(sign))
      fail("missing-argument", said`\\${command} needs a delimiter`, rangeOf(start, Math.max(from, at)), "write \\left. for none");
    const range = rangeOf(start, at);
    if (command === "middle") put("symbol", sign === "." ? "|" : sign, start, at, "middle");
    else if (command === "left") {
      // "\right. \\ \left." in the middle of a bracket broken over two lines is no bracket at all.
      const n = this.tokens.length;
      const row = this.tokens[n - 1]?.kind === "row" ? 1 : 0;
      const before = this.tokens[n - 1 - row];
      if (sign === "." && row === 1 && before?.kind === "right" && before.text === "." && this.halves.length > 0) {
        this.tokens.length = n - 1 - row;
        this.open.push(this.halves.pop() as Open);
        return at;
      }
      this.open.push({ type: "left", name: sign, range, chain: start });
      if (this.open.length > 4 * MAX_DEPTH) fail("too-large", said`nested more than ${4 * MAX_DEPTH} levels deep`, range);
      put("left", sign, start, at);
    } else {
      const top = this.open.pop();
      if (top === undefined) fail("unbalanced", said`"\\right${sign}" closes nothing`, range, "add \\left");
      if (top.type !== "left")
        fail("unbalanced", top.type === "{" || top.type === "strip" ? '"{" is never closed' : said`\\begin{${top.name}} is never closed`, top.range);
      this.halves = sign === "." ? [top] : [];
      put("right", sign, start, at);
    }
    return at;
  }

  /** The bracket whose `\right.` half has just been read. */
  private halves: Open[] = [];

  /** Fails at the innermost group that is still open. */
  checkClosed(text: string, to: number): void {
    const top = this.open.at(-1);
    if (!top) return;
    if (top.type === "{" || top.type === "strip")
      fail("unbalanced", '"{" is never closed', [Math.min(top.chain, top.range[0]), Math.max(top.range[1], Math.min(to, text.length))], 'add "}"');
    if (top.type === "left") fail("unbalanced", said`"\\left${top.name}" has no "\\right"`, top.range, "add \\right");
    fail("unbalanced", said`"\\begin{${top.name}}" has no "\\end{${top.name}}"`, top.range, said`add \\end{${top.name}}`);
  }
}

type Put = (kind: string, text: string, start: number, end: number, value?: unknown) => void;

const numberPattern = /(?:\d{1,3}(?:(?:\{,\}|\\,|,)\d{3})+(?!\d)|\d+)?(?:\.\d+)?(?:[eE][+-]?\d+(?![\d.]*[A-Za-z^_]))?/y;

const isDigit = (text: string, at: number): boolean => {
  const c = text.charCodeAt(at);
  return c >= 48 && c <= 57;
};
const isLetter = (c: number): boolean => (c >= 97 && c <= 122) || (c >= 65 && c <= 90);
const isCjk = (p: number): boolean => (p >= 0x2e80 && p <= 0x9fff && p !== 0x3000) || (p >= 0xac00 && p <= 0xd7af) || (p >= 0xf900 && p <= 0xfaff);
const isRelationSign = (t: LatexToken): boolean => t.kind === "symbol" && /^(=|:=|<|>)$/.test(t.text);

/** The value of a decimal number; exact unless it is absurdly long. */
export function numberValue(digits: string, value: number): NumberToken {
  if (/^\d{1,15}$/.test(digits)) return { value, exact: { num: BigInt(digits), den: 1n } };
  if (digits.length > 20_000 || Math.abs(Number(/[eE](.*)$/.exec(digits)?.[1] ?? 0)) > 5000) return { value };
  const exact = parseRational(digits);
  return exact ? { value, exact } : { value };
}
