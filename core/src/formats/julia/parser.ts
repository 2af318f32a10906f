// Reads Julia's expressions, comprehensions, functions and definitions.

import { type BinaryOp, type Expr, fail, type Range, type Statement, said } from "../../expr/index.js";
import type { Infix, Token } from "../grammar/index.js";
import { call, integer, name } from "../shared/build.js";
import { P } from "../shared/dialect.js";
import { checkRows, RowsParser } from "../shared/rows.js";
import { checkNested } from "../shared/shape.js";
import { matrixFunctions, types } from "./dialect.js";

const operators: Readonly<Record<string, BinaryOp>> = { "+": "add", "-": "subtract", "*": "multiply", "/": "divide" };

export class JuliaParser extends RowsParser {
  protected override skippable(t: Token): boolean {
    return t.text === "using" || t.text === "import";
  }

  protected override statement(): Statement | null {
    const t = this.peek();
    if (t.kind === "name" && t.text === "function") return this.definition();
    return super.statement();
  }

  /** function f(x) ... end, with plain assignments and a last value. */
  private definition(): Statement {
    const start = this.next();
    const target = this.next();
    if (target.kind !== "name" || !this.accept("(")) return this.failAt("not-a-formula", '"function" begins a definition', start);
    const params: string[] = [];
    while (this.peek().kind === "name") {
      params.push(this.next().text);
      while (this.at("::")) {
        this.next();
        this.next();
      }
      if (!this.accept(",")) break;
    }
    if (!this.accept(")")) this.unexpected('")"');
    const read: Statement[] = [];
    for (;;) {
      this.skipSeparators();
      const t = this.peek();
      if (this.atEnd()) return this.failAt("unbalanced", '"function" is never closed by "end"', start);
      if (t.kind === "name" && t.text === "end") break;
      if (t.kind === "name" && t.text === "return") this.next();
      else if (t.kind === "name" && this.dialect.keywords.has(t.text))
        return this.failAt("unsupported", "functions are read when they assign names and return a value; loops and branches are not run", t);
      const s = super.statement();
      read.push(...this.before.splice(0));
      if (s) read.push(s);
    }
    const end = this.next();
    const last = read.pop();
    if (!last || !("body" in last)) return this.failAt("empty", "the function has no value", target);
    const body = read.reduceRight<Expr>(
      (inner, s) =>
        s.kind === "define" && !s.params
          ? { kind: "substitute", body: inner, bindings: [{ name: s.name, value: s.body }], range: inner.range }
          : inner,
      last.body,
    );
    return { kind: "define", name: target.text, params, body, range: [start.start, end.end], nameRange: [target.start, target.end] };
  }

  /** `value for x in items if condition`, from the `for` on; with several variables the first runs outermost. */
  private comprehension(value: Expr): Expr {
    const start = this.next();
    const loops: { readonly param: string; readonly items: Expr }[] = [];
    do {
      const t = this.next();
      if (t.kind !== "name") return this.failAt("unexpected-token", "expected a name to walk with", t);
      const sign = this.next();
      if (sign.text !== "in" && sign.text !== "=" && sign.text !== "∈")
        return this.failAt("unexpected-token", 'expected "in" and what to walk over', sign);
      loops.push({ param: t.text, items: this.expression(P.or) });
    } while (this.accept(","));
    let condition: Expr | undefined;
    if (this.peek().kind === "name" && this.peek().text === "if") {
      this.next();
      condition = this.expression(P.or);
    }
    const range: Range = [value.range[0], this.previous().end];
    return loops.reduceRight<Expr>((body, l, k) => {
      const args: Expr[] = [{ kind: "lambda", params: [l.param], body, range }, l.items];
      if (condition && k === loops.length - 1) args.push({ kind: "lambda", params: [l.param], body: condition, range });
      return call("comprehension", args, range, [start.start, start.end]);
    }, value);
  }

  protected override argument(): Expr {
    const t = this.peek();
    // reduce(+, x): an operator as a function.
    if (t.kind === "op" && this.peek(1).text === "," && Object.hasOwn(operators, t.text)) {
      this.next();
      const range: Range = [t.start, t.end];
      return {
        kind: "lambda",
        params: ["x", "y"],
        body: { kind: "binary", op: operators[t.text] as BinaryOp, left: name("x", range), right: name("y", range), range },
        range,
      };
    }
    const e = super.argument();
    return this.peek().kind === "name" && this.peek().text === "for" ? this.comprehension(e) : e;
  }

