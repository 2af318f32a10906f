// What R prints.

import { fail, type Range } from "../../expr/index.js";
import type { Parsed } from "../format.js";
import { contentRange, literal, Numbers, only, ragged, truncated } from "../shared/build.js";
import { printedRow } from "../shared/rows.js";

import { truncationHint } from "./dialect.js";
/** Printed vectors, `[1] 1 2 3`, and grids, `[1,] 1 2`. Null when the text is no print-out. */
export function printedR(text: string): Parsed | null {
  const [start, end] = contentRange(text);
  const isVector = /^\s*\[1\]/.test(text);
  if (!isVector && !/^\s*\[\d*,\d*\]|^\s*\[1,\]/m.test(text)) return null;
  const omitted = /\[\s*reached .*?\]|\.\.\./.exec(text);
  if (omitted) truncated([omitted.index, omitted.index + omitted[0].length], truncationHint);
  const rows: Numbers[] = [];
  const imag: Numbers[] = [];
  const flat = new Numbers();
  const flatImag = new Numbers();
  let at = start;
  let row = 0;
  let columns = -1;
  let header = false;
  while (at < end) {
    let eol = text.indexOf("\n", at);
    if (eol < 0) eol = text.length;
    const line = text.slice(at, eol);
    const from = at;
    at = eol + 1;
    if (line.trim() === "") continue;
    if (isVector) {
      const m = /^\s*\[\d+\]/.exec(line);
      if (!m) return null;
      if (printedRow(text, from + m[0].length, eol, flat, flatImag) < 0)
        fail("non-numeric", "the printed vector holds something that is not a number", [from + m[0].length, eol]);
      continue;
    }
    const m = /^\s*(?:\[\d+,\]|[A-Za-z.][\w.]*(?=\s+[-\d]))/.exec(line);
    if (!m) {
      // A line of column titles begins a block.
      if (!header && rows.length > 0) columns = -1;
      header = true;
      row = 0;
      continue;
    }
    header = false;
    rows[row] ??= new Numbers();
    imag[row] ??= new Numbers();
    const count = printedRow(text, from + m[0].length, eol, rows[row] as Numbers, imag[row] as Numbers);
    if (count < 0) fail("non-numeric", "the row holds something that is not a number", [from + m[0].length, eol]);
    if (columns < 0) columns = count;
    else if (count !== columns) ragged(row + 1, count, columns, [from, eol]);
    row++;
  }
  const range: Range = [start, end];
  if (isVector)
    return flat.length === 1
      ? only({ kind: "number", value: flat.done()[0] as number, range })
      : only(literal([flat.length], flat.done(), range, flatImag.done()));
  if (rows.length === 0) return null;
  const width = (rows[0] as Numbers).length;
  const data = new Float64Array(rows.length * width);
  const im = new Float64Array(rows.length * width);
  rows.forEach((r, i) => {
    if (r.length !== width) ragged(i + 1, r.length, width, range);
    data.set(r.done(), i * width);
    im.set((imag[i] as Numbers).done(), i * width);
  });
  return only(literal([rows.length, width], data, range, im));
}
