// What a click means: which of the things under the pointer to read, and whether to open papers or to search.
import { coolPapersUrls, coolSearchUrl, isOnCoolPapers, type SearchBranch } from "./coolPapers.js";
import { detectInUrl } from "./detectInUrl.js";
import type { DetectOptions, PaperRef } from "./paper.js";
import { type Reading, readText, type TextReader } from "./readText.js";

/** What a browser tells about a click. */
export interface ClickInfo {
  readonly selectionText?: string;
  readonly linkUrl?: string;
  readonly frameUrl?: string;
  readonly pageUrl?: string;
}

export interface PlanOptions extends DetectOptions {
  readonly search?: SearchBranch;
}

export type Plan =
  /** `byTitle` are those papers.cool has no address for. */
  | { readonly kind: "papers"; readonly papers: readonly PaperRef[]; readonly urls: readonly string[]; readonly byTitle: readonly PaperRef[] }
  | { readonly kind: "search"; readonly query: string; readonly urls: readonly string[] }
  | { readonly kind: "none" };

/** The plan for papers already found. */
export const planPapers = (papers: readonly PaperRef[]): Plan =>
  papers.length ? { kind: "papers", papers, urls: coolPapersUrls(papers), byTitle: papers.filter((p) => !isOnCoolPapers(p)) } : { kind: "none" };

/** The plan for a text that was read: its papers, else those of the link it is, else a search for its words. */
export function planReading({ papers, query }: Reading, search?: SearchBranch, link: readonly PaperRef[] = []): Plan {
  if (papers.length) return planPapers(papers);
  if (link.length) return planPapers(link);
  return query === null ? { kind: "none" } : { kind: "search", query, urls: [coolSearchUrl(query, search)] };
}

/** The plan for a text: its papers, else a search for its words. */
export const planText = (text: string, options: PlanOptions = {}): Plan => planReading(readText(text, options), options.search);

/** Whether a selection has anything in it: invisible characters are nothing. */
export const isSelected = (text: string | undefined): text is string => /[^\s\u00ad\u200b-\u200f\u2060\ufeff]/.test(text ?? "");

/**
 * The plan for a click. A selection decides by itself, with the link it lies on: its papers, the link's, a search for its words. Without one,
 * the first of link, frame and page that names papers. `read` is asked for a selection alone. Never throws.
 */
export function planClick(click: ClickInfo, options: PlanOptions, read: TextReader): Plan {
  const inUrl = (url: string | undefined) => (url ? detectInUrl(url, options) : []);
  if (isSelected(click.selectionText)) return planReading(read(click.selectionText, options), options.search, inUrl(click.linkUrl));
  for (const url of [click.linkUrl, click.frameUrl, click.pageUrl]) {
    const papers = inUrl(url);
    if (papers.length) return planPapers(papers);
  }
  return { kind: "none" };
}

export const plan = (click: ClickInfo, options: PlanOptions = {}): Plan => planClick(click, options, readText);

/** A case of the batch command and of the corpus. */
export interface PapersCase {
  readonly from: "link" | "selection" | "page" | "frame" | "menu";
  readonly value: string | ClickInfo;
  readonly now?: string;
}

export interface PapersAnswer {
  readonly ids: readonly { readonly source: string; readonly id: string; readonly version?: number }[];
  readonly urls: readonly string[];
  readonly search: string | null;
}

const FIELD = { link: "linkUrl", selection: "selectionText", page: "pageUrl", frame: "frameUrl" } as const;

/** Answers a case: its IDs, the addresses on papers.cool, and the words searched for when there are no IDs. */
export function answerPapers({ from, value, now }: PapersCase): PapersAnswer {
  const click = from === "menu" ? (typeof value === "string" ? {} : value) : { [FIELD[from]]: typeof value === "string" ? value : "" };
  const p = plan(click, { now });
  if (p.kind === "none") return { ids: [], urls: [], search: null };
  if (p.kind === "search") return { ids: [], urls: p.urls, search: p.query };
  const ids = p.papers.map(({ source, id, version }) => ({ source, id, ...(version !== undefined && { version }) }));
  return { ids, urls: p.urls, search: null };
}
