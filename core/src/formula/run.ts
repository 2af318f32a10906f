// A question in, an answer out: reads the texts, evaluates in the scope of the definitions, runs the command, prints.

import type { Catalogue } from "../catalogue/index.js";
import {
  children,
  type Expr,
  type FormulaError,
  FormulaFailure,
  fail,
  formulaError,
  hintOf,
  messageOf,
  type Range,
  type Sentence,
  type Statement,
  said,
  spoken,
  type Value,
} from "../expr/index.js";
import { assignedNames, detectFormat, type FormatName, findFormat, macrosOf, type Parsed, type ParseOptions } from "../formats/index.js";
import { MathError } from "../linalg/index.js";
import { closedBudget, closedValue, isSymbolicValue, mayClose } from "./closedForm.js";
import { commands } from "./commands/index.js";
import { type Budget, type Context, type Declaration, defaultSettings, type Scope } from "./context.js";
import { attemptClosed } from "./evaluate/closed.js";
import { familyOf } from "./evaluate/family.js";
import { functions } from "./evaluate/functions/index.js";
import { isIdentity } from "./evaluate/identity.js";
import { budgetOf, type Clock, type Definition, definitionScope, evaluate, gradientName } from "./evaluate/index.js";
import { semanticsOf } from "./evaluate/language.js";
import { rewritingNames } from "./evaluate/rewriting.js";
import { closeOver } from "./evaluate/scope.js";
import { printValue } from "./print.js";
import { type Answer, commandNames, type Request, type UsedDefinition } from "./request.js";
import { solvedEquation } from "./solved.js";
import { EngineNeeded, freeName, freeNames, loadSymbolicEngine, type SymbolicEngine, settle, withBudget } from "./symbolic/index.js";
import { partGiven } from "./where.js";

/** What the surroundings provide; core itself knows no clock and no routine. */
export interface Host {
  readonly catalogue?: Catalogue;
  readonly clock?: Clock;
  readonly cancelled?: () => boolean;
}

const noCatalogue: Catalogue = { find: () => undefined, names: () => [] };
const defaultTimeout = 6000;
const maxDefinitions = 2000;

/** Answers a request. Never throws: whatever goes wrong is an error in the answer. */
export async function run(request: Request, host: Host = {}): Promise<Answer> {
  let language: FormatName | undefined;
  try {
    language = request.language === "auto" ? detectFormat(request.input).name : request.language;
    const detected = language;
    if (request.command === "detect") return answer({ kind: "string", value: detected }, detected, [], []);
    const budget = budgetOf(request.timeout ?? defaultTimeout, host.clock, host.cancelled);
    const texts = readTexts(request, detected, host);
    let engine: SymbolicEngine | undefined;
    for (;;) {
      try {
        return withBudget(budget, () => compute(request, detected, texts, host, budget, engine));
      } catch (e) {
        if (!(e instanceof EngineNeeded) || engine) throw e;
        engine = await loadSymbolicEngine();
      }
    }
  } catch (e) {
    return { ok: false, error: errorOf(e, [0, request.input.length]), ...(language && { language }) };
  }
}

/** Every way out as one plain error. */
function errorOf(e: unknown, whole: Range): FormulaError {
  if (e instanceof FormulaFailure)
    return (e.error.kind === "timeout" || e.error.kind === "cancelled") && e.error.range[1] === 0 ? { ...e.error, range: whole } : e.error;
  if (e instanceof RangeError) return { kind: "too-large", message: "the computation is too large", range: whole };
  if (e instanceof EngineNeeded) return { kind: "unsupported", message: "this needs a method that is not known here", range: whole };
  if (e instanceof MathError) return formulaError(e.kind, messageOf(e), whole, hintOf(e));
  return formulaError("internal", said`an unexpected failure: ${e instanceof Error ? e.message : String(e)}`, whole);
}

interface Texts {
  readonly definitions: readonly Definition[];
  readonly declarations: ReadonlyMap<string, Declaration>;
  readonly input: Parsed;
}

/** `x' = 3` may have been read as a relation: in a definition it defines. */
function asDefinition(s: Statement): Statement {
  if (s.kind !== "expression" || s.body.kind !== "relation") return s;
  const { first } = s.body;
  const name = first.kind === "name" ? first.name : gradientName(first);
  if (name === null) return s;
  const [link] = s.body.rest;
  if (!link || (link.op !== "=" && link.op !== ":=" && link.op !== "≡")) return s;
  const last = s.body.rest[s.body.rest.length - 1] as typeof link;
  return { kind: "define", name, body: last.operand, range: s.range, nameRange: first.range };
}

