// JavaScript: nested and typed arrays, BigInt, Math, and arithmetic.

import { fail } from "../expr/index.js";
import type { Format } from "./format.js";
import { call } from "./shared/build.js";
import { clike, parseClike } from "./shared/clike.js";
import type { Builder } from "./shared/dialect.js";
import { nested, printer } from "./shared/print.js";

/** x.map(f), x.filter(f), x.reduce(f, start). */
const overArray =
  (name: string): Builder =>
  (a) => {
    const [array, f, ...rest] = a.args;
    if (!array || !f) return fail("missing-argument", "a function and what to apply it to are needed", a.range);
    return call(name, [f, array, ...rest], a.range, a.nameRange);
  };

export const dialectOf = (format: "javascript" | "typescript") =>
  clike({
    format,
    suffix: /n/y,
    separator: "_",
    quotes: "\"'`",
    arrays: "[",
    newlines: true,
    power: true,
    arrow: "=>",
    functions: [
      ["map", overArray("mapped")],
      ["filter", overArray("filtered")],
      ["reduce", overArray("folded")],
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
