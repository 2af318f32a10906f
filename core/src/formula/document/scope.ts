// What a formula of a document sees: definitions above it in order, the nearest one first, never one below.

import {
  type Expr,
  FormulaFailure,
  fail,
  formulaError,
  hintOf,
  messageOf,
  phrase,
  type Range,
  type Statement,
  said,
  type Value,
} from "../../expr/index.js";
import { findFormat } from "../../formats/index.js";
import type { Declaration, Scope } from "../context.js";
import { familyOf } from "../evaluate/family.js";
import { bound, type Definition, definitionScope } from "../evaluate/scope.js";
import { notationOf } from "../regions/index.js";
import type { FormulaDocument } from "./document.js";
import { type Entry, readEntry } from "./entry.js";

/** A place in a document. */
export interface Place {
  readonly cell: number;
  readonly offset: number;
}

/** A statement above a place, with where it stands. */
export interface Seen {
  readonly statement: Statement;
  readonly cell: number;
  /** In the cell's text. */
  readonly range: Range;
  /** Line in the cell, from 1. */
  readonly line: number;
  readonly text: string;
}

/** Evaluates the body of a definition in the scope it sees. */
export type EvaluateDefinition = (statement: Extract<Statement, { kind: "define" }>, scope: Scope) => Value;

/** Whether a cell's definitions are seen from a formula of this notation: its own, and LaTeX from LaTeX in any cell. */
const visible = (language: string, from: string): boolean => notationOf(language) === notationOf(from);

/** The loop around a place. */
function loopAt(document: FormulaDocument, place: Place): number | undefined {
  return document.cells[place.cell]?.entries.find((e) => e.region.range[0] <= place.offset && place.offset <= e.region.range[1])?.region.loop;
}

/** The regions that end at or before a place and can be seen from it, in order. */
function entriesAbove(document: FormulaDocument, place: Place): { entry: Entry; cell: number }[] {
  const here = document.cells[place.cell];
  if (!here) return [];
  const out: { entry: Entry; cell: number }[] = [];
  const at = here.entries.find((e) => e.region.range[0] <= place.offset && place.offset <= e.region.range[1]);
  const language = at?.region.language ?? notationOf(here.language);
  for (let cell = 0; cell <= place.cell; cell++) {
    const c = document.cells[cell];
    if (!c) continue;
    for (const entry of c.entries) {
      if (cell === place.cell && (entry === at || entry.region.range[1] > place.offset)) break;
      if (entry.region.language === language && (cell === place.cell || visible(c.language, here.language) || entry.region.language === "latex"))
        out.push({ entry, cell });
    }
  }
  return out;
}

/** All statements above a place that a formula there sees, nearest last. */
export function statementsAbove(document: FormulaDocument, place: Place): Seen[] {
  const lines = document.cells.map((c) => lineStarts(c.text));
  const loop = loopAt(document, place);
  return entriesAbove(document, place).flatMap(({ entry, cell }) =>
    entry.statements.map((statement): Seen => {
      const base = entry.region.content[0];
      const range: Range = [base + statement.range[0], base + statement.range[1]];
      return {
        statement,
        cell,
        range,
        line: lineOf(lines[cell] as readonly number[], range[0]),
        // What a loop assigns is not known below it: the text says so, and cannot be read as a definition.
        text: `${entry.region.loop !== undefined && (cell !== place.cell || entry.region.loop !== loop) ? "while " : ""}${entry.text.slice(statement.range[0], statement.range[1])}`,
      };
    }),
  );
}

function lineStarts(text: string): number[] {
  const out = [0];
  for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) out.push(i + 1);
  return out;
}

/** The line (from 1) an offset stands on, by bisection. */
function lineOf(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const mid = (low + high + 1) >> 1;
    if ((starts[mid] as number) <= offset) low = mid;
    else high = mid - 1;
  }
  return low + 1;
}

/** A definition that was used, for the hover. */
export type Used = (seen: Seen) => void;

/**
 * The scope of a formula at a place. `evaluate` is called on the first use of each definition; `pinned` values of the
 * user come before the document's. A definition that fails is reported at its use, with the line it stands on.
 */
