// Sums, products, limits, extrema and integrals with their bounds.

import { type BigExpr, type Expr, fail, said } from "../../expr/index.js";
import type { Token } from "../grammar/index.js";
import { hole } from "./brackets.js";
import { bigOps, integrals, relationOps } from "./operators.js";
import { nameExpr, opaque, Power, type Reader } from "./reader.js";
import { applyScripts, readScripts } from "./scripts.js";

const splitAnd = (e: Expr): Expr[] => (e.kind === "binary" && e.op === "and" ? [...splitAnd(e.left), ...splitAnd(e.right)] : [e]);

interface Bounds {
  readonly below: readonly Expr[];
  readonly above?: Expr;
}

/** Reads the scripts of a big operator as bounds. */
export function readBounds(p: Reader): Bounds {
  let below: readonly Expr[] | undefined;
  let above: Expr | undefined;
  for (;;) {
    const mark = p.peek();
    if (mark.kind !== "symbol" || (mark.text !== "_" && mark.text !== "^")) break;
    if (mark.text === "_" ? below : above)
      p.failAt(mark.text === "_" ? "double-subscript" : "double-superscript", mark.text === "_" ? "two lower bounds" : "two upper bounds", mark);
    p.index++;
    if (mark.text === "^") {
      const t = p.peek();
      if (t.kind === "symbol" && (t.text === "*" || t.text === "+" || t.text === "'")) above = nameExpr(p.next().text, [t.start, t.end]);
      else above = signed(p) ?? p.argument(mark, "an upper bound");
      continue;
    }
    if (p.isKind("symbol", "{")) {
      const open = p.next();
      below = p.inside(() => p.items(() => p.isKind("symbol", "}")));
      p.close("}", open);
    } else below = [signed(p) ?? p.argument(mark, "a lower bound")];
  }
  return above ? { below: below ?? [], above } : { below: below ?? [] };
}

/** \int_-1^1: a sign takes the number after it along. */
function signed(p: Reader): Expr | undefined {
  const t = p.peek();
  if (t.kind !== "symbol" || t.text !== "-") return undefined;
  p.index++;
  const operand = p.deeper(() => p.single());
  return { kind: "unary", op: "negate", operand, range: [t.start, operand.range[1]] };
}

const and = (conditions: readonly Expr[]): Expr | undefined =>
  conditions.length === 0
    ? undefined
    : conditions.reduce((left, right) => ({ kind: "binary", op: "and", left, right, range: [left.range[0], right.range[1]] }));

/** Variables with a common lower bound, and conditions, from what stands below the sign. */
function analyse(below: readonly Expr[]): { variables: string[]; lower?: Expr; condition?: Expr } {
  const variables: string[] = [];
  const conditions: Expr[] = [];
  let lower: Expr | undefined;
  for (const e of below.flatMap(splitAnd)) {
    const equation = e.kind === "relation" && e.rest.length === 1 && e.rest[0]?.op === "=" ? e : undefined;
    if (equation?.first.kind === "name" && lower === undefined && conditions.length === 0) {
      variables.push(equation.first.name);
      lower = (equation.rest[0] as { operand: Expr }).operand;
    } else if (e.kind === "name" && lower === undefined && conditions.length === 0) variables.push(e.name);
    else conditions.push(e);
  }
  const [only] = conditions;
  // i \in S, k \neq j, 1 \le i \le n: the bound variable is the first name of the condition.
  if (variables.length === 0 && only) {
    const v = only.kind === "relation" ? [only.first, ...only.rest.map((r) => r.operand)].find((x) => x.kind === "name") : undefined;
    if (v?.kind === "name") variables.push(v.name);
  }
  // i, j \in S
  if (variables.length > 0 && lower === undefined && only?.kind === "relation" && only.rest[0]?.op === "∈" && only.first.kind === "name")
    variables.push(only.first.name);
  const condition = and(conditions);
  return { variables: [...new Set(variables)], ...(lower && { lower }), ...(condition && { condition }) };
}

