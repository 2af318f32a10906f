// From what was written to what it comes to: one function for each kind of node.

import {
  type ApplyExpr,
  type BinaryExpr,
  booleanValue,
  type CasesExpr,
  type DerivativeExpr,
  type Expr,
  fail,
  type IndexExpr,
  type Range,
  type RangeExpr,
  type RelationExpr,
  realValue,
  said,
  type Value,
} from "../../expr/index.js";
import type { Context } from "../context.js";
import * as symbolic from "../symbolic/index.js";
import { applyFunction } from "./apply.js";
import { checkCells, maxExactCells, scalarOf, shapeText, tabulated } from "./array.js";
import { evaluateBig, freed } from "./big.js";
import { evaluateCall } from "./call.js";
import { evaluateChain } from "./chain.js";
import { kept } from "./closed.js";
import { combination } from "./combination.js";
import { evaluate as dispatch, type Evaluators, register } from "./dispatch.js";
import { flavoured } from "./flavour.js";
import { isIdentity } from "./identity.js";
import { type Selector, select } from "./indexing.js";
import { intervalChain } from "./interval.js";
import { semanticsOf } from "./language.js";
import { det } from "./linear.js";
import { evaluateArray, evaluateList, evaluateMatrix, sizedPattern } from "./matrixLiteral.js";
import { evaluateName, lookup } from "./name.js";
import { norm } from "./norm.js";
import { asArray, unary } from "./operate.js";
import { evaluatePrime, underPrimes } from "./prime.js";
import { relation } from "./relation.js";
import { evaluateReplaced } from "./replaced.js";
import { add, integer, isReal, multiply, re, type Scalar, toInteger, zero } from "./scalar.js";
import { closeOver } from "./scope.js";
import { signValue } from "./signs.js";
import { holdsUnknownCall, isUnknown } from "./unknown.js";

const evaluators: Evaluators = {
  number: (e, context) => {
    const value: Scalar =
      e.exact && context.settings.exact !== "never" ? { kind: "rational", num: e.exact.num, den: e.exact.den } : { kind: "real", value: e.value };
    if (!e.imaginary) return value;
    return multiply(value, { kind: "complex", re: 0, im: 1, exact: { re: { num: 0n, den: 1n }, im: { num: 1n, den: 1n } } });
  },
  name: evaluateName,
  string: (e) => ({ kind: "string", value: e.value }),
  boolean: (e) => ({ kind: "boolean", value: e.value }),
  literal: (e) => e.value,
  unary: (e, context) => {
    if (e.op === "transpose" && e.operand.kind === "list") {
      // (1, 2, 3)^T written out is a column.
      const v = evaluate(e.operand, context);
      if (v.kind === "array" && v.shape.length === 1) return { ...v, shape: [v.data.length, 1] };
      return unary(e.op, v, context, e.range);
    }
    return e.op === "prime" ? evaluatePrime(e, context) : unary(e.op, evaluate(e.operand, context), context, e.range);
  },
  binary: (e, context) => combination(e, context) ?? evaluateChain(alike(e), context),
  relation: evaluateRelation,
  call: (e, context) => (e.name === "[]=" ? evaluateReplaced(e, context, selectorsOf) : evaluateCall(e, context)),
  apply: evaluateApply,
  index: evaluateIndex,
  range: evaluateRange,
  matrix: (e, context) => {
    const m = evaluateMatrix(e, context);
    if (e.environment === "vmatrix" || e.environment === "vmatrix*")
      return m.kind === "symbolic" ? symbolic.symbolicCall("det", [m], {}, context, e.range) : m.kind === "array" ? det(m, context, e.range) : m;
    if (e.environment === "Vmatrix" || e.environment === "Vmatrix*")
      return m.kind === "symbolic" ? symbolic.symbolicNorm("F", m, context, e.range) : numericNorm("F", m, context, e.range);
    return m;
  },
  array: evaluateArray,
  list: evaluateList,
  cases: evaluateCases,
  big: evaluateBig,
  derivative: evaluateDerivative,
  norm: (e, context) => {
    // |{1, 2, 3}| counts.
    if (e.which === "abs" && e.operand.kind === "list" && e.operand.brackets === "{}")
      return evaluate({ kind: "call", name: "cardinality", nameRange: e.range, args: [e.operand], range: e.range }, context);
    const v = asArray(evaluate(e.operand, context));
    if (isIdentity(v)) return fail("identity-size", "the size of the identity I is unknown here", e.operand.range, "Write I_n with its size");
    if (v.kind === "symbolic" || v.kind === "list") {
      const n = symbolic.symbolicNorm(e.which, v, context, e.range);
      return e.whichRange && n.kind === "symbolic" && n.expr.kind === "norm" ? { ...n, expr: { ...n.expr, whichRange: e.whichRange } } : n;
    }
    return numericNorm(e.which, v, context, e.range, e.whichRange);
  },
  dots: (e) => fail("unresolved-ellipsis", "the dots do not say what they stand for", e.range, "Write out the terms"),
  lambda: (e, context) => closeOver({ kind: "function", params: e.params, body: e.body, ...(e.defaults && { defaults: e.defaults }) }, context.scope),
  substitute: (e, context) => {
    const bindings: Record<string, Value> = {};
    for (const b of e.bindings) bindings[b.name] = evaluate(b.value, context);
    return evaluatedAt(e.body, bindings, context);
  },
  hole: (e) => fail("unsupported", "an empty place has no value", e.range),
  opaque: (e, context) => signValue(e, context) ?? fail("unsupported", said`${e.what} is read but not computed`, e.range),
};

