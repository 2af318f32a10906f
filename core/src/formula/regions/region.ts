// A region: the part of a document that is one formula, one literal or one table.

import type { Range } from "../../expr/index.js";
import { type FormatName, formats } from "../../formats/index.js";

export interface Region {
  readonly kind: "inline" | "display" | "environment" | "fence" | "statement" | "table" | "block";
  readonly language: FormatName;
  /** With its delimiters. */
  readonly range: Range;
  /** Without them. */
  readonly content: Range;
  /** Where the outermost loop around it begins: what is assigned there has another value below the loop. */
  readonly loop?: number;
}

/** How the documents of an editor language hold formulas. */
export type Layout = "prose" | "tex" | "code" | "table" | "none";

const byLanguage = new Map<string, FormatName>();
for (const f of formats) for (const id of f.languages) if (!byLanguage.has(id)) byLanguage.set(id, f.name);

const prose = new Set(["markdown", "restructuredtext", "asciidoc", "quarto", "rmd", "mdx", "html", "plaintext", "git-commit"]);
const tex = new Set(["latex", "tex", "context", "doctex", "rsweave"]);
const none = new Set(["bibtex", "biblatex", "bib", "log", "binary", "diff"]);

/** Where formulas are found in documents of this editor language. */
export function layoutOf(languageId: string): Layout {
  if (none.has(languageId)) return "none";
  if (tex.has(languageId)) return "tex";
  if (prose.has(languageId)) return "prose";
  const format = byLanguage.get(languageId);
  if (format === "csv" || format === "tsv" || format === "matrixmarket") return "table";
  return format ? "code" : "prose";
}

/** The notation written in documents of this editor language; LaTeX in prose. */
export const notationOf = (languageId: string): FormatName =>
  /^(prose|tex)$/.test(layoutOf(languageId)) ? "latex" : (byLanguage.get(languageId) ?? "latex");

/** The notation a fenced block names (```python), if it is one. */
export function notationOfFence(info: string): FormatName | undefined {
  const name = /^[{.]*\s*([\w+#-]+)/.exec(info)?.[1]?.toLowerCase();
  if (name === undefined) return undefined;
  if (/^(math|latex|tex|katex|mathjax|asciimath)$/.test(name)) return "latex";
  const alias = {
    py: "python",
    ipython: "python",
    python3: "python",
    pycon: "python",
    octave: "matlab",
    m: "matlab",
    jl: "julia",
    js: "javascript",
    ts: "typescript",
    "c++": "cpp",
    rs: "rust",
    wl: "mathematica",
  }[name];
  return byLanguage.get(alias ?? name) ?? formats.find((f) => f.name === (alias ?? name))?.name;
}