/** Operators that are written before a whole sum: \min_x x^2 - 4x. */
const BEFORE_SUMS: ReadonlySet<string> = new Set(["limit", "max", "min", "sup", "inf", "argmax", "argmin"]);
/** So many tokens are looked through for the end of the sum. */
const LOOKED = 400;

/** The letter or command of a name: x of x, \mathbf{x} and x_{1}. */
const letterOf = (name: string) => /^\\(?:mathbf|boldsymbol|bm|mathrm|vec|hat|tilde|bar)\{(.+)\}$/.exec(name)?.[1] ?? name.replace(/_.*$/, "");

/**
 * Whether one of the variables comes again behind a plus or minus of the sum that begins here: there it would be bound by nothing. Another big
 * operator ends the sum, as it may bind the same variable.
 */
function goesOn(p: Reader, variables: readonly string[]): boolean {
  const letters = new Set(variables.map(letterOf));
  let depth = 0;
  let signs = 0;
  for (let i = p.index; i < Math.min(p.tokens.length, p.index + LOOKED); i++) {
    const t = p.tokens[i] as Token;
    if (/^[{([]$/.test(t.text) || t.kind === "left" || t.kind === "begin") depth++;
    else if (/^[})\]]$/.test(t.text) || t.kind === "right" || t.kind === "finish") depth--;
    if (depth < 0 || t.kind === "end" || t.kind === "text" || bigOps.has(t.text.slice(1)) || integrals.has(t.text.slice(1))) return false;
    if (depth === 0 && (t.kind === "row" || /^[,;&:]$/.test(t.text) || relationOps.has(t.text))) return false;
    if (depth === 0 && (t.text === "+" || t.text === "-")) signs++;
    if (signs > 0 && letters.has(t.text)) return true;
  }
  return false;
}

/** True when an operand can begin here. */
type Starts = (p: Reader) => boolean;

/** \sum, \prod, \max_x ...: the sign has been taken. `op` is a BigExpr operator, or the command itself for those without a meaning. */
export function bigOperator(p: Reader, sign: Token, op: string, starts: Starts): Expr {
  const { below, above } = readBounds(p);
  p.skipRows();
  const signed = p.isKind("symbol", "-") || p.at("\\pm");
  if (!starts(p) && !signed) {
    if (op === "sum" || op === "product" || op === "limit") return p.failAt("missing-argument", said`${sign.text} has nothing to work on`, sign);
    if (below.length === 0 && !above) return nameExpr(sign.text.startsWith("\\") ? sign.text : `\\${sign.text}`, [sign.start, sign.end]);
  }
  const { variables, lower, condition } = below.some((e) => e.kind === "dots")
    ? { variables: [], lower: undefined, condition: joined(below) }
    : analyse(below);
  const power = BEFORE_SUMS.has(op) && goesOn(p, variables) ? Power.add : Power.multiply;
  const body = starts(p) || signed ? p.within({ argument: "" }, () => p.expression(power)) : hole(p.previous().end);
  const range: readonly [number, number] = [sign.start, body.range[1]];
  if (op === "limit" || op === "limsup" || op === "liminf") return limit(op, below, body, range);
  if (op.startsWith("\\"))
    return opaque(op, [{ kind: "list", items: below, brackets: "", range: [sign.end, sign.end] }, above ?? hole(sign.end), body], range);
  const node = (variable: string | undefined, inner: Expr, outermost: boolean): BigExpr => ({
    kind: "big",
    op: op as BigExpr["op"],
    ...(variable !== undefined && { variable }),
    ...(lower && { lower }),
    ...(above && { upper: above }),
    ...(outermost && condition && { condition }),
    body: inner,
    range,
  });
  if (variables.length > 1 && lower && above && !condition && (op === "sum" || op === "product"))
    return variables.reduceRight((inner, v) => node(v, inner, false) as Expr, body);
  if (variables.length > 1) {
    const set =
      condition ??
      ({ kind: "list", items: below, brackets: "", range: [(below[0] as Expr).range[0], (below[below.length - 1] as Expr).range[1]] } as Expr);
    return {
      kind: "big",
      op: op as BigExpr["op"],
      ...(above && { upper: above }),
      ...(lower && { lower }),
      condition: lower ? set : joined(below),
      body,
      range,
    };
  }
  return node(variables[0], body, true);
}

