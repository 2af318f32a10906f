// A question to the evaluator and its answer, as the command line, the editor's worker and the language-model tool put it.

import type { FormulaError, Sentence, Value } from "../expr/index.js";
import type { FormatName } from "../formats/index.js";
import type { Settings } from "./context.js";

/** What can be done with an expression. */
export const commandNames = [
  "evaluate",
  "numeric",
  "simplify",
  "expand",
  "factor",
  "collect",
  "apart",
  "solve",
  "series",
  "limit",
  "differentiate",
  "integrate",
  "rref",
  "nullspace",
  "eigenvalues",
  "eigenvectors",
  "singularvalues",
  "svd",
  "lu",
  "qr",
  "cholesky",
  "inverse",
  "det",
  "rank",
  "trace",
  "transpose",
  "charpoly",
  "detect",
  "equivalent",
  "steps",
] as const;
export type Command = (typeof commandNames)[number];

export interface Request {
  readonly input: string;
  readonly language: FormatName | "auto";
  /** Texts of definitions, nearest last. */
  readonly definitions?: readonly string[];
  readonly command?: Command;
  /** variable, point, order, to ...: what the command needs. */
  readonly params?: Readonly<Record<string, unknown>>;
  readonly settings?: Partial<Settings>;
  /** Milliseconds; the default is 6000. */
  readonly timeout?: number;
  /** False: the answer's `text` and `latex` stay empty, for a caller that prints the value itself, or not at all when it is large. */
  readonly printed?: boolean;
}

/** A definition that was used, by its place in `definitions` (or in the document). */
export interface UsedDefinition {
  readonly name: string;
  readonly index: number;
}

export type Answer =
  | {
      readonly ok: true;
      readonly value: Value;
      /** The same value exactly, where `value` is rounded and a short closed form is known: 2√3, (1 + √5)/2, π/4, a list of such eigenvalues. */
      readonly exact?: Value;
      /** The names an input of nothing but definitions gives, where there are several: `value` is the list of their values. */
      readonly names?: readonly string[];
      /** The value in the notation it came from. */
      readonly text: string;
      readonly latex: string;
      /** What the input was read as. */
      readonly language: FormatName;
      readonly notes: readonly Sentence[];
      readonly used: readonly UsedDefinition[];
    }
  | { readonly ok: false; readonly error: FormulaError; readonly language?: FormatName };
