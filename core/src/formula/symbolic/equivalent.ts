// Whether two values are the same.

import type { Value } from "../../expr/index.js";
import { rationalToNumber } from "../../linalg/index.js";
import { normal } from "./fraction.js";
import type { SymbolicContext } from "./interface.js";
import { termMatrix, termOf } from "./matrix.js";
import { sameValues } from "./numeric.js";
import { attempt, simplifyTerm } from "./simplify.js";
import { isNum, isZeroTerm, minus, namesOf, nameTerm, sum, type Term, times } from "./term.js";
import { binaryExpr } from "./tree.js";
import { liftValue, wordContext } from "./values.js";
import { asScalar, NotWords, readWords, wordsId } from "./words.js";

/** Scalars by normal form, then by values at sample points; matrices entry by entry; matrix symbols by their rewriting rules. */
export function equivalent(left: Value, right: Value, context: SymbolicContext): boolean {
  if (left.kind === "list" && right.kind === "list")
    return left.items.length === right.items.length && left.items.every((v, k) => equivalent(v, right.items[k]!, context));
  if (left.kind === "symbolic" && right.kind === "symbolic" && left.expr.kind === "relation" && right.expr.kind === "relation") {
    const [a, b] = [left.expr, right.expr];
    const sides = (e: typeof a) => [e.first, ...e.rest.map((r) => r.operand)].map((expr): Value => ({ kind: "symbolic", expr }));
    return (
      a.rest.length === b.rest.length &&
      a.rest.every((r, k) => r.op === b.rest[k]!.op) &&
      sides(a).every((v, k) => equivalent(v, sides(b)[k]!, context))
    );
  }
  const symbols = bySymbols(left, right, context);
  if (symbols !== null) return symbols;
  const many = (v: Value) => (v.kind === "array" && v.data.length > 1) || (v.kind === "symbolic" && v.expr.kind === "matrix") || v.kind === "list";
  if (many(left) || many(right)) {
    const [m, n] = [termMatrix(left), termMatrix(right)];
    return m !== null && n !== null && m.rows === n.rows && m.columns === n.columns && m.entries.every((t, k) => sameTerms(t, n.entries[k]!));
  }
  const [a, b] = [termOf(left), termOf(right)];
  return a !== null && b !== null && sameTerms(a, b);
}

/** Equal for certain by normal form; else equal at all sample points where both are defined. */
export function sameTerms(a: Term, b: Term): boolean {
  if (a.id === b.id) return true;
  const d = attempt(() => normal(minus(a, b)));
  if (d && isZeroTerm(d)) return true;
  if (d && isNum(d)) return Math.abs(rationalToNumber(d.r)) < 1e-12;
  const names = namesOf(sum(a, times(nameTerm("\u0001"), b))).filter((n) => n !== "\u0001");
  const verdict = sameValues(a, b, names, 8, 1e-9);
  if (verdict !== null) return verdict;
  const s = attempt(() => simplifyTerm(minus(a, b)));
  return s !== null && isZeroTerm(s);
}

function bySymbols(left: Value, right: Value, context: SymbolicContext): boolean | null {
  if (left.kind !== "symbolic" && right.kind !== "symbolic") return null;
  for (const v of [left, right]) if (v.kind !== "symbolic" && v.kind !== "rational" && v.kind !== "real") return null;
  const [a, b] = [liftValue(left), liftValue(right)];
  // Both sides decide together which names are matrices.
  const words = wordContext(binaryExpr("multiply", a, b), context);
  if (!words) return null;
  try {
    const [x, y] = [readWords(a, words), readWords(b, words)];
    if (x.kind === "matrix" && y.kind === "matrix") return wordsId(x.words) === wordsId(y.words);
    // A matrix is the number 0 only when nothing is left of it: AB - BA is not.
    const [matrix, other] = x.kind === "matrix" ? [x, b] : y.kind === "matrix" ? [y, a] : [null, null];
    if (matrix && other?.kind === "number" && other.value === 0) return matrix.words.words.length === 0;
    return sameTerms(asScalar(x, words, a.range), asScalar(y, words, b.range));
  } catch (error) {
    if (error instanceof NotWords) return null;
    throw error;
  }
}