const joined = (below: readonly Expr[]): Expr =>
  below.length === 1
    ? (below[0] as Expr)
    : { kind: "list", items: below, brackets: "", range: [(below[0] as Expr).range[0], (below[below.length - 1] as Expr).range[1]] };

function limit(op: string, below: readonly Expr[], body: Expr, range: readonly [number, number]): Expr {
  const [approach] = below;
  if (op !== "limit")
    return opaque(`\\${op}`, [{ kind: "list", items: below, brackets: "", range: [range[0], range[0]] }, hole(range[0]), body], range);
  const to = approach?.kind === "relation" && approach.rest.length === 1 && approach.rest[0]?.op === "→" ? approach : undefined;
  if (to?.first.kind !== "name")
    return approach ? { kind: "big", op: "limit", condition: joined(below), body, range } : { kind: "big", op: "limit", body, range };
  let point = (to.rest[0] as { operand: Expr }).operand;
  let side: "+" | "-" | undefined;
  if (point.kind === "unary" && point.op === "dagger") [point, side] = [point.operand, "+"];
  else if (point.kind === "opaque" && point.what === "^" && point.children[1]?.kind === "name" && point.children[1].name === "-")
    [point, side] = [point.children[0] as Expr, "-"];
  else if (point.kind === "name" && point.name.endsWith("^{-}")) [point, side] = [nameExpr(point.name.slice(0, -4), point.range), "-"];
  const condition = below.length > 1 ? joined(below.slice(1)) : undefined;
  return { kind: "big", op: "limit", variable: to.first.name, upper: point, ...(side && { side }), ...(condition && { condition }), body, range };
}

/** True at d and a name: the end of an integrand. */
export function atDifferential(p: Reader): boolean {
  const t = p.peek();
  if (t.text !== "d" || (t.kind !== "letter" && t.kind !== "word")) return false;
  const u = p.peek(1);
  if (u.kind === "letter" || u.kind === "word") return true;
  return (
    u.kind === "command" &&
    /^\\(alpha|beta|gamma|delta|(var)?epsilon|zeta|eta|(var)?theta|kappa|lambda|mu|nu|xi|rho|sigma|tau|(var)?phi|chi|psi|omega|Gamma|Omega|Phi|Psi|Theta|Lambda|math|bold|vec|bar|hat|tilde)/.test(
      u.text,
    )
  );
}

/** d x: the name of the variable; the cursor stands at d. */
function differential(p: Reader): string {
  p.next();
  const base = p.attempt(() => {
    const atom = p.single();
    return p.isKind("symbol", "_") ? applyScripts(p, atom, readScripts(p, atom)) : atom;
  });
  if (base?.kind === "name") return base.name;
  return p.unexpected("the variable of the integral");
}

