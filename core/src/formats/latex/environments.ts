// Matrices, cases and rows of equations between \begin and \end.

import { type Expr, fail, type MatrixExpr, said } from "../../expr/index.js";
import type { Token } from "../grammar/index.js";
import { call, type Reader } from "./reader.js";
import { casesEnvironments, rowEnvironments } from "./symbols.js";

/** Reads an environment; \begin{name} has been taken. */
export function environment(p: Reader, open: Token): Expr {
  if (casesEnvironments.has(open.text)) return cases(p, open);
  if (rowEnvironments.has(open.text)) return rowsOf(p, open);
  return matrix(p, open);
}

/** A literal token: a large matrix that has been read already. */
export function literalMatrix(t: Token): Expr {
  const e = t.value as Extract<Expr, { kind: "literal" }>;
  return e.environment === "vmatrix"
    ? call("det", [e], e.range, e.range)
    : e.environment === "Vmatrix"
      ? { kind: "norm", which: "F", operand: e, range: e.range }
      : e;
}

const atFinish = (p: Reader): boolean => p.peek().kind === "finish";
const atCellEnd = (p: Reader): boolean => {
  const t = p.peek();
  return t.kind === "row" || t.kind === "finish" || t.kind === "end" || (t.kind === "symbol" && t.text === "&");
};

/** One cell as an expression; several separated by commas as a list. */
function cell(p: Reader): Expr {
  const items: Expr[] = [];
  while (!atCellEnd(p)) {
    if (p.isSeparator()) {
      p.index++;
      continue;
    }
    items.push(p.expression(0));
    if (!p.isSeparator() && !atCellEnd(p)) p.unexpected('"&", "\\\\" or "\\end"');
  }
  if (items.length === 1) return items[0] as Expr;
  if (items.length === 0) return blank(p.peek().start);
  return { kind: "list", items, brackets: "", range: [(items[0] as Expr).range[0], (items[items.length - 1] as Expr).range[1]] };
}

const blank = (at: number): Expr => ({ kind: "number", value: 0, exact: { num: 0n, den: 1n }, range: [at, at] });

function matrix(p: Reader, open: Token): Expr {
  const rows: Expr[][] = [];
  const places: (readonly [number, number])[] = [];
  p.inside(() => {
    while (!atFinish(p) && p.peek().kind !== "end") {
      const row: Expr[] = [];
      const start = p.peek().start;
      let marks = 0;
      let empty = true;
      for (;;) {
        if (!atCellEnd(p)) empty = false;
        row.push(cell(p));
        if (!p.accept("&")) break;
        marks++;
      }
      if (!(empty && marks === 0 && (atFinish(p) || rows.length === 0))) {
        // A blank cell is 0 in a row that has an entry; a row without any is empty space.
        rows.push(empty ? row.map((c) => ({ kind: "hole", range: c.range })) : row);
        places.push([start, p.previous().end]);
      }
      if (p.peek().kind === "row") p.next();
    }
  }, true);
  const end = p.next();
  const range: readonly [number, number] = [open.start, end.end];
  if (rows.length === 0) fail("empty", said`\\begin{${open.text}} has no entries`, range);
  const columns = rows.reduce((n, r) => Math.max(n, r.length), 0);
  rows.forEach((row, i) => {
    // A row of nothing but dots stands for as many as fit.
    const dotted: boolean = !row.some((c) => c.kind !== "dots" && c.kind !== "string" && c.kind !== "hole");
    if (dotted && row[0]?.kind === "hole") row.length = Math.min(row.length, (rows.find((r) => r[0]?.kind !== "hole") ?? row).length);
    if (dotted) while (row.length < columns) row.push(row[row.length - 1] as Expr);
    if (row.length !== (rows[0] as Expr[]).length || row.length !== columns) {
      const odd = row.length !== columns ? i : rows.findIndex((r) => r.length !== columns);
      const [a, b] = [rows[odd] as Expr[], columns];
      fail(
        "ragged",
        said`row ${odd + 1} has ${a.length} ${a.length === 1 ? "entry" : "entries"}, another row has ${b}`,
        places[odd] as readonly [number, number],
        'every row needs the same number of "&"',
      );
    }
  });
  const m: MatrixExpr = { kind: "matrix", rows, environment: open.text, range };
  return m;
}

const otherwise = /^(otherwise|else|others?|elsewhere|other cases|in other cases|其他|其它|否则|其余|其他情况|其它情况|sonst|sinon)[.,;。，；]?$/i;

