// A catalogue entry says once what a routine is called, takes, answers, costs and cites; completion, hover, CLI, reference page and golden runner read it.

import type { Figure } from "../figure/index.js";
import type { Matrix } from "../linalg/index.js";

/** How an argument or result part is checked and converted at the border to formulas and JSON. */
export type Kind =
  | { readonly type: "matrix" } // Matrix; a vector arrives as a column
  | { readonly type: "vector" } // Float64Array
  | { readonly type: "integer"; readonly min?: number; readonly max?: number }
  | { readonly type: "real"; readonly min?: number; readonly max?: number }
  | { readonly type: "boolean" }
  | { readonly type: "string" }
  | { readonly type: "option"; readonly values: readonly string[] }
  | { readonly type: "indices" } // number[], 0-based
  | { readonly type: "list"; readonly of: Kind }
  | { readonly type: "record"; readonly fields: Readonly<Record<string, Kind>> }
  | { readonly type: "json" }; // anything plain

export interface Param {
  readonly name: string;
  readonly kind: Kind;
  readonly doc?: string;
  /** Absent for a required argument. */
  readonly default?: unknown;
}

/** Arguments by name. */
export type Args = Readonly<Record<string, any>>;

export interface Routine {
  /** What one types, in lower camel case. */
  readonly name: string;
  /** What one writes in LaTeX, beside \operatorname{name}. */
  readonly latex?: readonly string[];
  readonly title: string;
  /** Meaning, shapes, edge cases; Markdown with $...$ formulas. */
  readonly doc?: string;
  readonly params: readonly Param[];
  readonly result: Kind;
  /** Approximate floating-point operations, from the arguments. */
  readonly cost?: (args: Args) => number;
  /** Paper and equation. */
  readonly source: string;
  /** A formula that runs as it stands. */
  readonly example: string;
  readonly figure?: (result: any, args: Args) => Figure | readonly Figure[];
  /** Called with the arguments by name. */
  readonly compute: (args: any) => unknown;
  /** Names under which reference data call it, with the plain-data form: input in, output out. */
  readonly reference?: Readonly<Record<string, (input: any) => unknown>>;
  /** Where a reference name is the routine's own: the argument only reference inputs have. Without it the call is the routine's own. */
  readonly referenceMark?: string;
}

/** Checks nothing: gives an entry its type. */
export const routine = (entry: Routine): Routine => entry;

const param = (name: string, kind: Kind, doc?: string, fallback?: unknown): Param => ({
  name,
  kind,
  ...(doc !== undefined && { doc }),
  ...(fallback !== undefined && { default: fallback }),
});

export const matrix = (name: string, doc?: string): Param => param(name, { type: "matrix" }, doc);
export const vector = (name: string, doc?: string, fallback?: readonly number[]): Param => param(name, { type: "vector" }, doc, fallback);
export const integer = (name: string, limits: { min?: number; max?: number; default?: number; doc?: string } = {}): Param =>
  param(name, { type: "integer", min: limits.min, max: limits.max }, limits.doc, limits.default);
export const real = (name: string, limits: { min?: number; max?: number; default?: number; doc?: string } = {}): Param =>
  param(name, { type: "real", min: limits.min, max: limits.max }, limits.doc, limits.default);
export const option = (name: string, values: readonly string[], fallback: string, doc?: string): Param =>
  param(name, { type: "option", values }, doc, fallback);
export const flag = (name: string, fallback = false, doc?: string): Param => param(name, { type: "boolean" }, doc, fallback);

export const kinds = {
  matrix: { type: "matrix" } as Kind,
  vector: { type: "vector" } as Kind,
  integer: { type: "integer" } as Kind,
  real: { type: "real" } as Kind,
  boolean: { type: "boolean" } as Kind,
  string: { type: "string" } as Kind,
  indices: { type: "indices" } as Kind,
  json: { type: "json" } as Kind,
  list: (of: Kind): Kind => ({ type: "list", of }),
  record: (fields: Record<string, Kind>): Kind => ({ type: "record", fields }),
};

/** The entries by name, as the formula language sees them. */
export interface Catalogue {
  find(name: string): Routine | undefined;
  names(): readonly string[];
}

export type { Figure, Matrix };
