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

/** A sentence with its parts apart, so that a face can say it in another language: {0}, {1} ... stand for the parts. */
export interface Phrase {
  readonly template: string;
  readonly data: Readonly<Record<string, string | number>>;
}

/** A phrase as a tagged template: said`cannot multiply ${left} by ${right}`. */
export const said = (texts: TemplateStringsArray, ...parts: readonly (string | number | bigint | undefined | null)[]): Phrase => ({
  template: texts.slice(1).reduce((all, text, k) => `${all}{${k}}${text}`, texts[0] as string),
  data: Object.fromEntries(parts.map((p, k) => [k, typeof p === "number" ? p : String(p)])),
});

/** A sentence that is its own key, or one with parts. */
export type Sentence = string | Phrase;

/** What a sentence says in English. */
export const spoken = (p: Sentence): string =>
  typeof p === "string" ? p : p.template.replace(/\{(\d+)\}/g, (all, k: string) => String(p.data[k] ?? all));

/** Plain data: goes into notes, hovers, the Problems view and the command line as it is. */
export interface FormulaError {
  readonly kind: ErrorKind;
  readonly message: string;
  /** In the text that was given. */
  readonly range: Range;
  readonly hint?: string;
  /** The message with its parts left open ("cannot multiply {0} by {1}"); absent when it has none and `message` is its own key. */
  readonly template?: string;
  /** What stands in the places of `template`, by "0", "1" ... */
  readonly data?: Readonly<Record<string, string | number>>;
  /** The same of the hint. */
  readonly hintTemplate?: string;
  readonly hintData?: Readonly<Record<string, string | number>>;
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
  return {
    kind,
    message: spoken(message),
    range,
    ...(hint !== undefined && { hint: spoken(hint) }),
    ...(typeof message !== "string" && { template: message.template, data: message.data }),
    ...(typeof hint === "object" && { hintTemplate: hint.template, hintData: hint.data }),
  };
}

/** Throws a FormulaFailure. */
export function fail(kind: ErrorKind, message: Sentence, range: Range, hint?: Sentence): never {
  throw new FormulaFailure(formulaError(kind, message, range, hint));
}

/** The answer of everything that can fail on bad input. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: FormulaError };
