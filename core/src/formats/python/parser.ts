// Python's own grammar over the grammar of code: statements, attributes, comprehensions, subscripts.

import { type BinaryOp, type Expr, fail, nearest, type Range, type Statement, said } from "../../expr/index.js";
import type { Infix, Token } from "../grammar/index.js";
import { REPLACED } from "../shared/assign.js";
import { call, integer, number } from "../shared/build.js";
import { CodeParser, define, isWhole } from "../shared/code.js";
import { type BinaryRule, P } from "../shared/dialect.js";
import { scanNested } from "../shared/nested.js";
import { checkNested } from "../shared/shape.js";
import { pythonDialect } from "./dialect.js";
import { attributes, functions, modules, part } from "./functions.js";
import { recordOf } from "./network.js";

/** What np.add.reduce and np.add.outer do, by the function's name. */
const ufuncs: Readonly<Record<string, readonly [reduce: string, outer: string]>> = {
  add: ["sum", "add"],
  multiply: ["prod", "elementwise"],
  subtract: ["", "subtract"],
  maximum: ["max", "maximum"],
  minimum: ["min", "minimum"],
  logical_and: ["all", ""],
  logical_or: ["any", ""],
};

/** np.add.accumulate and its kin. */
const accumulations: Readonly<Record<string, string>> = { add: "cumsum", multiply: "cumprod", maximum: "cummax", minimum: "cummin" };

/** torch.nn's modules without weights: what they compute, and of how many arguments. */
const layers: Readonly<Record<string, readonly [name: string, inputs: number]>> = {
  ReLU: ["relu", 1],
  Sigmoid: ["sigmoid", 1],
  Tanh: ["tanh", 1],
  GELU: ["gelu", 1],
  SiLU: ["silu", 1],
  Softplus: ["softplus", 1],
  LeakyReLU: ["leaky_relu", 1],
  ELU: ["elu", 1],
  Softmax: ["softmax", 1],
  LogSoftmax: ["log_softmax", 1],
  Identity: ["identity_", 1],
  Flatten: ["flattenfrom", 1],
  MSELoss: ["mse_loss", 2],
  L1Loss: ["l1_loss", 2],
  CrossEntropyLoss: ["cross_entropy", 2],
  NLLLoss: ["nll_loss", 2],
  BCELoss: ["binary_cross_entropy", 2],
  BCEWithLogitsLoss: ["binary_cross_entropy_with_logits", 2],
  CosineSimilarity: ["cosine_similarity", 2],
};

/** What a method that changes its array leaves in it, by the statement it stands in alone. */
const changingMethods = new Set(["sort", "resize", "fill", "append", "extend", "reverse"]);

/** Results whose parts have names: x.max(dim=1).values. */
const withParts = new Set(["max", "min", "sort", "topk", "median"]);

/** Most items a repeated list is written out to. */
const maxRepeated = 100_000;

/** A list or tuple written out, marked as one. */
function asList(e: Expr, text: string): Expr {
  if (e.flavour !== undefined || (e.kind !== "array" && e.kind !== "literal" && !(e.kind === "call" && e.name === "comprehension"))) return e;
  const first = text[e.range[0]];
  return first === "[" || first === "(" || (e.kind === "array" && /[\d\w]/.test(first ?? "")) ? { ...e, flavour: "list" } : e;
}

export class PythonParser extends CodeParser {
  protected override skippable(t: Token): boolean {
    return t.text === "import" || (t.text === "from" && this.peek(1).kind === "name");
  }

  protected override statement(): Statement | null {
    if (this.peek().text === "def" && this.peek().kind === "name") return this.definition();
    // An annotated definition: A: np.ndarray = ...
    if (this.peek().kind === "name" && this.peek(1).text === ":") {
      for (let ahead = 2; ahead < 40; ahead++) {
        const t = this.peek(ahead);
        if (t.kind === "newline" || t.kind === "end") break;
        if (t.text !== "=") continue;
        const target = this.next();
        while (!this.at("=")) this.next();
        this.next();
        const body = this.whole_(this.expression());
        return { kind: "define", name: target.text, body, range: [target.start, body.range[1]], nameRange: [target.start, target.end] };
      }
    }
    const first = this.peek();
    const s = super.statement();
    if (s?.kind === "define") return { ...s, body: asList(s.body, this.text) };
    if (s?.kind !== "expression") return s;
    // x.sort(), x.add_(1) alone on their line change x.
    if (s.body === this.changed && first.kind === "name") return { ...s, kind: "define", name: first.text, nameRange: [first.start, first.end] };
    return { ...s, body: this.whole_(s.body) };
  }

