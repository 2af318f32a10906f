// A defined function meets its arguments.

import { FormulaFailure, type FunctionValue, fail, type Range, said, type Value } from "../../expr/index.js";
import type { Context } from "../context.js";
import { evaluate } from "./dispatch.js";
import { scopeOf, textOf } from "./scope.js";

/** f(a, b) for a function value; named arguments and the defaults of the definition fill the places that are left. */
export function applyFunction(
  f: FunctionValue,
  given: readonly Value[],
  context: Context,
  range: Range,
  closure: FunctionValue = f,
  named: ReadonlyMap<string, Value> = new Map(),
): Value {
  const name = f.name ?? "the function";
  const stranger = [...named.keys()].find((k) => !f.params.includes(k));
  if (stranger !== undefined)
    return fail("arity", said`${name} has no parameter ${stranger}`, range, said`Its parameters are ${f.params.join(", ")}`);
  const args = [...given];
  for (let k = given.length; k < f.params.length; k++) {
    const written = f.defaults?.[k];
    const value =
      named.get(f.params[k] as string) ?? (written ? evaluate(written, { ...context, scope: scopeOf(closure) ?? context.scope }) : undefined);
    if (!value) break;
    args.push(value);
  }
  if (args.length !== f.params.length)
    return fail("arity", said`${name} takes ${f.params.length} ${f.params.length === 1 ? "argument" : "arguments"}, not ${args.length}`, range);
  context.budget.check();
  const bindings: Record<string, Value> = {};
  f.params.forEach((p, k) => {
    bindings[p] = args[k] as Value;
  });
  const scope = (scopeOf(closure) ?? context.scope).with(bindings);
  const inner: Context = { ...context, scope, indexNames: new Set([...(context.indexNames ?? [])].filter((n) => !f.params.includes(n))) };
  const text = textOf(closure);
  if (text === undefined) return evaluate(f.body, inner);
  // The body stands in another text: what fails there is shown at the call.
  try {
    return evaluate(f.body, inner);
  } catch (e) {
    if (!(e instanceof FormulaFailure) || e.error.kind === "timeout" || e.error.kind === "cancelled") throw e;
    throw new FormulaFailure({ ...e.error, range, definition: e.error.definition ?? { index: text, range: e.error.range } });
  }
}
