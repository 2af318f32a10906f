// The parser the programming languages share: statements, operators by table, calls, indices, named arguments.
//
// A language is a table (`CodeDialect`) and, where its syntax differs, a subclass that overrides one small method.

import { type BinaryOp, type Expr, fail, type Range, type RelationOp, type Sentence, type Statement, said } from "../../expr/index.js";
import type { Parsed, ParseOptions } from "../format.js";
import { type Infix, PrattParser, span, type Token } from "../grammar/index.js";
import { changed, entryAssignment, severalAssignment, type Target } from "./assign.js";
import { checkBrackets, dropNewlines } from "./brackets.js";
import { call, contentRange, integer, name, number, statementsOf, truncated } from "./build.js";
import { type Arguments, type BinaryRule, type CodeDialect, P } from "./dialect.js";
import { lex, straighten } from "./lexer.js";
import type { ScannedNumber } from "./number.js";

export class CodeParser extends PrattParser {
  readonly notes: Sentence[] = [];
  /** The expression an `end` inside its index stands for the size of. */
  protected indexed: { base: Expr; position: number; count: number }[] = [];

  constructor(
    text: string,
    tokens: readonly Token[],
    readonly dialect: CodeDialect,
    readonly options: ParseOptions,
  ) {
    super(text, tokens);
  }

  // ---- statements

  program(): Parsed {
    const statements: Statement[] = [];
    let skipped: Range | undefined;
    for (;;) {
      this.skipSeparators();
      if (this.atEnd()) break;
      const t = this.peek();
      if (this.skippable(t)) {
        while (!this.atEnd() && this.peek().kind !== "newline" && !this.at(";")) this.next();
        skipped = [t.start, this.previous().end];
        continue;
      }
      if (t.kind === "name" && this.dialect.keywords.has(t.text) && this.peek(1).text !== "=")
        this.failAt("not-a-formula", said`"${t.text}" begins a statement, not a formula`, t, "select an expression");
      const read = this.statement();
      for (const s of [...this.before.splice(0), ...(read ? [read] : [])]) {
        if (s.kind === "define") this.here.set(s.name, s.params !== undefined || s.body.kind === "lambda");
        statements.push(s);
      }
      if (!this.atEnd() && this.peek().kind !== "newline" && !this.separators.has(this.peek().text)) this.afterStatement();
    }
    if (statements.length === 0) {
      if (skipped) fail("not-a-formula", "this names a module or a type and holds nothing to compute", skipped, "select an expression");
      fail("empty", "there is nothing to evaluate", [0, this.text.length]);
    }
    return statementsOf(statements, this.notes);
  }

  /** Names the statements above in this text define, and whether they are functions. */
  private readonly here = new Map<string, boolean>();

  protected isDefined(spelled: string): boolean {
    return this.here.has(spelled) || (this.options.defined?.has(spelled) ?? false);
  }

  /** Statements that come before the one being read: it was written as several at once. */
  protected readonly before: Statement[] = [];

  protected separators: ReadonlySet<string> = new Set([";"]);

  protected afterStatement(): void {
    const t = this.peek();
    if (t.text === ")" || t.text === "]" || t.text === "}") this.failAt("unbalanced", said`"${t.text}" closes nothing`, t);
    if (t.kind === "dots") this.dots(t);
    const before = this.previous();
    if (before.kind === "number" && t.kind === "name" && !t.space)
      fail("bad-number", said`"${this.text.slice(before.start, t.end)}" is no number`, [before.start, t.end]);
    this.unexpected("an operator or the end");
  }

  protected skipSeparators(): void {
    while (this.peek().kind === "newline" || (this.separators.has(this.peek().text) && !this.atEnd())) this.next();
  }

  /** Statements that only set the stage (imports) are passed over. */
  protected skippable(_t: Token): boolean {
    return false;
  }

  protected statement(): Statement | null {
    const f = this.functionDefinition();
    if (f) return f;
    const t = this.peek();
    const sign = this.peek(1);
    if (t.kind === "name" && sign.kind === "op" && this.dialect.assign.includes(sign.text)) {
      this.next();
      this.next();
      const body = this.assigned();
      return define(t, body);
    }
    const several = this.targets();
    if (several) {
      const all = severalAssignment(several, this.assigned(), t.start, this.dialect.origin);
      this.before.push(...all.slice(0, -1));
      return all[all.length - 1] as Statement;
    }
    const body = this.expression();
    return this.changing(body, t) ?? { kind: "expression", body, range: body.range };
  }

