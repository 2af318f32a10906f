// A matrix as it is written: where its entries stand, and how to write other entries in the same style.
//
// Entries are kept as source text, so that `x^2` and `1.50` stay as they are when rows and columns move.
import { children, type Expr } from "@scholium/core/expr";
import { type FormatName, findFormat } from "@scholium/core/formats";

type Range = readonly [number, number];

export interface Grid {
  /** In the text that was given. */
  readonly range: Range;
  readonly language: FormatName;
  /** Places of the entries, row by row; all rows have the same length. */
  readonly cells: readonly (readonly Range[])[];
  readonly style: Style;
  /** Where it begins on its line. */
  readonly column: number;
}

interface Style {
  readonly open: string;
  readonly close: string;
  readonly between: string;
  readonly rowOpen: string;
  readonly rowClose: string;
  readonly rowEnd: string;
  /** Blanks that begin each row when rows stand on lines of their own. */
  readonly indent: string | null;
  /** Entries may be padded with blanks. */
  readonly paddable: boolean;
}

/** Longer literals are left alone: an edit of a screenful is an aid, an edit of a data file is not. */
const LONGEST = 200_000;

/** A splitter of text at separators outside all brackets, braces, quotes and LaTeX environments. */
function splitAt(text: string, [start, end]: Range, separator: (at: number) => number): Range[] {
  const parts: Range[] = [];
  let depth = 0;
  let from = start;
  for (let i = start; i < end; ) {
    const length = depth === 0 ? separator(i) : 0;
    if (length > 0) {
      parts.push([from, i]);
      i += length;
      from = i;
      continue;
    }
    const c = text.charAt(i);
    if (c === "\\") {
      if (text.startsWith("\\begin{", i)) depth++;
      else if (text.startsWith("\\end{", i)) depth--;
      const word = /[A-Za-z]+|[\s\S]?/y;
      word.lastIndex = i + 1;
      i += 1 + (word.exec(text)?.[0].length ?? 0);
      continue;
    }
    if (c === "(" || c === "[" || c === "{") depth++;
    else if (c === ")" || c === "]" || c === "}") depth = Math.max(0, depth - 1);
    i++;
  }
  parts.push([from, end]);
  return parts;
}

const trimmed = (text: string, [start, end]: Range): Range => {
  let [a, b] = [start, end];
  while (a < b && /\s/.test(text.charAt(a))) a++;
  while (b > a && /\s/.test(text.charAt(b - 1))) b--;
  return [a, b];
};
const blank = (text: string, [a, b]: Range) => text.slice(a, b).trim() === "";

/** Where rows stand on lines of their own, what those lines begin with. */
function indentOf(text: string, range: Range, first: Range): string | null {
  if (!text.slice(range[0], range[1]).includes("\n")) return null;
  const line = text.lastIndexOf("\n", first[0] - 1) + 1;
  const lead = /^[ \t]*/.exec(text.slice(Math.max(line, range[0] >= line ? line : 0), first[0]))?.[0] ?? "";
  return line > range[0] ? lead : `${lead}  `;
}

const whole = (cells: readonly (readonly Range[])[]): boolean => {
  const width = cells[0]?.length ?? 0;
  return width > 0 && cells.every((row) => row.length === width);
};

type Found = Omit<Grid, "column">;

