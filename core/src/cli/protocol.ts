// What the command line asks its worker.

export interface Case {
  readonly id?: unknown;
  readonly kind: "evaluate" | "call" | "papers";
  readonly [field: string]: unknown;
}

/** A question with its number, so that an answer to one that was given up is not taken for the next. */
export interface Question {
  readonly number: number;
  readonly case: Case;
  /** Milliseconds it may take. */
  readonly limit: number;
}

export interface Reply {
  readonly number: number;
  readonly answer: Record<string, unknown>;
  /** The worker's memory has grown large, and ends with it. */
  readonly outgrown: boolean;
}
