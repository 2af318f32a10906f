// The papers an address names: its own source's rules, then DOIs in it, then the address it redirects to or proxies, then a bare ID in its path.
import { decode, doiAlone, isHost, parseAddress, URL_LIMIT, withoutPunctuation } from "./address.js";
import { type Address, type DetectOptions, type PaperRef, type PaperSource, paperOfGroups, uniquePapers } from "./paper.js";
import { parseArxivId } from "./sources/arxiv.js";
import { sources } from "./sources/index.js";
import { isScholar, type Mirror, mirrors } from "./sources/mirrors.js";
import { inPapersCool, PAPERS_COOL } from "./sources/papersCool.js";

const REDIRECTS = 3;

/**
 * The papers an address names, in order; empty for none. Takes `http(s)` and `file` addresses, and those inside `blob:`, `view-source:` and the
 * browsers' PDF viewers. Linear.
 */
export function detectInUrl(url: string, options: DetectOptions = {}): PaperRef[] {
  const address = url.trim();
  const found = detect(address, options, 0);
  if (found.length) return uniquePapers(found);
  // A sloppy link takes the end of its sentence along.
  const shorter = withoutPunctuation(address);
  return shorter === address ? [] : uniquePapers(detect(shorter, options, 0));
}

function detect(url: string, options: DetectOptions, depth: number): PaperRef[] {
  if (url.length > URL_LIMIT || depth > REDIRECTS) return [];
  const inner = unwrapped(url);
  if (inner !== null) return detect(inner, options, depth + 1);
  const parsed = parseAddress(url);
  const address = parsed && isScholar(parsed.host) ? { ...parsed, host: "scholar.google.com" } : parsed;
  if (!address || address.host.endsWith(".invalid")) return [];
  if (address.scheme === "file") return inFileName(address, options);
  if (isHost(address.host, [PAPERS_COOL])) return inPapersCool(address, options, sources);
  const own = inKnownHost(address, options);
  if (own?.length) return own;
  // Anywhere else a paper shows by four digits or by another address inside.
  if (own === null && !/\d{4}|http.|xiv|openreview|aclanthology/i.test(url.slice(8))) return [];
  const proxied = own ? null : proxiedHost(address.host);
  if (proxied) return inKnownHost({ ...address, host: proxied }, options) ?? [];
  const doi = own ? [] : inDois(address, options);
  if (doi?.length) return doi;
  const target = redirectTarget(address);
  const there = target === null ? [] : detect(target, options, depth + 1);
  // What looks like an ID inside another DOI is none.
  return there.length || doi ? there : onAnyHost(address, options);
}

/** The address inside `view-source:`, `blob:` or a PDF viewer's own; null when there is no wrapper. */
function unwrapped(url: string): string | null {
  const plain = /^(?:view-source|blob):(.*)$/is.exec(url);
  if (plain) return plain[1];
  const viewer = /^(?:chrome|moz)-extension:\/\/[^/]+\/(.*)$/is.exec(url);
  if (!viewer) return null;
  const at = /https?:\/\/|https?%3a%2f%2f|file:\/\/\//i.exec(viewer[1]);
  if (!at) return "";
  const rest = viewer[1].slice(at.index);
  return at[0].includes("%") ? decode(rest.split("&")[0]) : rest;
}

type Place = PaperSource | Mirror;

const places = new Map<string, Place[]>();
for (const place of [...sources, ...mirrors]) for (const host of place.hosts) places.set(host, [...(places.get(host) ?? []), place]);

/** A known host's answer; null when neither it nor a domain above it is known. */
function inKnownHost(address: Address, options: DetectOptions): PaperRef[] | null {
  let known = false;
  for (let host = address.host; host.includes("."); host = host.slice(host.indexOf(".") + 1)) {
    for (const place of places.get(host) ?? []) {
      known = true;
      const refs = read(place, address, options);
      if (refs.length) return refs;
    }
  }
  return known && !OPEN_HOSTS.has(address.host) ? [] : null;
}

function read(place: Place, address: Address, options: DetectOptions): PaperRef[] {
  if (!("forms" in place) || !place.forms) return place.inAddress?.(address, options) ?? [];
  const path = address.segments.join("/");
  for (const form of place.forms) {
    const ref = paperOfGroups(place, form.exec(path), options);
    if (ref) return [ref];
  }
  return [];
}

