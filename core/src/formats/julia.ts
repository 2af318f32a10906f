// Julia: vectors and matrices by rows, rationals, complex numbers, broadcasting dots, what the REPL prints, and expressions.

import type { Format } from "./format.js";
import { juliaDialect } from "./julia/dialect.js";
import { JuliaParser } from "./julia/parser.js";
import { contentRange } from "./shared/build.js";
import { parseCode } from "./shared/code.js";
import { straighten } from "./shared/lexer.js";
import { bracketedRows, printer } from "./shared/print.js";
import { printedMatrix } from "./shared/rows.js";

export const julia: Format = {
  name: "julia",
  title: "Julia",
  languages: ["julia"],
  detect(t) {
    if (/\b(?:Matrix|Vector|Array)\{|\d+-element |\d+[×x]\d+ (?:Matrix|Array|Adjoint|Transpose|Diagonal)|julia>|;;/.test(t.slice(0, 4000))) return 3;
    if (/\d\/\/\d|\dim\b|\b(?:Float(?:16|32|64)|U?Int\d*|Rational|ComplexF64|Bool)\[/.test(t.slice(0, 4000)) && !/\/\/ /.test(t)) return 2;
    return /\[|[\w)]\s*[\\*'+^-]/.test(t.slice(0, 4000)) ? 1 : 0;
  },
  parse(t, options = {}) {
    contentRange(t);
    const plain = straighten(t).replace(/(^|\n)([ \t]*julia> ?)/g, (_m, line: string, prompt: string) => line + " ".repeat(prompt.length));
    if (/^\s*(?:\d+[×x]\d+|\d+-element)\s/.test(plain) || !/[[\](){}]/.test(plain.slice(0, 5000))) {
      const printed = printedMatrix(plain, juliaDialect.truncationHint);
      if (printed) return printed;
    }
    return parseCode(plain, juliaDialect, options, JuliaParser, "[");
  },
  print: printer({
    nan: "NaN",
    inf: "Inf",
    imaginary: "im",
    fraction: "//",
    point: ".0",
    ...bracketedRows("[", "]", " ", "; "),
    vector: (cells) => `[${cells.join(", ")}]`,
    true: "true",
    false: "false",
  }),
};
