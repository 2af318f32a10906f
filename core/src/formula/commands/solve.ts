// solve: an equation for one name, a system, a linear matrix equation, or an inequality of one variable.

import { type Expr, fail, type Range, type RelationOp, said, type Value } from "../../expr/index.js";
import { dependsOnName, normal, polynomialIn } from "../symbolic/fraction.js";
import { fromExpr } from "../symbolic/fromExpr.js";
import { EngineNeeded, type SymbolicCommand, type SymbolicContext } from "../symbolic/interface.js";
import { reduceRows } from "../symbolic/linear.js";
import { build, matrixResult, rowsOf, type TermMatrix, termMatrix, termOf } from "../symbolic/matrix.js";
import { canEvaluate } from "../symbolic/numeric.js";
import { type Solutions, solveTerm } from "../symbolic/solve.js";
import { type Interval, solveInequality, solveSystem } from "../symbolic/solveSystem.js";
import { isZeroTerm, minus, namesOf, nameTerm, type Term } from "../symbolic/term.js";
import { toExpr } from "../symbolic/toExpr.js";
import { nameExpr } from "../symbolic/tree.js";
import { termValue } from "../symbolic/values.js";
import type { Params } from "./shared.js";

/** What a record of names and their values is called when it solves a system. */
export const solutionTitle = "solution";

export const solve: SymbolicCommand = {
  name: "solve",
  run(value, params, context, range) {
    const statements = statementsOf(value);
    if (value.kind === "boolean")
      return value.value ? fail("underdetermined", "the statement is always true", range) : fail("no-solution", "the statement is never true", range);
    if (statements.length > 1) return system(statements, params, range);
    const s = statements[0] ?? fail("empty", "there is nothing to solve", range);
    if (s.kind === "relation" && s.rest.length === 1) {
      const { op, operand } = s.rest[0]!;
      const linear = matrixEquation(s.first, operand, params, range);
      if (linear) return linear;
      if (op === "=" || op === ":=" || op === "≡") return equation(difference(s.first, operand), params, context, range);
      return inequality(difference(s.first, operand), op, params, range);
    }
    if (s.kind === "relation") return chain(s, params, context, range);
    return equation(fromExpr(s), params, context, range);
  },
};

const difference = (a: Expr, b: Expr): Term => minus(fromExpr(a), fromExpr(b));

function statementsOf(value: Value): Expr[] {
  if (value.kind === "list") return value.items.flatMap(statementsOf);
  if (value.kind === "symbolic") {
    const e = value.expr;
    if (e.kind === "list" && (e.items.length > 1 || e.items[0]?.kind === "relation")) return [...e.items];
    if (e.kind === "matrix" && e.rows.length > 1 && e.rows.every((r) => r.length === 1 && r[0]!.kind === "relation")) return e.rows.map((r) => r[0]!);
    if (e.kind === "binary" && e.op === "and")
      return [...statementsOf({ kind: "symbolic", expr: e.left }), ...statementsOf({ kind: "symbolic", expr: e.right })];
    return [e];
  }
  const t = termOf(value);
  return t ? [toExpr(t)] : [];
}

function namesFor(params: Params, free: readonly string[], range: Range): string[] {
  const given = params["variables"] ?? params["variable"];
  if (typeof given === "string" && given !== "") return given.split(",").map((s) => s.trim());
  if (Array.isArray(given)) return given.map(String);
  return free.length > 0 ? [...free] : fail("no-variable", "the equation has no free name", range);
}

function equation(f: Term, params: Params, context: SymbolicContext, range: Range): Value {
  const names = namesFor(params, namesOf(f), range);
  if (names.length === 1) return solutionsValue(names[0]!, solveFor(f, names[0]!, context, range), context);
  // Every name in terms of the others.
  const fields: Record<string, Value> = {};
  for (const n of names) {
    const s = solveTerm(f, n);
    if (!s || s.values.length === 0) continue;
    fields[n] = s.values.length === 1 ? termValue(s.values[0]!) : { kind: "solutions", variable: n, values: s.values.map((v) => termValue(v)) };
  }
  if (Object.keys(fields).length === 0) return fail("unsupported", "no way to solve this equation is known", range);
  return { kind: "record", title: solutionTitle, fields };
}

