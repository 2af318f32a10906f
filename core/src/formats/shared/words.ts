// Mathematics written with words and ordinary signs, as in Typst and in plain text: sqrt(2) dot pi, sum_(i=1)^n i^2.

import { type BigExpr, type Expr, fail, type Range, type Statement, said, someNode } from "../../expr/index.js";
import type { Parsed, ParseOptions } from "../format.js";
import type { Infix, Token } from "../grammar/index.js";
import { checkBrackets, dropNewlines } from "./brackets.js";
import { call, name } from "./build.js";
import { CodeParser } from "./code.js";
import { P } from "./dialect.js";
import { lex } from "./lexer.js";
import { checkRows } from "./rows.js";
import { bigs, functions, greek, greekLetters, infix, wordsDialect } from "./wordsDialect.js";

/** Words that only style what they hold. */
const wrappers = new Set(
  "bold italic upright serif sans cal bb mono frak display inline script sscript lr cancel underbrace overbrace class op scripts limits stretch math.lr mid".split(
    " ",
  ),
);
const accents: Readonly<Record<string, string>> = {
  hat: "hat",
  tilde: "tilde",
  macron: "bar",
  overline: "bar",
  dot: "dot",
  arrow: "vec",
  "dot.double": "ddot",
};
const dots = new Set(["dots", "dots.h", "dots.c", "dots.v", "dots.down"]);

export class WordsParser extends CodeParser {
  private bars = 0;
  private stopAtDifferential = 0;

  protected override separators: ReadonlySet<string> = new Set([";", "\\"]);

  /** A relation with a plain name, or f(x), on the left defines it; everything else is evaluated. */
  protected override statement(): Statement | null {
    const body = this.listAfter(this.expression());
    const range = body.range;
    if (body.kind === "relation" && body.rest.length === 1 && (body.rest[0]?.op === "=" || body.rest[0]?.op === ":=")) {
      const value = body.rest[0].operand;
      const { first } = body;
      if (first.kind === "name" && !this.atEnd()) return { kind: "define", name: first.name, body: value, range, nameRange: first.range };
      if (first.kind === "name" && !someNode(value, (e) => e.kind === "name" && e.name === first.name))
        return { kind: "define", name: first.name, body: value, range, nameRange: first.range };
      if (first.kind === "call" && first.args.length > 0 && first.args.every((e) => e.kind === "name") && !functions.has(first.name))
        return {
          kind: "define",
          name: first.name,
          params: first.args.map((e) => (e.kind === "name" ? e.name : "")),
          body: value,
          range,
          nameRange: first.nameRange,
        };
    }
    return { kind: "expression", body, range };
  }

  private listAfter(first: Expr): Expr {
    if (!this.at(",")) return first;
    const items = [first];
    while (this.accept(",")) {
      if (this.atEnd() || this.peek().kind === "newline") break;
      items.push(this.expression());
    }
    return { kind: "list", items, brackets: "", range: [first.range[0], (items.at(-1) as Expr).range[1]] };
  }

  protected override prefix(): Expr {
    const t = this.peek();
    if (t.kind === "string") {
      this.next();
      return this.scripted(name(`\\text{${t.value as string}}`, [t.start, t.end]));
    }
    if (t.kind === "dots") {
      this.next();
      return { kind: "dots", style: "horizontal", range: [t.start, t.end] };
    }
    if (t.kind === "op" && (t.text === "|" || t.text === "‖" || t.text === "||")) return this.barred();
    if (t.kind === "op" && t.text === "#") {
      this.next();
      return this.prefix();
    }
    return super.prefix();
  }

  private barred(): Expr {
    const open = this.next();
    this.bars++;
    const operand = this.expression();
    this.bars--;
    const close = this.accept(open.text);
    if (!close) this.failAt("unbalanced", said`"${open.text}" is never closed`, open);
    return { kind: "norm", which: open.text === "|" ? "abs" : "", operand, range: [open.start, (close as Token).end] };
  }

  /** Names with points are one word in Typst: dot.op, arrow.r. */
  protected override qualifiedName(t: Token): string {
    let word = t.text;
    while (
      this.at(".") &&
      this.peek(1).kind === "name" &&
      !this.peek().space &&
      !this.peek(1).space &&
      (infix.has(`${word}.${this.peek(1).text}`) ||
        dots.has(`${word}.${this.peek(1).text}`) ||
        /^(?:arrow|plus|times|dot|dots|integral|sum|tack|tilde|union|sect)$/.test(word))
    ) {
      this.next();
      word += `.${this.next().text}`;
    }
    return word;
  }

