// What a text says: the papers it mentions, and the words to search for when it mentions none.
import { addressRules } from "./addressRules.js";
import { type AddressRules, makeTextDetector } from "./detectInText.js";
import type { DetectOptions, PaperRef } from "./paper.js";
import { searchQuery } from "./searchQuery.js";

export interface Reading {
  readonly papers: readonly PaperRef[];
  /** Null when there are papers, or no words. */
  readonly query: string | null;
}

export type TextReader = (text: string, options?: DetectOptions) => Reading;

/** Makes a reader of texts; see `makeTextDetector`. */
export function makeTextReader(rules: AddressRules): TextReader {
  const detect = makeTextDetector(rules);
  return (text, options) => {
    const papers = detect(text, options).map(({ start: _, end: __, ...ref }) => ref);
    return { papers, query: papers.length ? null : searchQuery(text) };
  };
}

/** The papers a text mentions with their places; see `makeTextDetector`. */
export const detectInText = /* @__PURE__ */ makeTextDetector(addressRules);

export const readText = /* @__PURE__ */ makeTextReader(addressRules);