/** 92.3 ± 0.4 %: the sign belongs to both. */
function alike(e: BinaryExpr): BinaryExpr {
  const { left, right } = e;
  if (e.op !== "plusminus" || right.kind !== "unary" || right.op !== "percent" || left.kind !== "number") return e;
  return { ...e, left: { kind: "unary", op: "percent", operand: left, range: left.range } };
}

register(evaluators);

/** The value of an expression. Throws FormulaFailure (and EngineNeeded when the symbolic library has to be loaded). */
export const evaluate = (e: Expr, context: Context): Value => dispatch(e, context);

const numericNorm = (which: string, v: Value, context: Context, range: Range, subject?: Range): Value =>
  kept(norm(which, v, context, range, subject), [v], context, () => symbolic.symbolicNorm(which, v, context, range));

/** A body with values for some of its names; what is differentiated or integrated inside stays symbolic until then. */
function evaluatedAt(body: Expr, bindings: Readonly<Record<string, Value>>, context: Context): Value {
  if (body.kind === "derivative") {
    const d = evaluateDerivative(body, context);
    return d.kind === "symbolic" ? evaluate(d.expr, { ...context, scope: context.scope.with(bindings) }) : d;
  }
  return evaluate(body, { ...context, scope: context.scope.with(bindings) });
}

function evaluateRelation(e: RelationExpr, context: Context): Value {
  const interval = semanticsOf(context.language).symbols ? intervalChain(e) : null;
  if (interval) {
    const within = evaluateRelation(interval.chain, context);
    if (within.kind === "boolean") return booleanValue(within.value !== interval.denied);
    return interval.denied ? fail("unsupported", "the outside of an interval has no value while names are free", e.range) : within;
  }
  // "x = 3 + 4 = 7" with a free x on the left reads as what x comes to.
  const rest = e.rest.map((r) => ({ op: r.op, operand: evaluate(r.operand, context) }));
  const first = e.first;
  if (
    first.kind === "name" &&
    rest.length > 0 &&
    rest.every((r) => r.op === "=") &&
    rest.every((r) => r.operand.kind !== "symbolic") &&
    lookup(first.name, context, first.range) === undefined &&
    semanticsOf(context.language).symbols
  ) {
    if (rest.length > 1) {
      const check = relation((rest[0] as { operand: Value }).operand, rest.slice(1), context, e.range);
      if (check.kind === "boolean" && !check.value) context.note("the sides of this chain of equations differ");
      return (rest[rest.length - 1] as { operand: Value }).operand;
    }
  }
  return relation(evaluate(first, context), rest, context, e.range);
}

