// ∑ ∏ ∫ lim max min over a bound variable.

import { type BigExpr, type Expr, fail, said, someNode, type Value } from "../../expr/index.js";
import type { Context } from "../context.js";
import * as symbolic from "../symbolic/index.js";
import { entry, scalarOf, shapeText } from "./array.js";
import { evaluate } from "./dispatch.js";
import { distributionExpectation } from "./distribution.js";
import { lengthOf, overNames, withBounds } from "./domain.js";
import { holdsIndexed } from "./indexed.js";
import { asArray, binary } from "./operate.js";
import { add, compare, integer, isInteger, isReal, multiply, one, re, type Scalar, zero } from "./scalar.js";
import { loopScope } from "./scope.js";
import { holdsUnknownCall } from "./unknown.js";

/** Sums of symbolic terms are written out up to this many terms, then left to the closed forms. */
const maxWritten = 400;

export function evaluateBig(e: BigExpr, context: Context): Value {
  switch (e.op) {
    case "sum":
    case "product":
      return series(e, context);
    case "integral":
      return integral(e, context);
    case "limit":
      return limit(e, context);
    case "max":
    case "min":
    case "sup":
    case "inf":
    case "argmax":
    case "argmin":
      return bounded(nestedExtremum(e) ?? e, context);
    case "expectation":
      return expectation(e, context);
    default:
      return fail("unsupported", said`${e.op} over a set is not computed`, e.range);
  }
}

const sign = (e: BigExpr): string => (e.op === "sum" ? "\\sum" : e.op === "product" ? "\\prod" : `\\${e.op}`);

function series(e: BigExpr, context: Context): Value {
  const op = e.op === "sum" ? "add" : "multiply";
  const nested = overNames(e);
  if (nested) return series(nested, context);
  if (e.condition) {
    const items = conditioned(e, context);
    return items.length === 0 ? (op === "add" ? zero : one) : items.reduce((a, b) => binary(op, a, b, context, e.range));
  }
  if (!e.lower || !e.upper || e.variable === undefined) {
    const bounded = withBounds(e, context);
    if (bounded) return series(bounded, context);
    return fail("missing-bound", said`${sign(e)} needs a variable with a lower and an upper bound`, e.range, said`Write ${sign(e)}_{i=1}^{n}`);
  }
  const lower = evaluate(e.lower, context);
  const upper = evaluate(e.upper, context);
  const [from, to] = [bound(lower, e.lower, context), bound(upper, e.upper, context)];
  const infinite = (from !== null && !Number.isFinite(re(from))) || (to !== null && !Number.isFinite(re(to)));
  if (!from || !to || infinite) {
    return closedSeries(e, e.variable, lower, upper, context);
  }
  return written(e, from, to, context);
}

/** E[a] of numbers is their mean, each as likely as the others; of anything unknown it stays. */
function expectation(e: BigExpr, context: Context): Value {
  if (e.condition || e.variable !== undefined)
    return (
      distributionExpectation(e, context) ??
      fail(
        "unsupported",
        "an expectation over this distribution is not computed",
        e.range,
        "Known: N(μ, σ²), U(a, b), Exp(λ), Bernoulli(p), Poisson(λ)",
      )
    );
  const body = asArray(evaluate(e.body, context));
  if (body.kind === "symbolic") return asItStands({ ...e, body: lift(symbolic.settle(body, context), e) });
  return evaluate({ kind: "call", name: "mean", nameRange: e.range, args: [e.body], range: e.range }, context);
}

/** The sum or product in closed form; as it stands when the body holds x_i, which is another unknown for each i. */
function closedSeries(e: BigExpr, variable: string, lower: Value, upper: Value, context: Context): Value {
  const body = evaluate(e.body, freed(context, variable, e));
  if (holdsIndexed(e.body, variable))
    return asItStands({ ...e, lower: lift(lower, e), upper: lift(upper, e), body: lift(symbolic.settle(body, context), e) });
  const f = e.op === "sum" ? symbolic.symbolicSum : symbolic.symbolicProduct;
  return f(body, variable, lower, upper, context, e.range);
}

const asItStands = (expr: Expr): Value => ({ kind: "symbolic", expr });
const lift = (v: Value, e: Expr): Expr => symbolic.liftValue(v, e.range);

/** A number used as a bound; null when it is symbolic. */
function bound(v: Value, at: Expr, _context: Context): Scalar | null {
  if (v.kind === "symbolic") return null;
  const s = scalarOf(v);
  if (!s || !isReal(s)) return fail("domain", said`a bound must be a real number, not ${shapeText(v)}`, at.range);
  if (Number.isNaN(re(s))) return fail("domain", "a bound is not a number", at.range);
  return s;
}

