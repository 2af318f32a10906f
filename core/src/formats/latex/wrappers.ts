// Dollar signs, \( \), \[ \] and fences around formulas: which parts of a text are mathematics.

import { fail, type Range, said } from "../../expr/index.js";

/**
 * The ranges to read. A text without delimiters is one formula; with delimiters and prose around them, only the parts
 * between them are. Linear.
 */
export function mathSpans(text: string): readonly Range[] {
  if (!/[$`]|\\[([]/.test(text)) return [[0, text.length]];
  const fence = /^\s*(```+|~~~+)[ \t]*(?:math|latex|tex|\{math\})?[^\n]*\n/.exec(text);
  if (fence) {
    const close = text.lastIndexOf(fence[1] as string);
    const from = fence[0].length;
    return [[from, close > from ? close : text.length]];
  }
  const spans: Range[] = [];
  let outside = "";
  let at = 0;
  let from = 0;
  let open = "";
  while (at < text.length) {
    const c = text.charAt(at);
    if (c === "\\") {
      const pair = text.slice(at, at + 2);
      if (open === "" && (pair === "\\(" || pair === "\\[")) {
        outside += text.slice(from, at);
        open = pair === "\\(" ? "\\)" : "\\]";
        from = at + 2;
      } else if (open !== "" && pair === open) {
        spans.push([from, at]);
        open = "";
        from = at + 2;
      } else if (/^\\(text|textrm|mbox|textbf)\{/.test(text.slice(at, at + 9)) && open !== "") {
        // $ inside \text{...} belongs to it.
        const close = text.indexOf("}", at);
        at = close < 0 ? text.length : close;
        at++;
        continue;
      }
      at += 2;
    } else if (c === "$") {
      const sign = text.charAt(at + 1) === "$" ? "$$" : "$";
      if (open === "") {
        outside += text.slice(from, at);
        open = sign;
        at += sign.length;
        from = at;
      } else if (open === "$" || (open === "$$" && sign === "$$")) {
        spans.push([from, at]);
        at += open.length;
        from = at;
        open = "";
      } else at++;
    } else at++;
  }
  if (open !== "") {
    // A sign without its partner: the whole text is one formula, and the tokenizer drops the sign.
    if (spans.length === 0) {
      if (text.replace(/[$\s]/g, "") === "") return [[0, 0]];
      const at = open === "$" || open === "$$" ? from - open.length : from - 2;
      if (text.slice(0, at).trim() === "" || text.slice(from).trim() === "")
        fail("unbalanced", said`"${text.slice(at, from)}" has no partner`, [at, from], "close the formula with the same sign, or remove it");
      return [[0, text.length]];
    }
    spans.push([from, text.length]);
  } else outside += text.slice(from);
  if (spans.length === 0) return [[0, text.length]];
  // Formulas with operators between them, "$A$ + $B$": one formula.
  if (outside.trim() !== "" && /^[\s+\-*/=<>^_(){}\d.]+$/.test(outside)) return [[0, text.length]];
  return spans;
}