  /** What the last method that changes its array in place comes to. */
  private changed: Expr | undefined;

  /** In a = b = 3 the value has further names. */
  protected override assigned(): Expr {
    const t = this.peek();
    if (t.kind === "name" && this.peek(1).text === "=" && this.peek(1).kind === "op") {
      this.next();
      this.next();
      const body = this.assigned();
      this.before.push(define(t, asList(body, this.text)));
      return { kind: "name", name: t.text, range: [t.start, t.end] };
    }
    return this.whole_(this.expression());
  }

  /** `def f(x): return ...`, with plain assignments before the return: a function of its parameters. */
  private definition(): Statement {
    const start = this.next();
    const target = this.next();
    if (target.kind !== "name" || !this.accept("(")) return this.failAt("not-a-formula", '"def" begins a function', start);
    const params: string[] = [];
    const defaults: (Expr | undefined)[] = [];
    while (!this.at(")")) {
      if (this.accept("*")) {
        if (this.accept(",")) continue;
        return this.failAt("unsupported", "this kind of parameter is not read", this.peek());
      }
      const p = this.next();
      if (p.kind !== "name") return this.failAt("unsupported", "this kind of parameter is not read", p);
      params.push(p.text);
      if (this.accept(":")) this.annotation();
      defaults.push(this.accept("=") ? this.expression() : undefined);
      if (!this.accept(",")) break;
    }
    if (!this.accept(")")) this.unexpected('")"');
    while (!this.at(":") && !this.atEnd() && this.peek().kind !== "newline") this.next();
    if (!this.accept(":")) this.unexpected('":"');
    const bindings: { name: string; value: Expr }[] = [];
    for (;;) {
      this.skipSeparators();
      const t = this.peek();
      if (t.kind === "string") {
        this.next();
        continue;
      }
      if (t.text === "return" && t.kind === "name") break;
      const s = t.kind === "name" && !this.dialect.keywords.has(t.text) ? super.statement() : null;
      if (s?.kind !== "define" || this.before.length > 0)
        return this.failAt("unsupported", "functions are read when they assign names and return a value; loops and branches are not run", t);
      bindings.push({ name: s.name, value: s.body });
    }
    this.next();
    const value = this.assigned();
    const body = bindings.reduceRight<Expr>((inner, b) => ({ kind: "substitute", body: inner, bindings: [b], range: inner.range }), value);
    return {
      kind: "define",
      name: target.text,
      params,
      ...(defaults.some((d) => d) && { defaults }),
      body,
      range: [start.start, value.range[1]],
      nameRange: [target.start, target.end],
    };
  }

  /** Passes over a type, up to what follows it. */
  private annotation(): void {
    for (let depth = 0; !this.atEnd(); this.next()) {
      const { text } = this.peek();
      if (depth === 0 && (text === "," || text === ")" || text === "=")) return;
      if (text === "[" || text === "(") depth++;
      else if (text === "]" || text === ")") depth--;
    }
  }

  /** `1, 2, 3` is a tuple; a nested list that is the whole statement is an array. */
  private whole_(first: Expr): Expr {
    let body = first;
    if (this.at(",")) {
      const items = [first];
      while (this.accept(",")) {
        if (this.atEnd() || this.peek().kind === "newline") break;
        items.push(this.expression());
      }
      body = { kind: "array", items, range: [first.range[0], this.previous().end] };
    } else if (body.kind === "array") checkNested(body);
    return body;
  }

  protected override prefix(): Expr {
    const t = this.peek();
    if (t.kind === "name") {
      if (t.text === "not") {
        this.next();
        const operand = this.expression(P.not);
        return { kind: "unary", op: "not", operand, range: [t.start, operand.range[1]] };
      }
      if (t.text === "lambda") return this.lambda();
    }
    if (t.kind === "op" && t.text === "~") {
      this.next();
      const operand = this.expression(P.unary);
      return call("bitnot", [operand], [t.start, operand.range[1]], [t.start, t.end]);
    }
    if (t.kind === "name") {
      if ((t.text === "b" || t.text === "r" || t.text === "f") && this.peek(1).kind === "string" && !this.peek(1).space) this.next();
    }
    return super.prefix();
  }

