// Arithmetic, functions, norms and relations of values of which some are symbolic.
//
// Scalars are only joined into trees here; matrices of expressions are computed entry by entry.

import { type BinaryOp, booleanValue, type Expr, fail, type Range, type RelationOp, said, type UnaryOp, type Value } from "../../expr/index.js";
import { dependsOnName, normal, polynomialIn } from "./fraction.js";
import { conjugate, fromExpr } from "./fromExpr.js";
import type { SymbolicContext } from "./interface.js";
import {
  addMatrix,
  build,
  determinant,
  directSumMatrix,
  identityMatrix,
  inverseMatrix,
  kroneckerMatrix,
  mapMatrix,
  matrixResult,
  multiplyMatrix,
  powerMatrix,
  type TermMatrix,
  termMatrix,
  termOf,
  transposeMatrix,
} from "./matrix.js";
import { matrixCall } from "./matrixFunctions.js";
import { shorten } from "./simplify.js";
import { squareRootMatrix } from "./singular.js";
import {
  call,
  divide,
  half,
  int,
  isNum,
  isZeroTerm,
  minus,
  minusOne,
  namesOf,
  nameTerm,
  negate,
  one,
  power,
  sign,
  smallInt,
  square,
  sumOf,
  type Term,
  times,
} from "./term.js";
import { binaryExpr, callExpr, unaryExpr } from "./tree.js";
import { liftValue, termValue, wordContext } from "./values.js";
import { isIdentityName } from "./words.js";

const symbolicValue = (expr: Expr): Value => ({ kind: "symbolic", expr });

/** A value that is a matrix of more than one entry. */
const asTermMatrix = (v: Value): TermMatrix | null => {
  if (v.kind === "array" && v.data.length === 1 && v.shape.length < 2) return null;
  return v.kind === "array" || v.kind === "list" || (v.kind === "symbolic" && v.expr.kind === "matrix") ? termMatrix(v) : null;
};
/** A list or one-dimensional array stands as a row on the left of a matrix. */
const isPlainVector = (v: Value): boolean => v.kind === "list" || (v.kind === "array" && v.shape.length === 1);

export function symbolicUnary(op: UnaryOp, operand: Value, context: SymbolicContext, range: Range): Value {
  const m = asTermMatrix(operand);
  if (!m) return symbolicValue(unaryExpr(op, liftValue(operand, range), range));
  switch (op) {
    case "negate":
      return matrixResult(mapMatrix(m, negate));
    case "plus":
      return operand;
    case "transpose":
    case "prime":
      return matrixResult(transposeMatrix(m));
    case "adjoint":
    case "conjugate": {
      const c = mapMatrix(m, (t) => conjugate(t) ?? t);
      return matrixResult(op === "adjoint" ? transposeMatrix(c) : c);
    }
    case "dagger":
      if (context.settings.dagger === "adjoint") return symbolicUnary("adjoint", operand, context, range);
      return pseudoInverse(m, range);
    case "percent":
      return matrixResult(mapMatrix(m, (t) => divide(t, int(100))));
    default:
      return fail("unsupported", said`${op} of a matrix of expressions`, range);
  }
}

/** (AᵀA)⁻¹Aᵀ for full column rank, Aᵀ(AAᵀ)⁻¹ for full row rank. */
function pseudoInverse(m: TermMatrix, range: Range): Value {
  if (m.rows === m.columns) return matrixResult(inverseMatrix(m, range));
  const t = transposeMatrix(m);
  return matrixResult(
    m.rows > m.columns
      ? multiplyMatrix(inverseMatrix(multiplyMatrix(t, m, range), range), t, range)
      : multiplyMatrix(t, inverseMatrix(multiplyMatrix(m, t, range), range), range),
  );
}