  /** f(x, y) := ..., taken, when the statement begins so; otherwise null, and nothing is taken. */
  protected functionDefinition(): Statement | null {
    const how = this.dialect.defines;
    const f = this.peek();
    if (!how || f.kind !== "name" || this.peek(1).text !== how.brackets[0]) return null;
    const suffix = how.suffix ?? "";
    const params: string[] = [];
    let k = 2;
    for (;;) {
      const { kind, text } = this.peek(k);
      if (kind !== "name" || !text.endsWith(suffix) || text === suffix) return null;
      params.push(text.slice(0, text.length - suffix.length));
      k++;
      while (how.typed && this.peek(k).text === how.typed) k += 2;
      if (this.peek(k).text !== ",") break;
      k++;
    }
    if (this.peek(k).text !== how.brackets[1] || !how.signs.includes(this.peek(k + 1).text)) return null;
    this.index += k + 2;
    const body = this.expression();
    return { kind: "define", name: f.text, params, body, range: [f.start, body.range[1]], nameRange: [f.start, f.end] };
  }

  /** x -> x^2 or (x, y) => x + y, taken, when the operand begins so; otherwise null, and nothing is taken. */
  protected arrow(): Expr | null {
    const sign = this.dialect.arrow;
    if (!sign) return null;
    const start = this.peek();
    const params: string[] = [];
    let k = start.text === "(" ? 1 : 0;
    for (; this.peek(k).kind === "name"; k++) {
      params.push(this.peek(k).text);
      if (start.text !== "(" || this.peek(k + 1).text !== ",") break;
      k++;
    }
    const end = start.text === "(" ? k + 2 : k + 1;
    if (params.length === 0 || (start.text === "(" && this.peek(k + 1).text !== ")") || this.peek(end).text !== sign) return null;
    this.index += end + 1;
    const body = this.expression();
    return { kind: "lambda", params, body, range: [start.start, body.range[1]] };
  }

  /** The right side of an assignment; a list without brackets is one where the language has tuples. */
  protected assigned(): Expr {
    return this.expression();
  }

  /** `a, b =`, taken, when the statement begins so; otherwise null, and nothing is taken. */
  protected targets(): Target[] | null {
    const out: Target[] = [];
    let k = 0;
    const open = this.peek().text === "(" || this.peek().text === "[" ? this.peek().text : "";
    if (open) k++;
    for (;;) {
      const starred = this.peek(k).text === "*";
      const t = this.peek(starred ? k + 1 : k);
      if (t.kind !== "name" && t.text !== "~") return null;
      out.push({ token: t, starred });
      k += starred ? 2 : 1;
      if (this.peek(k).text !== ",") break;
      k++;
      if (out.length > 40) return null;
    }
    if (open) {
      if (this.peek(k).text !== (open === "(" ? ")" : "]")) return null;
      k++;
    }
    const sign = this.peek(k);
    if (out.length < 2 && !(open && out.length === 1)) return null;
    if (sign.kind !== "op" || !this.dialect.assign.includes(sign.text)) return null;
    this.index += k + 1;
    return out;
  }

  /** `A[i] = value`, `x += value`, `A[i] *= value`: what was read is a place that is changed. */
  protected changing(place: Expr, first: Token): Statement | null {
    const sign = this.peek();
    if (sign.kind !== "op" || !(sign.text.endsWith("=") || this.dialect.assign.includes(sign.text))) return null;
    const plain = this.dialect.assign.includes(sign.text) || sign.text === ".=";
    const rule = plain ? undefined : this.dialect.infix.get(sign.text.slice(0, -1));
    if (!plain && !rule?.op) return null;
    const whole: Expr = { kind: "range", inclusive: this.dialect.inclusive ?? false, range: place.range };
    const at: Expr =
      sign.text === ".=" && place.kind === "name"
        ? { kind: "index", base: place, indices: [whole], origin: this.dialect.origin, range: place.range }
        : place;
    if (at.kind !== "index" && !(at.kind === "name" && rule)) return null;
    this.next();
    const given = this.assigned();
    const value = rule?.op ? changed(rule.op, place, given) : given;
    if (at.kind === "name") return define(first, value);
    return entryAssignment(at, value, first.start);
  }

  // ---- operands

