// What goes wrong in a computation, as a value the layers above can show in place.
import { type PhraseData, type Sentence, type Spoken, spokenOf } from "./phrase.js";

/** Kinds of failure a mathematical routine reports; a subset of the formula language's kinds (spec of errors). */
export type MathErrorKind =
  | "shape-mismatch"
  | "not-square"
  | "singular"
  | "divide-by-zero"
  | "domain"
  | "nonfinite"
  | "no-convergence"
  | "index-out-of-range"
  | "length-mismatch"
  | "arity"
  | "too-large"
  | "cancelled"
  | "unsupported";

/**
 * Thrown by the mathematics rooms. The message names the shapes or values involved; `hint` says what to do; both are English, with their parts apart
 * beside them where they have any. `partial` carries what was computed so far.
 */
export class MathError extends Error implements Spoken {
  override readonly name = "MathError";
  declare readonly hint?: string;
  declare readonly template?: string;
  declare readonly data?: PhraseData;
  declare readonly hintTemplate?: string;
  declare readonly hintData?: PhraseData;
  constructor(
    readonly kind: MathErrorKind,
    message: Sentence,
    hint?: Sentence,
    readonly partial?: unknown,
  ) {
    const { message: text, ...parts } = spokenOf(message, hint);
    super(text);
    Object.assign(this, parts);
  }
}
