// A text as statements in order: definitions, declarations, assumptions, expressions.

import { type Expr, fail, type ListExpr, type NameExpr, type RelationExpr, type Statement, said } from "../../expr/index.js";
import type { Token } from "../grammar/index.js";
import { functionOfWord } from "./functions.js";
import type { LatexToken } from "./lexer/state.js";
import { statementArrows } from "./operators.js";
import { LatexParser } from "./parser.js";
import { Power, topMode } from "./reader.js";

interface Element {
  readonly statement: Statement;
  /** Stands alone: no relation, no definition. */
  readonly plain: boolean;
  /** A new line or prose stood before it: it does not belong to the element before. */
  readonly apart: boolean;
}

export interface Reading {
  readonly statements: readonly Statement[];
  readonly notes: readonly string[];
}

/** Reads every statement of a token list. Throws FormulaFailure. */
export function readStatements(
  text: string,
  tokens: readonly LatexToken[],
  functions: ReadonlySet<string>,
  defined: ReadonlySet<string>,
  routines: ReadonlySet<string>,
  macrosOnly: boolean,
): Reading {
  const p = new LatexParser(text, tokens, functions, defined, routines);
  const elements: Element[] = [];
  let prose = false;
  if (
    tokens[0] &&
    /^[,;]$/.test(tokens[0].text) &&
    tokens[0].kind === "symbol" &&
    tokens[1] &&
    isFormulaToken(tokens[1]) &&
    !/(?:^|[^\\A-Za-z])[A-Za-zÀ-ÿ]{4}/.test(text)
  )
    p.failAt("unexpected-token", said`"${tokens[0].text}" with nothing before it`, tokens[0], "remove it, or write the first entry");
  for (;;) {
    const skipped = skipSeparators(p);
    prose ||= skipped.prose;
    if (p.atEnd()) break;
    p.mode = topMode;
    const element = readElement(p);
    learn(p, element.statement);
    elements.push({ ...element, apart: skipped.apart });
    const t = p.peek();
    if (!(p.atEnd() || isSeparator(t) || (t as LatexToken).wide)) refuse(p);
  }
  if (elements.length === 0) {
    if (macrosOnly) return { statements: [], notes: [] };
    const place: readonly [number, number] = [0, text.length];
    const label = tokens.find((t) => t.kind === "text");
    if (label && text.charAt(label.start) === "\\") {
      const range: readonly [number, number] = [label.start, label.end];
      return { statements: [{ kind: "expression", body: { kind: "string", value: label.text, range }, range }], notes: [] };
    }
    if (label) {
      const range: readonly [number, number] = [label.start, label.end];
      const body: Expr = { kind: "opaque", what: "text", children: [{ kind: "string", value: label.text, range }], range };
      return { statements: [{ kind: "expression", body, range }], notes: [] };
    }
    if (prose) fail("not-a-formula", "this is text without a formula", place);
    fail("empty", "there is no formula here", place);
  }
  return { statements: joinElements(elements).map(asRange), notes: notesOf(elements) };
}

function refuse(p: LatexParser): never {
  const t = p.peek();
  if (/^(\)|\]|\}|\\\}|\\rangle|\\rfloor|\\rceil|\\rvert|\\rVert)$/.test(t.text) || t.kind === "right" || t.kind === "finish")
    return fail("unbalanced", said`"${t.text}" closes nothing`, [t.start, t.end], "remove it or open it before");
  if (t.text === "|" || t.text === "\\|") return fail("unbalanced", said`"${t.text}" stands alone`, [t.start, t.end]);
  return p.unexpected("an operator or the end");
}

const isSeparator = (t: Token): boolean =>
  t.kind === "row" ||
  t.kind === "text" ||
  (t.kind === "symbol" && /^[,;.?:&]$/.test(t.text)) ||
  (t.kind === "command" && statementArrows.has(t.text));

/** Not the end, a new line or prose. */
const isFormulaToken = (t: Token): boolean => !/^(end|row|text)$/.test(t.kind) && !isSeparator(t);

function skipSeparators(p: LatexParser): { apart: boolean; prose: boolean } {
  let apart = (p.peek() as LatexToken).wide;
  let prose = false;
  for (;;) {
    const t = p.peek();
    if (t.kind === "text") {
      // Prose that is related to something stands for a name: \text{cost} = 3.
      const u = p.peek(1);
      if (u.kind === "symbol" && /^(=|:=|<|>)$/.test(u.text)) break;
      prose = true;
    } else if (!isSeparator(t)) break;
    apart ||= t.kind !== "symbol" || /^[;.?]$/.test(t.text);
    p.index++;
    p.refuseDouble(t);
  }
  return { apart, prose };
}