  protected prefix(): Expr {
    const f = this.arrow();
    if (f) return f;
    const t = this.peek();
    const range: Range = [t.start, t.end];
    switch (t.kind) {
      case "number":
        this.next();
        return this.numberNode(t);
      case "literal":
        this.next();
        return t.value as Expr;
      case "string":
        this.next();
        return { kind: "string", value: t.value as string, range };
      case "dots":
        return this.dots(t);
      case "name":
        return this.nameOperand(t);
    }
    const rule = this.dialect.prefix.get(t.text);
    if (rule && t.kind === "op") {
      this.next();
      const operand = this.expression(rule[1]);
      return { kind: "unary", op: rule[0], operand, range: [t.start, operand.range[1]] };
    }
    if (t.kind === "op") {
      const opened = t.text === "(" ? this.parenthesis() : t.text === "[" ? this.squareBrackets() : t.text === "{" ? this.braces() : undefined;
      if (opened) return opened;
      if (t.text === ")" || t.text === "]" || t.text === "}") {
        const before = this.previous();
        if (this.index === 0 || before.kind === "newline") this.failAt("unbalanced", said`"${t.text}" closes nothing`, t);
        if (before.kind === "op" && before.text !== ",")
          this.failAt("unexpected-token", said`expected a value after "${before.text}" but found "${t.text}"`, t);
      }
    }
    return this.unexpected("a value");
  }

  protected dots(t: Token): never {
    return truncated([t.start, t.end], this.dialect.truncationHint);
  }

  protected numberNode(t: Token): Expr {
    const n = t.value as ScannedNumber;
    return number(n.value, [t.start, t.end], n.exact, n.imaginary);
  }

  protected nameOperand(t: Token): Expr {
    this.next();
    const spelled = this.qualifiedName(t);
    const range: Range = [t.start, this.previous().end];
    const following = this.peek();
    if (following.text === "(" && following.kind === "op" && this.callsHere(spelled, following)) return this.callNamed(spelled, range);
    return this.plainName(spelled, range);
  }

  /** Reads on through `a.b.c` or `a::b` where that is one name in this language. */
  protected qualifiedName(t: Token): string {
    return t.text;
  }

  protected callsHere(spelled: string, _open: Token): boolean {
    if (!this.dialect.roundIndex) return true;
    const { defined, functions } = this.options;
    const here = this.here.get(spelled);
    if (here !== undefined) return here;
    if (defined?.has(spelled)) return functions?.has(spelled) ?? false;
    return this.dialect.functions.has(spelled) || (functions?.has(spelled) ?? false) || defined !== undefined;
  }

  protected plainName(spelled: string, range: Range): Expr {
    const constant = this.isDefined(spelled) ? undefined : this.dialect.constants.get(spelled);
    if (constant) return constant(range);
    return this.dialect.plainLetters && /^(?:e|i|pi)$/.test(spelled) ? { kind: "name", name: spelled, base: spelled, range } : name(spelled, range);
  }

  protected callNamed(spelled: string, nameRange: Range): Expr {
    const a = this.arguments(")");
    return this.build(spelled, { ...a, nameRange, range: [nameRange[0], this.previous().end] });
  }

  /** The meaning of a function of this language applied to arguments. */
  build(spelled: string, a: Arguments): Expr {
    const rule = this.isDefined(spelled) ? undefined : this.dialect.functions.get(spelled);
    if (typeof rule === "function") return rule(a, this);
    return call(rule ?? this.unknownFunction(spelled, a), a.args, a.range, a.nameRange, a.named);
  }

  protected unknownFunction(spelled: string, _a: Arguments): string {
    return spelled;
  }

  protected parenthesis(): Expr {
    const open = this.next();
    const items: Expr[] = [];
    let commas = 0;
    while (!this.at(")")) {
      items.push(this.expression());
      if (!this.accept(",")) break;
      commas++;
    }
    const close = this.close(")", open);
    const range = span(open, close);
    if (items.length === 1 && commas === 0) return { ...(items[0] as Expr), range } as Expr;
    if (items.length === 0) fail("empty", "there is nothing between the brackets", range);
    return { kind: "array", items, range };
  }

  protected squareBrackets(): Expr | undefined {
    return this.list("]");
  }

  protected braces(): Expr | undefined {
    return this.list("}");
  }

  /** `[a, b, ...]` as an array; a comma may stand at the end. */
  protected list(close: string): Expr {
    const open = this.next();
    const items: Expr[] = [];
    this.deeper(() => {
      while (!this.at(close)) {
        items.push(this.element());
        if (!this.accept(",")) break;
        if (this.at(",")) this.failAt("unexpected-token", "two commas with nothing between them", this.peek());
      }
    });
    const end = this.close(close, open);
    return { kind: "array", items, range: span(open, end) };
  }

  protected element(): Expr {
    return this.expression();
  }

  // ---- what follows an operand

