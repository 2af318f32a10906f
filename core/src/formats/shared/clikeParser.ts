// Reads the languages with initialisers: declarations, types passed over, constructors, and plain expressions.

import { type Expr, fail, type Range, type Statement, said } from "../../expr/index.js";
import type { Infix, Token } from "../grammar/index.js";
import { call, integer, number } from "./build.js";
import { arranged, declaredName, declaredSize, fitted, likelySize, modifiers, sizeOf } from "./clikeDeclarations.js";
import { complexOf } from "./clikeWords.js";
import { CodeParser } from "./code.js";
import { P } from "./dialect.js";
import { checkNested } from "./shape.js";

/** Types whose braces hold the entries themselves. */
const containers = new Set(["vector", "array", "Matrix", "List", "Array", "Vector"]);

export class ClikeParser extends CodeParser {
  protected get square(): boolean {
    return this.dialect.lexer.blocks?.[0]?.open === "[";
  }

  protected override statement(): Statement | null {
    const first = this.index;
    let end = first;
    let depth = 0;
    let assign = -1;
    let shift = -1;
    for (; end < this.tokens.length; end++) {
      const t = this.tokens[end] as Token;
      if (t.kind === "end" || (depth === 0 && (t.text === ";" || (t.kind === "newline" && assign < 0)) && t.kind !== "string")) break;
      if (t.kind !== "op") continue;
      if ("([{".includes(t.text)) depth++;
      else if (")]}".includes(t.text)) depth--;
      else if (depth === 0 && (t.text === "=" || t.text === ":=") && assign < 0) assign = end;
      else if (depth === 0 && t.text === "<<" && shift < 0) shift = end;
      if (assign >= 0) break;
    }
    if (assign > first) return this.definition(first, assign);
    // 1 << 4 fills no matrix: a number cannot stand before the entries.
    if (shift > first && assign < 0 && (this.tokens[first] as Token).kind !== "number") return this.streamed(first, shift);
    const declared = this.declaration(first, end);
    if (declared !== undefined) return declared;
    const body = this.checked(this.expression());
    this.afterExpression();
    return { kind: "expression", body, range: body.range };
  }

  /** Type assertions after a value (`as const`). */
  protected afterExpression(): void {
    if (this.peek().text === "as" || this.peek().text === "satisfies")
      while (!this.atEnd() && this.peek().text !== ";" && this.peek().kind !== "newline") this.next();
  }

  private checked(e: Expr): Expr {
    checkNested(e);
    return e;
  }

  /** TYPE name[2][3] = value; let name: TYPE = value. */
  private definition(first: number, assign: number): Statement {
    const before = this.tokens.slice(first, assign);
    const { target, dims } = declaredName(before, this.dialect.format);
    // 2.5 f = or 3 = 4 define nothing.
    if (!target || !before.every((t) => t.kind === "name" || t.kind === "op" || t.kind === "number" || t.kind === "dots"))
      return this.failAt("unexpected-token", "only a name can be defined", this.tokens[assign] as Token);
    this.index = assign + 1;
    this.skipNewlines();
    let body = this.checked(this.expression());
    this.afterExpression();
    if (dims.length > 0) body = fitted(body, dims);
    return {
      kind: "define",
      name: target.text,
      body,
      range: [(this.tokens[first] as Token).start, body.range[1]],
      nameRange: [target.start, target.end],
    };
  }

