// What each operator does with the operand on its left: the infix rules of LaTeX.

import { type BinaryExpr, type Expr, fail, type RelationExpr, type RelationOp, said } from "../../expr/index.js";
import type { Infix, Token } from "../grammar/index.js";
import { evaluatedAt, hole } from "./brackets.js";
import { binaryOps, callOps, relationOps } from "./operators.js";
import { call, opaque, Power, type Reader } from "./reader.js";
import { rowOperations } from "./rowOperations.js";

/** Products in which dots stand between factors are kept flat: 2·4·6⋯10 is one chain. */
function hasDots(e: Expr): boolean {
  let x = e;
  while (x.kind === "binary" && x.op === "multiply" && x.implicit) {
    if (x.right.kind === "dots") return true;
    x = x.left;
  }
  return x.kind === "dots";
}

/** left · (a b c) as ((left · a) b) c. */
function graft(left: Expr, op: BinaryExpr["op"], right: Expr): Expr {
  if (right.kind === "binary" && right.op === "multiply" && right.implicit) {
    const inner = graft(left, op, right.left);
    return { ...right, left: inner, range: [left.range[0], right.range[1]] };
  }
  return { kind: "binary", op, left, right, range: [left.range[0], right.range[1]] };
}

export const operatorRules = new Map(
  [...binaryOps].map(([sign, [op, power]]): [string, Infix<Reader>] => [
    sign,
    {
      power,
      parse(p, left) {
        p.next();
        p.skipRows();
        // a/bc is (a/b)c: a divisor takes no further factors.
        const right = p.expression(op === "divide" ? Power.implicit + 1 : power + 1);
        if ((op === "dot" || op === "cross" || op === "multiply") && hasDots(right)) return graft(left, op, right);
        return { kind: "binary", op, left, right, range: [left.range[0], right.range[1]] };
      },
    },
  ]),
);

export const callRules = new Map(
  [...callOps].map(([sign, [name, power]]): [string, Infix<Reader>] => [
    sign,
    {
      power,
      parse(p, left) {
        const t = p.next();
        const right = p.expression(power + 1);
        return call(name, [left, right], [t.start, t.end], [left.range[0], right.range[1]]);
      },
    },
  ]),
);

export const opaqueRule = (sign: string, power: number): Infix<Reader> => ({
  power,
  parse(p, left) {
    const t = p.next();
    p.skipRows();
    const empty =
      power <= Power.relation &&
      !p.startsOperand() &&
      !/^[+-]$|^\\(pm|mp|neg|forall|exists)$/.test(p.peek().text) &&
      (p.peek().kind === "end" || /^[,;.)\]}]$/.test(p.peek().text));
    const right = empty && p.peek().kind !== "end" ? hole(t.end) : p.expression(power + 1);
    return opaque(sign, [left, right], [left.range[0], Math.max(t.end, right.range[1])]);
  },
});

/** What stands in brackets as a factor whether it is an argument or not. */
const needsBrackets = (e: Expr): boolean =>
  e.kind === "binary" ? !/divide|power/.test(e.op) : !["name", "number", "call", "apply", "index", "norm"].includes(e.kind);

export const implicitRule: Infix<Reader> = {
  power: Power.implicit,
  parse(p, left) {
    const factor = left.kind === "binary" && left.implicit ? left.right : left;
    const opens = (factor.kind === "name" || factor.kind === "derivative") && p.at("(");
    const right = p.expression(Power.implicit + 1);
    const bracketed = opens && !needsBrackets(right);
    const range = [left.range[0], right.range[1]] as const;
    return { kind: "binary", op: "multiply", left, right, implicit: true, ...(bracketed && { bracketed }), range };
  },
};

export const atRule: Infix<Reader> = {
  power: Power.unary,
  parse(p, left) {
    const t = p.next();
    return evaluatedAt(p, left, { ...t, start: left.range[0] });
  },
};

