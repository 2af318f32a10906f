// LaTeX mathematics: the notation of Markdown, TeX and notebooks.

import { fail, type Range, said } from "../expr/index.js";
import type { Format, Parsed, ParseOptions } from "./format.js";
import { printValue } from "./latex/printValue.js";
import { readStatements } from "./latex/statements.js";
import { tokenizeLatex } from "./latex/tokens.js";
import { mathSpans } from "./latex/wrappers.js";

export { type Macro, type Macros, macrosOf } from "./latex/macros.js";
export { printExpr as printLatex, printStatement as printLatexStatement } from "./latex/printExpr.js";

const none: ReadonlySet<string> = new Set();

export const latex: Format = {
  name: "latex",
  title: "LaTeX",
  languages: ["latex", "tex", "markdown", "restructuredtext", "asciidoc", "quarto", "rmd"],
  detect(text) {
    const head = text.slice(0, 20_000);
    if (
      /\\(begin\s*\{|frac|dfrac|sqrt|sum|int|prod|lim|left|mathbf|mathrm|mathbb|boldsymbol|operatorname|cdot|times|lambda|alpha|top\b)/.test(head) ||
      (/^\s*\$[^$]+\$\s*$/.test(head) && !(/\b(?:mat|vec|frac|cases)\(/.test(head) && !head.includes("\\"))) ||
      /^\s*(\$\$|\\\[|\\\()/.test(head)
    )
      return 3;
    if (/\\[A-Za-z]{2,}/.test(head) || /[\^_]\{/.test(head)) return 2;
    return /^[\s\w+\-*/^=().,!<>|{}[\]'×÷·−]+$/.test(head) && /[\w)]/.test(head) ? 1 : 0;
  },
  parse(text: string, options: ParseOptions = {}): Parsed {
    const hidden = text.search(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/);
    if (hidden >= 0)
      fail(
        "unexpected-token",
        said`the invisible character U+${text.charCodeAt(hidden).toString(16).toUpperCase()} turns the direction of what is shown`,
        [hidden, hidden + 1],
        "remove it: what one sees is not what is computed",
      );
    const spans: readonly Range[] = mathSpans(text);
    if (proseOnly(text, spans))
      fail("not-a-formula", "this reads as prose, not as a formula", [0, text.length], "put the formula in $...$ or select it alone");
    const { tokens, macros } = tokenizeLatex(text, spans, options.macros);
    const { statements, notes } = readStatements(
      text,
      tokens,
      options.functions ?? none,
      options.defined ?? none,
      options.routines ?? none,
      macros !== options.macros && macros.size > 0,
    );
    return notes.length > 0 ? { statements, notes } : { statements };
  },
  print: printValue,
};

/** Several plain words in a row and no sign of mathematics. */
const proseOnly = (text: string, spans: readonly Range[]): boolean =>
  spans.length === 1 &&
  text.length < 100_000 &&
  !/[\\^_=+*/<>|{}&$\d]/.test(text) &&
  /(?:^|\s)[A-Za-z]{2,}[,.;:!?]?\s+[A-Za-z]{2,}(?:[\s,.;:!?]|$)/.test(text) &&
  /[A-Za-z]{3}/.test(text);