  protected override member(receiver: Expr, t: Token): Expr {
    const called = this.at("(");
    // jnp.zeros(3).at[1].set(5.0): a copy with the place changed.
    if (t.text === "at" && this.at("[")) return call("at", [receiver], [receiver.range[0], t.end]);
    const place = receiver.kind === "index" && receiver.base.kind === "call" && receiver.base.name === "at" ? receiver : undefined;
    if (place && called) return this.changedAt(place, t);
    if (t.text === "size" && called) {
      const a = this.arguments(")");
      const range: Range = [receiver.range[0], this.previous().end];
      const shape = call("shape", [receiver], range, [t.start, t.end]);
      const at = a.args[0] ?? a.named["dim"];
      return at ? { kind: "index", base: shape, indices: [at], origin: 0, range } : shape;
    }
    if (t.text === "values" && !called && receiver.kind === "call" && withParts.has(receiver.name))
      return part(receiver, "values", [receiver.range[0], t.end]);
    if (!called && receiver.kind === "call" && receiver.name === "listof") return part(receiver, t.text, [receiver.range[0], t.end]);
    if (t.text === "indices" && !called) return part(receiver, "indices", [receiver.range[0], t.end]);
    if (
      !called &&
      !pythonDialect.methods?.has(t.text) &&
      !Object.hasOwn(attributes, t.text) &&
      (receiver.kind === "name" || receiver.kind === "index" || (receiver.kind === "call" && receiver.name === "listof"))
    )
      return part(receiver, t.text, [receiver.range[0], t.end]);
    const attribute = Object.hasOwn(attributes, t.text) && !this.at("(") ? attributes[t.text] : undefined;
    if (attribute !== undefined) return part(receiver, attribute, [receiver.range[0], t.end]);
    // np.add.reduce(x), np.subtract.outer(x, y): a function of two numbers over many.
    if (receiver.kind === "name" && Object.hasOwn(ufuncs, receiver.name) && this.at("(")) {
      const by: Expr = { kind: "string", value: ufuncs[receiver.name]?.[t.text === "outer" ? 1 : 0] ?? "", range: receiver.range };
      const a = this.arguments(")");
      const range: Range = [receiver.range[0], this.previous().end];
      const running = accumulations[receiver.name];
      if (t.text === "accumulate" && running)
        return call(running, a.args.slice(0, 1), range, receiver.range, { axis: integer(0, range), ...a.named });
      if (t.text === "reduce") return call("reduced", a.args.slice(0, 1), range, receiver.range, { by, ...a.named });
      if (t.text === "outer") return call("outerof", a.args, range, receiver.range, { by });
      fail("unsupported", said`".${t.text}" of a function is not understood`, [t.start, t.end]);
    }
    // scipy.stats.norm.pdf(x): the normal distribution.
    if (receiver.kind === "name" && receiver.name === "norm" && (t.text === "pdf" || t.text === "cdf" || t.text === "ppf") && this.at("(")) {
      const a = this.arguments(")");
      return call(`normal${t.text === "ppf" ? "quantile" : t.text}`, a.args, [receiver.range[0], this.previous().end], [t.start, t.end], a.named);
    }
    const e = super.member(receiver, t);
    if (called && receiver.kind === "name" && (t.text.endsWith("_") || changingMethods.has(t.text))) this.changed = e;
    return e;
  }

  /** x.at[i].set(v), .add(v), .multiply(v). */
  private changedAt(place: Extract<Expr, { kind: "index" }>, t: Token): Expr {
    const a = this.arguments(")");
    const at: Expr = { ...place, base: (place.base as Extract<Expr, { kind: "call" }>).args[0] as Expr };
    const given = a.args[0] ?? this.failAt("missing-argument", "a value is missing between the brackets", t);
    const ops: Readonly<Record<string, BinaryOp>> = {
      add: "add",
      subtract: "subtract",
      multiply: "elementwise",
      mul: "elementwise",
      divide: "elementdivide",
      power: "elementpower",
    };
    const op = ops[t.text];
    if (t.text !== "set" && !op) return fail("unsupported", said`".at[].${t.text}" is not understood`, [t.start, t.end]);
    const value: Expr = op ? { kind: "binary", op, left: at, right: given, range: given.range } : given;
    return call(REPLACED, [at, value], [place.range[0], this.previous().end]);
  }

  /** `a if c else b` is a case of a; in a list it may begin a comprehension, which is refused where lists are read. */
  protected override infix(left: Expr): Infix<this> | undefined {
    const t = this.peek();
    if (t.kind === "name" && t.text === "if")
      return {
        power: P.or - 5,
        parse: (_p, value) => {
          this.next();
          const condition = this.expression(P.or - 4);
          if (!this.at("else")) this.failAt("unsupported", "conditions are not run", t);
          this.next();
          const otherwise = this.expression(P.or - 5);
          return {
            kind: "cases",
            branches: [
              { value, condition },
              { value: otherwise, condition: null },
            ],
            range: [value.range[0], otherwise.range[1]],
          };
        },
      };
    return super.infix(left);
  }

