// What a page says of its papers. `collectPage` is sent into the page on a click, so it may use nothing from outside itself.

export interface PageLink {
  readonly href: string;
  readonly text: string;
}

export interface PageContent {
  readonly url: string;
  readonly title: string;
  readonly text: string;
  readonly selection: string;
  readonly links: readonly PageLink[];
  readonly meta: Readonly<Record<string, readonly string[]>>;
  readonly bibtex: string;
}

/** Runs in the page, in the extension's own world. */
export function collectPage(): PageContent {
  const find = (selector: string) => [...Document.prototype.querySelectorAll.call(document, selector)] as Element[];
  const meta: Record<string, string[]> = {};
  for (const element of find('meta[name^="citation_"]').slice(0, 300)) {
    const name = element.getAttribute("name")!;
    meta[name] ??= [];
    meta[name].push((element.getAttribute("content") ?? "").slice(0, 1000));
  }
  const links = find("a[href]:not([data-scholium])")
    .slice(0, 6000)
    .filter((a): a is HTMLAnchorElement => a instanceof HTMLAnchorElement && a.href.length < 2000)
    .map((a) => ({ href: a.href, text: titleNear(a) }));
  const own = find("pre#citeBibtexContent")[0]?.textContent ?? "";
  const encoded = find("a[data-bibtex]").map((a) => a.getAttribute("data-bibtex")!);
  let bibtex = own;
  if (!bibtex && encoded.length === 1)
    try {
      bibtex = decodeURIComponent(encoded[0]);
    } catch {
      bibtex = encoded[0];
    }
  const body = find("body")[0] as HTMLElement | undefined;
  // biome-ignore lint/performance/useDomNodeTextContent: the text people see is meant, without scripts, styles and hidden parts
  const visible = body?.innerText ?? "";
  return {
    url: location.href,
    title: document.title.slice(0, 300),
    text: visible.slice(0, 200_000),
    selection: String(getSelection() ?? "").slice(0, 200_000),
    links,
    meta,
    bibtex: bibtex.slice(0, 20_000),
  };

  /** The title a link stands for: its own words, or those of the list row it is in. */
  function titleNear(a: HTMLAnchorElement): string {
    const term = a.closest("dt");
    const row = term?.nextElementSibling?.matches("dd") ? term.nextElementSibling : a.closest("li.arxiv-result");
    const heading = row?.querySelector(".list-title, p.title");
    const text = heading ? (heading.textContent ?? "").replace(/^\s*Title:/, "") : (a.textContent ?? "");
    return text.replace(/\s+/g, " ").trim().slice(0, 300);
  }
}
