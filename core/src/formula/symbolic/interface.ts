// What the evaluator asks of the symbolic side: the operations on values that still have free names.
//
// Every operation takes values (symbolic or not) and answers with a value; what turns out to be a number is a number.
// A symbolic value is `{ kind: "symbolic", expr }`; a matrix with free names is one whose `expr.kind` is "matrix".
//
// Arithmetic on scalars only joins trees (constant time): the evaluator calls `settle` once on the final value, which
// brings it into normal form and prints it. Matrices of expressions are computed entry by entry at once.
//
// How the evaluator uses it:
//   a free name            -> freeName(name, range)
//   an operand is symbolic -> unary / binary / call / norm / relation
//   ∑ ∏ ∫ lim d/dx         -> evaluate the body with the bound variable free, then sum / product / integral / limit / derivative
//   at the very end        -> settle(value)
// When something needs the heavy engine and `context.engine` is absent, `EngineNeeded` is thrown: load it with
// `loadSymbolicEngine()` and evaluate again (`withEngine` does both).

import type { BinaryOp, DerivativeExpr, Expr, Range, RelationOp, SymbolicValue, UnaryOp, Value } from "../../expr/index.js";
import type { Context } from "../context.js";

/** What symbolic work needs from its surroundings; a whole `Context` serves. */
export interface SymbolicContext extends Pick<Context, "scope" | "settings" | "budget" | "note"> {
  /** The loaded engine, when there is one. */
  readonly engine?: SymbolicEngine;
}

/** An expression in a form that was asked for, as by expand: it is not shortened again. */
export interface AskedValue extends SymbolicValue {
  readonly asked: true;
}

/** Thrown when our own rules do not suffice and no engine was given. */
export class EngineNeeded extends Error {
  override readonly name = "EngineNeeded";
}

/**
 * The library behind the hard questions about scalars. Every answer is checked numerically by the caller.
 * Each operation answers null when it does not know, when its time is up or when the expression is too large.
 */
export interface SymbolicEngine {
  antiderivative(body: Expr, variable: string): Expr | null;
  simplify(body: Expr): Expr | null;
  factor(body: Expr): Expr | null;
  sum(body: Expr, variable: string, lower: Expr, upper: Expr): Expr | null;
  limit(body: Expr, variable: string, point: Expr, side?: "+" | "-"): Expr | null;
  solve(body: Expr, variable: string): readonly Expr[] | null;
}

/** The whole of the symbolic side; `index.ts` exports each of these as a function of the same name. */
export interface Symbolic {
  /** A value as an expression: numbers, arrays (as matrices), lists, symbolic values. Throws `unsupported` for functions, strings and records. */
  liftValue(value: Value, range?: Range): Expr;
  /** A name without a value. When it is declared with a shape, products with it do not commute. */
  freeName(name: string, range?: Range): Value;

  symbolicUnary(op: UnaryOp, operand: Value, context: SymbolicContext, range: Range): Value;
  symbolicBinary(op: BinaryOp, left: Value, right: Value, context: SymbolicContext, range: Range): Value;
  /** Any named function: sin, det, inv, tr, max ... `named` holds decorations such as the base of log. */
  symbolicCall(name: string, args: readonly Value[], named: Readonly<Record<string, Value>>, context: SymbolicContext, range: Range): Value;
  symbolicNorm(which: string, operand: Value, context: SymbolicContext, range: Range): Value;
  /** a boolean when it can be decided, else the relation itself. */
  symbolicRelation(
    first: Value,
    rest: readonly { readonly op: RelationOp; readonly operand: Value }[],
    context: SymbolicContext,
    range: Range,
  ): Value;

  symbolicSum(body: Value, variable: string, lower: Value, upper: Value, context: SymbolicContext, range: Range): Value;
  symbolicProduct(body: Value, variable: string, lower: Value, upper: Value, context: SymbolicContext, range: Range): Value;
  /** Indefinite without bounds (the note says "+ C"). */
  symbolicIntegral(body: Value, variable: string, lower: Value | undefined, upper: Value | undefined, context: SymbolicContext, range: Range): Value;
  symbolicLimit(body: Value, variable: string, point: Value, side: "+" | "-" | undefined, context: SymbolicContext, range: Range): Value;
  /**
   * Derivatives of scalars, lists and matrices of expressions, and matrix calculus when a variable is declared as a vector or matrix.
   * `variables` may be empty for gradient, hessian, jacobian, laplacian and divergence: the free names in alphabetical order are used.
   */
  symbolicDerivative(
    operator: DerivativeExpr["operator"],
    variables: DerivativeExpr["variables"],
    body: Value,
    context: SymbolicContext,
    range: Range,
  ): Value;

  /** The normal form of a finished value: like terms joined, constants folded, matrix-symbol rules applied, numbers when nothing is free. */
  settle(value: Value, context: SymbolicContext): Value;

  /** The names an expression depends on; bound variables and constants (e, π, i, ∞) are not among them. */
  freeNames(expr: Expr): readonly string[];
  /** Free names replaced, bound ones left alone. */
  substitute(expr: Expr, bindings: Readonly<Record<string, Expr>>): Expr;
  /** true only when the expression is identically zero. */
  isZero(expr: Expr): boolean;
  /** Whether two values are the same: normal form, then numeric samples for scalars; rewriting rules for matrix symbols. */
  equivalent(left: Value, right: Value, context: SymbolicContext): boolean;

  /** Loads the library on first use; loading again is free. */
  loadSymbolicEngine(): Promise<SymbolicEngine>;
  /** Runs `work`, and again with the engine when it turns out to be needed. */
  withEngine<T>(work: (engine?: SymbolicEngine) => T): Promise<T>;
}

/** A command on a finished value: one file each in `formula/commands`. `params` are those of the request (variable, point, order ...). */
export interface SymbolicCommand {
  readonly name: string;
  run(value: Value, params: Readonly<Record<string, unknown>>, context: SymbolicContext, range: Range): Value;
}
