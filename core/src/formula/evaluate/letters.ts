// Greek letters that readers know as functions: σ, ζ, Φ, ψ of numbers, κ, ρ, λ and σ of matrices. A definition of the letter comes first.

import { type ArrayValue, type CallExpr, type Expr, type Range, realValue, type Value } from "../../expr/index.js";
import type { Context } from "../context.js";
import { scalarOf } from "./array.js";
import { evaluate } from "./dispatch.js";
import { eigenvalueScalars } from "./functions/linearAlgebra.js";
import * as s from "./scalar.js";

/** Function of a number, and of each entry of an array, by letter. */
const ofNumber: Readonly<Record<string, string>> = {
  "\\sigma": "sigmoid",
  "\\zeta": "zeta",
  "\\psi": "digamma",
  "\\Phi": "normcdf",
  "\\Gamma": "gamma",
};

const isMatrix = (v: Value): boolean => v.kind === "array" && v.shape.length === 2 && Math.min(...v.shape) > 1;
const isSquare = (v: Value): boolean => v.kind === "array" && v.shape.length === 2 && v.shape[0] === v.shape[1];

/** The value of a known letter at an argument; null when the letter is none of them, or means nothing for this argument. */
export function letterValue(name: string, argument: Value, at: Expr, context: Context, range: Range): Value | null {
  // H of probabilities is their entropy.
  if (name === "H" && argument.kind === "array" && isDistribution(argument))
    return evaluate({ kind: "call", name: "entropy", nameRange: range, args: [at], range }, context);
  const [, base, subscript] = /^(\\[A-Za-z]+)(?:_\{?([^{}]*)\}?)?$/.exec(name) ?? [];
  if (base === undefined) return null;
  const call = (f: string, named?: Record<string, Expr>): Value =>
    evaluate({ kind: "call", name: f, nameRange: range, args: [at], ...(named && { named }), range } satisfies CallExpr, context);
  if (isMatrix(argument)) {
    if (base === "\\kappa" && (subscript === undefined || subscript === "2")) return noted(call("cond"), "κ read as the condition number", context);
    if (base === "\\rho" && subscript === undefined && isSquare(argument)) {
      const largest = Math.max(...eigenvalueScalars(argument, context, range).map((x) => s.re(s.absolute(x))));
      return noted(realValue(largest), "ρ read as the spectral radius", context);
    }
    const k = subscript !== undefined && /^\d{1,3}$/.test(subscript) ? Number(subscript) : null;
    if (base === "\\lambda" && isSquare(argument)) {
      const all = call("eigenvalues");
      return subscript === undefined ? all : k === null ? null : (ranked(all, k, context) ?? null);
    }
    if (base === "\\sigma" && k !== null) return ranked(call("svdvals"), k, context) ?? null;
  }
  const f = subscript === undefined ? ofNumber[base] : undefined;
  if (f === undefined || !(scalarOf(argument) || argument.kind === "array")) return null;
  return call(f);
}

const isDistribution = (v: ArrayValue): boolean => !v.imag && v.data.every((x) => x >= 0) && Math.abs(v.data.reduce((a, b) => a + b, 0) - 1) < 1e-9;

function noted(value: Value, text: string, context: Context): Value {
  context.note(text);
  return value;
}

/** The k-th largest of several numbers. */
function ranked(list: Value, k: number, context: Context): Value | undefined {
  const items = list.kind === "list" ? [...list.items] : list.kind === "array" ? Array.from(list.data, realValue) : [];
  const size = (v: Value): number => {
    const x = scalarOf(v);
    return x ? (s.isReal(x) ? s.re(x) : s.re(s.absolute(x))) : Number.NaN;
  };
  items.sort((a, b) => size(b) - size(a));
  if (items[k - 1]) context.note("counted from the largest");
  return items[k - 1];
}
