// What evaluation needs besides the expression: names, settings, the catalogue, and a budget it must respect.

import type { Catalogue } from "../catalogue/index.js";
import type { Expr, Range, Sentence, Value } from "../expr/index.js";
import type { FormatName } from "../formats/index.js";
import type { Family } from "./evaluate/family.js";
import type { SymbolicEngine } from "./symbolic/interface.js";

/** Conventions a reader may choose; each result names the one it used. */
export interface Settings {
  /** What ^\dagger and ^+ mean. */
  readonly dagger: "pinv" | "adjoint";
  /** What \log without a base means. */
  readonly log: "natural" | "ten";
  /** Whether integers and fractions stay exact. */
  readonly exact: "auto" | "always" | "never";
}

export const defaultSettings: Settings = { dagger: "pinv", log: "natural", exact: "auto" };

/** A name declared with a shape but no value: A \in \mathbb R^{m\times n}. */
export interface Declaration {
  readonly name: string;
  readonly shape: readonly Expr[];
  readonly field: "real" | "complex" | "integer";
}

/** Polled in every long loop. `check` and `look` throw a FormulaFailure of kind timeout or cancelled when it is time to stop. */
export interface Budget {
  /** For tight loops: looks now and then. */
  check(): void;
  /** Looks now: what long numerical work, which keeps its own time between looks, is watched with. */
  look(): void;
  /** Most cells of an array that may be built. */
  readonly maxCells: number;
  /** Most terms of a sum or product. */
  readonly maxTerms: number;
  /** How deep evaluations are nested at the moment: user input must not exhaust the stack. */
  readonly nesting: { depth: number };
}

/** The names a formula sees. */
export interface Scope {
  /**
   * The value of a defined name, evaluated on first use; undefined when nothing defines it.
   * Throws a FormulaFailure at `use` when the definition fails (`circular`, or its own error).
   */
  lookup(name: string, use: Range): Value | undefined;
  /** The shape a name was declared with. */
  declaration(name: string): Declaration | undefined;
  /** All defined names, for suggestions. */
  names(): readonly string[];
  /** The last definition for every index of a base: x_k = k^2 for x. */
  family(base: string): Family | undefined;
  /** A scope that sees `bindings` first. */
  with(bindings: Readonly<Record<string, Value>>): Scope;
}

export interface Context {
  /** The notation the expression was written in: decides indexing, broadcasting and axes where operations differ. */
  readonly language: FormatName;
  readonly settings: Settings;
  readonly scope: Scope;
  readonly catalogue: Catalogue;
  readonly budget: Budget;
  /** The loaded symbolic library, when there is one. */
  readonly engine?: SymbolicEngine;
  /** Keep π, e, roots and function values of exact numbers as expressions: the second, exact reading of a formula. */
  readonly closed?: boolean;
  /** Names that stand as subscripts in the formula: `i` among them is no imaginary unit. */
  readonly indexNames?: ReadonlySet<string>;
  /** Indices of the sums and products being written out: x_i with i = 2 is x_2. */
  readonly running?: ReadonlySet<string>;
  /** Remarks for the result line ("read as (a/b)*c", "ill-conditioned, cond = 1e14"). */
  note(remark: Sentence): void;
}