/** Names and functions a statement defines are known to those after it. */
function learn(p: LatexParser, s: Statement): void {
  if (s.kind === "define") {
    if (s.params) {
      p.functions.add(s.name);
      p.defined.delete(s.name);
    } else {
      p.defined.add(s.name);
      p.functions.delete(s.name);
    }
  } else if (s.kind === "declare") p.defined.add(s.name);
}

function readElement(p: LatexParser): { statement: Statement; plain: boolean } {
  const head = definitionHead(p);
  if (head) return { statement: head, plain: false };
  const start = p.peek().start;
  const body = p.expression(0);
  const end = Math.max(p.previous().end, body.range[1]);
  const range: readonly [number, number] = [Math.min(start, body.range[0]), end];
  return { statement: { kind: "expression", body, range }, plain: body.kind !== "relation" };
}

/** name = ..., f(x, y) = ..., f: x \mapsto ...; undefined (and nothing taken) when the text does not begin so. */
function definitionHead(p: LatexParser): Statement | undefined {
  const begin = p.index;
  if (!mayName(p.peek())) return undefined;
  const head = p.attempt(() => {
    p.naming = true;
    const e = p.expression(Power.script);
    p.naming = false;
    return e.kind === "name" ? e : p.unexpected("a name");
  });
  p.naming = false;
  const restore = (): undefined => {
    p.index = begin;
    p.mode = topMode;
    return undefined;
  };
  if (!head) return restore();
  const nameRange = head.range;
  let params: string[] | undefined;
  if (p.atOpen()) {
    params = parameters(p);
    if (!params) return restore();
  } else if (p.isKind("symbol", ":") && !params) {
    p.index++;
    params = p.atOpen() ? parameters(p) : bareParameters(p);
    if (!params || !p.accept("\\mapsto")) return restore();
    return finish(p, head, params, begin, nameRange, Power.relation + 1);
  }
  const t = p.peek();
  const row = t.kind === "row";
  let k = 0;
  while (p.peek(k).kind === "row") k++;
  const sign = p.peek(k);
  if (!(sign.kind === "symbol" || sign.kind === "command") || !/^(=|:=|\\leftarrow)$/.test(sign.text) || (row && sign.text !== "=")) return restore();
  p.index += k + 1;
  p.skipRows();
  const u = p.peek();
  if (u.kind === "end" || (u.kind === "symbol" && (/^[,.]$/.test(u.text) || (u.text === "?" && p.peek(1).kind === "end")))) return restore();
  // rank(A) = 2 says something about a known function; relu(x) = max(0, x) defines one.
  const spelled = /^\\mathrm\{(.*)\}$/.exec(head.name)?.[1];
  if (params && spelled !== undefined && functionOfWord(spelled) !== undefined && !mentionsAny(p, params)) return restore();
  // P(A) = 0.01 is the probability of an event: P(B) is another.
  if (params && /^(?:[Pp]|\\Pr|\\mathbb\{P\})$/.test(head.name) && !mentionsAny(p, params)) return restore();
  return finish(p, head, params, begin, nameRange, Power.relation + 1);
}

/** i = 1, \dots, n says what an index runs through, and gives it no value. */
function asRange(s: Statement): Statement {
  if (s.kind !== "define" || s.params || !/^[i-nt]$/.test(s.name)) return s;
  const { body, range } = s;
  if (body.kind !== "list" || body.brackets !== "" || !body.items.some((e) => e.kind === "dots")) return s;
  const first: Expr = { kind: "name", name: s.name, range: s.nameRange };
  return { kind: "assume", condition: { kind: "relation", first, rest: [{ op: "∈", operand: { ...body, brackets: "{}" } }], range }, range };
}

/** Whether one of the names stands on this line, letters only. */
function mentionsAny(p: LatexParser, names: readonly string[]): boolean {
  for (let i = p.index; i < p.tokens.length; i++) {
    const t = p.tokens[i] as Token;
    if (t.kind === "row" || t.kind === "end") return false;
    if (names.some((n) => n.endsWith(t.text) || n === `\\mathbf{${t.text}}` || n.includes(`{${t.text}}`))) return true;
  }
  return false;
}