  protected override nameOperand(t: Token): Expr {
    this.next();
    const word = this.qualifiedName(t);
    const range: Range = [t.start, this.previous().end];
    const open = this.peek();
    const bracketed = open.text === "(" && open.kind === "op" && !open.space;
    if (dots.has(word)) return { kind: "dots", style: word === "dots.v" ? "vertical" : word === "dots.down" ? "diagonal" : "horizontal", range };
    if (word.startsWith("√")) return this.root(word, range);
    const big = bigs[word];
    if (big && (open.text === "_" || open.text === "^" || word.length === 1 || /^[∑∏∫]$/.test(word))) return this.big(big, t);
    if (word === "lim" && open.text === "_") return this.limit(t);
    if (bracketed) {
      if (word === "mat") return this.matrix(range);
      if (word === "vec") {
        const { args } = this.rowsOf();
        return { kind: "matrix", rows: args.flat().map((e) => [e]), range: [range[0], this.previous().end] };
      }
      if (word === "cases") return this.cases(range);
      if (wrappers.has(word)) {
        const inner = this.parenthesis();
        return this.scripted({ ...inner, range: [range[0], inner.range[1]] } as Expr);
      }
      const accent = accents[word];
      if (accent && word !== "dot") {
        const inner = this.parenthesis();
        if (inner.kind === "name") return this.scripted(name(`\\${accent}{${inner.name}}`, [range[0], inner.range[1]]));
        return accent === "bar" ? { kind: "unary", op: "conjugate", operand: inner, range: [range[0], inner.range[1]] } : inner;
      }
      if (word === "floor" || word === "ceil" || word === "round" || functions.has(word) || this.options.functions?.has(word))
        return this.callNamed(word, range);
      if (word.length > 1 && !greek.has(word) && !this.options.defined?.has(word)) return this.callNamed(word, range);
      // f(x) = ... defines a function.
      if (word.length === 1 && this.definesHere()) return this.callNamed(word, range);
    }
    if (functions.has(word) && !this.options.defined?.has(word)) return this.bare(word, range);
    if (word === "dif" || word === "differential") return this.unexpected("a value");
    return this.symbol(word, range);
  }

  /** Whether `(names)` is followed by a sign of definition. */
  private definesHere(): boolean {
    let ahead = 1;
    while (this.peek(ahead).kind === "name" || this.peek(ahead).text === ",") ahead++;
    return ahead > 1 && this.peek(ahead).text === ")" && ["=", ":="].includes(this.peek(ahead + 1).text);
  }

  /** sin x, sin^2 x, log_2 8: a function without brackets takes the product that follows. */
  private bare(word: string, range: Range): Expr {
    let power: Expr | undefined;
    let base: Expr | undefined;
    while (this.at("^") || this.at("_")) {
      const sign = this.next().text;
      const script = this.script();
      if (sign === "^") power = script;
      else base = script;
    }
    const argument = this.at("(") && !this.peek().space ? this.arguments(")").args : [this.expression(P.multiply + 5)];
    const whole: Range = [range[0], this.previous().end];
    const named = base ? { base } : undefined;
    const inner =
      word === "norm" || word === "abs" || word === "frac" || word === "root"
        ? this.build(word, { args: argument, named: {}, range: whole, nameRange: range })
        : call((functions.get(word) as string) ?? word, argument, whole, range, named);
    return power ? { kind: "binary", op: "power", left: inner, right: power, range: whole } : inner;
  }

  private root(word: string, range: Range): Expr {
    const rest = word.slice(1);
    const operand = rest === "" ? this.expression(P.power) : this.symbol(rest, [range[0] + 1, range[1]]);
    return call("sqrt", [operand], [range[0], operand.range[1]], [range[0], range[0] + 1]);
  }

