// The papers a text mentions. Stages run from the most explicit form to the barest; each masks what it consumed, so that nothing is read twice.
import { detectInUrl, inDoi, URL_LIMIT } from "./detectInUrl.js";
import { type NormalText, normaliseText } from "./normalise.js";
import type { DetectOptions, FoundPaper, PaperRef } from "./paper.js";
import { uniquePapers } from "./paper.js";
import { parseAclId } from "./sources/acl.js";
import { newStyle, oldStyle } from "./sources/arxiv.js";
import { sources } from "./sources/index.js";
import { mirrors } from "./sources/mirrors.js";
import { LONGEST_FORUM } from "./sources/openreview.js";
import { PAPERS_COOL, parseCoolToken } from "./sources/papersCool.js";

const LIMIT = 200;

interface Span {
  readonly start: number;
  readonly end: number;
  /** The papers found there; a span without any is only masked. */
  readonly refs: readonly PaperRef[];
}

type Stage = (text: string, normal: NormalText, options: DetectOptions) => Span[];

/** What consumed characters become: no letter, no digit, no blank. */
const MASK = "\u0001";

/**
 * The papers a text mentions, in order of position, without repetitions, at most 200; `start` and `end` are offsets in the text as given.
 * Addresses, DOIs, explicit and bare IDs are read through line breaks, full-width forms and invisible characters. Takes the first 200 000
 * characters; linear.
 */
export function detectInText(source: string, options: DetectOptions = {}): FoundPaper[] {
  const normal = normaliseText(source);
  let text = normal.text;
  const found: { ref: PaperRef; start: number; end: number }[] = [];
  for (const stage of STAGES) {
    const spans = stage(text, normal, options);
    if (spans.length === 0) continue;
    for (const { start, end, refs } of spans) for (const ref of refs) found.push({ ref, start, end });
    text = masked(text, spans);
  }
  found.sort((a, b) => a.start - b.start);
  const at = normal.offsets;
  return uniquePapers(
    found.map(({ ref, start, end }) => ({ ...ref, start: at[start], end: end > start ? at[end - 1] + 1 : at[end] })),
    LIMIT,
  );
}

/** The text with the spans (in order, apart) masked, of the same length. */
function masked(text: string, spans: readonly Span[]): string {
  const parts: string[] = [];
  let last = 0;
  for (const { start, end } of spans) {
    parts.push(text.slice(last, start), MASK.repeat(end - start));
    last = end;
  }
  parts.push(text.slice(last));
  return parts.join("");
}

const KNOWN_HOSTS = [...new Set([...sources.flatMap((s) => s.hosts), ...mirrors.flatMap((m) => m.hosts), PAPERS_COOL, "doi.org"])];
const escaped = (text: string) => text.replace(/[.]/g, "\\.");

/** Where an address can begin: a scheme, or a known host followed by a slash. */
const URL_START = new RegExp(`https?://|(?:javascript|mailto):|data:[a-z]+/|(?:${KNOWN_HOSTS.map(escaped).join("|")})/`, "gi");
const NEXT_URL = new RegExp(`(?:https?://|(?:www\\.)?(?:${KNOWN_HOSTS.map(escaped).join("|")})/)`, "iy");

/** At how many line ends an address may be broken. */
const BROKEN_LINES = 2;

/** After so many broken addresses that name nothing, the text's lines are believed to end where they end. */
const PATIENCE = 64;

const urls: Stage = (text, normal, options) => {
  const spans: Span[] = [];
  let from = 0;
  let patience = PATIENCE;
  URL_START.lastIndex = 0;
  for (let m = URL_START.exec(text); m; m = URL_START.exec(text)) {
    const schemed = m[0].endsWith(":") || m[0].endsWith("//") || /^data/i.test(m[0]);
    const start = schemed ? m.index : hostStart(text, m.index, from);
    if (start < 0) continue;
    const ends = urlEnds(text, normal, start, m.index + m[0].length, patience > 0 ? BROKEN_LINES : 0);
    // An address broken over lines is read as far as it names a paper; what it does not take is left for the other stages.
    let refs: PaperRef[] = [];
    let end = trimmedEnd(text, start, ends[0]);
    for (const candidate of ends.slice().reverse()) {
      const url = addressText(text, start, candidate);
      const found = url.length > URL_LIMIT ? [] : detectInUrl(schemed ? url : `https://${url}`, options);
      if (found.length === 0) continue;
      refs = found;
      end = trimmedEnd(text, start, candidate);
      if (!found.some(isOverlong)) break;
    }
    if (ends.length > 1 && refs.length === 0) patience--;
    spans.push({ start, end, refs });
    from = end;
    URL_START.lastIndex = Math.max(end, m.index + m[0].length);
  }
  return spans;
};