/** Hosts that serve anything, so that a source's silence says nothing. */
const OPEN_HOSTS = new Set(["raw.githubusercontent.com"]);

/** Library proxies put the site's name first: `arxiv-org.proxy.example.edu`. */
function proxiedHost(host: string): string | null {
  const m = /^(?:www[.-])?(arxiv|openreview|aclanthology)([.-])(org|net)\./.exec(host);
  const name = m && `${m[1]}.${m[3]}`;
  return name === "arxiv.org" || name === "openreview.net" || name === "aclanthology.org" ? name : null;
}

/** The paper a DOI names, whatever its case. */
export function inDoi(doi: string, options: DetectOptions = {}): PaperRef | null {
  for (const source of sources) {
    const ref = paperOfGroups(source, source.doi?.exec(doi) ?? null, options);
    if (ref) return ref;
  }
  return null;
}

/** The paper of the DOI in a path; null where there is no DOI. */
function inDois(address: Address, options: DetectOptions): PaperRef[] | null {
  const s = address.segments;
  const i = s.findIndex((x) => /^(?:doi:)?10\.\d{4,9}$/i.test(x));
  if (i < 0) return null;
  const doi = s
    .slice(i)
    .join("/")
    .replace(/^doi:/i, "")
    .replace(/[.,;:)\]]{1,4}$/, "");
  const ref = inDoi(doi, options) ?? inDoi(doiAlone(doi).replace(/(?:\.pdf|\/(?:pdf|full|abstract))$/, ""), options);
  return ref ? [ref] : [];
}

/** The first address in a query value, or in the path of an archive. */
function redirectTarget(address: Address): string | null {
  for (const [, value] of address.query) {
    let text = value;
    for (let i = 0; i < 2 && /^https?%3a/i.test(text); i++) text = decode(text);
    const at = text.search(/https?:\/\//i);
    if (at >= 0) return text.slice(at).split(/\s/)[0];
  }
  const rest = address.href.slice(address.href.indexOf("//") + 2);
  const path = rest.split("?")[0];
  const m = /\/_{0,2}(https?)(:|%3a)(?:\/|%2f){1,2}/i.exec(path);
  if (!m) return null;
  // A mail filter encloses the address in two underscores each side.
  const after = rest.slice(m.index + m[0].length).split("__;")[0];
  return `${m[1]}://${m[2] === ":" ? after : decode(after)}`;
}

/** A downloaded file keeps arXiv's file name, that of the source with a prefix. */
function inFileName({ segments }: Address, options: DetectOptions): PaperRef[] {
  // A path that begins like a web address only pretends to be one.
  if (segments.length === 0 || sources.some((s) => isHost(segments[0].toLowerCase(), s.hosts))) return [];
  const m = /^(?:arxiv[-_.:]?)?(\d{4}\.\d{4,5})(v[1-9]\d{0,3})?(?!\d)/i.exec(segments[segments.length - 1]);
  const ref = m && parseArxivId(m[1] + (m[2] ?? ""), options);
  return ref ? [ref] : [];
}

/** On a site that is not known only what cannot be mistaken counts: `arXiv:ID`, or a whole path segment that is a five-digit ID. */
function onAnyHost(address: Address, options: DetectOptions): PaperRef[] {
  // Imitations of a source's name (`notarxiv.org`, look-alike letters) get nothing.
  if (/(?:^|\.)xn--/.test(address.host) || /[^.]arxiv\.org$/.test(address.host)) return [];
  const m = /arxiv:\s?(\d{4}\.\d{4,5}(?:v[1-9]\d{0,3})?|[a-z-]{2,9}(?:\.[a-z-]{2,9})?\/\d{7}(?:v[1-9]\d{0,3})?)(?!\d)/i.exec(decode(address.href));
  const explicit = m && parseArxivId(m[1], options);
  if (explicit) return [explicit];
  for (const segment of address.segments) {
    const id = /^(\d{4}\.\d{5}(?:v[1-9]\d{0,3})?)(?:\.pdf)?$/i.exec(segment);
    const ref = id && parseArxivId(id[1], options, false);
    if (ref) return [ref];
  }
  return [];
}
