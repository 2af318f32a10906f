// A formula as a function of real numbers, for plotting: which names it leaves open, and its value when they are given.

import { FormulaFailure, type FunctionValue, fail, type SymbolicValue, type Value } from "../expr/index.js";
import type { FormatName } from "../formats/index.js";
import { rationalToNumber } from "../linalg/index.js";
import { type Context, defaultSettings, type Settings } from "./context.js";
import { bound, budgetOf, type Clock, emptyScope, evaluate } from "./evaluate/index.js";
import { scopeOf } from "./evaluate/scope.js";
import { freeNames, withBudget } from "./symbolic/index.js";

export interface RealFunction {
  /** Parameters of a function in their order, then the names that have no value, in alphabetical order. */
  readonly names: readonly string[];
  /** How many of the names are parameters of a function. */
  readonly arity: number;
  /**
   * Values at many points: row k of `points` holds a number for each name. NaN where there is no real value there.
   * Throws FormulaFailure "unsupported" when the formula is no number, "timeout" and "cancelled".
   */
  at(points: Float64Array, limits?: { readonly milliseconds?: number; readonly clock?: Clock; readonly cancelled?: () => boolean }): Float64Array;
}

function real(v: Value): number {
  switch (v.kind) {
    case "real":
      return v.value;
    case "rational":
      return rationalToNumber(v);
    case "complex":
      return v.im === 0 ? v.re : Number.NaN;
    case "boolean":
      return v.value ? 1 : 0;
    case "array":
      if (v.data.length === 1 && !v.imag) return v.data[0] as number;
  }
  return fail("unsupported", "only numbers can be plotted; this formula is none", [0, 0]);
}

/** Failures that mean "no value here": outside the domain, a division by zero. */
const gaps: ReadonlySet<string> = new Set(["domain", "divide-by-zero", "singular", "nonfinite"]);

/** A function value or a symbolic value as a function of real numbers; names with a definition keep it. */
export function realFunction(value: FunctionValue | SymbolicValue, language: FormatName, settings: Partial<Settings> = {}): RealFunction {
  const body = value.kind === "function" ? value.body : value.expr;
  const params = value.kind === "function" ? value.params : [];
  const outer = (value.kind === "function" ? scopeOf(value) : undefined) ?? emptyScope;
  const defined = (name: string) => {
    try {
      const v = outer.lookup(name, [0, 0]);
      return v !== undefined && v.kind !== "symbolic";
    } catch {
      return false;
    }
  };
  const names = [...params, ...freeNames(body).filter((n) => !params.includes(n) && !defined(n))];
  return {
    names,
    arity: params.length,
    at(points, { milliseconds = 2000, clock, cancelled } = {}) {
      const own = new Map<string, Value>();
      const scope = { ...bound(outer, {}), lookup: (name: string, use: readonly [number, number]) => own.get(name) ?? outer.lookup(name, use) };
      const budget = budgetOf(milliseconds, clock, cancelled);
      const context: Context = {
        language,
        settings: { ...defaultSettings, ...settings, exact: "never" },
        scope,
        catalogue: { find: () => undefined, names: () => [] },
        budget,
        note: () => {},
      };
      const out = new Float64Array(names.length ? points.length / names.length : 1);
      withBudget(budget, () => {
        for (let k = 0; k < out.length; k++) {
          budget.check();
          for (const [i, name] of names.entries()) own.set(name, { kind: "real", value: points[k * names.length + i] as number });
          try {
            out[k] = real(evaluate(body, context));
          } catch (e) {
            if (!(e instanceof FormulaFailure) || !gaps.has(e.error.kind)) throw e;
            out[k] = Number.NaN;
          }
        }
      });
      return out;
    },
  };
}