  /** Whether the brackets that open here hold a comprehension: a `for` at their own level. */
  private holdsComprehension(): boolean {
    let depth = 0;
    for (let k = 1; k < 400; k++) {
      const t = this.peek(k);
      if (t.kind === "end") return false;
      if (t.kind === "name" && t.text === "for" && depth === 0) return true;
      if (t.text === "(" || t.text === "[" || t.text === "{") depth++;
      else if (t.text === ")" || t.text === "]" || t.text === "}") if (--depth < 0) return false;
    }
    return false;
  }

  /** `m, n = size(A)`; the right side may be a tuple without brackets. */
  protected override assigned(): Expr {
    const first = this.expression();
    if (!this.at(",")) return first;
    const items = [first];
    while (this.accept(",")) items.push(this.expression());
    return { kind: "array", items, range: [first.range[0], this.previous().end] };
  }

  protected override prefix(): Expr {
    const t = this.peek();
    if (t.text === "√" && t.kind === "op") {
      this.next();
      const operand = this.expression(P.power);
      return call("sqrt", [operand], [t.start, operand.range[1]], [t.start, t.end]);
    }
    if (t.text === ":" && t.kind === "op") return this.failAt("unsupported", "symbols are not read", t);
    return super.prefix();
  }

  protected override nameOperand(t: Token): Expr {
    // Matrix{Float64}(...), Float64[1, 2]: the type in front is passed over.
    const following = this.peek(1);
    if (following.text === "->") {
      this.next();
      this.next();
      const body = this.expression();
      return { kind: "lambda", params: [t.text], body, range: [t.start, body.range[1]] };
    }
    if (following.text === "{" && !following.space) {
      this.next();
      let depth = 0;
      do {
        const s = this.next();
        if (s.text === "{") depth++;
        if (s.text === "}") depth--;
        if (s.kind === "end") break;
      } while (depth > 0);
      const range: Range = [t.start, this.previous().end];
      if (this.at("(")) return this.callNamed(t.text, range);
      return name(t.text, range);
    }
    if (types.test(t.text) && following.text === "[" && !following.space) {
      this.next();
      return this.squareBrackets();
    }
    if (following.text === "." && this.peek(2).text === "(" && !following.space) {
      this.next();
      this.next();
      const e = this.callNamed(t.text, [t.start, t.end]);
      // A function of the document, at every entry.
      if (e.kind === "call" && this.options.functions?.has(t.text) && e.args.length === 1)
        return call("mapped", [name(t.text, [t.start, t.end]), e.args[0] as Expr], e.range, e.nameRange);
      // f.(A) works entry by entry also where f(A) is a function of the matrix.
      const entrywise = e.kind === "call" && Object.entries(matrixFunctions).find(([, whole]) => whole === e.name)?.[0];
      return entrywise && e.kind === "call" ? { ...e, name: entrywise } : e;
    }
    return super.nameOperand(t);
  }

  protected override qualifiedName(t: Token): string {
    let last = t;
    while (/^(?:LinearAlgebra|Statistics|Base|Math|MathConstants|StatsBase)$/.test(last.text) && this.at(".") && this.peek(1).kind === "name") {
      this.next();
      last = this.next();
    }
    return last.text;
  }

  protected override parenthesis(): Expr {
    const e = super.parenthesis();
    if (e.kind === "array" && this.at("->")) {
      this.next();
      const body = this.expression();
      return { kind: "lambda", params: e.items.map((i) => (i.kind === "name" ? i.name : "_")), body, range: [e.range[0], body.range[1]] };
    }
    return e;
  }

  protected override squareBrackets(): Expr {
    if (this.holdsComprehension()) {
      const open = this.next();
      const before = this.inRows;
      this.inRows = false;
      const e = this.comprehension(this.expression());
      this.inRows = before;
      const end = this.close("]", open);
      return { ...e, range: [open.start, end.end] };
    }
    const { rows, breaks, open, end, commas } = this.rows();
    const range: Range = [open.start, end.end];
    if (rows.length === 0) return fail("empty", "an array without entries", range);
    checkRows(rows.length > 0 && rows.every((r) => r.length === rows[0]?.length || !commas) ? rows : []);
    if (breaks.includes(";;")) return columnsOf(rows, breaks, range);
    if (commas) {
      const items = rows.flat();
      const e: Expr = { kind: "array", items, range };
      checkNested(e);
      return e;
    }
    if (rows.every((r) => r.length === 1)) {
      if (rows.length === 1) return { kind: "array", items: rows[0] as Expr[], range };
      return call("vcat", rows.flat(), range);
    }
    return { kind: "matrix", rows, range };
  }