/** An ID longer than its source's usually are took a word of the next line with it, if a shorter one can be read. */
const isOverlong = ({ source, id }: PaperRef) => source === "openreview" && id.length > LONGEST_FORUM;

/** Where a host without a scheme begins: before its sub-domains. -1 when it is part of something else. */
function hostStart(text: string, at: number, from: number): number {
  let start = at;
  while (start > from && at - start < 64 && /[A-Za-z0-9.-]/.test(text[start - 1])) start--;
  const name = text.slice(start, at);
  if (name !== "" && !name.endsWith(".")) {
    // `papersarxiv.org` is another host; `论文arxiv.org` is not, nor is a host after a full stop.
    return -1;
  }
  const before = text[start - 1];
  if (before === "@" || before === "_") return -1;
  return /^[.-]/.test(name) ? at : start;
}

/** Where an address may end, nearest first: at its first stop, and after each break it may run over. */
function urlEnds(text: string, normal: NormalText, start: number, from: number, breaks: number): number[] {
  const ends: number[] = [];
  let end = scan(text, normal, start, from);
  ends.push(end);
  for (let broken = 0; broken < breaks; broken++) {
    const last = text[end - 1];
    const gap = text[end];
    // A viewer that joins lines with a blank leaves an address ending in these, too.
    const joins = gap === "\n" ? "./-=?&_" : gap === " " ? "=?&/-" : "";
    if (!last || !joins.includes(last)) break;
    let next = end + 1;
    while (next - end < 5 && (text[next] === " " || text[next] === "\n")) next++;
    NEXT_URL.lastIndex = next;
    if (next >= text.length || NEXT_URL.test(text)) break;
    const further = scan(text, normal, start, next);
    if (further === next) break;
    if (gap === " ") {
      // Between words a blank is most often just that: the shorter reading goes first.
      const url = addressText(text, start, end);
      if (/\w\.\w+\/[^/]/.test(url) && detectInUrl(/^https?:/i.test(url) ? url : `https://${url}`).length) break;
    }
    ends.push(further);
    end = further;
  }
  return ends;
}

