// Matrices drawn with brackets of several lines or with frames: what computer algebra and terminal tables print.

import { fail } from "../expr/index.js";
import type { Format, Parsed } from "./format.js";
import { contentRange, truncationHint } from "./shared/build.js";
import { aligned, printer } from "./shared/print.js";
import { type Cell, linesOf, readTable, splitBlanks, splitCells } from "./shared/table.js";

const edges = /[⎡⎢⎣⎤⎥⎦⎛⎜⎝⎞⎟⎠⎧⎨⎩⎫⎬⎭[\](){}]/g;
const rule = /^[\s+\-=─━═┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬╒╕╘╛╞╡╤╧╪┏┓┗┛┣┫┳┻╋┠┨╭╮╰╯]*$/;

/** True when the text is drawn rather than written. */
export const isDrawn = (t: string): boolean => /[⎡⎣⎢⎛⎝⎜┌└╔╚┃│║╭]/.test(t) || /^\s*\+[-=+]+\+\s*$/m.test(t);

export function parseBox(text: string): Parsed {
  contentRange(text);
  const rows: Cell[][] = [];
  let gaps = 2;
  const drawn: { text: string; start: number }[] = [];
  for (const line of linesOf(text, "")) {
    const plain = line.text.replace(edges, " ").replace(/[┃║|]/g, "│");
    if (plain.trim() === "" || rule.test(plain)) continue;
    drawn.push({ text: plain, start: line.start });
  }
  if (drawn.length === 0) fail("empty", "the frame is empty", [0, text.length]);
  // Entries are parted by two blanks or more; by one when some row would be a single entry otherwise.
  const split = (atLeast: number) => drawn.map((d) => splitBlanks(d.text.replace(/│/g, " "), d.start, atLeast));
  const wide = split(2);
  if (wide.some((r) => r.length !== wide[0]?.length) || wide.some((r) => r.some((c) => /\d \d/.test(c.text)))) gaps = 1;
  const bars = drawn.every((d) => d.text.replace(/^\s*│|│\s*$/g, "").includes("│"));
  for (const d of drawn) {
    if (bars) {
      const cells = splitCells(d.text, d.start, "│");
      if (cells[0]?.text === "") cells.shift();
      if (cells.at(-1)?.text === "") cells.pop();
      rows.push(cells);
    } else rows.push(splitBlanks(d.text.replace(/│/g, " "), d.start, gaps));
  }
  return readTable(rows, { exactDecimals: true, hint: truncationHint("other") });
}

const draw = (rows: readonly (readonly string[])[]): string => {
  const last = rows.length - 1;
  if (last === 0) return `[${rows[0]?.join("  ")}]`;
  return rows.map((r, i) => `${i === 0 ? "⎡" : i === last ? "⎣" : "⎢"}${r.join("  ")}${i === 0 ? "⎤" : i === last ? "⎦" : "⎥"}`).join("\n");
};

export const box: Format = {
  name: "box",
  title: "Drawn matrix",
  languages: [],
  detect: (t) => (isDrawn(t.slice(0, 5000)) ? 2 : 0),
  parse: parseBox,
  print: printer({
    nan: "NaN",
    inf: "∞",
    imaginary: "i",
    fraction: "/",
    matrix: (rows) => draw(aligned(rows.map((r) => r.map((c) => c.trim())))),
    vector: (cells) => draw(aligned(cells.map((c) => [c]))),
  }),
};