export function symbolicBinary(op: BinaryOp, left: Value, right: Value, context: SymbolicContext, range: Range): Value {
  if (op === "plusminus") {
    return { kind: "list", items: [symbolicBinary("add", left, right, context, range), symbolicBinary("subtract", left, right, context, range)] };
  }
  const [a, b] = [asTermMatrix(left), asTermMatrix(right)];
  if (!a && !b) return symbolicValue(binaryExpr(op, liftValue(left, range), liftValue(right, range), false, range));
  // A declared matrix symbol does not distribute over the entries of a matrix.
  for (const v of [left, right]) {
    if (v.kind === "symbolic" && v.expr.kind !== "matrix" && v.expr.kind !== "list" && usesMatrixSymbols(v.expr, context)) {
      return symbolicValue(binaryExpr(op, liftValue(left, range), liftValue(right, range), false, range));
    }
  }
  if (a && b) return matrixPair(op, a, b, left, right, range);
  const s = termOf(a ? right : left);
  if (s === null) return fail("unsupported", said`${op} of a matrix and a ${(a ? right : left).kind}`, range);
  return matrixAndScalar(op, (a ?? b)!, s, a !== null, range);
}

function usesMatrixSymbols(e: Expr, context: SymbolicContext): boolean {
  const w = wordContext(e, context);
  if (!w) return false;
  const names = new Set<string>();
  const visit = (x: Expr, depth: number): void => {
    if (x.kind === "name") names.add(x.name);
    if (depth < 300)
      for (const c of x.kind === "binary" ? [x.left, x.right] : x.kind === "unary" ? [x.operand] : x.kind === "call" ? x.args : [])
        visit(c, depth + 1);
  };
  visit(e, 0);
  return [...names].some((n) => w.shapeOf(n) !== null);
}

function matrixPair(op: BinaryOp, a: TermMatrix, b: TermMatrix, left: Value, right: Value, range: Range): Value {
  switch (op) {
    case "add":
      return matrixResult(addMatrix(a, b, range));
    case "subtract":
      return matrixResult(addMatrix(a, b, range, minusOne));
    case "multiply":
    case "matmul":
    case "dot":
    case "cross": {
      if (op === "cross" && a.entries.length === 3 && b.entries.length === 3 && a.columns === b.columns) return matrixResult(crossProduct(a, b));
      const twoColumns = a.columns === 1 && b.columns === 1 && a.rows === b.rows && a.rows > 1;
      if (twoColumns && (op === "dot" || (isPlainVector(left) && isPlainVector(right))))
        return scalarResult(multiplyMatrix(transposeMatrix(a), b, range));
      const first = isPlainVector(left) && a.columns !== b.rows ? transposeMatrix(a) : a;
      return scalarResult(multiplyMatrix(first, b, range));
    }
    case "elementwise":
      return matrixResult(zip(a, b, times, range));
    case "elementdivide":
      return matrixResult(zip(a, b, divide, range));
    case "elementpower":
      return matrixResult(zip(a, b, power, range));
    case "kronecker":
      if (isPlainVector(left) && isPlainVector(right)) return matrixResult(multiplyMatrix(a, transposeMatrix(b), range));
      return matrixResult(kroneckerMatrix(a, b, range));
    case "outer":
      return matrixResult(multiplyMatrix(a, transposeMatrix(b), range));
    case "directsum":
      return matrixResult(directSumMatrix(a, b));
    case "leftdivide":
      return matrixResult(multiplyMatrix(inverseMatrix(a, range), b, range));
    case "divide":
      return fail("matrix-divisor", said`cannot divide by a ${b.rows}×${b.columns} matrix`, range, "Multiply by the inverse: A^{-1}");
    default:
      return fail("unsupported", said`${op} of two matrices of expressions`, range);
  }
}

const scalarResult = (m: TermMatrix): Value => (m.rows === 1 && m.columns === 1 ? termValue(m.entries[0]!) : matrixResult(m));

function zip(a: TermMatrix, b: TermMatrix, f: (x: Term, y: Term) => Term, range: Range): TermMatrix {
  const rows = Math.max(a.rows, b.rows);
  const columns = Math.max(a.columns, b.columns);
  const fits = (m: TermMatrix) => (m.rows === rows || m.rows === 1) && (m.columns === columns || m.columns === 1);
  if (!fits(a) || !fits(b)) fail("shape-mismatch", said`cannot combine ${a.rows}×${a.columns} and ${b.rows}×${b.columns} entry by entry`, range);
  const at = (m: TermMatrix, i: number, j: number) => m.entries[(m.rows === 1 ? 0 : i) * m.columns + (m.columns === 1 ? 0 : j)]!;
  return build(rows, columns, (i, j) => f(at(a, i, j), at(b, i, j)), a.environment ?? b.environment);
}

