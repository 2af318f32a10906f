// Subscripts, superscripts and primes: what belongs to a name, what is an operation.

import { type Expr, FormulaFailure, fail, type NameExpr, said, type UnaryOp } from "../../expr/index.js";
import type { Token } from "../grammar/index.js";
import { functionOfCommand } from "./functions.js";
import { isKnownCommand } from "./known.js";
import type { LatexToken } from "./lexer/state.js";
import { nameExpr, opaque, type Reader, unknownCommand } from "./reader.js";

export interface Sup {
  /** Marks applied in order, or a power. */
  readonly marks?: readonly UnaryOp[];
  readonly power?: Expr;
  /** A^{\circ 2}, A^{\odot 2}: the power of every entry. */
  readonly entrywise?: boolean;
  /** Canonical text of the superscript, when it may be part of a name: x^{*}, x^{(k)}. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface Scripts {
  readonly sub?: { readonly text: string; readonly indices?: readonly Expr[]; readonly start: number; readonly end: number };
  readonly sup?: Sup;
  readonly primes: number;
  readonly end: number;
}

/** Reads _..., ^... and ' in any order. */
export function readScripts(p: Reader, base: Expr | null): Scripts {
  let sub: Scripts["sub"];
  let sup: Sup | undefined;
  let primes = 0;
  let end = p.previous().end;
  for (;;) {
    const t = p.peek();
    if (t.kind !== "symbol") break;
    if (t.text === "_") {
      if (sub) p.failAt("double-subscript", "two subscripts on one base", t, "write x_{a,b}, or brackets around the first");
      p.index++;
      sub = readSub(p, t);
      end = sub.end;
    } else if (t.text === "^") {
      if (sup) p.failAt("double-superscript", "two superscripts on one base", t, "write {x^a}^b or x^{ab}");
      p.index++;
      sup = readSup(p, t, base);
      end = sup.end;
      if (sup.marks?.every((m) => m === "prime")) {
        primes += sup.marks.length;
        sup = undefined;
      }
    } else if (t.text === "'") {
      p.index++;
      primes++;
      end = t.end;
    } else break;
  }
  return { ...(sub && { sub }), ...(sup && { sup }), primes, end };
}

/** The tokens of one script: [from, to) inside the braces, or one token (with the arguments of a command). */
function extent(p: Reader, mark: Token): { from: number; to: number; end: number } {
  const t = p.peek();
  if (t.kind === "symbol" && t.text === "{") {
    const from = p.index + 1;
    let depth = 0;
    let i = p.index;
    for (; i < p.tokens.length; i++) {
      const u = p.tokens[i] as Token;
      if (u.kind !== "symbol") continue;
      if (u.text === "{") depth++;
      else if (u.text === "}" && --depth === 0) break;
    }
    return { from, to: i, end: i + 1 };
  }
  if (t.kind === "end" || t.kind === "right" || t.kind === "finish" || t.kind === "row" || (t.kind === "symbol" && /^[}&^_)\]]$/.test(t.text)))
    p.failAt(t.kind === "end" ? "unexpected-end" : "missing-argument", said`nothing after "${mark.text}"`, mark);
  let to = p.index + 1;
  // A style or an accent takes its argument along: x_\mathrm{T}, x_\mathcal X.
  if (t.kind === "command" && !p.isKind("symbol", "_", 1) && /^\\(math|bold|hat|bar|tilde|vec|wide|over|frac|sqrt|text)/.test(t.text)) {
    for (let n = t.text === "\\frac" ? 2 : 1; n > 0; n--) {
      const u = p.tokens[to] as Token;
      if (u.kind === "symbol" && u.text === "{") {
        let depth = 0;
        for (; to < p.tokens.length; to++) {
          const v = p.tokens[to] as Token;
          if (v.kind === "symbol" && v.text === "{") depth++;
          else if (v.kind === "symbol" && v.text === "}" && --depth === 0) break;
        }
        to++;
      } else if (u.kind !== "end") to++;
    }
  }
  return { from: p.index, to: Math.min(to, p.tokens.length - 1), end: Math.min(to, p.tokens.length - 1) };
}