function solveFor(f: Term, x: string, context: SymbolicContext, range: Range): Solutions {
  if (!dependsOnName(f, x)) {
    if (isZeroTerm(normal(f))) return fail("underdetermined", said`every ${x} solves this equation`, range);
    return fail("no-solution", said`no ${x} solves this equation`, range);
  }
  const own = solveTerm(f, x);
  if (own && own.values.length > 0) return own;
  if (!own && canEvaluate(f)) {
    if (!context.engine) throw new EngineNeeded();
    const found = context.engine.solve(toExpr(f), x);
    if (found && found.length > 0) return { values: found.map((e) => fromExpr(e)) };
  }
  return own ? fail("no-solution", said`no ${x} solves this equation`, range) : fail("unsupported", "no way to solve this equation is known", range);
}

function solutionsValue(variable: string, s: Solutions, context: SymbolicContext): Value {
  if (s.note) context.note(s.note);
  return { kind: "solutions", variable, values: s.values.map((v) => termValue(v)) };
}

function system(statements: readonly Expr[], params: Params, range: Range): Value {
  const fs = statements.map((s) => {
    if (s.kind !== "relation") return fromExpr(s);
    if (s.rest.length !== 1 || s.rest[0]!.op !== "=") return fail("unsupported", "systems of inequalities", s.range);
    return difference(s.first, s.rest[0]!.operand);
  });
  const names = namesFor(params, [...new Set(fs.flatMap(namesOf))].sort(), range);
  const found = solveSystem(fs, names, range) ?? fail("unsupported", "no way to solve this system is known", range);
  if (found.length === 0) return fail("no-solution", "the system has no solution", range);
  const records = found.map(
    (s): Value => ({
      kind: "record",
      title: solutionTitle,
      fields: Object.fromEntries(
        Object.entries(s)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([n, t]) => [n, termValue(t)]),
      ),
    }),
  );
  return records.length === 1 ? records[0]! : { kind: "list", items: records };
}

/** a = b = c is a system; a < f ≤ b are two inequalities. */
function chain(s: Extract<Expr, { kind: "relation" }>, params: Params, _context: SymbolicContext, range: Range): Value {
  const sides = [s.first, ...s.rest.map((r) => r.operand)];
  if (s.rest.every((r) => r.op === "=")) {
    return system(
      s.rest.map((r, k): Expr => ({ kind: "relation", first: sides[k]!, rest: [{ op: "=", operand: r.operand }], range: s.range })),
      params,
      range,
    );
  }
  return fail("unsupported", "chains of inequalities: solve one at a time", range);
}

