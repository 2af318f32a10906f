// The papers a text mentions. Stages run from the most explicit form to the barest; each masks what it consumed, so that nothing is read twice.
import { decode, doiAlone, URL_LIMIT } from "./address.js";
import { type NormalText, normaliseText } from "./normalise.js";
import type { DetectOptions, FoundPaper, PaperRef } from "./paper.js";
import { uniquePapers } from "./paper.js";

const LIMIT = 200;

interface Span {
  readonly start: number;
  readonly end: number;
  /** The papers found there; a span without any is only masked. */
  readonly refs: readonly PaperRef[];
}

/** What the rules for texts take from those for addresses; see `addressRules`. */
export interface AddressRules {
  /** The hosts an address may begin with when it has no scheme. */
  readonly hosts: readonly string[];
  /** The marks at the end of papers.cool's tokens. */
  readonly marks: readonly string[];
  readonly inUrl: (url: string, options?: DetectOptions) => PaperRef[];
  readonly inDoi: (doi: string, options?: DetectOptions) => PaperRef | null;
  readonly ofToken: (token: string) => PaperRef | null;
  readonly ofAclId: (id: string) => PaperRef | null;
  readonly newStyle: (yymm: string, number: string, version: string | undefined, explicit: boolean, options: DetectOptions) => PaperRef | null;
  readonly oldStyle: (archive: string, digits: string, version?: string) => PaperRef | null;
  /** Whether an ID is longer than its source's usually are. */
  readonly isOverlong: (ref: PaperRef) => boolean;
}

/** What all stages are given. */
interface Given {
  readonly normal: NormalText;
  readonly options: DetectOptions;
  readonly rules: AddressRules;
  /** Where an address can begin: a scheme, or a known host followed by a slash. */
  readonly urlStart: RegExp;
  /** Where another address begins. */
  readonly nextUrl: RegExp;
}

type Stage = (text: string, given: Given) => Span[];

/** What consumed characters become: no letter, no digit, no blank. */
const MASK = "\u0001";

export type TextDetector = (source: string, options?: DetectOptions) => FoundPaper[];

/**
 * Makes a detector of the papers a text mentions: in order of position, without repetitions, at most 200; `start` and `end` are offsets in the
 * text as given. Addresses, DOIs, explicit and bare IDs are read through line breaks, full-width forms and invisible characters. It takes the
 * first 200 000 characters; linear. The rules for addresses are handed in, so that a program that seldom reads texts can load this part alone
 * when it does.
 */