  private lambda(): Expr {
    const start = this.next();
    const params: string[] = [];
    const defaults: (Expr | undefined)[] = [];
    while (this.peek().kind === "name") {
      params.push(this.next().text);
      defaults.push(this.accept("=") ? this.expression() : undefined);
      if (!this.accept(",")) break;
    }
    if (!this.accept(":")) this.unexpected('":"');
    const body = this.expression();
    return { kind: "lambda", params, ...(defaults.some((d) => d) && { defaults }), body, range: [start.start, body.range[1]] };
  }

  protected override qualifiedName(t: Token): string {
    this.ofTorch = false;
    if (!modules.has(t.text) || this.options.defined?.has(t.text)) return t.text;
    this.ofTorch = t.text === "torch" || t.text === "F" || t.text === "nn";
    let last = t;
    let random = false;
    while (this.at(".") && this.peek(1).kind === "name") {
      this.next();
      last = this.next();
      if (last.text === "random" || last.text === "distributions" || last.text === "datasets") random = true;
      if (!modules.has(last.text) && !random) break;
    }
    if (random)
      fail(
        "unsupported",
        said`${this.text.slice(t.start, last.end)} is not computed here: nothing is drawn at random`,
        [t.start, last.end],
        "paste the printed array instead",
      );
    if (last.text === "return_types" && this.at(".")) {
      // torch.return_types.max(values=..., indices=...): its parts.
      this.next();
      this.next();
      return "EigResult";
    }
    if (last === t) return t.text;
    if (last.text === "e") return "np.e";
    if (last.text === "newaxis") return "None";
    if (Object.hasOwn(layers, last.text) && this.at("(")) return last.text;
    if (last.text === "I") return "np.I";
    if (
      !functions.has(last.text) &&
      !pythonDialect.constants.has(last.text) &&
      !["r_", "c_", "s_", "mgrid"].includes(last.text) &&
      !/^(u?int|float|complex|bfloat|bool|double|long|half)\d*$/.test(last.text)
    )
      this.unknownMember(t, last);
    return last.text;
  }

  /** nn.Softmax(dim=1): the function it computes. */
  private layer([name, inputs]: readonly [string, number], nameRange: Range): Expr {
    const a = this.arguments(")");
    const range: Range = [nameRange[0], this.previous().end];
    const params = ["x", "y"].slice(0, inputs);
    const args = params.map((p): Expr => ({ kind: "name", name: p, range }));
    const body = name === "identity_" ? (args[0] as Expr) : this.build(name, { args: [...args, ...a.args], named: a.named, nameRange, range });
    return { kind: "lambda", params, body, range };
  }

  /** Whether the name read last stands in a module of PyTorch. */
  private ofTorch = false;

  /** np.linalg.invv: what is known under a similar name. */
  private unknownMember(first: Token, last: Token): never {
    const near = nearest(last.text, [...functions.keys()]);
    const path = this.text.slice(first.start, last.start);
    return fail(
      "unsupported",
      said`${this.text.slice(first.start, last.end)} is not understood`,
      [first.start, last.end],
      near ? said`Did you mean ${path + near}?` : undefined,
    );
  }

  protected override callNamed(spelled: string, nameRange: Range): Expr {
    const layer = Object.hasOwn(layers, spelled) ? layers[spelled] : undefined;
    if (layer && (this.ofTorch || !this.options.defined?.has(spelled))) return this.layer(layer, nameRange);
    if (this.ofTorch) {
      this.ofTorch = false;
      const e =
        spelled === "equal"
          ? call("array_equal", this.arguments(")").args, [nameRange[0], this.previous().end])
          : super.callNamed(spelled, nameRange);
      return { ...e, flavour: "tensor" } as Expr;
    }
    // tf.Tensor([[1. 2.]], shape=...) holds a printed array: its brackets are read as such.
    return super.callNamed(spelled, nameRange);
  }

