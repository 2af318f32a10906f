// Comma- or semicolon-separated values, with headers, labels, quotes and decimal commas.

import { fail } from "../expr/index.js";
import type { Format, Parsed } from "./format.js";
import { contentRange, truncationHint } from "./shared/build.js";
import { lines, printer } from "./shared/print.js";
import { type Cell, linesOf, readTable, scanGrid, splitCells } from "./shared/table.js";

/** Reads lines of cells parted by `separator`; commas are decimal where the separator leaves them free and nothing speaks against it. */
export function readSeparated(text: string, separator: "," | ";" | "\t"): Parsed {
  contentRange(text);
  if (text.length > 20_000) {
    const fast = scanGrid(text, separator);
    if (fast) return fast;
  }
  const rows: Cell[][] = [];
  for (const line of linesOf(text)) {
    // A quoted cell may hold a line end only when the quote is still open.
    rows.push(splitCells(line.text, line.start, separator));
  }
  if (rows.length === 0) fail("empty", "there are only comments", [0, text.length]);
  const comma =
    separator !== "," &&
    rows.some((r) => r.some((c) => /^[+-]?\d*,\d+$/.test(c.text))) &&
    !rows.some((r) => r.some((c) => /^[+-]?\d*\.\d+$/.test(c.text) || /,\d{3},/.test(c.text) || /,\d{3}\.\d/.test(c.text)));
  const parsed = readTable(rows, { decimalComma: comma, hint: truncationHint("other") });
  return comma ? { ...parsed, notes: [...(parsed.notes ?? []), "commas are read as decimal points"] } : parsed;
}

/** Which separator parts the cells: the one the first lines hold outside quotes. */
export function separatorOf(text: string): "," | ";" | "\t" {
  const sample = text.slice(0, 5000).replace(/"[^"\n]*"/g, "");
  return sample.includes(";") ? ";" : sample.includes(",") ? "," : sample.includes("\t") ? "\t" : ",";
}

export const csv: Format = {
  name: "csv",
  title: "CSV",
  languages: ["csv", "csv (semicolon)", "dynamic csv"],
  detect(t) {
    const rows = [...linesOf(t.slice(0, 5000))].slice(0, 20);
    if (t.length > 5000 && rows.length > 1) rows.pop();
    const separator = separatorOf(t);
    if (separator === "\t") return 0;
    const counts = rows.map((r) => splitCells(r.text, 0, separator).length);
    const equal = counts.every((n) => n === counts[0]) && (counts[0] ?? 0) > 1;
    if (
      !equal ||
      /[[\]{}()=]/.test(
        t
          .slice(0, 5000)
          .replace(/"[^"\n]*"/g, "")
          .split("\n")
          .slice(1, 4)
          .join(""),
      )
    )
      return 0;
    return rows.length > 1 ? 2 : 1;
  },
  parse: (t) => readSeparated(t, separatorOf(t)),
  print: printer({ nan: "NaN", inf: "Inf", imaginary: "i", fraction: "/", ...lines(",") }),
};
