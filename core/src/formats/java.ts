// Java: array initialisers with their types.

import type { Format } from "./format.js";
import { clike, parseClike } from "./shared/clike.js";
import { nested, printer } from "./shared/print.js";

const dialect = clike({ format: "java", suffix: /[fFdDlL]/y, separator: "_", octal: true, arrays: "{", integerDivision: true });

export const java: Format = {
  name: "java",
  title: "Java",
  languages: ["java", "kotlin", "groovy", "scala"],
  detect: (t) =>
    /\bnew\s+\w+\s*(?:\[\s*\])+\s*\{|\b(?:double|float|int|long)(?:\[\])+\s+\w+\s*=|\bList\.of\(|\bArrays\.asList\(/.test(t.slice(0, 4000))
      ? 3
      : /^\s*\{/.test(t)
        ? 1
        : 0,
  parse: (t, options) => parseClike(t, dialect, options),
  print: printer({
    nan: "Double.NaN",
    inf: "Double.POSITIVE_INFINITY",
    negativeInf: "Double.NEGATIVE_INFINITY",
    imaginary: null,
    fraction: null,
    true: "true",
    false: "false",
    ...nested("{", "}"),
  }),
};