function latexGrid(text: string, range: Range): Found | null {
  const head = /^(?:\\left\s*\S+\s*)?\\begin\{[^{}]*\}(?:\s*\{[lcr|\s]*\})?/.exec(text.slice(...range));
  const tail = /\\end\{[^{}]*\}(?:\s*\\right\s*\S+)?\s*$/.exec(text.slice(...range));
  if (!head || !tail) return null;
  const inner: Range = [range[0] + head[0].length, range[0] + tail.index];
  const rowBreak = (i: number) => (text.startsWith("\\\\", i) ? 2 : 0);
  const rows = splitAt(text, inner, rowBreak).filter((r) => !blank(text, r));
  const cells = rows.map((row) =>
    splitAt(text, row, (i) => (text.charAt(i) === "&" && text.charAt(i - 1) !== "\\" ? 1 : 0)).map((c) => trimmed(text, c)),
  );
  if (!whole(cells)) return null;
  const wide = /\s&|&\s/.test(text.slice(...inner)) || cells[0]?.length === 1;
  const multi = text.slice(...inner).includes("\n");
  const gap = multi ? "\n" : /^\s/.test(text.slice(...inner)) ? " " : "";
  return {
    range,
    language: "latex",
    cells,
    style: {
      open: `${head[0]}${gap}`,
      close: `${gap === " " ? " " : ""}${tail[0].trimEnd()}`,
      between: wide ? " & " : "&",
      rowOpen: "",
      rowClose: "",
      rowEnd: wide || multi ? " \\\\" : "\\\\",
      indent: multi ? indentOf(text, range, cells[0]?.[0] as Range) : null,
      paddable: true,
    },
  };
}

const CLOSING: Readonly<Record<string, string>> = { "[": "]", "{": "}", "(": ")" };

