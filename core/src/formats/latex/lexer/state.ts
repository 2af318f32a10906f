// What the lexer knows while it reads: the tokens so far, the groups that are open, the macros, and what waits for the next token.
import { fail, type Range, said } from "../../../expr/index.js";
import { MAX_DEPTH, MAX_TOKENS, type Token } from "../../grammar/index.js";
import type { Macros } from "../macros.js";

export interface LatexToken extends Token {
  /** A wide space or an alignment mark stood before it: statements may end here. */
  readonly wide: boolean;
}

/** A group that is open. */
export interface Open {
  readonly type: "{" | "strip" | "left" | "begin" | "rows";
  readonly name: string;
  readonly range: Range;
  /** Where the chain of groups \frac{..}{.. began. */
  readonly chain: number;
  /** The script that goes with the group: \underbrace{..}_{..}. */
  readonly script?: string;
  /** Inside \substack: \\ separates conditions. */
  readonly stacked?: boolean;
}

/** Reads text[from, to) into a state; `place` overrides every token's place, `depth` counts commands and macros around it. */
export type Read = (state: State, text: string, from: number, to: number, place: Range | undefined, depth: number) => void;

export class State {
  readonly tokens: LatexToken[] = [];
  readonly open: Open[] = [];
  /** A space, or a wide one, stands before the next token. */
  space = false;
  wide = false;
  /** Round and square brackets open now: commas inside them separate. */
  brackets = 0;
  /** The next "{" is dropped together with its "}". */
  strip = false;
  /** What is special about the group that begins with the next "{". */
  special: Pick<Open, "script" | "stacked"> | undefined;
  /** Where the chain of the group that was closed last began. */
  lastChain = 0;
  /** The bracket whose `\right.` half has just been read. */
  halves: Open[] = [];
  expansions = 0;

  constructor(
    public macros: Macros,
    readonly read: Read,
  ) {}

  push(kind: string, text: string, start: number, end: number, value?: unknown): void {
    if (this.tokens.length >= MAX_TOKENS) fail("too-large", said`more than ${MAX_TOKENS} tokens`, [start, end], "select less text");
    this.tokens.push({ kind, text, start, end, space: this.space, value, wide: this.wide });
    this.space = false;
    this.wide = false;
    this.strip = false;
    this.special = undefined;
  }

  /** Opens a group; fails beyond four times the depth the grammar takes. */
  enter(group: Open): void {
    this.open.push(group);
    if (this.open.length > 4 * MAX_DEPTH) fail("too-large", said`nested more than ${4 * MAX_DEPTH} levels deep`, group.range);
  }

  /** The innermost environment around, if it is not too far out. */
  inner(): Open | undefined {
    for (let i = this.open.length - 1; i >= 0 && i > this.open.length - 64; i--) {
      const o = this.open[i] as Open;
      if (o.type === "begin" || o.type === "rows") return o;
    }
    return undefined;
  }
}
