// JavaScript: nested and typed arrays, BigInt, Math, and arithmetic.

import type { Format } from "./format.js";
import { clike, parseClike } from "./shared/clike.js";
import { nested, printer } from "./shared/print.js";

export const dialectOf = (format: "javascript" | "typescript") =>
  clike({
    format,
    suffix: /n/y,
    separator: "_",
    quotes: "\"'`",
    arrays: "[",
    newlines: true,
    power: true,
    functions: [
      ["log", "ln"],
      ["length", "numel"],
    ],
  });
const dialect = dialectOf("javascript");

export const printJavascript = printer({
  nan: "NaN",
  inf: "Infinity",
  imaginary: null,
  fraction: null,
  true: "true",
  false: "false",
  ...nested("[", "]"),
});
export const detectJavascript = (t: string): 0 | 1 | 2 | 3 =>
  /\bnew\s+(?:Float|Int|Uint|BigInt|BigUint)\d+(?:Clamped)?Array\b|\bMath\.\w+|\b(?:const|let|var)\s+\w+\s*=/.test(t.slice(0, 4000))
    ? 3
    : /^\s*\[|\d+n\b/.test(t)
      ? 1
      : 0;

export const javascript: Format = {
  name: "javascript",
  title: "JavaScript",
  languages: ["javascript", "javascriptreact"],
  detect: detectJavascript,
  parse: (t, options) => parseClike(t, dialect, options),
  print: printJavascript,
};
