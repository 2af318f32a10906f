// A tokenizer driven by a table of sticky patterns, for notations whose tokens do not depend on context.

import { fail, said } from "../../expr/index.js";
import { endToken, MAX_TOKENS, type Token } from "./token.js";

export interface LexRule {
  /** The kind given to the token; "space" is skipped but remembered as white space before the next token. */
  readonly kind: string;
  /** Must carry the sticky flag, match at least one character, and nest no quantifiers. */
  readonly pattern: RegExp;
  /** What the token carries besides its text. */
  readonly value?: (text: string) => unknown;
}

/** Operators as one pattern, longest first. */
export const operators = (...signs: readonly string[]): RegExp =>
  new RegExp(
    [...signs]
      .sort((a, b) => b.length - a.length)
      .map((s) => s.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"))
      .join("|"),
    "y",
  );

/** Splits a text by the first rule that matches at each place, in linear time. Fails `unexpected-token` where none does. */
export function tokenize(text: string, rules: readonly LexRule[], from = 0, to = text.length): Token[] {
  const out: Token[] = [];
  let at = from;
  let space = false;
  scan: while (at < to) {
    for (const rule of rules) {
      rule.pattern.lastIndex = at;
      const found = rule.pattern.exec(text)?.[0];
      if (!found || at + found.length > to) continue;
      const start = at;
      at += found.length;
      if (rule.kind === "space") space = true;
      else {
        if (out.length >= MAX_TOKENS) fail("too-large", said`more than ${MAX_TOKENS} tokens`, [start, at]);
        out.push({ kind: rule.kind, text: found, start, end: at, space, ...(rule.value && { value: rule.value(found) }) });
        space = false;
      }
      continue scan;
    }
    fail("unexpected-token", said`"${String.fromCodePoint(text.codePointAt(at) as number)}" has no meaning here`, [at, at + 1]);
  }
  out.push(endToken(to));
  return out;
}