/** The context in which a variable stands for itself. */
export function freed(context: Context, variable: string, e: Expr): Context {
  return { ...context, scope: context.scope.with({ [variable]: symbolic.freeName(variable, e.range) }) };
}

function written(e: BigExpr, from: Scalar, to: Scalar, context: Context): Value {
  const op = e.op === "sum" ? "add" : "multiply";
  if (!isInteger(from)) return fail("domain", "the lower bound must be a whole number", (e.lower as Expr).range);
  const count = Math.floor(re(to) - re(from)) + 1;
  if (count <= 0) return op === "add" ? zero : one;
  if (count > context.budget.maxTerms)
    return fail(
      "too-large",
      said`${count.toExponential(2)} terms, the limit is ${context.budget.maxTerms.toLocaleString("en")}`,
      e.range,
      "Use a closed form, or let the bound go to infinity",
    );
  if (count > maxWritten && !mentions(e.body, e.variable as string) && !holdsIndexed(e.body, e.variable as string)) {
    const n = integer(count);
    const term = evaluate(e.body, context);
    return op === "add" ? binary("multiply", n, term, context, e.range) : binary("power", term, n, context, e.range);
  }
  const { scope, set } = loopScope(context.scope, e.variable as string);
  const inner: Context = { ...context, scope, running: new Set([...(context.running ?? []), e.variable as string]) };
  const first = BigInt(from.kind === "rational" ? from.num : Math.round(re(from)));
  let total: Value | null = null;
  for (let k = 0; k < count; k++) {
    context.budget.check();
    set(integer(first + BigInt(k)));
    const term = evaluate(e.body, inner);
    if (term.kind === "symbolic" && count > maxWritten) return closedSeries(e, e.variable as string, from, to, context);
    total = total === null ? term : combine(op, total, term, context, e);
    // Fractions whose denominators grow without bound are not worth keeping: 1/1 + 1/2 + 1/3 + ...
    if (total.kind === "rational" && total.den > manyDigits) total = { kind: "real", value: re(total) };
  }
  return total as Value;
}

/** Whether a name stands anywhere in an expression. */
const mentions = (body: Expr, name: string): boolean => someNode(body, (x) => x.kind === "name" && (x.name === name || x.base === name));

const manyDigits = 1n << 8192n;

function combine(op: "add" | "multiply", a: Value, b: Value, context: Context, e: BigExpr): Value {
  if (a.kind === "real" && b.kind === "real") return { kind: "real", value: op === "add" ? a.value + b.value : a.value * b.value };
  if ((a.kind === "rational" || a.kind === "real") && (b.kind === "rational" || b.kind === "real")) return op === "add" ? add(a, b) : multiply(a, b);
  return binary(op, a, b, context, e.range);
}

/** i ≠ j, i < j without bounds: over all places of the arrays they index for which the condition holds; null when it has other parts. */
function overArrays(e: BigExpr, c: Expr, context: Context): Value[] | null {
  if (e.lower || e.upper || c.kind !== "relation" || c.rest.some((r) => !/^[≠<>≤≥]$/.test(r.op))) return null;
  const sides = [c.first, ...c.rest.map((r) => r.operand)];
  const names = [...new Set(sides.flatMap((x) => (x.kind === "name" ? [x.name] : [])))].filter((n) => context.scope.lookup(n, c.range) === undefined);
  const counts = names.map((n) => lengthOf(e.body, n, context));
  if (names.length === 0 || counts.includes(null)) return null;
  if ((counts as number[]).reduce((a, b) => a * b, 1) > 1_000_000) return fail("too-large", "more than a million terms", e.range);
  const out: Value[] = [];
  const walk = (depth: number, inner: Context): void => {
    if (depth === names.length) {
      context.budget.check();
      const keep = evaluate(c, inner);
      if (keep.kind === "boolean" && keep.value) out.push(evaluate(e.body, inner));
      return;
    }
    for (let k = 1; k <= (counts[depth] as number); k++)
      walk(depth + 1, { ...inner, scope: inner.scope.with({ [names[depth] as string]: integer(k) }) });
  };
  walk(0, context);
  return out;
}

