// How the same operation differs between notations: one table.

import type { FormatName } from "../../formats/index.js";

export interface Semantics {
  /** How unequal shapes meet entry by entry. */
  readonly broadcast: "equal" | "trailing" | "matlab" | "recycle" | "leading";
  /** Whether a quotient of integers stays a fraction. */
  readonly fractions: boolean;
  /** Whether free names stay as symbols. */
  readonly symbols: boolean;
  /** Whether x/0 of numbers is ±Infinity. */
  readonly ieee: boolean;
  /** Whether relations of arrays answer entry by entry. */
  readonly entrywiseRelations: boolean;
  /** Whether a 1×1 product is its number. */
  readonly collapse: boolean;
  /** Whether an operation of matrices may give a scalar plus a matrix. */
  readonly scalarPlusMatrix: boolean;
  /** The axis reductions take when none is named: every entry, or each column. */
  readonly reduce: "all" | "columns";
}

const mathematics: Semantics = {
  broadcast: "equal",
  fractions: true,
  symbols: true,
  ieee: false,
  entrywiseRelations: false,
  collapse: true,
  scalarPlusMatrix: false,
  reduce: "all",
};
const numpy: Semantics = {
  broadcast: "trailing",
  fractions: false,
  symbols: false,
  ieee: false,
  entrywiseRelations: true,
  collapse: false,
  scalarPlusMatrix: true,
  reduce: "all",
};
const matlab: Semantics = { ...numpy, broadcast: "matlab", ieee: true, reduce: "columns" };
const julia: Semantics = { ...numpy, broadcast: "matlab", ieee: true, entrywiseRelations: false };
const r: Semantics = { ...numpy, broadcast: "recycle", ieee: true };
const algebra: Semantics = { ...mathematics, broadcast: "leading", collapse: false, scalarPlusMatrix: true };
const native: Semantics = { ...numpy, ieee: true };

const table: Partial<Record<FormatName, Semantics>> = {
  latex: mathematics,
  plain: mathematics,
  typst: mathematics,
  box: mathematics,
  markdown: mathematics,
  csv: mathematics,
  tsv: mathematics,
  json: mathematics,
  python: numpy,
  matlab,
  julia,
  r,
  fortran: { ...native, broadcast: "matlab" },
  mathematica: algebra,
  maple: algebra,
  maxima: algebra,
  sage: algebra,
};

/** The rules of a notation; programming languages without an entry follow IEEE arithmetic. */
export const semanticsOf = (language: FormatName): Semantics => table[language] ?? native;
