// From a place to the formulas that could be meant there, each with the definitions it sees.
import { detectFormat, type FormatName, findFormat } from "@scholium/core/formats";
import { definitionsFor, layoutOf, notationOf, type Region, regionOfSelection, regionsAround } from "@scholium/core/formula";
import type { Conventions, Place } from "../protocol.js";
import type { Copies, Copy } from "./copies.js";
import { foreignDefinitions, kernelName } from "./notebooks.js";
import { copyOf } from "./texts.js";

export interface Formula {
  readonly text: string;
  /** In the document, without delimiters and the blanks inside them. */
  readonly range: readonly [number, number];
  readonly language: FormatName;
  /** The name it defines. */
  readonly named?: string;
  readonly definitions: readonly { readonly text: string; readonly range?: readonly [number, number]; readonly uri?: string }[];
  /** In a notebook: definitions of cells in another notation, to be evaluated and handed on as values. */
  readonly foreign?: readonly { readonly name: string; readonly formula: Formula }[];
  /** In a notebook: a name only the kernel knows the value of. */
  readonly kernel?: string;
  /** A matrix written out, where the place is in code. */
  readonly literal?: boolean;
}

/** Definitions are looked for in documents up to this length. */
const LARGEST_SCOPE = 5_000_000;

/** All names a document defines, by its model. */
const names = new WeakMap<object, ReadonlySet<string>>();

/** Whether a formula mentions any name that is defined somewhere; most do not, and looking for definitions takes time in a long document. */
function reaches(copy: Copy, region: Region): boolean {
  const model = copy.model();
  let defined = names.get(model);
  if (!defined) names.set(model, (defined = new Set(model.cells.flatMap((c) => c.entries.flatMap((e) => e.defines.map((d) => d.name))))));
  const entry = entryAt(copy, region);
  if (!entry) return true;
  // A name in bold is found by its letter.
  for (const name of entry.mentions) if (defined.has(name) || name.includes("\\")) return true;
  return [...defined].some((name) => name.includes("\\")) && entry.mentions.size > 0;
}

/** The entry of the document's model that holds a region. */
function entryAt(copy: Copy, region: Region) {
  const entries = copy.model().cells[copy.cell]?.entries ?? [];
  let [low, high] = [0, entries.length];
  while (low < high) {
    const mid = (low + high) >> 1;
    if ((entries[mid]?.region.range[1] ?? 0) < region.range[1]) low = mid + 1;
    else high = mid;
  }
  const entry = entries[low];
  return entry && entry.region.range[0] <= region.range[0] && region.range[1] <= entry.region.range[1] && !entry.error ? entry : undefined;
}

/** Cells of other notations are followed this deep. */
const DEEPEST = 4;

/** The content of a region as a formula with its scope. */
export function formulaOf(copies: Copies, copy: Copy, region: Region, scope: Conventions["scope"], depth = 0): Formula {
  let [start, end] = region.content;
  while (start < end && /\s/.test(copy.text.charAt(start))) start++;
  while (end > start && /\s/.test(copy.text.charAt(end - 1))) end--;
  const text = copy.text.slice(start, end);
  const offset = scope === "document" ? copy.text.length : region.range[0];
  const alone = scope === "selection" || copy.text.length > LARGEST_SCOPE;
  const seen = alone || !reaches(copy, region) ? [] : definitionsFor(copy.model(), { cell: copy.cell, offset }, text);
  const named = /^(\\?[A-Za-z]+(?:_(?:\w|\{\w+\}))?)\s*:?=(?!=)/.exec(text)?.[1];
  return {
    text,
    range: [start, end],
    language: region.language,
    ...(named ? { named } : {}),
    definitions: seen.map((s) => ({ text: s.text, range: s.range, ...(s.cell === copy.cell ? {} : { uri: copy.order[s.cell] as string }) })),
    ...(alone || copy.order.length < 2 || depth > DEEPEST ? {} : acrossCells(copies, copy, region, seen, scope, depth)),
  };
}

/** What a formula of a notebook takes from cells in other notations. */
function acrossCells(
  copies: Copies,
  copy: Copy,
  region: Region,
  seen: ReturnType<typeof definitionsFor>,
  scope: Conventions["scope"],
  depth: number,
): Pick<Formula, "foreign" | "kernel"> {
  const entry = entryAt(copy, region);
  if (!entry) return {};
  const found = foreignDefinitions(copy, entry, seen);
  const kernel = kernelName(copy, entry, seen, found);
  const foreign = found.flatMap(({ name, cell, entry: e }) => {
    const other = copies.get(copy.order[cell] as string);
    return other ? [{ name, formula: formulaOf(copies, other, e.region, scope, depth + 1) }] : [];
  });
  return { foreign, ...(kernel ? { kernel } : {}) };
}

/**
 * The notation of a selection. Outside the formulas of a text it is whatever it looks like; elsewhere the document's own, unless that does
 * not know it at all and another surely does (MATLAB in a `.m` file that is taken for Objective-C).
 */
function settled(copy: Copy, region: Region): Region {
  const text = copy.text.slice(...region.content);
  const detected = detectFormat(text).name;
  if (detected === region.language) return region;
  const layout = layoutOf(copy.language);
  const free = region.kind === "block" && (layout === "prose" || layout === "none");
  const strange = findFormat(region.language)?.detect(text) === 0 && (findFormat(detected)?.detect(text) ?? 0) >= 2;
  return free || strange ? { ...region, language: detected } : region;
}

/** The formulas that could be meant at a place, the likeliest first. Throws Stale. */
export function formulasAt(copies: Copies, place: Place, scope: Conventions["scope"]): Formula[] {
  const [start, end] = place.range;
  if (place.text !== undefined) {
    const native = findFormat(notationOf(place.language));
    const language = native && native.detect(place.text) > 0 ? native.name : detectFormat(place.text).name;
    return place.text.trim() ? [{ text: place.text, range: place.range, language, definitions: [] }] : [];
  }
  const copy = copyOf(copies, place);
  if (start === end) return regionsAround(copy.text, copy.language, start).map((region) => formulaOf(copies, copy, region, scope));
  const region = regionOfSelection(copy.text, copy.language, [start, end]);
  return region ? [formulaOf(copies, copy, settled(copy, region), scope)] : [];
}

/** A matrix written out at a place of a document of code; nothing in other places. */
export function literalAt(copies: Copies, place: Place, scope: Conventions["scope"]): Formula[] {
  if (place.text !== undefined) return [];
  const copy = copyOf(copies, place);
  const region = regionsAround(copy.text, copy.language, place.range[0]).at(-1);
  if (!region || !/^[\w.]*[[({]/.test(copy.text.slice(...region.content).trimStart())) return [];
  return [{ ...formulaOf(copies, copy, region, scope), literal: true }];
}
