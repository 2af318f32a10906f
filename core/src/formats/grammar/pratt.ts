// Top-down operator precedence (V. Pratt, POPL 1973): the loop every expression of every notation is read by.

import { type BinaryOp, type Expr, fail, said, type UnaryOp } from "../../expr/index.js";
import { Cursor, MAX_DEPTH, span } from "./token.js";

/** Operations chained without brackets; keeps every walk over a tree within the stack. */
export const MAX_CHAIN = 2000;

/** What may follow a finished operand: binary operators, postfix marks, juxtaposition. */
export interface Infix<P> {
  /** Binding power: higher binds closer. */
  readonly power: number;
  /** Reads on from the operator token (not yet taken); `left` is what stands before it. */
  readonly parse: (parser: P, left: Expr) => Expr;
}

/** A parser of one notation: say how an operand begins and what may follow it. */
export abstract class PrattParser extends Cursor {
  /** Reads an operand or a prefix operator with its operand; fails when none begins here. */
  protected abstract prefix(): Expr;
  /** The rule for what follows `left`, or undefined when the expression ends here. */
  protected abstract infix(left: Expr): Infix<any> | undefined;

  /** Reads an expression whose operators all bind at least as closely as `power`. */
  expression(power = 0): Expr {
    if (++this.depth > MAX_DEPTH) this.failAt("too-large", said`nested more than ${MAX_DEPTH} levels deep`, this.peek());
    let left = this.prefix();
    for (let count = 0; ; count++) {
      const rule = this.infix(left);
      if (rule === undefined || rule.power < power) break;
      if (count > MAX_CHAIN)
        fail("too-large", said`more than ${MAX_CHAIN} operations in one chain`, left.range, "split it with brackets or definitions");
      left = rule.parse(this, left);
    }
    this.depth--;
    return left;
  }
}

/** `left op right` that groups to the left. */
export const binary = <P extends PrattParser>(op: BinaryOp, power: number): Infix<P> => ({
  power,
  parse(p, left) {
    p.next();
    const right = p.expression(power + 1);
    return { kind: "binary", op, left, right, range: span(left, right) };
  },
});

/** `left op right` that groups to the right (powers). */
export const binaryRight = <P extends PrattParser>(op: BinaryOp, power: number): Infix<P> => ({
  power,
  parse(p, left) {
    p.next();
    const right = p.expression(power);
    return { kind: "binary", op, left, right, range: span(left, right) };
  },
});

/** `operand op`. */
export const postfix = <P extends PrattParser>(op: UnaryOp, power: number): Infix<P> => ({
  power,
  parse(p, operand) {
    const mark = p.next();
    return { kind: "unary", op, operand, range: span(operand, mark) };
  },
});

/** Reads `op operand` from the operator token on; the operand binds at least as closely as `power`. */
export function prefixOperator(p: PrattParser, op: UnaryOp, power: number): Expr {
  const mark = p.next();
  const operand = p.expression(power);
  return { kind: "unary", op, operand, range: span(mark, operand) };
}
