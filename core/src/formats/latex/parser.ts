// The LaTeX expression grammar: what begins an operand, and what may follow one.

import { type BinaryExpr, type Expr, fail, type RelationExpr, type RelationOp } from "../../expr/index.js";
import type { Infix, Token } from "../grammar/index.js";
import { atDifferential, bigOperator, expectation, integral } from "./big.js";
import { bars, evaluatedAt, hole, isExpectation, pairedCommand, pairs, plainBars, plainBracket, sizedBracket } from "./brackets.js";
import { fractionDerivative, inlineDerivative, nabla } from "./calculus.js";
import { environment, literalMatrix } from "./environments.js";
import { functionOfCommand, functionOfWord, inverseFunction, isTrigonometric } from "./functions.js";
import { isKnownCommand } from "./known.js";
import {
  accents,
  bigOps,
  binaryOps,
  callOps,
  integrals,
  opaqueOps,
  opaqueRelations,
  plainStyles,
  relationOps,
  statementArrows,
  styles,
  symbolNames,
} from "./operators.js";
import { argumentsOf, call, nameExpr, opaque, Power, Reader, unknownCommand, withRange } from "./reader.js";
import { rowOperations } from "./rowOperations.js";
import { applyScripts, canonicalText, emptyBase, numberOf, readScripts, type Scripts } from "./scripts.js";
import { isName, type LatexToken } from "./tokens.js";

const starts = (p: Reader): boolean => (p as LatexParser).startsOperand();

export class LatexParser extends Reader {
  fork(tokens: readonly LatexToken[]): LatexParser {
    const p = new LatexParser(this.text, tokens, this.functions, this.defined);
    p.style = this.style;
    return p;
  }

  // ---- operands ----

  protected prefix(): Expr {
    this.skipRows();
    if (this.mode.aligned) while (this.isKind("symbol", "&")) this.index++;
    const t = this.peek();
    if (t.kind === "symbol") {
      if (t.text === "-" || t.text === "+") {
        this.index++;
        if (this.atClose() && this.isStart(this.index - 2)) return nameExpr(t.text, [t.start, t.end]);
        const operand = this.expression(Power.unary);
        return { kind: "unary", op: t.text === "-" ? "negate" : "plus", operand, range: [t.start, operand.range[1]] };
      }
      if ((t.text === "*" || t.text === ":" || t.text === ".") && this.isStart(this.index - 1, true) && this.atClose(1) && this.index > 0) {
        this.index++;
        return withRange(hole(t.start), t.start, t.end);
      }
    } else if (t.kind === "command") {
      if (t.text === "\\neg") {
        this.index++;
        const operand = this.expression(Power.unary);
        return { kind: "unary", op: "not", operand, range: [t.start, operand.range[1]] };
      }
      if (t.text === "\\pm" || t.text === "\\mp") {
        this.index++;
        const zero: Expr = { kind: "number", value: 0, exact: { num: 0n, den: 1n }, range: [t.start, t.start] };
        const right = this.expression(Power.unary);
        const range: readonly [number, number] = [t.start, right.range[1]];
        return t.text === "\\pm" ? { kind: "binary", op: "plusminus", left: zero, right, range } : opaque("\\mp", [zero, right], range);
      }
      if (t.text === "\\forall" || t.text === "\\exists" || t.text === "\\nexists") {
        this.index++;
        const operand = this.startsOperand() ? this.expression(Power.implicit) : hole(t.end);
        return opaque(t.text, [operand], [t.start, Math.max(t.end, operand.range[1])]);
      }
      if (
        /^\\(cdot|bullet|ast|circ|star|times|cap|cup|oplus|otimes|odot)$/.test(t.text) &&
        this.index > 0 &&
        this.isStart(this.index - 1, true) &&
        this.atClose(1)
      ) {
        this.index++;
        return withRange(hole(t.start), t.start, t.end);
      }
    }
    const signs = t.kind === "command" || (t.kind === "symbol" && /^([<>=]|:=)$/.test(t.text));
    if (
      signs &&
      this.isStart(this.index - 1) &&
      (relationOps.has(t.text) || binaryOps.has(t.text) || callOps.has(t.text) || opaqueOps.has(t.text) || opaqueRelations.has(t.text))
    ) {
      // A sign spoken about: $\leq$, (\times). A union over an index: \cup_i A_i.
      if (this.atClose(1) && (t.kind === "command" ? this.index > 0 || this.peek(1).kind === "end" : this.index > 0)) {
        this.index++;
        return nameExpr(t.text, [t.start, t.end]);
      }
      const big = {
        "\\cup": "union",
        "\\cap": "intersection",
        "\\vee": "\\bigvee",
        "\\wedge": "\\bigwedge",
        "\\oplus": "\\bigoplus",
        "\\otimes": "\\bigotimes",
      }[t.text];
      if (big && this.isKind("symbol", "_", 1)) {
        this.index++;
        return this.deeper(() => bigOperator(this, t, big, starts));
      }
    }
    if (t.text === "<" && t.kind === "symbol") {
      const inner = this.attempt(() => this.angle(t));
      if (inner) return inner;
    }
    // An unknown to be found, an arrow whose left side is elsewhere, a line drawn through a cell.
    if (t.kind === "symbol" && (t.text === "?" || (t.text === "|" && /^(row|finish)$/.test(this.peek(1).kind)))) {
      this.index++;
      return this.postfixes(withRange(hole(t.start), t.start, t.end));
    }
    if (t.text === "\\xrightarrow" && this.isStart(this.index - 1)) return hole(t.start);
    if ((relationOps.has(t.text) || opaqueRelations.has(t.text)) && t.kind !== "text" && t.kind !== "word" && this.isStart(this.index - 1))
      return hole(t.start);
    const grouped = t.kind === "symbol" && t.text === "{";
    return this.postfixes(this.atom(), !grouped);
  }

