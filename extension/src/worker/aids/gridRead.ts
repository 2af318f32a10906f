// Where the entries of a matrix stand in its source, and how that source is laid out. One reader for each way matrices are written.
import type { Expr } from "@scholium/core/expr";
import type { FormatName } from "@scholium/core/formats";
import { blank, type Range, splitAt, splitLines, trimmed } from "./gridSplit.js";

/** How the source is laid out: what stands around and between its rows and entries. */
export interface Style {
  /** Before the first row and behind the last one. */
  readonly open: string;
  readonly close: string;
  readonly between: string;
  readonly rowOpen: string;
  readonly rowClose: string;
  /** Behind a row that another one follows, without the line break. */
  readonly rowEnd: string;
  /** What begins the line of each further row; null when all stand on one line. */
  readonly indent: string | null;
  /** Entries of a column stand under each other. */
  readonly aligned: boolean;
  /** Entries may be padded with blanks. */
  readonly paddable: boolean;
}

export interface Read {
  readonly range: Range;
  /** Row by row; all rows have the same length. */
  readonly cells: readonly (readonly Range[])[];
  readonly style: Style;
  /** Second line of a Markdown table, which sets the columns. */
  readonly columns?: readonly string[];
  /** Comments or rules stand among the entries, which a new layout would lose. */
  readonly guarded: boolean;
}

const isWhole = (cells: readonly (readonly Range[])[]): boolean => {
  const width = cells[0]?.length ?? 0;
  return width > 0 && cells.every((row) => row.length === width);
};

/** Blanks as wide as a text; tabs stay, as does what a quoted line of Markdown begins with. */
export const blanksOf = (text: string): string => text.replace(/[^\t>]/g, " ");

/** What a line of Markdown begins with before its words: blanks, quotations, the sign of an item. */
export const markdownLead = (line: string): string => /^[ \t]*(?:>[ \t]*)*(?:(?:[-*+]|\d+[.)])[ \t]+)?/.exec(line)?.[0] ?? "";

/** The beginning of the line a place is on, up to the place. `lead` stands before the text on its first line. */
const before = (text: string, at: number, lead: string): string => {
  const line = text.lastIndexOf("\n", at - 1) + 1;
  return (line === 0 ? lead : "") + text.slice(line, at);
};

const startsLine = (text: string, at: number, lead: string): boolean => /^[ \t>]*$/.test(before(text, at, lead));

const commonStart = (a: string, b: string): string => {
  let n = 0;
  while (n < a.length && a[n] === b[n]) n++;
  return a.slice(0, n);
};

/** Whether the entries of each column begin, or end, under each other. */
function isAligned(text: string, cells: readonly (readonly Range[])[], lead: string): boolean {
  const column = (at: number) => before(text, at, lead).length;
  const same = (places: readonly number[]) => places.every((p) => p === places[0]);
  return (
    cells.length > 1 &&
    (cells[0] ?? []).every((_, j) => {
      const own = cells.map((row) => row[j] as Range);
      return same(own.map(([a]) => column(a))) || same(own.map(([, b]) => column(b)));
    })
  );
}

interface Parts {
  readonly range: Range;
  readonly cells: readonly (readonly Range[])[];
  /** Each with its brackets, if it has some. */
  readonly rows: readonly Range[];
  /** Between entries when there is only one column. */
  readonly between: string;
  readonly rowEnd: string;
  readonly lead: string;
  readonly guarded: boolean;
}

/** What separates entries: a sign with the blanks beside it, or the fewest blanks there are. */
function separatorOf(text: string, cells: readonly (readonly Range[])[], usual: string): string {
  const gaps = cells.flatMap((row) => row.slice(1).map(([a], j) => text.slice((row[j] as Range)[1], a)));
  const [first] = gaps;
  if (first === undefined) return usual;
  const sign = first.trim();
  if (sign === "") return first.includes("\t") ? first : " ".repeat(Math.max(1, Math.min(...gaps.map((g) => g.length))));
  const [left, right] = [gaps.some((g) => /^\s/.test(g)), gaps.some((g) => /\s$/.test(g))];
  return sign === "&" ? (left || right ? " & " : "&") : `${sign}${right ? " " : ""}`;
}

