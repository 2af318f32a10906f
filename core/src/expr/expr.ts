// What was written, as a tree: the one form every notation is read into.
//
// Products never commute and are never reordered. Every node keeps the place it was read from, so that an error can
// underline its cause. A parser decides *what operation* a sign means in its notation (`*` is the mathematical product in
// LaTeX and MATLAB, entry by entry in NumPy); the evaluator knows operations only.

import type { Rational } from "../linalg/index.js";
import type { ArrayValue, Flavour } from "./value.js";

/** Half-open [start, end) in UTF-16 code units of the text that was parsed. */
export type Range = readonly [start: number, end: number];

interface Node {
  readonly range: Range;
  /** What the arrays it comes to are in their language, where the text says so. */
  readonly flavour?: Flavour;
}

export type UnaryOp =
  | "negate"
  | "plus"
  | "not"
  | "factorial"
  | "percent"
  | "transpose" // plain, no conjugation
  | "adjoint" // conjugate transpose
  | "conjugate"
  | "dagger" // pseudo-inverse or adjoint, by the setting formula.dagger
  | "prime"; // transpose of an array, derivative of a function: decided by the value

export type BinaryOp =
  | "add"
  | "subtract"
  | "plusminus" // a ± b: both values
  | "multiply" // the mathematical product: scalar, matrix, inner by shapes
  | "cross" // × : cross product of two 3-vectors, else multiply
  | "dot" // · : dot product of equal-shaped vectors, else multiply
  | "elementwise" // entry by entry with broadcasting (⊙, NumPy *, MATLAB .*)
  | "matmul" // code @ : matrix product, 1-D operands as in NumPy
  | "divide" // a / b: scalar divisor; in MATLAB/Julia a matrix divisor means b-solve from the right
  | "elementdivide" // entry by entry with broadcasting
  | "leftdivide" // A \ b
  | "floordivide"
  | "mod"
  | "power" // mathematical power: matrix power for a square matrix
  | "elementpower"
  | "kronecker"
  | "directsum"
  | "outer"
  | "and"
  | "or";

export type RelationOp = "=" | "≠" | "<" | "≤" | ">" | "≥" | "≈" | "≡" | "∈" | "∉" | "⊂" | "⊆" | "→" | "∼" | "∝" | ":=" | "↦" | "|";

/** A number as written. Terminating decimals are exact in LaTeX and plain text (`exact`), floating point in code. */
export interface NumberExpr extends Node {
  readonly kind: "number";
  readonly value: number;
  readonly exact?: Rational;
  /** true for `2i`, `3.5j`: the value is the imaginary part. */
  readonly imaginary?: boolean;
}

/**
 * A name in canonical LaTeX-like spelling without styling blanks: `x`, `\alpha`, `W_{0}`, `\bar{B}`, `x'`, `\mathbf{x}`.
 * `base` and `subscript` allow the second reading of a subscript as an index (A_{12}, A_{ij}).
 */
export interface NameExpr extends Node {
  readonly kind: "name";
  readonly name: string;
  readonly base?: string;
  readonly subscript?: readonly Expr[];
}

export interface StringExpr extends Node {
  readonly kind: "string";
  readonly value: string;
}

export interface BooleanExpr extends Node {
  readonly kind: "boolean";
  readonly value: boolean;
}

export interface UnaryExpr extends Node {
  readonly kind: "unary";
  readonly op: UnaryOp;
  readonly operand: Expr;
}

export interface BinaryExpr extends Node {
  readonly kind: "binary";
  readonly op: BinaryOp;
  readonly left: Expr;
  readonly right: Expr;
  /** true when juxtaposed, so that printing writes no sign. */
  readonly implicit?: boolean;
  /** The right side of a juxtaposed product was written in round brackets: f(x) rather than f x, f(x)^2. Not set where there is no other way, as for a sum. */
  readonly bracketed?: boolean;
}

/** a < b ≤ c as one chain; `=` in the middle of text is a relation too. */
export interface RelationExpr extends Node {
  readonly kind: "relation";
  readonly first: Expr;
  readonly rest: readonly { readonly op: RelationOp; readonly operand: Expr }[];
}

