// Tokens with their places, and the cursor every parser walks over them.

import { type ErrorKind, FormulaFailure, fail, type Range, type Sentence, said } from "../../expr/index.js";

/** Deepest nesting and most tokens of a text; beyond, `too-large`. */
export const MAX_DEPTH = 256;
export const MAX_TOKENS = 200_000;

export interface Token {
  /** What sort of token it is; the sorts are the notation's own. "end" closes every token list. */
  readonly kind: string;
  /** As the grammar sees it (full-width digits and Unicode operators already mapped). */
  readonly text: string;
  /** In the original text. */
  readonly start: number;
  readonly end: number;
  /** White space stood before it. */
  readonly space: boolean;
  /** What the tokenizer has already read (a number, a whole literal matrix). */
  readonly value?: unknown;
}

/** The token that closes a list. */
export const endToken = (length: number): Token => ({ kind: "end", text: "", start: length, end: length, space: true });

/** From the start of one place to the end of another. */
export const span = (a: { readonly range: Range } | Token, b: { readonly range: Range } | Token): Range => [
  "range" in a ? a.range[0] : a.start,
  "range" in b ? b.range[1] : b.end,
];

/** A position in a token list; `index` may be saved and restored to read again in another way. */
export class Cursor {
  index = 0;
  depth = 0;

  constructor(
    readonly text: string,
    /** Ends with an "end" token. */
    readonly tokens: readonly Token[],
  ) {}

  /** The token `ahead` places on; the end token beyond the end. */
  peek(ahead = 0): Token {
    return this.tokens[this.index + ahead] ?? (this.tokens[this.tokens.length - 1] as Token);
  }

  /** Takes one token; stays at the end token. */
  next(): Token {
    const t = this.tokens[this.index] as Token;
    if (t.kind !== "end") this.index++;
    return t;
  }

  /** The token before the cursor. */
  previous(): Token {
    return (this.tokens[this.index - 1] ?? this.tokens[0]) as Token;
  }

  at(text: string): boolean {
    const t = this.peek();
    return t.text === text && t.kind !== "end" && t.kind !== "string";
  }

  atEnd(): boolean {
    return this.peek().kind === "end";
  }

  /** Takes the next token when it reads `text`. */
  accept(text: string): Token | undefined {
    return this.at(text) ? this.next() : undefined;
  }

  /** Takes the token that closes what `open` began; fails `unbalanced` at the opening, or at the wrong closing token. */
  close(text: string, open: Token): Token {
    const t = this.accept(text);
    if (t) return t;
    const found = this.peek();
    if (found.kind === "end") fail("unbalanced", said`"${open.text}" is never closed by "${text}"`, [open.start, open.end], said`add "${text}"`);
    return fail("unexpected-token", said`expected "${text}" but found "${found.text}"`, [found.start, found.end]);
  }

  /** Fails at the next token: `unexpected-end` when there is none. */
  unexpected(wanted: string): never {
    const t = this.peek();
    if (t.kind !== "end") fail("unexpected-token", said`expected ${wanted} but found "${t.text}"`, [t.start, t.end]);
    const last = this.previous();
    return fail(
      "unexpected-end",
      said`expected ${wanted}, but the formula ends here`,
      last.kind === "end" ? [0, this.text.length] : [last.start, last.end],
      "write what is missing after it, or remove it",
    );
  }

  failAt(kind: ErrorKind, message: Sentence, token: Token, hint?: Sentence): never {
    return fail(kind, message, [token.start, token.end], hint);
  }

  /** Runs `read`; when it fails, goes back and answers undefined. Use with bounded nesting: a text must not be read twice at every level. */
  attempt<T>(read: () => T): T | undefined {
    const { index, depth } = this;
    try {
      return read();
    } catch (e) {
      if (!(e instanceof FormulaFailure) || e.error.kind === "too-large") throw e;
      this.index = index;
      this.depth = depth;
      return undefined;
    }
  }

  /** Runs `read` one level deeper; fails `too-large` beyond MAX_DEPTH. */
  deeper<T>(read: () => T): T {
    if (++this.depth > MAX_DEPTH) {
      const t = this.peek();
      fail("too-large", said`nested more than ${MAX_DEPTH} levels deep`, [t.start, t.end]);
    }
    const value = read();
    this.depth--;
    return value;
  }
}
