// The papers of a page, with what is known of each: pure, from what the page told.
import { type Bibliography, detectInText, detectInUrl, type PaperRef, paperKey, type SourceId, sources } from "@scholium/core/papers";
import type { PageContent } from "./collect.js";

export interface Row {
  readonly paper: PaperRef;
  readonly title: string;
  readonly known: Bibliography;
}

export interface Group {
  readonly source: SourceId;
  readonly name: string;
  readonly rows: readonly Row[];
}

const MOST = 1000;

/** Whether a link's words are a title rather than an ID, a button or a file type. */
const isTitle = (text: string) =>
  text.length >= 12 && /\p{L}{2,}\W+\p{L}{2,}/u.test(text) && !/^(?:https?:|arxiv:|doi:|view |download|open |access )/i.test(text);

/** The page's papers: its own first, then those it links to, then those its text mentions; each once, with the best title. */
export function papersOf(page: PageContent, now: string): Group[] {
  const rows = new Map<string, { paper: PaperRef; title: string; known: Bibliography }>();
  const add = (paper: PaperRef, title = "", known: Bibliography = {}) => {
    const there = rows.get(paperKey(paper));
    if (!there) {
      if (rows.size < MOST) rows.set(paperKey(paper), { paper, title: title || paper.title || "", known });
    } else if (!there.title) there.title = title;
  };
  const own = detectInUrl(page.url, { now });
  const citation = page.meta.citation_title?.[0] ?? "";
  const known: Bibliography = {
    ...(citation && { title: citation }),
    ...(page.meta.citation_author && { authors: page.meta.citation_author }),
    ...yearOf(page.meta),
    ...(page.bibtex && { bibtex: page.bibtex }),
  };
  for (const paper of own) add(paper, own.length === 1 ? citation : "", own.length === 1 ? known : {});
  for (const { href, text } of page.links) {
    const found = detectInUrl(href, { now });
    for (const paper of found) add(paper, found.length === 1 && isTitle(text) ? text : "");
  }
  for (const text of [page.selection, page.text]) for (const { start: _, end: __, ...paper } of detectInText(text, { now })) add(paper);
  const all = [...rows.values()];
  return sources.map(({ id, name }) => ({ source: id, name, rows: all.filter((r) => r.paper.source === id) })).filter((g) => g.rows.length > 0);
}

function yearOf(meta: PageContent["meta"]): Bibliography {
  const date = meta.citation_publication_date?.[0] ?? meta.citation_date?.[0] ?? meta.citation_online_date?.[0] ?? "";
  const year = /\d{4}/.exec(date)?.[0];
  return year ? { year } : {};
}