const mayName = (t: Token): boolean =>
  t.kind === "letter" || t.kind === "word" || t.kind === "text" || t.kind === "command" || (t.kind === "symbol" && t.text === "{");

function parameters(p: LatexParser): string[] | undefined {
  return p.attempt(() => {
    const open = p.next();
    const names: string[] = [];
    for (;;) {
      p.naming = true;
      const e = p.expression(Power.script);
      p.naming = false;
      if (e.kind !== "name") p.unexpected("a parameter");
      else names.push(e.name);
      if (!p.accept(",") && !p.accept(";")) break;
    }
    const t = p.next();
    if (!(t.kind === "right" || t.text === ")") || (open.kind === "left") !== (t.kind === "right")) p.unexpected('")"');
    return names;
  });
}

function bareParameters(p: LatexParser): string[] | undefined {
  return p.attempt(() => {
    const e = p.expression(Power.script);
    return e.kind === "name" ? [e.name] : p.unexpected("a parameter");
  });
}

function finish(
  p: LatexParser,
  head: NameExpr,
  params: readonly string[] | undefined,
  begin: number,
  nameRange: readonly [number, number],
  power: number,
): Statement {
  const outer = params?.filter((n) => !p.defined.has(n) && !p.functions.has(n)) ?? [];
  const hidden = params?.filter((n) => p.functions.has(n)) ?? [];
  for (const n of outer) p.defined.add(n);
  for (const n of hidden) p.functions.delete(n);
  if (params) p.functions.add(head.name);
  p.mode = { ...topMode, related: true };
  const sides: Expr[] = [p.expression(power)];
  // x = 3 + 4 = 7: the further sides say the same again; a plain number says it best.
  let relation = sides[0] as Expr;
  while (/^\\(wedge|vee)$/.test(p.peek().text)) {
    const joined = p.continueLogic(relation);
    if (joined === relation) break;
    relation = joined;
  }
  const chain = chainAfter(p, relation);
  const numeric = chain.length > 0 && (relation.kind === "name" || relation.kind === "hole") ? chain[chain.length - 1] : undefined;
  const body = numeric ?? relation;
  for (const n of outer) p.defined.delete(n);
  for (const n of hidden) p.functions.add(n);
  const range: readonly [number, number] = [(p.tokens[begin] as Token).start, Math.max(p.previous().end, body.range[1])];
  return params ? { kind: "define", name: head.name, params, body, range, nameRange } : { kind: "define", name: head.name, body, range, nameRange };
}

/** The further sides of a chain of equations. */
function chainAfter(p: LatexParser, first: Expr): readonly Expr[] {
  const holder = p.continueRelation(first);
  return holder.kind === "relation" && holder !== first ? (holder as RelationExpr).rest.filter((r) => r.op === "=").map((r) => r.operand) : [];
}

/** Elements as statements: lists of plain expressions, ranges of indices, declarations of several names. */
function joinElements(elements: readonly Element[]): Statement[] {
  const out: Statement[] = [];
  let i = 0;
  while (i < elements.length) {
    const first = elements[i] as Element;
    let j = i + 1;
    while (j < elements.length && (elements[j] as Element).plain && !(elements[j] as Element).apart) j++;
    const tail = elements.slice(i + 1, j);
    const hasDots = tail.some((e) => e.statement.kind === "expression" && e.statement.body.kind === "dots");
    if (first.plain) {
      const run = [first, ...tail];
      const next = elements[j];
      const member = next && !next.apart ? membership(next.statement) : undefined;
      // A, B \in S
      if (member && run.every((e) => bodyOf(e).kind === "name")) {
        const names = [...run.map((e) => bodyOf(e) as NameExpr), member.first as NameExpr];
        for (const n of names)
          out.push(
            declared({ ...member, first: n, range: [n.range[0], member.range[1]] }, [(run[0] as Element).statement.range[0], member.range[1]]),
          );
        i = j + 1;
        continue;
      }
      out.push(run.length === 1 ? first.statement : listStatement(run));
      i = j;
      continue;
    }
    if (hasDots) {
      out.push(extended(first.statement, tail.map(bodyOf), (tail[tail.length - 1] as Element).statement.range[1]));
      i = j;
      continue;
    }
    out.push(classified(first.statement));
    i++;
  }
  // A relation before the last statement is an assumption about its names.
  return out.map((s, k) =>
    k < out.length - 1 && s.kind === "expression" && s.body.kind === "relation" && isAssumption(s.body)
      ? { kind: "assume", condition: s.body, range: s.range }
      : s,
  );
}

