// The edits of each aid: from a formula where it stands to text in its place. Only the text is looked at, except where a value is asked for.
import { children, type Expr, type Value } from "@scholium/core/expr";
import { type FormatName, findFormat, formats } from "@scholium/core/formats";
import { layoutOf, regionAt } from "@scholium/core/formula";
import type { AidEdit, AidName } from "../../aidMessages.js";
import type { Copy } from "../copies.js";
import type { Formula } from "../locate.js";
import { printValue } from "../print.js";
import { entriesOf, type Grid, gridAt } from "./grid.js";
import { blanksOf } from "./gridRead.js";
import { writeGrid } from "./gridWrite.js";

type Range = readonly [number, number];

export interface AidPlace {
  readonly copy: Copy;
  readonly formula: Formula;
  /** The selection or cursor in the document. */
  readonly selection: Range;
}

/** Why an aid cannot be given. */
export class NoAid extends Error {
  override readonly name = "NoAid";
}
const refuse = (message: string): never => {
  throw new NoAid(message);
};

export function gridOf({ copy, formula, selection }: AidPlace): Grid | null {
  const [start] = formula.range;
  const line = copy.text.lastIndexOf("\n", start - 1) + 1;
  return gridAt(formula.text, formula.language, [Math.max(0, selection[0] - start), Math.max(0, selection[1] - start)], copy.text.slice(line, start));
}

const givenGrid = (place: AidPlace): Grid => gridOf(place) ?? refuse("There is no matrix at the cursor.");

/** The entries of the matrix, to be written anew. */
const rowsOf = (place: AidPlace): { grid: Grid; rows: string[][] } => {
  const grid = givenGrid(place);
  if (grid.guarded) return refuse("Comments or lines between the entries would be lost.");
  return { grid, rows: entriesOf(grid, place.formula.text) };
};

const edit = (place: AidPlace, range: Range, text: string): AidEdit => ({
  range: [place.formula.range[0] + range[0], place.formula.range[0] + range[1]],
  text,
});

/** The grid with other rows in its own layout. */
const rewrite = (place: AidPlace, grid: Grid, rows: readonly (readonly string[])[], aligned?: boolean): AidEdit[] => [
  edit(place, grid.range, writeGrid(grid, rows, aligned)),
];

/** Row and column of the entry the cursor is in or behind; the last one when it is outside. */
function cellAt({ formula, selection }: AidPlace, grid: Grid): { row: number; column: number } {
  const at = selection[1] - formula.range[0];
  const last = { row: grid.cells.length - 1, column: (grid.cells[0]?.length ?? 1) - 1 };
  if (at < grid.range[0] || at > grid.range[1] || selection[0] !== selection[1]) return last;
  for (const [row, cells] of grid.cells.entries()) for (const [column, [, end]] of cells.entries()) if (at <= end) return { row, column };
  return last;
}

/** A zero as the other entries are written. */
const zeroLike = (rows: readonly (readonly string[])[]) => (rows.flat().every((s) => /^[-+]?\d+\.\d*$/.test(s)) ? "0.0" : "0");

const DECIMAL = /(?<![\w.])\d*\.\d+(?:[eE][-+]?\d+)?|(?<![\w.])\d+(?:\.\d*)?[eE][-+]?\d+/g;

/** Decimal numbers of a text with fewer significant digits; whole numbers and fractions stay. */
export const rounded = (text: string, digits: number): string =>
  text.replace(DECIMAL, (number) => {
    const value = Number(number);
    return Number.isFinite(value) ? String(Number(value.toPrecision(digits))) : number;
  });

function namesIn(copy: Copy): Set<string> {
  const names = new Set<string>();
  for (const cell of copy.model().cells)
    for (const e of cell.entries) {
      for (const d of e.defines) names.add(d.name);
      for (const m of e.mentions) names.add(m);
    }
  return names;
}