  protected override infix(left: Expr): Infix<this> | undefined {
    const t = this.peek();
    if (t.kind === "op" && t.text === ":") return { power: P.range, parse: (_p, start) => this.colon(start) };
    // condition ? value : otherwise
    if (t.kind === "op" && t.text === "?" && t.space)
      return {
        power: 6,
        parse: (_p, condition) => {
          this.next();
          const value = this.expression(P.range + 1);
          if (!this.accept(":")) this.unexpected('":"');
          const otherwise = this.expression(6);
          return {
            kind: "cases",
            branches: [
              { value, condition },
              { value: otherwise, condition: null },
            ],
            range: [condition.range[0], otherwise.range[1]],
          };
        },
      };
    if (t.kind === "op" && t.text === "|>")
      return {
        power: 5,
        parse: (_p, x) => {
          this.next();
          const f = this.next();
          return this.build(f.text, { args: [x], named: {}, nameRange: [f.start, f.end], range: [x.range[0], f.end] });
        },
      };
    if (this.inRows && t.space && t.text === "[" && t.kind === "op") return undefined;
    return super.infix(left);
  }

  protected override opened(left: Expr, t: Token): Infix<this> | undefined {
    if (t.text === "(" && !t.space && left.kind === "number") return this.juxtaposed(left, t);
    return super.opened(left, t);
  }

  /** 2x, 2(a+b), 2π: closer than a product, looser than a power. */
  protected override juxtaposed(left: Expr, t: Token): Infix<this> | undefined {
    if (t.space || left.kind !== "number" || !(t.kind === "name" || t.text === "(")) return undefined;
    return {
      power: P.unary + 2,
      parse: (_p, a) => {
        const b = this.expression(P.unary + 3);
        return { kind: "binary", op: "multiply", left: a, right: b, implicit: true, range: [a.range[0], b.range[1]] };
      },
    };
  }

  protected override subscript(close: string): Expr {
    const t = this.peek();
    if (t.text === ":" && (this.peek(1).text === "," || this.peek(1).text === close)) {
      this.next();
      return { kind: "range", inclusive: true, range: [t.start, t.end] };
    }
    if (t.text === "begin") {
      this.next();
      return integer(1, [t.start, t.end]);
    }
    return this.expression();
  }

  override arguments(close: string): { args: Expr[]; named: Record<string, Expr> } {
    return super.arguments(close);
  }

  protected override memberAccess(): Infix<this> | undefined {
    return {
      power: P.call,
      parse: (_p, receiver) => {
        this.next();
        const t = this.next();
        if (t.kind !== "name") this.failAt("unexpected-token", "expected a name after the point", t);
        const part = t.text === "S" ? "s" : t.text;
        return {
          kind: "index",
          base: receiver,
          indices: [{ kind: "string", value: part, range: [t.start, t.end] }],
          origin: 1,
          range: [receiver.range[0], t.end],
        };
      },
    };
  }
}

/** [1; 2;; 3; 4]: each group between `;;` is a column. */
function columnsOf(rows: readonly (readonly Expr[])[], breaks: readonly string[], range: Range): Expr {
  const columns: Expr[][] = [[]];
  rows.forEach((row, i) => {
    (columns[columns.length - 1] as Expr[]).push(...row);
    if (breaks[i] === ";;" && i < rows.length - 1) columns.push([]);
  });
  const height = columns[0]?.length as number;
  columns.forEach((c, j) => {
    if (c.length !== height)
      fail("ragged", said`column ${j + 1} has ${c.length} entries, column 1 has ${height}`, [
        (c[0] as Expr).range[0],
        (c[c.length - 1] as Expr).range[1],
      ]);
  });
  return { kind: "matrix", rows: Array.from({ length: height }, (_, i) => columns.map((c) => c[i] as Expr)), range };
}
