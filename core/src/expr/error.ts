// An error a reader can act on: what is wrong, where, and what to do.

import { type MathErrorKind, type Sentence, type Spoken, spokenOf } from "../linalg/index.js";
import type { Range } from "./expr.js";

export { hintOf, listOf, messageOf, type Phrase, type PhraseData, phrase, type Sentence, type Spoken, said, spoken } from "../linalg/index.js";

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
export interface FormulaError extends Spoken {
  readonly kind: ErrorKind;
  /** In the text that was given. */
  readonly range: Range;
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

/** A FormulaError of a message and a hint, each a plain text or a phrase with parts. */
export function formulaError(kind: ErrorKind, message: Sentence, range: Range, hint?: Sentence): FormulaError {
  const { message: text, ...rest } = spokenOf(message, hint);
  return { kind, message: text, range, ...rest };
}

/** Throws a FormulaFailure. */
export function fail(kind: ErrorKind, message: Sentence, range: Range, hint?: Sentence): never {
  throw new FormulaFailure(formulaError(kind, message, range, hint));
}

/** The answer of everything that can fail on bad input. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: FormulaError };
