// Formulas in Markdown and TeX: $..$, $$..$$, \(..\), \[..\], environments, fences, tables. One pass, linear.

import type { FormatName, Range } from "../../formats/index.js";
import { codeStatements } from "./code.js";
import { notationOfFence, type Region } from "./region.js";

/** Environments that are formulas by themselves. */
const environments =
  /^(equation|align|alignat|flalign|gather|multline|eqnarray|math|displaymath|split|aligned|gathered|cases|dcases|[pbBvV]?matrix|smallmatrix|array|dmath)\*?$/;
const verbatim = /^(verbatim|lstlisting|minted|comment|filecontents)\*?$/;

/** Told each region in order; answers true to stop. */
export type Visit = (region: Region) => boolean;

/**
 * Scans from `from`, which must lie outside every region, to the end. `tex` turns on % comments and the looser dollar
 * rules of TeX; Markdown has code spans, fences and tables instead.
 */
export function scanProse(text: string, tex: boolean, from: number, visit: Visit): void {
  // A closing sign that was not found once is not found later either.
  const missing = new Set<string>();
  const find = (sign: string, at: number): number => {
    if (missing.has(sign)) return -1;
    const i = text.indexOf(sign, at);
    if (i < 0) missing.add(sign);
    return i;
  };
  const latex = (kind: Region["kind"], range: Range, content: Range): boolean =>
    text.slice(content[0], content[1]).trim() !== "" && visit({ kind, language: "latex", range, content });
  let at = from;
  /** Until here are rows of a table whose cells are read one by one. */
  let cells = from;
  while (at < text.length) {
    const c = text.charCodeAt(at);
    if (c === 92) {
      const next = text.charAt(at + 1);
      if (next === "(" || next === "[") {
        const close = find(next === "(" ? "\\)" : "\\]", at + 2);
        if (close > 0) {
          if (latex(next === "(" ? "inline" : "display", [at, close + 2], [at + 2, close])) return;
          at = close + 2;
          continue;
        }
      } else if (next === "b" && text.startsWith("\\begin{", at)) {
        const brace = text.indexOf("}", at);
        const name = brace > 0 && brace - at < 40 ? text.slice(at + 7, brace) : "";
        if (environments.test(name) || verbatim.test(name)) {
          const end = `\\end{${name}}`;
          const close = find(end, brace);
          if (close > 0) {
            const range: Range = [at, close + end.length];
            if (environments.test(name) && latex("environment", range, range)) return;
            at = range[1];
            continue;
          }
        }
      }
      at += 2;
    } else if (c === 36) {
      if (text.charCodeAt(at + 1) === 36) {
        const close = find("$$", at + 2);
        if (close > 0) {
          if (latex("display", [at, close + 2], [at + 2, close])) return;
          at = close + 2;
        } else at += 2;
        continue;
      }
      const close = inlineEnd(text, at + 1, tex);
      if (close > 0) {
        if (latex("inline", [at, close + 1], [at + 1, close])) return;
        at = close + 1;
      } else at++;
    } else if (tex && c === 37) {
      const line = text.indexOf("\n", at);
      at = line < 0 ? text.length : line;
    } else if (!tex && (c === 96 || c === 126)) {
      const fence = lineStart(text, at) ? /^(`{3,}|~{3,})([^\n`]*)\n/.exec(text.slice(at, at + 200)) : null;
      if (fence) {
        const mark = fence[1] as string;
        const body = at + fence[0].length;
        const close = fenceEnd(text, body, mark);
        const end = close < 0 ? text.length : close;
        if (fenced(text, fence[2] as string, [at, Math.min(text.length, end + mark.length)], [body, end], visit)) return;
        at = Math.min(text.length, end + mark.length);
        continue;
      }
      // A code span: as many backticks as it began with.
      let n = 1;
      while (text.charCodeAt(at + n) === c) n++;
      const close = c === 96 ? find("`".repeat(n), at + n) : -1;
      at = close > 0 && !/\n\r?\n/.test(text.slice(at + n, close)) ? close + n : at + n;
    } else if (!tex && c === 124 && lineStart(text, at)) {
      const end = at < cells ? -1 : tableEnd(text, at);
      if (end > 0 && /\$[^\s$|][^$|\n]*\$/.test(text.slice(at, end))) {
        // Formulas in its cells: they are what can be read.
        cells = end;
        at++;
      } else if (end > 0) {
        if (visit({ kind: "table", language: "markdown", range: [at, end], content: [at, end] })) return;
        at = end;
      } else at++;
    } else at++;
  }
}

/** Nothing but blanks and quote marks before it on its line. */
function lineStart(text: string, at: number): boolean {
  let i = at - 1;
  while (i >= 0 && at - i < 20 && (text.charAt(i) === " " || text.charAt(i) === ">" || text.charAt(i) === "\t")) i--;
  return i < 0 || text.charAt(i) === "\n";
}

/** The closing dollar of inline mathematics: on the same paragraph; in Markdown not after a space and not before a digit. */
function inlineEnd(text: string, from: number, tex: boolean): number {
  if (!tex && /\s/.test(text.charAt(from))) return -1;
  for (let i = from; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 92) i++;
    else if (c === 96 && !tex) return -1;
    else if (c === 10 && /^[ \t\r]*\n/.test(text.slice(i + 1, i + 80))) return -1;
    else if (c === 36) {
      if (i === from || text.charCodeAt(i + 1) === 36) return -1;
      return tex || (!/\s/.test(text.charAt(i - 1)) && !/\d/.test(text.charAt(i + 1))) ? i : -1;
    }
  }
  return -1;
}

function fenceEnd(text: string, from: number, mark: string): number {
  for (let at = from; at <= text.length; ) {
    const line = text.slice(at, at + mark.length + 20).trimStart();
    if (line.startsWith(mark)) return text.indexOf(mark, at);
    const next = text.indexOf("\n", at);
    if (next < 0) return -1;
    at = next + 1;
  }
  return -1;
}

function fenced(text: string, info: string, range: Range, content: Range, visit: Visit): boolean {
  const language: FormatName | undefined = notationOfFence(info.trim());
  if (language === undefined || content[1] <= content[0]) return false;
  if (/^(latex|csv|tsv|json|plain|matrixmarket|markdown|box)$/.test(language)) return visit({ kind: "fence", language, range, content });
  return codeStatements(text, language, content[0], content[1], visit);
}

/** The end of a Markdown table that begins here: a header, a separator row, rows. */
function tableEnd(text: string, at: number): number {
  const first = text.indexOf("\n", at);
  if (first < 0 || !/^[ \t>]*\|?[ \t]*:?-{2,}[-:| \t]*\r?(\n|$)/.test(text.slice(first + 1, first + 500))) return -1;
  let end = first;
  for (let line = first + 1; line < text.length; ) {
    const next = text.indexOf("\n", line);
    const stop = next < 0 ? text.length : next;
    if (!/^[ \t>]*\|/.test(text.slice(line, line + 40))) break;
    end = text.charAt(stop - 1) === "\r" ? stop - 1 : stop;
    line = stop + 1;
  }
  return end;
}
