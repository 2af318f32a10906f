// Rust: arrays, vec!, ndarray's array!, nalgebra's matrix!, and arithmetic.

import type { Format } from "./format.js";
import { clike, parseClike } from "./shared/clike.js";
import { shading } from "./shared/clikeWords.js";
import { nested, printer } from "./shared/print.js";

const dialect = clike({
  format: "rust",
  suffix: /_?(?:f32|f64|[iu](?:8|16|32|64|128|size))/y,
  separator: "_",
  quotes: '"',
  arrays: "[",
  integerDivision: true,
  functions: shading(false),
});

export const rust: Format = {
  name: "rust",
  title: "Rust",
  languages: ["rust"],
  detect: (t) =>
    /\b(?:vec|array|matrix|dmatrix|vector)!\s*[[(]|\d_?f(?:32|64)\b|\blet\s+(?:mut\s+)?\w+\s*:\s*[[&]|\[\d\w*;\s*\d+\]/.test(t.slice(0, 4000))
      ? 3
      : /^\s*\[/.test(t)
        ? 1
        : 0,
  parse: (t, options) => parseClike(t, dialect, options),
  print: printer({
    nan: "f64::NAN",
    inf: "f64::INFINITY",
    negativeInf: "f64::NEG_INFINITY",
    imaginary: "",
    complex: (re, im) => `Complex::new(${re}, ${im})`,
    fraction: null,
    point: ".0",
    true: "true",
    false: "false",
    ...nested("[", "]"),
  }),
};
