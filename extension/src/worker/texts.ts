// The text a place speaks of.
import type { Place } from "../protocol.js";
import type { Copies, Copy } from "./copies.js";

/** The document of the question is not here, or not in this version. */
export class Stale extends Error {
  override readonly name = "Stale";
}

/** The copy of the document a place is in; throws Stale. */
export function copyOf(copies: Copies, { uri, version }: { readonly uri: string; readonly version: number }): Copy {
  const copy = copies.get(uri);
  if (copy?.version !== version) throw new Stale(uri);
  return copy;
}

/** The text of a range, or of the whole document when the range is empty; `start` is where it begins in the document. */
export function textOf(copies: Copies, place: Place): { readonly text: string; readonly start: number } {
  const [start, end] = place.range;
  if (place.text !== undefined) return { text: place.text, start };
  const { text } = copyOf(copies, place);
  return start === end ? { text, start: 0 } : { text: text.slice(start, end), start };
}
