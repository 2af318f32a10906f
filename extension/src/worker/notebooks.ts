// Names that a notebook's formula takes from a cell in another notation: an array of a code cell in the LaTeX of a Markdown cell, and back.
import type { definitionsFor, FormulaDocument } from "@scholium/core/formula";
import type { Copy } from "./copies.js";

type Entry = FormulaDocument["cells"][number]["entries"][number];
type Seen = ReturnType<typeof definitionsFor>[number];

/** A definition in another notation, by the cell and the entry that holds it. */
export interface Foreign {
  readonly name: string;
  readonly cell: number;
  readonly entry: Entry;
}

/** Names both sides can write. */
const PLAIN_NAME = /^[A-Za-z]\w*$/;

/** Every name the formula reaches: its own and those of the definitions it sees. */
function mentioned(model: FormulaDocument, entry: Entry, seen: readonly Seen[]): Set<string> {
  const names = new Set(entry.mentions);
  for (const s of seen) {
    const source = model.cells[s.cell]?.entries.find((e) => e.statements.includes(s.statement));
    for (const name of source?.mentions ?? []) names.add(name);
  }
  return names;
}

/** The nearest definition of a name above an entry, in another notation than the entry's. */
function nearest(model: FormulaDocument, cell: number, entry: Entry, name: string): Foreign | undefined {
  for (let c = cell; c >= 0; c--) {
    const entries = model.cells[c]?.entries ?? [];
    for (let i = entries.length - 1; i >= 0; i--) {
      const e = entries[i] as Entry;
      if (e.region.language === entry.region.language || (c === cell && e.region.range[1] > entry.region.range[0])) continue;
      if (e.defines.some((d) => d.name === name && !d.isFunction)) return { name, cell: c, entry: e };
    }
  }
  return undefined;
}

/** The definitions a formula needs from cells of another notation. Nothing outside notebooks. */
export function foreignDefinitions(copy: Copy, entry: Entry, seen: readonly Seen[]): Foreign[] {
  if (copy.order.length < 2) return [];
  const model = copy.model();
  const out: Foreign[] = [];
  for (const name of mentioned(model, entry, seen)) {
    if (!PLAIN_NAME.test(name)) continue;
    const found = nearest(model, copy.cell, entry, name);
    if (!found) continue;
    const own = seen.findLast((s) => "name" in s.statement && s.statement.name === name);
    const nearer = own && (own.cell > found.cell || (own.cell === found.cell && own.range[0] > found.entry.region.range[0]));
    if (!nearer) out.push(found);
  }
  return out;
}

/** The first name of a formula that a code cell above assigns in a way only a kernel can follow. */
export function kernelName(copy: Copy, entry: Entry, seen: readonly Seen[], foreign: readonly Foreign[]): string | undefined {
  if (copy.order.length < 2) return undefined;
  const model = copy.model();
  const known = new Set([...foreign.map((f) => f.name), ...seen.flatMap((s) => ("name" in s.statement ? [s.statement.name] : []))]);
  for (const name of entry.mentions) {
    if (known.has(name) || !PLAIN_NAME.test(name)) continue;
    const assigned = new RegExp(`^[ \\t]*${name}[ \\t]*=(?!=)`, "m");
    for (let c = copy.cell; c >= 0; c--) {
      const { language, text } = model.cells[c] ?? { language: "markdown", text: "" };
      if (language !== "markdown" && language !== "latex" && assigned.test(text)) return name;
    }
  }
  return undefined;
}
