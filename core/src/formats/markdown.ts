// Markdown tables.

import { fail } from "../expr/index.js";
import type { Format } from "./format.js";
import { contentRange, truncationHint } from "./shared/build.js";
import { aligned, printer } from "./shared/print.js";
import { type Cell, linesOf, readTable, splitCells } from "./shared/table.js";

const separatorRow = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

/** The cells of a line between its bars; `\|` is a bar inside a cell. */
export function barCells(line: string, start: number): Cell[] {
  const plain = line.replace(/\\\|/g, "\u0001\u0001");
  const cells = splitCells(plain, start, "|");
  if (cells[0]?.text === "" && plain.trimStart().startsWith("|")) cells.shift();
  if (cells.at(-1)?.text === "" && plain.trimEnd().endsWith("|")) cells.pop();
  return cells;
}

const table = (rows: readonly (readonly string[])[]): string => {
  const columns = rows[0]?.length ?? 0;
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const widths = Array.from({ length: columns }, (_, j) => Math.max(3, ...rows.map((r) => (r[j] as string).length)));
  return [
    line(widths.map((w) => " ".repeat(w))),
    line(widths.map((w) => `${"-".repeat(w - 1)}:`)),
    ...rows.map((r) => line(r.map((c, j) => c.padStart(widths[j] as number)))),
  ].join("\n");
};

export const markdown: Format = {
  name: "markdown",
  title: "Markdown table",
  languages: ["markdown"],
  detect: (t) =>
    [...linesOf(t.slice(0, 5000), "")].some((l) => l.text.includes("|") && l.text.includes("-") && separatorRow.test(l.text))
      ? 3
      : /^\s*\|.*\|\s*$/m.test(t.slice(0, 5000)) && !/^\s*\|\|?\S*\|?\|\s*$/.test(t)
        ? 1
        : 0,
  parse(t) {
    contentRange(t);
    const rows: Cell[][] = [];
    for (const line of linesOf(t, "")) {
      if (!line.text.includes("|")) continue;
      if (line.text.includes("-") && separatorRow.test(line.text)) continue;
      rows.push(barCells(line.text, line.start));
    }
    // An empty header is how a table without titles is written.
    if (rows.length > 1 && rows[0]?.every((c) => c.text === "")) rows.shift();
    if (rows.length === 0) fail("not-a-formula", "there is no table here", [0, t.length]);
    return readTable(rows, { exactDecimals: true, hint: truncationHint("other") });
  },
  print: printer({
    nan: "NaN",
    inf: "∞",
    imaginary: "i",
    fraction: "/",
    matrix: (rows) => table(rows),
    vector: (cells) => table(aligned(cells.map((c) => [c]))),
  }),
};
