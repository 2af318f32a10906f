// The shape every notation has: say whether a text is yours, read it, write a value in it.

import type { Expr, Range, Sentence, Statement, Value } from "../expr/index.js";

/** Names used in the batch command, settings and menus. */
export type FormatName =
  | "latex"
  | "python"
  | "matlab"
  | "julia"
  | "r"
  | "mathematica"
  | "maple"
  | "maxima"
  | "sage"
  | "json"
  | "csv"
  | "tsv"
  | "markdown"
  | "plain"
  | "c"
  | "cpp"
  | "java"
  | "go"
  | "csharp"
  | "glsl"
  | "fortran"
  | "rust"
  | "javascript"
  | "typescript"
  | "typst"
  | "eigen"
  | "matrixmarket"
  | "box";

export interface ParseOptions {
  /** Names known to be functions, so that f(x) is a call and not a product. */
  readonly functions?: ReadonlySet<string>;
  /** Names known to be defined above (LaTeX needs them to read ^T, i, e, accents and subscripts). */
  readonly defined?: ReadonlySet<string>;
  /** Names of the catalogue's routines: cur(A, 5) is then a call in mathematical notation, not a product of letters. */
  readonly routines?: ReadonlySet<string>;
  /** LaTeX macros: name with backslash -> replacement with #1..#9, and its number of arguments. */
  readonly macros?: ReadonlyMap<string, { readonly args: number; readonly body: string }>;
}

/** What was read: statements in order (definitions before the last expression), and remarks for the result line. */
export interface Parsed {
  readonly statements: readonly Statement[];
  readonly notes?: readonly Sentence[];
}

export interface PrintOptions {
  /** Significant digits of floating-point numbers; 17 keeps every bit. */
  readonly digits: number;
  /** Matrix environment or bracket to keep ("bmatrix"). */
  readonly environment?: string;
  /** One line, for a note; otherwise aligned columns on several lines. */
  readonly inline?: boolean;
}

export interface Format {
  readonly name: FormatName;
  readonly title: string;
  /** VS Code language ids that are written in this notation. */
  readonly languages: readonly string[];
  /** How surely a text is in this notation: 0 no, 1 it could be read, 2 likely, 3 unmistakable marks. Cheap, linear, never throws. */
  detect(text: string): 0 | 1 | 2 | 3;
  /** Reads the text; throws FormulaFailure with a range in it. Total: any text gives statements or a FormulaFailure. */
  parse(text: string, options?: ParseOptions): Parsed;
  /** Writes a value; null when this notation cannot hold it. */
  print?(value: Value, options: PrintOptions): string | null;
}

export type { Expr, Range, Statement, Value };