  protected override plainName(spelled: string, range: Range): Expr {
    if ((spelled === "r_" || spelled === "c_" || spelled === "mgrid") && this.at("[")) {
      const open = this.next();
      const items: Expr[] = [];
      this.deeper(() => {
        while (!this.at("]")) {
          items.push(this.gridRange(this.subscript("]")));
          if (!this.accept(",")) break;
        }
      });
      const end = this.close("]", open);
      return call(spelled === "r_" ? "hstack" : spelled === "c_" ? "column_stack" : "mgrid", items, [range[0], end.end], range);
    }
    return super.plainName(spelled, range);
  }

  /** 1:4 in np.r_ counts up to 4; with an imaginary step it is that many points. */
  private gridRange(e: Expr): Expr {
    if (e.kind !== "range") return e;
    if (e.step?.kind === "number" && e.step.imaginary && e.start && e.stop)
      return call("linspace", [e.start, e.stop, number(e.step.value, e.step.range, e.step.exact)], e.range);
    return { ...e, start: e.start ?? integer(0, e.range), flavour: "array" };
  }

  /** A written list times a whole number repeats it. */
  protected override binaryRule(rule: BinaryRule): Infix<this> {
    const made = super.binaryRule(rule);
    if (rule.op === "add")
      return {
        power: made.power,
        parse: (p, left) => {
          const e = made.parse(p, left);
          return e.kind === "binary" ? { ...e, left: asList(e.left, this.text), right: asList(e.right, this.text) } : e;
        },
      };
    if (rule.op !== "elementwise") return made;
    return {
      power: made.power,
      parse: (p, left) => {
        const e = made.parse(p, left);
        if (e.kind !== "binary") return e;
        const items = this.itemsOf(e.left) ?? this.itemsOf(e.right);
        const times = this.itemsOf(e.left) ? e.right : e.left;
        if (!items || times.kind !== "number" || !isWhole(times) || times.value * items.length > maxRepeated) return e;
        return { kind: "array", items: Array.from({ length: Math.max(0, times.value) }, () => items).flat(), range: e.range };
      },
    };
  }

  /** The items of a list written out here; null for everything else. */
  private itemsOf(e: Expr): readonly Expr[] | null {
    if (this.text[e.range[0]] !== "[" && this.text[e.range[0]] !== "(") return null;
    if (e.kind === "array") return e.items;
    if (e.kind !== "literal" || e.value.shape.length !== 1 || e.value.imag) return null;
    const { data, exact } = e.value;
    return Array.from(data, (x, k) => number(x, e.range, exact?.[k]));
  }