function crossProduct(a: TermMatrix, b: TermMatrix): TermMatrix {
  const [x, y] = [a.entries, b.entries];
  const e = (i: number, j: number) => minus(times(x[i]!, y[j]!), times(x[j]!, y[i]!));
  return { ...a, entries: [e(1, 2), e(2, 0), e(0, 1)] };
}

function matrixAndScalar(op: BinaryOp, m: TermMatrix, s: Term, matrixFirst: boolean, range: Range): Value {
  switch (op) {
    case "multiply":
    case "elementwise":
    case "dot":
    case "cross":
    case "matmul":
    case "kronecker":
      return matrixResult(mapMatrix(m, (t) => times(s, t)));
    case "divide":
    case "elementdivide":
      if (!matrixFirst)
        return op === "divide"
          ? fail("matrix-divisor", said`cannot divide by a ${m.rows}×${m.columns} matrix`, range, "Multiply by the inverse: A^{-1}")
          : matrixResult(mapMatrix(m, (t) => divide(s, t)));
      return matrixResult(mapMatrix(m, (t) => divide(t, s)));
    case "add":
    case "subtract": {
      const scale = op === "add" ? one : minusOne;
      const whole = identityMultiple(s);
      if (isZeroTerm(s) && matrixFirst) return matrixResult(m);
      if (whole && m.rows === m.columns) {
        const i = identityMatrix(m.rows, whole);
        return matrixResult({
          ...(matrixFirst ? addMatrix(m, i, range, scale) : addMatrix(i, m, range, scale)),
          ...(m.environment === undefined ? {} : { environment: m.environment }),
        });
      }
      if (m.rows === 1 && m.columns === 1)
        return termValue(matrixFirst ? sumOf([m.entries[0]!, times(scale, s)]) : sumOf([s, times(scale, m.entries[0]!)]));
      return fail("shape-mismatch", said`cannot ${op} a number and a ${m.rows}×${m.columns} matrix`, range, "Write the number times an identity: λI");
    }
    case "power": {
      if (!matrixFirst) return matrixCall("expm", [m], s.id === "#e" ? one : call("ln", [s]), range);
      const n = smallInt(s);
      if (s.id === half.id) return matrixCall("sqrtm", [m], null, range);
      if (s.id === negate(half).id) return matrixResult(inverseMatrix(squareRootMatrix(m, range), range));
      if (n === null) return fail("unsupported", "only whole powers of a matrix of expressions are known", range);
      return matrixResult(powerMatrix(m, n, range));
    }
    case "elementpower":
      return matrixResult(mapMatrix(m, (t) => (matrixFirst ? power(t, s) : power(s, t))));
    case "directsum":
      return matrixResult(matrixFirst ? directSumMatrix(m, identityMatrix(1, s)) : directSumMatrix(identityMatrix(1, s), m));
    case "leftdivide":
      if (matrixFirst) return fail("shape-mismatch", "a matrix equation needs a vector on the right", range);
      return matrixResult(mapMatrix(m, (t) => divide(t, s)));
    default:
      return fail("unsupported", said`${op} of a matrix and a number`, range);
  }
}

/** c when the scalar is c·I with I an identity of unknown size. */
function identityMultiple(s: Term): Term | null {
  for (const name of ["I", "\\mathbf{I}", "\\boldsymbol{I}", "\\bm{I}", "\\mathrm{I}"]) {
    if (!dependsOnName(s, name) || !isIdentityName(name)) continue;
    const c = polynomialIn(s, nameTerm(name));
    if (c && c.length === 2 && isZeroTerm(c[0]!)) return c[1]!;
  }
  return null;
}

/** A named function. Matrices go to the matrix functions, scalars are joined into a call. */
export function symbolicCall(
  name: string,
  args: readonly Value[],
  named: Readonly<Record<string, Value>>,
  context: SymbolicContext,
  range: Range,
): Value {
  const matrices = args.map(asTermMatrix);
  if (matrices[0]) {
    const known = matrixCall(name, matrices as (TermMatrix | null)[], args[1] ? termOf(args[1]) : null, range);
    return known;
  }
  void context;
  const lifted = args.map((v) => liftValue(v, range));
  const extra = Object.entries(named);
  const expr = callExpr(name, lifted, range);
  if (extra.length === 0) return symbolicValue(expr);
  return symbolicValue({ ...(expr as Extract<Expr, { kind: "call" }>), named: Object.fromEntries(extra.map(([k, v]) => [k, liftValue(v, range)])) });
}

