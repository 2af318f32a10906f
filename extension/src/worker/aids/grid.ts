// A matrix as it is written: where its entries stand, and how its source is laid out.
//
// Entries are kept as source text, so that `x^2` and `1.50` stay as they are when rows and columns move.
import { children, type Expr } from "@scholium/core/expr";
import { type FormatName, findFormat } from "@scholium/core/formats";
import { bracketGrid, latexGrid, nestedGrid, type Read, tableGrid } from "./gridRead.js";
import type { Range } from "./gridSplit.js";

/** Ranges are in the text that was given. */
export interface Grid extends Read {
  readonly language: FormatName;
  /** Lines of entries without brackets. */
  readonly isTable: boolean;
  /** What stands before the matrix on the line it begins on. */
  readonly lead: string;
}

/** Longer literals are left alone: an edit of a screenful is an aid, an edit of a data file is not. */
const LONGEST = 200_000;

const TABLES: ReadonlySet<string> = new Set(["csv", "tsv", "markdown", "plain"]);

function gridOf(text: string, language: FormatName, expr: Expr, lead: string): (Read & { readonly isTable?: boolean }) | null {
  const source = text.slice(...expr.range);
  if (TABLES.has(language) && !/^\s*\[/.test(source)) {
    const table = tableGrid(text, expr.range, language);
    return table && { ...table, isTable: true };
  }
  if (language === "latex") return latexGrid(text, expr.range, lead);
  if (/^(?:\[(?!\s*\[)|mat\()/.test(source) && (expr.kind === "matrix" || language === "matlab" || language === "julia"))
    return bracketGrid(text, expr.range, lead, language, expr);
  return nestedGrid(text, expr.range, lead, language);
}

/**
 * The smallest matrix of a formula that holds the selection, else the first one in it; null when there is none. `lead` is what stands before
 * the formula on its line.
 */
export function gridAt(text: string, language: FormatName, selection: Range, lead = ""): Grid | null {
  const format = findFormat(language);
  if (!format || text.length > LONGEST) return null;
  let found: Grid | null = null;
  let first: Grid | null = null;
  const pending: Expr[] = [];
  try {
    for (const s of format.parse(text).statements) if ("body" in s) pending.push(s.body);
  } catch {
    return null;
  }
  pending.reverse();
  for (let e = pending.pop(); e; e = pending.pop()) {
    if (e.kind === "matrix" || e.kind === "array" || e.kind === "literal") {
      // Rows of a nested list are no matrices of their own.
      const read = gridOf(text, language, e, lead);
      if (read) {
        const line = text.lastIndexOf("\n", read.range[0] - 1) + 1;
        const grid: Grid = { isTable: false, ...read, language, lead: (line === 0 ? lead : "") + text.slice(line, read.range[0]) };
        first ??= grid;
        const [a, b] = grid.range;
        if (a <= selection[0] && selection[1] <= b && (!found || b - a < found.range[1] - found.range[0])) found = grid;
        if (e.kind === "array") continue;
      }
    }
    pending.push(...[...children(e)].reverse());
  }
  return found ?? first;
}

export const entriesOf = (grid: Grid, text: string): string[][] => grid.cells.map((row) => row.map(([a, b]) => text.slice(a, b)));
