// Where the names of a document stand: the places that define them and the places that mean those definitions.
import { children, type Expr, type Statement } from "@scholium/core/expr";
import type { Entry, FormulaDocument } from "@scholium/core/formula";

type Range = readonly [number, number];

export interface Occurrence {
  readonly cell: number;
  /** In the cell's text. */
  readonly range: Range;
  readonly defines: boolean;
  /** Means a parameter or a running index of the same name, not the definition. */
  readonly bound: boolean;
}

const boundBy = (e: Expr): readonly string[] => {
  if (e.kind === "lambda") return e.params;
  if (e.kind === "big" && e.variable !== undefined) return [e.variable];
  if (e.kind === "substitute") return e.bindings.map((b) => b.name);
  return [];
};

/** Visits the names of an expression in no special order, each with whether something inside the statement binds it. */
function visitNames(s: Statement, name: string, visit: (range: Range, bound: boolean) => void): void {
  const start: Expr[] = s.kind === "declare" ? [...s.shape] : s.kind === "assume" ? [s.condition] : [s.body];
  const pending = start.map((e) => ({ e, bound: s.kind === "define" && (s.params?.includes(name) ?? false) }));
  for (let item = pending.pop(); item; item = pending.pop()) {
    const { e } = item;
    const bound = item.bound || boundBy(e).includes(name);
    if (e.kind === "name") {
      if (e.name === name) visit(e.range, bound);
      // The A of A_{12} when the whole is read as an entry.
      else if (e.base === name) visit([e.range[0], e.range[0] + name.length], bound);
    } else if (e.kind === "call" && e.name === name) visit(e.nameRange, bound);
    for (const child of children(e)) pending.push({ e: child, bound });
  }
}

/** The places of a name in an entry, in the cell's text and in order. */
export function inEntry(entry: Entry, cell: number, name: string): Occurrence[] {
  const base = entry.region.content[0];
  const out: Occurrence[] = [];
  for (const s of entry.statements) {
    if ((s.kind === "define" || s.kind === "declare") && s.name === name)
      out.push({ cell, range: [base + s.nameRange[0], base + s.nameRange[1]], defines: true, bound: false });
    if (entry.mentions.has(name))
      visitNames(s, name, (range, bound) => out.push({ cell, range: [base + range[0], base + range[1]], defines: false, bound }));
  }
  return out.sort((a, b) => a.range[0] - b.range[0]);
}

/** The places of a name in a whole document. */
export function occurrences(model: FormulaDocument, name: string): Occurrence[] {
  return model.cells.flatMap((c, cell) =>
    c.entries.flatMap((e) => (e.mentions.has(name) || e.defines.some((d) => d.name === name) ? inEntry(e, cell, name) : [])),
  );
}