/** `[[1, 2], [3, 4]]` in whatever brackets, with whatever stands around them: np.array(...), vec![...]. */
function nestedGrid(text: string, range: Range, language: FormatName): Found | null {
  const source = text.slice(...range);
  const open = /[[{]\s*(?=[[{(])/.exec(source);
  const comma = (i: number) => (text.charAt(i) === "," ? 1 : 0);
  if (!open) {
    const flat = /[[{]/.exec(source);
    if (!flat) return null;
    const at = range[0] + flat.index;
    const end = text.lastIndexOf(CLOSING[flat[0]] as string, range[1] - 1);
    if (end <= at) return null;
    const cells = splitAt(text, [at + 1, end], comma)
      .filter((c) => !blank(text, c))
      .map((c) => trimmed(text, c));
    if (cells.length === 0) return null;
    return {
      range,
      language,
      cells: [cells],
      style: {
        open: text.slice(range[0], at + 1),
        close: text.slice(end, range[1]),
        between: ", ",
        rowOpen: flat[0],
        rowClose: CLOSING[flat[0]] as string,
        rowEnd: ",",
        indent: null,
        paddable: true,
      },
    };
  }
  const at = range[0] + open.index;
  const bracket = text.charAt(at);
  const end = text.lastIndexOf(CLOSING[bracket] as string, range[1] - 1);
  if (end <= at) return null;
  const rows = splitAt(text, [at + 1, end], comma)
    .filter((r) => !blank(text, r))
    .map((r) => trimmed(text, r));
  const rowBracket = text.charAt(rows[0]?.[0] ?? 0);
  if (!rows.every(([a, b]) => text.charAt(a) === rowBracket && CLOSING[rowBracket] === text.charAt(b - 1))) return null;
  const cells = rows.map(([a, b]) =>
    splitAt(text, [a + 1, b - 1], comma)
      .filter((c) => !blank(text, c))
      .map((c) => trimmed(text, c)),
  );
  if (!whole(cells)) return null;
  const multi = text.slice(rows[0]?.[0], rows.at(-1)?.[1]).includes("\n");
  const line = text.lastIndexOf("\n", (rows[0] as Range)[0] - 1) + 1;
  return {
    range,
    language,
    cells,
    style: {
      open: text.slice(range[0], (rows[0] as Range)[0]),
      close: text.slice((rows.at(-1) as Range)[1], range[1]),
      between: ", ",
      rowOpen: rowBracket,
      rowClose: CLOSING[rowBracket] as string,
      rowEnd: ",",
      // Rows that follow the first stand below it.
      indent: multi ? text.slice(line, (rows[0] as Range)[0]).replace(/\S/g, " ") : null,
      paddable: true,
    },
  };
}

/** `[1 2; 3 4]`; the reader of the notation knows where entries separated by blanks end. */
function bracketGrid(text: string, range: Range, language: FormatName, expr: Expr): Found | null {
  const mat = /^mat\(/.exec(text.slice(...range));
  const inner: Range = [range[0] + (mat ? 4 : 1), range[1] - 1];
  let cells: Range[][];
  const rowEnd = (i: number) => (/[;\n]/.test(text.charAt(i)) ? 1 : 0);
  if (expr.kind === "matrix") {
    const ends = expr.rows.map((row) => row.map((e) => e.range));
    // A parenthesised entry's own range may leave out its brackets: what stands between two entries is shared out at the separator.
    cells = splitAt(text, inner, rowEnd)
      .filter((r) => !blank(text, r))
      .map((row, i) => {
        const entries = ends[i] ?? [];
        if (entries.length === 1) return [trimmed(text, row)];
        const cuts = entries.slice(1).map((e, j) => {
          const from = entries[j]?.[1] ?? row[0];
          const between = text.slice(from, e[0]);
          const at = between.search(/[,\s]/);
          return at < 0 ? e[0] : from + at;
        });
        return entries.map((_, j) => {
          const [a, b] = trimmed(text, [j === 0 ? row[0] : (cuts[j - 1] as number), cuts[j] ?? row[1]]);
          return trimmed(text, [text.charAt(a) === "," ? a + 1 : a, b]);
        });
      });
  } else {
    cells = splitAt(text, inner, rowEnd)
      .filter((r) => !blank(text, r))
      .map((row) => splitAt(text, trimmed(text, row), (i) => /^(?:\s*,\s*|\s+)/.exec(text.slice(i, i + 64))?.[0].length ?? 0));
  }
  if (!whole(cells)) return null;
  const source = text.slice(...inner);
  const multi = source.includes("\n");
  return {
    range,
    language,
    cells,
    style: {
      open: text.slice(range[0], inner[0]),
      close: text.slice(inner[1], range[1]),
      between: mat || (source.includes(",") && (cells[0]?.length ?? 0) > 1) ? ", " : " ",
      rowOpen: "",
      rowClose: "",
      rowEnd: multi && !source.includes(";") ? "" : ";",
      indent: multi ? text.slice(text.lastIndexOf("\n", range[0]) + 1, inner[0]).replace(/\S/g, " ") : null,
      paddable: true,
    },
  };
}

/** Lines of CSV, of blanks and numbers, or of a Markdown table, its heading included. */
function tableGrid(text: string, [start, end]: Range, language: FormatName): Found | null {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const from = text.slice(lineStart, start).replace(/[|\s]/g, "") === "" ? lineStart : start;
  const stop = language === "markdown" ? (/^[^\n]*/.exec(text.slice(end))?.[0].length ?? 0) + end : end;
  const lines = splitLines(text, [from, stop]);
  const bar = language === "markdown";
  const separator = bar ? "|" : language === "tsv" ? "\t" : language === "csv" ? (text.slice(from, stop).includes(";") ? ";" : ",") : " ";
  const cells = lines
    .filter((l) => !(bar && /^[\s|:-]+$/.test(text.slice(...l))))
    .map((l) => {
      let [a, b] = trimmed(text, l);
      if (bar && text.charAt(a) === "|") a++;
      if (bar && text.charAt(b - 1) === "|") b--;
      const parts =
        separator === " "
          ? splitAt(text, [a, b], (i) => /^[ \t]+/.exec(text.slice(i, i + 64))?.[0].length ?? 0)
          : splitAt(text, [a, b], (i) => (text.charAt(i) === separator ? 1 : 0));
      return parts.map((p) => trimmed(text, p));
    });
  if (!whole(cells)) return null;
  return {
    range: [from, stop],
    language,
    cells,
    style: {
      open: "",
      close: "",
      between: bar ? " | " : separator,
      rowOpen: bar ? "| " : "",
      rowClose: bar ? " |" : "",
      rowEnd: "",
      indent: "",
      paddable: bar || separator === " ",
    },
  };
}

function splitLines(text: string, [start, end]: Range): Range[] {
  const lines: Range[] = [];
  for (let from = start; from <= end; ) {
    const newline = text.indexOf("\n", from);
    const stop = newline < 0 || newline > end ? end : newline;
    if (!blank(text, [from, stop])) lines.push([from, stop]);
    from = stop + 1;
  }
  return lines;
}

const TABLES: ReadonlySet<string> = new Set(["csv", "tsv", "markdown", "plain"]);

function gridOf(text: string, language: FormatName, expr: Expr): Found | null {
  if (TABLES.has(language) && !/^\s*\[/.test(text.slice(...expr.range))) return tableGrid(text, expr.range, language);
  if (language === "latex") return latexGrid(text, expr.range);
  if (/^(?:\[(?!\s*\[)|mat\()/.test(text.slice(...expr.range)) && (expr.kind === "matrix" || language === "matlab" || language === "julia"))
    return bracketGrid(text, expr.range, language, expr);
  return nestedGrid(text, expr.range, language);
}

/** The smallest matrix of a formula that holds the selection, else the first one in it; null when there is none. Ranges are in `text`. */
export function gridAt(text: string, language: FormatName, selection: Range, firstColumn = 0): Grid | null {
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
      const written = gridOf(text, language, e);
      if (written) {
        const line = text.lastIndexOf("\n", written.range[0] - 1) + 1;
        const grid: Grid = { ...written, column: written.range[0] - line + (line === 0 ? firstColumn : 0) };
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

const NUMERIC = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;

/** Entries of a column under each other: numbers to the right, everything else to the left. */
function padded(rows: readonly (readonly string[])[]): string[][] {
  const width = (s: string) => [...s].length;
  const widths = (rows[0] ?? []).map((_, j) => Math.max(...rows.map((r) => width(r[j] as string))));
  const right = widths.map((_, j) => rows.filter((r) => NUMERIC.test(r[j] as string)).length * 2 >= rows.length);
  return rows.map((row) =>
    row.map((s, j) => (right[j] ? " ".repeat((widths[j] as number) - width(s)) + s : s + " ".repeat((widths[j] as number) - width(s)))),
  );
}

/** The grid's text with other entries. `align` puts rows on lines of their own with their columns under each other. */
export function writeGrid(grid: Grid, rows: readonly (readonly string[])[], align = false): string {
  const { style, language } = grid;
  const wasAligned = align || (style.paddable && style.indent !== null);
  const entries = wasAligned && style.paddable ? padded(rows) : rows;
  const indent = style.indent ?? (align ? (language === "latex" ? "  " : " ".repeat(grid.column + style.open.length)) : null);
  const between = align && language === "latex" ? " & " : style.between;
  const { close } = style;
  let { open } = style;
  // The column specification of an array environment follows the number of columns.
  open = open.replace(/(\\begin\{array\}\s*)\{([lcr|\s]*)\}/, (_, begin: string, spec: string) =>
    spec.replace(/[^lcr]/g, "").length === (rows[0]?.length ?? 0)
      ? `${begin}{${spec}}`
      : `${begin}{${(/[lcr]/.exec(spec)?.[0] ?? "c").repeat(rows[0]?.length ?? 1)}}`,
  );
  const lines = entries.map((row) => `${style.rowOpen}${row.join(between)}${style.rowClose}`.trimEnd());
  if (language === "markdown") lines.splice(1, 0, `|${(entries[0] ?? []).map((s) => ` ${"-".repeat(Math.max(1, [...s].length))} `).join("|")}|`);
  if (indent === null) return `${open}${lines.join(style.rowEnd === "\\\\" ? style.rowEnd : `${style.rowEnd} `)}${close}`;
  if (TABLES.has(language)) return lines.join("\n");
  if (language === "latex")
    return `${open.trimEnd()}\n${lines.map((l) => `${indent}${l}`).join(` \\\\\n`)}\n${indent.slice(0, Math.max(0, indent.length - 2))}${close.trim()}`;
  return `${open}${lines.join(`${style.rowEnd}\n${indent}`)}${close}`;
}
