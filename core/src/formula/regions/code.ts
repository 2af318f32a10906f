// Statements of code that may hold a matrix or a formula: one logical line each, brackets balanced. Linear.

import type { FormatName, Range } from "../../formats/index.js";
import type { Region } from "./region.js";

interface Syntax {
  readonly comment: readonly string[];
  /** Characters that open and close strings; a doubled one inside is fine. */
  readonly quotes: string;
  /** Statements also end at ";" (and not only at a line's end). */
  readonly semicolon: boolean;
  /** Brackets in which a line's end is no end. */
  readonly multiline: boolean;
}

const cLike: Syntax = { comment: ["//"], quotes: "\"'", semicolon: true, multiline: true };
const syntaxes: Readonly<Partial<Record<FormatName, Syntax>>> = {
  python: { comment: ["#"], quotes: "\"'", semicolon: true, multiline: true },
  sage: { comment: ["#"], quotes: "\"'", semicolon: true, multiline: true },
  matlab: { comment: ["%", "#"], quotes: '"', semicolon: true, multiline: true },
  julia: { comment: ["#"], quotes: '"', semicolon: true, multiline: true },
  r: { comment: ["#"], quotes: "\"'", semicolon: true, multiline: true },
  mathematica: { comment: [], quotes: '"', semicolon: true, multiline: true },
  maple: { comment: ["#"], quotes: '"', semicolon: true, multiline: true },
  maxima: { comment: [], quotes: '"', semicolon: true, multiline: true },
  fortran: { comment: ["!"], quotes: "\"'", semicolon: true, multiline: true },
  typst: { comment: ["//"], quotes: '"', semicolon: false, multiline: true },
};

const keywords =
  /^(import|from|def|class|if|elif|else|elseif|for|while|with|try|except|finally|raise|return|assert|del|global|lambda|pass|break|continue|end|function|using|module|export|include|library|require|switch|case|do|package|func|fn|use|namespace|public|private|protected|interface|enum|type|struct|print|disp|println|@)\b/;

