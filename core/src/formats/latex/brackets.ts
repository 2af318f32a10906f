// Round, square and curly brackets, bars, angle brackets and floors, written plainly or with \left and \right.

import { type Expr, fail, type MatrixExpr, type NameExpr, said } from "../../expr/index.js";
import type { Token } from "../grammar/index.js";
import { call, opaque, type Reader, spanTokens, withRange } from "./reader.js";
import { canonicalText } from "./scripts.js";

/** Which closing signs go with an opening one; half-open intervals mix them. */
const closers: Readonly<Record<string, RegExp>> = { "(": /^[)\]]$/, "[": /^[\])]$/, "\\{": /^\\\}$/ };

/** A group written with plain brackets; the opening sign has been taken. */
export function plainBracket(p: Reader, open: Token): Expr {
  const close = closers[open.text] as RegExp;
  const rows = readRows(p, () => close.test(p.peek().text) && p.peek().kind !== "text" && p.peek().kind !== "word");
  const end = p.peek();
  if (!close.test(end.text) || end.kind === "right") return unclosed(p, open);
  p.index++;
  // Only an interval mixes its brackets: [a, b).
  if (end.text !== (open.text === "\\{" ? "\\}" : open.text === "(" ? ")" : "]") && rows.flat().length !== 2)
    return fail("unbalanced", said`"${open.text}" is closed by "${end.text}"`, [open.start, end.end]);
  return enclose(open, end, rows);
}

/** A group written with \left and \right; the opening sign has been taken. */
export function sizedBracket(p: Reader, open: Token): Expr {
  const rows = readRows(p, () => p.peek().kind === "right");
  const end = p.peek();
  if (end.kind !== "right") return end.kind === "end" ? unclosed(p, open) : p.unexpected(`"\\right" for "\\left${open.text}"`);
  p.index++;
  if (end.text === "|" && open.text !== "|" && rows.length === 1 && rows[0]?.length === 1) return evaluatedAt(p, rows[0][0] as Expr, open);
  if (open.text === "|" && end.text === "|") return bars(p, "|", open, rows.flat(), end);
  if (open.text === "\\|" && end.text === "\\|") return bars(p, "\\|", open, rows.flat(), end);
  return enclose(open, end, rows);
}

function unclosed(p: Reader, open: Token): never {
  const t = p.peek();
  if (t.kind === "end" || t.kind === "finish" || t.kind === "right" || t.kind === "row" || t.text === "&" || t.text === "}")
    return fail("unbalanced", said`"${open.text}" is never closed`, [open.start, open.end], "close it or remove it");
  return p.unexpected(`a sign that closes "${open.text}"`);
}

function readRows(p: Reader, done: () => boolean): Expr[][] {
  const rows: Expr[][] = [[]];
  p.inside(() => {
    p.skipRows();
    while (!done()) {
      const t = p.peek();
      if (t.kind === "end") break;
      if (p.isSeparator()) {
        if (t.text === ";") rows.push([]);
        p.index++;
        p.refuseDouble(t);
        p.skipRows();
        continue;
      }
      (rows[rows.length - 1] as Expr[]).push(p.expression(0));
      p.skipRows();
      if (!done() && !p.isSeparator()) break;
    }
  });
  return rows;
}

const loneMatrix = (items: readonly Expr[]): MatrixExpr | undefined => {
  const only = items.length === 1 ? items[0] : undefined;
  return only?.kind === "matrix" && /^(array|matrix|smallmatrix|tabular|subarray|darray)$/.test(only.environment ?? "") ? only : undefined;
};

