// Between values and terms: lifting values into expressions, reading results back, and the normal form of a finished value.

import { booleanValue, type Expr, fail, type Range, type SymbolicValue, said, type Value } from "../../expr/index.js";
import { rational, rationalToNumber } from "../../linalg/index.js";
import { freeNames, fromExpr, fromNumber } from "./fromExpr.js";
import type { SymbolicContext } from "./interface.js";
import { mapMatrix, matrixResult, termMatrix, termOf, toMatrixExpr } from "./matrix.js";
import { constantNames } from "./names.js";
import { shorten } from "./simplify.js";
import { imaginary, infinity, int, isFloat, isNum, negate, one, splitCoefficient, type Term } from "./term.js";
import { toExpr } from "./toExpr.js";
import { freeNameExpr, mapChildren } from "./tree.js";
import { asScalar, isIdentityName, isScalarShape, NotWords, type Read, readWords, type Shape, type WordContext, wordsExpr } from "./words.js";

/** A value as an expression. Throws `unsupported` for functions, strings, records and arrays of rank three and more. */
export function liftValue(value: Value, range: Range = [0, 0]): Expr {
  switch (value.kind) {
    case "symbolic":
      return value.expr;
    case "boolean":
      return { kind: "boolean", value: value.value, range };
    case "list":
      return { kind: "list", items: value.items.map((v) => liftValue(v, range)), brackets: "()", range };
    case "solutions":
      return { kind: "list", items: value.values.map((v) => liftValue(v, range)), brackets: "{}", range };
    case "real":
      if (Number.isNaN(value.value)) return { kind: "number", value: value.value, range };
      return toExpr(termOf(value)!);
    case "rational":
    case "complex":
      return toExpr(termOf(value)!);
    case "array": {
      if (value.shape.length > 2) break;
      if (value.data.length > 4_096) return { kind: "literal", value, range };
      const m = termMatrix(value);
      if (m) return toMatrixExpr(m);
      break;
    }
  }
  return fail("unsupported", said`a ${value.kind} cannot be part of a symbolic expression`, range);
}

/** A name without a value. */
export const freeName = (name: string, range: Range = [0, 0]): SymbolicValue => ({ kind: "symbolic", expr: freeNameExpr(name, range) });

/** A term as the simplest kind of value that holds it. */
export function termValue(t: Term, note?: string): Value {
  if (t.k === "num") {
    if (isFloat(t.r)) return { kind: "real", value: rationalToNumber(t.r) };
    return { kind: "rational", num: t.r.num, den: t.r.den };
  }
  if (t.id === infinity.id) return { kind: "real", value: Number.POSITIVE_INFINITY };
  if (t.id === negate(infinity).id) return { kind: "real", value: Number.NEGATIVE_INFINITY };
  const gaussian = gaussianParts(t);
  if (gaussian) {
    const [re, im] = gaussian;
    if (isFloat(re) || isFloat(im)) return { kind: "complex", re: rationalToNumber(re), im: rationalToNumber(im) };
    return { kind: "complex", re: rationalToNumber(re), im: rationalToNumber(im), exact: { re, im } };
  }
  return note === undefined ? { kind: "symbolic", expr: toExpr(t) } : { kind: "symbolic", expr: toExpr(t), note };
}

function gaussianParts(t: Term): [re: { num: bigint; den: bigint }, im: { num: bigint; den: bigint }] | null {
  const terms = t.k === "sum" ? t.terms : [t];
  if (terms.length > 2) return null;
  let re = rational(0);
  let im = rational(0);
  for (const s of terms) {
    if (isNum(s)) re = s.r;
    else {
      const { coef, rest } = splitCoefficient(s);
      if (rest.id !== imaginary.id) return null;
      im = coef;
    }
  }
  return im.num === 0n ? null : [re, im];
}