/** a < b ≤ c as one chain. A relation that ends the formula ("3 + 4 =", "= ?") is dropped. */
export const relationRule: Infix<Reader> = {
  power: Power.relation,
  parse(p, left) {
    const rest: { op: RelationOp; operand: Expr }[] = [];
    let end = left.range[1];
    const outer = p.mode;
    if (!p.mode.related && p.mode.top) p.mode = { ...p.mode, related: true };
    for (;;) {
      const t = p.peek();
      const op: RelationOp | undefined =
        t.kind === "text" || t.kind === "word" ? undefined : t.text === "|" || t.text === "\\|" ? "|" : relationOps.get(t.text);
      if (!op || (op === "|" && p.mode.bar === t.text) || (op === "|" && t.text === "|" && rest.length > 0 && p.peek(1).text === "_")) break;
      p.next();
      // p || q
      if (t.text === "|" && p.at("|") && !p.peek().space) p.next();
      p.skipRows();
      const u = p.peek();
      const unknown = u.text === "?" && /^(end|row|text)$|^[,;.]$/.test(p.peek(1).kind === "symbol" ? p.peek(1).text : p.peek(1).kind);
      if (u.kind === "end" || (u.kind === "symbol" && (unknown || (/^[,;.]$/.test(u.text) && op !== "∈")))) {
        if (op !== "=" && op !== ":=" && u.kind === "end") p.unexpected("the right side of the relation");
        if (op !== "=" && op !== ":=") rest.push({ op, operand: hole(t.end) });
        end = t.end;
        while (p.isKind("symbol", "?")) p.next();
        break;
      }
      // p(x | ·), P(A|): an empty place.
      const operand = op === "|" && (u.kind === "right" || u.text === ")") ? hole(t.end) : p.expression(Power.relation + 1);
      rest.push({ op, operand });
      end = operand.range[1];
      const v = p.peek();
      if (v.kind === "row" && !p.mode.cell && (!p.mode.top || p.continues())) p.skipRows();
    }
    if (outer !== p.mode) p.mode = { ...outer, related: outer.top };
    if (rest.length === 0) return left;
    const e: RelationExpr = { kind: "relation", first: left, rest, range: [left.range[0], end] };
    return e;
  },
};

/** a \over b and n \choose k without braces around them. */
export const stackRule: Infix<Reader> = {
  power: 1,
  parse(p, left) {
    const t = p.next();
    const right = p.expression(2);
    const range: readonly [number, number] = [left.range[0], right.range[1]];
    return t.text === "\\over" ? { kind: "binary", op: "divide", left, right, range } : call("binom", [left, right], [t.start, t.end], range);
  },
};

export const moduloRule: Infix<Reader> = {
  power: Power.colon,
  parse(p, left) {
    const t = p.next();
    const n = p.argument(t);
    return opaque("\\pmod", [left, n], [left.range[0], p.previous().end]);
  },
};

/** A \xrightarrow[below]{above} B: row operations on a matrix, else an arrow. */
export const arrowRule: Infix<Reader> = {
  power: Power.relation,
  parse(p, left) {
    const t = p.next();
    const steps: Expr[] = [];
    let below: Expr[] = [];
    const read = (close: string): Expr[] => p.attempt(() => p.inside(() => p.items(() => p.at(close)))) ?? [];
    const skipTo = (close: string): void => {
      let depth = 0;
      for (;;) {
        const u = p.peek();
        if (u.kind === "end" || (depth === 0 && u.kind === "symbol" && u.text === close)) break;
        if (u.kind === "symbol" && u.text === "{") depth++;
        else if (u.kind === "symbol" && u.text === "}") depth--;
        p.next();
      }
      if (!p.accept(close)) fail("unbalanced", said`the text on ${t.text} is never closed`, [t.start, t.end]);
    };
    if (p.accept("[")) {
      below = read("]");
      skipTo("]");
    }
    if (p.isKind("symbol", "{")) {
      p.next();
      steps.push(...read("}"));
      skipTo("}");
    } else if (p.peek().kind !== "end") p.argument(t);
    const arrow: Token = { ...t, end: p.previous().end };
    const done = rowOperations(left, [...steps, ...below], arrow);
    const first = done ?? left;
    p.skipRows();
    if (!p.startsOperand())
      return done ?? { kind: "relation", first, rest: [{ op: "→", operand: hole(arrow.end) }], range: [left.range[0], arrow.end] };
    const operand = p.expression(Power.relation + 1);
    return { kind: "relation", first, rest: [{ op: "→", operand }], range: [left.range[0], operand.range[1]] };
  },
};
