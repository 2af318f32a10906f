// Derivatives: \frac{d}{dx}, \frac{\partial^2 f}{\partial x\partial y}, dy/dx, \partial_x f, \nabla f.

import type { DerivativeExpr, Expr } from "../../expr/index.js";
import type { Token } from "../grammar/index.js";
import { hole } from "./brackets.js";
import { nameExpr, opaque, Power, type Reader } from "./reader.js";
import { applyScripts, readScripts } from "./scripts.js";

const isD = (t: Token): boolean => (t.text === "d" && (t.kind === "letter" || t.kind === "word")) || (t.kind === "command" && t.text === "\\partial");

/** Where a group (at its brace) or a single token ends. */
function past(p: Reader, from: number): number {
  const t = p.tokens[from];
  if (!t || t.kind === "end") return from;
  if (!(t.kind === "symbol" && t.text === "{")) return from + 1;
  let depth = 0;
  for (let i = from; i < p.tokens.length; i++) {
    const u = p.tokens[i] as Token;
    if (u.kind !== "symbol") continue;
    if (u.text === "{") depth++;
    else if (u.text === "}" && --depth === 0) return i + 1;
  }
  return p.tokens.length - 1;
}

const firstInside = (p: Reader, i: number): number => {
  let k = i;
  while (p.tokens[k]?.kind === "symbol" && p.tokens[k]?.text === "{") k++;
  return k;
};

/** A derivative written as a fraction; the cursor stands after \frac. Undefined (and nothing taken) when it is an ordinary fraction. */
export function fractionDerivative(p: Reader, sign: Token, starts: (p: Reader) => boolean): Expr | undefined {
  const top = p.index;
  const bottom = past(p, top);
  const d = p.tokens[firstInside(p, top)] as Token | undefined;
  const e = p.tokens[firstInside(p, bottom)] as Token | undefined;
  if (!d || !e || !isD(d) || !isD(e) || (d.text === "d") !== (e.text === "d") || p.tokens[bottom]?.text !== "{") return undefined;
  if (
    d.text === "d" &&
    e.text === "d" &&
    p.tokens[firstInside(p, bottom) + 1]?.kind === "symbol" &&
    p.tokens[firstInside(p, bottom) + 1]?.text !== "{" &&
    p.tokens[firstInside(p, bottom) + 1]?.text !== "}"
  )
    return undefined;
  return p.attempt(() => {
    const read = numerator(p);
    const variables = denominator(p);
    const end = p.previous().end;
    if (read.order !== undefined && variables.reduce((n, v) => n + v.order, 0) !== read.order)
      p.unexpected("as many variables as the order of the derivative");
    const operator = d.text === "d" ? "d" : "partial";
    let body = read.body;
    let stop = end;
    if (!body) {
      const more = starts(p) && !(p.mode.bar !== "" && p.at(p.mode.bar));
      body = more ? p.within({ argument: "" }, () => p.expression(Power.multiply)) : hole(end);
      stop = Math.max(end, body.range[1]);
    }
    const node: DerivativeExpr = { kind: "derivative", operator, variables, body, range: [sign.start, stop] };
    return node;
  });
}

function numerator(p: Reader): { order?: number; body?: Expr } {
  const braces = openBraces(p);
  p.next();
  const order = orderOf(p);
  closeInner(p, braces, 1);
  let body: Expr | undefined;
  if (braces > 0 && !p.at("}")) {
    const items = p.inside(() => p.items(() => p.at("}")));
    body = items.length === 1 ? items[0] : undefined;
    if (!body) p.unexpected("one function");
  }
  if (braces > 0 && !p.accept("}")) p.unexpected('"}"');
  return { ...(order !== undefined && { order }), ...(body && { body }) };
}

/** {{\rm d} x} and {d x}: how many braces were opened. */
function openBraces(p: Reader): number {
  let n = 0;
  while (p.isKind("symbol", "{")) {
    p.index++;
    n++;
  }
  return n;
}
function closeInner(p: Reader, braces: number, keep: number): void {
  for (let i = keep; i < braces; i++) if (!p.accept("}")) p.unexpected('"}"');
}

function orderOf(p: Reader): number | undefined {
  if (!p.isKind("symbol", "^")) return undefined;
  p.index++;
  const braced = p.accept("{");
  const t = p.next();
  const n = t.kind === "number" ? Number(t.text) : Number.NaN;
  if (!Number.isInteger(n) || n < 1 || n > 100) p.unexpected("the order of the derivative as a number");
  if (braced && !p.accept("}")) p.unexpected('"}"');
  return n;
}

