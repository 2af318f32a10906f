// Reading an expression tree as a scalar term.

import { children, type Expr, fail, type NameExpr, said } from "../../expr/index.js";
import { rational } from "../../linalg/index.js";
import { canonicalName, constantNames, scalarFunctions } from "./names.js";
import {
  call,
  divide,
  e,
  floatTerm,
  frac,
  half,
  imaginary,
  infinity,
  int,
  isZeroTerm,
  minus,
  minusOne,
  nameTerm,
  negate,
  numTerm,
  opaque,
  pi,
  power,
  sumOf,
  type Term,
  times,
} from "./term.js";
import { unwrap } from "./tree.js";

const depthLimit = 2_000;
const constants = { pi, e, i: imaginary, inf: infinity };

/** A float64 as the fraction it is; infinities become ±∞. */
export function fromNumber(value: number): Term {
  if (Number.isNaN(value)) fail("domain", "not a number", [0, 0]);
  if (!Number.isFinite(value)) return value > 0 ? infinity : negate(infinity);
  if (Number.isInteger(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return int(value);
  return floatTerm(value);
}

// Reading the same node again (after joining trees) is free; the cache only remembers a pure function.
const cache = new WeakMap<Expr, Term>();

/** The term an expression means. `bound` lists names that are variables although they look like constants. */
export function fromExpr(expr: Expr, bound: readonly string[] = []): Term {
  return read(expr, bound, 0);
}

function read(expr: Expr, bound: readonly string[], depth: number): Term {
  if (bound.length === 0) {
    const known = cache.get(expr);
    if (known) return known;
  }
  if (depth > depthLimit) fail("too-large", said`nested deeper than ${depthLimit}`, expr.range);
  const t = readNode(expr, (child) => read(child, bound, depth + 1), bound);
  if (bound.length === 0) cache.set(expr, t);
  return t;
}

function readNode(expr: Expr, go: (e: Expr) => Term, bound: readonly string[]): Term {
  switch (expr.kind) {
    case "number": {
      const t = expr.exact ? numTerm(rational(expr.exact.num, expr.exact.den)) : fromNumber(expr.value);
      return expr.imaginary ? times(t, imaginary) : t;
    }
    case "name":
      return readName(expr, bound);
    case "boolean":
      return int(expr.value ? 1 : 0);
    case "unary":
      switch (expr.op) {
        case "negate":
          return negate(go(expr.operand));
        case "plus":
        case "transpose":
          return go(expr.operand);
        case "factorial":
          return call("factorial", [go(expr.operand)]);
        case "percent":
          return times(frac(1, 100), go(expr.operand));
        case "adjoint":
        case "conjugate":
          return conjugate(go(expr.operand)) ?? carry(expr, bound);
        default:
          return carry(expr, bound);
      }
    case "binary": {
      // Long sums lean to the left: read the spine in a loop.
      if (expr.op === "add" || expr.op === "subtract")
        return sumOf(spine(expr).map(({ node, negative }) => (negative ? negate(go(node)) : go(node))));
      const [a, b] = [go(expr.left), go(expr.right)];
      switch (expr.op) {
        case "multiply":
        case "dot":
        case "cross":
        case "elementwise":
        case "matmul":
          return times(a, b);
        case "divide":
        case "elementdivide":
          if (isZeroTerm(b)) fail("divide-by-zero", "a division by zero", expr.right.range);
          return divide(a, b);
        case "leftdivide":
          return divide(b, a);
        case "power":
        case "elementpower":
          if (isZeroTerm(a) && isZeroTerm(b)) return int(1);
          return power(a, b);
        case "floordivide":
          return call("floor", [divide(a, b)]);
        case "mod":
          return a.k === "num" && b.k === "num" && !isZeroTerm(b) ? minus(a, times(b, call("floor", [divide(a, b)]))) : carry(expr, bound);
        default:
          return carry(expr, bound);
      }
    }
    case "call": {
      const name = canonicalName(expr.name);
      if (!scalarFunctions.has(name) || expr.args.length === 0) return carry(expr, bound);
      const args = expr.args.map(go);
      const named = expr.named ?? {};
      if (name === "log" || name === "ln") {
        const base = named["base"];
        if (base) return call("log", [args[0]!, go(base)]);
        return args.length === 2 ? call("log", args) : call("ln", args);
      }
      if (name === "sqrt") {
        const index = named["index"] ?? named["n"] ?? named["degree"] ?? named["base"];
        const degree = index ? go(index) : args.length === 2 ? args[1]! : null;
        return degree ? power(args[0]!, power(degree, minusOne)) : power(args[0]!, half);
      }
      return call(name, args);
    }
    case "norm":
      return expr.which === "abs" ? call("abs", [go(expr.operand)]) : carry(expr, bound);
    case "list":
      return expr.items.length === 1 && expr.brackets !== "{}" ? go(expr.items[0]!) : carry(expr, bound);
    case "matrix":
      if (expr.rows.length === 1 && expr.rows[0]!.length === 1) return go(expr.rows[0]![0]!);
      return fail("shape-mismatch", "a matrix stands where a scalar is needed", expr.range);
    case "big":
    case "derivative":
    case "apply":
    case "index":
    case "cases":
    case "substitute":
    case "opaque":
    case "relation":
      return carry(expr, bound);
    default:
      return fail("unsupported", said`a ${expr.kind} has no place in a symbolic expression`, expr.range);
  }
}

function spine(expr: Expr): { node: Expr; negative: boolean }[] {
  const out: { node: Expr; negative: boolean }[] = [];
  let node: Expr = expr;
  while (node.kind === "binary" && (node.op === "add" || node.op === "subtract") && !cache.has(node.left)) {
    out.push({ node: node.right, negative: node.op === "subtract" });
    node = node.left;
  }
  if (node.kind === "binary" && (node.op === "add" || node.op === "subtract")) {
    out.push({ node: node.right, negative: node.op === "subtract" }, { node: node.left, negative: false });
  } else out.push({ node, negative: false });
  return out.reverse();
}

function readName(expr: NameExpr, bound: readonly string[]): Term {
  const constant = bound.includes(expr.name) || expr.base === expr.name ? undefined : constantNames[expr.name];
  return constant ? constants[constant] : nameTerm(expr.name);
}

/** A node that is carried along as it is. */
function carry(expr: Expr, bound: readonly string[]): Term {
  const bare = unwrap(expr);
  return opaque(bare, structure(bare), freeNames(bare, bound));
}

/** A text that is equal for equal trees, whatever their places in the source. */
export function structure(expr: Expr): string {
  return JSON.stringify(expr, (key, value) =>
    key === "range" || key === "nameRange" || key === "whichRange" ? undefined : typeof value === "bigint" ? `${value}n` : value,
  );
}

/** The names an expression depends on; bound variables and constants are not among them. */
export function freeNames(expr: Expr, variables: readonly string[] = []): string[] {
  const found = new Set<string>();
  const visit = (e: Expr, bound: ReadonlySet<string>, depth: number) => {
    if (depth > depthLimit) return;
    const inner = boundBy(e);
    switch (e.kind) {
      case "name":
        if (!bound.has(e.name) && (!(e.name in constantNames) || e.base === e.name || variables.includes(e.name))) found.add(e.name);
        return;
      case "big": {
        const within = new Set([...bound, ...inner]);
        if (e.lower) visit(e.lower, bound, depth + 1);
        if (e.upper) visit(e.upper, bound, depth + 1);
        if (e.condition) visit(e.condition, within, depth + 1);
        visit(e.body, within, depth + 1);
        return;
      }
      case "derivative":
        for (const a of e.at ?? []) visit(a.value, bound, depth + 1);
        visit(e.body, e.at ? new Set([...bound, ...e.at.map((a) => a.name)]) : bound, depth + 1);
        return;
      case "substitute":
        for (const b of e.bindings) visit(b.value, bound, depth + 1);
        visit(e.body, new Set([...bound, ...inner]), depth + 1);
        return;
      case "binary":
        if (e.op === "add" || e.op === "subtract") {
          for (const { node } of spine(e)) visit(node, bound, depth + 1);
          return;
        }
    }
    const within = inner.length > 0 ? new Set([...bound, ...inner]) : bound;
    for (const c of children(e)) visit(c, within, depth + 1);
  };
  visit(expr, new Set(), 0);
  return [...found].sort();
}

/** The names a node binds in its body. */
export function boundBy(e: Expr): readonly string[] {
  if (e.kind === "big") return e.variable === undefined ? [] : [e.variable];
  if (e.kind === "lambda") return e.params;
  if (e.kind === "substitute") return e.bindings.map((b) => b.name);
  return [];
}

/** The complex conjugate when all names are real; null when something is only carried along. */
export function conjugate(t: Term): Term | null {
  if (t.k === "opaque") return null;
  if (t.id === imaginary.id) return negate(imaginary);
  let ok = true;
  const go = (u: Term): Term => {
    if (u.k === "opaque") ok = false;
    if (u.id === imaginary.id) return negate(imaginary);
    switch (u.k) {
      case "sum":
        return sumOf(u.terms.map(go));
      case "product":
        return times(numTerm(u.coef), ...u.factors.map(go));
      case "power":
        return power(go(u.base), go(u.exponent));
      case "call":
        return call(u.name, u.args.map(go));
      default:
        return u;
    }
  };
  const out = go(t);
  return ok ? out : null;
}