export function makeTextDetector(rules: AddressRules): TextDetector {
  const hosts = rules.hosts.map((host) => host.replace(/[.]/g, "\\.")).join("|");
  const urlStart = new RegExp(`https?(?:://|%3a%2f%2f)|(?:javascript|mailto):|data:[a-z]+/|(?:${hosts})/`, "gi");
  const nextUrl = new RegExp(`(?:https?://|(?:www\\.)?(?:${hosts})/)`, "iy");
  return (source, options = {}) => {
    const normal = normaliseText(source);
    const given = { normal, options, rules, urlStart, nextUrl };
    let text = normal.text;
    const found: { ref: PaperRef; start: number; end: number }[] = [];
    for (const stage of STAGES) {
      const spans = stage(text, given);
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
  };
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

/** At how many line ends an address may be broken. */
const BROKEN_LINES = 2;

/** After so many broken addresses that name nothing, the text's lines are believed to end where they end. */
const PATIENCE = 64;

const urls: Stage = (text, given) => {
  const { options, rules, urlStart } = given;
  const spans: Span[] = [];
  let from = 0;
  let patience = PATIENCE;
  urlStart.lastIndex = 0;
  for (let m = urlStart.exec(text); m; m = urlStart.exec(text)) {
    const encoded = m[0].includes("%");
    const schemed = encoded || m[0].endsWith(":") || m[0].endsWith("//") || /^data/i.test(m[0]);
    const start = schemed ? m.index : hostStart(text, m.index, from);
    if (start < 0) continue;
    const ends = urlEnds(text, given, start, m.index + m[0].length, patience > 0 ? BROKEN_LINES : 0);
    // An address broken over lines is read as far as it names a paper; what it does not take is left for the other stages.
    let refs: PaperRef[] = [];
    let end = trimmedEnd(text, start, ends[0]);
    for (const candidate of ends.slice().reverse()) {
      const written = addressText(text, start, candidate);
      const url = encoded ? decode(written).split(/\s/)[0] : written;
      const found = url.length > URL_LIMIT ? [] : rules.inUrl(schemed ? url : `https://${url}`, options);
      if (found.length === 0) continue;
      refs = found;
      end = trimmedEnd(text, start, candidate);
      if (!found.some(rules.isOverlong)) break;
    }
    if (ends.length > 1 && refs.length === 0) patience--;
    spans.push({ start, end, refs });
    from = end;
    urlStart.lastIndex = Math.max(end, m.index + m[0].length);
  }
  return spans;
};

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
function urlEnds(text: string, given: Given, start: number, from: number, breaks: number): number[] {
  const { normal, rules, nextUrl } = given;
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
    nextUrl.lastIndex = next;
    if (next >= text.length || nextUrl.test(text)) break;
    const further = scan(text, normal, start, next);
    if (further === next) break;
    if (gap === " ") {
      // Between words a blank is most often just that: the shorter reading goes first.
      const url = addressText(text, start, end);
      if (/\w\.\w+\/[^/]/.test(url) && rules.inUrl(/^https?:/i.test(url) ? url : `https://${url}`).length) break;
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
    // Two addresses pasted together; one inside another stands behind a mark.
    if ((ch === "h" || ch === "H") && i > from && /^[a-z0-9]https?:\/\//i.test(text.slice(i - 1, i + 8))) break;
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

const DOI = /(?<![\w.])10\.\d{4,9}\/\n?(?:(?![,;]10\.\d)[^\s"<>{}|\\^\u0001\u2e80-\uffff])+/g;
const DOI_REST = /\n[^\s"<>{}|\\^\u0001\u2e80-\uffff]+/y;

const dois: Stage = (text, { options, rules }) => {
  const spans: Span[] = [];
  const read = (found: string) => {
    const whole = found.replace(/[.,;:!?'")\]*]{1,8}$/, "");
    const readings = [whole, doiAlone(whole)].map((written) => ({ written, ref: rules.inDoi(written.replace(/\n/g, ""), options) }));
    return readings.find(({ ref }) => ref) ?? readings[0];
  };
  DOI.lastIndex = 0;
  for (let m = DOI.exec(text); m; m = DOI.exec(text)) {
    let hit = read(m[0]);
    // One that a line's end broke is read whole if it then names a paper.
    const rest = /[./-]$/.test(m[0]) ? sticky(DOI_REST, text, DOI.lastIndex) : null;
    const whole = rest && read(m[0] + rest[0]);
    if (whole?.ref) hit = whole;
    const end = m.index + hit.written.length;
    spans.push({ start: m.index, end, refs: hit.ref ? [hit.ref] : [] });
    DOI.lastIndex = end;
  }
  return spans;
};

const coolTokens: Stage = (text, { rules }) => {
  const spans: Span[] = [];
  let from = 0;
  for (const m of text.matchAll(new RegExp(`@(?:${rules.marks.join("|")})(?![A-Za-z0-9]|\\.[a-z])`, "g"))) {
    let start = m.index;
    // A token has at most three pieces: one more `@` before the mark.
    for (let marks = 0; start > from && m.index - start < 300 && /[\w.@-]/.test(text[start - 1]); start--)
      if (text[start - 1] === "@" && ++marks > 1) break;
    const end = m.index + m[0].length;
    from = end;
    const ref = start < m.index ? rules.ofToken(text.slice(start, end)) : null;
    if (ref) spans.push({ start, end, refs: [ref] });
  }
  return spans;
};

const PREFIX = /arxiv|(?:(?<![A-Za-z0-9])|(?<=CoRR))abs\/|(?<![A-Za-z0-9-])eprint(?= {0,3}=)/gi;
const AFTER_PREFIX = /\.?(?:[ \n]{0,3}(?:e-?print|preprint|[-_]?id|:|#|~|=|[-_/](?=\d))){0,4}[ \n]{0,3}/iy;
const OLD_AFTER_PREFIX = /([a-z]{1,8}(?:-\n?[a-z]{2,4})?)(?:\.[a-z]{2}|\.[a-z]+-[a-z]+)?\/\n?(\d(?:\n?\d){6})(?!\d)/iy;
const VERSION = /[ \n]?v([1-9]\d{0,3})(?![A-Za-z0-9])|v([1-9]\d{0,3})(?!\d)/iy;

const explicit: Stage = (text, given) => {
  const spans: Span[] = [];
  PREFIX.lastIndex = 0;
  for (let m = PREFIX.exec(text); m; m = PREFIX.exec(text)) {
    if (m[0].endsWith("/") && isElsewhere(text.slice(Math.max(0, m.index - 64), m.index))) continue;
    AFTER_PREFIX.lastIndex = m.index + m[0].length;
    const at = AFTER_PREFIX.exec(text) ? AFTER_PREFIX.lastIndex : m.index + m[0].length;
    const hit = readNew(text, at, given) ?? readOld(text, at, given);
    if (!hit) continue;
    spans.push({ start: m.index, end: hit.end, refs: [hit.ref] });
    PREFIX.lastIndex = hit.end;
  }
  return spans;
};

/** Whether `abs/` after this is a path on another site, such as viXra's. */
const isElsewhere = (before: string) => /[\w-]\.[a-z]{2,12}\/$/i.test(before) && !/arxiv[\w.-]*\/$/i.test(before);

interface Hit {
  readonly ref: PaperRef;
  readonly end: number;
}

/** A new-style ID at an offset: blanks around its dot and one line break inside its digits are allowed. */
function readNew(text: string, at: number, { options, rules }: Given): Hit | null {
  const m = sticky(/(\d(?:\n?\d){3})[ \n]{0,3}\.[ \n]{0,3}(\d{1,6})(?:\n(\d{1,5})(?!\d))?/y, text, at);
  if (!m) return null;
  const yymm = m[1].replace("\n", "");
  if (m[1].length - yymm.length > 1) return null;
  // Before 2015 four digits are whole: what follows on the next line is something else.
  const open = m[3] && m[1].length === 4 && !(m[2].length === 4 && yymm < "1501");
  const whole = open ? rules.newStyle(yymm, m[2] + m[3], undefined, true, options) : null;
  const end = at + m[0].length - (whole || !m[3] ? 0 : m[3].length + 1);
  const ref = whole ?? rules.newStyle(yymm, m[2], undefined, true, options);
  return ref && withVersion(text, ref, end);
}

function readOld(text: string, at: number, { rules }: Given): Hit | null {
  const m = sticky(OLD_AFTER_PREFIX, text, at);
  const ref = m && rules.oldStyle(m[1].replace("\n", ""), m[2].replace(/\n/g, ""));
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

/** The mark along the edge of a first page, as some viewers give it: `ar\nX\niv\n:1\n70\n6.\n03\n76\n2v\n5`. */
const SCATTERED = /a[ \n]?r[ \n]?x[ \n]?i[ \n]?v[ \n]{0,2}:[ \n]?/gi;
const SCATTERED_NEW = /(\d(?:[ \n]?\d){3})[ \n]?\.[ \n]?(\d(?:[ \n]?\d){3})([ \n]?\d)?/y;
const SCATTERED_OLD = /([a-z](?:[ \n]?[a-z.-]){1,20})[ \n]?\/[ \n]?(\d(?:[ \n]?\d){6})/iy;
const SCATTERED_VERSION = /[ \n]?v[ \n]?([1-9]\d{0,3})/iy;

const scattered: Stage = (text, { options, rules }) => {
  const spans: Span[] = [];
  const dense = (part: string) => part.replace(/[ \n]/g, "");
  for (const m of text.matchAll(SCATTERED)) {
    if (/^arxiv/i.test(m[0])) continue;
    const at = m.index + m[0].length;
    const fresh = sticky(SCATTERED_NEW, text, at);
    const old = fresh ? null : sticky(SCATTERED_OLD, text, at);
    let end = at + (fresh ?? old ?? [""])[0].length;
    let ref: PaperRef | null = null;
    if (fresh) {
      const yymm = dense(fresh[1]);
      // Before 2015 four digits are whole.
      const fifth = yymm < "1501" ? "" : (fresh[3] ?? "");
      end -= (fresh[3] ?? "").length - fifth.length;
      ref = rules.newStyle(yymm, dense(fresh[2] + fifth), undefined, true, options);
    } else if (old) ref = rules.oldStyle(dense(old[1]).split(".")[0], dense(old[2]));
    if (!ref) continue;
    const v = sticky(SCATTERED_VERSION, text, end);
    spans.push({ start: m.index, end: end + (v ? v[0].length : 0), refs: [v ? { ...ref, version: Number(v[1]) } : ref] });
  }
  return spans;
};

/** Keys of dblp's BibTeX. */
const dblpKeys: Stage = (text, { options, rules }) =>
  [...text.matchAll(/(?<![A-Za-z0-9])journals\/corr\/abs-(\d{4})-(\d{4,5})(?![A-Za-z0-9])/g)].flatMap((m) => {
    const ref = rules.newStyle(m[1], m[2], undefined, true, options);
    return ref ? [{ start: m.index, end: m.index + m[0].length, refs: [ref] }] : [];
  });

const oldIds: Stage = (text, { rules }) => {
  const spans: Span[] = [];
  for (const m of text.matchAll(/(?<=[A-Za-z])\/(\d{7})(?:v([1-9]\d{0,3}))?(?![A-Za-z0-9])/g)) {
    const archive = /(?<![A-Za-z0-9_/.-])([a-z]{1,8}(?:-[a-z]{2,4})?)(?:\.[a-z]{2}|\.[a-z]+-[a-z]+)?$/i.exec(
      text.slice(Math.max(0, m.index - 24), m.index),
    );
    const ref = archive && rules.oldStyle(archive[1], m[1], m[2]);
    if (ref) spans.push({ start: m.index - archive[0].length, end: m.index + m[0].length, refs: [ref] });
  }
  return spans;
};

const aclIds: Stage = (text, { rules }) => {
  const spans: Span[] = [];
  for (const m of text.matchAll(/(?<![\w.-])(?:19|20)\d{2}\.[a-z0-9_]{1,40}-[a-z0-9_]{1,40}\.\d{1,5}(?![A-Za-z0-9_]|[.-]\d)/gi)) {
    const ref = rules.ofAclId(m[0]);
    if (ref) spans.push({ start: m.index, end: m.index + m[0].length, refs: [ref] });
  }
  return spans;
};

const BARE = /(?<![0-9])(\d{4})\.(\d{4,5})(?!\d)(?:v([1-9]\d{0,3})(?![A-Za-z0-9]))?/g;

/** Refused after these, with nothing or one blank between. */
const NUMBER_BEFORE =
  /(?:[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Nd}_.\-+*^/~@=<>±×∼≈≃≤≥\p{Sc}]|[=<>±×∼≈≃≤≥\p{Sc}] |(?<![A-Za-z])(?:USD|EUR|GBP|CNY|RMB|JPY|US\$) )$|(?<!\d)\d{1,3},$/u;

/** Units of measure and words of money; a single capital may be somebody's initial, so none is here. */
const UNITS =
  "(?:[kKMGTm]?eV|[kMGTm]?Hz|[kMGT]i?B|[kMGT]bps|[MGTP]?FLOPs?|[kmcdnµμ]m|[kmµμ]?g|[mnµμp]?s|m|min|dBm?|[kMhm]?Pa|[kmMG]?W|[kMG]?Wh|[kmMG]?J|[kmM]?V|[kM]?Ω|Å|" +
  "mol|kcal|mph|rpm|fps|ppm|lbs?|ft|feet|inch(?:es)?|miles?|sec(?:onds?)?|hours?|days?|years?|meters?|pixels?|tokens?|bits?|bytes?|percent|degrees?|" +
  "USD|EUR|GBP|CNY|RMB|JPY|CHF|HKD|KRW|INR|CAD|AUD|dollars?|euros?|pounds?|yuan|yen)(?![A-Za-z0-9])";
const EASTERN_UNITS =
  "美元|欧元|日元|港元|港币|英镑|人民币|元|块钱|円|원|万|亿|倍|公里|千米|厘米|毫米|平方|立方|公斤|千克|毫克|毫秒|小时|分钟|摄氏度|千瓦|像素|字节|" +
  "[米吨克秒](?!\\p{Script=Han})|ドル|ユーロ|メートル|キロ|グラム|달러|유로|미터|킬로";
const NUMBER_AFTER = new RegExp(
  `^(?:[A-Za-z0-9\\u00c0-\\u024f\\u0370-\\u052f_]|\\.\\d|-\\d|,\\d{3}(?!\\d)| ?[%‰±×°℃\\p{Sc}]| ?(?:${EASTERN_UNITS})| ?${UNITS}(?!\\. [A-Z]))`,
  "u",
);

/** Whether digits at a place are a number and no ID, by what stands around them. */
const isNumber = (text: string, start: number, end: number) =>
  NUMBER_BEFORE.test(text.slice(Math.max(0, start - 6), start)) || NUMBER_AFTER.test(text.slice(end, end + 12));

const bareIds: Stage = (text, { normal, options, rules }) => {
  const spans: Span[] = [];
  const short: Span[] = [];
  for (const m of text.matchAll(BARE)) {
    const end = m.index + m[0].length;
    const ref = rules.newStyle(m[1], m[2], m[3], false, options);
    if (!ref || isNumber(text, m.index, end)) continue;
    (m[2].length === 5 ? spans : short).push({ start: m.index, end, refs: [ref] });
  }
  if (short.length === 0) return spans;
  const all = [...spans, ...short].sort((a, b) => a.start - b.start);
  const alone = !/[\p{L}\p{N}]/u.test(masked(text, all).replace(/(?<!\p{L})(?:and|v\d+)(?!\p{L})|[和与及]/gu, ""));
  return alone || /arxiv|abs\//i.test(normal.text) ? all : spans;
};

/** `P19-1001` is also a room, a part, a form: it counts only when nothing else is there. */
const loneAclId: Stage = (text, { rules }) => {
  const m = /^[\s\p{P}]{0,40}([A-Z]\d{2}-\d{4})[\s\p{P}]{0,40}$/u.exec(text.length > 100 ? "" : text);
  const ref = m && rules.ofAclId(m[1]);
  const start = m ? text.indexOf(m[1]) : 0;
  return ref ? [{ start, end: start + m[1].length, refs: [ref] }] : [];
};

const STAGES: readonly Stage[] = [urls, dois, coolTokens, scattered, explicit, dblpKeys, oldIds, aclIds, bareIds, loneAclId];
