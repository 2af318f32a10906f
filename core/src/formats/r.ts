// R: c(), matrix(), rbind(), printed vectors and grids, and expressions with %*%.

import type { Format } from "./format.js";
import { rDialect } from "./r/dialect.js";
import { RParser } from "./r/parser.js";
import { printedR } from "./r/printed.js";
import { contentRange } from "./shared/build.js";
import { parseCode } from "./shared/code.js";
import { straighten } from "./shared/lexer.js";
import { printer } from "./shared/print.js";

export const r: Format = {
  name: "r",
  title: "R",
  languages: ["r"],
  detect(t) {
    const head = t.slice(0, 4000);
    if (/\bmatrix\(\s*(?:c\(|\d+:\d+|data)|^\s*\[1,\]|\[,1\]|^\s*\[1\]\s|%\*%|%o%|<-|\b[rc]bind\(/m.test(head)) return 3;
    return /(?:^|[^\w.])c\(\s*-?[\d.]/.test(head) ? 2 : 0;
  },
  parse(t, options = {}) {
    contentRange(t);
    const plain = straighten(t).replace(/(^|\n)([>+] )/g, "$1  ");
    return printedR(plain) ?? parseCode(plain, rDialect, options, RParser, "{");
  },
  print: printer({
    nan: "NaN",
    inf: "Inf",
    imaginary: "i",
    fraction: "/",
    complex: (re, im) => `${re}${im.startsWith("-") ? "" : "+"}${im}i`,
    true: "TRUE",
    false: "FALSE",
    vector: (cells) => `c(${cells.join(", ")})`,
    matrix: (rows, inline) =>
      `matrix(c(${rows.map((row) => row.join(", ")).join(inline ? ", " : ",\n         ")}), nrow = ${rows.length}, byrow = TRUE)`,
  }),
};