/** What two delimiters make of the expressions between them. */
export function enclose(open: Token, end: Token, rows: readonly (readonly Expr[])[]): Expr {
  const items = rows.flat();
  const range: readonly [number, number] = [open.start, end.end];
  const only = items.length === 1 ? (items[0] as Expr) : undefined;
  const [l, r] = [open.text, end.text];
  if (l === "\\langle" || l === "<")
    return call(
      "inner",
      items.length === 1 && only?.kind === "relation" && only.rest.length === 1 && only.rest[0]?.op === "|"
        ? [only.first, only.rest[0].operand]
        : items,
      [open.start, open.end],
      range,
    );
  if (l === "\\lfloor" || l === "\\lceil") {
    if (items.length === 0) fail("empty", "nothing between the brackets", range);
    return call(l === "\\lfloor" ? (r === "\\rceil" ? "round" : "floor") : "ceil", items, [open.start, open.end], range);
  }
  if (l === "\\{") {
    const array = loneMatrix(items);
    if (r === "." && (only?.kind === "cases" || only?.kind === "list")) return withRange(only, ...range);
    if (r === "." && only?.kind === "matrix") return withRange(casesOf(only), ...range);
    if (array) return { ...array, environment: "Bmatrix", range };
    if (r === "." && only) return withRange(only, ...range);
    if (items.some((i) => i.kind === "relation" || (i.kind === "opaque" && i.what === ":"))) return opaque("set", items, range);
    if (only && !/^(name|number|list|string|dots|index|hole|matrix|range)$/.test(only.kind)) return withRange(only, ...range);
    return { kind: "list", items, brackets: "{}", range };
  }
  if (items.length === 0) fail("empty", "nothing between the brackets", range);
  if (l === "(" || l === "[") {
    const array = loneMatrix(items);
    if (array) return { ...array, environment: l === "(" ? "pmatrix" : "bmatrix", range };
    if (only?.kind === "literal") return withRange(only, ...range);
    if (l === "[" && r === "]") {
      if (rows.length > 1 && rows.every((row) => row.length === (rows[0] as Expr[]).length && row.length > 0))
        return { kind: "matrix", rows, environment: "bmatrix", range };
      if (only?.kind === "relation" && only.rest.every((x) => x.op === "|"))
        return { kind: "matrix", rows: [[only.first, ...only.rest.map((x) => x.operand)]], environment: "bmatrix", range };
    }
  }
  if (only) return withRange(only, ...range);
  const brackets = l === "[" ? (r === ")" ? "[)" : "[]") : l === "(" ? (r === "]" ? "(]" : "()") : "()";
  return { kind: "list", items, brackets, range };
}

/** An array after a lone \left\{: values with their conditions, or a system of equations. */
export function casesOf(m: MatrixExpr): Expr {
  if (m.rows.every((r) => r.length === 1)) return { kind: "list", items: m.rows.map((r) => r[0] as Expr), brackets: "", range: m.range };
  const branches = m.rows.map((row) => {
    const last = row[row.length - 1] as Expr;
    const condition = row.slice(1).find((c) => c.kind === "relation" || c.kind === "binary") ?? last;
    const blank = condition.kind === "number" && condition.range[0] === condition.range[1];
    return {
      value: row[0] as Expr,
      condition: condition.kind === "string" || blank ? null : withoutProse(condition),
    };
  });
  return { kind: "cases", branches, range: m.range };
}

/** "if |z| < 1" without its first word. */
function withoutProse(e: Expr): Expr {
  if (e.kind === "relation") return { ...e, first: withoutProse(e.first) };
  if (e.kind !== "binary") return e;
  if (e.implicit && e.left.kind === "string") return e.right;
  return { ...e, left: withoutProse(e.left) };
}

/** Canonical norm names for what stands as a norm's subscript. */
const norms: Readonly<Record<string, string>> = {
  "\\infty": "∞",
  infty: "∞",
  fro: "F",
  Frob: "F",
  HS: "F",
  "\\ast": "*",
  nuc: "*",
  op: "2",
  spec: "2",
};

/** |x|, ‖x‖ with the subscript that names the norm; both bars have been taken. */
export function bars(p: Reader, sign: string, open: Token, items: readonly Expr[], end: Token): Expr {
  if (items.length === 0) fail("empty", "nothing between the bars", [open.start, end.end]);
  const operand: Expr =
    items.length === 1
      ? (items[0] as Expr)
      : { kind: "list", items, brackets: "()", range: [(items[0] as Expr).range[0], (items[items.length - 1] as Expr).range[1]] };
  if (sign === "|" && operand.kind === "matrix" && loneMatrix(items)) return { ...operand, environment: "vmatrix", range: [open.start, end.end] };
  let which = sign === "|" ? "abs" : "F";
  let whichRange: readonly [number, number] | undefined;
  let stop = end.end;
  if (p.isKind("symbol", "_")) {
    const mark = p.next();
    const from = p.index;
    if (p.isKind("symbol", "{")) {
      let depth = 0;
      do {
        const t = p.next();
        if (t.kind === "end") break;
        if (t.kind === "symbol") depth += t.text === "{" ? 1 : t.text === "}" ? -1 : 0;
      } while (depth > 0);
      which = canonicalText(p.tokens, from + 1, p.index - 1);
    } else {
      if (p.peek().kind === "end") p.failAt("unexpected-end", 'nothing after "_"', mark);
      const command = p.next();
      if (command.kind === "command" && /^\\(math|text|bold)/.test(command.text)) p.argument(command);
      which = canonicalText(p.tokens, from, p.index);
    }
    which = which.replace(/^\\(?:mathrm|mathsf|mathbf|rm)\{?(\w+)\}?$/, "$1");
    if (!which.includes("\\")) which = which.replace(/[{}]/g, "");
    which = norms[which] ?? which;
    stop = p.previous().end;
    whichRange = [mark.end, stop];
    if (sign === "|" && which === "") which = "abs";
  }
  const range: readonly [number, number] = [open.start, stop];
  return whichRange ? { kind: "norm", which, operand, whichRange, range } : { kind: "norm", which, operand, range };
}