const bodyOf = (e: Element): Expr => (e.statement.kind === "expression" ? e.statement.body : (e.statement as { body: Expr }).body);

function listStatement(run: readonly Element[]): Statement {
  const items = run.map(bodyOf);
  const range: readonly [number, number] = [(run[0] as Element).statement.range[0], (run[run.length - 1] as Element).statement.range[1]];
  const body: ListExpr = { kind: "list", items, brackets: "", range };
  return { kind: "expression", body, range };
}

/** i = 1, 2, \ldots, n: the list belongs to the right side. */
function extended(s: Statement, more: readonly Expr[], end: number): Statement {
  const range: readonly [number, number] = [s.range[0], end];
  const join = (e: Expr): Expr => ({ kind: "list", items: [e, ...more], brackets: "", range: [e.range[0], end] });
  if (s.kind === "define") return { ...s, body: join(s.body), range };
  if (s.kind === "expression" && s.body.kind === "relation") {
    const rest = s.body.rest.map((r, k, all) => (k === all.length - 1 ? { ...r, operand: join(r.operand) } : r));
    return { ...s, body: { ...s.body, rest, range }, range };
  }
  return s;
}

/** x \in S as a relation with a single sign. */
function membership(s: Statement): RelationExpr | undefined {
  return s.kind === "expression" &&
    s.body.kind === "relation" &&
    s.body.rest.length === 1 &&
    s.body.rest[0]?.op === "∈" &&
    s.body.first.kind === "name"
    ? s.body
    : undefined;
}

function classified(s: Statement): Statement {
  const member = membership(s);
  if (member) return declared(member, s.range);
  // A, B \in S read as a list on the left.
  return s;
}

const fields: Readonly<Record<string, "real" | "complex" | "integer">> = { R: "real", C: "complex", Z: "integer", N: "integer", Q: "real" };

/** A \in \mathbb R^{m\times n} declares A; membership in other sets stays a relation. */
function declared(e: RelationExpr, range: readonly [number, number]): Statement {
  const name = e.first as NameExpr;
  const set = (e.rest[0] as { operand: Expr }).operand;
  const { base, power } = set.kind === "binary" && set.op === "power" ? { base: set.left, power: set.right } : { base: set, power: undefined };
  const unmarked = base.kind === "unary" && base.op === "dagger" ? base.operand : base;
  const field = unmarked.kind === "name" ? fields[/^\\mathbb\{([RCZNQ])\}(?:_\{.*\})?(?:\^\{[*+]\})?$/.exec(unmarked.name)?.[1] ?? ""] : undefined;
  if (!field) return { kind: "expression", body: e, range };
  return { kind: "declare", name: name.name, shape: power ? factors(power) : [], field, range, nameRange: name.range };
}

const factors = (e: Expr): Expr[] =>
  e.kind === "binary" && (e.op === "cross" || e.op === "dot" || (e.op === "multiply" && !e.implicit))
    ? [...factors(e.left), e.right]
    : e.kind === "list"
      ? [...e.items]
      : [e];

const isAssumption = (e: RelationExpr): boolean =>
  e.rest.every((r) => /^[<≤>≥≠∈]$/.test(r.op)) && [e.first, ...e.rest.map((r) => r.operand)].some((x) => x.kind === "name");

/** "read as (a/b)c" where a reader might have meant a/(bc). */
function notesOf(elements: readonly Element[]): string[] {
  const doubtful = (e: Expr, depth: number): boolean => {
    if (depth > 12) return false;
    if (e.kind === "binary") {
      if (
        e.op === "multiply" &&
        e.implicit &&
        e.left.kind === "binary" &&
        e.left.op === "divide" &&
        e.left.left.range[1] < e.left.right.range[0] &&
        e.left.range[0] === e.left.left.range[0] &&
        e.left.right.range[1] === e.left.range[1]
      )
        return true;
      return doubtful(e.left, depth + 1) || doubtful(e.right, depth + 1);
    }
    return e.kind === "relation" ? [e.first, ...e.rest.map((r) => r.operand)].some((x) => doubtful(x, depth + 1)) : false;
  };
  return elements.some((e) => "body" in e.statement && doubtful(e.statement.body, 0)) ? ["a/bc is read as (a/b)c"] : [];
}
