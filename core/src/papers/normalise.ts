// Brings a text as PDF viewers, input methods and typesetters give it into plain ASCII punctuation and digits, keeping where everything stood.

/** Longer texts are cut. */
export const TEXT_LIMIT = 200_000;

export interface NormalText {
  readonly text: string;
  /** The offset in the original text of each UTF-16 unit of `text`, and of its end. */
  readonly offsets: Uint32Array;
  /** Whether the unit at `i` ends an address: East Asian script and punctuation, typographic marks. */
  readonly isBreak: (i: number) => boolean;
}

/** Invisible: soft hyphen, joiners and zero-width marks, direction marks, variation selectors, byte-order mark. */
const isInvisible = (c: number) =>
  c === 0xad ||
  c === 0xfeff ||
  c === 0x180e ||
  (c >= 0x200b && c <= 0x200f) ||
  (c >= 0x202a && c <= 0x202e) ||
  (c >= 0x2060 && c <= 0x206f) ||
  (c >= 0xfe00 && c <= 0xfe0f);

const isBlank = (c: number) => c === 0xa0 || c === 0x1680 || (c >= 0x2000 && c <= 0x200a) || c === 0x202f || c === 0x205f || c === 0x3000;

const isDash = (c: number) => (c >= 0x2010 && c <= 0x2015) || c === 0x2212 || c === 0xfe58 || c === 0xfe63;

const isDigit = (c: number) => c >= 48 && c <= 57;

/** Full-width forms that are part of an address when one is typed with them; the others end it. */
const IN_ADDRESS = new Set([..."．／：－＿＝＆％＃＠～"].map((c) => c.charCodeAt(0)));

/** What a single unit stands for; 0 for nothing. */
function plain(c: number): number {
  if (c < 0x80) return c === 0x0c || c === 0x0b || c === 0x85 ? 10 : c === 9 ? 32 : c;
  if (isInvisible(c)) return 0;
  if (isBlank(c)) return 32;
  if (c === 0x2028 || c === 0x2029 || c === 0x85) return 10;
  if (isDash(c)) return 45;
  if (c >= 0xff01 && c <= 0xff5e) return c - 0xfee0;
  if (c === 0xffe5) return 0xa5;
  if (c === 0xff61) return 0x3002;
  if (c === 0x3001) return 44;
  return c;
}

/** Normalises at most `TEXT_LIMIT` units of a text. Linear. */
export function normaliseText(source: string): NormalText {
  const length = Math.min(source.length, TEXT_LIMIT);
  const units = new Uint16Array(length);
  const offsets = new Uint32Array(length + 1);
  let n = 0;
  const put = (unit: number, at: number) => {
    offsets[n] = at;
    units[n++] = unit;
  };
  for (let i = 0; i < length; i++) {
    const c = source.charCodeAt(i);
    if (c === 13) {
      if (source.charCodeAt(i + 1) !== 10) put(10, i);
    } else if (c === MATH && isMathDigit(source.charCodeAt(i + 1))) {
      put(48 + ((source.charCodeAt(i + 1) - 0xdfce) % 10), i++);
    } else {
      const p = plain(c);
      if (p !== 0) put(p, i);
    }
  }
  offsets[n] = length;
  // An input method turns the dot of an ID into an ideographic full stop.
  for (let i = 1; i + 4 < n + 1; i++) {
    if (units[i] !== 0x3002 || !isDigit(units[i - 1])) continue;
    let digits = 0;
    while (digits < 6 && isDigit(units[i + 1 + digits])) digits++;
    if (digits === 4 || digits === 5) units[i] = 46;
  }
  return { text: textOf(units.subarray(0, n)), offsets, isBreak: (i) => isBreak(source.charCodeAt(offsets[i])) };
}

/** The low halves of U+1D7CE to U+1D7FF, the mathematical digits. */
const isMathDigit = (low: number) => low >= 0xdfce && low <= 0xdfff;

const isWideAlphanumeric = (c: number) => (c >= 0xff10 && c <= 0xff19) || (c >= 0xff21 && c <= 0xff3a) || (c >= 0xff41 && c <= 0xff5a);

/** The first half of every mathematical digit. */
const MATH = 0xd835;

const isBreak = (c: number) => c >= 0x2016 && c !== MATH && !isWideAlphanumeric(c) && !IN_ADDRESS.has(c) && !isDash(c);

function textOf(units: Uint16Array): string {
  const parts: string[] = [];
  for (let i = 0; i < units.length; i += 8192) parts.push(String.fromCharCode(...units.subarray(i, i + 8192)));
  return parts.join("");
}