  /** TYPE name{...}; TYPE name(...): a declaration whose value follows at once. Undefined when the statement is no declaration. */
  private declaration(first: number, end: number): Statement | null | undefined {
    let at = first;
    let name: Token | undefined;
    let typeToken: Token | undefined;
    let depth = 0;
    for (; at < end; at++) {
      const t = this.tokens[at] as Token;
      const before = at > first ? (this.tokens[at - 1] as Token) : undefined;
      if (t.text === "<" && before?.kind === "name" && t.kind === "op") depth++;
      else if (t.text === ">" && depth > 0) depth--;
      else if (t.text === ">>" && depth > 1) depth -= 2;
      else if (depth > 0) {
        if (t.text === ";" || t.text === "{" || t.text === "(") return undefined;
      } else if (t.kind === "name") {
        if (
          !name &&
          this.tokens[at + 1]?.text !== "::" &&
          before?.text !== ">" &&
          before?.text !== ">>" &&
          !(before?.kind === "name" && !modifiers.has(before.text))
        )
          typeToken = t;
        if (
          before &&
          (before.kind === "name" ||
            before.text === ">" ||
            before.text === ">>" ||
            before.text === "*" ||
            before.text === "&" ||
            before.text === "]") &&
          !(before.text === "*" || before.text === "&")
        )
          name = modifiers.has(before.text) || before.text === "new" || before.text === "return" ? undefined : t;
      } else if (
        t.text !== "::" &&
        !(t.text === "[" && name === undefined && this.tokens[at + 1]?.text === "]") &&
        !(t.text === "]" && before?.text === "[")
      )
        break;
    }
    if (!name) return undefined;
    if (at >= end) {
      // A declaration without a value names a type and nothing else.
      this.index = end;
      return null;
    }
    const open = this.tokens[at] as Token;
    if (open.text !== "{" && open.text !== "(" && open.text !== "[") return undefined;
    if (open.text === "[") {
      // double a[2][2]{...} or a declaration only
      let p = at;
      while (p < end && this.tokens[p]?.text !== "{") p++;
      if (p >= end) {
        this.index = end;
        return null;
      }
      at = p;
    }
    const type = typeToken === name ? "" : (typeToken?.text ?? "");
    this.index = at;
    let body: Expr;
    if ((this.tokens[at] as Token).text === "(") {
      const spelled = this.tokens.slice(first, at).find((t) => this.dialect.functions.has(t.text))?.text ?? type;
      body = this.callNamed(spelled, [open.start, open.start]);
      // MatrixXd A(2, 2): sizes, not entries.
      if (/X[dfi]?$/.test(spelled) || /^Mat/.test(spelled)) return null;
    } else {
      body = this.checked(this.expression());
      if (body.kind === "array" && this.dialect.functions.has(type) && !containers.has(type))
        body = this.build(type, { args: body.items, named: {}, range: body.range, nameRange: body.range });
    }
    return { kind: "define", name: name.text, body, range: [(this.tokens[first] as Token).start, body.range[1]], nameRange: [name.start, name.end] };
  }

  /** Eigen's A << 1, 2, 3, 4 and OpenCV's Mat_<double>(2, 2) << ...: entries row by row; the size is in the type or a declaration above. */
  private streamed(first: number, shift: number): Statement {
    const before = this.tokens.slice(first, shift);
    const target = before.find((t) => t.kind === "name") as Token | undefined;
    const size = sizeOf(before) ?? (target && declaredSize(this.tokens, target.text, first));
    this.index = shift + 1;
    const start = this.peek();
    const flat: Expr[] = [];
    do {
      flat.push(this.expression());
    } while (this.accept(","));
    while (this.at(")") || this.at(".")) {
      // (Matrix2d() << 1, 2, 3, 4).finished()
      this.next();
      if (this.peek().text === "finished") {
        this.next();
        if (this.accept("(")) this.accept(")");
      }
    }
    const range: Range = [start.start, this.previous().end];
    return this.named(target, before, this.arranged(flat, size, range), (this.tokens[first] as Token).start);
  }

  private named(target: Token | undefined, before: readonly Token[], body: Expr, start: number): Statement {
    return target && before.length === 1
      ? { kind: "define", name: target.text, body, range: [start, body.range[1]], nameRange: [target.start, target.end] }
      : { kind: "expression", body, range: [start, body.range[1]] };
  }

  private arranged(flat: readonly Expr[], size: readonly [number, number] | undefined, range: Range): Expr {
    if (size) return arranged(flat, size, range);
    const [rows, columns] = likelySize(flat, range[0], this.text);
    this.notes.push(said`the size is not declared in the text; read as ${rows}×${columns}`);
    return arranged(flat, [rows, columns], range);
  }