/** The first offset at or after `from` where an address begun at `start` must stop. */
function scan(text: string, normal: NormalText, start: number, from: number): number {
  const open = { "(": 0, "[": 0 };
  let i = from;
  for (; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c <= 32 || c === 127 || normal.isBreak(i)) break;
    const ch = text[i];
    if (ch === "<" || ch === ">" || ch === '"' || ch === "`" || ch === "{" || ch === "}" || ch === "|" || ch === "^") break;
    if (ch === "\\" && !/[_&%#~-]/.test(text[i + 1] ?? "")) break;
    if (ch === "(" || ch === "[") open[ch]++;
    if (ch === ")" && open["("]-- <= 0) break;
    if (ch === "]" && open["["]-- <= 0) break;
    if (ch === "'" && !/[A-Za-z0-9]/.test(text[i + 1] ?? "")) break;
    if ((ch === "," || ch === ";") && i > start && /^https?:\/\//i.test(text.slice(i + 1, i + 9))) break;
  }
  return i;
}

/** Sentences end addresses with these, addresses do not. */
const TRAILING = /[.,;:!?'"\u201d\u2019\u00bb)\]}>*]/;

function trimmedEnd(text: string, start: number, end: number): number {
  let e = end;
  while (e > start && TRAILING.test(text[e - 1])) e--;
  return e;
}

/** The address without line breaks and without the backslashes LaTeX puts before `_` and `&`. */
function addressText(text: string, start: number, end: number): string {
  const raw = text.slice(start, trimmedEnd(text, start, end));
  return /[\s\\]/.test(raw) ? raw.replace(/\s+/g, "").replace(/\\([_&%#~-])/g, "$1") : raw;
}

const dois: Stage = (text, _, options) => {
  const spans: Span[] = [];
  for (const m of text.matchAll(/(?<![\w.])10\.\d{4,9}\/\n?[^\s"<>{}|\\^\u0001\u2e80-\uffff]+/g)) {
    const doi = m[0].replace("\n", "").replace(/[.,;:!?'")\]*]{1,8}$/, "");
    const ref = inDoi(doi, options);
    spans.push({ start: m.index, end: m.index + doi.length + (m[0].includes("\n") ? 1 : 0), refs: ref ? [ref] : [] });
  }
  return spans;
};

const coolTokens: Stage = (text) => {
  const spans: Span[] = [];
  const suffixes = sources.flatMap((s) => s.cool ?? []);
  let from = 0;
  for (const m of text.matchAll(new RegExp(`@(?:${suffixes.join("|")})(?![A-Za-z0-9]|\\.[a-z])`, "g"))) {
    let start = m.index;
    // A token has at most three pieces: one more `@` before the mark.
    for (let marks = 0; start > from && m.index - start < 300 && /[\w.@-]/.test(text[start - 1]); start--)
      if (text[start - 1] === "@" && ++marks > 1) break;
    const end = m.index + m[0].length;
    from = end;
    const ref = start < m.index ? parseCoolToken(text.slice(start, end), sources) : null;
    if (ref) spans.push({ start, end, refs: [ref] });
  }
  return spans;
};

const PREFIX = /arxiv|(?<![A-Za-z0-9])abs\//gi;
const AFTER_PREFIX = /\.?(?:[ \n]{0,3}(?:e-?print|preprint|id|:|#|~)){0,4}[ \n]{0,3}/iy;
const OLD_AFTER_PREFIX = /([a-z]{2,8}(?:-[a-z]{2,4})?)(?:\.[a-z]{2}|\.[a-z]+-[a-z]+)?\/(\d(?:\n?\d){6})(?!\d)/iy;
const VERSION = /[ \n]?v([1-9]\d{0,3})(?![A-Za-z0-9])|v([1-9]\d{0,3})(?!\d)/iy;

const explicit: Stage = (text, _, options) => {
  const spans: Span[] = [];
  PREFIX.lastIndex = 0;
  for (let m = PREFIX.exec(text); m; m = PREFIX.exec(text)) {
    AFTER_PREFIX.lastIndex = m.index + m[0].length;
    const at = AFTER_PREFIX.exec(text) ? AFTER_PREFIX.lastIndex : m.index + m[0].length;
    const hit = readNew(text, at, options) ?? readOld(text, at);
    if (!hit) continue;
    spans.push({ start: m.index, end: hit.end, refs: [hit.ref] });
    PREFIX.lastIndex = hit.end;
  }
  return spans;
};

interface Hit {
  readonly ref: PaperRef;
  readonly end: number;
}

/** A new-style ID at an offset: blanks around its dot and one line break inside its digits are allowed. */
function readNew(text: string, at: number, options: DetectOptions): Hit | null {
  const m = sticky(/(\d(?:\n?\d){3})[ \n]{0,3}\.[ \n]{0,3}(\d{1,6})(?:\n(\d{1,5})(?!\d))?/y, text, at);
  if (!m) return null;
  const yymm = m[1].replace("\n", "");
  if (m[1].length - yymm.length > 1) return null;
  // Before 2015 four digits are whole: what follows on the next line is something else.
  const open = m[3] && m[1].length === 4 && !(m[2].length === 4 && yymm < "1501");
  const whole = open ? newStyle(yymm, m[2] + m[3], undefined, true, options) : null;
  const end = at + m[0].length - (whole || !m[3] ? 0 : m[3].length + 1);
  const ref = whole ?? newStyle(yymm, m[2], undefined, true, options);
  return ref && withVersion(text, ref, end);
}

function readOld(text: string, at: number): Hit | null {
  const m = sticky(OLD_AFTER_PREFIX, text, at);
  const ref = m && oldStyle(m[1], m[2].replace(/\n/g, ""));
  return m && ref ? withVersion(text, ref, at + m[0].length) : null;
}

function withVersion(text: string, ref: PaperRef, end: number): Hit {
  const v = sticky(VERSION, text, end);
  return v ? { ref: { ...ref, version: Number(v[1] ?? v[2]) }, end: end + v[0].length } : { ref, end };
}

function sticky(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

const oldIds: Stage = (text) => {
  const spans: Span[] = [];
  for (const m of text.matchAll(/(?<=[A-Za-z])\/(\d{7})(?:v([1-9]\d{0,3}))?(?![A-Za-z0-9])/g)) {
    const archive = /(?<![A-Za-z0-9_/.-])([a-z]{2,8}(?:-[a-z]{2,4})?)(?:\.[a-z]{2}|\.[a-z]+-[a-z]+)?$/i.exec(
      text.slice(Math.max(0, m.index - 24), m.index),
    );
    const ref = archive && oldStyle(archive[1], m[1], m[2]);
    if (ref) spans.push({ start: m.index - archive[0].length, end: m.index + m[0].length, refs: [ref] });
  }
  return spans;
};

const aclIds: Stage = (text) => {
  const spans: Span[] = [];
  for (const m of text.matchAll(/(?<![\w.-])(?:19|20)\d{2}\.[a-z0-9_]{1,40}-[a-z0-9_]{1,40}\.\d{1,5}(?![A-Za-z0-9_]|[.-]\d)/gi)) {
    const ref = parseAclId(m[0]);
    if (ref) spans.push({ start: m.index, end: m.index + m[0].length, refs: [ref] });
  }
  return spans;
};

const BARE = /(?<![0-9])(\d{4})\.(\d{4,5})(?!\d)(?:v([1-9]\d{0,3})(?![A-Za-z0-9]))?/g;

/** Refused after these, with nothing or one blank between. */
const NUMBER_BEFORE =
  /(?:[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Nd}_.\-+*^/~@=<>\p{Sc}]|[=<>±×\p{Sc}] |(?<![A-Za-z])(?:USD|EUR|GBP|CNY|RMB|JPY|US\$) )$|(?<!\d)\d{1,3},$/u;

/** Units of measure and words of money; a single capital may be somebody's initial, so none is here. */
const UNITS =
  "(?:[kKMGTm]?eV|[kMGTm]?Hz|[kMGT]i?B|[kmcdnµμ]m|[kmµμ]?g|[mnµμp]?s|m|min|dBm?|[kMhm]?Pa|[kmMG]?W|[kmMG]?J|[kmM]?V|mol|sec(?:onds?)?|hours?|days?|years?|meters?|" +
  "pixels?|tokens?|bits?|bytes?|percent|degrees?|USD|EUR|GBP|CNY|RMB|JPY|dollars?|euros?|pounds?|yuan|yen)(?![A-Za-z0-9])";
const NUMBER_AFTER = new RegExp(
  `^(?:[A-Za-z0-9\\u00c0-\\u024f\\u0370-\\u052f_]|\\.\\d|-\\d|,\\d{3}(?!\\d)| ?[%‰±×°℃\\p{Sc}]| ?(?:美元|欧元|日元|港元|人民币|元|块钱|円|원|万|亿)| ?${UNITS}(?!\\. [A-Z]))`,
  "u",
);

/** Whether digits at a place are a number and no ID, by what stands around them. */
const isNumber = (text: string, start: number, end: number) =>
  NUMBER_BEFORE.test(text.slice(Math.max(0, start - 6), start)) || NUMBER_AFTER.test(text.slice(end, end + 12));

const bareIds: Stage = (text, normal, options) => {
  const spans: Span[] = [];
  const short: Span[] = [];
  for (const m of text.matchAll(BARE)) {
    const end = m.index + m[0].length;
    const ref = newStyle(m[1], m[2], m[3], false, options);
    if (!ref || isNumber(text, m.index, end)) continue;
    (m[2].length === 5 ? spans : short).push({ start: m.index, end, refs: [ref] });
  }
  if (short.length === 0) return spans;
  const all = [...spans, ...short].sort((a, b) => a.start - b.start);
  const alone = !/[\p{L}\p{N}]/u.test(masked(text, all).replace(/(?<!\p{L})(?:and|v\d+)(?!\p{L})|[和与及]/gu, ""));
  return alone || /arxiv|abs\//i.test(normal.text) ? all : spans;
};

/** `P19-1001` is also a room, a part, a form: it counts only when nothing else is there. */
const loneAclId: Stage = (text) => {
  const m = /^[\s\p{P}]{0,40}([A-Z]\d{2}-\d{4})[\s\p{P}]{0,40}$/u.exec(text.length > 100 ? "" : text);
  const ref = m && parseAclId(m[1]);
  const start = m ? text.indexOf(m[1]) : 0;
  return ref ? [{ start, end: start + m[1].length, refs: [ref] }] : [];
};

const STAGES: readonly Stage[] = [urls, dois, coolTokens, explicit, oldIds, aclIds, bareIds, loneAclId];
