// Names that an index runs through: x_i, a_{i+1,j}, x^{(i)}. With an index they stand for one value after the other.

import { children, type Expr, type NameExpr, someNode } from "../../expr/index.js";

/** Three letters or more are a word (x_{min}) unless all are common indices. */
const isWord = (letters: readonly string[]): boolean => letters.length >= 3 && !letters.every((l) => /^[i-l]$/.test(l));

/** The letters of a product of names written without a sign, as ij; null for anything else. */
function letters(e: Expr): string[] | null {
  const out: string[] = [];
  let x = e;
  while (x.kind === "binary" && x.op === "multiply" && x.implicit) {
    if (x.right.kind !== "name") return null;
    out.unshift(x.right.name);
    x = x.left;
  }
  if (x.kind !== "name") return null;
  out.unshift(x.name);
  return out;
}

/** The two indices of a matrix in one subscript: "12" and the product "ij"; null for anything else. */
export function indexPair(e: Expr): readonly [Expr, Expr] | null {
  if (e.kind === "binary" && e.op === "multiply" && e.implicit) return [e.left, e.right];
  if (e.kind !== "number" || e.exact?.den !== 1n || e.exact.num < 10n || e.exact.num > 99n) return null;
  const digit = (n: bigint): Expr => ({ kind: "number", value: Number(n), exact: { num: n, den: 1n }, range: e.range });
  return [digit(e.exact.num / 10n), digit(e.exact.num % 10n)];
}

const superscript = /\^\{\(([^(){}]*)\)\}/;

/** The index in the brackets of x^{(i)}. */
const raised = (name: string): string | undefined => superscript.exec(name)?.[1];

function subscriptMentions(e: Expr, variable: string): boolean {
  const word = letters(e);
  if (word) return !isWord(word) && word.includes(variable);
  return (e.kind === "name" && e.name === variable) || children(e).some((c) => subscriptMentions(c, variable));
}

/** Whether the name stands for different values as the variable runs. */
export const isIndexedBy = (e: NameExpr, variable: string): boolean =>
  (e.subscript?.some((s) => subscriptMentions(s, variable)) ?? false) || raised(e.name)?.trim() === variable;

/** Whether a name of the expression stands for different values as the variable runs. */
export const holdsIndexed = (body: Expr, variable: string): boolean => someNode(body, (x) => x.kind === "name" && isIndexedBy(x, variable));

/**
 * The name with its indices put in: x_2 for x_i, a_{2j} for a_{ij}. `value` answers the text of an index expression, null when it has no whole value.
 * Null when nothing changes.
 */
export function withIndex(e: NameExpr, variables: ReadonlySet<string>, value: (index: Expr) => string | null): string | null {
  const mentioned = [...variables].filter((v) => isIndexedBy(e, v));
  if (mentioned.length === 0 || e.base === undefined) return null;
  const up = raised(e.name)?.trim();
  if (!e.subscript) {
    const n = up === undefined ? null : value({ kind: "name", name: up, range: e.range });
    return n === null ? null : e.name.replace(superscript, `^{(${n})}`);
  }
  const part = (s: Expr): string | null => {
    const word = letters(s);
    if (!word || word.length === 1) return value(s);
    const texts = word.map((name) => (variables.has(name) ? value({ kind: "name", name, range: s.range }) : name));
    return texts.includes(null) ? null : texts.join(texts.some((t) => (t as string).length > 1) ? "," : "");
  };
  const parts = e.subscript.map((s) => (mentioned.some((v) => subscriptMentions(s, v)) ? part(s) : s.kind === "name" ? s.name : null));
  return parts.includes(null) ? null : `${e.base}_{${parts.join(",")}}`;
}
