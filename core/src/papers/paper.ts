// What the paper rules speak of: a reference to a paper, a source of papers, a place to read them.

/** The collections a paper can belong to. */
export type SourceId = "arxiv" | "openreview" | "acl" | "ijcai" | "pmlr" | "cvf" | "aaai" | "usenix" | "neurips" | "isca" | "jmlr";

/**
 * A paper by its canonical ID, e.g. `{ source: "arxiv", id: "2401.12345", version: 2 }`.
 * `title` is a hint read from the address (a slug) or given by the page; it is no part of the identity.
 */
export interface PaperRef {
  readonly source: SourceId;
  readonly id: string;
  readonly version?: number;
  readonly title?: string;
}

/** A reference found in a text, with the range of UTF-16 offsets it stands at. */
export interface FoundPaper extends PaperRef {
  readonly start: number;
  readonly end: number;
}

export interface DetectOptions {
  /** The current month as `YYYY-MM`: IDs later than the month after it are refused. Without it, any month up to 2099 is accepted. */
  readonly now?: string;
}

/** An address taken apart; see `parseAddress`. */
export interface Address {
  readonly scheme: string;
  /** Lower case, without port and trailing dot; empty for `file:`. */
  readonly host: string;
  /** Percent-decoded, split at every slash, empty segments left out. */
  readonly segments: readonly string[];
  /** Decoded pairs in order. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** The whole address, not decoded. */
  readonly href: string;
}

/** One collection of papers: where its addresses are, how its IDs are read, and where a paper's own pages are. */
export interface PaperSource {
  readonly id: SourceId;
  /** The name people know it by. */
  readonly name: string;
  /** Its hosts; sub-domains belong to it as well. */
  readonly hosts: readonly string[];
  /** Path globs of paper pages (match patterns without scheme and host), for menus. */
  readonly paths: readonly string[];
  /** What a canonical ID looks like. */
  readonly ids: RegExp;
  /** Forms of its addresses, matched against the decoded path; the groups, joined by a slash, are the ID. */
  readonly forms?: readonly RegExp[];
  /** Reads an address where forms do not suffice. */
  readonly inAddress?: (address: Address, options: DetectOptions) => PaperRef[];
  /** The form of its DOIs, with groups like those of `forms`. */
  readonly doi?: RegExp;
  /** Brings the groups of a form into an ID; they are joined by a slash without it. */
  readonly join?: (...groups: string[]) => string;
  /** Reads an ID given by a DOI or on papers.cool, where `ids` does not suffice. */
  readonly read?: (id: string, options: DetectOptions) => PaperRef | null;
  /** The title an ID tells, if it does. */
  readonly title?: (id: string) => string;
  /**
   * How papers.cool marks its papers on `/venue/`: the pieces of the ID reversed and this at the end, joined by `@`. Without it the paper has no
   * address there; nor has one whose ID `coolOnly` does not match.
   */
  readonly cool?: string;
  readonly coolOnly?: RegExp;
  /** The paper's own page. */
  readonly page: (id: string, ref: PaperRef) => string;
  /** Its PDF, where the address follows from the ID. */
  readonly pdf?: (id: string, ref: PaperRef) => string;
}

/** The paper of an ID, or null when the source has no such IDs. */
export function paperOf(source: PaperSource, id: string, options: DetectOptions = {}): PaperRef | null {
  if (source.read) return source.read(id, options);
  if (!source.ids.test(id)) return null;
  const title = source.title?.(id);
  return { source: source.id, id, ...(title && { title }) };
}

/** The paper the groups of a form name, or null. */
export function paperOfGroups(source: PaperSource, match: RegExpExecArray | null, options: DetectOptions): PaperRef | null {
  if (!match) return null;
  const groups = match.slice(1).filter(Boolean);
  return paperOf(source, source.join ? source.join(...groups) : groups.join("/"), options);
}

export const samePaper = (a: PaperRef, b: PaperRef) => a.source === b.source && a.id === b.id;

/** The key of a paper's identity. */
export const paperKey = (ref: PaperRef) => `${ref.source}:${ref.id}`;

/** Drops repeated papers, keeping the first mention with its version; a title is taken from wherever it is given. Linear. */
export function uniquePapers<T extends PaperRef>(refs: readonly T[], limit = Number.POSITIVE_INFINITY): T[] {
  const seen = new Map<string, T>();
  for (const ref of refs) {
    const key = paperKey(ref);
    const first = seen.get(key);
    if (first) {
      if (!first.title && ref.title) seen.set(key, { ...first, title: ref.title });
    } else if (seen.size < limit) seen.set(key, ref);
  }
  return [...seen.values()];
}

/** A word-by-word title from an address slug: `attention-is-all-you-need` becomes `attention is all you need`. */
export const titleOfSlug = (slug: string) => slug.replace(/[-_]+/g, " ").trim();

/** Replaces half surrogate pairs, which cannot be encoded. */
export const wellFormed = (text: string) => text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");

/** Percent-encodes everything but letters, digits and `@ , - _ . /`. */
export function encodePath(text: string): string {
  if (/^[\w@,./-]*$/.test(text)) return text;
  return encodeURIComponent(wellFormed(text))
    .replace(/%40/g, "@")
    .replace(/%2C/g, ",")
    .replace(/%2F/g, "/")
    .replace(/[!'()*~]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}