/** \int ... dx: the sign has been taken. */
export function integral(p: Reader, sign: Token, starts: Starts): Expr {
  const { below, above } = readBounds(p);
  const count = integrals.get(sign.text.slice(1)) ?? 1;
  const variables: string[] = [];
  p.skipRows();
  let body: Expr | undefined;
  // \int dx f(x): the differential in front.
  while (variables.length < count && atDifferential(p)) variables.push(differential(p));
  if (variables.length > 0) {
    p.skipRows();
    const more = starts(p) && !(p.mode.integral && atDifferential(p));
    body = more ? p.within({ argument: "" }, () => p.expression(Power.multiply)) : number1(p.previous().end);
  } else {
    if (!starts(p) && !/^[+-]$/.test(p.peek().text)) p.failAt("missing-argument", said`${sign.text} has nothing to integrate`, sign);
    body = p.within({ integral: true, argument: "", top: p.mode.top }, () => p.expression(Power.add));
    while (variables.length < count && atDifferential(p)) variables.push(differential(p));
    if (variables.length === 0) {
      const taken = takeDifferential(body);
      if (taken) {
        body = taken.rest;
        variables.push(taken.variable);
      }
    }
  }
  // Nobody says along which curve.
  if (/^\\o+i*nt$/.test(sign.text))
    return opaque(
      sign.text,
      [{ kind: "list", items: below, brackets: "", range: [sign.end, sign.end] }, above ?? hole(sign.end), body],
      [sign.start, Math.max(p.previous().end, body.range[1])],
    );
  const range: readonly [number, number] = [sign.start, Math.max(p.previous().end, body.range[1])];
  const [lower] = below;
  const over = lower && !above;
  const make = (variable: string | undefined, inner: Expr, bounds: boolean): Expr => ({
    kind: "big",
    op: "integral",
    ...(variable !== undefined && { variable }),
    ...(bounds && over && { condition: joined(below) }),
    ...(bounds && lower && !over && { lower: joined(below) }),
    ...(bounds && above && { upper: above }),
    body: inner,
    range,
  });
  if (variables.length <= 1) return make(variables[0], body, true);
  return variables.reduce<Expr>((inner, v, i) => make(v, inner, i === variables.length - 1), body);
}

const number1 = (at: number): Expr => ({ kind: "number", value: 1, exact: { num: 1n, den: 1n }, range: [at, at] });

/** Takes the factors d and x out of \frac{3 dz}{z}. */
function takeDifferential(e: Expr, depth = 0): { rest: Expr; variable: string } | undefined {
  if (e.kind !== "binary" || depth > 8) return undefined;
  if (e.op === "divide") {
    const top = takeDifferential(e.left, depth + 1);
    return top && { rest: { ...e, left: top.rest }, variable: top.variable };
  }
  if (e.op !== "multiply" || !e.implicit) {
    const right = e.op === "subtract" || e.op === "add" ? undefined : takeDifferential(e.right, depth + 1);
    return right && { rest: { ...e, right: right.rest }, variable: right.variable };
  }
  const isD = (x: Expr) => x.kind === "name" && (x.name === "d" || x.name === "\\mathrm{d}");
  if (e.right.kind === "name") {
    if (isD(e.left)) return { rest: number1(e.range[0]), variable: e.right.name };
    if (e.left.kind === "binary" && e.left.op === "multiply" && e.left.implicit && isD(e.left.right))
      return { rest: e.left.left, variable: e.right.name };
  }
  const left = takeDifferential(e.left, depth + 1);
  if (left) return { rest: { ...e, left: left.rest }, variable: left.variable };
  const right = takeDifferential(e.right, depth + 1);
  return right && { rest: { ...e, right: right.rest }, variable: right.variable };
}

/** \mathbb E_{x \sim p}[f(x)]: what stands below as the condition; the name has been read. */
export function expectation(p: Reader, name: Extract<Expr, { kind: "name" }>, condition: Expr | undefined): Expr {
  const open = p.next();
  const body =
    open.kind === "left"
      ? p.within({}, () => p.inside(() => p.items(() => p.peek().kind === "right")))
      : p.inside(() => p.items(() => p.at(open.text === "(" ? ")" : "]")));
  const end = p.next();
  if (end.kind === "end") fail("unbalanced", said`"${open.text}" is never closed`, [open.start, open.end]);
  if (end.kind !== "right" && end.text !== ")" && end.text !== "]") p.failAt("unexpected-token", said`expected "]" but found "${end.text}"`, end);
  if (body.length === 0) fail("empty", "nothing between the brackets", [open.start, end.end]);
  return { kind: "big", op: "expectation", ...(condition && { condition }), body: joined(body), range: [name.range[0], end.end] };
}
