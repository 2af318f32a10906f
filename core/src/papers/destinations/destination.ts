// A place to read about a paper.
import type { PaperRef } from "../paper.js";

export interface Destination {
  readonly id: string;
  /** A proper name, the same in every language. */
  readonly name: string;
  /** The addresses that show those of these papers the place has, in order of first mention. */
  readonly urls: (refs: readonly PaperRef[]) => string[];
  /** Whether the place has a paper. */
  readonly has: (ref: PaperRef) => boolean;
  /** Its search for words, where it has one. */
  readonly search?: (query: string) => string;
}

/** A place that shows one paper a page; `url` answers null for what it does not have. */
export const onePerPage = (id: string, name: string, url: (ref: PaperRef) => string | null, search?: (encoded: string) => string): Destination => ({
  id,
  name,
  has: (ref) => url(ref) !== null,
  urls: (refs) => [...new Set(refs.map(url).filter((u): u is string => u !== null))],
  ...(search && { search: (query: string) => search(encodeURIComponent(query)) }),
});

/** A place for arXiv papers alone. */
export const arxivOnly = (id: string, name: string, url: (id: string, ref: PaperRef) => string, search?: (encoded: string) => string) =>
  onePerPage(id, name, (ref) => (ref.source === "arxiv" ? url(ref.id, ref) : null), search);

/** An ID with its version, if one was given. */
export const withVersion = (id: string, ref: PaperRef) => (ref.version ? `${id}v${ref.version}` : id);