/** Canonical text of tokens: no spaces but where LaTeX needs them, words without \text. */
export function canonicalText(tokens: readonly Token[], from: number, to: number): string {
  let out = "";
  for (let i = from; i < to; i++) {
    const t = tokens[i] as Token;
    let s = t.text;
    if (t.kind === "row") s = ",";
    else if (t.kind === "begin") s = `\\begin{${s}}`;
    else if (t.kind === "finish") s = `\\end{${s}}`;
    else if (t.kind === "left") s = s === "." ? "" : s;
    else if (t.kind === "right") s = s === "." ? "" : s;
    else if (t.kind === "text") s = s.replace(/[\s\\{}$&#^_%~]/g, "");
    else if (t.kind === "command" && functionOfCommand(s.slice(1))) s = s.slice(1);
    else if (t.kind === "command" && !isKnownCommand(s)) unknownCommand(t);
    if (/[A-Za-z]$/.test(out) && /\\[A-Za-z]+$/.test(out) && /^[A-Za-z]/.test(s)) out += " ";
    out += s;
  }
  return out;
}

function readSub(p: Reader, mark: Token): NonNullable<Scripts["sub"]> {
  const first = p.peek();
  const { from, to, end } = extent(p, mark);
  const last = p.tokens[end - 1] as Token;
  const start = mark.start;
  if (to - from === 1) {
    const t = p.tokens[from] as LatexToken;
    if (t.kind === "letter" || t.kind === "number") {
      p.index = end;
      const index: Expr = t.kind === "letter" ? nameExpr(t.text, [t.start, t.end]) : numberOf(t);
      return { text: t.text, indices: [index], start, end: last.end };
    }
  }
  if (to === from) p.failAt("missing-argument", "an empty subscript", { ...mark, end: last.end });
  const text = canonicalText(p.tokens, from, to);
  p.index = end;
  if (first.kind === "end") p.failAt("unexpected-end", 'nothing after "_"', mark);
  const indices = looksLikeIndex(text) ? indicesOf(p, from, to) : undefined;
  return { text, ...(indices && { indices }), start, end: last.end };
}

const looksLikeIndex = (text: string): boolean =>
  text.length <= 200 &&
  !/[A-Za-z]{3}(?![A-Za-z]*[\\{])/.test(text.replace(/\\[A-Za-z]+/g, "\\")) &&
  !/[=<>|'"[\]]|\\(in|leq|geq|neq|sim|rightarrow|mid|begin)/.test(text);

/** The subscript as indices: comma-separated expressions, ":" for all. */
function indicesOf(p: Reader, from: number, to: number): readonly Expr[] | undefined {
  const tokens: LatexToken[] = [];
  for (let i = from; i < to; i++) {
    const t = p.tokens[i] as LatexToken;
    if (t.kind === "word")
      for (const c of t.text)
        tokens.push({
          ...t,
          kind: /\d/.test(c) ? "number" : "letter",
          text: c,
          value: /\d/.test(c) ? { value: Number(c), exact: { num: BigInt(c), den: 1n } } : undefined,
        });
    else if (t.kind === "text" || t.kind === "row" || t.kind === "begin") return undefined;
    else tokens.push(t.wide ? { ...t, wide: false } : t);
  }
  const at = (p.tokens[to] as Token).start;
  tokens.push({ kind: "end", text: "", start: at, end: at, space: true, wide: false });
  const inner = p.fork(tokens);
  inner.depth = p.depth + 1;
  const items: Expr[] = [];
  try {
    inner.inside(() => {
      for (;;) {
        const t = inner.peek();
        if (t.text === ":" && (inner.peek(1).kind === "end" || inner.peek(1).text === ",")) {
          inner.next();
          items.push({ kind: "range", inclusive: true, range: [t.start, t.end] });
        } else items.push(inner.expression(0));
        if (!inner.accept(",")) break;
      }
    }, false);
  } catch (e) {
    if (e instanceof FormulaFailure && e.error.kind !== "too-large" && e.error.kind !== "unknown-command") return undefined;
    throw e;
  }
  return inner.peek().kind === "end" ? items : undefined;
}

export function numberOf(t: Token): Expr {
  const v = t.value as { value: number; exact?: { num: bigint; den: bigint } };
  return v.exact
    ? { kind: "number", value: v.value, exact: v.exact, range: [t.start, t.end] }
    : { kind: "number", value: v.value, range: [t.start, t.end] };
}

/** Superscripts that are marks: their significant tokens, joined. */
const marks: Readonly<Record<string, readonly UnaryOp[]>> = {
  T: ["transpose"],
  "\\top": ["transpose"],
  "\\intercal": ["transpose"],
  top: ["transpose"],
  TT: ["transpose", "transpose"],
  "\\top\\top": ["transpose", "transpose"],
  "*": ["adjoint"],
  "**": ["adjoint", "adjoint"],
  H: ["adjoint"],
  "\\dagger": ["dagger"],
  "+": ["dagger"],
  "\\prime": ["prime"],
  "\\prime\\prime": ["prime", "prime"],
  "\\prime\\prime\\prime": ["prime", "prime", "prime"],
  "'": ["prime"],
  "''": ["prime", "prime"],
};
/** Marks of an inverse: A^{-\top}. */
const inverseMarks: Readonly<Record<string, UnaryOp>> = {
  "-T": "transpose",
  "-\\top": "transpose",
  "-\\intercal": "transpose",
  "-*": "adjoint",
  "-H": "adjoint",
  "-\\dagger": "adjoint",
};

function readSup(p: Reader, mark: Token, base: Expr | null): Sup {
  const { from, to, end } = extent(p, mark);
  const start = mark.start;
  const last = p.tokens[end - 1] as Token;
  const place = { start, end: last.end };
  if (to === from) {
    if (base?.kind === "name") {
      p.index = end;
      return { text: "", marks: [], ...place };
    }
    p.failAt("missing-argument", "an empty superscript", { ...mark, end: last.end });
  }
  if (to - from <= 6) {
    let key = "";
    for (let i = from; i < to; i++) {
      const t = p.tokens[i] as Token;
      if (t.kind === "symbol" && (t.text === "{" || t.text === "}")) continue;
      if (t.kind === "command" && /^\\math(sf|rm|bf|it|tt|normal|cal)$/.test(t.text)) continue;
      key += t.text;
    }
    const plainT = /^-?[TH]$/.test(key) && p.defined.has(key.slice(-1));
    if (Object.hasOwn(marks, key) && !plainT) {
      p.index = end;
      return { marks: marks[key] as readonly UnaryOp[], text: key === "top" ? "\\top" : key, ...place };
    }
    const inverse = plainT ? undefined : inverseMarks[key];
    if (inverse) {
      p.index = end;
      const one: Expr = {
        kind: "unary",
        op: "negate",
        operand: { kind: "number", value: 1, exact: { num: 1n, den: 1n }, range: [start, last.end] },
        range: [start, last.end],
      };
      return { power: one, marks: [inverse], text: key, ...place };
    }
    if (
      key === "\\circ" ||
      key === "\\degree" ||
      key === "\\star" ||
      key === "\\perp" ||
      key === "-" ||
      key === "\\bot" ||
      key === "\\bullet" ||
      key === "\\ddagger" ||
      key === "\\sharp" ||
      key === "\\flat"
    ) {
      p.index = end;
      return { text: key, ...place };
    }
  }
  const hadamard = p.tokens[from] as Token;
  if (to - from >= 2 && (hadamard.text === "\\circ" || hadamard.text === "\\odot") && hadamard.kind === "command") {
    const inner = indicesOf(p, from + 1, to);
    if (inner?.length === 1) {
      p.index = end;
      return { power: inner[0] as Expr, entrywise: true, text: "", ...place };
    }
  }
  const parenthesised = to - from >= 3 && (p.tokens[from] as Token).text === "(" && (p.tokens[to - 1] as Token).text === ")" && to - from <= 12;
  const text = parenthesised || p.defined.size > 0 || p.naming ? canonicalText(p.tokens, from, to) : "";
  const braced = (p.tokens[from - 1] as Token | undefined)?.text === "{" && from > p.index;
  const read = (): Expr => {
    if (braced) return p.braced();
    const t = p.peek();
    if ((t.text === "-" || t.text === "+") && t.kind === "symbol") {
      p.next();
      const operand = p.deeper(() => p.single());
      return { kind: "unary", op: t.text === "-" ? "negate" : "plus", operand, range: [t.start, operand.range[1]] };
    }
    if (t.kind === "number") return numberOf(p.next());
    return p.deeper(() => p.single());
  };
  const index = p.index;
  const { depth, mode } = p;
  try {
    const power = read();
    return { power, text, ...place };
  } catch (e) {
    // x^{t,+}, D^{\backslash i}: a mark of a name that no operation describes.
    if (!(e instanceof FormulaFailure) || base?.kind !== "name" || !/^(unexpected-token|unexpected-end|empty)$/.test(e.error.kind)) throw e;
    p.index = index;
    p.depth = depth;
    p.mode = mode;
    const canonical = canonicalText(p.tokens, from, to);
    p.index = end;
    return { text: canonical, marks: [], ...place };
  }
}

/** A base with its scripts applied: first the subscript, then primes, then the superscript. */
export function applyScripts(p: Reader, base: Expr, s: Scripts): Expr {
  let out = base;
  if (s.sub) out = subscripted(out, s.sub);
  const start = base.range[0];
  if (s.primes > 0) {
    if (out.kind === "name" && (p.naming || p.defined.has(out.name + "'".repeat(s.primes))))
      out = nameExpr(out.name + "'".repeat(s.primes), [start, s.end]);
    else for (let i = 0; i < s.primes; i++) out = { kind: "unary", op: "prime", operand: out, range: [start, s.end] };
  }
  return s.sup ? superscripted(p, out, s.sup) : out;
}

function subscripted(base: Expr, sub: NonNullable<Scripts["sub"]>): Expr {
  if (base.kind === "name" && base.subscript === undefined && base.base === undefined) {
    const name: NameExpr = { kind: "name", name: `${base.name}_{${sub.text}}`, base: base.name, range: [base.range[0], sub.end] };
    return sub.indices ? { ...name, subscript: sub.indices } : name;
  }
  if (base.kind === "number" && base.exact && /^[01]$/.test(base.exact.num.toString()) && base.exact.den === 1n)
    return {
      kind: "name",
      name: `${base.value}_{${sub.text}}`,
      base: `${base.value}`,
      ...(sub.indices && { subscript: sub.indices }),
      range: [base.range[0], sub.end],
    };
  // The inner product of the Frobenius norm, or of a space that is named: the same sum.
  if (base.kind === "call" && base.name === "inner") return { ...base, range: [base.range[0], sub.end] };
  if (sub.indices && base.kind !== "number") return { kind: "index", base, indices: sub.indices, origin: 1, range: [base.range[0], sub.end] };
  if (base.kind === "number" && sub.indices?.length === 1) return opaque("number in base", [base, sub.indices[0] as Expr], [base.range[0], sub.end]);
  return opaque("_", [base, nameExpr(sub.text, [sub.start, sub.end])], [base.range[0], sub.end]);
}

function superscripted(p: Reader, base: Expr, sup: Sup): Expr {
  const start = base.range[0];
  const range: readonly [number, number] = [start, sup.end];
  if (base.kind === "name" && sup.text !== "") {
    const decorated = `${base.name}^{${sup.text}}`;
    const marker = /^(\\star|\\perp|\\bot|-|\\bullet|\\ddagger|\\sharp|\\flat)$/.test(sup.text) || (sup.marks?.length === 0 && sup.text !== "");
    const index = /^\([^()]*\)$/.test(sup.text) && !p.defined.has(base.name) && base.name !== "e";
    const asName = p.defined.has(decorated) || marker || index || (p.naming && !!sup.marks && !sup.power && sup.marks[0] !== "transpose");
    if (asName) return { kind: "name", name: decorated, base: base.name, range };
  }
  if (sup.text === "\\circ" || sup.text === "\\degree") {
    if (base.kind === "name" && !p.defined.has(base.name)) return { kind: "name", name: `${base.name}^{\\circ}`, base: base.name, range };
    return { kind: "call", name: "degrees", nameRange: [sup.start, sup.end], args: [base], range };
  }
  let out = base;
  if (sup.power) out = { kind: "binary", op: sup.entrywise ? "elementpower" : "power", left: out, right: sup.power, range };
  for (const op of sup.marks ?? []) out = { kind: "unary", op, operand: out, range };
  if (!sup.power && !sup.marks) return opaque("^", [base, nameExpr(sup.text, [sup.start, sup.end])], range);
  return out;
}

/** Prefix scripts on an empty group: {}^t A is a transpose, {}_2F_1 a name. */
export function emptyBase(p: Reader, open: Token, operand: () => Expr): Expr {
  const s = readScripts(p, null);
  const text = s.sup?.text ?? "";
  const power = s.sup?.power;
  const isT = s.sup?.marks?.[0] === "transpose" || text === "t" || (power?.kind === "name" && (power.name === "t" || power.name === "\\mathrm{t}"));
  if (isT && !s.sub) {
    const e = p.deeper(operand);
    return { kind: "unary", op: "transpose", operand: e, range: [open.start, e.range[1]] };
  }
  if (s.sub && !s.sup) {
    const e = p.deeper(operand);
    if (e.kind === "name") return nameExpr(`{}_{${s.sub.text}}${e.name}`, [open.start, e.range[1]]);
  }
  return fail("unexpected-token", "a script needs a base before it", [open.start, s.end]);
}