const isMatrixExpr = (e: Expr): boolean => e.kind === "matrix" || e.kind === "array" || e.kind === "literal" || children(e).some(isMatrixExpr);

/** A name nobody uses yet: a capital for a matrix. */
function freshName(place: AidPlace): string {
  const used = namesIn(place.copy);
  let matrix = false;
  try {
    matrix = (findFormat(place.formula.language)?.parse(place.formula.text).statements ?? []).some((s) => "body" in s && isMatrixExpr(s.body));
  } catch {
    // A text that is no formula by itself gets a small letter.
  }
  const letters = matrix ? "ABCMPQSTUVWXYZ" : "abcpqrstuvw";
  for (const letter of letters) if (!used.has(letter)) return letter;
  for (let n = 1; ; n++) {
    const name = place.formula.language === "latex" ? `${letters[0]}_{${n}}` : `${letters[0]}${n}`;
    if (!used.has(name)) return name;
  }
}

/** A statement that defines a name, in a notation of code. */
const definitionText: Partial<Record<FormatName, (name: string, text: string) => string>> = {
  matlab: (n, t) => `${n} = ${t};`,
  javascript: (n, t) => `const ${n} = ${t};`,
  typescript: (n, t) => `const ${n} = ${t};`,
  rust: (n, t) => `let ${n} = ${t};`,
  go: (n, t) => `${n} := ${t}`,
  r: (n, t) => `${n} <- ${t}`,
  mathematica: (n, t) => `${n} = ${t};`,
  maxima: (n, t) => `${n}: ${t};`,
};

const ASSIGNING: ReadonlySet<string> = new Set([
  "python",
  "julia",
  "matlab",
  "javascript",
  "typescript",
  "rust",
  "go",
  "r",
  "mathematica",
  "maxima",
  "sage",
  "plain",
]);

/** The selected part of a formula as a definition above it, its name in its place. */
function extract(place: AidPlace, given: string | undefined): AidEdit[] {
  const { copy, formula, selection } = place;
  const [a, b] =
    selection[0] < selection[1]
      ? formula.range
      : ((gridOf(place)?.range.map((x) => x + formula.range[0]) as [number, number] | undefined) ?? formula.range);
  const text = copy.text.slice(a, b);
  if (/^[^=]*[^=<>!:]=[^=]/.test(text) && formula.language === "latex") return refuse("This is a definition already.");
  const name = given || freshName(place);
  const region = regionAt(copy.text, copy.language, a);
  const start = region ? region.range[0] : a;
  const line = copy.text.lastIndexOf("\n", start - 1) + 1;
  const indent = /^[ \t]*(?:>[ \t]*)*/.exec(copy.text.slice(line, start))?.[0] ?? "";
  const layout = layoutOf(copy.language);
  if (layout === "code") {
    if (!ASSIGNING.has(formula.language)) return refuse("A definition cannot be written in this language.");
    const definition = (definitionText[formula.language] ?? ((n: string, t: string) => `${n} = ${t}`))(name, text);
    return [
      { range: [line, line], text: `${indent}${definition}\n` },
      { range: [a, b], text: name },
    ];
  }
  if (formula.language !== "latex") return refuse("Definitions are taken out of LaTeX formulas and of code.");
  const several = text.includes("\n");
  const [open, close] = several ? (layout === "tex" ? ["\\[\n", "\n\\]"] : ["$$\n", "\n$$"]) : ["$", "$"];
  return [
    { range: [line, line], text: `${indent}${open}${name} = ${text}${close}\n${indent.trimEnd()}\n` },
    { range: [a, b], text: name },
  ];
}

/** The value of a part of the formula; null when it has none. */
type ValueOf = (text: string) => Promise<Value | null>;

const ENVIRONMENTS = ["pmatrix", "bmatrix", "Bmatrix", "vmatrix", "matrix", "smallmatrix"] as const;

