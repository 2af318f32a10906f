// LaTeX text to tokens: layout, comments and labels vanish, macros unfold, Unicode becomes commands, nesting is checked.
//
// Kinds: letter, number, word (\mathrm{foo}), text (prose), command, symbol, row (\\), begin, finish, left, right, literal, end.
// A token that comes out of a macro carries the place of the macro's call.

import { fail, type Range, said } from "../../expr/index.js";
import { endToken } from "../grammar/index.js";
import { run } from "./lexer/run.js";
import { type LatexToken, State } from "./lexer/state.js";
import type { Macros } from "./macros.js";
import { binaryOps, relationOps } from "./operators.js";

/** Splits a text in the ranges given; a row mark stands between two of them. */
export function tokenizeLatex(text: string, spans: readonly Range[], macros: Macros = new Map()): { tokens: LatexToken[]; macros: Macros } {
  const state = new State(macros, run);
  spans.forEach(([from, to], i) => {
    if (i > 0) state.push("row", "\\\\", from, from);
    run(state, text, from, to, undefined, 0);
    checkClosed(state, text, to);
  });
  state.tokens.push({ ...endToken(text.length), wide: false });
  return { tokens: bareOperators(state.tokens), macros: state.macros };
}

/** Fails at the innermost group that is still open. */
function checkClosed({ open }: State, text: string, to: number): void {
  const top = open.at(-1);
  if (!top) return;
  if (top.type === "{" || top.type === "strip")
    fail("unbalanced", '"{" is never closed', [Math.min(top.chain, top.range[0]), Math.max(top.range[1], Math.min(to, text.length))], 'add "}"');
  if (top.type === "left") fail("unbalanced", said`"\\left${top.name}" has no "\\right"`, top.range, "add \\right");
  fail("unbalanced", said`"\\begin{${top.name}}" has no "\\end{${top.name}}"`, top.range, said`add \\end{${top.name}}`);
}

const operandEnd = /^(?:number|letter|word)$/;

/** 2{\cdot}3 and a{+}b: braces around an operator between two operands only space it. */
function bareOperators(tokens: LatexToken[]): LatexToken[] {
  const braced = (i: number): boolean => {
    const [open, sign, close, before] = [tokens[i], tokens[i + 1], tokens[i + 2], tokens[i - 1]];
    if (open?.text !== "{" || open.kind !== "symbol" || close?.text !== "}" || close.kind !== "symbol" || !sign || !before) return false;
    if (
      !(/^[+\-*=<>]$/.test(sign.text) && sign.kind === "symbol") &&
      !(sign.kind === "command" && (binaryOps.has(sign.text) || relationOps.has(sign.text)))
    )
      return false;
    return operandEnd.test(before.kind) || (before.kind === "symbol" && /^[)\]}]$/.test(before.text));
  };
  if (!tokens.some((_, i) => braced(i))) return tokens;
  const out: LatexToken[] = [];
  for (let i = 0; i < tokens.length; i++) {
    if (!braced(i)) out.push(tokens[i] as LatexToken);
    else {
      out.push(tokens[i + 1] as LatexToken);
      i += 2;
    }
  }
  return out;
}
