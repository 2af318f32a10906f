// Functions and what they are applied to: \sin^2 x, f(x, y), f'(3), \log_2 8, E[X], and the scripts after any operand.

import type { Expr } from "../../expr/index.js";
import { said } from "../../expr/index.js";
import type { Token } from "../grammar/index.js";
import { expectation } from "./big.js";
import { isExpectation } from "./brackets.js";
import { inverseFunction, isTrigonometric } from "./functions.js";
import { opaqueRelations, relationOps } from "./operators.js";
import { argumentsOf, call, nameExpr, Power, Reader, withRange } from "./reader.js";
import { applyScripts, readScripts, type Scripts } from "./scripts.js";

/** Letters that are usually functions. */
const functionName = /^(?:[fghuvyFGH]|\\(?:phi|varphi|psi|sigma|Phi|Psi))$/;

const isInverse = (s: Scripts): boolean => {
  const p = s.sup?.power;
  return !s.sup?.marks && p?.kind === "unary" && p.op === "negate" && p.operand.kind === "number" && p.operand.value === 1;
};

/** O(n \log n) is an order of growth and no product. */
const isOrder = (name: string): boolean => /^(?:O|\\(?:mathcal|tilde)\{O\})$/.test(name);

/** The part of the parser that knows functions. */
export abstract class CallReader extends Reader {
  /** Whether the token at `index` lets a new expression begin after it. */
  protected abstract isStart(index: number, placeholder?: boolean): boolean;
  /** Whether a closing sign or an end follows. */
  protected abstract atClose(ahead?: number): boolean;

  /** A named function with its scripts and argument; the name has been taken. */
  functionCall(name: string, t: Token): Expr {
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
    if (!this.startsArgument()) return this.failAt("missing-argument", said`${t.text} needs an argument`, t);
    const argument = this.within({ argument: isTrigonometric(f) ? "trig" : "plain" }, () => this.expression(Power.implicit));
    return argumentsOf(argument);
  }

  private startsArgument(): boolean {
    const t = this.peek();
    return (
      (t.kind === "symbol" && (t.text === "-" || (t.text === "+" && !this.peek(1).space))) ||
      t.kind === "word" ||
      this.startsOperand() ||
      (this.at("\\cdot") && this.atClose(1))
    );
  }

  /** The arguments in the brackets that open here. */
  callArguments(curly = false): readonly Expr[] {
    const open = this.peek();
    if ((open.text === "(" || open.text === "[") && this.peek(1).text === (open.text === "(" ? ")" : "]") && open.kind !== "text") {
      this.index += 2;
      return [];
    }
    const e = this.atom();
    // f([1, 2]) has one argument, f([1, 2], 3) two.
    if (e.kind === "list" && e.brackets === "[]" && open.text === "(") return [e];
    if (e.kind === "list") return curly || e.brackets !== "{}" ? e.items : [e];
    return [e];
  }

  /** Scripts, factorials and arguments after a primary. */
  postfixes(primary: Expr, callable = true): Expr {
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
        const words = this.atOf();
        if (words > 0) {
          this.index += words;
          const right = this.expression(Power.implicit);
          return { kind: "binary", op: "dot", left: e, right, range: [e.range[0], right.range[1]] };
        }
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

  /** How many tokens spell the "of" of 50\% of 20. */
  private atOf(): number {
    const t = this.peek();
    if (t.kind === "text") return /^\s*(?:of|的)\s*$/.test(t.text) ? 1 : 0;
    const f = this.peek(1);
    const spelled = t.kind === "letter" && t.text === "o" && t.space && f.kind === "letter" && f.text === "f" && !f.space && this.peek(2).space;
    return spelled ? 2 : 0;
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
    if (!known && !this.defined.has(base.name) && s.sup && /^\([^()]+\)$/.test(s.sup.text) && functionName.test(e.name)) {
      // f^{(n)}(x): the n-th derivative, or the n-th of several functions; it stays as it stands.
      return call(`${base.name}^{${s.sup.text}}${"'".repeat(s.primes)}`, this.callArguments(), nameRange, [start, this.previous().end]);
    }
    if ((known || (!this.defined.has(base.name) && functionName.test(e.name))) && isInverse(s)) {
      // f^{-1}(x) is the inverse function, not the reciprocal.
      return call(`${base.name}^{-1}`, this.callArguments(), nameRange, [start, this.previous().end]);
    }
    if (derivatives > 0 && (known || (!this.defined.has(base.name) && !s.sup && this.isDerivative(e.name)))) {
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
        !(isOrder(base.name) || this.holdsSeveral()))
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
  holdsSeveral(): boolean {
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

  /** Whether the bracket after a primed name of this kind is what a derivative is taken at. */
  private isDerivative(name: string): boolean {
    return functionName.test(name) || (/^(?:[a-zA-Z]|\\[a-z]+)$/.test(name) && this.isSimpleGroup() && !/^[A-Z]$/.test(this.peek(1).text));
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
}
