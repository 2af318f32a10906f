// The scheme of papers.cool: which addresses show which papers, and its searches.
import type { PaperRef } from "./paper.js";
import { encodePath, uniquePapers, wellFormed } from "./paper.js";
import { isNewStyle } from "./sources/arxiv.js";
import { sourceOf } from "./sources/index.js";
import { coolToken } from "./sources/papersCool.js";

const BASE = "https://papers.cool";

/** How many papers one tab shows. */
export const IDS_PER_TAB = 50;

const tokenOf = (ref: PaperRef) => coolToken(sourceOf(ref.source), ref.id);

/** Whether papers.cool has an address for a paper; the others are searched by title. */
export const isOnCoolPapers = (ref: PaperRef): boolean => ref.source === "arxiv" || tokenOf(ref) !== null;

const address = (path: string, ids: string) => `${BASE}/${path}/${encodePath(ids)}`;

/** The address of one paper, or null. */
export function coolPaperUrl(ref: PaperRef): string | null {
  if (ref.source === "arxiv") return address("arxiv", ref.id);
  const token = tokenOf(ref);
  return token === null ? null : address("venue", token);
}

/**
 * The tabs that show these papers on papers.cool, in order of first mention: new-style arXiv IDs together, venue IDs together, at most 50 a tab,
 * old-style arXiv IDs one by one. Papers that are not there are left out. Linear.
 */
export function coolPapersUrls(refs: readonly PaperRef[]): string[] {
  const tabs: { path: string; ids: string[] }[] = [];
  const open = new Map<string, { ids: string[] }>();
  uniquePapers(refs).forEach((ref) => {
    const path = ref.source === "arxiv" ? "arxiv" : "venue";
    const id = ref.source === "arxiv" ? ref.id : tokenOf(ref);
    if (id === null) return;
    const alone = ref.source === "arxiv" && !isNewStyle(ref.id);
    let tab = alone ? undefined : open.get(path);
    if (!tab || tab.ids.length >= IDS_PER_TAB) {
      const fresh = { path, ids: [] as string[] };
      tabs.push(fresh);
      tab = fresh;
      if (!alone) open.set(path, fresh);
    }
    tab.ids.push(id);
  });
  return tabs.map((tab) => address(tab.path, tab.ids.join(",")));
}

export type SearchBranch = "arxiv" | "venue";

/** The site search for some words. */
export const coolSearchUrl = (query: string, branch: SearchBranch = "arxiv") =>
  `${BASE}/${branch}/search?highlight=1&query=${encodeURIComponent(wellFormed(query))}`;