export function symbolicNorm(which: string, operand: Value, context: SymbolicContext, range: Range): Value {
  const m = asTermMatrix(operand);
  if (!m) return symbolicValue({ kind: "norm", which, operand: liftValue(operand, range), range });
  void context;
  const absolute = m.entries.map((t) => call("abs", [t]));
  const isVector = m.rows === 1 || m.columns === 1;
  const line = (byRows: boolean): Term[] =>
    Array.from({ length: byRows ? m.rows : m.columns }, (_, i) =>
      sumOf(absolute.filter((_, k) => (byRows ? Math.floor(k / m.columns) : k % m.columns) === i)),
    );
  switch (which) {
    case "abs":
      if (m.rows === m.columns) return termValue(shorten(determinant(m, range)));
      return euclidean(m);
    case "1":
      return termValue(isVector ? sumOf(absolute) : call("max", line(false)));
    case "inf":
    case "∞":
    case "\\infty":
      return termValue(call("max", isVector ? absolute : line(true)));
    case "max":
      return termValue(call("max", absolute));
    case "2":
    case "op":
      if (isVector) return euclidean(m);
      if (m.entries.some((t) => namesOf(t).length > 0))
        return fail("unsupported", "the spectral norm of a matrix of expressions", range, "Use the Frobenius norm");
      return matrixCall("sigmamax", [m], null, range);
    case "*":
    case "nuclear":
      return isVector ? euclidean(m) : matrixCall("nuclearnorm", [m], null, range);
    default:
      return euclidean(m);
  }
}
const euclidean = (m: TermMatrix): Value =>
  termValue(power(sumOf(m.entries.map((t) => (conjugate(t)?.id === t.id ? square(t) : square(call("abs", [t]))))), half));

const flip: Partial<Record<RelationOp, (s: number) => boolean>> = {
  "<": (s) => s < 0,
  "≤": (s) => s <= 0,
  ">": (s) => s > 0,
  "≥": (s) => s >= 0,
};

/** true or false when the difference of the sides is a number; the relation itself otherwise. */
export function symbolicRelation(
  first: Value,
  rest: readonly { readonly op: RelationOp; readonly operand: Value }[],
  context: SymbolicContext,
  range: Range,
): Value {
  const values = [first, ...rest.map((r) => r.operand)];
  let decided: boolean | null = true;
  rest.forEach((r, k) => {
    const known = decide(values[k]!, r.op, values[k + 1]!, context);
    if (known === false) decided = false;
    else if (known === null && decided !== false) decided = null;
  });
  if (decided !== null) return booleanValue(decided);
  return symbolicValue({
    kind: "relation",
    first: liftValue(first, range),
    rest: rest.map((r) => ({ op: r.op, operand: liftValue(r.operand, range) })),
    range,
  });
}

function decide(a: Value, op: RelationOp, b: Value, context: SymbolicContext): boolean | null {
  const [m, n] = [asTermMatrix(a), asTermMatrix(b)];
  if (m && n && (op === "=" || op === "≠")) {
    if (m.rows !== n.rows || m.columns !== n.columns) return null;
    const all = m.entries.every((t, k) => isZeroTerm(normal(minus(t, n.entries[k]!))));
    return all ? op === "=" : null;
  }
  for (const v of [a, b]) if (v.kind === "symbolic" && usesMatrixSymbols(v.expr, context)) return null;
  const [x, y] = [termOf(a), termOf(b)];
  if (!x || !y) return null;
  const d = normal(minus(x, y));
  if (!isNum(d)) return null;
  if (op === "=" || op === "≡") return isZeroTerm(d);
  if (op === "≠") return !isZeroTerm(d);
  return flip[op]?.(sign(d.r)) ?? null;
}

/** true only when the expression is identically zero (decided by the normal form). */
export function isZero(expr: Expr): boolean {
  if (expr.kind === "matrix") return expr.rows.every((row) => row.every(isZero));
  return isZeroTerm(normal(fromExpr(expr)));
}
