// arXiv: the abstract page, lists (new, recent, month, catch-up) and search results.
// https://arxiv.org/abs/2401.12345 · https://arxiv.org/list/cs.LG/new · https://arxiv.org/search/?query=tiny
import { type PaperRef, parseArxivId } from "@scholium/core/papers";
import { all, attribute, first, makeMark } from "./dom.js";
import { isOn, type Placer, type Site } from "./site.js";

export const arxiv: Site = {
  matches: ({ hostname }) => hostname === "arxiv.org" || hostname.endsWith(".arxiv.org"),
  place(placer, { pathname }) {
    if (pathname.startsWith("/abs/")) abstract(placer, pathname);
    else if (pathname.startsWith("/search")) results(placer);
    else list(placer);
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

function list(placer: Placer): void {
  if (!isOn(placer, "arxivList")) return;
  for (const link of all('#articles > dt > a[title="Abstract"]')) {
    const ref = idIn(attribute(link, "href"));
    const row = link.parentElement;
    const last = row?.lastElementChild;
    if (!ref || !row || !last) continue;
    // The row ends in `[pdf, other]`: the link goes after the last of these, or into brackets of its own.
    placer.place(ref, row, () => last.after(last === link ? placer.among(ref, " [", "]") : placer.among(ref, ", ", "")));
  }
  const paging = first("#dlpage > .paging") ?? first("#articles");
  if (paging?.parentElement) placer.openAll(paging.parentElement, (button) => paging.before(button));
}

function results(placer: Placer): void {
  if (!isOn(placer, "arxivSearch")) return;
  const rows = all("li.arxiv-result .list-title");
  for (const row of rows) {
    const link = first('a[href*="/abs/"]', row);
    const ref = link && idIn(attribute(link, "href"));
    if (ref) placer.place(ref, row, () => row.append(placer.among(ref, " [", "]")));
  }
  const list = first("ol:has(> li.arxiv-result)");
  if (list?.parentElement) placer.openAll(list.parentElement, (button) => list.before(button));
}