/** Visits each statement that assigns or holds a bracket or an operator. Answers true when `visit` does. */
export function codeStatements(text: string, language: FormatName, from: number, to: number, visit: (region: Region) => boolean): boolean {
  const syntax = syntaxes[language] ?? cLike;
  let start = from;
  let depth = 0;
  let at = from;
  let stopped = false;
  const loops = loopsOf(text, language);
  const emit = (end: number): void => {
    if (stopped) return;
    let [a, b] = [start, end];
    while (a < b && /[\s;]/.test(text.charAt(a))) a++;
    while (b > a && /[\s;]/.test(text.charAt(b - 1))) b--;
    start = end;
    if (b - a < 2) return;
    const head = text.slice(a, Math.min(b, a + 60));
    loops.meet(a, head);
    if (keywords.test(head) || !/[[({=+\-*/\\'@]/.test(b - a > 4000 ? head : text.slice(a, b))) return;
    const range: Range = [a, b];
    const loop = loops.at(a);
    stopped = visit({ kind: "statement", language, range, content: range, ...(loop !== null && { loop }) });
  };
  while (at < to && !stopped) {
    const c = text.charAt(at);
    if (syntax.comment.some((m) => text.startsWith(m, at)) && !(language === "matlab" && c === "#" && depth > 0)) {
      const line = text.indexOf("\n", at);
      const stop = line < 0 || line > to ? to : line;
      if (depth === 0) {
        emit(at);
        start = stop;
        if (!stopped) stopped = mathInComment(text, at, stop, visit);
      }
      at = stop;
    } else if (syntax.quotes.includes(c)) at = stringEnd(text, at, to, c);
    else if (c === "[" || c === "(" || c === "{") {
      depth++;
      at++;
    } else if (c === "]" || c === ")" || c === "}") {
      depth = Math.max(0, depth - 1);
      at++;
    } else if (c === "\n" && depth === 0 && !/(\\|\.\.\.)[ \t]*\r?$/.test(text.slice(Math.max(start, at - 8), at))) {
      emit(at);
      at++;
    } else if (c === "\n" && depth > 0 && /^\s*\n/.test(text.slice(at + 1, at + 40)) && /^\s*\n\S+\s*=[^=]/.test(text.slice(at + 1, at + 120))) {
      // An unclosed bracket must not swallow the rest of the file.
      depth = 0;
      emit(at);
      at++;
    } else if (c === ";" && depth === 0 && syntax.semicolon) {
      emit(at);
      at++;
    } else at++;
  }
  emit(to);
  return stopped;
}

interface Loops {
  /** Told of every statement, in order. */
  meet(start: number, head: string): void;
  /** Where the outermost loop around a statement begins; null outside of loops. */
  at(start: number): number | null;
}

/** Keeps track of the loop a statement stands in: by indentation in Python, by `end` in MATLAB and Julia. */
function loopsOf(text: string, language: FormatName): Loops {
  const byIndent = language === "python" || language === "sage";
  const byEnd = language === "matlab" || language === "julia";
  let loop: { readonly start: number; readonly indent: number } | null = null;
  let depth = 0;
  const indentOf = (start: number): number => start - (text.lastIndexOf("\n", start - 1) + 1);
  return {
    meet(start, head) {
      if (byIndent) {
        const indent = indentOf(start);
        if (loop && indent <= loop.indent) loop = null;
        if (!loop && /^(?:async[ \t]+for|for|while)\b/.test(head)) loop = { start, indent };
      } else if (byEnd) {
        if (loop && /^(?:for|while|if|switch|try|begin|let|do)\b/.test(head)) depth++;
        else if (!loop && /^(?:for|while|parfor)\b/.test(head)) [loop, depth] = [{ start, indent: 0 }, 1];
        else if (loop && /^end(?:for|while|if)?\b/.test(head) && --depth === 0) loop = null;
      }
    },
    at: (start) => (loop && loop.start !== start ? loop.start : null),
  };
}

function stringEnd(text: string, at: number, to: number, quote: string): number {
  if (text.startsWith(quote.repeat(3), at)) {
    const close = text.indexOf(quote.repeat(3), at + 3);
    return close < 0 || close > to ? to : close + 3;
  }
  for (let i = at + 1; i < to; i++) {
    const c = text.charAt(i);
    if (c === "\\") i++;
    else if (c === quote) return i + 1;
    else if (c === "\n") return at + 1;
  }
  return to;
}

/** $...$ in a comment is LaTeX. */
function mathInComment(text: string, from: number, to: number, visit: (region: Region) => boolean): boolean {
  let open = text.indexOf("$", from);
  while (open >= 0 && open < to) {
    const close = text.indexOf("$", open + 1);
    if (close < 0 || close >= to) return false;
    if (
      close > open + 1 &&
      !/\s/.test(text.charAt(open + 1)) &&
      visit({ kind: "inline", language: "latex", range: [open, close + 1], content: [open + 1, close] })
    )
      return true;
    open = text.indexOf("$", close + 1);
  }
  return false;
}

/** The smallest bracketed literal around a place, with the name it is called by: np.array([[1, 2]]) around its entries. */
export function literalAround(text: string, language: FormatName, from: number, to: number, offset: number): Region | null {
  const stack: number[] = [];
  let best: Range | null = null;
  for (let i = from; i < to; i++) {
    const c = text.charAt(i);
    if (c === "[" || c === "(" || c === "{") stack.push(i);
    else if (c === "]" || c === ")" || c === "}") {
      const open = stack.pop();
      if (open === undefined || open > offset || i + 1 < offset) continue;
      // The outermost bracket that holds only data, or the call around it.
      let a = open;
      while (a > from && /[\w.:!]/.test(text.charAt(a - 1))) a--;
      if (best === null || /^[[{]/.test(text.charAt(best[0])) || a === open) best = [a, i + 1];
    }
  }
  return best && { kind: "statement", language, range: best, content: best };
}
