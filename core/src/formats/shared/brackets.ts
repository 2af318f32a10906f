// Brackets before the parser runs: that they match, and which line ends they make mean nothing.

import { fail, said } from "../../expr/index.js";
import type { Token } from "../grammar/index.js";

/** Takes out the line ends that mean nothing: all of them, or those inside brackets (`keep`: not inside these). */
export function dropNewlines(tokens: readonly Token[], all: boolean, keep = ""): Token[] {
  const out: Token[] = [];
  const stack: string[] = [];
  for (const t of tokens) {
    if (t.kind === "newline") {
      const top = stack[stack.length - 1];
      if (all || (top !== undefined && !keep.includes(top))) continue;
    } else if (t.kind === "op") {
      if (t.text === "(" || t.text === "[" || t.text === "{") stack.push(t.text);
      else if (t.text === ")" || t.text === "]" || t.text === "}") stack.pop();
    }
    out.push(t);
  }
  return out;
}

/** Fails at the first bracket that is closed by another kind, or never. Runs before the parser, so that the place is exact. */
export function checkBrackets(tokens: readonly Token[]): void {
  const stack: Token[] = [];
  const partner: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };
  for (const t of tokens) {
    if (t.kind !== "op") continue;
    if (t.text === "(" || t.text === "[" || t.text === "{") stack.push(t);
    else if (partner[t.text]) {
      const open = stack.pop();
      if (!open) fail("unbalanced", said`"${t.text}" closes nothing`, [t.start, t.end]);
      if (open?.text !== partner[t.text]) fail("unbalanced", said`"${open?.text}" is closed by "${t.text}"`, [t.start, t.end]);
    }
  }
  const open = stack[0];
  if (open)
    fail("unbalanced", said`"${open.text}" is never closed`, [open.start, open.end], said`add "${{ "(": ")", "[": "]", "{": "}" }[open.text]}"`);
}