const known = new WeakMap<Catalogue, ReadonlySet<string>>();
/** The names of a catalogue, and those of the common functions that no product of letters spells, collected once. */
function routinesOf(catalogue: Catalogue): ReadonlySet<string> {
  const names =
    known.get(catalogue) ?? new Set([...catalogue.names(), ...rewritingNames, "KL", ...[...functions.keys()].filter((n) => /^[a-z]{4,}$/.test(n))]);
  known.set(catalogue, names);
  return names;
}

function readTexts(request: Request, language: FormatName, host: Host): Texts {
  const format = findFormat(language) ?? fail("unsupported", said`there is no notation named ${language}`, [0, request.input.length]);
  const texts = request.definitions ?? [];
  if (texts.length > maxDefinitions) return fail("too-large", said`more than ${maxDefinitions} definitions`, [0, request.input.length]);
  const macros = language === "latex" ? macrosOf(texts.join("\n")) : undefined;
  const functions = new Set<string>();
  const defined = new Set<string>();
  const options: ParseOptions = {
    functions,
    defined,
    routines: host.catalogue ? routinesOf(host.catalogue) : new Set(),
    ...(macros && macros.size > 0 && { macros }),
  };
  const definitions: Definition[] = [];
  const declarations = new Map<string, Declaration>();
  const assigns = !semanticsOf(language).symbols;
  const read = (text: string, index: number): void => {
    if (macros && /^\s*\$*\s*\\(?:re|provide)?newcommand|^\s*\\def\b|^\s*\\DeclareMathOperator/.test(text)) return;
    let parsed: Parsed;
    try {
      parsed = format.parse(text, options);
    } catch (e) {
      if (!(e instanceof FormulaFailure)) throw e;
      // What such a text assigns to is no longer what it was: using it must not answer the value from before.
      for (const name of assigns ? assignedNames(text) : []) {
        definitions.push({ statement: unknownValue(name, text), index, failure: e.error });
        defined.add(name);
      }
      return;
    }
    const { given, rest } = inOrder(parsed.statements.map(asDefinition), language);
    for (const statement of [...given, ...rest]) {
      if (statement.kind === "define") {
        definitions.push({ statement, index });
        (statement.params || statement.body.kind === "lambda" ? functions : defined).add(statement.name);
        defined.add(statement.name);
      } else if (statement.kind === "declare") {
        declarations.set(statement.name, { name: statement.name, shape: statement.shape, field: statement.field });
        defined.add(statement.name);
      }
    }
  };
  texts.forEach(read);
  // A function defined further down may be applied further up: then those texts are read once more.
  const later = definitions.filter(
    (d) => (d.statement.params || d.statement.body.kind === "lambda") && texts.slice(0, d.index).some((t) => t.includes(d.statement.name)),
  );
  if (later.length > 0) {
    definitions.length = 0;
    texts.forEach(read);
  }
  return { definitions, declarations, input: format.parse(request.input, options) };
}

/** A definition of which only the name is known. */
const unknownValue = (name: string, text: string): Extract<Statement, { kind: "define" }> => ({
  kind: "define",
  name,
  body: { kind: "opaque", what: "an assignment", children: [], range: [0, text.length] },
  range: [0, text.length],
  nameRange: [0, text.length],
});

/** What a formula gives for the names in it, and the formula. Code is read in its own order. */
const inOrder = (statements: readonly Statement[], language: FormatName): ReturnType<typeof partGiven> =>
  semanticsOf(language).symbols ? partGiven(statements) : { given: [], rest: statements };

/** f(x) = x^2 + 1, x = 3 asks for the value there. */
function atGiven({ rest, given }: ReturnType<typeof partGiven>): readonly Statement[] {
  const [only] = rest;
  const names = new Set(given.map((s) => s.name));
  if (rest.length !== 1 || only?.kind !== "define" || !only.params?.every((p) => names.has(p))) return rest;
  return [{ kind: "expression", body: only.body, range: only.range }];
}

/** Commands that read "y = 2x + 1" as an equation, not as a definition of y. */
const onEquations: ReadonlySet<string> = new Set(["solve", "equivalent"]);

