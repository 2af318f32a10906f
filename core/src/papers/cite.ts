// Papers as text to paste: an ID, a Markdown link, a BibTeX entry.
import type { PaperRef } from "./paper.js";
import { originalUrl, sourceOf } from "./sources/index.js";

/** What is known about a paper besides its ID. */
export interface Bibliography {
  readonly title?: string;
  readonly authors?: readonly string[];
  readonly year?: string;
  /** An entry the page itself offers. */
  readonly bibtex?: string;
}

/** The ID as one writes it in a text: `arXiv:2401.12345v2`, `2024.acl-long.1`, `IJCAI 2024/123`. */
export const toPlainId = (ref: PaperRef): string => plainId(ref, sourceOf(ref.source).name);

/** The same, where the name of the paper's source is at hand. */
export function plainId(ref: PaperRef, name: string): string {
  const version = ref.version ? `v${ref.version}` : "";
  if (ref.source === "arxiv") return `arXiv:${ref.id}${version}`;
  if (ref.source === "acl") return ref.id;
  return `${name} ${ref.id}`;
}

/** A Markdown link; the characters Markdown would read are escaped. */
export function toMarkdown(ref: PaperRef, title = ref.title, url = originalUrl(ref)): string {
  const text = (title || toPlainId(ref))
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\[\]`*_<>]/g, "\\$&");
  return `[${text}](${url.replace(/\(/g, "%28").replace(/\)/g, "%29")})`;
}

/** A BibTeX entry: the page's own if there is one, else one made of what is known. */
export function toBibtex(ref: PaperRef, known: Bibliography = {}): string {
  if (known.bibtex) return known.bibtex.trim();
  const authors = known.authors ?? [];
  const fields: [string, string | undefined][] = [
    ["title", known.title ?? ref.title],
    ["author", authors.length ? authors.join(" and ") : undefined],
    ["year", known.year ?? (ref.source === "arxiv" ? yearOf(ref.id) : /^(\d{4})[./]/.exec(ref.id)?.[1])],
    ...(ref.source === "arxiv"
      ? ([
          ["eprint", ref.id],
          ["archiveprefix", "arXiv"],
        ] as [string, string][])
      : []),
    ["url", originalUrl(ref)],
  ];
  const lines = fields
    .filter(([, v]) => v)
    .map(([name, v]) => `  ${name.padEnd(13)} = {${name === "url" || name === "eprint" ? v : escapeTex(v!)}},`);
  return `@${ref.source === "arxiv" ? "misc" : "inproceedings"}{${key(ref, authors)},\n${lines.join("\n")}\n}`;
}

const yearOf = (id: string) => {
  const yy = Number(/(\d{2})\d{2}(?:\.|\d{3}$)/.exec(id)?.[1] ?? "0");
  return String(yy > 90 ? 1900 + yy : 2000 + yy);
};

const key = (ref: PaperRef, authors: readonly string[]) => {
  const family = authors[0]?.split(",")[0].split(" ").pop() ?? ref.source;
  return `${family}:${ref.id}`.replace(/[^A-Za-z0-9:.-]/g, "-");
};

const escapeTex = (text: string) =>
  text
    .replace(/[{}\\]/g, "")
    .replace(/[#$%&_]/g, "\\$&")
    .replace(/\s+/g, " ")
    .trim();
