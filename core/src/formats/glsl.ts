// GLSL: vectors and matrices whose entries are given column by column.

import type { Value } from "../expr/index.js";
import type { Format, PrintOptions } from "./format.js";
import { clike, parseClike } from "./shared/clike.js";
import { shading } from "./shared/clikeWords.js";
import { arrayCells, type NumberSpelling, printer } from "./shared/print.js";

const dialect = clike({ format: "glsl", suffix: /lf|LF|[fFuU]/y, octal: true, arrays: "{", integerDivision: true, functions: shading(true) });
const spelling: NumberSpelling = { nan: null, inf: null, imaginary: null, fraction: null, point: ".0", true: "true", false: "false" };
const scalar = printer({ ...spelling, vector: () => "", matrix: () => "" });

export const glsl: Format = {
  name: "glsl",
  title: "GLSL",
  languages: ["glsl", "hlsl", "wgsl", "shaderlab"],
  detect: (t) => (/\b[div]?(?:vec[234]|mat[234](?:x[234])?)\s*\(/.test(t.slice(0, 4000)) && !/glm::/.test(t) ? 2 : 0),
  parse: (t, options) => parseClike(t, dialect, options),
  print(value: Value, options: PrintOptions) {
    if (value.kind !== "array") return value.kind === "list" || value.kind === "string" ? null : scalar(value, options);
    const [rows, columns] = value.shape as [number, number | undefined];
    const cells = arrayCells(value, options.digits, spelling)?.map((c) => (/[.e]/.test(c) || value.element ? c : `${c}.0`));
    const fits = (n: number | undefined) => n !== undefined && n >= 2 && n <= 4;
    if (!cells || value.shape.length > 2 || !fits(rows)) return null;
    if (value.shape.length === 1) return `vec${rows}(${cells.join(", ")})`;
    if (columns === 1) return `vec${rows}(${cells.join(", ")})`;
    if (columns === undefined || !fits(columns)) return null;
    const name = rows === columns ? `mat${rows}` : `mat${columns}x${rows}`;
    const byColumns = Array.from({ length: columns }, (_, j) => Array.from({ length: rows }, (_, i) => cells[i * columns + j]).join(", "));
    return options.inline ? `${name}(${byColumns.join(", ")})` : `${name}(\n  ${byColumns.join(",\n  ")}\n)`;
  },
};
