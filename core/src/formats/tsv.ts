// Tab-separated values, as spreadsheets copy them.

import { readSeparated } from "./csv.js";
import type { Format } from "./format.js";
import { lines, printer } from "./shared/print.js";

export const tsv: Format = {
  name: "tsv",
  title: "TSV",
  languages: ["tsv"],
  detect: (t) => (/^[^\t\n]*\t[^\n]*(?:\n|$)/.test(t) && /\d/.test(t.slice(0, 5000)) && !/[[{(;]/.test(t.slice(0, 500)) ? 2 : 0),
  parse: (t) => readSeparated(t, "\t"),
  print: printer({ nan: "NaN", inf: "Inf", imaginary: "i", fraction: "/", ...lines("\t") }),
};