function denominator(p: Reader): { name: string; order: number }[] {
  const out: { name: string; order: number }[] = [];
  if (!p.accept("{")) p.unexpected('"{"');
  while (!p.at("}")) {
    const braces = openBraces(p);
    if (!isD(p.peek())) p.unexpected("d or \\partial");
    p.next();
    closeInner(p, braces, 0);
    const name = variable(p);
    out.push({ name, order: orderOf(p) ?? 1 });
  }
  if (!p.accept("}") || out.length === 0) p.unexpected("a variable");
  return out;
}

/** The variable after d or \partial: a name with its subscript. */
function variable(p: Reader): string {
  const paren = p.accept("(");
  const atom = p.single();
  const e = p.isKind("symbol", "_") ? applyScripts(p, atom, readScripts(p, atom)) : atom;
  if (paren && !p.accept(")")) p.unexpected('")"');
  return e.kind === "name" ? e.name : p.unexpected("a variable");
}

/** dy/dx and d/dx f written on the line; the cursor stands at d. */
export function inlineDerivative(p: Reader, starts: (p: Reader) => boolean): Expr | undefined {
  const d = p.peek();
  if (!isD(d)) return undefined;
  const slash = p.isKind("symbol", "/", 1) ? 1 : p.isKind("symbol", "/", 2) ? 2 : 0;
  if (slash === 0 || p.peek(slash + 1).text !== d.text || !isD(p.peek(slash + 1)) || !/^(letter|word|command)$/.test(p.peek(slash + 2).kind))
    return undefined;
  if (slash === 2 && !/^(letter|word)$/.test(p.peek(1).kind)) return undefined;
  return p.attempt(() => {
    p.next();
    const f = slash === 2 ? p.single() : undefined;
    p.next();
    p.next();
    const name = variable(p);
    const end = p.previous().end;
    const body = f ?? (starts(p) ? p.within({ argument: "" }, () => p.expression(Power.multiply)) : hole(end));
    return {
      kind: "derivative",
      operator: d.text === "d" ? "d" : "partial",
      variables: [{ name, order: 1 }],
      body,
      range: [d.start, Math.max(end, body.range[1])],
    } as Expr;
  });
}

/** \nabla f, \nabla_x f, \nabla^2 f, \nabla\cdot F, \partial_x f; the sign has been taken. */
export function nabla(p: Reader, sign: Token, starts: (p: Reader) => boolean): Expr {
  const names: string[] = [];
  let twice = false;
  let end = sign.end;
  while (p.isKind("symbol", "_") || p.isKind("symbol", "^")) {
    const mark = p.next();
    const e = p.argument(mark);
    end = p.previous().end;
    if (mark.text === "_") {
      for (const x of e.kind === "list" ? e.items : e.kind === "binary" && e.implicit ? [e.left, e.right] : [e])
        if (x.kind === "name") names.push(x.name);
    } else if (e.kind === "number" && e.value === 2) twice = true;
    else return opaque("^", [nameExpr(sign.text, [sign.start, sign.end]), e], [sign.start, end]);
  }
  const variables = names.map((name) => ({ name, order: 1 }));
  if (sign.text === "\\partial") {
    if (names.length === 0 || !starts(p)) return nameExpr(names.length ? `\\partial_{${names.join("")}}` : "\\partial", [sign.start, end]);
    const body = p.within({ argument: "" }, () => p.expression(Power.implicit));
    return { kind: "derivative", operator: "partial", variables, body, range: [sign.start, body.range[1]] };
  }
  if (!twice && (p.at("\\cdot") || p.at("\\times"))) {
    const op = p.next();
    const body = p.within({ argument: "" }, () => p.expression(Power.implicit));
    const range: readonly [number, number] = [sign.start, body.range[1]];
    return op.text === "\\cdot" ? { kind: "derivative", operator: "divergence", variables, body, range } : opaque("curl", [body], range);
  }
  if (!starts(p))
    return nameExpr(names.length || twice ? `\\nabla${names.length ? `_{${names.join("")}}` : ""}${twice ? "^{2}" : ""}` : "\\nabla", [
      sign.start,
      end,
    ]);
  const body = p.within({ argument: p.mode.argument }, () => p.expression(Power.implicit));
  return { kind: "derivative", operator: twice ? "hessian" : "gradient", variables, body, range: [sign.start, body.range[1]] };
}
