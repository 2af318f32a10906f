// How a named function is told to the evaluator: one entry, found by name in a table.

import type { CallExpr, Value } from "../../expr/index.js";
import type { Context } from "../context.js";

/**
 * A function of values. `args` and `named` are evaluated before; `call` gives the places for errors.
 * A symbolic argument never arrives: such calls go to the symbolic side, unless `structural` says that entries only move.
 */
export interface FormulaFunction {
  readonly name: string;
  /** Further names with the same meaning ("Tr", "trace"). */
  readonly aliases?: readonly string[];
  /** Fewest and most arguments. */
  readonly arity: readonly [least: number, most: number];
  apply(args: readonly Value[], named: Readonly<Record<string, Value>>, call: CallExpr, context: Context): Value;
  /** Takes symbolic matrices as they are. */
  readonly structural?: boolean;
}

/** A table by name, aliases included. */
export const byName = (entries: readonly FormulaFunction[]): ReadonlyMap<string, FormulaFunction> =>
  new Map(entries.flatMap((f) => [f.name, ...(f.aliases ?? [])].map((name) => [name, f] as const)));
