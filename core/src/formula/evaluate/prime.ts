// Primes: the derivative of a function, the transpose of an array, and a symbol of its own where nothing is known: y'' + y = 0.

import { type Expr, type FunctionValue, fail, type Range, said, type Value } from "../../expr/index.js";
import type { Context } from "../context.js";
import * as symbolic from "../symbolic/index.js";
import { evaluate } from "./dispatch.js";
import { isIdentity } from "./identity.js";
import { semanticsOf } from "./language.js";
import { lookup } from "./name.js";
import { unary } from "./operate.js";
import { closeOver, scopeOf } from "./scope.js";
import { isUnknown } from "./unknown.js";

type Primed = Extract<Expr, { kind: "unary" }>;

/** What stands under the primes, and how many there are. */
export function underPrimes(e: Expr): { readonly operand: Expr; readonly count: number } {
  let operand = e;
  let count = 0;
  while (operand.kind === "unary" && operand.op === "prime") {
    operand = operand.operand;
    count++;
  }
  return { operand, count };
}

/** Names that stand for matrices and vectors where nothing says what they are: A, \mathbf{x}, \Sigma. */
const arrayName = /^(?:[A-Z]|\\(?:mathbf|boldsymbol|bm)\{.*\}|\\(?:Sigma|Lambda|Omega|Phi|Psi|Theta|Gamma|Delta))(?:_\{.*\})?$/;

/** Names an expression is differentiated by when nobody says by which. */
const variables = ["x", "t", "z", "s", "\\theta", "\\tau", "r"];

export function evaluatePrime(e: Primed, context: Context): Value {
  const { operand, count } = underPrimes(e);
  const name = operand.kind === "name" ? operand.name : null;
  const value = (name !== null && lookup(name, context, operand.range)) || evaluate(operand, context);
  if (value.kind === "function") {
    let f: FunctionValue = value;
    for (let k = 0; k < count; k++) f = derivativeOf(f, e.range, context);
    return f;
  }
  if (!semanticsOf(context.language).symbols || isArray(value, name, count, context)) {
    let turned: Value = value;
    for (let k = 0; k < count; k++) turned = unary("prime", turned, context, e.range);
    return turned;
  }
  const names = value.kind === "symbolic" ? symbolic.freeNames(value.expr) : [];
  const known = name === null || !isUnknown(operand, value);
  const variable = names.length === 1 && name !== null ? names[0] : variables.find((v) => names.includes(v));
  if (known && variable !== undefined && value.kind === "symbolic") {
    if (names.length > 1) context.note(said`${"′".repeat(count)} read as the derivative by ${variable}`);
    return evaluate({ kind: "derivative", operator: "d", variables: [{ name: variable, order: count }], body: operand, range: e.range }, context);
  }
  if (name !== null) return symbolic.freeName(name + "'".repeat(count), e.range);
  let stands: Expr = symbolic.liftValue(value, operand.range);
  for (let k = 0; k < count; k++) stands = { kind: "unary", op: "prime", operand: stands, range: e.range };
  return { kind: "symbolic", expr: stands };
}

/** Whether a prime on this value is a transpose. */
function isArray(value: Value, name: string | null, count: number, context: Context): boolean {
  if (value.kind === "array" || value.kind === "list" || isIdentity(value)) return true;
  if (value.kind !== "symbolic") return false;
  if (value.expr.kind === "matrix" || value.expr.kind === "list") return true;
  const names = symbolic.freeNames(value.expr);
  if (names.some((n) => (context.scope.declaration(n)?.shape.length ?? 0) > 0)) return true;
  return names.length > 0 && (count === 1 || name === null) && names.every((n) => arrayName.test(n));
}

/** f' as a function of the same parameters (one parameter). */
function derivativeOf(f: FunctionValue, range: Range, context: Context): FunctionValue {
  if (f.params.length !== 1)
    return fail("no-variable", said`f' of a function of ${f.params.length} variables`, range, "Use \\partial with the variable");
  const x = f.params[0] as string;
  const scope = (scopeOf(f) ?? context.scope).with({ [x]: symbolic.freeName(x, range) });
  const body = evaluate(f.body, { ...context, scope });
  const d = symbolic.symbolicDerivative("d", [{ name: x, order: 1 }], body, context, range);
  return closeOver({ kind: "function", params: f.params, body: symbolic.liftValue(d, range), name: `${f.name ?? "f"}'` }, context.scope);
}