/** A named function with its arguments: det(A), \operatorname{foo}(x), svd(A). Names are canonical (§ functions), unknown ones stay as written. */
export interface CallExpr extends Node {
  readonly kind: "call";
  readonly name: string;
  readonly nameRange: Range;
  readonly args: readonly Expr[];
  /** Keyword arguments (axis=0) and decorations (log base as `base`, norm kind as `kind`). */
  readonly named?: Readonly<Record<string, Expr>>;
}

/** Something computed applied to arguments: (f+g)(x), f'(x). */
export interface ApplyExpr extends Node {
  readonly kind: "apply";
  readonly callee: Expr;
  readonly args: readonly Expr[];
}

/** Square brackets or subscripts used as an index. `origin` is the index of the first entry. */
export interface IndexExpr extends Node {
  readonly kind: "index";
  readonly base: Expr;
  readonly indices: readonly Expr[];
  readonly origin: 0 | 1;
}

/** start:step:stop. As an index, absent ends mean "from the first/to the last"; `inclusive` says whether stop belongs to it. */
export interface RangeExpr extends Node {
  readonly kind: "range";
  readonly start?: Expr;
  readonly step?: Expr;
  readonly stop?: Expr;
  readonly inclusive: boolean;
}

/** A matrix written by rows; entries may themselves be matrices (blocks). `environment` is what it was written in. */
export interface MatrixExpr extends Node {
  readonly kind: "matrix";
  readonly rows: readonly (readonly Expr[])[];
  readonly environment?: string;
}

/** A nested list of a code language: the nesting depth is the rank. */
export interface ArrayExpr extends Node {
  readonly kind: "array";
  readonly items: readonly Expr[];
}

/** A large literal already read into typed memory (no node for each entry). */
export interface LiteralExpr extends Node {
  readonly kind: "literal";
  readonly value: ArrayValue;
  /** What it was written in, as for a MatrixExpr. */
  readonly environment?: string;
}

/** (1, 2, 3), \{1,2\}, (a,b): an ordered list; `brackets` is how it was enclosed. */
export interface ListExpr extends Node {
  readonly kind: "list";
  readonly items: readonly Expr[];
  readonly brackets: "()" | "[]" | "{}" | "[)" | "(]" | "";
}

/** \begin{cases}: the first true condition wins; a condition of null is "otherwise". */
export interface CasesExpr extends Node {
  readonly kind: "cases";
  readonly branches: readonly { readonly value: Expr; readonly condition: Expr | null }[];
}

/** \sum, \prod, \int, \lim, \max_{x}, \bigcup ...: a bound variable over a range and a body. */
export interface BigExpr extends Node {
  readonly kind: "big";
  readonly op:
    | "sum"
    | "product"
    | "integral"
    | "limit"
    | "max"
    | "min"
    | "sup"
    | "inf"
    | "argmax"
    | "argmin"
    | "union"
    | "intersection"
    | "expectation";
  readonly variable?: string;
  readonly lower?: Expr;
  readonly upper?: Expr;
  /** For a limit: from which side. */
  readonly side?: "+" | "-";
  /** A set or condition in place of bounds: i \in S, i \neq j. */
  readonly condition?: Expr;
  readonly body: Expr;
}

/** d^n f / dx^n, partials, gradients: `variables` in order of differentiation; `operator` is \nabla, \partial, d, Hessian or Jacobian. */
export interface DerivativeExpr extends Node {
  readonly kind: "derivative";
  readonly operator: "d" | "partial" | "gradient" | "hessian" | "jacobian" | "laplacian" | "divergence";
  readonly variables: readonly { readonly name: string; readonly order: number }[];
  readonly body: Expr;
  /** Evaluation point: f'(3), \left. ... \right|_{x=3}. */
  readonly at?: readonly { readonly name: string; readonly value: Expr }[];
}

/** |x|, \|x\|, \|x\|_F: `which` is the canonical norm name; "abs" is |x| (determinant of a square matrix). */
export interface NormExpr extends Node {
  readonly kind: "norm";
  readonly which: string;
  readonly operand: Expr;
  /** Range of the norm's subscript, for an unknown norm. */
  readonly whichRange?: Range;
}

