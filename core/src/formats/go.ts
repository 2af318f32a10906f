// Go: slices and arrays with their types in front.

import type { Value } from "../expr/index.js";
import type { Format, PrintOptions } from "./format.js";
import { clike, parseClike } from "./shared/clike.js";
import { binaryOf } from "./shared/names.js";
import { nested, printer } from "./shared/print.js";

const capitals = "Sqrt Sin Cos Tan Exp Abs Floor Ceil Round Asin Acos Atan Sinh Cosh Tanh Cbrt Hypot Atan2".split(" ");
const dialect = clike({
  format: "go",
  imaginary: /i/y,
  separator: "_",
  octal: true,
  arrays: "{",
  newlines: true,
  integerDivision: true,
  functions: [
    ...capitals.map((n) => [n, { Asin: "arcsin", Acos: "arccos", Atan: "arctan" }[n] ?? n.toLowerCase()] as const),
    ["Log", "ln"],
    ["Log2", "log2"],
    ["Log10", "log10"],
    ["Pow", binaryOf("elementpower")],
    ["Mod", "rem"],
    ["Max", "maximum"],
    ["Min", "minimum"],
    ["NaN", () => ({ kind: "number", value: Number.NaN, range: [0, 0] })],
    ["Inf", (a) => ({ kind: "number", value: a.args[0]?.kind === "unary" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY, range: a.range })],
    [
      "NewDense",
      (a) =>
        a.args.length === 3
          ? {
              kind: "call",
              name: "reshape",
              nameRange: a.nameRange,
              args: [a.args[2] as never, a.args[0] as never, a.args[1] as never],
              range: a.range,
            }
          : (a.args[0] as never),
    ],
  ],
});

const list = printer({
  nan: "math.NaN()",
  inf: "math.Inf(1)",
  negativeInf: "math.Inf(-1)",
  imaginary: "i",
  fraction: null,
  true: "true",
  false: "false",
  ...nested("{", "}"),
});

export const go: Format = {
  name: "go",
  title: "Go",
  languages: ["go"],
  detect: (t) => (/(?:\[(?:\d*|\.\.\.)\])+(?:float(?:32|64)|u?int\d*|complex\d+)\s*\{/.test(t.slice(0, 4000)) ? 3 : 0),
  parse: (t, options) => parseClike(t, dialect, options),
  print(value: Value, options: PrintOptions) {
    const body = list(value, options);
    if (body === null || value.kind !== "array") return body;
    return `${"[]".repeat(value.shape.length)}${value.imag ? "complex128" : "float64"}${body}`;
  },
};
