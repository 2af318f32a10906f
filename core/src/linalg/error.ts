// What goes wrong in a computation, as a value the layers above can show in place.

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

/** Thrown by the mathematics rooms. The message names the shapes or values involved; `hint` says what to do; `partial` carries what was computed so far. */
export class MathError extends Error {
  override readonly name = "MathError";
  constructor(
    readonly kind: MathErrorKind,
    message: string,
    readonly hint?: string,
    readonly partial?: unknown,
  ) {
    super(message);
  }
}