/** Reads the layout off the source. */
function laidOut(text: string, { range, cells, rows, between, rowEnd, lead, guarded }: Parts): Read {
  const [first, last] = [rows[0] as Range, rows.at(-1) as Range];
  const multi = text.slice(first[0], last[1]).includes("\n");
  // The lines of rows begin alike, but for what right-aligned numbers are padded with.
  const lines = rows.filter(([a], i) => i > 0 || startsLine(text, a, lead)).filter(([a]) => startsLine(text, a, lead));
  const starts = lines.map(([a]) => before(text, a, lead));
  if (!startsLine(text, first[0], lead)) starts.push(blanksOf(before(text, first[0], lead)));
  const indent = multi && lines.length > 0 ? starts.reduce(commonStart) : null;
  const padding = indent !== null && startsLine(text, first[0], lead) ? before(text, first[0], lead).length - indent.length : 0;
  const entries = (i: number) => cells[i] as readonly Range[];
  const rowOpens = rows.map(([a], i) => text.slice(a, (entries(i)[0] as Range)[0]));
  const rowCloses = rows.map(([, b], i) => text.slice((entries(i).at(-1) as Range)[1], b));
  const gap = /\s*$/.exec(text.slice(first[1], (rows[1] ?? first)[0]))?.[0] ?? "";
  return {
    range,
    cells,
    guarded,
    style: {
      open: text.slice(range[0], first[0] - padding),
      close: text.slice(last[1], range[1]),
      between: separatorOf(text, cells, between),
      rowOpen: rowOpens.reduce(commonStart),
      rowClose: rowCloses.reduce((a, b) => (b.length < a.length ? b : a)),
      rowEnd: indent === null && rows.length > 1 ? `${rowEnd}${gap}` : rowEnd,
      indent,
      aligned: indent !== null && isAligned(text, cells, lead),
      paddable: true,
    },
  };
}

const ROW_BREAK = /\\\\\*?(?:\s*\[\s*-?[\d.]+\s*(?:pt|em|ex|mm|cm|in|mu|bp)\s*\])?/y;
const RULES = /(?<!\\)%|\\(?:hline|cline|hdashline|toprule|midrule|bottomrule)\b/;

export function latexGrid(text: string, range: Range, lead: string): Read | null {
  const source = text.slice(...range);
  const head = /^(?:\\left\s*\S+?\s*(?=\\begin))?\\begin\{[^{}]*\}(?:\s*\{[lcr|\s]*\})?/.exec(source);
  const tail = /\\end\{[^{}]*\}(?:\s*\\right\s*\S+)?\s*$/.exec(source);
  if (!head || !tail) return null;
  const inner: Range = [range[0] + head[0].length, range[0] + tail.index];
  const rowBreak = (i: number) => {
    ROW_BREAK.lastIndex = i;
    return ROW_BREAK.exec(text)?.[0].length ?? 0;
  };
  const rows = splitAt(text, inner, rowBreak)
    .filter((r) => !blank(text, r))
    .map((r) => trimmed(text, r));
  const cells = rows.map((row) =>
    splitAt(text, row, (i) => (text.charAt(i) === "&" && text.charAt(i - 1) !== "\\" ? 1 : 0)).map((c) => trimmed(text, c)),
  );
  if (!isWhole(cells)) return null;
  const wide = /\s&|&\s/.test(text.slice(...inner)) || cells[0]?.length === 1;
  const end = /^\s*\\\\\*?(?:\s*\[[^\]]*\])?/.exec(text.slice((rows[0] as Range)[1], inner[1]))?.[0] ?? (wide ? " \\\\" : "\\\\");
  return laidOut(text, {
    range,
    cells,
    rows,
    between: " & ",
    rowEnd: /^\s/.test(end) ? ` ${end.trimStart()}` : end,
    lead,
    guarded: RULES.test(text.slice(...inner)),
  });
}

const CLOSING: Readonly<Record<string, string>> = { "[": "]", "{": "}", "(": ")" };