function compute(request: Request, language: FormatName, texts: Texts, host: Host, budget: Budget, engine: SymbolicEngine | undefined): Answer {
  const command = request.command ?? "evaluate";
  const whole: Range = [0, request.input.length];
  const notes = [...(texts.input.notes ?? [])];
  const used = new Map<string, UsedDefinition>();
  const known = new Set(texts.definitions.map((d) => d.statement.name));
  // A = A^\top of a known A is a question, not a definition.
  const asks = (s: Statement): boolean => s.kind === "define" && known.has(s.name) && semanticsOf(language).symbols && sameAgain(s.body, s.name);
  const written = texts.input.statements.map((s) => (onEquations.has(command) || asks(s) ? asEquation(s) : s));
  const parted = inOrder(written, language);
  const main = atGiven(parted);
  const statements = [...parted.given, ...main];
  const own = texts.definitions.length;
  const inputDefinitions = statements.flatMap((s): Definition[] => (s.kind === "define" ? [{ statement: s, index: -1 }] : []));
  const declarations = new Map(texts.declarations);
  for (const s of statements) if (s.kind === "declare") declarations.set(s.name, { name: s.name, shape: s.shape, field: s.field });

  const base: Omit<Context, "scope"> = {
    language,
    settings: { ...defaultSettings, ...request.settings },
    catalogue: host.catalogue ?? noCatalogue,
    budget,
    note: (remark) => {
      if (!notes.some((n) => spoken(n) === spoken(remark))) notes.push(remark);
    },
    ...(engine && { engine }),
  };
  const all = [...texts.definitions, ...inputDefinitions];

  /** The value of the whole input; `closed` asks for its exact reading. */
  const read = (closed: boolean): { readonly value: Value; readonly statements: readonly Statement[] } => {
    const common = closed ? { ...base, closed, note: () => {}, budget: closedBudget(budget, host.clock) } : base;
    const contextOf = (scope: Scope, body: Expr, bound: readonly string[] = []): Context => ({
      ...common,
      scope,
      indexNames: subscriptNames(body, bound),
    });
    const hooks = {
      evaluate: (d: Definition, scope: Scope): Value =>
        defined(d.statement, (body, params) => contextOf(forEveryIndex(d.statement, scope), body, params), d.index < 0 ? undefined : d.index),
      used: (d: Definition) => {
        if (d.index >= 0) used.set(`${d.index} ${d.statement.name}`, { name: d.statement.name, index: d.index });
      },
    };
    // The k-th statement of the input sees the definitions before it.
    const scopeAt = (count: number): Scope => located(definitionScope(all.slice(0, own + count), declarations, hooks), texts, request.input.length);

    const values: { value: Value; statement: Statement }[] = [];
    let seen = 0;
    for (const s of statements) {
      if (s.kind === "define") {
        const scope = forEveryIndex(s, scopeAt(seen), true);
        const value = defined(s, (body, params) => contextOf(scope, body, params));
        if (main.includes(s)) values.push({ value, statement: s });
        seen++;
      } else if (s.kind === "expression") {
        const context = contextOf(scopeAt(seen), s.body);
        if (command === "solve" && s.body.kind === "relation" && typeof request.params?.["variable"] === "string")
          values.push({
            value: evaluate(s.body, {
              ...context,
              scope: context.scope.with({ [request.params["variable"]]: freeName(request.params["variable"], s.range) }),
            }),
            statement: s,
          });
        else values.push({ value: evaluate(s.body, context), statement: s });
      }
    }
    const context: Context = { ...common, scope: scopeAt(seen) };
    if (values.length === 0) return fail("empty", "there is nothing to evaluate", whole);

    const last = values[values.length - 1] as { value: Value; statement: Statement };
    const many = values.length > 1 && semanticsOf(language).collapse;
    let value: Value = many ? { kind: "list", items: values.map((v) => v.value) } : last.value;
    if (isIdentity(value) && command !== "equivalent")
      return fail("identity-size", "the size of the identity I is unknown here", last.statement.range, "Write I_n with its size");
    value = finish(value, command, context);
    if (command === "evaluate" && values.every((v) => v.statement.kind === "expression")) value = solvedEquation(value, context) ?? value;
    if (command !== "evaluate") {
      const entry =
        commands.get(command) ??
        fail("unsupported", said`there is no command named ${command}`, whole, said`The commands are ${commandNames.join(", ")}`);
      value = entry.run(
        value,
        parameters(request, language, texts, context),
        context,
        command === "numeric" ? firstFree(value, values, whole) : whole,
      );
      value = finish(value, command, context);
    }
    return { value, statements: values.map((v) => v.statement) };
  };

  const plain = read(false);
  const last = plain.statements[plain.statements.length - 1];
  if (last?.kind === "define" && last.params && /^\s*def\b/.test(request.input.slice(last.range[0])))
    return fail("not-a-formula", "this defines a function and has no value of its own", last.range, said`Apply it: ${last.name}(...)`);
  const exact =
    base.settings.exact !== "never" && semanticsOf(language).symbols && command !== "numeric" && command !== "equivalent" && mayClose(plain.value)
      ? closedValue(
          plain.value,
          attemptClosed(() => read(true).value),
        )
      : undefined;
  const shown =
    exact && (!isSymbolicValue(exact) || isSymbolicValue(plain.value) || base.settings.exact === "always" || rewriting.has(command))
      ? exact
      : plain.value;
  const closed = exact && shown !== exact ? exact : undefined;
  const parts = { ...(closed && { exact: closed }), ...namesOf(shown, plain.statements) };
  if (request.printed === false) return { ok: true, value: shown, ...parts, text: "", latex: "", language, notes, used: [...used.values()] };
  // The result looks like what was written: in the formula itself, else in a definition it used.
  const indices = new Set([...used.values()].map(({ index }) => index));
  const sources = [...plain.statements, ...texts.definitions.filter((d) => indices.has(d.index)).map((d) => d.statement)];
  return { ...answer(shown, language, notes, [...used.values()], environmentOf(sources)), ...parts };
}