  protected override prefix(): Expr {
    const t = this.peek();
    if (t.kind === "newline") {
      this.skipNewlines();
      return this.prefix();
    }
    if (t.kind === "op" && (t.text === "&" || t.text === "&&")) {
      // References
      this.next();
      return this.prefix();
    }
    if (t.kind === "op" && (t.text === ".true." || t.text === ".false.")) {
      this.next();
      return (this.dialect.constants.get(t.text) as (r: Range) => Expr)([t.start, t.end]);
    }
    return super.prefix();
  }

  protected override dots(t: Token): never {
    if (this.peek(1).kind === "name") this.failAt("unsupported", "spreading with ... is not read", t);
    return super.dots(t);
  }

  protected override numberNode(t: Token): Expr {
    const e = super.numberNode(t);
    // 2f, 2d, 2m, 2_f64 are floating point.
    if (e.kind === "number" && e.exact && !/^0[xX]/.test(t.text) && /(?:[fFdDm]|f32|f64)$/.test(t.text))
      return { ...e, exact: undefined } as unknown as Expr;
    return e;
  }

  protected override nameOperand(t: Token): Expr {
    if (t.text === "new" && (this.peek(1).kind === "name" || this.peek(1).text === "[")) {
      this.next();
      if (this.at("[")) return this.squareBrackets();
      return this.nameOperand(this.peek());
    }
    this.next();
    let last = t;
    for (;;) {
      if (this.at("<")) this.skipGenerics();
      if (
        (this.at("::") ||
          (this.at(".") &&
            /^(?:Math|math|MathF|std|numpy|np|nj|tf|mathjs|Number|System|Arrays|List|Array|Float\d+Array|Matrix|cmath|Eigen|consts|Complex|num)$/.test(
              last.text,
            ))) &&
        (this.peek(1).kind === "name" || this.peek(1).text === "<")
      ) {
        this.next();
        if (this.at("<")) {
          this.skipGenerics();
          if (!this.accept("::")) break;
        }
        last = this.next();
        continue;
      }
      break;
    }
    const range: Range = [t.start, this.previous().end];
    const open = this.peek();
    if (open.text === "!" && (this.peek(1).text === "[" || this.peek(1).text === "(")) return this.macro(last, range);
    if (open.text === "[" && this.typeWithBrackets(last)) {
      const dims = this.skipDimensions();
      if (this.at("{")) return this.braces();
      if (this.at("(")) return this.parenthesis();
      return call("full", dims, [t.start, this.previous().end], range, { value: integer(0, range) });
    }
    if (open.text === "{" && open.kind === "op") {
      const list = this.braces();
      return list.kind === "array" && this.dialect.functions.has(last.text) && !containers.has(last.text)
        ? this.build(last.text, { args: list.items, named: {}, range: [range[0], list.range[1]], nameRange: range })
        : list;
    }
    if (open.text === "(" && open.kind === "op") {
      // Matrix2::new(...), Array2::zeros(...): the type says the shape.
      const type = t.text !== last.text ? this.typeName(t, last) : undefined;
      const spelled = last.text === "new" && type ? type : last.text;
      if (this.callsHere(spelled, open)) return this.callNamed(spelled, range);
    }
    if (last.text === "undefined") fail("non-numeric", '"undefined" is not a number', range);
    return this.plainName(last.text, range);
  }

  private typeName(from: Token, to: Token): string | undefined {
    let found: string | undefined;
    for (let i = this.tokens.indexOf(from); i < this.tokens.length; i++) {
      const t = this.tokens[i] as Token;
      if (t === to) break;
      if (t.kind === "name" && this.dialect.functions.has(t.text)) found = t.text;
    }
    return found;
  }

