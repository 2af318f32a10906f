// The commands on expressions as functions in a formula: expand((x+1)^3), solve(x^2 = 4), diff(f, x), limit(f, x, 0).

import { type CallExpr, type Expr, fail, said, type Value } from "../../expr/index.js";
import { apart } from "../commands/apart.js";
import { collect } from "../commands/collect.js";
import { differentiate } from "../commands/differentiate.js";
import { expand } from "../commands/expand.js";
import { factor } from "../commands/factor.js";
import { integrate } from "../commands/integrate.js";
import { limit } from "../commands/limit.js";
import { series } from "../commands/series.js";
import { simplify } from "../commands/simplify.js";
import { solve } from "../commands/solve.js";
import type { Context } from "../context.js";
import type { AskedValue, SymbolicCommand } from "../symbolic/index.js";
import { scalarOf } from "./array.js";
import { freed } from "./big.js";
import { evaluate } from "./dispatch.js";
import { semanticsOf } from "./language.js";
import { toInteger } from "./scalar.js";

interface Rewriting {
  readonly command: SymbolicCommand;
  /** What the arguments after the first are, in order. */
  readonly params: readonly string[];
}

const derivative: Rewriting = { command: differentiate, params: ["variable", "order"] };
const expansion: Rewriting = { command: series, params: ["variable", "point", "order"] };
const table: Readonly<Record<string, Rewriting>> = {
  expand: { command: expand, params: [] },
  factor: { command: factor, params: [] },
  simplify: { command: simplify, params: [] },
  collect: { command: collect, params: ["variable"] },
  apart: { command: apart, params: ["variable"] },
  solve: { command: solve, params: ["variable"] },
  diff: derivative,
  differentiate: derivative,
  integrate: { command: integrate, params: ["variable", "lower", "upper"] },
  limit: { command: limit, params: ["variable", "point"] },
  series: expansion,
  taylor: expansion,
};

export const rewritingNames: readonly string[] = Object.keys(table);

/** The value of such a call; null when the name is none of them, or the first argument holds nothing to rewrite. */
export function rewritingCall(e: CallExpr, context: Context): Value | null {
  const entry = Object.hasOwn(table, e.name) && semanticsOf(context.language).symbols ? table[e.name] : undefined;
  const [subject, ...given] = e.args;
  if (!entry || !subject) return null;
  // x \to 0 and (x, 0, 1) name the variable and what belongs to it in one argument.
  const rest = given.flatMap((a): readonly Expr[] =>
    a.kind === "relation" && a.rest.length === 1 && /^[→=]$/.test(a.rest[0]?.op ?? "")
      ? [a.first, (a.rest[0] as { operand: Expr }).operand]
      : a.kind === "list" && a.items[0]?.kind === "name"
        ? a.items
        : [a],
  );
  const [variable] = rest;
  let inner = context;
  if (variable?.kind === "name" && entry.params[0] === "variable") inner = freed(context, variable.name, e);
  const value = evaluate(subject, inner);
  if (value.kind === "array" || (value.kind === "list" && !value.items.some((v) => v.kind === "symbolic"))) return null;
  if (rest.length > entry.params.length)
    return fail("arity", said`${e.name} takes at most ${entry.params.length + 1} arguments, not ${rest.length + 1}`, e.range);
  const params: Record<string, unknown> = {};
  rest.forEach((a, k) => {
    const name = entry.params[k] as string;
    if (name !== "variable")
      params[name] = name === "order" ? toInteger(scalarOf(evaluate(a, context)) ?? { kind: "real", value: 0.5 }) : evaluate(a, context);
    else if (a.kind === "name") params[name] = a.name;
    else fail("no-variable", said`${e.name} needs a name as its second argument`, a.range);
  });
  const out = entry.command.run(value, params, inner, e.range);
  if (out.kind !== "symbolic") return out;
  const asked: AskedValue = { ...out, asked: true };
  return asked;
}