/** A x = b with a matrix A of numbers or expressions: x is a vector although it looks like a number. */
function matrixEquation(left: Expr, right: Expr, params: Params, range: Range): Value | null {
  const sides = [left, right].map((e) => ({ e, m: e.kind === "matrix" || e.kind === "literal" ? matrixOf(e) : null, product: productOf(e) }));
  const given = typeof params["variable"] === "string" ? params["variable"] : null;
  for (const [unknown, known] of [sides, [...sides].reverse()] as [(typeof sides)[number], (typeof sides)[number]][]) {
    if (!known.m) continue;
    if (unknown.product && (given === null || given === unknown.product.name)) return linearSolution(unknown.product.matrix, known.m, range);
    if (!unknown.m) continue;
    const names = [...new Set(unknown.m.entries.flatMap(namesOf))];
    const column = known.m.columns > 1 && names.length === 1 ? coefficients(unknown.m, names[0]!) : null;
    // A X = B with a capital X is read as an unknown matrix, not as a number.
    if (column && /^[A-Z]|^\\(?:mathbf|boldsymbol|bm)\{[A-Z]/.test(names[0]!) && column.rows === known.m.rows)
      return linearSolution(column, known.m, range);
    const x = given ?? (names.length === 1 ? names[0]! : null);
    if (unknown.m.rows === known.m.rows && unknown.m.columns === known.m.columns) return entries(unknown.m, known.m, params, range);
    if (x === null) continue;
    const c = unknown.m.entries.map((t) => polynomialIn(t, nameTerm(x)));
    if (c.every((p) => p && p.length <= 2 && isZeroTerm(p[0] ?? nameTerm(x)))) {
      const A: TermMatrix = { ...unknown.m, entries: c.map((p) => p![1] ?? p![0]!) };
      return linearSolution(A, known.m, range);
    }
  }
  return null;
}

/** The matrix A of A·x, when every entry is a multiple of x; null otherwise. */
function coefficients(m: TermMatrix, x: string): TermMatrix | null {
  const c = m.entries.map((t) => polynomialIn(t, nameTerm(x)));
  return c.every((p) => p && p.length <= 2 && (p.length < 2 || isZeroTerm(p[0]!) || p[0] === undefined))
    ? { ...m, entries: c.map((p) => p![1] ?? p![0]!) }
    : null;
}

function entries(a: TermMatrix, b: TermMatrix, params: Params, range: Range): Value {
  return system(
    a.entries.map((t, k): Expr => ({ kind: "relation", first: toExpr(t), rest: [{ op: "=", operand: toExpr(b.entries[k]!) }], range })),
    params,
    range,
  );
}

const matrixOf = (e: Expr): TermMatrix | null => (e.kind === "literal" ? termMatrix(e.value) : termMatrix({ kind: "symbolic", expr: e }));
function productOf(e: Expr): { matrix: TermMatrix; name: string } | null {
  if (e.kind !== "binary" || (e.op !== "multiply" && e.op !== "matmul") || e.right.kind !== "name") return null;
  const m = e.left.kind === "matrix" || e.left.kind === "literal" ? matrixOf(e.left) : null;
  return m && { matrix: m, name: e.right.name };
}

function linearSolution(A: TermMatrix, b: TermMatrix, range: Range): Value {
  if (A.rows !== b.rows) return fail("shape-mismatch", said`a ${A.rows}×${A.columns} matrix and a right side of ${b.rows} rows`, range);
  const right = rowsOf(b);
  const { rows, pivots } = reduceRows(
    rowsOf(A).map((row, i) => [...row, ...right[i]!]),
    A.columns,
  );
  for (let i = pivots.length; i < rows.length; i++)
    if (rows[i]!.slice(A.columns).some((t) => !isZeroTerm(t))) return fail("no-solution", "the equations contradict each other", range);
  if (pivots.length < A.columns) return fail("underdetermined", said`${A.columns - pivots.length} of ${A.columns} unknowns are free`, range);
  return matrixResult(build(A.columns, b.columns, (i, j) => rows[i]![A.columns + j]!, b.environment ?? A.environment));
}

function inequality(f: Term, op: RelationOp, params: Params, range: Range): Value {
  if (op !== "<" && op !== "≤" && op !== ">" && op !== "≥") return fail("unsupported", said`a relation ${op} cannot be solved`, range);
  const x = namesFor(params, namesOf(f), range)[0]!;
  const found = solveInequality(f, op, x) ?? fail("unsupported", "no way to solve this inequality is known", range);
  if (found.length === 0) return fail("no-solution", said`no real ${x} solves this inequality`, range);
  if (found.length === 1 && found[0]!.from === null && found[0]!.to === null) return { kind: "boolean", value: true };
  return {
    kind: "symbolic",
    expr: found.map((i) => intervalExpr(i, x, range)).reduce((a, b) => ({ kind: "binary", op: "or", left: a, right: b, range })),
  };
}

function intervalExpr(i: Interval, x: string, range: Range): Expr {
  const name = nameExpr(x, range);
  if (i.from && i.to && i.from.id === i.to.id) return { kind: "relation", first: name, rest: [{ op: "=", operand: toExpr(i.from) }], range };
  if (!i.from) return { kind: "relation", first: name, rest: [{ op: i.closedTo ? "≤" : "<", operand: toExpr(i.to!) }], range };
  if (!i.to) return { kind: "relation", first: name, rest: [{ op: i.closedFrom ? "≥" : ">", operand: toExpr(i.from) }], range };
  return {
    kind: "relation",
    first: toExpr(i.from),
    rest: [
      { op: i.closedFrom ? "≤" : "<", operand: name },
      { op: i.closedTo ? "≤" : "<", operand: toExpr(i.to) },
    ],
    range,
  };
}