  /** A name; unknown short words in plain text are products of letters. */
  private symbol(word: string, range: Range): Expr {
    const latin = greekLetters[word] ?? (greek.has(word) ? word : undefined);
    if (latin) return this.scripted(name(`\\${latin}`, range));
    const constant = this.options.defined?.has(word) ? undefined : this.dialect.constants.get(word);
    if (constant) return constant(range);
    if (word.length > 1 && word.length <= 3 && this.dialect.format === "plain" && /^[a-z]+$/.test(word) && !this.options.defined?.has(word)) {
      const letters = [...word].map((c, i) => name(c, [range[0] + i, range[0] + i + 1]));
      const last = this.scripted(letters.pop() as Expr);
      return [...letters, last].reduce((left, right) => ({
        kind: "binary",
        op: "multiply",
        left,
        right,
        implicit: true,
        range: [left.range[0], right.range[1]],
      }));
    }
    return this.scripted(name(word, range));
  }

  /** x_1, x_(i j): a subscript is part of the name. */
  private scripted(base: Expr): Expr {
    if (!this.at("_") || base.kind !== "name") return base;
    this.next();
    const start = this.peek().start;
    const sub = this.script();
    const text = this.text
      .slice(start, sub.range[1])
      .replace(/^\(|\)$/g, "")
      .trim();
    const subscript = sub.kind === "array" || sub.kind === "list" ? sub.items : [sub];
    return { kind: "name", name: `${base.name}_{${text}}`, base: base.name, subscript, range: [base.range[0], this.previous().end] };
  }

  /** What stands after ^ or _: one operand or a bracketed expression. */
  private script(): Expr {
    if (this.at("-") || this.at("+")) {
      const sign = this.next();
      const operand = this.script();
      return sign.text === "-" ? { kind: "unary", op: "negate", operand, range: [sign.start, operand.range[1]] } : operand;
    }
    if (this.at("(")) return this.parenthesis();
    const t = this.peek();
    if (t.kind === "name" && !(this.peek(1).text === "(" && !this.peek(1).space)) {
      this.next();
      const word = this.qualifiedName(t);
      return this.symbol(word, [t.start, this.previous().end]);
    }
    return this.expression(P.call);
  }

  private bounds(): { below?: Expr; above?: Expr } {
    const out: { below?: Expr; above?: Expr } = {};
    while (this.at("_") || this.at("^")) {
      const below = this.next().text === "_";
      const e = this.script();
      if (below) out.below = e;
      else out.above = e;
    }
    return out;
  }

  private big(op: BigExpr["op"], sign: Token): Expr {
    const { below, above } = this.bounds();
    let body: Expr;
    let variable: string | undefined;
    if (op === "integral") {
      this.stopAtDifferential++;
      body = this.expression(P.add);
      this.stopAtDifferential--;
      if (!this.atDifferential()) this.failAt("no-variable", "the integral does not say its variable: dif x is missing", sign);
      const d = this.next();
      variable = d.text === "d" || d.text === "dif" || d.text === "differential" ? this.next().text : d.text.slice(1);
    } else {
      if (this.atEnd()) this.failAt("missing-argument", said`${sign.text} has nothing to work on`, sign);
      body = this.expression(P.multiply);
    }
    const range: Range = [sign.start, this.previous().end];
    if (op === "integral")
      return { kind: "big", op, ...(variable && { variable }), ...(below && { lower: below }), ...(above && { upper: above }), body, range };
    if (below?.kind === "relation" && below.first.kind === "name" && below.rest[0]?.op === "=")
      return { kind: "big", op, variable: below.first.name, lower: below.rest[0].operand, ...(above && { upper: above }), body, range };
    if (below?.kind === "relation")
      return { kind: "big", op, ...(below.first.kind === "name" && { variable: below.first.name }), condition: below, body, range };
    return { kind: "big", op, ...(below?.kind === "name" && { variable: below.name }), body, range };
  }

  private limit(sign: Token): Expr {
    const { below } = this.bounds();
    const body = this.expression(P.multiply);
    const range: Range = [sign.start, body.range[1]];
    if (below?.kind === "relation" && below.first.kind === "name" && below.rest[0]?.op === "→")
      return { kind: "big", op: "limit", variable: below.first.name, upper: below.rest[0].operand, body, range };
    return fail("missing-bound", "the limit does not say what its variable goes to", [sign.start, sign.end]);
  }

  private atDifferential(): boolean {
    const t = this.peek();
    if (t.kind !== "name") return false;
    return (
      ((t.text === "dif" || t.text === "differential" || t.text === "d") && this.peek(1).kind === "name") ||
      (this.dialect.format === "plain" && /^d[a-z]$/.test(t.text))
    );
  }