  protected infix(left: Expr): Infix<this> | undefined {
    const t = this.peek();
    if (t.kind === "name") {
      const rule = this.dialect.infix.get(t.text);
      if (rule) return this.binaryRule(rule);
      return this.juxtaposed(left, t);
    }
    if (t.kind !== "op") return t.kind === "end" || t.kind === "newline" ? undefined : this.juxtaposed(left, t);
    if (t.text === "[" || t.text === "(") return this.opened(left, t);
    if (t.text === ".") return this.memberAccess();
    const mark = this.dialect.postfix?.get(t.text);
    if (mark)
      return {
        power: P.power,
        parse: (p, operand) => {
          const end = p.next();
          return { kind: "unary", op: mark, operand, range: span(operand, end) };
        },
      };
    const rule = this.dialect.infix.get(t.text);
    if (rule) return this.binaryRule(rule);
    return this.juxtaposed(left, t);
  }

  protected juxtaposed(_left: Expr, _t: Token): Infix<this> | undefined {
    return undefined;
  }

  protected opened(left: Expr, t: Token): Infix<this> | undefined {
    if (t.text === "[" || this.dialect.roundIndex) return { power: P.call, parse: (_p, base) => this.indexing(base, t.text === "[" ? "]" : ")") };
    if (left.kind === "number" || left.kind === "array" || left.kind === "matrix") return this.juxtaposed(left, t);
    return {
      power: P.call,
      parse: (_p, callee) => {
        const a = this.arguments(")");
        return { kind: "apply", callee, args: a.args, range: span(callee, this.previous()) };
      },
    };
  }

  protected memberAccess(): Infix<this> | undefined {
    return {
      power: P.call,
      parse: (_p, receiver) => {
        this.next();
        const t = this.next();
        if (t.kind !== "name") this.failAt("unexpected-token", "expected a name after the point", t);
        return this.member(receiver, t);
      },
    };
  }

  /** `receiver.name` or `receiver.name(arguments)`. */
  protected member(receiver: Expr, t: Token): Expr {
    const nameRange: Range = [t.start, t.end];
    const methods = this.dialect.methods ?? this.dialect.functions;
    const rule = methods.get(t.text);
    const a = this.at("(") ? this.arguments(")") : { args: [], named: {} };
    const range = span(receiver, this.previous());
    const given: Arguments = { args: [receiver, ...a.args], named: a.named, nameRange, range };
    if (typeof rule === "function") return rule(given, this);
    if (rule === undefined) fail("unsupported", said`".${t.text}" is not understood`, nameRange);
    return call(rule as string, given.args, range, nameRange, given.named);
  }

  protected binaryRule(rule: BinaryRule): Infix<this> {
    const { power } = rule;
    return {
      power,
      parse: (_p, left) => {
        const sign = this.next();
        this.skipNewlines();
        const right = this.expression(rule.right ? power : power + 1);
        const range = span(left, right);
        if (rule.relation) return this.relation(left, rule.relation, right);
        if (rule.call) return call(rule.call, [left, right], range, [sign.start, sign.end]);
        if ((rule.op === "divide" || rule.op === "elementdivide") && this.dialect.integerDivision && isWhole(left) && isWhole(right))
          return call("quotient", [left, right], range, [sign.start, sign.end]);
        return { kind: "binary", op: rule.op as BinaryOp, left, right, range };
      },
    };
  }

  protected skipNewlines(): void {
    while (this.peek().kind === "newline") this.next();
  }

  protected relation(left: Expr, op: RelationOp, right: Expr): Expr {
    const step = { op, operand: right };
    return left.kind === "relation" && !this.wrapped(left)
      ? { ...left, rest: [...left.rest, step], range: span(left, right) }
      : { kind: "relation", first: left, rest: [step], range: span(left, right) };
  }

  /** Whether an expression was written in brackets (its range then starts at one). */
  protected wrapped(e: Expr): boolean {
    return this.text[e.range[0]] === "(" && this.text[e.range[1] - 1] === ")";
  }

  // ---- arguments and indices

  arguments(close: string): { args: Expr[]; named: Record<string, Expr> } {
    const open = this.next();
    const args: Expr[] = [];
    const named: Record<string, Expr> = {};
    this.deeper(() => {
      while (!this.at(close)) {
        const t = this.peek();
        if (t.kind === "name" && this.peek(1).text === "=" && this.peek(1).kind === "op") {
          this.next();
          this.next();
          Object.defineProperty(named, t.text, { value: this.argument(), enumerable: true, configurable: true, writable: true });
        } else args.push(this.argument());
        if (!this.accept(",") && !this.accept(";")) break;
      }
    });
    this.close(close, open);
    return { args, named };
  }

  protected argument(): Expr {
    return this.expression();
  }