export function scopeAt(
  document: FormulaDocument,
  place: Place,
  evaluate: EvaluateDefinition,
  options: { readonly pinned?: Readonly<Record<string, Value>>; readonly used?: Used } = {},
): Scope {
  const seen = statementsAbove(document, place);
  const definitions: Definition[] = [];
  const declarations = new Map<string, Declaration>();
  seen.forEach((s, index) => {
    if (s.statement.kind === "define") definitions.push({ statement: s.statement, index });
    else if (s.statement.kind === "declare")
      declarations.set(s.statement.name, { name: s.statement.name, shape: s.statement.shape, field: s.statement.field });
  });
  const pinned = options.pinned ?? {};
  const inner = definitionScope(definitions, declarations, {
    evaluate: (d, scope) => {
      try {
        return evaluate(d.statement, bound(scope, pinned));
      } catch (e) {
        throw located(e, seen[d.index] as Seen);
      }
    },
    used: (d) => options.used?.(seen[d.index] as Seen),
  });
  const self: Scope = {
    lookup(name, use) {
      try {
        return inner.lookup(name, use);
      } catch (e) {
        if (!(e instanceof FormulaFailure)) throw e;
        return fail(e.error.kind, messageOf(e.error), use, hintOf(e.error));
      }
    },
    declaration: inner.declaration,
    names: inner.names,
    family: inner.family,
    with: (bindings) => bound(self, bindings),
  };
  return Object.keys(pinned).length > 0 ? bound(self, pinned) : self;
}

/** A failure inside a definition, told with the definition's name and line. */
function located(e: unknown, seen: Seen): unknown {
  if (
    !(e instanceof FormulaFailure) ||
    seen.statement.kind !== "define" ||
    /^(circular|timeout|cancelled)$/.test(e.error.kind) ||
    e.error.message.includes(" is seen on line ")
  )
    return e;
  const { kind, range } = e.error;
  const message = said`${seen.statement.name} is seen on line ${seen.line} but ${phrase(messageOf(e.error))}`;
  return new FormulaFailure(formulaError(kind, message, range, hintOf(e.error)));
}

/**
 * The texts a formula at a place depends on, nearest last: only definitions its names reach, and declarations of those
 * names. They can be given to the evaluator as its `definitions`.
 */
export function definitionsFor(document: FormulaDocument, place: Place, text: string): Seen[] {
  const above = statementsAbove(document, place);
  const cell = document.cells[place.cell];
  const at = cell?.entries.find((e) => e.region.range[0] <= place.offset && place.offset <= e.region.range[1]);
  const language = at?.region.language ?? notationOf(cell?.language ?? "latex");
  if (!findFormat(language)) return [];
  const functions = new Set(above.flatMap((s) => (s.statement.kind === "define" && s.statement.params ? [s.statement.name] : [])));
  const defined = new Set(
    above.flatMap((s) => (s.statement.kind === "declare" || (s.statement.kind === "define" && !s.statement.params) ? [s.statement.name] : [])),
  );
  const region = { kind: "inline", language, range: [0, text.length], content: [0, text.length] } as const;
  const entry = readEntry(region, text, { functions, defined, macros: document.macros });
  const byName = new Map<string, number[]>();
  above.forEach((s, i) => {
    if (s.statement.kind !== "define" && s.statement.kind !== "declare") return;
    const { name } = s.statement;
    const family = s.statement.kind === "define" ? familyOf(s.statement) : null;
    const member = /_\{\d[\d,]*\}$/.test(name) ? [oneOf(withoutSubscript(name))] : [];
    for (const key of new Set([name, bare(name), ...(family ? [everyIndex(family.base)] : []), ...member]))
      byName.set(key, [...(byName.get(key) ?? []), i]);
  });
  const chosen = new Set<number>();
  const queue: { name: string; before: number }[] = [...entry.mentions].map((name) => ({ name, before: above.length }));
  for (let item = queue.pop(); item; item = queue.pop()) {
    // p_i in a sum may be any of p_1, p_2, ...
    if (!byName.has(item.name) && /_\{[^{}]*[A-Za-z][^{}]*\}$/.test(item.name))
      for (const i of byName.get(oneOf(withoutSubscript(item.name))) ?? []) {
        const { name } = (above[i] as Seen).statement as { readonly name: string };
        queue.push({ name, before: item.before });
      }
    const places = byName.get(item.name) ?? byName.get(bare(item.name)) ?? byName.get(everyIndex(withoutSubscript(item.name)));
    if (!places) continue;
    const { before } = item;
    const defines = places.filter((i) => i < before && above[i]?.statement.kind === "define");
    const k =
      defines.findLast((i, n) => n === 0 || !restates(above[i] as Seen, defined, above[defines[n - 1] as number] as Seen)) ??
      places.findLast((i) => i < before) ??
      (places[0] as number);
    if (chosen.has(k)) continue;
    chosen.add(k);
    const s = above[k] as Seen;
    const inner = readEntry(region, s.text, { functions, defined, macros: document.macros });
    for (const name of inner.mentions) queue.push({ name, before: k });
  }
  return [...chosen].sort((a, b) => a - b).map((i) => above[i] as Seen);
}

