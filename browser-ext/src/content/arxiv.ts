// arXiv: the abstract page, lists (new, recent, month, catch-up) and search results.
// https://arxiv.org/abs/2401.12345 · https://arxiv.org/list/cs.LG/new · https://arxiv.org/search/?query=tiny
import { type PaperRef, parseArxivId } from "@scholium/core/papers";
import { all, attribute, first, makeMark } from "./dom.js";
import { isOn, type Placer, type Site, type Steps } from "./site.js";

export const arxiv: Site = {
  matches: ({ hostname }) => hostname === "arxiv.org" || hostname.endsWith(".arxiv.org"),
  *place(placer, { pathname }) {
    if (pathname.startsWith("/abs/")) abstract(placer, pathname);
    else if (pathname.startsWith("/search")) yield* results(placer);
    else yield* list(placer);
  },
};

const idIn = (href: string): PaperRef | null => {
  const m = /\/abs\/([^?#]+)/.exec(href);
  return m && parseArxivId(m[1]);
};

function abstract(placer: Placer, pathname: string): void {
  const ref = idIn(pathname);
  const list = first(".full-text > ul");
  if (!isOn(placer, "arxivAbs") || !ref || !list) return;
  placer.place(ref, list, () => list.append(makeMark("li", placer.link(ref, "abs-button"))));
}

function* list(placer: Placer): Steps {
  if (!isOn(placer, "arxivList")) return;
  const links = all('#articles > dt > a[title="Abstract"]');
  // The button comes first: were it put above rows that are on the screen already, they would move.
  const paging = first("#dlpage > .paging") ?? first("#articles");
  const button = (count: number) => paging?.parentElement && placer.openAll(paging.parentElement, count, (b) => paging.before(b));
  button(links.length);
  for (const link of links) {
    const ref = idIn(attribute(link, "href"));
    const row = link.parentElement;
    const last = row?.lastElementChild;
    // The row ends in `[pdf, other]`: the link goes after the last of these, or into brackets of its own.
    if (ref && row && last) placer.place(ref, row, () => last.after(last === link ? placer.among(ref, " [", "]") : placer.among(ref, ", ", "")));
    yield;
  }
  button(placer.count());
}

function* results(placer: Placer): Steps {
  if (!isOn(placer, "arxivSearch")) return;
  const rows = all("li.arxiv-result .list-title");
  const list = first("ol:has(> li.arxiv-result)");
  const button = (count: number) => list?.parentElement && placer.openAll(list.parentElement, count, (b) => list.before(b));
  button(rows.length);
  for (const row of rows) {
    const link = first('a[href*="/abs/"]', row);
    const ref = link && idIn(attribute(link, "href"));
    if (ref) placer.place(ref, row, () => row.append(placer.among(ref, " [", "]")));
    yield;
  }
  button(placer.count());
}