  /** Rows of arguments parted by `;`; options (delim: "[") are passed over. */
  private rowsOf(): { args: Expr[][]; delim?: string } {
    const open = this.next();
    const args: Expr[][] = [[]];
    let delim: string | undefined;
    this.deeper(() => {
      while (!this.at(")")) {
        this.skipNewlines();
        if (this.at(")")) break;
        if (this.peek().kind === "name" && this.peek(1).text === ":") {
          const key = this.next().text;
          this.next();
          if (this.at("#")) this.next();
          const quoted = this.peek().kind === "string" ? (this.next().value as string) : undefined;
          if (quoted === undefined) this.expression();
          if (key === "delim") delim = quoted ?? "none";
          if (!this.accept(",")) this.accept(";");
          continue;
        }
        const row = args[args.length - 1] as Expr[];
        if (this.at(",") || this.at(";")) this.failAt("unexpected-token", said`"${this.peek().text}" with no entry before it`, this.peek());
        row.push(this.expression());
        this.skipNewlines();
        if (this.accept(",")) continue;
        if (this.accept(";")) {
          if (!this.at(")")) args.push([]);
          continue;
        }
        break;
      }
    });
    this.close(")", open);
    return { args: args.filter((r) => r.length > 0), ...(delim !== undefined && { delim }) };
  }

  private matrix(range: Range): Expr {
    const { args, delim } = this.rowsOf();
    const whole: Range = [range[0], this.previous().end];
    if (args.length === 0) fail("empty", "a matrix without entries", whole);
    checkRows(args);
    const width = (args[0] as Expr[]).length;
    args.forEach((row, i) => {
      if (row.length !== width && !row.some((e) => e.kind === "name" || e.kind === "matrix" || e.kind === "dots"))
        fail("ragged", said`row ${i + 1} has ${row.length} ${row.length === 1 ? "entry" : "entries"}, row 1 has ${width}`, [
          (row[0] as Expr).range[0],
          (row.at(-1) as Expr).range[1],
        ]);
    });
    const environment = { "[": "bmatrix", "{": "Bmatrix", "|": "vmatrix", "||": "Vmatrix", none: "matrix" }[delim ?? ""] ?? "pmatrix";
    const e: Expr = { kind: "matrix", rows: args, environment, range: whole };
    return environment === "vmatrix" ? call("det", [e], whole) : e;
  }

  private cases(range: Range): Expr {
    const { args } = this.rowsOf();
    const flat = args.flat();
    const branches: { value: Expr; condition: Expr | null }[] = flat.map((e) =>
      e.kind === "list" && e.items.length === 2 ? { value: e.items[0] as Expr, condition: e.items[1] as Expr } : { value: e, condition: null },
    );
    return { kind: "cases", branches, range: [range[0], this.previous().end] };
  }

  protected override squareBrackets(): Expr {
    const open = this.next();
    const rows: Expr[][] = [[]];
    this.deeper(() => {
      while (!this.at("]")) {
        (rows[rows.length - 1] as Expr[]).push(this.expression());
        if (this.accept(",")) continue;
        if (!this.accept(";")) break;
        rows.push([]);
      }
    });
    const end = this.close("]", open);
    const range: Range = [open.start, end.end];
    if (rows.length > 1) {
      checkRows(rows);
      return { kind: "matrix", rows, environment: "bmatrix", range };
    }
    const items = rows[0] as Expr[];
    if (items.length === 0) return fail("empty", "an empty list", range);
    if (items.every((e) => e.kind === "list" && e.brackets === "[]")) {
      const nested = items.map((e) => (e.kind === "list" ? e.items : []));
      checkRows(nested);
      return { kind: "matrix", rows: nested, environment: "bmatrix", range };
    }
    return { kind: "list", items, brackets: "[]", range };
  }

  protected override parenthesis(): Expr {
    const e = super.parenthesis();
    return e.kind === "array" ? { kind: "list", items: e.items, brackets: "()", range: e.range } : e;
  }

  protected override braces(): Expr {
    const e = this.list("}");
    return e.kind === "array" && e.items.length === 1
      ? ({ ...e.items[0], range: e.range } as Expr)
      : { kind: "list", items: e.kind === "array" ? e.items : [], brackets: "{}", range: e.range };
  }

