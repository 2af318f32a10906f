// An error a reader can act on: what is wrong, where, and what to do.

import type { MathErrorKind } from "../linalg/index.js";
import type { Range } from "./expr.js";

/** The closed list of things that go wrong with a formula or a literal. */
export type ErrorKind =
  | MathErrorKind
  | "empty"
  | "not-a-formula"
  | "unbalanced"
  | "unexpected-token"
  | "unexpected-end"
  | "missing-argument"
  | "missing-bound"
  | "double-superscript"
  | "double-subscript"
  | "bad-number"
  | "unknown-command"
  | "unknown-environment"
  | "unknown-function"
  | "unknown-norm"
  | "undefined-name"
  | "circular"
  | "ragged"
  | "matrix-divisor"
  | "identity-size"
  | "unresolved-ellipsis"
  | "truncated"
  | "non-numeric"
  | "no-variable"
  | "no-solution"
  | "underdetermined"
  | "timeout"
  | "internal";

/** Plain data: goes into notes, hovers, the Problems view and the command line as it is. */
export interface FormulaError {
  readonly kind: ErrorKind;
  readonly message: string;
  /** In the text that was given. */
  readonly range: Range;
  readonly hint?: string;
  /** The definition that failed when it was used: its place among the definitions, and the range in its own text. */
  readonly definition?: { readonly index: number; readonly range: Range };
}

/** How a parser or the evaluator leaves in the middle; caught at the room's door and answered as a FormulaError. */
export class FormulaFailure extends Error {
  override readonly name = "FormulaFailure";
  constructor(readonly error: FormulaError) {
    super(error.message);
  }
}

/** Throws a FormulaFailure. */
export function fail(kind: ErrorKind, message: string, range: Range, hint?: string): never {
  throw new FormulaFailure(hint === undefined ? { kind, message, range } : { kind, message, range, hint });
}

/** The answer of everything that can fail on bad input. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: FormulaError };
