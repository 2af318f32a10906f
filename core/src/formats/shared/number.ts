// Numbers as the notations write them: bases, separators, suffixes, imaginary units, exponents.

import { parseRational, type Rational, rational } from "../../linalg/index.js";

/** What a notation allows in a number beyond digits, point and `e`. */
export interface NumberStyle {
  /** Characters allowed between digits: "_" or "'". */
  readonly separator?: "_" | "'";
  /** Letters that start a decimal exponent; default "eE". */
  readonly exponent?: string;
  /** Suffixes that do not change the value (`f`, `u8`, `_f64`), as a sticky expression. */
  readonly suffix?: RegExp;
  /** The suffix of an imaginary number, as a sticky expression. */
  readonly imaginary?: RegExp;
  /** 010 is eight. */
  readonly octal?: boolean;
  /** A point before `* / \\ ^ '` belongs to the operator: 2.*A. */
  readonly pointOperators?: boolean;
  /** 0x, 0b, 0o are understood. */
  readonly bases?: boolean;
  /** Terminating decimals are exact fractions (LaTeX, plain text, computer algebra without a point). */
  readonly exactDecimals?: boolean;
}

export interface ScannedNumber {
  readonly end: number;
  readonly value: number;
  readonly exact?: Rational;
  readonly imaginary?: boolean;
}

