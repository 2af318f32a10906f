// C#: rectangular and jagged array initialisers, collection expressions.

import type { Format } from "./format.js";
import { clike, parseClike, shading } from "./shared/clike.js";
import { nested, printer } from "./shared/print.js";

const dialect = clike({
  format: "csharp",
  suffix: /[fFdDmM]|[uU]?[lL]|[lL]?[uU]/y,
  separator: "_",
  arrays: "{",
  integerDivision: true,
  functions: shading(false),
});

export const csharp: Format = {
  name: "csharp",
  title: "C#",
  languages: ["csharp"],
  detect: (t) =>
    /\bnew\s*(?:\w+\s*)?\[[,\s]*\]\s*\{|\b(?:double|float|int|decimal)\[,+\]|\d[mM]\b/.test(t.slice(0, 4000)) ? 2 : /^\s*\{/.test(t) ? 1 : 0,
  parse: (t, options) => parseClike(t, dialect, options),
  print: printer({
    nan: "double.NaN",
    inf: "double.PositiveInfinity",
    negativeInf: "double.NegativeInfinity",
    imaginary: null,
    fraction: null,
    true: "true",
    false: "false",
    ...nested("{", "}"),
  }),
};
