// arXiv: the abstract page, lists (new, recent, month, catch-up) and search results.
// https://arxiv.org/abs/2401.12345 · https://arxiv.org/list/cs.LG/new · https://arxiv.org/search/?query=tiny
import { type PaperRef, parseArxivId } from "@scholium/core/papers";
import { all, attribute, first, makeMark, within } from "./dom.js";
import { placeRows } from "./rows.js";
import { isOn, type Placer, type Site, type Steps } from "./site.js";

export const arxiv: Site = {
  matches: ({ hostname }) => hostname === "arxiv.org" || hostname.endsWith(".arxiv.org"),
  *place(placer, { pathname }) {
    if (pathname.startsWith("/abs/")) abstract(placer, pathname);
    else if (pathname.startsWith("/search")) yield* results(placer);
    else yield* list(placer);
  },
};

/** The paper of a link to its page or one of its files; the files' versions do not count. */
const idIn = (href: string): PaperRef | null => {
  const m = /\/(?:abs|format|pdf|html|ps|src)\/([^?#]+?)(?:v\d+)?(?:$|[?#])/.exec(href);
  return m && parseArxivId(m[1]);
};

function abstract(placer: Placer, pathname: string): void {
  const ref = idIn(pathname);
  const list = first(".full-text > ul");
  if (!isOn(placer, "arxivAbs") || !ref || !list) return;
  if (placer.lacks(ref, () => within(list))) list.append(makeMark("li", placer.link(ref, "abs-button")));
}

function* list(placer: Placer): Steps {
  if (!isOn(placer, "arxivList")) return;
  // Few nodes are touched for each of what may be thousands of rows: a row's last link alone.
  const rows = all("#articles > dt > :last-child");
  const paging = first("#dlpage > .paging") ?? first("#articles");
  yield* placeRows(placer, {
    rows,
    arePapers: true,
    read: (last) => idIn(attribute(last, "href")) ?? idIn(attribute(first('a[title="Abstract"]', last.parentElement!) ?? last, "href")),
    there: (last) => within(last.parentElement),
    // The row ends in `[pdf, other]`: the link goes after the last of these, or into brackets of its own.
    put(last, ref) {
      if (attribute(last, "href").startsWith("/abs/")) last.after(" [", placer.link(ref), "]");
      else last.after(", ", placer.link(ref));
    },
    tell: (count) => paging?.parentElement && placer.openAll(paging.parentElement, count, (button) => paging.before(button)),
  });
}

function* results(placer: Placer): Steps {
  if (!isOn(placer, "arxivSearch")) return;
  const rows = all("li.arxiv-result .list-title");
  const list = first("ol:has(> li.arxiv-result)");
  yield* placeRows(placer, {
    rows,
    arePapers: true,
    read(row) {
      const link = first('a[href*="/abs/"]', row);
      return link && idIn(attribute(link, "href"));
    },
    there: within,
    put: (row, ref) => row.append(" [", placer.link(ref), "]"),
    tell: (count) => list?.parentElement && placer.openAll(list.parentElement, count, (button) => list.before(button)),
  });
}