const isDigit = (c: number) => c >= 48 && c <= 57;
const isLetter = (c: number) => (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95;
/** Past this many digits a number is not kept exactly (converting digits to a BigInt is not linear). */
const exactDigits = 20000;

function digitValue(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  if (c >= 97 && c <= 102) return c - 87;
  if (c >= 65 && c <= 70) return c - 55;
  return 99;
}

function matchAt(pattern: RegExp | undefined, text: string, at: number): number {
  if (!pattern) return 0;
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

/** The unsigned number that starts at `at`; null when none does. */
export function scanNumber(text: string, at: number, style: NumberStyle): ScannedNumber | null {
  if (style.bases && text.charCodeAt(at) === 48) {
    const base = { x: 16, X: 16, b: 2, B: 2, o: 8, O: 8 }[text[at + 1] ?? ""];
    if (base && digitValue(text.charCodeAt(at + 2)) < base) return scanBased(text, at + 2, base, style);
  }
  const separator = style.separator?.charCodeAt(0) ?? -1;
  let end = at;
  let clean = true;
  const digits = () => {
    while (isDigit(text.charCodeAt(end)) || (text.charCodeAt(end) === separator && end > at && isDigit(text.charCodeAt(end + 1)))) {
      if (text.charCodeAt(end) === separator) clean = false;
      end++;
    }
  };
  digits();
  const whole = end - at;
  let isInteger = true;
  // `1..2` in Go-like ranges and `1.e` in method calls keep their point; a point after digits or before one is the number's.
  if (
    text[end] === "." &&
    text[end + 1] !== "." &&
    !(style.pointOperators && "*/\\^'+-".includes(text[end + 1] ?? " ")) &&
    (whole > 0 ? !(isLetter(text.charCodeAt(end + 1)) && !pointThenLetter(text, end + 1, style)) : isDigit(text.charCodeAt(end + 1)))
  ) {
    isInteger = false;
    end++;
    digits();
  }
  if (end === at || (whole === 0 && isInteger)) return null;
  let mantissa = text.slice(at, end);
  if (!clean) mantissa = mantissa.replaceAll(style.separator as string, "");
  let exponent = "";
  const marks = style.exponent ?? "eE";
  const mark = text.startsWith("*^", end) && marks.includes("*") ? 2 : marks.includes(text[end] ?? " ") && text[end] !== "*" ? 1 : 0;
  if (mark > 0) {
    let p = end + mark;
    if (text[p] === "+" || text[p] === "-") p++;
    const from = p;
    while (isDigit(text.charCodeAt(p))) p++;
    if (p > from) {
      exponent = text.slice(end + mark, p);
      if (mark === 1 || exponent[0] === "-") isInteger = false;
      end = p;
    }
  }
  const spelled = exponent ? `${mantissa}e${exponent}` : mantissa;
  let value: number;
  let exact: Rational | undefined;
  if (style.octal && isInteger && mantissa.length > 1 && mantissa[0] === "0" && !exponent && /^[0-7]+$/.test(mantissa)) {
    value = Number.parseInt(mantissa, 8);
    exact = Number.isSafeInteger(value) ? rational(value) : undefined;
  } else {
    value = Number(spelled);
    if (mantissa.length <= exactDigits && Math.abs(Number(exponent)) <= 1000 && (isInteger || style.exactDecimals))
      exact = Number.isSafeInteger(value) && isInteger ? rational(value) : (parseRational(spelled) ?? undefined);
  }
  return finish(text, end, value, exact, style);
}

/** `1.e5`, `1.f`, `1.j`: a point before an exponent or suffix belongs to the number, `1.sum()` and `1.T` do not. */
function pointThenLetter(text: string, at: number, style: NumberStyle): boolean {
  if ((style.exponent ?? "eE").includes(text[at] ?? " ") && /[\d+-]/.test(text[at + 1] ?? "")) return true;
  const length = matchAt(style.imaginary, text, at) || matchAt(style.suffix, text, at);
  return length > 0 && !isLetter(text.charCodeAt(at + length)) && !isDigit(text.charCodeAt(at + length));
}

function finish(text: string, at: number, value: number, exact: Rational | undefined, style: NumberStyle): ScannedNumber {
  let end = at;
  const suffix = matchAt(style.suffix, text, end);
  if (suffix > 0 && !isLetter(text.charCodeAt(end + suffix))) end += suffix;
  const imaginary = matchAt(style.imaginary, text, end);
  const isImaginary = imaginary > 0 && !isLetter(text.charCodeAt(end + imaginary)) && !isDigit(text.charCodeAt(end + imaginary));
  if (isImaginary) end += imaginary;
  return { end, value, ...(exact && { exact }), ...(isImaginary && { imaginary: true }) };
}

/** Digits in base 2, 8 or 16, and hexadecimal floating point (0x1.8p3). */
function scanBased(text: string, at: number, base: number, style: NumberStyle): ScannedNumber {
  let end = at;
  let value = 0;
  let digits = "";
  let scale = 0;
  let point = false;
  for (; ; end++) {
    const c = text.charCodeAt(end);
    if (style.separator && text[end] === style.separator && digitValue(text.charCodeAt(end + 1)) < base) continue;
    if (base === 16 && text[end] === "." && !point && digitValue(text.charCodeAt(end + 1)) < 16) {
      point = true;
      continue;
    }
    const d = digitValue(c);
    if (d >= base) break;
    value = value * base + d;
    if (digits.length <= exactDigits) digits += text[end];
    if (point) scale -= 4;
  }
  if (base === 16 && (text[end] === "p" || text[end] === "P")) {
    const m = /[pP][+-]?\d{1,5}/y;
    m.lastIndex = end;
    const hit = m.exec(text);
    if (hit) {
      end += hit[0].length;
      return finish(text, end, value * 2 ** (scale + Number(hit[0].slice(1))), undefined, style);
    }
  }
  if (point) return finish(text, end, value * 2 ** scale, undefined, style);
  const exact = digits.length <= exactDigits ? rational(BigInt(`${base === 16 ? "0x" : base === 8 ? "0o" : "0b"}${digits}`)) : undefined;
  return finish(text, end, value, exact, style);
}

/** An entry of a table or print-out: a number on its own, complex, fraction, percentage, special value. */
export interface CellNumber {
  readonly re: number;
  readonly im: number;
  readonly exact?: Rational;
}

export interface CellStyle {
  /** `1,5` is one and a half. */
  readonly decimalComma?: boolean;
  /** Terminating decimals are exact. */
  readonly exactDecimals?: boolean;
}

const special: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  na: Number.NaN,
  "n/a": Number.NaN,
  null: Number.NaN,
  none: Number.NaN,
  missing: Number.NaN,
  "<na>": Number.NaN,
  nat: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  infinity: Number.POSITIVE_INFINITY,
  "∞": Number.POSITIVE_INFINITY,
  true: 1,
  false: 0,
};

const plainNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eEdD][+-]?\d{1,5})?$/;
const thousands = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$/;
const thousandsDots = /^[+-]?\d{1,3}(?:\.\d{3})+(?:,\d*)?$/;
const complexNumber = /^\(?([+-]?[\d.]+(?:[eE][+-]?\d+)?|[+-]?nan|[+-]?inf)?\s*([+-]\s*(?:[\d.]+(?:[eE][+-]?\d+)?|nan|inf)?)\s*\*?(?:[ijI]|im)\)?$/i;