  protected override squareBrackets(): Expr {
    const open = this.peek();
    const printed = scanNested(this.text, open.start, { open: "[", close: "]", separator: " ", hint: this.dialect.truncationHint });
    if (printed) {
      while (this.peek().start < printed.end && !this.atEnd()) this.next();
      if (/^\[-?[\d.]+\s-\d/.test(this.text.slice(open.start, printed.end)))
        this.notes.push("blanks part the entries, as in a printed array; as an expression the sign would subtract");
      return printed.literal;
    }
    const e = this.list("]");
    // [f(x) for x in items] is the list itself.
    return e.kind === "array" && e.items.length === 1 && e.items[0] === this.generated ? { ...this.generated, range: e.range } : e;
  }

  protected override element(): Expr {
    if (this.at("*")) this.failAt("unsupported", "unpacking with * is not read", this.peek());
    const e = this.expression();
    if (this.peek().text !== "for" || this.peek().kind !== "name") return e;
    this.generated = this.comprehension(e);
    return this.generated;
  }

  /** The comprehension read last. */
  private generated: Expr | undefined;

  /** `value for x, y in items if condition`, from the `for` on; a second `for` runs inside the first. */
  private comprehension(value: Expr): Expr {
    const start = this.next();
    const params: string[] = [];
    const open = this.accept("(");
    while (this.peek().kind === "name" && this.peek().text !== "in") {
      params.push(this.next().text);
      if (!this.accept(",")) break;
    }
    if (open) this.accept(")");
    if (params.length === 0 || this.peek().text !== "in") return this.failAt("unexpected-token", 'expected "in" and what to walk over', this.peek());
    this.next();
    const items = this.expression(P.or);
    let condition: Expr | undefined;
    while (this.peek().text === "if" && this.peek().kind === "name") {
      this.next();
      const c = this.expression(P.or);
      condition = condition ? { kind: "binary", op: "and", left: condition, right: c, range: [condition.range[0], c.range[1]] } : c;
    }
    const inner = this.peek().text === "for" && this.peek().kind === "name";
    const body = inner ? this.comprehension(value) : value;
    const range: Range = [value.range[0], this.previous().end];
    const args: Expr[] = [{ kind: "lambda", params, body, range }, items];
    if (condition) args.push({ kind: "lambda", params, body: condition, range: condition.range });
    const joined = inner ? { joined: { kind: "boolean", value: true, range } as Expr } : undefined;
    return call("comprehension", args, range, [start.start, start.end], joined);
  }

  /** {"a": 1, "b": [2, 3]}: values under their names. */
  protected override braces(): Expr {
    const open = this.next();
    const fields: Record<string, Expr> = {};
    this.deeper(() => {
      while (!this.at("}")) {
        const key = this.peek();
        if ((key.kind !== "string" && key.kind !== "number") || this.peek(1).text !== ":")
          return this.failAt("unsupported", "sets, and dictionaries whose keys are computed, are not read", key);
        this.next();
        this.next();
        Object.defineProperty(fields, key.kind === "string" ? String(key.value) : key.text, {
          value: this.element(),
          enumerable: true,
          configurable: true,
        });
        if (!this.accept(",")) break;
      }
    });
    const range: Range = [open.start, this.close("}", open).end];
    if (Object.keys(fields).length === 0) fail("empty", "there is nothing between the brackets", range);
    return recordOf(fields, range);
  }

  protected override argument(): Expr {
    // dtype=<class 'float'>, grad_fn=<MmBackward0>: what a print-out says about itself.
    if (this.at("<")) {
      const open = this.next();
      while (!this.at(">")) {
        if (this.atEnd()) this.failAt("unbalanced", '"<" is never closed by ">"', open);
        this.next();
      }
      const end = this.next();
      return { kind: "string", value: "", range: [open.start, end.end] };
    }
    const e = this.element();
    if (this.at("if")) this.failAt("unsupported", "conditions are not run", this.peek());
    return e;
  }

  protected override subscript(close: string): Expr {
    const t = this.peek();
    if (t.kind === "dots") {
      this.next();
      return { kind: "hole", range: [t.start, t.end] };
    }
    return super.subscript(close);
  }

  /** The k-th of n lists of places as an array along its own axis, so that they cross. */
  private onAxis(e: Expr, k: number, n: number): Expr {
    const shape = Array.from({ length: n }, (_, d) => integer(d === k ? -1 : 1, e.range));
    return call("reshape", [e, ...shape], e.range);
  }

  /** None in an index adds an axis; `...` stands for the places between. */
  protected override indexNode(base: Expr, indices: readonly Expr[], range: Range): Expr {
    const [only] = indices;
    if (indices.length === 1 && only?.kind === "call" && only.name === "ix")
      return super.indexNode(
        base,
        only.args.map((e, k) => (only.args.length > 1 ? this.onAxis(e, k, only.args.length) : e)),
        range,
      );
    if (indices.length === 1 && only?.kind === "array" && only.items.length > 0 && only.items.every((e) => e.kind === "string"))
      return call("framecolumns", [base, { ...only }], range);
    const isAxis = (e: Expr) => (e.kind === "number" && Number.isNaN(e.value)) || (e.kind === "name" && e.name === "None");
    if (indices.some((e) => e.kind === "hole")) {
      if (indices.length === 1) return base;
      const i = indices.findIndex((e) => e.kind === "hole");
      if (i === indices.length - 1) return this.indexNode(base, indices.slice(0, -1), range);
      const rest = indices.slice(i + 1);
      if (i === 0 && rest.length === 1 && isAxis(rest[0] as Expr)) return call("expand_dims", [base, integer(-1, range)], range);
      if (i === 0) {
        // From the last axis on: reverse the axes, index, reverse again.
        const reversed: Expr = { kind: "unary", op: "transpose", operand: base, range };
        return { kind: "unary", op: "transpose", operand: this.indexNode(reversed, [...rest].reverse(), range), range };
      }
      return fail("unsupported", "`...` in this place of an index is not read", (indices[i] as Expr).range);
    }
    if (!indices.some(isAxis)) return super.indexNode(base, indices, range);
    const places: number[] = [];
    let axis = 0;
    const kept: Expr[] = [];
    for (const e of indices) {
      if (isAxis(e)) places.push(axis++);
      else {
        kept.push(e);
        if (e.kind === "range" || e.kind === "array") axis++;
      }
    }
    const whole = kept.every((e) => e.kind === "range" && !e.start && !e.stop && !e.step);
    let out: Expr = whole ? base : super.indexNode(base, kept, range);
    for (const at of places) out = call("expand_dims", [out, integer(at, range)], range);
    return out;
  }
}
