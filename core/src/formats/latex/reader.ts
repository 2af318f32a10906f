// What every part of the LaTeX parser shares: the tokens, the names known so far, and the surroundings of the cursor.

import { type Expr, fail, type NameExpr, type Range, said } from "../../expr/index.js";
import { PrattParser, type Token } from "../grammar/index.js";
import type { LatexToken } from "./lexer/state.js";
import { type KnownNames, Names } from "./names.js";

/** Binding powers, loosest first. */
export const Power = { colon: 4, or: 6, and: 7, relation: 10, add: 20, multiply: 30, implicit: 40, unary: 50, script: 60 } as const;

/** What surrounds the cursor and changes how a sign reads. */
export interface Mode {
  /** The bar that closes the innermost open |...| or ‖...‖; "" when none is open at this level. */
  readonly bar: "" | "|" | "\\|";
  /** Inside a function's argument without brackets: it ends before the next function; "trig" also before "(". */
  readonly argument: "" | "plain" | "trig";
  /** Inside an integral: d and a name end the integrand. */
  readonly integral: boolean;
  /** At the level of statements: prose, wide spaces and row marks end an expression. */
  readonly top: boolean;
  /** Inside a cell of a matrix: & and \\ belong to the matrix. */
  readonly cell: boolean;
  /** In a line of a system of equations: & means nothing. */
  readonly aligned: boolean;
  /** The statement already holds a relation. */
  readonly related: boolean;
}

const noNames: KnownNames = new Set();

export const topMode: Mode = { bar: "", argument: "", integral: false, top: true, cell: false, aligned: false, related: false };

export abstract class Reader extends PrattParser {
  mode: Mode = topMode;
  /** Style command around the cursor, put around every letter: \mathbf{x y}. */
  style = "";
  /** Reading the left side of a definition: decorated letters are names. */
  naming = false;
  readonly functions: Names;
  readonly defined: Names;

  constructor(
    text: string,
    override readonly tokens: readonly LatexToken[],
    functions: KnownNames,
    defined: KnownNames,
    /** Names of routines that are called by their plain letters. */
    readonly routines: KnownNames = noNames,
  ) {
    super(text, tokens);
    this.functions = new Names(functions);
    this.defined = new Names(defined);
  }

  /** A parser of other tokens with the same knowledge. */
  abstract fork(tokens: readonly LatexToken[]): Reader;

  /** Reads with another mode. */
  within<T>(mode: Partial<Mode>, read: () => T): T {
    const outer = this.mode;
    this.mode = { ...outer, ...mode };
    const value = read();
    this.mode = outer;
    return value;
  }

  /** Reads inside brackets: nothing outside matters but a surrounding matrix. */
  inside<T>(read: () => T, cell = this.mode.cell): T {
    const outer = this.mode;
    this.mode = cell ? cellGroup : group;
    const value = read();
    this.mode = outer;
    return value;
  }

  override attempt<T>(read: () => T): T | undefined {
    const { mode, style, naming } = this;
    const value = super.attempt(read);
    this.mode = mode;
    this.style = style;
    this.naming = naming;
    return value;
  }

  /** Row marks mean nothing inside brackets outside a matrix. */
  skipRows(): void {
    if (!this.mode.cell) while (this.peek().kind === "row") this.index++;
  }