/** The values of the body over i ∈ S, over 1 ≤ i < j ≤ n, or with terms left out (i ≠ j). */
function conditioned(e: BigExpr, context: Context): Value[] {
  const c = e.condition as Expr;
  const filtered = overArrays(e, c, context);
  if (filtered) return filtered;
  if (c.kind !== "relation") return fail("unsupported", said`${sign(e)} over this condition is not computed`, c.range);
  const chain = [c.first, ...c.rest.map((r) => r.operand)];
  const ops = c.rest.map((r) => r.op);
  if (ops.length === 1 && ops[0] === "∈" && c.first.kind === "name") {
    const set = asArray(evaluate(chain[1] as Expr, context));
    const items = set.kind === "array" ? Array.from(set.data, (_, k) => entry(set, k) as Value) : set.kind === "list" ? set.items : null;
    if (!items) return fail("unsupported", said`${sign(e)} over ${shapeText(set)}`, (chain[1] as Expr).range);
    const { scope, set: put } = loopScope(context.scope, c.first.name);
    return items.map((v) => {
      put(v);
      return evaluate(e.body, { ...context, scope });
    });
  }
  // a ≤ i < j ≤ b: whole numbers between the ends.
  if (ops.length >= 2 && ops.every((o) => o === "<" || o === "≤")) {
    const names = chain
      .slice(1, -1)
      .map((x) => (x.kind === "name" ? x.name : fail("unsupported", said`${sign(e)} over this condition is not computed`, x.range)));
    const [low, high] = [scalarOf(evaluate(chain[0] as Expr, context)), scalarOf(evaluate(chain[chain.length - 1] as Expr, context))];
    if (!low || !high || !isReal(low) || !isReal(high)) return fail("missing-bound", said`${sign(e)} needs whole numbers as bounds`, c.range);
    const out: Value[] = [];
    const walk = (depth: number, from: number, ctx: Context): void => {
      const last = depth === names.length;
      if (last) {
        out.push(evaluate(e.body, ctx));
        return;
      }
      const strictEnd = depth === names.length - 1 && ops[ops.length - 1] === "<";
      for (let k = from; strictEnd ? k < re(high) : k <= re(high); k++) {
        context.budget.check();
        if (out.length > 1_000_000) fail("too-large", "more than a million terms", e.range);
        walk(depth + 1, k + (ops[depth + 1] === "<" ? 1 : 0), { ...ctx, scope: ctx.scope.with({ [names[depth] as string]: integer(k) }) });
      }
    };
    walk(0, Math.ceil(re(low)) + (ops[0] === "<" ? 1 : 0), context);
    return out;
  }
  // i ≠ j with bounds: terms for which the condition fails are left out.
  if (e.lower && e.upper && e.variable !== undefined) {
    const [from, to] = [bound(evaluate(e.lower, context), e.lower, context), bound(evaluate(e.upper, context), e.upper, context)];
    if (from && to && isInteger(from) && re(to) - re(from) <= context.budget.maxTerms) {
      const { scope, set } = loopScope(context.scope, e.variable);
      const inner = { ...context, scope };
      const out: Value[] = [];
      for (let k = Math.round(re(from)); k <= re(to); k++) {
        context.budget.check();
        set(integer(k));
        const keep = evaluate(c, inner);
        if (keep.kind === "boolean" && keep.value) out.push(evaluate(e.body, inner));
      }
      return out;
    }
  }
  return fail("missing-bound", said`${sign(e)} needs bounds that can be counted`, c.range, said`Write ${sign(e)}_{i=1}^{n}`);
}

function integral(e: BigExpr, context: Context): Value {
  if (e.variable === undefined)
    return fail("no-variable", "the integral has no dx: its variable is unknown", e.range, "End the integral with d and its variable");
  if (e.condition || (e.lower && !e.upper)) return fail("unsupported", "an integral over a set is not computed", (e.condition ?? e.lower ?? e).range);
  const lower = e.lower && evaluate(e.lower, context);
  const upper = e.upper && evaluate(e.upper, context);
  const body = evaluate(e.body, freed(context, e.variable, e));
  if (holdsUnknownCall(body))
    return asItStands({
      ...e,
      ...(lower && { lower: lift(lower, e) }),
      ...(upper && { upper: lift(upper, e) }),
      body: lift(symbolic.settle(body, context), e),
    });
  return symbolic.symbolicIntegral(body, e.variable, lower, upper, context, e.range);
}

function limit(e: BigExpr, context: Context): Value {
  const point = e.upper ?? e.lower;
  if (e.variable === undefined || !point)
    return fail("missing-bound", "\\lim needs a variable and the point it goes to", e.range, "Write \\lim_{x \\to 0}");
  const body = evaluate(e.body, freed(context, e.variable, e));
  if (holdsIndexed(e.body, e.variable)) return asItStands({ ...e, body: lift(symbolic.settle(body, context), e) });
  return symbolic.symbolicLimit(body, e.variable, evaluate(point, context), e.side, context, e.range);
}

