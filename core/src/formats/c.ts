// C: brace initialisers with suffixes, hexadecimal and octal numbers, and arithmetic with integer division.

import type { Format } from "./format.js";
import { clike, parseClike } from "./shared/clike.js";
import { nested, printer } from "./shared/print.js";

export const cDialect = clike({
  format: "c",
  suffix: /[fF]|[uU]?[lL]{1,2}[uU]?|[uU]|f(?:16|32|64)/y,
  imaginary: /[ij]/y,
  octal: true,
  arrays: "{",
  integerDivision: true,
  constants: [["I", (range) => ({ kind: "number", value: 1, exact: { num: 1n, den: 1n }, imaginary: true, range })]],
});

export const c: Format = {
  name: "c",
  title: "C",
  languages: ["c", "objective-c", "cuda-cpp"],
  detect(t) {
    const head = t.slice(0, 4000);
    if (/\b(?:double|float|int|long|unsigned|char|short|u?int\d+_t)\b[\w\s*]*\[[^\]]*\][^=;{]*=\s*\{/.test(head)) return 3;
    return /^\s*\{/.test(head) ? 1 : /\d[fFuUlL]\b|^[\d\s+\-*/%().]+$|=\s*\{/.test(head) ? 1 : 0;
  },
  parse: (t, options) => parseClike(t, cDialect, options),
  print: printer({
    nan: "NAN",
    inf: "INFINITY",
    imaginary: "*I",
    fraction: null,
    complex: (re, im) => `${re}${im.startsWith("-") ? "" : "+"}${im}*I`,
    true: "1",
    false: "0",
    ...nested("{", "}"),
  }),
};