function cases(p: Reader, open: Token): Expr {
  const branches: { value: Expr; condition: Expr | null; conditioned: boolean }[] = [];
  p.within({ bar: "", argument: "", integral: false, top: true, cell: true, related: false }, () => {
    while (!atFinish(p) && p.peek().kind !== "end") {
      skipNoise(p);
      if (p.peek().kind === "row") {
        p.next();
        continue;
      }
      if (atFinish(p)) break;
      const outer = p.mode;
      if (isEquationLine(p)) p.mode = { ...outer, aligned: true };
      const value = p.peek().kind === "text" ? textLine(p) : p.expression(0);
      p.mode = outer;
      const conditions: Expr[] = [];
      let final = false;
      let conditioned = false;
      while (p.peek().kind !== "row" && !atFinish(p) && p.peek().kind !== "end") {
        const t = p.peek();
        if (t.text === "&" && t.kind === "symbol") p.next();
        else if (t.kind === "text" || t.kind === "word") {
          if (otherwise.test(t.text)) {
            final = true;
            p.next();
          } else if (t.kind === "text" || conditions.length > 0) p.next();
          else {
            conditions.push(p.expression(0));
            conditioned = true;
          }
        } else if (p.isSeparator()) p.next();
        else {
          conditions.push(p.expression(0));
          conditioned = true;
        }
      }
      const condition =
        conditions.length === 0
          ? null
          : conditions.reduce((left, right) => ({ kind: "binary", op: "and", left, right, range: [left.range[0], right.range[1]] }));
      branches.push({ value, condition: final ? null : condition, conditioned: conditioned || final });
      if (p.peek().kind === "row") p.next();
    }
  });
  const end = p.next();
  const range: readonly [number, number] = [open.start, end.end];
  if (branches.length === 0) fail("empty", said`\\begin{${open.text}} has no lines`, range);
  if (branches.every((b) => !b.conditioned && b.value.kind === "relation"))
    return { kind: "list", items: branches.map((b) => b.value), brackets: "", range };
  if (branches.length > 1 && branches.every((b) => !b.conditioned))
    return { kind: "matrix", rows: branches.map((b) => [b.value]), environment: "cases", range };
  return { kind: "cases", branches: branches.map(({ value, condition }) => ({ value, condition })), range };
}

/** x & + 2y & = 3: a line whose alignment marks stand before relations. */
function isEquationLine(p: Reader): boolean {
  let depth = 0;
  for (let i = p.index; i < p.tokens.length; i++) {
    const t = p.tokens[i] as Token;
    if (t.kind === "left" || t.kind === "begin" || (t.kind === "symbol" && /^[([{]$/.test(t.text))) depth++;
    else if (t.kind === "right" || t.kind === "finish" || (t.kind === "symbol" && /^[)\]}]$/.test(t.text))) depth--;
    if (depth < 0 || t.kind === "end" || (depth === 0 && t.kind === "row")) return false;
    if (depth === 0 && t.kind === "symbol" && t.text === "&" && /^([=<>]|\\leq|\\geq)$/.test(p.tokens[i + 1]?.text ?? "")) return true;
  }
  return false;
}

/** Separators and prose before a line's value; prose that is all the line has stays. */
function skipNoise(p: Reader): void {
  for (;;) {
    const t = p.peek();
    const after = p.peek(1);
    const alone =
      after.kind === "row" ||
      after.kind === "finish" ||
      after.kind === "begin" ||
      after.kind === "end" ||
      (after.kind === "symbol" && after.text === "&");
    if ((t.kind === "text" && !alone) || p.isSeparator() || p.isKind("symbol", "&")) p.index++;
    else return;
  }
}

function textLine(p: Reader): Expr {
  const t = p.next();
  const label: Expr = { kind: "string", value: t.text, range: [t.start, t.end] };
  if (p.peek().kind !== "begin") return label;
  const right = p.expression(0);
  return { kind: "binary", op: "multiply", left: label, right, implicit: true, range: [t.start, right.range[1]] };
}

/** aligned, split ... inside an expression: one row is itself, several are a list. */
function rowsOf(p: Reader, open: Token): Expr {
  const items: Expr[] = [];
  p.within({ bar: "", argument: "", integral: false, top: true, cell: false, related: false }, () => {
    while (!atFinish(p) && p.peek().kind !== "end") {
      const t = p.peek();
      if (t.kind === "row" || t.kind === "text" || p.isSeparator() || (t.kind === "symbol" && t.text === "&")) {
        p.index++;
        continue;
      }
      p.mode = { ...p.mode, related: false };
      items.push(p.expression(0));
      const after = p.peek();
      if (!(after.kind === "row" || after.kind === "text" || after.kind === "finish" || p.isSeparator() || (after as { wide?: boolean }).wide))
        p.unexpected('"\\\\" or "\\end"');
    }
  });
  const end = p.next();
  const range: readonly [number, number] = [open.start, end.end];
  if (items.length === 0) fail("empty", said`\\begin{${open.text}} has no lines`, range);
  return items.length === 1 ? { ...(items[0] as Expr), range } : { kind: "list", items, brackets: "", range };
}
