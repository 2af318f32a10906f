// Typst mathematics: mat(1, 2; 3, 4), vec(..), frac, sqrt, sums, attachments.

import type { Format } from "./format.js";
import { contentRange } from "./shared/build.js";
import { straighten } from "./shared/lexer.js";
import { printer } from "./shared/print.js";
import { parseWords } from "./shared/words.js";

export const typst: Format = {
  name: "typst",
  title: "Typst",
  languages: ["typst"],
  detect: (t) =>
    /\b(?:mat|vec|cases)\(|\bfrac\(|\b(?:sum|product|integral)_\(|\bdot\.op\b/.test(t.slice(0, 4000)) && !/\\|vec!/.test(t) && !/\bvec[234]\(/.test(t)
      ? /\bmat\(/.test(t)
        ? 3
        : 2
      : 0,
  parse(t, options = {}) {
    contentRange(t);
    const plain = straighten(t).replace(/[$&]/g, " ");
    contentRange(plain);
    return parseWords(plain, "typst", options);
  },
  print: printer({
    nan: '"NaN"',
    inf: "infinity",
    imaginary: "i",
    fraction: "/",
    true: "1",
    false: "0",
    vector: (cells) => `vec(${cells.join(", ")})`,
    matrix: (rows, inline) => `mat(${rows.map((r) => r.join(", ")).join(inline || rows.length === 1 ? "; " : ";\n    ")})`,
  }),
};