const matrixLetter = /^(?:[A-Z]|\\(?:mathbf|boldsymbol|bm|mathcal|mathsf)\{[A-Z]\}|\\(?:Sigma|Lambda|Omega|Phi|Psi|Theta|Gamma|Delta))(?:[_'].*)?$/;

/** Whether the last factor is a letter that matrices have: AB, A^\top, (A + B)^{-1}. */
function endsInMatrix(e: Expr): boolean {
  switch (e.kind) {
    case "name":
      return matrixLetter.test(e.name) && !isIdentityName(e.name);
    case "list":
      return e.items.length === 1 && endsInMatrix(e.items[0]!);
    case "unary":
      return endsInMatrix(e.operand);
    case "binary":
      return e.op === "multiply" ? endsInMatrix(e.right) : e.op === "power" || e.op === "add" || e.op === "subtract" ? endsInMatrix(e.left) : false;
    default:
      return false;
  }
}

/** Matrix symbols of an expression: declared ones, and by context those that are transposed, traced or inverted as matrices. */
export function wordContext(expr: Expr, context: SymbolicContext): WordContext | null {
  const declared = new Map<string, Shape | null>();
  let some = false;
  const mentioned = new Set<string>();
  const transposed = new Set<string>();
  let byContext = false;
  const visit = (e: Expr, depth: number) => {
    if (depth > 500) return;
    if (e.kind === "name") mentioned.add(e.name);
    if (e.kind === "unary" && (e.op === "transpose" || e.op === "adjoint" || e.op === "prime")) {
      byContext = true;
      const x = e.operand.kind === "list" && e.operand.items.length === 1 ? e.operand.items[0]! : e.operand;
      if (x.kind === "name") transposed.add(x.name);
    }
    // A x: what a matrix stands before is a vector.
    if (e.kind === "binary" && e.op === "multiply" && e.right.kind === "name" && /^[a-z]$/.test(e.right.name) && endsInMatrix(e.left))
      transposed.add(e.right.name);
    if (e.kind === "call" && /^(tr|Tr|trace|det|inv|inverse)$/.test(e.name)) byContext = true;
    if (e.kind === "norm" && e.which === "F") byContext = true;
    if (e.kind === "matrix") return;
    const visitChild = (c: Expr): Expr => {
      visit(c, depth + 1);
      return c;
    };
    mapChildren(e, visitChild);
  };
  visit(expr, 0);
  for (const name of mentioned) {
    const d = context.scope.declaration(name);
    const shape = d ? declaredShape(d.shape) : null;
    declared.set(name, shape);
    if (shape) some = true;
  }
  if (!some && !byContext) return null;
  const guess = (name: string): Shape | null => {
    if (isIdentityName(name) || name in constantNames) return null;
    const inner = /^\\(?:mathbf|boldsymbol|bm|mathbb|mathcal|mathsf)\{([^{}]*)\}(?:[_^'].*)?$/.exec(name)?.[1];
    const letter = inner ?? name.replace(/[_'].*$/, "");
    if (/^[A-Z]$/.test(letter) || /^\\(Sigma|Lambda|Omega|Phi|Psi|Theta|Gamma|Delta)$/.test(letter)) return [null, null];
    if (inner !== undefined || transposed.has(name)) return [null, one];
    return null;
  };
  return {
    atoms: new Map(),
    shapeOf: (name) => declared.get(name) ?? (byContext && !context.scope.declaration(name) ? guess(name) : null),
  };
}

function declaredShape(shape: readonly Expr[]): Shape | null {
  if (shape.length === 0) return null;
  const sizes = shape.map((s) => fromExpr(s));
  return sizes.length === 1 ? [sizes[0]!, int(1)] : [sizes[0]!, sizes[1]!];
}

/** The value of a read matrix expression. */
export function readValue(r: Read, context: WordContext, note?: string): Value {
  if (r.kind === "scalar") return termValue(shorten(r.term), note);
  if (isScalarShape(r.words)) return termValue(shorten(asScalar(r, context, [0, 0])), note);
  const expr = wordsExpr(r.words);
  return note === undefined ? { kind: "symbolic", expr } : { kind: "symbolic", expr, note };
}

/** The expression read with its matrix symbols; null when it has none or is outside that algebra. */
export function readMatrixSymbols(expr: Expr, context: SymbolicContext): { readonly read: Read; readonly words: WordContext } | null {
  const words = wordContext(expr, context);
  if (!words) return null;
  try {
    return { read: readWords(expr, words), words };
  } catch (error) {
    if (error instanceof NotWords) return null;
    throw error;
  }
}

/** The normal form of a finished value. */
export function settle(value: Value, context: SymbolicContext): Value {
  switch (value.kind) {
    case "list":
      return { kind: "list", items: value.items.map((v) => settle(v, context)) };
    case "solutions":
      return { ...value, values: value.values.map((v) => settle(v, context)) };
    case "record":
      return { ...value, fields: Object.fromEntries(Object.entries(value.fields).map(([k, v]) => [k, settle(v, context)])) };
    case "symbolic":
      return settleExpr(value, context);
    default:
      return value;
  }
}

function settleExpr(value: SymbolicValue, context: SymbolicContext): Value {
  const { expr, note } = value;
  if ("identity" in value || "asked" in value) return value;
  const part = (e: Expr): Expr => liftValue(settleExpr({ kind: "symbolic", expr: e }, context), e.range);
  if (expr.kind === "relation") {
    return { ...value, expr: { ...expr, first: part(expr.first), rest: expr.rest.map((r) => ({ op: r.op, operand: part(r.operand) })) } };
  }
  if (expr.kind === "list" && (expr.items.length > 1 || expr.brackets === "{}")) return { ...value, expr: { ...expr, items: expr.items.map(part) } };
  if (expr.kind === "cases" || expr.kind === "literal" || expr.kind === "string" || expr.kind === "lambda") return value;
  if (expr.kind === "boolean") return booleanValue(expr.value);
  if (expr.kind === "matrix") {
    const m = termMatrix(value);
    return m ? matrixResult(mapMatrix(m, shorten)) : value;
  }
  const marks = transposeMarks(expr);
  // Aᴴ and Aᵀ are the same for real matrices only: where both stand, neither is moved.
  const symbols = marks === "both" ? null : readMatrixSymbols(expr, context);
  if (symbols) {
    const read = readValue(symbols.read, symbols.words, note);
    return marks === "adjoint" && read.kind === "symbolic" ? { ...read, expr: adjoints(read.expr) } : read;
  }
  if (containsArrays(expr) || holdsTranspose(expr)) return value;
  const t = fromExpr(expr);
  return termValue(shorten(t), note);
}

/** Which marks stand on matrices: ᵀ, ᴴ, or both. */
function transposeMarks(e: Expr): "transpose" | "adjoint" | "both" | null {
  const found = new Set<"transpose" | "adjoint">();
  const visit = (x: Expr, depth: number): Expr => {
    if (x.kind === "unary" && (x.op === "transpose" || x.op === "adjoint")) found.add(x.op);
    if (depth < 300 && x.kind !== "matrix") mapChildren(x, (c) => visit(c, depth + 1));
    return x;
  };
  visit(e, 0);
  return found.size === 2 ? "both" : ([...found][0] ?? null);
}

const adjoints = (e: Expr): Expr =>
  e.kind === "unary" && e.op === "transpose" ? { ...e, op: "adjoint", operand: adjoints(e.operand) } : mapChildren(e, adjoints);

/** A transpose that the algebra of matrix symbols could not read must not be lost as if of a number. */
function holdsTranspose(e: Expr, depth = 0): boolean {
  if (e.kind === "unary" && (e.op === "transpose" || e.op === "adjoint") && freeNames(e.operand).length > 0) return true;
  if (e.kind === "big" || e.kind === "derivative" || e.kind === "apply" || e.kind === "opaque" || e.kind === "matrix" || depth > 300) return false;
  let found = false;
  mapChildren(e, (c) => {
    if (!found && holdsTranspose(c, depth + 1)) found = true;
    return c;
  });
  return found;
}

/** Products of literal arrays and matrix symbols stay as they are. */
function containsArrays(e: Expr, depth = 0): boolean {
  if (e.kind === "matrix") return !(e.rows.length === 1 && e.rows[0]?.length === 1);
  if (e.kind === "literal") return true;
  if (e.kind === "big" || e.kind === "derivative" || e.kind === "apply" || e.kind === "opaque" || depth > 300) return false;
  let found = false;
  mapChildren(e, (c) => {
    if (!found && containsArrays(c, depth + 1)) found = true;
    return c;
  });
  return found;
}

export { freeNames, fromNumber };