/** What a matrix can be converted to: brackets of LaTeX first, then the other notations. */
export const notationsFor = (language: FormatName): { name: string; title: string }[] => [
  ...(language === "latex" ? ENVIRONMENTS.map((name) => ({ name, title: `\\begin{${name}}` })) : []),
  ...formats.filter((f) => f.print && f.name !== language && f.name !== "plain").map((f) => ({ name: f.name, title: f.title })),
];

async function convert(place: AidPlace, to: string | undefined, value: ValueOf): Promise<AidEdit[]> {
  const { formula, copy } = place;
  const grid = givenGrid(place);
  const text = formula.text.slice(...grid.range);
  if (formula.language === "latex" && ENVIRONMENTS.some((e) => e === to)) {
    const body = text.replace(/^\\left\s*(?:\\.|\S)\s*/, "").replace(/\s*\\right\s*(?:\\.|\S)$/, "");
    return [
      edit(place, grid.range, body.replace(/^\\begin\{[^{}]*\}(?:\s*\{[lcr|\s]*\})?/, `\\begin{${to}}`).replace(/\\end\{[^{}]*\}$/, `\\end{${to}}`)),
    ];
  }
  if (grid.guarded) return refuse("Comments or lines between the entries would be lost.");
  const read = (await value(text)) ?? refuse("This matrix has no value that could be written otherwise.");
  const printed =
    printValue(read, (to ?? "python") as FormatName, { digits: 17, inline: !text.includes("\n") }) ??
    refuse(`This value cannot be written as ${to}.`);
  // A formula that is nothing but the matrix goes with its dollars; inside a formula only the matrix is written anew.
  const region = regionAt(copy.text, copy.language, formula.range[0]);
  const alone =
    region &&
    grid.range[0] === 0 &&
    grid.range[1] === formula.text.length &&
    region.content[0] <= formula.range[0] &&
    formula.range[1] <= region.content[1];
  const wholeRegion = alone && copy.text.slice(...region.content).trim() === formula.text;
  return [wholeRegion ? { range: region.range, text: printed } : edit(place, grid.range, printed.replaceAll("\n", `\n${blanksOf(grid.lead)}`))];
}

/** The edits of an aid. Throws NoAid with the reason when there are none. */
export async function aidEdits(
  aid: Exclude<AidName, "result">,
  place: AidPlace,
  argument: string | undefined,
  digits: number,
  value: ValueOf,
): Promise<AidEdit[]> {
  switch (aid) {
    case "transpose": {
      const { grid, rows } = rowsOf(place);
      const turned = (rows[0] ?? []).map((_, j) => rows.map((r) => r[j] as string));
      return rewrite(place, grid, turned);
    }
    case "align": {
      const { grid, rows } = rowsOf(place);
      if (!grid.style.paddable) return refuse("Blanks would become part of the data here.");
      return rewrite(place, grid, rows, true);
    }
    case "insertRow": {
      const { grid, rows } = rowsOf(place);
      const { row } = cellAt(place, grid);
      const zeros = (rows[0] ?? []).map(() => zeroLike(rows));
      return rewrite(place, grid, rows.toSpliced(row + 1, 0, zeros));
    }
    case "insertColumn": {
      const { grid, rows } = rowsOf(place);
      const { column } = cellAt(place, grid);
      const zero = zeroLike(rows);
      const widened = rows.map((r, i) => r.toSpliced(column + 1, 0, i === 0 && grid.columns ? "" : zero));
      return rewrite(place, grid, widened);
    }
    case "round": {
      const wanted = argument === undefined ? digits : Number(argument);
      if (!Number.isInteger(wanted) || wanted < 1 || wanted > 17) return refuse("The number of digits is a whole number from 1 to 17.");
      const text = rounded(place.formula.text, wanted);
      if (text === place.formula.text) return refuse("There is nothing to round: no number here has more digits.");
      return [{ range: place.formula.range, text }];
    }
    case "extract":
      return extract(place, argument);
    case "convert":
      return convert(place, argument, value);
  }
}
