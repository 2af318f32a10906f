// simplify: the shortest equal form.

import { fromExpr } from "../symbolic/fromExpr.js";
import { EngineNeeded, type SymbolicCommand, type SymbolicContext } from "../symbolic/interface.js";
import { canEvaluate, sameValues } from "../symbolic/numeric.js";
import { cost, hasCall, simplifyTerm } from "../symbolic/simplify.js";
import { namesOf, type Term } from "../symbolic/term.js";
import { toExpr } from "../symbolic/toExpr.js";
import { rewrite } from "./shared.js";

/** Functions whose identities the library knows better than we do. */
const hard = [
  "sin",
  "cos",
  "tan",
  "cot",
  "sec",
  "csc",
  "sinh",
  "cosh",
  "tanh",
  "arcsin",
  "arccos",
  "arctan",
  "arsinh",
  "arcosh",
  "artanh",
  "gamma",
  "binom",
  "abs",
];

export const simplify: SymbolicCommand = {
  name: "simplify",
  run: (value, _params, context, range) => rewrite(value, (t) => best(t, context), context, range),
};

function best(t: Term, context: SymbolicContext): Term {
  const own = simplifyTerm(t);
  if (cost(own) <= 6 || !hasCall(own, hard) || !canEvaluate(t)) return own;
  if (!context.engine) throw new EngineNeeded();
  const answer = context.engine.simplify(toExpr(own));
  if (!answer) return own;
  const theirs = fromExpr(answer);
  return cost(theirs) < cost(own) && sameValues(t, theirs, namesOf(t)) === true ? theirs : own;
}