  /** One argument of a command: a group, or a single token. Fails `missing-argument` at `command`. */
  argument(command: Token, what = "an argument"): Expr {
    const t = this.peek();
    if (t.text === "{" && t.kind === "symbol") {
      if (this.peek(1).text === "}" && this.peek(1).kind === "symbol")
        this.failAt("missing-argument", said`${command.text} needs ${what}`, spanTokens(command, this.peek(1)));
      return this.braced();
    }
    if (t.kind === "end" || t.kind === "row" || t.kind === "right" || t.kind === "finish" || (t.kind === "symbol" && /^[}&)\],]$/.test(t.text)))
      this.failAt("missing-argument", said`${command.text} needs ${what}`, command);
    return this.deeper(() => this.single());
  }

  /** One token as an expression: a digit, a letter, a command with its own arguments. */
  abstract single(): Expr;
  /** Whether an operand begins here. */
  abstract startsOperand(): boolean;
  /** Whether a row mark here is in the middle of a formula broken over lines. */
  abstract continues(): boolean;
  /** The next primary without scripts. */
  abstract atom(): Expr;

  /** {...} as one expression. */
  braced(): Expr {
    const open = this.next();
    const value = this.inside(() => this.list("}", open));
    return value;
  }

  /** Comma-separated expressions up to the closing sign, which is taken; one expression stays itself. */
  list(close: string, open: Token): Expr {
    const items = this.items(() => this.at(close));
    const end = this.close(close, open);
    if (items.length === 1) return items[0] as Expr;
    if (items.length === 0) this.failAt("empty", said`nothing between "${open.text}" and "${close}"`, spanTokens(open, end));
    return { kind: "list", items, brackets: "", range: [open.start, end.end] };
  }

  /** Expressions separated by commas, semicolons or prose, until `done`. */
  items(done: () => boolean): Expr[] {
    const items: Expr[] = [];
    this.skipRows();
    while (!done() && this.peek().kind !== "end") {
      items.push(this.expression(0));
      this.skipRows();
      let comma = false;
      while (this.isSeparator()) {
        this.index++;
        this.refuseDouble(this.previous());
        this.skipRows();
        comma = true;
      }
      if (!comma) break;
    }
    return items;
  }

  /** Two commas, or two semicolons, with an entry missing between them. */
  refuseDouble(first: Token): void {
    const t = this.peek();
    if (first.kind === "symbol" && /^[,;]$/.test(first.text) && t.kind === "symbol" && t.text === first.text)
      this.failAt("unexpected-token", said`two "${t.text}" with nothing between them`, t, "remove one, or write what stands between");
  }

  isSeparator(): boolean {
    const t = this.peek();
    return t.kind === "symbol" && (t.text === "," || t.text === ";" || (t.text === "." && !/^[([]$/.test(this.tokens[this.index - 1]?.text ?? "")));
  }

  isKind(kind: string, text: string, ahead = 0): boolean {
    const t = this.peek(ahead);
    return t.kind === kind && t.text === text;
  }

  /** "(" or \left(. */
  atOpen(sign = "("): boolean {
    const t = this.peek();
    return t.text === sign && (t.kind === "symbol" || t.kind === "left");
  }
}

const group: Mode = { bar: "", argument: "", integral: false, top: false, cell: false, aligned: false, related: false };
const cellGroup: Mode = { ...group, cell: true };

/** From one token to another, as a token for messages. */
export const spanTokens = (a: Token, b: Token): Token => ({ ...a, end: b.end });

export const withRange = <E extends Expr>(e: E, start: number, end: number): E =>
  e.range[0] === start && e.range[1] === end ? e : { ...e, range: [start, end] };

/** A name as a node. */
export const nameExpr = (name: string, range: Range): NameExpr => ({ kind: "name", name, range });

export const opaque = (what: string, children: readonly Expr[], range: Range): Expr => ({ kind: "opaque", what, children, range });

export const call = (name: string, args: readonly Expr[], nameRange: Range, range: Range, named?: Readonly<Record<string, Expr>>): Expr =>
  named ? { kind: "call", name, nameRange, args, named, range } : { kind: "call", name, nameRange, args, range };

/** Items of a bracketed list, or the one expression. */
export const argumentsOf = (e: Expr): readonly Expr[] => (e.kind === "list" && e.brackets !== "{}" ? e.items : [e]);

export const unknownCommand = (t: Token): never =>
  fail(
    "unknown-command",
    said`unknown command ${t.text}`,
    [t.start, t.end],
    "define it with \\newcommand, or write \\operatorname{...} for a function",
  );