/**
 * Whether a definition only says of a matrix that was given what it is made of, as A = U \Sigma V^\top after A = \begin{bmatrix} ...: a product of
 * names of which one has no value hides no numbers. Neither does a declaration such as A \in \mathbb R^{n \times d}.
 */
function restates(s: Seen, defined: ReadonlySet<string>, earlier: Seen): boolean {
  if (s.statement.kind !== "define" || s.statement.params || earlier.statement.kind !== "define" || earlier.statement.body.kind !== "matrix")
    return false;
  const factors = factorNames(s.statement.body);
  return factors !== null && factors.length > 1 && factors.some((name) => !defined.has(name));
}

/** The names in a product of names, transposes and powers of names; null for anything else. */
function factorNames(e: Expr): readonly string[] | null {
  if (e.kind === "name") return [e.name];
  if (e.kind === "unary") return factorNames(e.operand);
  if (e.kind !== "binary") return null;
  if (e.op === "power") return factorNames(e.left);
  const [left, right] = [factorNames(e.left), factorNames(e.right)];
  return e.op === "multiply" && left && right ? [...left, ...right] : null;
}

/** The key of a definition for every index, which no name has. */
const everyIndex = (base: string): string => `${bare(base)}_{}`;

/** The key of all definitions with a number for an index. */
const oneOf = (base: string): string => `${bare(base)}_#`;

const withoutSubscript = (name: string): string => name.replace(/_\{[^{}]*\}$/, "");

/** What depends on a name when it is defined anew: the name, and with a subscript the others of its base. */
const keysOf = ({ name }: { readonly name: string }): readonly string[] => {
  const base = withoutSubscript(name);
  return base === name ? [bare(name)] : [bare(name), everyIndex(base)];
};

/** A name without bold and the like. */
const bare = (name: string): string => name.replace(/\\(?:mathbf|boldsymbol|bm|vec|mathrm)\{([^{}]*)\}/g, "$1");

/** The regions of `after` that must be evaluated again: those an edit changed, and those that depend on what it changed. */
export function affected(before: FormulaDocument, after: FormulaDocument): { readonly cell: number; readonly entry: number }[] {
  const known = new Set(before.cells.flatMap((c) => c.entries.map((e) => e.statements as unknown)));
  const kept = new Set(after.cells.flatMap((c) => c.entries.map((e) => e.statements as unknown)));
  // A definition that is gone also uncovers one above it of the same name.
  const gone = before.cells.flatMap((c) => c.entries.filter((e) => !kept.has(e.statements)));
  const dirty = new Set(gone.flatMap((e) => e.defines.flatMap(keysOf)));
  const out: { cell: number; entry: number }[] = [];
  const hit = new Set<string>();
  const all = after.cells.flatMap((c, cell) => c.entries.map((e, entry) => ({ e, cell, entry, key: `${cell} ${entry}` })));
  // Definitions may also reach downwards through others: repeat until nothing is added.
  for (let more = true; more; ) {
    more = false;
    for (const { e, cell, entry, key } of all) {
      if (hit.has(key)) continue;
      const touched =
        (!known.has(e.statements) && e.statements.length + (e.error ? 1 : 0) > 0) ||
        [...e.mentions].some((n) => dirty.has(bare(n)) || dirty.has(everyIndex(withoutSubscript(n))));
      if (!touched) continue;
      hit.add(key);
      out.push({ cell, entry });
      for (const key of e.defines.flatMap(keysOf))
        if (!dirty.has(key)) {
          dirty.add(key);
          more = true;
        }
    }
  }
  return out.sort((a, b) => a.cell - b.cell || a.entry - b.entry);
}