/** \cdots, \vdots, `...` where a pattern must be continued. */
export interface DotsExpr extends Node {
  readonly kind: "dots";
  readonly style: "horizontal" | "vertical" | "diagonal";
}

/** x \mapsto x^2, @(x) x.^2, lambda x: x**2. */
export interface LambdaExpr extends Node {
  readonly kind: "lambda";
  readonly params: readonly string[];
  readonly defaults?: readonly (Expr | undefined)[];
  readonly body: Expr;
}

/** expr with names replaced: f|_{x=3}, "x^2 where x = 3". */
export interface SubstituteExpr extends Node {
  readonly kind: "substitute";
  readonly body: Expr;
  readonly bindings: readonly { readonly name: string; readonly value: Expr }[];
}

/** An empty place: f(\cdot), A[:, ], a blank cell. */
export interface HoleExpr extends Node {
  readonly kind: "hole";
}

/** Read, but outside what can be computed (set builder, integral over a manifold ...); `what` names it for the message. */
export interface OpaqueExpr extends Node {
  readonly kind: "opaque";
  readonly what: string;
  readonly children: readonly Expr[];
}

export type Expr =
  | NumberExpr
  | NameExpr
  | StringExpr
  | BooleanExpr
  | UnaryExpr
  | BinaryExpr
  | RelationExpr
  | CallExpr
  | ApplyExpr
  | IndexExpr
  | RangeExpr
  | MatrixExpr
  | ArrayExpr
  | LiteralExpr
  | ListExpr
  | CasesExpr
  | BigExpr
  | DerivativeExpr
  | NormExpr
  | DotsExpr
  | LambdaExpr
  | SubstituteExpr
  | HoleExpr
  | OpaqueExpr;

/** One statement of a text: a definition (a name or f(x) on the left), a declaration of a shape, or an expression. */
export type Statement =
  | {
      readonly kind: "define";
      readonly name: string;
      readonly params?: readonly string[];
      readonly defaults?: readonly (Expr | undefined)[];
      readonly body: Expr;
      readonly range: Range;
      readonly nameRange: Range;
    }
  | {
      readonly kind: "declare";
      readonly name: string;
      readonly shape: readonly Expr[];
      readonly field: "real" | "complex" | "integer";
      readonly range: Range;
      readonly nameRange: Range;
    }
  | { readonly kind: "assume"; readonly condition: Expr; readonly range: Range }
  | { readonly kind: "expression"; readonly body: Expr; readonly range: Range };

/** The direct sub-expressions of a node, in reading order. */
export function children(e: Expr): readonly Expr[] {
  switch (e.kind) {
    case "number":
    case "string":
    case "boolean":
    case "literal":
    case "dots":
    case "hole":
      return [];
    case "name":
      return e.subscript ?? [];
    case "unary":
      return [e.operand];
    case "binary":
      return [e.left, e.right];
    case "relation":
      return [e.first, ...e.rest.map((r) => r.operand)];
    case "call":
      return e.named ? [...e.args, ...Object.values(e.named)] : e.args;
    case "apply":
      return [e.callee, ...e.args];
    case "index":
      return [e.base, ...e.indices];
    case "range":
      return [e.start, e.step, e.stop].filter((x): x is Expr => x !== undefined);
    case "matrix":
      return e.rows.flat();
    case "array":
    case "list":
      return e.items;
    case "cases":
      return e.branches.flatMap((b) => (b.condition ? [b.value, b.condition] : [b.value]));
    case "big":
      return [e.lower, e.upper, e.condition, e.body].filter((x): x is Expr => x !== undefined);
    case "derivative":
      return e.at ? [e.body, ...e.at.map((a) => a.value)] : [e.body];
    case "norm":
      return [e.operand];
    case "lambda":
      return [e.body];
    case "substitute":
      return [e.body, ...e.bindings.map((b) => b.value)];
    case "opaque":
      return e.children;
  }
}

/** Whether a node of the expression, itself among them, passes the test. */
export function someNode(e: Expr, test: (node: Expr) => boolean): boolean {
  const pending: Expr[] = [e];
  for (let x = pending.pop(); x; x = pending.pop()) {
    if (test(x)) return true;
    pending.push(...children(x));
  }
  return false;
}
