// Functions that nothing defines: f(x), \\mathcal{L}(\\theta). They stay as they stand.

import { type Expr, someNode, type Value } from "../../expr/index.js";

/** Letters that stand for functions unless something else is defined: f(x) of an unknown f is no product. */
export const functionLetter = /^(?:[fghFGHLJ]|\\(?:ell|varphi|phi|psi|Phi|Psi|sigma|zeta|delta)|\\mathcal\{[A-Z]\})(?:_\{.*\})?$/;

const letter = /^[a-zA-Z](?:_\{.*\})?(?:\^\{-1\})?$/;

/** Whether a value still holds a call of an unknown function. */
export function holdsUnknownCall(value: Value): boolean {
  return (
    value.kind === "symbolic" &&
    someNode(
      value.expr,
      (x) => x.kind === "call" && (functionLetter.test(x.name) || letter.test(x.name)) && x.name !== "\\sigma" && x.name !== "\\zeta",
    )
  );
}

/** A name that nothing defines: what it depends on is not known, so its derivative is not 0. */
export const isUnknown = (e: Expr, value: Value): boolean => e.kind === "name" && value.kind === "symbolic" && value.expr.kind === "name";
