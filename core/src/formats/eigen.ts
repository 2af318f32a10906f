// Eigen: what std::cout << A prints, and the comma initialiser that fills a matrix. OpenCV's Mat_ is filled the same way.

import type { Value } from "../expr/index.js";
import { cppDialect } from "./cpp.js";
import type { Format, PrintOptions } from "./format.js";
import { contentRange, truncationHint } from "./shared/build.js";
import { parseClike } from "./shared/clike.js";
import { aligned, arrayCells, inRows, type NumberSpelling, printer } from "./shared/print.js";
import { linesOf, readTable, scanGrid, splitBlanks } from "./shared/table.js";

const spelling: NumberSpelling = {
  nan: "NAN",
  inf: "INFINITY",
  imaginary: "",
  fraction: null,
  complex: (re, im) => `std::complex<double>(${re}, ${im})`,
  true: "true",
  false: "false",
};
const scalar = printer({ ...spelling, vector: () => "", matrix: () => "" });

export const eigen: Format = {
  name: "eigen",
  title: "Eigen",
  languages: [],
  detect: (t) => (/\w\s*<<\s*-?[\d.]/.test(t.slice(0, 4000)) ? 2 : 0),
  parse(t, options = {}) {
    contentRange(t);
    if (t.includes("<<")) return parseClike(t, cppDialect, options);
    const plain = t.replace(/[[\];,]/g, " ");
    return (
      (t.length > 20_000 && scanGrid(plain, " ")) ||
      readTable(
        [...linesOf(plain)].map((l) => splitBlanks(l.text, l.start)).map((cells) => joinPairs(cells)),
        { hint: truncationHint("other") },
      )
    );
  },
  print(value: Value, options: PrintOptions) {
    if (value.kind !== "array") return value.kind === "list" || value.kind === "string" ? null : scalar(value, options);
    const cells = arrayCells(value, options.digits, spelling);
    if (!cells || value.shape.length > 2 || cells.length === 0) return null;
    const [rows, columns] = [value.shape[0] as number, value.shape[1] ?? 1];
    const type = `Eigen::MatrixX${value.imag ? "cd" : "d"}`;
    const grid = inRows(cells, columns);
    const body = (options.inline ? grid : aligned(grid)).map((r) => r.join(", ")).join(options.inline ? ", " : ",\n     ");
    return `${type} A(${rows}, ${columns});${options.inline ? " " : "\n"}A << ${body};`;
  },
};

/** (1,2) is one complex entry: its comma was a blank to the splitter. */
function joinPairs(cells: ReturnType<typeof splitBlanks>): ReturnType<typeof splitBlanks> {
  const out: ReturnType<typeof splitBlanks> = [];
  for (let i = 0; i < cells.length; i++) {
    const c = cells[i] as (typeof cells)[number];
    const d = cells[i + 1];
    if (c.text.startsWith("(") && d?.text.endsWith(")")) {
      const im = d.text.slice(0, -1);
      out.push({ text: `${c.text.slice(1)}${/^[+-]/.test(im) ? "" : "+"}${im}i`, range: [c.range[0], d.range[1]] });
      i++;
    } else out.push(c);
  }
  return out;
}