/** The names of several values, where each has one. */
function namesOf(value: Value, statements: readonly Statement[]): { readonly names?: readonly string[] } {
  if (value.kind !== "list" || statements.length < 2 || value.items.length !== statements.length) return {};
  const names = statements.flatMap((s) => (s.kind === "define" && !s.params ? [s.name] : []));
  return names.length === statements.length ? { names } : {};
}

/** Commands whose answer is a form, so that the exact one is the answer itself. */
const rewriting: ReadonlySet<string> = new Set(["simplify", "expand", "factor", "collect", "apart", "solve", "limit", "integrate", "differentiate"]);

/** Symbolic results in their normal form; a chain that is no number yet stays. */
function finish(value: Value, command: string, context: Context): Value {
  if (value.kind === "list") return { ...value, items: value.items.map((v) => finish(v, command, context)) };
  return value.kind === "symbolic" && (command === "evaluate" || command === "numeric") ? settle(value, context) : value;
}

const asEquation = (s: Statement): Statement =>
  s.kind === "define" && !s.params
    ? {
        kind: "expression",
        range: s.range,
        body: { kind: "relation", first: { kind: "name", name: s.name, range: s.nameRange }, rest: [{ op: "=", operand: s.body }], range: s.range },
      }
    : s;

/** A^\top, A^{-1}, A^2: the name alone with a mark or a power. An update like m = 0.9m + g still gives the new value. */
const sameAgain = (body: Expr, name: string): boolean =>
  (body.kind === "unary" && body.operand.kind === "name" && body.operand.name === name) ||
  (body.kind === "binary" && body.op === "power" && body.left.kind === "name" && body.left.name === name);

