// The first message about a value: its shape, its coarsest picture, and what else may be asked about it. Nothing that takes long.
import { asMatrix, matrixValue, said, type Value } from "@scholium/core/expr";
import { pyramid, shownValues, tile } from "@scholium/core/figure";
import { realFunction } from "@scholium/core/formula";
import { isSymmetric, type Matrix, rationalToNumber } from "@scholium/core/linalg";
import { type FactorName, type FigureName, type Sight, TILE } from "../../panelMessages.js";
import type { Conventions } from "../../protocol.js";
import { factsOf } from "../facts.js";
import type { Found } from "../formula.js";
import type { JobContext } from "../jobs/index.js";
import { printValue } from "../print.js";
import { wordsOf } from "../words.js";
import type { Entry, MatrixEntry, PlotEntry } from "./store.js";

/** Values with more entries are not printed. */
const PRINTED = 2500;
const LONGEST_TEXT = 8000;
/** Matrices with more rows are no graph one can read. */
const LARGEST_GRAPH = 60;
/** Eigenvalues of larger matrices take too long to be offered. */
const LARGEST_SPECTRUM = 1200;

/** The value as a matrix to look at: a number is 1 x 1, a record or list shows its first matrix. */
export function pictureOf(value: Value): Matrix | null {
  switch (value.kind) {
    case "array":
      return value.shape.length <= 2 ? asMatrix(value) : stacked(value.shape, value.data);
    case "real":
      return { rows: 1, columns: 1, data: Float64Array.of(value.value) };
    case "rational":
      return { rows: 1, columns: 1, data: Float64Array.of(rationalToNumber(value)) };
    case "complex":
      return { rows: 1, columns: 1, data: Float64Array.of(value.re), imag: Float64Array.of(value.im) };
    case "record":
      return first(Object.values(value.fields));
    case "list":
      return first(value.items);
    default:
      return null;
  }
}

/** A tensor as its matrices, one below the other. */
const stacked = (shape: readonly number[], data: Float64Array): Matrix => {
  const columns = shape[shape.length - 1] ?? 1;
  return { rows: columns ? data.length / columns : 0, columns, data };
};

function first(values: readonly Value[]): Matrix | null {
  for (const v of values) if (v.kind === "array") return pictureOf(v);
  return null;
}

const plainTitle = (found: Found) => {
  const text = found.formula.named ?? found.formula.text.replace(/\s+/g, " ").trim();
  return text.length > 48 ? `${text.slice(0, 47)}…` : text;
};

function printed(value: Value, language: string): { text: string; latex: string } {
  const cells = value.kind === "array" ? value.data.length : value.kind === "record" || value.kind === "list" ? PRINTED + 1 : 1;
  if (cells > PRINTED) return { text: "", latex: "" };
  const text = printValue(value, language as never, { digits: 12 }) ?? "";
  const latex = printValue(value, "latex", { digits: 6 }) ?? "";
  return { text: text.slice(0, LONGEST_TEXT), latex: latex.length > LONGEST_TEXT ? "" : latex };
}

const figuresOf = (m: Matrix): FigureName[] => {
  const square = m.rows === m.columns && m.rows > 1;
  const out: FigureName[] = [];
  if (m.data.length > 1) out.push("pattern");
  if (square && m.rows <= LARGEST_SPECTRUM) out.push("eigenvalues");
  if (square && !m.imag && m.rows <= LARGEST_GRAPH && isSymmetric(m, 1e-12)) out.push("graph");
  if (square && !m.imag && m.rows <= 3 && m.data.every(Number.isFinite)) out.push("action");
  return out;
};

const factorsOf = (m: Matrix): FactorName[] => {
  if (m.rows < 2 || m.columns < 2) return [];
  return m.rows === m.columns ? ["lu", "qr", "cholesky", "svd", "eigen", "schur", "polar"] : ["lu", "qr", "svd", "polar"];
};

/** Work in multiplications that may be spent before the first picture. */
const FIRST_WORK = 24 ** 3;

/** Keeps the value and answers what there is to see; null when there is nothing. */
export function sightOf(found: Found, conventions: Conventions, { store, say }: Pick<JobContext, "store" | "say">): Sight | null {
  const { value, formula, answer } = found;
  const common = { key: store.newKey(), title: plainTitle(found), language: answer.language, conventions };
  const recipe = {
    text: formula.text,
    language: formula.language,
    definitions: formula.definitions.map((d) => d.text),
    ...(formula.named ? { named: formula.named.slice(0, 256) } : {}),
  };
  const length = recipe.text.length + recipe.definitions.reduce((n, d) => n + d.length, 0);
  const rest = { recipe: length <= 1 << 20 ? recipe : null };
  if (value.kind === "function" || value.kind === "symbolic") {
    const real = realFunction(value, answer.language, { exact: "never" });
    if (real.names.length === 0 || real.names.length > 64) return null;
    // A figure is titled f(x); what f is stands above it.
    const title = value.kind === "function" && value.name ? `${value.name}(${value.params.join(", ")})` : common.title;
    const entry: PlotEntry = { ...common, title, kind: "plot", value, real };
    store.add(entry);
    return {
      ...blank(entry),
      title: common.title,
      ...printed(value, answer.language),
      names: real.names.map((n) => n.slice(0, 256)),
      arity: real.arity,
      ...rest,
    };
  }
  const matrix = pictureOf(value);
  if (!matrix || matrix.data.length === 0) return null;
  const levels = pyramid(shownValues(matrix), matrix.rows, matrix.columns, TILE);
  const shown = value.kind === "array" ? value : value.kind === "record" || value.kind === "list" ? matrixValue(matrix) : value;
  const entry: MatrixEntry = { ...common, kind: "matrix", value: shown, matrix, pyramid: levels };
  store.add(entry);
  return {
    ...blank(entry),
    ...printed(value, answer.language),
    words:
      matrix.data.length <= PRINTED
        ? wordsOf(shown, factsOf(shown, FIRST_WORK), answer.text, say)
        : say(said`${matrix.rows} by ${matrix.columns} matrix`),
    rows: matrix.rows,
    columns: matrix.columns,
    complex: matrix.imag !== undefined,
    least: levels.finite ? levels.least : Number.NaN,
    greatest: levels.finite ? levels.greatest : Number.NaN,
    levels: levels.depth + 1,
    // One tile is all of the coarsest level: the first picture.
    tiles: [topTile(entry)],
    figures: figuresOf(matrix),
    factors: factorsOf(matrix),
    ...rest,
  };
}

const blank = ({ key, kind, title }: Entry): Sight => ({
  key,
  kind,
  title,
  latex: "",
  text: "",
  words: title,
  rows: 1,
  columns: 1,
  complex: false,
  least: Number.NaN,
  greatest: Number.NaN,
  levels: 1,
  tiles: [],
  figures: [],
  factors: [],
  names: [],
  arity: 0,
  remarks: [],
  recipe: null,
});

/** One tile of a level, a copy that may be transferred. */
export function tileAt({ pyramid }: MatrixEntry, level: number, row: number, column: number): Sight["tiles"][number] | null {
  if (level > pyramid.depth) return null;
  const found = tile(pyramid, level, row * TILE, column * TILE, TILE);
  return found.data.length ? { level, row, column, ...found } : null;
}

const topTile = ({ pyramid }: MatrixEntry): Sight["tiles"][number] => ({
  level: pyramid.depth,
  row: 0,
  column: 0,
  ...tile(pyramid, pyramid.depth, 0, 0, TILE),
});