  protected indexing(base: Expr, close: string): Expr {
    const open = this.next();
    const indices: Expr[] = [];
    this.deeper(() => {
      const count = this.countIndices(close);
      while (!this.at(close)) {
        this.indexed.push({ base, position: indices.length, count });
        indices.push(this.subscript(close));
        this.indexed.pop();
        if (!this.accept(",")) break;
        if (this.at(close) && this.emptyIndices) indices.push(this.whole());
      }
    });
    const end = this.close(close, open);
    if (indices.length === 0) fail("missing-argument", "an index is missing", span(open, end));
    return this.indexNode(base, indices, span(base, end));
  }

  /** A[1, ] selects everything in the second place (R). */
  protected emptyIndices = false;

  protected indexNode(base: Expr, indices: readonly Expr[], range: Range): Expr {
    return { kind: "index", base, indices, origin: this.dialect.origin, range };
  }

  protected whole(): Expr {
    const t = this.peek();
    return { kind: "range", inclusive: this.dialect.inclusive ?? false, range: [t.start, t.start] };
  }

  /** How many indices stand before the closing bracket, without reading them. Only `end` asks. */
  private countIndices(close: string): number {
    let depth = 0;
    let commas = 0;
    for (let i = this.index; i < this.tokens.length && i < this.index + 400; i++) {
      const t = this.tokens[i] as Token;
      if (t.kind === "string") continue;
      if (depth === 0 && t.text === close) break;
      if (t.text === "(" || t.text === "[" || t.text === "{") depth++;
      else if (t.text === ")" || t.text === "]" || t.text === "}") depth--;
      else if (depth === 0 && t.text === ",") commas++;
    }
    return commas + 1;
  }

  /** One place of an index: a value, or start:stop:step with absent parts. */
  protected subscript(close: string): Expr {
    const from = this.peek();
    if (this.emptyIndices && this.at(",")) return this.whole();
    if (!this.at(":")) {
      const value = this.expression();
      if (!this.at(":")) return value;
      return this.slice(value, from, close);
    }
    return this.slice(undefined, from, close);
  }

  protected slice(start: Expr | undefined, from: Token, close: string): Expr {
    const parts: (Expr | undefined)[] = [start];
    while (parts.length < 3 && this.accept(":")) parts.push(this.at(":") || this.at(",") || this.at(close) ? undefined : this.expression());
    const [, stop, step] = parts;
    return {
      kind: "range",
      ...(start && { start }),
      ...(step && { step }),
      ...(stop && { stop }),
      inclusive: this.dialect.inclusive ?? false,
      range: [from.start, this.previous().end],
    };
  }

  /** `end` inside an index: the size of what is indexed, in that place. */
  protected endOfIndex(t: Token): Expr {
    const inside = this.indexed[this.indexed.length - 1];
    const range: Range = [t.start, t.end];
    if (!inside) fail("unexpected-token", said`"${t.text}" means the last index and stands inside an index only`, range);
    const { base, position, count } = inside as { base: Expr; position: number; count: number };
    if (base.kind === "index" || base.kind === "call")
      fail("unsupported", said`give the indexed expression a name to use "${t.text}" in its index`, range);
    return count === 1 ? call("numel", [base], range) : call("size", [base, integer(position + 1, range)], range);
  }
}

/** name = body as a statement. */
export const define = (t: Token, body: Expr): Statement => ({
  kind: "define",
  name: t.text,
  body,
  range: [t.start, body.range[1]],
  nameRange: [t.start, t.end],
});

/** Whether an expression is made of whole numbers only, as far as its text says. */
export function isWhole(e: Expr): boolean {
  for (let at: Expr = e; ; ) {
    if (at.kind === "number") return at.exact?.den === 1n && !at.imaginary;
    if (at.kind === "unary") at = at.operand;
    else if (at.kind === "binary") {
      if (at.right.kind !== "number" || !isWhole(at.right)) return false;
      at = at.left;
    } else return at.kind === "call" && (at.name === "quotient" || at.name === "rem");
  }
}

/** Reads a text of a code language with the parser class it needs. */
export function parseCode(
  text: string,
  dialect: CodeDialect,
  options: ParseOptions,
  Parser: new (text: string, tokens: readonly Token[], dialect: CodeDialect, options: ParseOptions) => { program(): Parsed } = CodeParser,
  keepNewlinesIn = "",
): Parsed {
  contentRange(text);
  const plain = straighten(text);
  const tokens = lex(plain, dialect.lexer);
  checkBrackets(tokens);
  return new Parser(plain, dropNewlines(tokens, !dialect.newlines, keepNewlinesIn), dialect, options).program();
}