/** body|_{x=2} and body|_a^b; the bar has been taken. */
export function evaluatedAt(p: Reader, body: Expr, open: Token): Expr {
  let lower: Expr | undefined;
  let upper: Expr | undefined;
  for (;;) {
    const mark = p.peek();
    if (mark.kind !== "symbol" || (mark.text !== "_" && mark.text !== "^") || (mark.text === "_" ? lower : upper)) break;
    p.index++;
    const e = p.argument(mark);
    if (mark.text === "_") lower = e;
    else upper = e;
  }
  const range: readonly [number, number] = [Math.min(open.start, body.range[0]), p.previous().end];
  if (!lower && !upper) return withRange(body, ...range);
  if (!upper && lower) {
    const equations = lower.kind === "list" ? lower.items : [lower];
    const bindings: { name: string; value: Expr }[] = [];
    for (const q of equations) {
      const r = q.kind === "relation" && q.rest.length === 1 ? q.rest[0] : undefined;
      if (q.kind === "relation" && q.first.kind === "name" && r && (r.op === "=" || r.op === ":="))
        bindings.push({ name: q.first.name, value: r.operand });
    }
    if (bindings.length === equations.length)
      return body.kind === "derivative" && !body.at ? { ...body, at: bindings, range } : { kind: "substitute", body, bindings, range };
  }
  return opaque("|", [body, ...(lower ? [lower] : [hole(range[1])]), ...(upper ? [upper] : [])], range);
}

export const hole = (at: number): Expr => ({ kind: "hole", range: [at, at] });

/** Names that index the statements: E in \mathbb{E}[X]. */
export const isExpectation = (e: NameExpr): boolean => /^(\\(mathbb|mathrm|mathsf)\{E\}|E)(_|$)/.test(e.name);

/** A sign that opens a pair and the command that closes it. */
export const pairs: Readonly<Record<string, string>> = {
  "\\lfloor": "\\rfloor",
  "\\lceil": "\\rceil",
  "\\langle": "\\rangle",
  "\\lvert": "\\rvert",
  "\\lVert": "\\rVert",
};

/** \lfloor x \rfloor and its like; the opening command has been taken. */
export function pairedCommand(p: Reader, open: Token): Expr {
  const close = pairs[open.text] as string;
  const rows = readRows(p, () => p.at(close) || (open.text === "\\lfloor" && p.at("\\rceil")));
  const end = p.peek();
  if (end.text !== close && end.text !== "\\rceil") return unclosed(p, open);
  p.index++;
  if (open.text === "\\lvert") return bars(p, "|", open, rows.flat(), end);
  if (open.text === "\\lVert") return bars(p, "\\|", open, rows.flat(), end);
  return enclose(open, end, rows);
}

/** |x| or ‖x‖ written with the same bar on both sides; the opening bar has been taken. */
export function plainBars(p: Reader, open: Token, sign: "|" | "\\|"): Expr {
  const items = p.within({ bar: sign, argument: "", integral: false, top: false, related: false }, () => {
    const out: Expr[] = [];
    for (;;) {
      const t = p.peek();
      if (t.text === sign && t.kind !== "text") break;
      if (t.kind === "end") break;
      out.push(p.expression(0));
      if (!p.isSeparator()) break;
      p.index++;
    }
    return out;
  });
  const end = p.peek();
  if (end.text !== sign) return unclosed(p, open);
  p.index++;
  if (items.length === 0) fail("empty", "nothing between the bars", spanTokensRange(open, end));
  return bars(p, sign, open, items, end);
}

const spanTokensRange = (a: Token, b: Token): readonly [number, number] => {
  const t = spanTokens(a, b);
  return [t.start, t.end];
};
