// The derivative operators on values: partial, gradient, Jacobian, Hessian, Laplacian, divergence; matrix calculus where a variable is a matrix.

import { type DerivativeExpr, type Expr, fail, type Range, said, type Value } from "../../expr/index.js";
import { derive, deriveTimes } from "./derive.js";
import { freeNames, fromExpr } from "./fromExpr.js";
import type { SymbolicContext } from "./interface.js";
import { build, mapMatrix, matrixResult, type TermMatrix, termMatrix } from "./matrix.js";
import { matrixDerivative } from "./matrixCalculus.js";
import { shorten } from "./simplify.js";
import { namesOf, sumOf } from "./term.js";
import { binaryExpr } from "./tree.js";
import { liftValue, readMatrixSymbols, readValue, termValue, wordContext } from "./values.js";
import { NotWords, type Read, readWords, type Shape } from "./words.js";

type Operator = DerivativeExpr["operator"];
type Variables = DerivativeExpr["variables"];

export const denominatorLayout = "denominator layout: the derivative has the shape of the variable";

export function symbolicDerivative(operator: Operator, variables: Variables, body: Value, context: SymbolicContext, range: Range): Value {
  const expr = liftValue(body, range);
  const matrixVariable = byMatrix(operator, variables, expr, context, range);
  if (matrixVariable) return matrixVariable;
  const m = isMatrix(body) ? termMatrix(body) : null;
  if (m) return ofMatrix(operator, variables, m, range);
  const t = fromExpr(
    expr,
    variables.map((v) => v.name),
  );
  const names = variables.length > 0 ? variables.map((v) => v.name) : namesOf(t);
  switch (operator) {
    case "d":
    case "partial": {
      if (variables.length === 0) return fail("no-variable", "a derivative needs its variable", range, "Write \\frac{d}{dx}");
      let out = t;
      // ∂²/∂x∂y differentiates by y first.
      for (const v of [...variables].reverse()) out = deriveTimes(out, v.name, v.order);
      return termValue(shorten(out));
    }
    case "gradient":
    case "jacobian": {
      const g = names.map((n) => shorten(derive(t, n)));
      return matrixResult(operator === "jacobian" ? build(1, g.length, (_, j) => g[j]!, "pmatrix") : build(g.length, 1, (i) => g[i]!, "pmatrix"));
    }
    case "hessian":
      return matrixResult(build(names.length, names.length, (i, j) => shorten(derive(derive(t, names[j]!), names[i]!)), "pmatrix"));
    case "laplacian":
      return termValue(shorten(sumOf(names.map((n) => deriveTimes(t, n, 2)))));
    case "divergence":
      return fail("shape-mismatch", "the divergence of a scalar", range, "It needs a vector, one component for each variable");
  }
}

const isMatrix = (v: Value): boolean =>
  v.kind === "list" || (v.kind === "array" && v.data.length > 1) || (v.kind === "symbolic" && v.expr.kind === "matrix");

function ofMatrix(operator: Operator, variables: Variables, m: TermMatrix, range: Range): Value {
  const names = variables.length > 0 ? variables.map((v) => v.name) : [...new Set(m.entries.flatMap(namesOf))].sort();
  const isVector = m.rows === 1 || m.columns === 1;
  switch (operator) {
    case "d":
    case "partial":
      return matrixResult(
        mapMatrix(m, (t) => {
          let out = t;
          for (const v of [...variables].reverse()) out = deriveTimes(out, v.name, v.order);
          return shorten(out);
        }),
      );
    case "jacobian":
    case "gradient":
      if (!isVector) return fail("shape-mismatch", said`the Jacobian of a ${m.rows}×${m.columns} matrix`, range, "It needs a vector");
      return matrixResult(build(m.entries.length, names.length, (i, j) => shorten(derive(m.entries[i]!, names[j]!)), m.environment ?? "pmatrix"));
    case "divergence":
      if (!isVector || m.entries.length !== names.length)
        return fail("shape-mismatch", said`a divergence of ${m.entries.length} components in ${names.length} variables`, range);
      return termValue(shorten(sumOf(m.entries.map((t, i) => derive(t, names[i]!)))));
    case "laplacian":
      return matrixResult(mapMatrix(m, (t) => shorten(sumOf(names.map((n) => deriveTimes(t, n, 2))))));
    case "hessian":
      return fail("unsupported", "the Hessian of a vector is a tensor", range);
  }
}

/** Matrix calculus, when the variable is a matrix or vector symbol. */
function byMatrix(operator: Operator, variables: Variables, expr: Expr, context: SymbolicContext, range: Range): Value | null {
  if (expr.kind === "matrix" || expr.kind === "list") return null;
  // The variable takes part in deciding which names are matrices.
  const names = variables.length > 0 ? variables.map((v) => v.name) : freeNames(expr);
  const probe = names.reduce<Expr>((e, n) => binaryExpr("multiply", e, { kind: "name", name: n, range }), expr);
  const words = wordContext(probe, context);
  if (!words) return null;
  const chosen =
    variables.length > 0
      ? variables
      : names
          .filter((n) => words.shapeOf(n))
          .slice(0, 1)
          .map((name) => ({ name, order: operator === "hessian" ? 2 : 1 }));
  if (chosen.length === 0 || !chosen.every((v) => words.shapeOf(v.name))) {
    return variables.length > 0 && readMatrixSymbols(expr, context)?.read.kind === "matrix" ? byScalar(variables, expr, context, range) : null;
  }
  let read: Read;
  try {
    read = readWords(expr, words);
  } catch (error) {
    if (error instanceof NotWords)
      return fail(
        "unsupported",
        "this expression is outside matrix calculus",
        range,
        "Traces, Frobenius norms, determinants, quadratic and linear forms are known",
      );
    throw error;
  }
  const steps = chosen.flatMap((v) => Array.from({ length: operator === "hessian" && v.order === 1 ? 2 : v.order }, () => v.name));
  for (const name of steps) read = matrixDerivative(read, name, words.shapeOf(name) as Shape, words, range);
  return readValue(read, words, denominatorLayout);
}

function byScalar(_variables: Variables, _expr: Expr, _context: SymbolicContext, range: Range): Value {
  return fail("unsupported", "the derivative of a matrix expression by a scalar inside its symbols", range);
}
