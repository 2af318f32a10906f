// One region of a document, read: its statements, the names it defines and the names it needs.

import { children, type Expr, type FormulaError, FormulaFailure, type Statement } from "../../expr/index.js";
import { assignedNames, findFormat, type Macros } from "../../formats/index.js";
import { layoutOf, type Region } from "../regions/index.js";

export interface Entry {
  readonly region: Region;
  /** The region's content; the statements' ranges are in it. */
  readonly text: string;
  readonly statements: readonly Statement[];
  /** Why it could not be read; it then defines nothing. */
  readonly error?: FormulaError;
  /** Names it defines or declares, and whether each is a function. */
  readonly defines: readonly Defined[];
  /** Names its statements mention, bound ones included. */
  readonly mentions: ReadonlySet<string>;
}

export interface Defined {
  readonly name: string;
  readonly isFunction: boolean;
}

/** What is known above a region. */
export interface Knowledge {
  readonly functions: ReadonlySet<string>;
  readonly defined: ReadonlySet<string>;
  readonly macros: Macros;
}

/** Regions longer than this are not read for definitions. */
const longest = 200_000;

/** Reads a region. Never throws. */
export function readEntry(region: Region, text: string, known: Knowledge): Entry {
  const format = findFormat(region.language);
  const nothing = { region, text, statements: [], defines: [], mentions: new Set<string>() };
  if (!format || text.length > longest || region.kind === "table" || region.kind === "block") return nothing;
  try {
    const { statements } = format.parse(text, known);
    const mentions = new Set<string>();
    for (const s of statements) collect(s, mentions);
    return { region, text, statements, defines: statements.flatMap(definedBy), mentions };
  } catch (e) {
    if (e instanceof FormulaFailure) return { ...nothing, statements: layoutOf(region.language) === "code" ? unreadable(text) : [], error: e.error };
    throw e;
  }
}

/** The names an unreadable statement assigns to: they are no longer what they were above it. */
const unreadable = (text: string): Statement[] =>
  assignedNames(text).map((name) => ({
    kind: "define",
    name,
    body: { kind: "opaque", what: "an assignment", children: [], range: [0, text.length] },
    range: [0, text.length],
    nameRange: [0, text.length],
  }));

function definedBy(s: Statement): Defined[] {
  // The value of `a, b = ...` as a whole has a name nobody wrote.
  if (s.kind === "define" && /^[^{}\\]*(?:, | #\d)/.test(s.name)) return [];
  if (s.kind === "define") return [{ name: s.name, isFunction: s.params !== undefined || s.body.kind === "lambda" }];
  return s.kind === "declare" ? [{ name: s.name, isFunction: false }] : [];
}

function collect(s: Statement, into: Set<string>): void {
  const visit: Expr[] = s.kind === "declare" ? [...s.shape] : s.kind === "assume" ? [s.condition] : [s.body];
  // An explicit stack: a long chain is as deep as it is long.
  for (let e = visit.pop(); e; e = visit.pop()) {
    if (e.kind === "name") {
      into.add(e.name);
      if (e.base !== undefined) into.add(e.base);
    } else if (e.kind === "call") into.add(e.name);
    visit.push(...children(e));
  }
}
