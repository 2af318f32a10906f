// From a place to the formulas that could be meant there, each with the definitions it sees.
import { detectFormat, type FormatName, findFormat } from "@scholium/core/formats";
import { definitionsFor, layoutOf, notationOf, type Region, regionOfSelection, regionsAround } from "@scholium/core/formula";
import type { Conventions, Place } from "../protocol.js";
import type { Copies, Copy } from "./copies.js";
import { copyOf } from "./texts.js";

export interface Formula {
  readonly text: string;
  /** In the document, without delimiters and the blanks inside them. */
  readonly range: readonly [number, number];
  readonly language: FormatName;
  /** The name it defines. */
  readonly named?: string;
  readonly definitions: readonly { readonly text: string; readonly range?: readonly [number, number] }[];
}

/** Definitions are looked for in documents up to this length. */
const LARGEST_SCOPE = 5_000_000;

/** The content of a region as a formula with its scope. */
export function formulaOf(copy: Copy, region: Region, scope: Conventions["scope"]): Formula {
  let [start, end] = region.content;
  while (start < end && /\s/.test(copy.text.charAt(start))) start++;
  while (end > start && /\s/.test(copy.text.charAt(end - 1))) end--;
  const text = copy.text.slice(start, end);
  const offset = scope === "document" ? copy.text.length : region.range[0];
  const seen = scope === "selection" || copy.text.length > LARGEST_SCOPE ? [] : definitionsFor(copy.model(), { cell: 0, offset }, text);
  const named = /^(\\?[A-Za-z]+(?:_(?:\w|\{\w+\}))?)\s*:?=(?!=)/.exec(text)?.[1];
  return { text, range: [start, end], language: region.language, ...(named ? { named } : {}), definitions: seen };
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
  if (start === end) return regionsAround(copy.text, copy.language, start).map((region) => formulaOf(copy, region, scope));
  const region = regionOfSelection(copy.text, copy.language, [start, end]);
  return region ? [formulaOf(copy, settled(copy, region), scope)] : [];
}