  /** Whether `name[` begins a type with dimensions: new double[2][2], double[]. */
  private typeWithBrackets(t: Token): boolean {
    const before = this.tokens[this.index - 2];
    return (
      before?.text === "new" ||
      /^(?:u?int(?:\d+(?:_t)?)?|float(?:32|64)?|double|long|short|byte|decimal|complex(?:64|128)?|Complex|number)$/.test(t.text)
    );
  }

  private skipDimensions(): Expr[] {
    const dims: Expr[] = [];
    while (this.at("[")) {
      const open = this.next();
      while (!this.at("]")) {
        if (this.accept(",")) continue;
        if (this.peek().kind === "dots") {
          this.next();
          continue;
        }
        dims.push(this.expression());
      }
      this.close("]", open);
    }
    return dims;
  }

  /** Passes over `<...>` when it holds nothing but types. */
  private skipGenerics(): void {
    let depth = 0;
    for (let i = this.index; i < this.tokens.length && i < this.index + 60; i++) {
      const t = this.tokens[i] as Token;
      if (t.text === "<") depth++;
      else if (t.text === ">") depth--;
      else if (t.text === ">>") depth -= 2;
      else if (!(t.kind === "name" || t.kind === "number" || [",", "::", "[", "]", "*", "&", ".", ";", "-"].includes(t.text))) return;
      if (depth <= 0) {
        const after = this.tokens[i + 1]?.text ?? "";
        if (["(", "{", "[", "::"].includes(after)) this.index = i + 1;
        return;
      }
    }
  }

  /** vec![...], array![...], matrix![1, 2; 3, 4]. */
  private macro(t: Token, range: Range): Expr {
    const names = /^(?:vec|array|arr|matrix|dmatrix|vector|dvector|point|smallvec)$/;
    if (!names.test(t.text)) fail("unsupported", said`the macro ${t.text}! is not read`, range);
    this.next();
    const list = this.square && this.at("[") ? this.list("]") : this.parenthesis();
    return { ...list, range: [range[0], list.range[1]] };
  }

  protected override squareBrackets(): Expr {
    if (this.square) return this.list("]");
    // A type in front of an initialiser: []float64{...}, [2][2]int{...}, new[] {...}
    const open = this.peek();
    const dims = this.skipDimensions();
    while (this.peek().kind === "name" || this.at("*") || this.at(".")) this.next();
    if (this.at("{")) {
      const body = this.braces();
      const sizes = dims.map((d) => (d.kind === "number" ? d.value : -1));
      if (sizes.length > 0 && sizes.every((n) => n > 0)) {
        checkNested(body);
        return fitted(body, sizes);
      }
      return body;
    }
    if (this.dialect.format === "csharp" && dims.length > 0) return { kind: "array", items: dims, range: [open.start, this.previous().end] };
    return this.unexpected("the entries in braces");
  }

  protected override list(close: string): Expr {
    const open = this.next();
    const rows: Expr[][] = [[]];
    let repeated: Expr | undefined;
    this.skipTypePrefix();
    this.deeper(() => {
      for (;;) {
        this.skipNewlines();
        if (this.at(close)) break;
        const row = rows[rows.length - 1] as Expr[];
        if (this.at(","))
          this.failAt("unexpected-token", row.length === 0 ? "a comma with no entry before it" : "two commas with nothing between them", this.peek());
        row.push(this.expression());
        this.skipNewlines();
        if (this.accept(",")) continue;
        if (this.at(";")) {
          this.next();
          if (this.at(close)) break;
          rows.push([]);
          continue;
        }
        break;
      }
    });
    const end = this.close(close, open);
    const range: Range = [open.start, end.end];
    // [0u8; 3] repeats; matrix![1, 2; 3, 4] has rows.
    if (rows.length === 2 && rows[0]?.length === 1 && rows[1]?.length === 1) {
      repeated = rows[0][0] as Expr;
      const count = rows[1][0] as Expr;
      if (count.kind === "number" && count.value >= 0 && count.value <= 4e6)
        return repeated.kind === "array" && count.value <= 1000
          ? { kind: "array", items: new Array<Expr>(count.value).fill(repeated), range }
          : call("full", [count, ...(repeated.kind === "call" && repeated.name === "full" ? repeated.args : [])], range, range, {
              value: repeated.kind === "call" && repeated.name === "full" ? (repeated.named?.["value"] as Expr) : repeated,
            });
    }
    if (rows.length > 1) {
      checkNested({
        kind: "array",
        items: rows.map((r) => ({ kind: "array", items: r, range: [(r[0] as Expr).range[0], (r.at(-1) as Expr).range[1]] })),
        range,
      });
      return { kind: "matrix", rows, range };
    }
    return { kind: "array", items: rows[0] as Expr[], range };
  }