const bounded = (e: BigExpr, context: Context): Value => {
  const within = withBounds(e, context);
  return (within ? null : overTheLine(e, context)) ?? extremum(within ?? e, context);
};

/** \min_x of a polynomial, over all real x; null for everything else. */
function overTheLine(e: BigExpr, context: Context): Value | null {
  if (e.variable === undefined || e.lower || e.upper || (e.condition && !saysReal(e.condition))) return null;
  const body = evaluate(e.body, freed(context, e.variable, e));
  const least = e.op === "min" || e.op === "inf" || e.op === "argmin";
  return body.kind === "symbolic" ? symbolic.polynomialExtremum(body, e.variable, { least, place: e.op.startsWith("arg") }, e.range) : null;
}

/** x \in \mathbb R. */
function saysReal(c: Expr): boolean {
  const [link] = c.kind === "relation" && c.rest.length === 1 ? c.rest : [];
  return link?.op === "∈" && link.operand.kind === "name" && /^\\(?:mathbb\{R\}|R)$/.test(link.operand.name);
}

/** \max_{i,j} as a maximum of maxima; the place of one is no place of the other. */
const nestedExtremum = (e: BigExpr): BigExpr | null => (e.op === "argmax" || e.op === "argmin" ? null : overNames(e));

function extremum(e: BigExpr, context: Context): Value {
  const low = e.op === "min" || e.op === "inf" || e.op === "argmin";
  const arg = e.op === "argmax" || e.op === "argmin";
  const [keys, values] = candidates(e, context);
  const scalars = values.map((v) => {
    const s = scalarOf(v);
    return s && isReal(s) ? s : fail("unsupported", said`the ${e.op} of ${shapeText(v)}`, e.body.range);
  });
  let best = -1;
  scalars.forEach((s, k) => {
    if (best < 0 || compare(s, scalars[best] as typeof s) * (low ? -1 : 1) > 0) best = k;
  });
  if (best < 0) return fail("empty", said`the ${e.op} over nothing`, e.range);
  return (arg ? keys[best] : scalars[best]) as Value;
}

function candidates(e: BigExpr, context: Context): readonly [Value[], Value[]] {
  const c = e.condition;
  if (c?.kind === "relation" && c.rest.length === 1 && c.rest[0]?.op === "∈" && c.first.kind === "name") {
    const set = asArray(evaluate((c.rest[0] as { operand: Expr }).operand, context));
    const items =
      set.kind === "array"
        ? Array.from(set.data, (_, k) => entry(set, k) as Value)
        : set.kind === "list"
          ? [...set.items]
          : fail("unsupported", said`the ${e.op} over ${shapeText(set)}`, c.range);
    const { scope, set: put } = loopScope(context.scope, c.first.name);
    return [
      items,
      items.map((v) => {
        put(v);
        return evaluate(e.body, { ...context, scope });
      }),
    ];
  }
  if (e.variable !== undefined && e.lower && e.upper) {
    const [from, to] = [bound(evaluate(e.lower, context), e.lower, context), bound(evaluate(e.upper, context), e.upper, context)];
    if (from && to && isInteger(from) && re(to) - re(from) <= 1_000_000) {
      const { scope, set } = loopScope(context.scope, e.variable);
      const keys = Array.from({ length: Math.floor(re(to) - re(from)) + 1 }, (_, k) => integer(Math.round(re(from)) + k) as Value);
      return [
        keys,
        keys.map((v) => {
          context.budget.check();
          set(v);
          return evaluate(e.body, { ...context, scope });
        }),
      ];
    }
  }
  // max_i x_i: over all entries of the one array that i indexes.
  if (e.variable !== undefined && e.body.kind === "name" && e.body.base !== undefined && e.body.subscript?.length === 1) {
    const subscript = e.body.subscript[0];
    const array = context.scope.lookup(e.body.base, e.body.range);
    if (subscript?.kind === "name" && subscript.name === e.variable && array?.kind === "array") {
      const values = Array.from(array.data, (_, k) => entry(array, k) as Value);
      return [values.map((_, k) => integer(k + 1) as Value), values];
    }
  }
  return fail("unsupported", said`${e.op} over ${e.variable ?? "this set"} is an optimisation problem, which is not solved here`, e.range);
}