/** What begins a comment, by notation. */
const COMMENTS: Partial<Record<FormatName, RegExp>> = {
  python: /#/,
  sage: /#/,
  julia: /#/,
  r: /#/,
  matlab: /%|\.\.\./,
  mathematica: /\(\*/,
  maxima: /\/\*/,
  fortran: /!/,
};
const C_COMMENT = /\/\/|\/\*/;
const hasComment = (source: string, language: FormatName) => (COMMENTS[language] ?? C_COMMENT).test(source);

/** `[[1, 2], [3, 4]]` in whatever brackets, with whatever stands around them: np.array(...), vec![...]. */
export function nestedGrid(text: string, range: Range, lead: string, language: FormatName): Read | null {
  const source = text.slice(...range);
  const guarded = hasComment(source, language);
  const open = /[[{]\s*(?=[[{(])/.exec(source) ?? /[[{]/.exec(source);
  if (!open) return null;
  const at = range[0] + open.index;
  const end = text.lastIndexOf(CLOSING[open[0].charAt(0)] as string, range[1] - 1);
  if (end <= at) return null;
  const comma = (i: number) => (text.charAt(i) === "," ? 1 : 0);
  const parts = (part: Range) =>
    splitAt(text, part, comma)
      .filter((c) => !blank(text, c))
      .map((c) => trimmed(text, c));
  const rows = parts([at + 1, end]);
  const [head] = rows;
  if (!head) return null;
  const bracket = text.charAt(head[0]);
  const nested = !guarded && rows.every(([a, b]) => text.charAt(a) === bracket && CLOSING[bracket] === text.charAt(b - 1));
  if (!nested) {
    const flat: Range = [at, end + 1];
    return laidOut(text, { range, cells: [rows], rows: [flat], between: ", ", rowEnd: ",", lead, guarded });
  }
  const cells = rows.map(([a, b]) => parts([a + 1, b - 1]));
  return isWhole(cells) ? laidOut(text, { range, cells, rows, between: ", ", rowEnd: ",", lead, guarded }) : null;
}

/** `[1 2; 3 4]`; the reader of the notation knows where entries separated by blanks end. */
export function bracketGrid(text: string, range: Range, lead: string, language: FormatName, expr: Expr): Read | null {
  const isTypst = text.startsWith("mat(", range[0]);
  const inner: Range = [range[0] + (isTypst ? 4 : 1), range[1] - 1];
  const rowEnd = (i: number) => (/[;\n]/.test(text.charAt(i)) ? 1 : 0);
  const rows = splitAt(text, inner, rowEnd)
    .filter((r) => !blank(text, r))
    .map((r) => trimmed(text, r));
  let cells: Range[][];
  if (expr.kind === "matrix") {
    const ends = expr.rows.map((row) => row.map((e) => e.range));
    // A parenthesised entry's own range may leave out its brackets: what stands between two entries is shared out at the separator.
    cells = rows.map((row, i) => {
      const entries = ends[i] ?? [];
      if (entries.length === 1) return [row];
      const cuts = entries.slice(1).map((e, j) => {
        const from = entries[j]?.[1] ?? row[0];
        const at = text.slice(from, e[0]).search(/[,\s]/);
        return at < 0 ? e[0] : from + at;
      });
      return entries.map((_, j) => {
        const [a, b] = trimmed(text, [j === 0 ? row[0] : (cuts[j - 1] as number), cuts[j] ?? row[1]]);
        return trimmed(text, [text.charAt(a) === "," ? a + 1 : a, b]);
      });
    });
  } else cells = rows.map((row) => splitAt(text, row, (i) => /^(?:\s*,\s*|\s+)/.exec(text.slice(i, i + 64))?.[0].length ?? 0));
  const source = text.slice(...inner);
  const guarded = hasComment(source, language);
  if (!isWhole(cells)) return guarded ? laidOut(text, { range, cells: [[inner]], rows: [inner], between: " ", rowEnd: ";", lead, guarded }) : null;
  return laidOut(text, {
    range,
    cells,
    rows,
    between: isTypst ? ", " : " ",
    rowEnd: source.includes("\n") && !source.includes(";") ? "" : ";",
    lead,
    guarded,
  });
}

/** Lines of CSV, of blanks and numbers, or of a Markdown table, its heading included. */
export function tableGrid(text: string, [start, end]: Range, language: FormatName): Read | null {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const from = text.slice(lineStart, start).replace(/[|\s]/g, "") === "" ? lineStart : start;
  const bar = language === "markdown";
  const stop = bar ? (/^[^\n]*/.exec(text.slice(end))?.[0].length ?? 0) + end : end;
  const lines = splitLines(text, [from, stop]).map((l) => trimmed(text, l));
  const separator = bar ? "|" : language === "tsv" ? "\t" : language === "csv" ? (text.slice(from, stop).includes(";") ? ";" : ",") : " ";
  const parts = ([a, b]: Range) =>
    separator === " "
      ? splitAt(text, [a, b], (i) => /^[ \t]+/.exec(text.slice(i, i + 64))?.[0].length ?? 0)
      : splitAt(text, [a, b], (i) => (text.charAt(i) === separator && text.charAt(i - 1) !== "\\" ? 1 : 0), bar ? "" : '"').map((p) =>
          trimmed(text, p),
        );
  const inBars = ([a, b]: Range): Range => [text.charAt(a) === "|" ? a + 1 : a, text.charAt(b - 1) === "|" ? b - 1 : b];
  const isRule = (l: Range) => bar && /^[\s|:-]+$/.test(text.slice(...l)) && text.slice(...l).includes("-");
  const cells = lines.filter((l) => !isRule(l)).map((l) => parts(bar ? inBars(l) : l));
  if (!isWhole(cells)) return null;
  const rule = lines.find(isRule);
  return {
    range: [from, stop],
    cells,
    guarded: false,
    ...(rule ? { columns: parts(inBars(rule)).map((c) => text.slice(...c)) } : {}),
    style: {
      open: "",
      close: "",
      between: bar ? " | " : separator,
      rowOpen: bar ? "| " : "",
      rowClose: bar ? " |" : "",
      rowEnd: "",
      indent: "",
      aligned: bar || separator === " ",
      paddable: bar || separator === " ",
    },
  };
}
