// Other entries in the layout of a matrix: rows and columns may come and go, what stands around them stays.
import type { Grid } from "./grid.js";
import { blanksOf, markdownLead } from "./gridRead.js";

const NUMERIC = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;

const widthOf = (s: string) => [...s].length;

/** Entries of a column under each other: numbers to the right, everything else to the left. */
function padded(rows: readonly (readonly string[])[], least = 0): string[][] {
  const widths = (rows[0] ?? []).map((_, j) => Math.max(least, ...rows.map((r) => widthOf(r[j] as string))));
  const right = widths.map((_, j) => rows.filter((r) => NUMERIC.test(r[j] as string)).length * 2 >= rows.length);
  return rows.map((row) =>
    row.map((s, j) => {
      const blanks = " ".repeat((widths[j] as number) - widthOf(s));
      return right[j] ? blanks + s : s + blanks;
    }),
  );
}

/** The column specification of an array environment follows the number of columns. */
const withColumns = (open: string, columns: number): string =>
  open.replace(/(\\begin\{array\}\s*)\{([lcr|\s]*)\}/, (all, begin: string, spec: string) =>
    spec.replace(/[^lcr]/g, "").length === columns ? all : `${begin}{${(/[lcr]/.exec(spec)?.[0] ?? "c").repeat(columns)}}`,
  );

/** Not every reader of Markdown knows a shorter one. */
const SHORTEST_RULE = 3;

/** The second line of a Markdown table. A column keeps the side its entries stand on; a new one has none. */
function ruleOf(columns: readonly string[], widths: readonly number[]): string {
  const cells = widths.map((width, j) => {
    const [, left = "", right = ""] = /^(:?)-+(:?)$/.exec(columns[j] ?? "") ?? [];
    return `${left}${"-".repeat(width - left.length - right.length)}${right}`;
  });
  return `| ${cells.join(" | ")} |`;
}

function table(grid: Grid, rows: readonly (readonly string[])[]): string {
  const { style, language } = grid;
  if (language !== "markdown") return rows.map((row) => row.join(style.between).trimEnd()).join("\n");
  const lines = rows.map((row) => `| ${row.join(" | ")} |`);
  // Columns that became rows take their sides with them nowhere.
  const kept = grid.columns && rows.length >= grid.cells.length && (rows[0]?.length ?? 0) >= (grid.cells[0]?.length ?? 0) ? grid.columns : [];
  lines.splice(1, 0, ruleOf(kept, (rows[0] ?? []).map(widthOf)));
  return lines.join("\n");
}

/** What rows on lines of their own begin and end with, where the source had all on one line. */
function brokenUp({ style, language, lead }: Grid): { readonly open: string; readonly indent: string; readonly close: string } {
  if (language !== "latex") {
    const open = style.open.trimEnd();
    return { open, indent: blanksOf(lead + open), close: style.close.trimStart() };
  }
  // Within a quotation or an item of a list the lines go on as the first one began.
  const base = blanksOf(markdownLead(lead));
  return { open: `${style.open.trimEnd()}\n${base}  `, indent: `${base}  `, close: `\n${base}${style.close.trimStart()}` };
}

/** The grid's text with other entries. `align` puts rows on lines of their own with their columns under each other. */
export function writeGrid(grid: Grid, rows: readonly (readonly string[])[], align = false): string {
  const { style, language } = grid;
  const entries = style.paddable && (align || style.aligned) ? padded(rows, language === "markdown" ? SHORTEST_RULE : 0) : rows;
  if (grid.isTable) return table(grid, entries);
  const breaks = align && style.indent === null && rows.length > 1;
  const { open, indent, close } = breaks ? brokenUp(grid) : style;
  const spaced = align && language === "latex";
  const between = spaced ? " & " : align && style.between === "," ? ", " : style.between;
  const rowEnd = indent === null ? style.rowEnd : `${spaced ? " " : ""}${style.rowEnd.trim()}`;
  const ending = indent === null ? rowEnd : `${spaced || style.rowEnd.trim() === "" ? rowEnd : style.rowEnd.trimEnd()}\n${indent}`;
  const lines = entries.map((row) => `${style.rowOpen}${row.join(between)}${style.rowClose}`.trimEnd());
  return `${withColumns(open, rows[0]?.length ?? 1)}${lines.join(ending)}${close}`;
}
