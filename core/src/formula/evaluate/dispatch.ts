// The door through which every kind of node evaluates its parts: the table is filled once, by evaluate.ts.

import { type Expr, fail, said, type Value } from "../../expr/index.js";
import type { Context } from "../context.js";
import { limits } from "./budget.js";
import { asIntegers, flavoured, isInteger } from "./flavour.js";

export type Evaluators = { readonly [K in Expr["kind"]]: (e: Extract<Expr, { kind: K }>, context: Context) => Value };

const table: Partial<Record<Expr["kind"], (e: never, context: Context) => Value>> = {};

/** Fills the table; the files of the node kinds need `evaluate` and would otherwise import each other in a circle. */
export const register = (evaluators: Evaluators): void => {
  Object.assign(table, evaluators);
};

/** The value of an expression, within the limit of nesting. */
export function evaluate(e: Expr, context: Context): Value {
  const nesting = context.budget.nesting;
  if (nesting.depth > 4 * limits.depth) return fail("too-large", said`nested more than ${limits.depth} deep`, e.range);
  nesting.depth++;
  try {
    const value = (table[e.kind] as (e: Expr, context: Context) => Value)(e, context);
    return e.flavour ? (isInteger(e.flavour) ? asIntegers(value, e.flavour) : flavoured(value, e.flavour)) : value;
  } finally {
    nesting.depth--;
  }
}
