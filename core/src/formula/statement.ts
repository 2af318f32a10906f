// A value that says something about names, as the solutions of an equation do, does not equal its formula: it follows from it.

import type { Expr, Value } from "../expr/index.js";
import type { FormatName } from "../formats/index.js";
import { solutionTitle } from "./commands/solve.js";
import { semanticsOf } from "./evaluate/language.js";

const isRelation = (e: Expr): boolean =>
  e.kind === "relation" || (e.kind === "binary" && (e.op === "and" || e.op === "or") && isRelation(e.left) && isRelation(e.right));

/** Whether a value is a statement: solutions, an inequality, or whether a formula of mathematics is true. In code a comparison equals true or false. */
export function isStatement(value: Value, language: FormatName): boolean {
  switch (value.kind) {
    case "solutions":
      return true;
    case "boolean":
      return semanticsOf(language).symbols;
    case "record":
      return value.title === solutionTitle;
    case "symbolic":
      return isRelation(value.expr);
    case "list":
      return value.items.length > 0 && value.items.every((v) => isStatement(v, language));
    default:
      return false;
  }
}

/** How a statement is joined to its formula in a text of this notation; null where neither is written as code. */
export const impliedBy = (language: FormatName): string | null =>
  language === "latex" ? " \\Rightarrow " : language === "typst" ? " => " : semanticsOf(language).symbols ? " ⇒ " : null;