function evaluateApply(e: ApplyExpr, context: Context): Value {
  const { operand: primed, count } = underPrimes(e.callee);
  // f'(x) of an unknown f.
  if (count > 0 && primed.kind === "name" && semanticsOf(context.language).symbols && isUnknown(primed, evaluate(primed, context)))
    return { kind: "symbolic", expr: { ...e, args: e.args.map((a) => symbolic.liftValue(evaluate(a, context), a.range)) } };
  const f = evaluate(e.callee, context);
  const args = e.args.map((a) => evaluate(a, context));
  if (f.kind === "function") return applyFunction(f, args, context, e.range);
  const [only] = args;
  if (only && args.length === 1)
    return evaluateChain({ kind: "binary", op: "multiply", left: e.callee, right: e.args[0] as Expr, implicit: true, range: e.range }, context);
  return fail("unknown-function", said`${shapeText(f)} cannot be applied to arguments`, e.callee.range);
}

/** \nabla f(1, 2) of a defined f: the gradient at that point, and no gradient of a number. */
function gradientAt(e: DerivativeExpr, context: Context): Value | null {
  if (e.at || e.variables.length > 0 || e.body.kind !== "call") return null;
  const { name, args } = e.body;
  const f = lookup(name, context, e.body.range);
  if (f?.kind !== "function" || f.params.length !== args.length || args.some((a) => evaluate(a, context).kind === "symbolic")) return null;
  const body: Expr = { kind: "name", name, range: e.body.range };
  return evaluateDerivative({ ...e, body, at: f.params.map((p, k) => ({ name: p, value: args[k] as Expr })) }, context);
}

function evaluateDerivative(e: DerivativeExpr, context: Context): Value {
  const point = gradientAt(e, context);
  if (point) return point;
  const named = gradientName(e);
  const given = named === null ? undefined : context.scope.lookup(named, e.range);
  if (given !== undefined) return given;
  let inner = context;
  for (const v of e.variables) inner = freed(inner, v.name, e);
  let body = evaluate(e.body, inner);
  let variables = e.variables;
  if (isUnknown(e.body, body) && !variables.some((v) => e.body.kind === "name" && e.body.name === v.name)) return { kind: "symbolic", expr: e };
  if (body.kind === "function") {
    // \nabla f, \frac{df}{dx} of a defined function: its own parameters are the variables.
    const f = body;
    for (const p of f.params) inner = freed(inner, p, e);
    body = applyFunction(
      f,
      f.params.map((p) => symbolic.freeName(p, e.range)),
      inner,
      e.range,
    );
    if (variables.length === 0) variables = f.params.map((name) => ({ name, order: 1 }));
  }
  // The variables of an unknown function are not known either.
  if ((variables.length === 0 || e.operator === "gradient") && holdsUnknownCall(body))
    return { kind: "symbolic", expr: { ...e, body: symbolic.liftValue(body, e.body.range) } };
  const d = symbolic.symbolicDerivative(e.operator, variables, body, inner, e.range);
  if (!e.at) return d;
  const bindings: Record<string, Value> = {};
  for (const a of e.at) bindings[a.name] = evaluate(a.value, context);
  return d.kind === "symbolic" ? evaluate(d.expr, { ...context, scope: context.scope.with(bindings) }) : d;
}

function evaluateCases(e: CasesExpr, context: Context): Value {
  for (const branch of e.branches) {
    if (branch.condition === null) return evaluate(branch.value, context);
    const c = evaluate(branch.condition, context);
    if (c.kind === "symbolic") return openCases(e, context);
    const s = scalarOf(c);
    if (!s) return fail("unsupported", said`a condition must be true or false, not ${shapeText(c)}`, branch.condition.range);
    if (re(s) !== 0) return evaluate(branch.value, context);
  }
  return fail("domain", "no case applies", e.range, "Add a line with \\text{otherwise}");
}

/** \nabla f as the name of a value that someone defined; null for other derivatives. */
export const gradientName = (e: Expr): string | null =>
  e.kind === "derivative" && e.operator === "gradient" && e.variables.length === 0 && e.body.kind === "name" ? `\\nabla ${e.body.name}` : null;

/** Cases that depend on free names stay as they are, with what is known put in. */
function openCases(e: CasesExpr, context: Context): Value {
  const lift = (x: Expr): Expr => symbolic.liftValue(evaluate(x, context), x.range);
  return {
    kind: "symbolic",
    expr: { ...e, branches: e.branches.map((b) => ({ value: lift(b.value), condition: b.condition && lift(b.condition) })) },
  };
}

