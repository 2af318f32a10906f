// What the symbolic commands share: the term of a value, the variable and the point from the parameters.

import { fail, type Range, said, type Value } from "../../expr/index.js";
import { parseRational } from "../../linalg/index.js";
import { fromExpr, fromNumber } from "../symbolic/fromExpr.js";
import type { SymbolicContext } from "../symbolic/interface.js";
import { mapMatrix, matrixResult, termMatrix, termOf } from "../symbolic/matrix.js";
import { e, infinity, namesOf, nameTerm, negate, numTerm, pi, type Term } from "../symbolic/term.js";
import { liftValue, readMatrixSymbols, readValue, termValue } from "../symbolic/values.js";

export type Params = Readonly<Record<string, unknown>>;

/** Applies a rewriting to a scalar, or to every entry of a matrix, list or relation. Matrix symbols are brought to their normal form. */
export function rewrite(value: Value, f: (t: Term) => Term, context: SymbolicContext, range: Range): Value {
  if (value.kind === "list") return { kind: "list", items: value.items.map((v) => rewrite(v, f, context, range)) };
  if (value.kind === "symbolic") {
    const { expr } = value;
    if (expr.kind === "relation") {
      const side = (v: Value) => liftValue(rewrite(v, f, context, range), range);
      return {
        kind: "symbolic",
        expr: {
          ...expr,
          first: side({ kind: "symbolic", expr: expr.first }),
          rest: expr.rest.map((r) => ({ op: r.op, operand: side({ kind: "symbolic", expr: r.operand }) })),
        },
      };
    }
    if (expr.kind !== "matrix") {
      const symbols = readMatrixSymbols(expr, context);
      if (symbols?.read.kind === "matrix") return readValue(symbols.read, symbols.words);
      if (symbols?.read.kind === "scalar") return termValue(f(symbols.read.term));
    }
  }
  const m =
    value.kind === "array" && value.data.length > 1
      ? termMatrix(value)
      : value.kind === "symbolic" && value.expr.kind === "matrix"
        ? termMatrix(value)
        : null;
  if (m) return matrixResult(mapMatrix(m, f));
  return termValue(f(scalarTerm(value, range)));
}

export function scalarTerm(value: Value, range: Range): Term {
  return (
    termOf(value) ??
    (value.kind === "symbolic" ? fromExpr(value.expr) : fail("unsupported", said`this command needs a scalar expression, not a ${value.kind}`, range))
  );
}

/** The variable asked for, else the only free name, else x, t or the like. Throws `no-variable`. */
export function variableOf(params: Params, names: readonly string[], range: Range): string {
  const given = params["variable"];
  if (typeof given === "string" && given !== "") return given;
  if (names.length === 1) return names[0]!;
  for (const usual of ["x", "t", "z", "s", "n", "k", "y"]) if (names.includes(usual)) return usual;
  if (names.length > 0) return names[0]!;
  return fail("no-variable", "there is no free name to work with", range, "Give the variable");
}
export const freeNamesOf = (value: Value, range: Range): string[] => {
  if (value.kind === "list") return [...new Set(value.items.flatMap((v) => freeNamesOf(v, range)))].sort();
  if (value.kind === "symbolic" && value.expr.kind === "relation") {
    return [
      ...new Set([value.expr.first, ...value.expr.rest.map((r) => r.operand)].flatMap((x) => freeNamesOf({ kind: "symbolic", expr: x }, range))),
    ].sort();
  }
  if (value.kind === "symbolic" && value.expr.kind === "matrix") return [...new Set(termMatrix(value)!.entries.flatMap(namesOf))].sort();
  if (value.kind === "symbolic" && value.expr.kind === "list")
    return [...new Set(value.expr.items.flatMap((x) => freeNamesOf({ kind: "symbolic", expr: x }, range)))].sort();
  return value.kind === "symbolic" ? namesOf(fromExpr(value.expr)) : [];
};

/** A parameter as a term: a number, a value, or one of the usual spellings of a number, ∞, π, e, or a name. */
export function termParam(value: unknown, range: Range): Term | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "number") return fromNumber(value);
  if (typeof value === "bigint") return numTerm({ num: value, den: 1n });
  if (typeof value === "object" && "kind" in value) return termOf(value as Value);
  if (typeof value !== "string") return fail("bad-number", said`${String(value)} is not a number`, range);
  const text = value.trim().replace(/^\+/, "");
  const negative = text.startsWith("-");
  const bare = negative ? text.slice(1).trim() : text;
  const fraction = bare.split("/");
  const [p, q] = [parseRational(fraction[0]!), fraction.length === 2 ? parseRational(fraction[1]!) : { num: 1n, den: 1n }];
  let t: Term;
  if (p && q && q.num !== 0n && fraction.length <= 2) t = numTerm({ num: 1n, den: 1n });
  else if (/^(\\infty|∞|oo|inf|infinity)$/i.test(bare)) return negative ? negate(infinity) : infinity;
  else if (/^(\\pi|π|pi)$/.test(bare)) return negative ? negate(pi) : pi;
  else if (bare === "e") return negative ? negate(e) : e;
  else if (/^\\?[A-Za-z]+(_\{?\w+\}?)?$/.test(bare)) return negative ? negate(nameTerm(bare)) : nameTerm(bare);
  else return fail("bad-number", said`${value} is not a number`, range);
  const g = (a: bigint, b: bigint): bigint => (b === 0n ? a : g(b, a % b));
  const [n, d] = [p.num * q.den, p.den * q.num];
  const c = g(n < 0n ? -n : n, d < 0n ? -d : d) * (d < 0n ? -1n : 1n);
  t = numTerm({ num: n / c, den: d / c });
  return negative ? negate(t) : t;
}

export function orderParam(params: Params, name: string, fallback: number, most: number, range: Range): number {
  const v = params[name];
  if (v === undefined) return fallback;
  const n = typeof v === "number" ? v : Number(v);
  if (!Number.isInteger(n) || n < 0 || n > most)
    return fail("domain", said`${name} must be a whole number from 0 to ${most}, not ${String(v)}`, range);
  return n;
}