  protected override infix(left: Expr): Infix<this> | undefined {
    const t = this.peek();
    if (this.stopAtDifferential > 0 && this.atDifferential()) return undefined;
    if (t.kind === "op") {
      if (t.text === "^" || t.text === "**") return { power: P.power, parse: (_p, base) => this.raised(base) };
      if (t.text === "!" && !t.space) return this.mark("factorial");
      if (t.text === "'") return this.mark("prime");
      if (t.text === "%" && !(this.peek(1).kind === "number" || this.peek(1).kind === "name" || this.peek(1).text === "("))
        return this.mark("percent");
      if (t.text === "°") return { power: P.power, parse: (_p, x) => call("degrees", [x], [x.range[0], this.next().end]) };
      if (t.text === "&" || t.text === "~") {
        this.next();
        return this.infix(left);
      }
      if ((t.text === "|" || t.text === "‖" || t.text === "||") && this.bars > 0) return undefined;
      if (t.text === "." || t.text === "[") return undefined;
      if (t.text === "(") return this.juxtaposed(left, t);
      if (t.text === "%") return this.binaryRule({ op: "mod", power: P.multiply });
    }
    if (t.kind === "name" && !this.options.defined?.has(t.text)) {
      const compound = this.peek(1).text === "." && this.peek(2).kind === "name" ? `${t.text}.${this.peek(2).text}` : "";
      const rule = this.dialect.infix.get(compound);
      if (rule)
        return {
          power: rule.power,
          parse: (_p, l) => {
            this.next();
            this.next();
            return this.binaryRule(rule).parse(this, l);
          },
        };
    }
    return super.infix(left);
  }

  private mark(op: "factorial" | "prime" | "percent"): Infix<this> {
    return {
      power: P.power + 2,
      parse: (_p, operand) => {
        const end = this.next();
        return { kind: "unary", op, operand, range: [operand.range[0], end.end] };
      },
    };
  }

  /** Powers, and the letters that mean transpose and adjoint. */
  private raised(base: Expr): Expr {
    this.next();
    const t = this.peek();
    const word = t.kind === "string" ? (t.value as string) : t.text;
    const free = !this.options.defined?.has(word);
    const after = this.peek(1).text;
    const single = !(after === "(" && !this.peek(1).space);
    const take = (op: "transpose" | "adjoint" | "dagger", extra = 0): Expr => {
      for (let k = 0; k <= extra; k++) this.next();
      return { kind: "unary", op, operand: base, range: [base.range[0], this.previous().end] };
    };
    if (free && single && (word === "T" || word === "top" || word === "⊤" || word === "intercal" || word === "tack"))
      return take("transpose", word === "tack" && after === "." ? 2 : 0);
    if (free && single && (word === "H" || t.text === "*")) return take("adjoint");
    if (free && single && (word === "dagger" || word === "+")) return take("dagger");
    let exponent = this.script();
    if (this.at("^")) exponent = this.raised(exponent);
    return { kind: "binary", op: "power", left: base, right: exponent, range: [base.range[0], exponent.range[1]] };
  }

  /** Juxtaposition is a product. */
  protected override juxtaposed(_left: Expr, t: Token): Infix<this> | undefined {
    const starts =
      t.kind === "number" ||
      t.kind === "string" ||
      t.kind === "name" ||
      t.kind === "literal" ||
      (t.kind === "op" && (t.text === "(" || ((t.text === "|" || t.text === "‖") && this.bars === 0)));
    if (!starts || (this.stopAtDifferential > 0 && this.atDifferential())) return undefined;
    if (t.kind === "number" && this.previous().kind === "number") return undefined;
    return {
      power: P.multiply + 6,
      parse: (_p, left) => {
        const right = this.expression(P.multiply + 7);
        return { kind: "binary", op: "multiply", left, right, implicit: true, range: [left.range[0], right.range[1]] };
      },
    };
  }
}

export function parseWords(text: string, format: "typst" | "plain", options: ParseOptions = {}): Parsed {
  const dialect = wordsDialect(format);
  const tokens = lex(text, dialect.lexer);
  checkBrackets(tokens);
  return new WordsParser(text, dropNewlines(tokens, false), dialect, options).program();
}
