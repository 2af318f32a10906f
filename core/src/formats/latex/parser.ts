// The LaTeX expression grammar: what begins an operand, and what may follow one.

import { type Expr, fail, said } from "../../expr/index.js";
import { rational, rationalToNumber } from "../../linalg/index.js";
import type { Infix, Token } from "../grammar/index.js";
import { atDifferential, bigOperator, integral } from "./big.js";
import { bars, hole, pairedCommand, pairs, plainBars, plainBracket, sizedBracket } from "./brackets.js";
import { fractionDerivative, inlineDerivative, nabla } from "./calculus.js";
import { CallReader } from "./calls.js";
import { environment, literalMatrix } from "./environments.js";
import { functionOfCommand, functionOfWord } from "./functions.js";
import { isKnownCommand } from "./known.js";
import type { LatexToken } from "./lexer/state.js";
import { isName } from "./lexer/words.js";
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
import { call, nameExpr, opaque, Power, type Reader, unknownCommand, withRange } from "./reader.js";
import { arrowRule, atRule, callRules, implicitRule, moduloRule, opaqueRule, operatorRules, relationRule, stackRule } from "./rules.js";
import { canonicalText, emptyBase, numberOf } from "./scripts.js";

const starts = (p: Reader): boolean => p.startsOperand();

export class LatexParser extends CallReader {
  fork(tokens: readonly LatexToken[]): LatexParser {
    const p = new LatexParser(this.text, tokens, this.functions, this.defined, this.routines);
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
  protected isStart(index: number, placeholder = false): boolean {
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

  protected atClose(ahead = 0): boolean {
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
        return this.repeating(t) ?? numberOf(t);
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
    if (t.kind === "finish" || t.kind === "right") this.refuseOpen();
    return this.unexpected("a number, a name or a bracket");
  }

  /** 0.1\overline{6}: digits that repeat for ever. */
  private repeating(t: Token): Expr | undefined {
    const mark = this.peek();
    if (mark.kind !== "command" || !/^\\(?:overline|bar|dot)$/.test(mark.text) || mark.space) return undefined;
    const [whole, places] = /^(\d*)\.(\d*)$/.exec(this.text.slice(t.start, mark.start)) ? this.text.slice(t.start, mark.start).split(".") : [];
    const braced = this.peek(1).text === "{" && this.peek(3).text === "}";
    const digits = this.peek(braced ? 2 : 1);
    if (whole === undefined || places === undefined || digits.kind !== "number" || !/^\d{1,18}$/.test(digits.text)) return undefined;
    this.index += braced ? 4 : 2;
    const nines = 10n ** BigInt(digits.text.length) - 1n;
    const scale = 10n ** BigInt(places.length);
    const exact = rational(BigInt(`0${whole}${places}`) * nines + BigInt(digits.text), scale * nines);
    return { kind: "number", value: rationalToNumber(exact), exact, range: [t.start, this.previous().end] };
  }

  /** Fails at a bracket before the cursor that is still open inside its environment or \\left. */
  private refuseOpen(): void {
    let depth = 0;
    for (let i = this.index - 1; i >= 0; i--) {
      const t = this.tokens[i] as Token;
      if (t.kind === "begin" || t.kind === "left") {
        if (depth-- === 0) return;
      } else if (t.kind === "finish" || t.kind === "right") depth++;
      else if (depth === 0 && (t.text === "\\{" || (t.kind === "symbol" && /^[({[]$/.test(t.text))))
        fail("unbalanced", said`"${t.text}" is never closed`, [t.start, t.end], "close it or remove it");
      else if (depth === 0 && (t.text === "\\}" || (t.kind === "symbol" && /^[)}\]]$/.test(t.text)))) return;
    }
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
      if (right.length !== 1) this.failAt("missing-argument", said`${t.text} needs something on its right`, t);
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
    if (this.isRoutine(word, n)) {
      this.index += n;
      const args = this.callArguments();
      return call(word, args, place, [place[0], this.previous().end]);
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

  /**
   * A routine of the catalogue in plain letters before a bracket: cur(A, 5). Two letters are a product unless the bracket
   * holds several things or a matrix; letters that all have a value of their own are always one.
   */
  private isRoutine(word: string, letters: number): boolean {
    if (!this.routines.has(word) || functionOfWord(word) || this.naming) return false;
    const open = this.peek(letters);
    if (open.text !== "(" || open.space || [...word].every((c) => this.defined.has(c))) return false;
    if (word.length > 2) return true;
    const first = this.peek(letters + 1);
    if (first.kind === "begin" || first.kind === "literal" || (/^[A-Z]$/.test(first.text) && this.peek(letters + 2).text === ")")) return true;
    const index = this.index;
    this.index += letters;
    const several = this.holdsSeveral();
    this.index = index;
    return several;
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
        // √16 takes the whole number, \sqrt 16 one digit.
        const x = t.end - t.start === 1 && this.peek().kind === "number" ? numberOf(this.next()) : this.argument(t);
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
    }
    if (/^(arg)?(max|min)$|^(sup|inf|lim|limsup|liminf|varlimsup|varliminf)$/.test(name)) return this.extremum(t, name);
    const big = bigOps.get(name);
    if (big) return this.deeper(() => bigOperator(this, t, big, starts));
    const f = functionOfCommand(name);
    if (f) return this.functionCall(f, t);
    if (name === "Pr" || name === "deg" || name === "ker" || name === "hom") {
      if (name === "ker" && !this.isKind("symbol", "{") && starts(this)) return this.functionCall("null", t);
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
      this.failAt("missing-argument", said`${t.text} needs an argument`, t);
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