  /** [real(8) :: 1, 2]: the type in an array constructor. */
  private skipTypePrefix(): void {
    if (this.dialect.format !== "fortran") return;
    for (let i = this.index; i < this.index + 8; i++) {
      const t = this.tokens[i];
      if (!t || t.text === "," || t.text === "]") return;
      if (t.text === "::") {
        this.index = i + 1;
        return;
      }
    }
  }

  protected override braces(): Expr {
    if (this.square) return this.failAt("unsupported", "an object is not read as numbers", this.peek());
    return this.list("}");
  }

  protected override parenthesis(): Expr {
    // A cast: (float)x, (double[2]){...}
    for (let ahead = 1; ahead < 12; ahead++) {
      const t = this.peek(ahead);
      if (t.text === ")" && ahead > 1) {
        const after = this.peek(ahead + 1);
        const typeWord = /^(?:(?:u?int(?:\d+(?:_t)?)?|float|double|long|short|byte|char|unsigned|signed|decimal|const|size_t|bool|complex))$/;
        if (
          typeWord.test(this.peek(1).text) &&
          (after.kind === "number" || after.kind === "name" || after.text === "{" || after.text === "(" || after.text === "-")
        ) {
          const integral = !/float|double|decimal|complex/.test(this.text.slice(this.peek(1).start, t.start));
          for (let k = 0; k <= ahead; k++) this.next();
          const value = this.expression(P.unary);
          return value.kind === "number" && integral
            ? number(Math.trunc(value.value), value.range, { num: BigInt(Math.trunc(Number.isFinite(value.value) ? value.value : 0)), den: 1n })
            : value.kind === "number"
              ? number(value.value, value.range)
              : value;
        }
        break;
      }
      if (!(t.kind === "name" || t.kind === "number" || t.text === "[" || t.text === "]" || t.text === "*")) break;
    }
    const shift = this.streamInside();
    if (shift) return shift;
    const e = super.parenthesis();
    if (this.dialect.format === "fortran" && e.kind === "array" && e.items.length === 2)
      return complexOf({ args: e.items, named: {}, range: e.range, nameRange: e.range });
    return e;
  }

  /** (Matrix2d() << 1, 2, 3, 4).finished() */
  private streamInside(): Expr | undefined {
    let depth = 0;
    for (let i = this.index; i < this.tokens.length && i < this.index + 40; i++) {
      const t = this.tokens[i] as Token;
      if (t.text === "(") depth++;
      else if (t.text === ")" && --depth === 0) return undefined;
      else if (t.text === "<<" && depth === 1) {
        const start = this.next();
        const size = sizeOf(this.tokens.slice(this.index, i));
        this.index = i + 1;
        const flat: Expr[] = [];
        do flat.push(this.expression());
        while (this.accept(","));
        const end = this.close(")", start);
        return this.arranged(flat, size, [start.start, end.end]);
      }
    }
    return undefined;
  }

  protected override infix(left: Expr): Infix<this> | undefined {
    const t = this.peek();
    if (t.kind === "op" && (t.text === "->" || t.text === "?")) return undefined;
    if (t.kind === "newline" && this.peek(1).text === "." && this.peek(1).kind === "op") {
      this.next();
      return this.infix(left);
    }
    return super.infix(left);
  }
}