/** The value a definition gives its name. */
function defined(s: Extract<Statement, { kind: "define" }>, contextFor: (body: Expr, params: readonly string[]) => Context, text?: number): Value {
  const plain = contextFor(s.body, s.params ?? []);
  // The i of \theta_i = ... is an index in the body too.
  const index = /_\{?[^{}]*?([ij])(?![A-Za-z])/.exec(s.name)?.[1];
  const context = index && !s.params?.includes(index) ? { ...plain, indexNames: new Set([...(plain.indexNames ?? []), index]) } : plain;
  if (s.params)
    return closeOver(
      { kind: "function", params: s.params, body: s.body, name: s.name, ...(s.defaults && { defaults: s.defaults }) },
      context.scope,
      text,
    );
  const value = evaluate(s.body, context);
  return value.kind === "symbolic" && !isIdentity(value) ? settle(value, context) : value;
}

/** The scope of a definition for every index: the letters of its index stand for themselves; `here`, those without a value. */
function forEveryIndex(s: Extract<Statement, { kind: "define" }>, scope: Scope, here = false): Scope {
  const letters = (familyOf(s)?.indices ?? []).filter((name) => !here || scope.lookup(name, s.nameRange) === undefined);
  return letters.length ? scope.with(Object.fromEntries(letters.map((name) => [name, freeName(name, s.nameRange)]))) : scope;
}

/** Names that stand as a subscript or are bound somewhere: i and j among them are no imaginary units. */
function subscriptNames(body: Expr, bound: readonly string[]): ReadonlySet<string> {
  const out = new Set<string>();
  const pending: Expr[] = [body];
  for (let e = pending.pop(); e; e = pending.pop()) {
    if (e.kind === "name" && e.subscript) for (const s of e.subscript) collect(s, out);
    pending.push(...children(e));
  }
  for (const b of bound) out.delete(b);
  return out;
}

function collect(e: Expr, out: Set<string>): void {
  const pending: Expr[] = [e];
  for (let x = pending.pop(); x; x = pending.pop()) {
    if (x.kind === "name") out.add(x.name);
    pending.push(...children(x));
  }
}

/** Errors inside a definition are reported where its name is used, with the place in its own text beside. */
function located(scope: Scope, texts: Texts, length: number): Scope {
  const located: Scope = {
    ...scope,
    lookup(name, use) {
      try {
        return scope.lookup(name, use);
      } catch (e) {
        if (!(e instanceof FormulaFailure) || e.error.kind === "timeout" || e.error.kind === "cancelled" || e.error.definition) throw e;
        const index = texts.definitions.findLast((d) => d.statement.name === name)?.index ?? -1;
        const range: Range = use[1] <= length ? use : [0, length];
        throw new FormulaFailure({ ...e.error, range, ...(index >= 0 && { definition: { index, range: e.error.range } }) });
      }
    },
  };
  return located;
}

/** What a command is told beside the value: the other formula of `equivalent` is read and evaluated. */
function parameters(request: Request, language: FormatName, texts: Texts, context: Context): Readonly<Record<string, unknown>> {
  const params = { ...request.params };
  if (request.command !== "equivalent" || typeof params["to"] !== "string") return params;
  const functions = new Set(texts.definitions.filter((d) => d.statement.params).map((d) => d.statement.name));
  const names = new Set(texts.definitions.map((d) => d.statement.name));
  const parsed = findFormat(language)?.parse(params["to"], { functions, defined: names });
  const statement = parsed?.statements.map(asEquation).at(-1);
  if (statement?.kind !== "expression") return fail("not-a-formula", "params.to is no formula", [0, 0]);
  const other = evaluate(statement.body, { ...context, indexNames: subscriptNames(statement.body, []) });
  return { ...params, other: other.kind === "symbolic" ? settle(other, context) : other };
}

/** The place of the first name that has no value, in reading order. */
function firstFree(value: Value, values: readonly { readonly statement: Statement }[], whole: Range): Range {
  if (value.kind !== "symbolic") return whole;
  const free = new Set(freeNames(value.expr));
  let best: Range | null = null;
  for (const { statement } of values) {
    const pending: Expr[] = "body" in statement ? [statement.body] : [];
    for (let e = pending.pop(); e; e = pending.pop()) {
      if (e.kind === "name" && free.has(e.name) && (!best || e.range[0] < best[0])) best = e.range;
      pending.push(...children(e));
    }
  }
  return best ?? whole;
}

/** The environment of the last matrix that was written, kept for the result. */
function environmentOf(statements: readonly Statement[]): string | undefined {
  let found: string | undefined;
  for (const s of statements) {
    const pending: Expr[] = "body" in s ? [s.body] : [];
    for (let e = pending.pop(); e; e = pending.pop()) {
      if ((e.kind === "matrix" || e.kind === "literal") && e.environment && !/^[vV]matrix/.test(e.environment)) found ??= e.environment;
      if (e.kind !== "literal") pending.push(...children(e));
    }
  }
  return found;
}

function answer(
  value: Value,
  language: FormatName,
  notes: readonly Sentence[],
  used: readonly UsedDefinition[],
  environment?: string,
): Answer & { readonly ok: true } {
  const options = environment === undefined ? {} : { environment };
  const latex = printValue(value, "latex", options);
  const text = language === "latex" ? latex : printValue(value, language, options);
  const remarks = value.kind === "symbolic" && value.note ? [...notes, value.note] : notes;
  return { ok: true, value, text, latex, language, notes: remarks, used };
}
