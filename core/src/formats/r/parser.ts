// Reads R's expressions, functions and definitions.

import { type Expr, fail, type Range, type Statement } from "../../expr/index.js";
import { type Infix, span, type Token } from "../grammar/index.js";
import { CodeParser } from "../shared/code.js";
import { P } from "../shared/dialect.js";

export class RParser extends CodeParser {
  protected override emptyIndices = true;

  protected override skippable(t: Token): boolean {
    return t.text === "library" || t.text === "require";
  }

  protected override prefix(): Expr {
    const t = this.peek();
    if (t.kind === "name" && t.text === "if" && this.peek(1).text === "(") return this.conditional();
    if (t.kind === "name" && t.text === "return" && this.peek(1).text === "(") {
      this.next();
      return this.expression();
    }
    if (t.text === "function" || t.text === "\\") {
      this.next();
      const open = this.next();
      const params: string[] = [];
      const defaults: (Expr | undefined)[] = [];
      while (this.peek().kind === "name") {
        params.push(this.next().text);
        defaults.push(this.accept("=") ? this.expression() : undefined);
        if (!this.accept(",")) break;
      }
      this.close(")", open);
      this.skipNewlines();
      const body = this.expression();
      return { kind: "lambda", params, ...(defaults.some((d) => d) && { defaults }), body, range: [t.start, body.range[1]] };
    }
    return super.prefix();
  }

  /** { a <- 1; a + 1 }: the last value, with what is assigned before it. */
  protected override braces(): Expr {
    const open = this.next();
    const read: Statement[] = [];
    this.deeper(() => {
      for (;;) {
        this.skipSeparators();
        if (this.at("}") || this.atEnd()) break;
        if (
          this.peek().kind === "name" &&
          this.dialect.keywords.has(this.peek().text) &&
          this.peek().text !== "return" &&
          this.peek().text !== "function"
        )
          this.failAt("unsupported", "loops are not run", this.peek());
        const s = this.statement();
        read.push(...this.before.splice(0));
        if (s) read.push(s);
        if (!this.at("}") && !this.at(";") && this.peek().kind !== "newline") break;
      }
    });
    const end = this.close("}", open);
    const last = read.pop();
    const range: Range = [open.start, end.end];
    if (!last || !("body" in last)) return fail("empty", "there is nothing between the braces", range);
    const value: Expr = { ...last.body, range };
    return read.reduceRight<Expr>(
      (inner, s) =>
        s.kind === "define" && !s.params ? { kind: "substitute", body: inner, bindings: [{ name: s.name, value: s.body }], range } : inner,
      value,
    );
  }

  /** if (c) a else b has a value. */
  private conditional(): Expr {
    const start = this.next();
    const open = this.peek();
    if (!this.accept("(")) this.unexpected('"("');
    const condition = this.expression();
    this.close(")", open);
    this.skipNewlines();
    const value = this.expression();
    const mark = this.index;
    this.skipNewlines();
    if (this.peek().text !== "else") {
      this.index = mark;
      return this.failAt("unsupported", "a condition without else is not run", start);
    }
    this.next();
    this.skipNewlines();
    const otherwise = this.expression();
    return {
      kind: "cases",
      branches: [
        { value, condition },
        { value: otherwise, condition: null },
      ],
      range: [start.start, otherwise.range[1]],
    };
  }

  protected override qualifiedName(t: Token): string {
    let last = t;
    while (this.at("::") && this.peek(1).kind === "name") {
      this.next();
      last = this.next();
    }
    return last.text;
  }

  protected override infix(left: Expr): Infix<this> | undefined {
    const t = this.peek();
    if (t.kind === "op" && t.text === ":")
      return {
        power: P.multiply + 14,
        parse: (_p, start) => {
          this.next();
          const stop = this.expression(P.multiply + 15);
          return { kind: "range", start, stop, inclusive: true, range: [start.range[0], stop.range[1]] };
        },
      };
    if (t.kind === "op" && (t.text === "|>" || t.text === "%>%")) return { power: P.multiply + 12, parse: (_p, x) => this.piped(x) };
    if (t.kind === "op" && t.text === "$")
      return {
        power: P.call,
        parse: (_p, record) => {
          this.next();
          const f = this.next();
          const part = { d: "s", u: "U", v: "V" }[f.text] ?? f.text;
          return {
            kind: "index",
            base: record,
            indices: [{ kind: "string", value: part, range: [f.start, f.end] }],
            origin: 1,
            range: [record.range[0], f.end],
          };
        },
      };
    return super.infix(left);
  }

  /** x |> f(y) is f(x, y). */
  private piped(x: Expr): Expr {
    this.next();
    this.skipNewlines();
    const f = this.next();
    if (f.kind !== "name") this.failAt("unexpected-token", "expected a function after the pipe", f);
    const given = this.at("(") ? this.arguments(")") : { args: [], named: {} };
    return this.build(f.text, { ...given, args: [x, ...given.args], nameRange: [f.start, f.end], range: span(x, this.previous()) });
  }

  protected override subscript(close: string): Expr {
    if (this.at(",")) return this.whole();
    if (this.peek().kind === "name" && this.peek().text === "drop" && this.peek(1).text === "=") {
      this.next();
      this.next();
      this.expression();
      return { kind: "hole", range: [0, 0] };
    }
    void close;
    return this.expression();
  }

  protected override indexing(base: Expr, close: string): Expr {
    // x[[1]]
    const double = this.peek(1).text === "[";
    const e = super.indexing(base, close);
    if (double && e.kind === "index" && e.indices.length === 1 && e.indices[0]?.kind === "array") return { ...e, indices: e.indices[0].items };
    if (e.kind === "index" && e.indices.some((i) => i.kind === "hole")) return { ...e, indices: e.indices.filter((i) => i.kind !== "hole") };
    return e;
  }

  protected override squareBrackets(): Expr {
    if (this.indexed.length > 0) return this.list("]");
    return this.failAt("unexpected-token", "square brackets index a value and stand after it", this.peek(), "write c(...) for a vector");
  }
}
