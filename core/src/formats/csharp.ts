// C#: rectangular and jagged array initialisers, collection expressions.

import type { Format } from "./format.js";
import { clike, parseClike } from "./shared/clike.js";
import { shading } from "./shared/clikeWords.js";
import { nested, printer } from "./shared/print.js";

/** Math.Sqrt and its kin are the elementary functions with a capital. */
const csharpMath =
  "Sqrt Sin Cos Tan Exp Abs Floor Round Sinh Cosh Tanh Cbrt Sign Log10 Log2 Asin=arcsin Acos=arccos Atan=arctan Atan2 Ceiling=ceil Log=ln Truncate=trunc Max=maximum Min=minimum"
    .split(" ")
    .map((w): readonly [string, string] => {
      const [spelled, name] = w.split("=") as [string, string | undefined];
      return [spelled, name ?? spelled.toLowerCase()];
    });

const dialect = clike({
  format: "csharp",
  suffix: /[fFdDmM]|[uU]?[lL]|[lL]?[uU]/y,
  separator: "_",
  arrays: "{",
  integerDivision: true,
  functions: [...shading(false), ...csharpMath],
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