/** The two sizes of (...)_{m\times n}; null when the subscript says something else. */
function sizesOf(e: IndexExpr, context: Context): readonly [number, number] | null {
  const [only, second] = e.indices;
  const parts = only?.kind === "binary" && (only.op === "cross" || only.op === "multiply") && !second ? [only.left, only.right] : null;
  const numbers = parts?.map((p) => toInteger(scalarOf(evaluate(p, context)) ?? zero) ?? 0);
  return numbers?.every((n) => n > 0) ? (numbers as [number, number]) : null;
}

function evaluateIndex(e: IndexExpr, context: Context): Value {
  if (e.base.kind === "matrix") {
    const size = sizesOf(e, context);
    const pattern = size && sizedPattern(e.base, size, context);
    if (pattern) return pattern;
    // A matrix written out with its size beside it.
    const plain = size && evaluate(e.base, context);
    if (size && plain?.kind === "array" && plain.shape.join() === size.join()) return plain;
  }
  const base = evaluate(e.base, context);
  const chosen = select(base, selectorsOf(e, base, context), e.origin, context, e.range);
  return base.kind === "array" && base.flavour ? flavoured(chosen, base.flavour) : chosen;
}

/** The places an index names, with `end` as the last place of its axis. */
function selectorsOf(e: IndexExpr, base: Value, context: Context): Selector[] {
  const size = (k: number): number => {
    if (base.kind === "list") return base.items.length;
    if (base.kind !== "array") return 0;
    return e.indices.length === 1
      ? base.shape.length > 1 && context.language === "python"
        ? (base.shape[0] as number)
        : base.data.length
      : (base.shape[k] ?? 1);
  };
  return e.indices.map((index, k): Selector => {
    const last = size(k);
    const inner: Context = { ...context, scope: context.scope.with({ end: integer(e.origin === 1 ? last : last - 1) }) };
    return selectorOf(index, inner);
  });
}

function selectorOf(index: Expr, context: Context): Selector {
  if (index.kind === "hole") return { kind: "slice", inclusive: true, range: index.range };
  // np.arange(3) in an index is a list of places, 0:3 a slice.
  // In R an index 2:1 runs downwards, as everywhere.
  if (index.kind === "range" && index.flavour === undefined && !(context.language === "r" && index.start && index.stop)) {
    const part = (x: Expr | undefined) => (x ? evaluate(x, context) : undefined);
    return {
      kind: "slice",
      start: part(index.start),
      step: part(index.step),
      stop: part(index.stop),
      inclusive: index.inclusive,
      range: index.range,
    };
  }
  const v = asArray(evaluate(index, context));
  if (v.kind === "array" && v.shape.length > 0) return { kind: "many", value: v, range: index.range };
  return { kind: "one", value: v, range: index.range };
}

/** start:step:stop as numbers: a row in MATLAB, a vector elsewhere. */
function evaluateRange(e: RangeExpr, context: Context): Value {
  const number = (x: Expr | undefined, fallback: Scalar): Scalar => {
    if (!x) return fallback;
    const s = scalarOf(evaluate(x, context));
    return s && isReal(s) ? s : fail("domain", "a range needs real numbers", x.range);
  };
  if (!e.stop) return fail("missing-bound", "the range has no end", e.range);
  const start = number(e.start, integer(context.language === "python" ? 0 : 1));
  const stop = number(e.stop, integer(0));
  const natural = context.language === "r" && !e.step && re(stop) < re(start) ? integer(-1) : integer(1);
  const step = number(e.step, natural);
  if (re(step) === 0) return fail("domain", "a range with step 0", e.range);
  const steps = (re(stop) - re(start)) / re(step);
  const slack = Math.abs(steps) * 2 ** -50 + 1e-10;
  const count = !(steps >= -slack) ? 0 : e.inclusive ? Math.floor(steps + slack) + 1 : Math.ceil(steps - slack);
  checkCells([count], context, e.range);
  const shape = context.language === "matlab" ? [1, Math.max(count, 0)] : [Math.max(count, 0)];
  // Too many to be kept exact: plain numbers are a hundred times faster to count with.
  if (count > maxExactCells) return tabulated(shape, (k) => realValue(re(start) + k * re(step)));
  return tabulated(shape, (k) => add(start, multiply(integer(k), step)));
}