  /** Whether the token at `index` lets a new expression begin after it. */
  private isStart(index: number, placeholder = false): boolean {
    const t = this.tokens[index];
    return (
      t === undefined ||
      (placeholder && (t.text === "|" || relationOps.has(t.text) || /^\\(\||lvert|lVert|langle|lfloor|lceil)$/.test(t.text))) ||
      /^(row|text|begin|left)$/.test(t.kind) ||
      (t.kind === "symbol" && /^[([{,;:&.?]$/.test(t.text)) ||
      t.text === "\\{" ||
      statementArrows.has(t.text)
    );
  }

  /** <a, b> written with relation signs. */
  private angle(open: Token): Expr {
    this.index++;
    const items = [this.expression(Power.relation + 1)];
    while (this.accept(",")) items.push(this.expression(Power.relation + 1));
    const end = this.next();
    if (end.text !== ">" || items.length < 2) this.unexpected('">"');
    return call("inner", items, [open.start, open.end], [open.start, end.end]);
  }

  private atClose(ahead = 0): boolean {
    const t = this.peek(ahead);
    if (t.text === "|" || t.text === "\\|") return this.mode.bar === t.text;
    if (t.kind === "symbol") return /^[)\]},;&.]$/.test(t.text);
    return /^(end|right|row|finish)$/.test(t.kind) || /^\\(\}|rangle|mid|rvert|rVert|rfloor|rceil)$/.test(t.text);
  }

  /** Whether an operand begins here. */
  startsOperand(): boolean {
    const t = this.peek();
    switch (t.kind) {
      case "number":
      case "letter":
      case "literal":
      case "begin":
      case "left":
      case "dots":
        return true;
      case "word":
        return !(this.mode.argument !== "" && functionOfWord(t.text));
      case "text":
        return !this.mode.top;
      case "symbol":
        return t.text === "{" || t.text === "(" || t.text === "[" || (t.text === "|" && this.mode.bar !== "|");
      case "command": {
        if (t.text === "\\{" || t.text === "\\|") return t.text === "\\{" || this.mode.bar !== "\\|";
        const name = t.text.slice(1);
        if (functionOfCommand(name) !== undefined || bigOps.has(name)) return true;
        return symbolNames.has(name) || styles.has(name) || accents.has(name) || integrals.has(name) || t.text in pairs || operandCommands.has(name);
      }
      default:
        return false;
    }
  }

  single(): Expr {
    const t = this.peek();
    if (t.kind === "symbol" && t.text === "{") return this.braced();
    return this.atom();
  }

  atom(): Expr {
    const t = this.next();
    switch (t.kind) {
      case "number": {
        if (this.style !== "" && /^[01]$/.test(t.text)) return nameExpr(this.styled(t.text), [t.start, t.end]);
        return numberOf(t);
      }
      case "letter": {
        if (t.text === "d") {
          this.index--;
          const derivative = inlineDerivative(this, starts);
          if (derivative) return derivative;
          this.index++;
        }
        return this.plainWord(t) ?? nameExpr(this.styled(t.text), [t.start, t.end]);
      }
      case "word":
        return this.word(t);
      case "text": {
        if (isName(t.text)) return nameExpr(`\\mathrm{${t.text}}`, [t.start, t.end]);
        const name = `\\text{${t.text}}`;
        return this.defined.has(name) || this.naming ? nameExpr(name, [t.start, t.end]) : { kind: "string", value: t.text, range: [t.start, t.end] };
      }
      case "literal":
        return literalMatrix(t);
      case "dots":
        return { kind: "dots", style: t.value as "horizontal", range: [t.start, t.end] };
      case "begin":
        return this.deeper(() => environment(this, t));
      case "left":
        return this.delimited(t);
      case "symbol":
        if (t.text === "{") return this.group(t);
        if (t.text === "(" || t.text === "[") return this.deeper(() => plainBracket(this, t));
        if (t.text === "|") return this.bar(t, "|");
        break;
      case "command":
        return this.command(t);
    }
    if (t.kind !== "end") this.index--;
    return this.unexpected("a number, a name or a bracket");
  }

  /** \left( ... \right). */
  private delimited(t: Token): Expr {
    return this.deeper(() => sizedBracket(this, t));
  }

  private group(open: Token): Expr {
    if (this.isKind("symbol", "}")) {
      this.index++;
      if (this.isKind("symbol", "^") || this.isKind("symbol", "_")) return emptyBase(this, open, () => this.postfixes(this.atom()));
      if (this.mode.top) this.skipRows();
      if (this.startsOperand()) return this.atom();
      return this.previous() === open ? this.unexpected("an expression") : hole(open.end);
    }
    this.index--;
    // {n \choose k}
    const open2 = this.next();
    const style = this.style;
    const value = this.inside(() => {
      const e = this.list2(open2);
      return e;
    });
    this.style = style;
    return value;
  }

  /** The inside of braces with the infix fractions of plain TeX. */
  private list2(open: Token): Expr {
    const items = this.items(() => this.isKind("symbol", "}") || this.at("\\choose") || this.at("\\over") || this.at("\\atop"));
    const t = this.peek();
    if (t.kind === "command" && /^\\(choose|over|atop)$/.test(t.text) && items.length === 1) {
      this.index++;
      const right = this.items(() => this.isKind("symbol", "}"));
      const end = this.close("}", open);
      if (right.length !== 1) this.failAt("missing-argument", `${t.text} needs something on its right`, t);
      const range: readonly [number, number] = [open.start, end.end];
      const [a, b] = [items[0] as Expr, right[0] as Expr];
      return t.text === "\\over" ? { kind: "binary", op: "divide", left: a, right: b, range } : call("binom", [a, b], [t.start, t.end], range);
    }
    const end = this.close("}", open);
    if (items.length === 0) this.failAt("empty", "an empty group", { ...open, end: end.end });
    return items.length === 1 ? (items[0] as Expr) : { kind: "list", items, brackets: "", range: [open.start, end.end] };
  }

  private attempts = 0;

  private bar(t: Token, sign: "|" | "\\|"): Expr {
    const second = this.peek();
    if (sign === "|" && second.text === "|" && second.kind === "symbol" && second.start === t.end && this.attempts++ < 40) {
      // ||x||, but also ||a|-|b||.
      const read = this.attempt(() => {
        this.index++;
        const items = this.within({ bar: "|", argument: "", integral: false, top: false, related: false }, () => [this.expression(0)]);
        const [a, b] = [this.next(), this.next()];
        if (a.text !== "|" || b.text !== "|") this.unexpected('"||"');
        return bars(this, "\\|", t, items, b);
      });
      if (read) return read;
    }
    return this.deeper(() => plainBars(this, t, sign));
  }

  private styled(letter: string): string {
    return this.style === "" ? letter : this.style.split(" ").reduceRight((inner, s) => `\\${s}{${inner}}`, letter);
  }

  /** A run of letters that spells a function before a bracket, or a defined name of several letters. */
  private plainWord(first: Token): Expr | undefined {
    const second = this.peek();
    if (second.kind !== "letter" || second.space || this.style !== "") return undefined;
    const before = this.tokens[this.index - 2];
    if (before?.kind === "letter" && !first.space) return undefined;
    let word = first.text;
    let n = 0;
    for (; n < 24; n++) {
      const u = this.peek(n);
      if (u.kind !== "letter" || u.space) break;
      word += u.text;
    }
    const place: readonly [number, number] = [first.start, this.peek(n - 1).end];
    if (this.defined.has(word) || this.functions.has(word)) {
      this.index += n;
      return nameExpr(word, place);
    }
    const open = this.peek(n);
    if (!(open.text === "(" || (open.text === "[" && open.kind === "left")) || open.space || !(word.length > 2 || /^(tr|ln|lg|Tr)$/.test(word)))
      return undefined;
    const name = functionOfWord(word);
    if (!name) return undefined;
    this.index += n;
    const t: Token = { ...first, end: place[1], text: word };
    return bigOps.has(word) && !this.atOpen() ? bigOperator(this, t, bigOps.get(word) as string, starts) : this.functionCall(name, t);
  }

  private word(t: Token): Expr {
    const escaped = t.text.replace(/_/g, "\\_");
    const name = `\\mathrm{${escaped}}`;
    const known = this.defined.has(name) || this.functions.has(name);
    if (!known && !this.naming) {
      if (/^(arg)?(max|min)$|^(sup|inf|lim)$/.test(t.text)) return this.extremum(t, t.text);
      if (t.text === "arg" && this.peek().kind === "word" && /^(max|min)$/.test(this.peek().text)) {
        const m = this.next();
        return this.extremum({ ...t, end: m.end, text: `\\arg${m.text}` }, `arg${m.text}`);
      }
      const f = functionOfWord(t.text);
      if (f && !(t.text.length === 1)) return this.peek().kind === "end" ? nameExpr(name, [t.start, t.end]) : this.functionCall(f, t);
      if (t.text.length > 1 && this.atOpen() && !this.functions.has(name)) {
        const args = this.callArguments();
        return call(t.text, args, [t.start, t.end], [t.start, this.previous().end]);
      }
    }
    if (t.text === "e" && !known) return nameExpr("e", [t.start, t.end]);
    return nameExpr(name, [t.start, t.end]);
  }

  // ---- commands ----

  private command(t: Token): Expr {
    const name = t.text.slice(1);
    if (t.text === "\\{") return this.deeper(() => plainBracket(this, t));
    if (t.text in pairs) return this.deeper(() => pairedCommand(this, t));
    if (t.text === "\\|") return this.bar(t, "\\|");
    if (styles.has(name)) return this.styleCommand(t, name);
    if (symbolNames.has(name)) return this.symbol(t, name);
    const accent = accents.get(name);
    if (accent) return this.accent(t, accent);
    if (integrals.has(name)) return this.deeper(() => integral(this, t, starts));
    switch (name) {
      case "frac": {
        const derivative = fractionDerivative(this, t, starts);
        if (derivative) return derivative;
        const left = this.argument(t, "a numerator and a denominator");
        const right = this.argument(t, "a numerator and a denominator");
        return { kind: "binary", op: "divide", left, right, range: [t.start, this.previous().end] };
      }
      case "binom": {
        const args = [this.argument(t, "two arguments"), this.argument(t, "two arguments")];
        return call("binom", args, [t.start, t.end], [t.start, this.previous().end]);
      }
      case "sqrt": {
        let root: Expr | undefined;
        if (this.isKind("symbol", "[")) {
          const open = this.next();
          root = this.inside(() => this.list("]", open));
        }
        const x = this.argument(t);
        const range: readonly [number, number] = [t.start, this.previous().end];
        return root ? call("root", [x, root], [t.start, t.end], range) : call("sqrt", [x], [t.start, t.end], range);
      }
      case "nabla":
      case "partial":
        if (name === "partial") {
          this.index--;
          const derivative = inlineDerivative(this, starts);
          if (derivative) return derivative;
          this.index++;
        }
        return nabla(this, t, starts);
      case "imaginary":
        return nameExpr("\\mathrm{i}", [t.start, t.end]);
      case "arg": {
        const m = this.peek();
        if (/^\\?(max|min)$/.test(m.text) && (m.kind === "command" || m.kind === "word")) {
          this.index++;
          const op = `arg${m.text.replace("\\", "")}`;
          return this.extremum({ ...t, end: m.end, text: `\\${op}` }, op);
        }
        return this.functionCall("arg", t);
      }
      case "%":
        break;
    }
    if (/^(arg)?(max|min)$|^(sup|inf|lim|limsup|liminf|varlimsup|varliminf)$/.test(name)) return this.extremum(t, name);
    const big = bigOps.get(name);
    if (big) return this.deeper(() => bigOperator(this, t, big, starts));
    const f = functionOfCommand(name);
    if (f) return this.functionCall(f, t);
    if (name === "Pr" || name === "deg" || name === "ker" || name === "hom") {
      if (this.atOpen() || this.isKind("symbol", "{")) return call(name, this.callArguments(), [t.start, t.end], [t.start, this.previous().end]);
      return nameExpr(`\\mathrm{${name}}`, [t.start, t.end]);
    }
    if (!isKnownCommand(t.text) && !/^\\[^A-Za-z]/.test(t.text)) return unknownCommand(t);
    this.index--;
    return this.unexpected("a number, a name or a bracket");
  }

  /** \max, \min, \argmax, \sup, \lim: over what stands below, or of their arguments. */
  private extremum(t: Token, name: string): Expr {
    if (
      /^(arg)?(max|min)$/.test(name) &&
      !this.isKind("symbol", "_") &&
      (this.atOpen() || this.at("\\{") || this.isKind("left", "\\{") || this.isKind("begin", "pmatrix") || this.isKind("begin", "bmatrix"))
    )
      return this.functionCall(name, t);
    return this.deeper(() => bigOperator(this, t, bigOps.get(name) as string, starts));
  }

  private symbol(t: Token, name: string): Expr {
    const canonical = /^[RNZQC]$/.test(name) ? `\\mathbb{${name}}` : this.styled(t.text);
    if (
      name === "Gamma" &&
      this.style === "" &&
      this.atOpen() &&
      !this.defined.has("\\Gamma") &&
      !this.functions.has("\\Gamma") &&
      !this.naming &&
      !this.holdsSeveral()
    )
      return this.functionCall("gamma", t);
    return nameExpr(canonical, [t.start, t.end]);
  }

  private styleCommand(t: Token, name: string): Expr {
    const outer = this.style;
    if (!plainStyles.has(name)) this.style = outer === "" ? name : `${outer} ${name}`;
    const next = this.peek();
    let e: Expr;
    if (next.kind === "symbol" && next.text === "{" && this.peek(1).text === "}" && this.peek(1).kind === "symbol")
      this.failAt("missing-argument", `${t.text} needs an argument`, t);
    if (plainStyles.has(name) && next.text === "{") e = this.braced();
    else e = this.argument(t);
    this.style = outer;
    return withRange(e, t.start, this.previous().end);
  }

  private accent(t: Token, mark: string): Expr {
    const from = this.index;
    const e = this.argument(t);
    const range: readonly [number, number] = [t.start, this.previous().end];
    if (e.kind === "name") {
      const name = `\\${mark}{${e.name}}`;
      if (mark !== "bar" || this.naming || this.defined.has(name) || !this.defined.has(e.name)) return nameExpr(name, range);
      return { kind: "unary", op: "conjugate", operand: e, range };
    }
    if (mark === "bar" && !this.naming) return { kind: "unary", op: "conjugate", operand: e, range };
    let [a, b] = [from, this.index];
    if (this.tokens[a]?.text === "{") [a, b] = [a + 1, b - 1];
    return nameExpr(`\\${mark}{${canonicalText(this.tokens, a, b)}}`, range);
  }

  // ---- functions ----

  /** A named function with its scripts and argument; the name has been taken. */
  private functionCall(name: string, t: Token): Expr {
    // A function spoken about: \{\tanh, \log\}, f = \exp.
    if (this.index > 1 && this.atClose() && (this.isStart(this.index - 2, true) || this.mode.top))
      return nameExpr(t.kind === "command" ? t.text : `\\mathrm{${t.text}}`, [t.start, t.end]);
    const s = readScripts(this, null);
    const nameRange: readonly [number, number] = [t.start, t.end];
    let f = name;
    let named: Record<string, Expr> | undefined;
    if (f === "lg") {
      f = "log";
      named = { base: { kind: "number", value: 10, exact: { num: 10n, den: 1n }, range: nameRange } };
    }
    if (s.sub) {
      if (f === "log" && s.sub.indices?.length === 1) named = { base: s.sub.indices[0] as Expr };
      else named = { ...named, subscript: nameExpr(s.sub.text, [s.sub.start, s.sub.end]) };
    }
    const power = s.sup?.power;
    const inverse =
      power?.kind === "unary" && power.op === "negate" && power.operand.kind === "number" && power.operand.value === 1 && !s.sup?.marks
        ? inverseFunction[f]
        : undefined;
    if (inverse) f = inverse;
    const args = this.functionArguments(f, t);
    const end = this.previous().end;
    let e: Expr = call(f, args, nameRange, [t.start, end], named);
    if (s.sup && !inverse) e = withRange(applyScripts(this, e, { sup: s.sup, primes: 0, end }), t.start, end);
    for (let i = 0; i < s.primes; i++) e = { kind: "unary", op: "prime", operand: e, range: [t.start, end] };
    return e;
  }

  private functionArguments(f: string, t: Token): readonly Expr[] {
    if (this.atOpen() || this.atOpen("[") || this.at("\\{") || this.isKind("left", "\\{")) return this.callArguments(true);
    if (!this.startsArgument()) return this.failAt("missing-argument", `${t.text} needs an argument`, t);
    const argument = this.within({ argument: isTrigonometric(f) ? "trig" : "plain" }, () => this.expression(Power.implicit));
    return argumentsOf(argument);
  }

  private startsArgument(): boolean {
    const t = this.peek();
    return (
      (t.kind === "symbol" && (t.text === "-" || t.text === "+")) ||
      t.kind === "word" ||
      this.startsOperand() ||
      (this.at("\\cdot") && this.atClose(1))
    );
  }

  /** The arguments in the brackets that open here. */
  private callArguments(curly = false): readonly Expr[] {
    const open = this.peek();
    if ((open.text === "(" || open.text === "[") && this.peek(1).text === (open.text === "(" ? ")" : "]") && open.kind !== "text") {
      this.index += 2;
      return [];
    }
    const e = this.atom();
    if (e.kind === "list") return curly || e.brackets !== "{}" ? e.items : [e];
    return [e];
  }

  /** Scripts, factorials and arguments after a primary. */
  private postfixes(primary: Expr, callable = true): Expr {
    let e = primary;
    let fresh = callable && e.kind === "name" && e.base === undefined;
    for (;;) {
      let t = this.peek();
      if (t.kind === "symbol" && t.text === "{" && !t.space && this.isKind("symbol", "}", 1) && /^[\^_']$/.test(this.peek(2).text)) {
        this.index += 2;
        t = this.peek();
      }
      if (t.kind === "symbol" && (t.text === "_" || t.text === "^" || t.text === "'")) {
        const s = readScripts(this, e);
        const applied = fresh && e.kind === "name" ? this.namedCall(e, s) : undefined;
        e = applied ?? applyScripts(this, e, s);
        fresh = false;
        if (!applied && e.kind === "name") {
          const big = this.special(e, s);
          if (big) e = big;
        }
        continue;
      }
      if (t.kind === "symbol" && t.text === "!" && !(this.peek(1).text === "=" && !this.peek(1).space)) {
        this.index++;
        const u = this.peek();
        if (u.text === "!" && u.kind === "symbol" && u.start === t.end) {
          this.index++;
          e = call("doublefactorial", [e], [t.start, u.end], [e.range[0], u.end]);
        } else e = { kind: "unary", op: "factorial", operand: e, range: [e.range[0], t.end] };
        fresh = false;
        continue;
      }
      if (t.kind === "command" && t.text === "\\%") {
        this.index++;
        e = { kind: "unary", op: "percent", operand: e, range: [e.range[0], t.end] };
        continue;
      }
      if (t.kind === "command" && t.text === "\\degree" && e.kind === "number") {
        this.index++;
        e = call("degrees", [e], [t.start, t.end], [e.range[0], t.end]);
        continue;
      }
      if (e.kind === "name" && fresh) {
        fresh = false;
        const c = this.namedCall(e, { primes: 0, end: e.range[1] }) ?? this.special(e, { primes: 0, end: e.range[1] });
        if (c) {
          e = c;
          continue;
        }
      }
      return e;
    }
  }

  /** f(x), f'(x), f^2(x) for a name that is a function, or one applied to several things. */
  private namedCall(e: Extract<Expr, { kind: "name" }>, s: Scripts): Expr | undefined {
    if (!this.atOpen() || this.naming) return undefined;
    const base = s.sub ? applyScripts(this, e, { sub: s.sub, primes: 0, end: s.sub.end }) : e;
    if (base.kind !== "name") return undefined;
    const primed = base.name + "'".repeat(s.primes);
    const start = e.range[0];
    const nameRange: readonly [number, number] = [start, s.end];
    if (s.primes > 0 && this.functions.has(primed) && !s.sup) return call(primed, this.callArguments(), nameRange, [start, this.previous().end]);
    const known = this.functions.has(base.name);
    const derivatives = s.primes + (s.sup && /^\(\d\)$/.test(s.sup.text) ? Number(s.sup.text.charAt(1)) : 0);
    if (derivatives > 0 && (known || (!this.defined.has(base.name) && /^[a-zφψ]$/.test(base.name) && this.isSimpleGroup()))) {
      let callee: Expr = { ...base, range: [start, base.range[1]] };
      for (let i = 0; i < derivatives; i++) callee = { kind: "unary", op: "prime", operand: callee, range: nameRange };
      const args = this.callArguments();
      return { kind: "apply", callee, args, range: [start, this.previous().end] };
    }
    const max = s.sub && (s.sub.text === "max" || s.sub.text === "min") && !this.defined.has(base.name);
    if (max && !s.sup && (e.name === "\\lambda" || (e.name === "\\sigma" && s.sub)))
      return call(`${e.name.slice(1)}${(s.sub as { text: string }).text}`, this.callArguments(), nameRange, [start, this.previous().end]);
    if (
      !known &&
      (this.defined.has(base.name) ||
        (isExpectation(base) && !base.name.startsWith("E")) ||
        s.sup ||
        s.primes > 0 ||
        /^\\mathbb\{[IE1]\}/.test(base.name) ||
        !this.holdsSeveral())
    )
      return undefined;
    const args = this.callArguments();
    const end = this.previous().end;
    const c = call(base.name, args, nameRange, [start, end]);
    return s.sup ? withRange(applyScripts(this, c, { sup: s.sup, primes: 0, end }), start, end) : c;
  }

  /** E[...], \mathbb I(...), \sigma_{\max} A. */
  private special(e: Extract<Expr, { kind: "name" }>, s: Scripts): Expr | undefined {
    if (this.naming) return undefined;
    if (
      (e.name === "\\lambda_{max}" || e.name === "\\lambda_{min}" || e.name === "\\sigma_{max}" || e.name === "\\sigma_{min}") &&
      !this.defined.has(e.name) &&
      (this.peek().kind === "begin" || this.peek().kind === "literal")
    ) {
      const operand = this.postfixes(this.atom());
      return call(e.name.replace(/[\\_{}]/g, ""), [operand], e.range, [e.range[0], operand.range[1]]);
    }
    if (isExpectation(e) && !s.sup && !this.defined.has(e.name) && (this.atOpen("[") || (this.atOpen() && !e.name.startsWith("E")))) {
      let condition: Expr | undefined;
      if (s.sub) {
        const index = this.index;
        const slice = this.tokens.findIndex((t) => t.start >= (s.sub as { start: number }).start);
        this.index = slice + 1;
        condition = this.attempt(() => this.argument(this.tokens[slice] as Token)) ?? {
          kind: "string",
          value: s.sub.text,
          range: [s.sub.start, s.sub.end],
        };
        this.index = index;
      }
      return this.deeper(() => expectation(this, e, condition));
    }
    if (
      /^\\(mathbb|mathbf)\{(I|1)\}$/.test(e.name) &&
      !this.defined.has(e.name) &&
      !s.sup &&
      (this.atOpen() || this.atOpen("[") || this.at("\\{") || this.isKind("left", "\\{"))
    ) {
      const open = this.peek();
      const c = this.atom();
      const condition =
        c.kind === "opaque" && c.what === "set" && c.children.length === 1
          ? (c.children[0] as Expr)
          : c.kind === "list" && c.brackets === "{}" && c.items.length === 1
            ? (c.items[0] as Expr)
            : c;
      return call("indicator", [condition], e.range, [e.range[0], Math.max(open.end, this.previous().end)]);
    }
    return undefined;
  }

  /** The bracket that opens here holds a comma, a lone bar or a relation: it is an argument list and no factor. */
  private holdsSeveral(): boolean {
    let depth = 0;
    let bars = 0;
    for (let i = this.index; i < this.tokens.length; i++) {
      const t = this.tokens[i] as Token;
      if (t.kind === "end") break;
      if (t.kind === "left" || t.kind === "begin" || (t.kind === "symbol" && /^[([{]$/.test(t.text)) || t.text === "\\{") depth++;
      else if (t.kind === "right" || t.kind === "finish" || (t.kind === "symbol" && /^[)\]}]$/.test(t.text)) || t.text === "\\}") {
        if (--depth === 0) return i === this.index + 1 || bars % 2 === 1;
      } else if (depth === 1) {
        if (t.text === "|" || t.text === "\\|") {
          // || between two distributions
          if (t.text === "|" && this.tokens[i + 1]?.text === "|" && bars === 0) return true;
          bars++;
        } else if (
          t.kind === "symbol" ? /^([,;=<>:]|:=)$/.test(t.text) : t.kind === "command" && (relationOps.has(t.text) || opaqueRelations.has(t.text))
        )
          return true;
        else if ((t.text === "\\cdot" && i === this.index + 1) || t.text === "\\wedge" || t.text === "\\vee") return true;
      }
    }
    return false;
  }

  /** (x), (t), (0): a bracket with one name or number. */
  private isSimpleGroup(): boolean {
    const close = this.peek(2);
    return (
      /^(letter|number|command)$/.test(this.peek(1).kind) &&
      (close.text === ")" || (close.kind === "symbol" && close.text === "_")) &&
      this.peek().text === "("
    );
  }

  // ---- what may follow an operand ----

  private barCounts: Map<number, number> | undefined;

  /** How many bars like this one stand from here to the end of this level (this one included). */
  private barsLeft(): number {
    if (!this.barCounts) {
      const counts = new Map<number, number>();
      let level: Record<string, number> = {};
      const stack: Record<string, number>[] = [];
      for (let i = this.tokens.length - 1; i >= 0; i--) {
        const t = this.tokens[i] as Token;
        if (
          t.kind === "right" ||
          t.kind === "finish" ||
          (t.kind === "symbol" && /^[)\]}]$/.test(t.text)) ||
          t.text === "\\}" ||
          t.text === "\\rangle"
        ) {
          stack.push(level);
          level = {};
        } else if (
          t.kind === "left" ||
          t.kind === "begin" ||
          (t.kind === "symbol" && /^[([{]$/.test(t.text)) ||
          t.text === "\\{" ||
          t.text === "\\langle"
        )
          level = stack.pop() ?? {};
        else if (t.kind === "row" || (t.kind === "symbol" && (t.text === "," || t.text === ";" || t.text === "&" || t.text === "="))) level = {};
        else if ((t.kind === "symbol" && t.text === "|") || t.text === "\\|") {
          level[t.text] = (level[t.text] ?? 0) + 1;
          counts.set(i, level[t.text] as number);
        }
      }
      this.barCounts = counts;
    }
    return this.barCounts.get(this.index) ?? 0;
  }

  protected infix(left: Expr): Infix<any> | undefined {
    let t = this.peek();
    if (this.mode.aligned && t.text === "&" && t.kind === "symbol") {
      while (this.isKind("symbol", "&")) this.index++;
      t = this.peek();
    }
    // An empty group only keeps scripts apart.
    while (t.kind === "symbol" && t.text === "{" && this.isKind("symbol", "}", 1) && !/^[\^_']$/.test(this.peek(2).text)) {
      this.index += 2;
      t = this.peek();
    }
    if (t.kind === "row") {
      if (this.mode.cell) return undefined;
      if (!this.mode.top) this.skipRows();
      else if (this.continues()) this.skipRows();
      else return undefined;
      t = this.peek();
    }
    switch (t.kind) {
      case "end":
      case "right":
      case "finish":
        return undefined;
      case "symbol":
        if (t.text === "|") return this.barRule(t, "|", left);
        if (t.text === "{" || t.text === "(" || t.text === "[") return this.juxtaposition(t);
        break;
      case "command":
        if (t.text === "\\|") return this.barRule(t, "\\|", left);
        if (t.text === "\\xrightarrow" || t.text === "\\xleftarrow" || t.text === "\\xleftrightarrow") return arrowRule;
        if (t.text === "\\pmod" || t.text === "\\pod") return moduloRule;
        break;
      default:
        return this.juxtaposition(t);
    }
    const op = binaryOps.get(t.text);
    if (op) {
      // A sign before the closing bracket marks its name: (a, b+).
      return operatorRules.get(t.text);
    }
    if (t.text === ".") return undefined;
    const relation = relationOps.get(t.text);
    if (relation) return relationRule;
    const c = callOps.get(t.text);
    if (c) return callRules.get(t.text);
    const other = opaqueOps.get(t.text);
    if (other !== undefined) return opaqueRule(t.text, other);
    if (opaqueRelations.has(t.text)) return this.mode.top && statementArrows.has(t.text) ? undefined : opaqueRule(t.text, Power.relation);
    if (t.text === ":" && this.mode.top && /^(end|row)$/.test(this.peek(1).kind)) return undefined;
    if (t.text === ":" && t.kind === "symbol") return this.mode.top && this.mode.related ? undefined : opaqueRule(":", Power.colon);
    if (t.kind === "command") {
      if (t.text === "\\}" || /^\\r(angle|floor|ceil|vert|Vert)$/.test(t.text) || (/^\\(choose|over|atop)$/.test(t.text) && !this.mode.top))
        return undefined;
      if (/^\\(choose|over|atop)$/.test(t.text)) return stackRule;
      if (!isKnownCommand(t.text) && t.text.length > 2) unknownCommand(t);
      return this.juxtaposition(t);
    }
    return undefined;
  }

  private juxtaposition(t: Token): Infix<any> | undefined {
    if (!this.startsOperand()) return undefined;
    const { mode } = this;
    if (mode.top && mode.related && (t as LatexToken).wide) return undefined;
    if (mode.integral && t.text === "d" && atDifferential(this)) return undefined;
    if (mode.argument !== "") {
      if (t.kind === "command") {
        const name = t.text.slice(1);
        if (functionOfCommand(name) !== undefined || bigOps.has(name) || integrals.has(name)) return undefined;
      }
      if (
        mode.argument === "trig" &&
        (t.text === "(" || t.text === "[") &&
        !(this.previous().kind === "letter" && /^[fghpqFGPQ]$/.test(this.previous().text))
      )
        return undefined;
    }
    return implicitRule;
  }

  private barRule(t: Token, sign: "|" | "\\|", left: Expr): Infix<any> | undefined {
    if (this.mode.bar === sign && t.value !== "middle") return undefined;
    if (sign === "|" && this.peek(1).text === "_" && this.peek(1).kind === "symbol" && t.value !== "middle") return atRule;
    const double = sign === "|" && this.peek(1).text === "|" && this.peek(1).kind === "symbol" && !this.peek(1).space;
    if (t.value === "middle" || left.kind === "hole" || (double && this.barsLeft() === 2)) return relationRule;
    return this.barsLeft() % 2 === 0 ? implicitRule : relationRule;
  }

  /** A row mark in the middle of a formula broken over lines: the next line begins with an operator or a relation. */
  continues(): boolean {
    let i = this.index;
    while (this.tokens[i]?.kind === "row") i++;
    const t = this.tokens[i] as Token;
    if (t.kind !== "symbol" && t.kind !== "command") return false;
    if (relationOps.has(t.text) && t.text !== "\\mid") return true;
    if (opaqueRelations.has(t.text)) return !statementArrows.has(t.text);
    if (!binaryOps.has(t.text)) return false;
    if (t.text !== "+" && t.text !== "-") return true;
    // A line that begins with a sign goes on with the line before unless it is an equation of its own.
    let depth = 0;
    for (i++; i < this.tokens.length; i++) {
      const u = this.tokens[i] as Token;
      if (u.kind === "row" || u.kind === "end") return true;
      if (u.kind === "left" || u.kind === "begin" || (u.kind === "symbol" && /^[([{]$/.test(u.text))) depth++;
      else if (u.kind === "right" || u.kind === "finish" || (u.kind === "symbol" && /^[)\]}]$/.test(u.text))) {
        if (--depth < 0) return true;
      } else if (depth === 0 && relationOps.has(u.text) && u.kind !== "word" && u.text !== "\\mid" && u.text !== "\\in") return t.text === "+";
    }
    return true;
  }

  /** Reads the further sides of a relation after its first side. */
  continueRelation(left: Expr): Expr {
    const rule = this.infix(left);
    return rule?.power === Power.relation ? rule.parse(this, left) : left;
  }

  /** Reads \wedge or \vee after a whole side: C = A \vee B. */
  continueLogic(left: Expr): Expr {
    const rule = this.infix(left);
    return rule && (rule.power === Power.and || rule.power === Power.or) ? rule.parse(this, left) : left;
  }

  override close(text: string, open: Token): Token {
    this.skipRows();
    return super.close(text, open);
  }
}

const operandCommands = new Set("frac binom sqrt nabla partial Re Im Pr arg deg ker hom neg forall exists nexists imaginary".split(" "));

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

const operatorRules = new Map(
  [...binaryOps].map(([sign, [op, power]]): [string, Infix<LatexParser>] => [
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

const callRules = new Map(
  [...callOps].map(([sign, [name, power]]): [string, Infix<LatexParser>] => [
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

const opaqueRule = (sign: string, power: number): Infix<LatexParser> => ({
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

const implicitRule: Infix<LatexParser> = {
  power: Power.implicit,
  parse(p, left) {
    const right = p.expression(Power.implicit + 1);
    return { kind: "binary", op: "multiply", left, right, implicit: true, range: [left.range[0], right.range[1]] };
  },
};

const atRule: Infix<LatexParser> = {
  power: Power.unary,
  parse(p, left) {
    const t = p.next();
    return evaluatedAt(p, left, { ...t, start: left.range[0] });
  },
};

/** a < b ≤ c as one chain. A relation that ends the formula ("3 + 4 =", "= ?") is dropped. */
const relationRule: Infix<LatexParser> = {
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
const stackRule: Infix<LatexParser> = {
  power: 1,
  parse(p, left) {
    const t = p.next();
    const right = p.expression(2);
    const range: readonly [number, number] = [left.range[0], right.range[1]];
    return t.text === "\\over" ? { kind: "binary", op: "divide", left, right, range } : call("binom", [left, right], [t.start, t.end], range);
  },
};

const moduloRule: Infix<LatexParser> = {
  power: Power.colon,
  parse(p, left) {
    const t = p.next();
    const n = p.argument(t);
    return opaque("\\pmod", [left, n], [left.range[0], p.previous().end]);
  },
};

/** A \xrightarrow[below]{above} B: row operations on a matrix, else an arrow. */
const arrowRule: Infix<LatexParser> = {
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
      if (!p.accept(close)) fail("unbalanced", `the text on ${t.text} is never closed`, [t.start, t.end]);
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