/** Reads an entry; null when it is not a number. A blank entry is NaN. */
export function readCell(raw: string, style: CellStyle = {}): CellNumber | null {
  let text = raw.trim();
  if (plainNumber.test(text)) return real(text, style);
  if (text === "") return { re: Number.NaN, im: 0 };
  text = unwrap(text).replace(/[−–]/g, "-");
  if (/[０-９．]/.test(text)) text = text.normalize("NFKC");
  if (style.decimalComma && text.includes(",")) {
    if (thousandsDots.test(text)) text = text.replaceAll(".", "");
    if (/^[+-]?\d*,\d+(?:[eE][+-]?\d+)?$/.test(text)) text = text.replace(",", ".");
  }
  if (thousands.test(text)) text = text.replaceAll(",", "");
  text = text.replace(/\s*[×x*]\s*10\s*(?:\^|\*\*)\s*\{?([+-]?\d{1,5})\}?$/, "e$1").replace(/\*\^/, "e");
  if (plainNumber.test(text)) return real(text, style);
  const sign = text[0] === "-" ? -1 : 1;
  const bare = (text[0] === "-" || text[0] === "+" ? text.slice(1) : text).toLowerCase();
  if (Object.hasOwn(special, bare)) return { re: sign * (special[bare] as number), im: 0 };
  if (text.endsWith("%")) {
    const inner = readCell(text.slice(0, -1), style);
    return inner && inner.im === 0
      ? { re: inner.re / 100, im: 0, ...(inner.exact && { exact: rational(inner.exact.num, inner.exact.den * 100n) }) }
      : null;
  }
  const slash = /^([+-]?\d{1,300})\s*\/\/?\s*(\d{1,300})$/.exec(text);
  if (slash && !/^0+$/.test(slash[2] as string))
    return { re: Number(slash[1]) / Number(slash[2]), im: 0, exact: rational(BigInt(slash[1] as string), BigInt(slash[2] as string)) };
  if (/^[+-]?0[xXbBoO]/.test(text)) {
    const start = text[0] === "-" || text[0] === "+" ? 1 : 0;
    const n = scanNumber(text, start, { bases: true, separator: "_" });
    return n && n.end === text.length ? { re: sign * n.value, im: 0 } : null;
  }
  if (/^[+-]?\d[\d_]*(?:\.[\d_]*)?$/.test(text) && text.includes("_") && !/__|_$/.test(text)) return real(text.replaceAll("_", ""), style);
  return text.length < 80 ? complexCell(text) : null;
}

function real(text: string, style: CellStyle): CellNumber {
  const spelled = /[dD]/.test(text) ? text.replace(/[dD]/, "e") : text;
  const value = Number(spelled);
  if (style.exactDecimals && text.length < 40) {
    const exact = parseRational(spelled);
    if (exact) return { re: value, im: 0, exact };
  }
  return Number.isSafeInteger(value) || !/^[+-]?\d{16,300}$/.test(text) ? { re: value, im: 0 } : { re: value, im: 0, exact: rational(BigInt(text)) };
}

function complexCell(text: string): CellNumber | null {
  const alone = /^\(?([+-]?[\d.]*(?:[eE][+-]?\d+)?)\s*\*?(?:[ijI]|im)\)?$/.exec(text);
  const unit = (s: string) => (s === "" || s === "+" ? 1 : s === "-" ? -1 : toNumber(s));
  if (alone) {
    const im = unit(alone[1] as string);
    return Number.isNaN(im) ? null : { re: 0, im };
  }
  const both = complexNumber.exec(text);
  if (!both) return null;
  const re = toNumber(both[1] ?? "0");
  const im = unit((both[2] as string).replace(/\s/g, ""));
  const bad = (x: number, s: string) => Number.isNaN(x) && !/nan/i.test(s);
  return bad(re, both[1] ?? "0") || bad(im, both[2] as string) ? null : { re, im };
}

const toNumber = (s: string): number => (/inf/i.test(s) ? (s[0] === "-" ? -1 : 1) * Number.POSITIVE_INFINITY : Number(s));

/** Takes off what only decorates an entry: quotes, `code`, $math$, **bold**. */
function unwrap(text: string): string {
  let t = text;
  for (let i = 0; i < 4; i++) {
    const m = /^(["'`$]|\*\*|\*|__)/.exec(t);
    if (!m || t.length < 2 * m[0].length + 1 || !t.endsWith(m[0])) break;
    t = t.slice(m[0].length, -m[0].length).trim();
  }
  return t;
}
