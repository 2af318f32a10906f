// The Matrix Market exchange format: a banner, comments, sizes, then entries.
// https://math.nist.gov/MatrixMarket/formats.html

import { fail, type Range, said } from "../expr/index.js";
import type { Format } from "./format.js";
import { contentRange, literal, only } from "./shared/build.js";
import { NumberReader } from "./shared/nested.js";
import { numberText } from "./shared/print.js";

const maxCells = 4_000_000;

export const matrixmarket: Format = {
  name: "matrixmarket",
  title: "Matrix Market",
  languages: ["matrixmarket", "mtx"],
  detect: (t) => (/^\s*%%MatrixMarket/i.test(t) ? 3 : 0),
  parse(t) {
    const [start, end] = contentRange(t);
    let at = t.indexOf("\n", start);
    if (at < 0) at = end;
    const head: Range = [start, at];
    const words = t.slice(start, at).trim().toLowerCase().split(/\s+/);
    if (words[0] !== "%%matrixmarket") fail("not-a-formula", "the first line must begin with %%MatrixMarket", head);
    const [, object, layout = "", field = "real", symmetry = "general"] = words;
    const known =
      object === "matrix" &&
      ["coordinate", "array"].includes(layout) &&
      ["real", "double", "integer", "complex", "pattern"].includes(field) &&
      ["general", "symmetric", "skew-symmetric", "hermitian"].includes(symmetry);
    if (!known || (layout === "array" && field === "pattern"))
      fail(
        "unsupported",
        said`"${words.slice(1).join(" ")}" is no kind of matrix read here`,
        head,
        "matrix coordinate|array real|integer|complex|pattern general|symmetric|skew-symmetric|hermitian",
      );
    const reader = new NumberReader(t);
    const skip = (): boolean => {
      for (;;) {
        const c = t.charCodeAt(at);
        if (c <= 32) at++;
        else if (c === 37) {
          const eol = t.indexOf("\n", at);
          at = eol < 0 ? t.length : eol;
        } else return at < t.length;
      }
    };
    const next = (what: string): number => {
      if (!skip()) fail("length-mismatch", said`${what} is missing: the file ends too early`, [Math.max(0, end - 1), end]);
      const from = at;
      const value = reader.read(at);
      const to = reader.end;
      if (to < 0 || t.charCodeAt(to) > 32) {
        const stop = /\s|$/g;
        stop.lastIndex = from;
        const word = t.slice(from, stop.exec(t)?.index);
        fail("non-numeric", said`"${word}" is not a number`, [from, from + word.length]);
      }
      at = to;
      return value;
    };
    const size = (what: string): number => {
      const n = next(what);
      if (!Number.isInteger(n) || n < 0) fail("bad-number", said`${what} must be a whole number, not ${n}`, [at - 1, at]);
      return n;
    };
    const rows = size("the number of rows");
    const columns = size("the number of columns");
    const count = layout === "coordinate" ? size("the number of entries") : 0;
    if (rows * columns > maxCells) fail("too-large", said`${rows}×${columns} has more than ${maxCells} cells`, head);
    if (rows * columns === 0) fail("empty", said`a ${rows}×${columns} matrix has no entries`, head);
    if (symmetry !== "general" && rows !== columns) fail("not-square", said`a ${symmetry} matrix must be square, not ${rows}×${columns}`, head);
    const re = new Float64Array(rows * columns);
    const im = new Float64Array(rows * columns);
    const put = (i: number, j: number, x: number, y: number) => {
      (re[i * columns + j] as number) += x;
      (im[i * columns + j] as number) += y;
      if (symmetry === "general" || i === j) return;
      const s = symmetry === "skew-symmetric" ? -1 : 1;
      (re[j * columns + i] as number) += s * x;
      (im[j * columns + i] as number) += symmetry === "hermitian" ? -y : s * y;
    };
    const complex = field === "complex";
    if (layout === "coordinate") {
      for (let k = 0; k < count; k++) {
        skip();
        const from = at;
        const i = next(`entry ${k + 1} of ${count}`);
        const j = next("a column index");
        const x = field === "pattern" ? 1 : next("a value");
        const y = complex ? next("an imaginary part") : 0;
        if (!(i >= 1 && i <= rows && Number.isInteger(i)) || !(j >= 1 && j <= columns && Number.isInteger(j)))
          fail("index-out-of-range", said`entry (${i}, ${j}) lies outside a ${rows}×${columns} matrix`, [from, at], "indices count from 1");
        put(i - 1, j - 1, x, y);
      }
    } else {
      const lowest = symmetry === "skew-symmetric" ? 1 : 0;
      for (let j = 0; j < columns; j++)
        for (let i = symmetry === "general" ? 0 : j + lowest; i < rows; i++) {
          const x = next("a value");
          put(i, j, x, complex ? next("an imaginary part") : 0);
        }
    }
    if (skip())
      fail("length-mismatch", said`more numbers than the ${layout === "coordinate" ? `${count} entries` : `${rows}×${columns} values`} announced`, [
        at,
        end,
      ]);
    return only(literal([rows, columns], re, [start, end], im));
  },
  print(value, options) {
    if (value.kind !== "array" || value.shape.length > 2 || value.data.length === 0) return null;
    const [rows, columns] = value.shape.length === 1 ? [value.shape[0] as number, 1] : (value.shape as readonly [number, number]);
    const text = (x: number) => numberText(x, options.digits, {}) as string;
    const out = [`%%MatrixMarket matrix array ${value.imag ? "complex" : "real"} general`, `${rows} ${columns}`];
    for (let j = 0; j < columns; j++)
      for (let i = 0; i < rows; i++) {
        const k = i * columns + j;
        out.push(value.imag ? `${text(value.data[k] as number)} ${text(value.imag[k] as number)}` : text(value.data[k] as number));
      }
    return `${out.join("\n")}\n`;
  },
};
