// arXiv: IDs of both styles and every address of arxiv.org. Validity follows arXiv's own arxiv-base `Identifier` class.
import { queryValues } from "../address.js";
import type { Address, DetectOptions, PaperRef, PaperSource } from "../paper.js";

/** The archives that existed before 2007-04, when IDs still carried their names. */
const ARCHIVES = new Set(
  (
    "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga funct-an gr-qc hep-ex " +
    "hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph q-alg q-bio quant-ph solv-int supr-con"
  ).split(" "),
);

const LATEST = 2099 * 12 + 11;

/** `YYYY-MM` as the number of months since year 0, or no limit. */
const months = (now: string | undefined) => {
  if (!now) return LATEST;
  const m = /^(\d{4})-(\d{2})/.exec(now);
  return m ? Number(m[1]) * 12 + Number(m[2]) - 1 : LATEST;
};

const versionOf = (digits: string | undefined) => (digits ? { version: Number(digits) } : {});

/**
 * The paper of a new-style ID given as `YYMM` and number, or null when there can be none. `explicit` says that the context names arXiv (an
 * address, a DOI, a prefix): only then a number short of a digit is padded.
 */
export function newStyle(yymm: string, number: string, version: string | undefined, explicit: boolean, options: DetectOptions): PaperRef | null {
  const year = Number(yymm.slice(0, 2));
  const month = Number(yymm.slice(2));
  if (month < 1 || month > 12 || yymm < "0704" || (2000 + year) * 12 + month - 1 > months(options.now) + 1) return null;
  let digits = number;
  if (yymm < "1501") {
    if (digits.length === 5 && digits[0] === "0") digits = digits.slice(1);
    if (digits.length !== 4) return null;
  } else {
    if (digits.length === 4 && explicit) digits = `0${digits}`;
    if (digits.length !== 5) return null;
  }
  if (Number(digits) === 0) return null;
  return { source: "arxiv", id: `${yymm}.${digits}`, ...versionOf(version) };
}

/** The paper of an old-style ID (`hep-th`, `9901001`), or null. */
export function oldStyle(archive: string, digits: string, version?: string): PaperRef | null {
  const name = archive.toLowerCase();
  if (!ARCHIVES.has(name)) return null;
  const yy = Number(digits.slice(0, 2));
  const mm = Number(digits.slice(2, 4));
  const month = (yy > 90 ? 1900 + yy : 2000 + yy) * 12 + mm;
  if (mm < 1 || mm > 12 || month < 1991 * 12 + 7 || month > 2007 * 12 + 3 || digits.endsWith("000")) return null;
  return { source: "arxiv", id: `${name}/${digits}`, ...versionOf(version) };
}

const NEW = /^(\d{4})\.(\d{4,5})(?:v([1-9]\d{0,3}))?$/i;
const OLD = /^([a-z]{1,8}(?:-[a-z]{2,4})?)(?:\.[a-z]{2}|\.[a-z]+-[a-z]+)?\/(\d{7})(?:v([1-9]\d{0,3}))?$/i;

/** Reads a text that is nothing but an ID. */
export function parseArxivId(text: string, options: DetectOptions = {}, explicit = true): PaperRef | null {
  const m = NEW.exec(text);
  if (m) return newStyle(m[1], m[2], m[3], explicit, options);
  const o = OLD.exec(text);
  return o ? oldStyle(o[1], o[2], o[3]) : null;
}

/** Drops what may surround an ID in a path segment: a prefix, file endings, the punctuation of a sloppy link. */
const bare = (segment: string) =>
  segment
    .replace(/^arxiv[:.]/i, "")
    .replace(/[\s?&#:].*$/s, "")
    .replace(/[.,;:)\]}>'"]{1,4}$/, "")
    .replace(/(?:\.(?:pdf|ps|gz|tar|html?|dvi|bib)){1,3}$/i, "");

/** The ID that begins at a path segment; an old-style ID takes two. */
export function idAtSegment(segments: readonly string[], i: number, options: DetectOptions): PaperRef | null {
  if (i >= segments.length) return null;
  return (
    parseArxivId(bare(segments[i]), options) ??
    (i + 1 < segments.length ? parseArxivId(`${segments[i].replace(/^arxiv:/i, "")}/${bare(segments[i + 1])}`, options) : null)
  );
}

/** The first ID among the path segments, for sites that mirror arXiv. */
export function idAmongSegments(address: Address, options: DetectOptions, from = 0): PaperRef[] {
  for (let i = from; i < address.segments.length; i++) {
    const ref = idAtSegment(address.segments, i, options);
    if (ref) return [ref];
  }
  return [];
}

const VERBS = new Set("abs pdf html format ps dvi src e-print bibtex tb trackback refs cits audio".split(" "));

function inAddress(address: Address, options: DetectOptions): PaperRef[] {
  const s = address.segments;
  const verb = s[0]?.toLowerCase();
  const one = (ref: PaperRef | null) => (ref ? [ref] : []);
  if (VERBS.has(verb)) return one(idAtSegment(s, 1, options));
  if ((verb === "auth" && s[1] === "show-endorsers") || verb === "show-email") return one(idAtSegment(s, 2, options));
  if (verb === "ftp" && s[2] === "papers" && s.length >= 5)
    return one(s[1] === "arxiv" ? idAtSegment(s, 4, options) : idAtSegment([s[1], s[4]], 0, options));
  const listed = (name: string) =>
    queryValues(address, name).flatMap((v) => v.split(",").flatMap((id) => one(parseArxivId(bare(id.trim()), options))));
  if (verb === "prevnext") return listed("id").slice(0, 1);
  if (verb === "api" && s[1] === "query") return listed("id_list");
  if (verb === "search") return listed("query").slice(0, 1);
  return [];
}

/** Whether an ID is of the style used since 2007-04. */
export const isNewStyle = (id: string) => !id.includes("/");

const versioned = (id: string, ref: PaperRef) => id + (ref.version ? `v${ref.version}` : "");

export const arxiv: PaperSource = {
  id: "arxiv",
  name: "arXiv",
  hosts: ["arxiv.org", "xxx.lanl.gov", "xxx.itp.ac.cn"],
  paths: ["abs/*", "pdf/*", "html/*", "format/*", "ps/*", "src/*", "e-print/*", "bibtex/*", "tb/*", "refs/*", "cits/*", "ftp/*"],
  ids: NEW,
  inAddress,
  doi: /^10\.48550\/arxiv\.(.+)$/i,
  read: parseArxivId,
  page: (id, ref) => `https://arxiv.org/abs/${versioned(id, ref)}`,
  pdf: (id, ref) => `https://arxiv.org/pdf/${versioned(id, ref)}`,
};
