// The document model: regions, what they define, and what depends on what. Plain data; an edit makes a new document that
// shares everything the edit did not touch.

import { type Macros, macrosOf } from "../../formats/index.js";
import { layoutOf, type Region, scanRegions } from "../regions/index.js";
import { type Entry, type Knowledge, readEntry } from "./entry.js";

/** A text of its own: a file, or one cell of a notebook in document order. */
export interface Cell {
  /** The editor's language id. */
  readonly language: string;
  readonly text: string;
  readonly entries: readonly Entry[];
}

export interface FormulaDocument {
  readonly cells: readonly Cell[];
  /** Macros known everywhere: configured ones and those the document defines. */
  readonly macros: Macros;
  /** The configured ones alone. */
  readonly given: Macros;
}

/** text[start, end) replaced. */
export interface Edit {
  readonly cell: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Source {
  readonly language: string;
  readonly text: string;
}

const noMacros: Macros = new Map();

/** Indexes a document given as its texts in order. Linear. */
export function openDocument(sources: readonly Source[], given: Macros = noMacros): FormulaDocument {
  const macros = allMacros(sources, given);
  const regions = sources.map((s) => allRegions(s));
  return read(
    sources.map((s, i) => ({ ...s, regions: regions[i] as readonly Region[] })),
    macros,
    given,
    undefined,
  );
}

/** The document after an edit. Only regions the edit touches are read again, and those whose names it changed. */
export function editDocument(document: FormulaDocument, edit: Edit): FormulaDocument {
  const old = document.cells[edit.cell];
  if (!old || edit.start < 0 || edit.end < edit.start || edit.end > old.text.length)
    throw new RangeError(`invalid edit: [${edit.start}, ${edit.end}) of cell ${edit.cell}`);
  const text = old.text.slice(0, edit.start) + edit.text + old.text.slice(edit.end);
  const definesMacros = /\\(re)?newcommand|\\def|\\providecommand|\\DeclareMathOperator/;
  const cells = document.cells.map((c, i) => (i === edit.cell ? { language: c.language, text } : c));
  const around = old.text.slice(Math.max(0, edit.start - 300), edit.end + 300);
  const macros =
    document.macros.size > 0 || definesMacros.test(edit.text) || definesMacros.test(around) ? allMacros(cells, document.given) : document.macros;
  const sources = document.cells.map((c, i) =>
    i === edit.cell
      ? { language: c.language, text, regions: regionsAfter(c, edit, text) }
      : { language: c.language, text: c.text, regions: c.entries.map((e) => e.region) },
  );
  return read(sources, macros, document.given, sameMacros(macros, document.macros) ? document : undefined);
}

function allMacros(cells: readonly Source[], given: Macros): Macros {
  const out = new Map(given);
  for (const c of cells)
    if (c.text.includes("\\newcommand") || /\\(renewcommand|def|providecommand|DeclareMathOperator)/.test(c.text))
      for (const [name, m] of macrosOf(c.text)) out.set(name, m);
  return out;
}

const sameMacros = (a: Macros, b: Macros): boolean =>
  a === b || (a.size === b.size && [...a].every(([name, m]) => b.get(name)?.body === m.body && b.get(name)?.args === m.args));

function allRegions(s: Source): Region[] {
  const out: Region[] = [];
  scanRegions(s.text, s.language, 0, (r) => {
    out.push(r);
    return false;
  });
  return out;
}

/** The regions after an edit: scanned from the last region before it until the scan meets an old region again. */
function regionsAfter(cell: Cell, edit: Edit, text: string): Region[] {
  const old = cell.entries.map((e) => e.region);
  const shift = edit.text.length - (edit.end - edit.start);
  let keep = 0;
  while (keep < old.length && (old[keep] as Region).range[1] < edit.start) keep++;
  // One region of safety: what stands right before the edit may read on into it.
  keep = mayReachFar(cell, edit, text) ? 0 : Math.max(0, keep - 1);
  const out = old.slice(0, keep);
  const from = keep > 0 ? (old[keep - 1] as Region).range[1] : 0;
  const after = edit.start + edit.text.length;
  const byStart = new Map<number, number>();
  for (let i = old.length - 1; i >= keep; i--) {
    const r = old[i] as Region;
    if (r.range[0] <= edit.end) break;
    byStart.set(r.range[0] + shift, i);
  }
  let meets = -1;
  scanRegions(text, cell.language, from, (r) => {
    const i = r.range[0] > after + lookBehind ? byStart.get(r.range[0]) : undefined;
    const same = i === undefined ? undefined : old[i];
    if (same && same.kind === r.kind && same.language === r.language && same.range[1] + shift === r.range[1]) {
      meets = i as number;
      return true;
    }
    out.push(r);
    return false;
  });
  if (meets >= 0) for (let i = meets; i < old.length; i++) out.push(moved(old[i] as Region, shift));
  return out;
}

/** A scan looks at most this far back to see whether a line begins. */
const lookBehind = 24;

/** An edit near a delimiter may open or close a region far before it; then the scan starts anew. So it does in code, where brackets span lines. */
function mayReachFar(cell: Cell, edit: Edit, text: string): boolean {
  if (layoutOf(cell.language) === "code") return true;
  const delimiter = /[$`~\\]/;
  const after = edit.start + edit.text.length;
  return (
    delimiter.test(text.slice(Math.max(0, edit.start - 1), after + 1)) ||
    delimiter.test(cell.text.slice(Math.max(0, edit.start - 1), edit.end + 1)) ||
    /\\(end|begin)|```|~~~/.test(text.slice(Math.max(0, edit.start - 30), after + 30) + cell.text.slice(Math.max(0, edit.start - 30), edit.end + 30))
  );
}

const moved = (r: Region, by: number): Region =>
  by === 0
    ? r
    : {
        ...r,
        range: [r.range[0] + by, r.range[1] + by],
        content: [r.content[0] + by, r.content[1] + by],
        ...(r.loop !== undefined && { loop: r.loop + by }),
      };

interface Scanned extends Source {
  readonly regions: readonly Region[];
}

/** Reads the regions in order, taking from `before` what reads as it did. */
function read(sources: readonly Scanned[], macros: Macros, given: Macros, before: FormulaDocument | undefined): FormulaDocument {
  // What is known above the current region, now and at the same place in the document before.
  const functions = new Set<string>();
  const defined = new Set<string>();
  const known: Knowledge = { functions, defined, macros };
  // Names whose reading differs from before at this point.
  const changed = new Map<string, "now" | "then">();
  const cells = sources.map((s, c): Cell => {
    const old = before?.cells[c]?.entries ?? [];
    let next = 0;
    const entries = s.regions.map((region) => {
      const text = s.text.slice(region.content[0], region.content[1]);
      const i = matching(old, next, region, text);
      const same = i < 0 ? undefined : (old[i] as Entry);
      if (same) {
        for (let k = next; k < i; k++) note(changed, (old[k] as Entry).defines, "then");
        next = i + 1;
      }
      const entry = same && !touches(changed, text) ? (same.region === region ? same : { ...same, region }) : readEntry(region, text, known);
      if (entry.statements !== same?.statements) {
        if (same) note(changed, same.defines, "then");
        if (before) note(changed, entry.defines, "now");
      }
      for (const d of entry.defines) {
        if (d.isFunction) {
          functions.add(d.name);
          defined.delete(d.name);
        } else {
          defined.add(d.name);
          functions.delete(d.name);
        }
      }
      return entry;
    });
    for (let k = next; k < old.length; k++) note(changed, (old[k] as Entry).defines, "then");
    return { language: s.language, text: s.text, entries };
  });
  return { cells, macros, given };
}

/** The old entry with this text, looked for a few places on. */
function matching(old: readonly Entry[], from: number, region: Region, text: string): number {
  for (let i = from; i < Math.min(old.length, from + 8); i++) {
    const e = old[i] as Entry;
    if (
      e.text === text &&
      e.region.language === region.language &&
      e.region.kind === region.kind &&
      (e.region.loop === undefined) === (region.loop === undefined)
    )
      return i;
  }
  return -1;
}

/** A name defined both then and now in turn reads as it did. */
function note(
  changed: Map<string, "now" | "then">,
  names: readonly { readonly name: string; readonly isFunction: boolean }[],
  side: "now" | "then",
): void {
  for (const d of names) {
    const key = `${d.isFunction ? "f" : "v"} ${d.name}`;
    const other = changed.get(key);
    if (other !== undefined && other !== side) changed.delete(key);
    else changed.set(key, side);
  }
}

/** Whether the text mentions a name whose reading changed. */
function touches(changed: ReadonlyMap<string, unknown>, text: string): boolean {
  for (const key of changed.keys()) {
    const letters = /[A-Za-z]+(?=[^A-Za-z]*$)/.exec(key.slice(2).replace(/_\{.*$/, ""))?.[0];
    if (letters === undefined || text.includes(letters)) return true;
  }
  return false;
}
