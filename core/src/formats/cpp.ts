// C++: initialisers, std::vector, std::array, glm, and Eigen and OpenCV matrices filled with <<.

import type { Format } from "./format.js";
import { clike, parseClike } from "./shared/clike.js";
import { shading } from "./shared/clikeWords.js";
import { nested, printer } from "./shared/print.js";

export const cppDialect = clike({
  format: "cpp",
  suffix: /[fF]|[uU]?[lLzZ]{1,2}[uU]?|[uU]|f(?:16|32|64)/y,
  imaginary: /i/y,
  separator: "'",
  octal: true,
  arrays: "{",
  integerDivision: true,
  roundIndex: true,
  functions: shading(true),
});

export const cpp: Format = {
  name: "cpp",
  title: "C++",
  languages: ["cpp"],
  detect(t) {
    const head = t.slice(0, 4000);
    if (/\bstd::|\bglm::|\bEigen::|\bcv::|\bvector<|\barray<[^>]*,\s*\d+>|<<\s*-?[\d.]+\s*,/.test(head)) return 3;
    return /\d'\d{3}\b|^\s*\{|\{\s*-?[\d.{]/.test(head) ? 1 : 0;
  },
  parse: (t, options) => parseClike(t, cppDialect, options),
  print: printer({
    nan: "NAN",
    inf: "INFINITY",
    imaginary: "",
    complex: (re, im) => `std::complex<double>(${re}, ${im})`,
    fraction: null,
    true: "true",
    false: "false",
    ...nested("{", "}"),
  }),
};
