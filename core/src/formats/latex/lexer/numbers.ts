// Numbers: separators of thousands, exponents, and the single digits of \frac12.
import { fail, said } from "../../../expr/index.js";
import { parseRational, type Rational } from "../../../linalg/index.js";
import type { Scan } from "./scan.js";

export interface NumberToken {
  readonly value: number;
  readonly exact?: Rational;
}

const NUMBER = /(?:\d{1,3}(?:(?:\{,\}|\\,|,)\d{3})+(?!\d)|\d+)?(?:\.\d+)?(?:[eE][+-]?\d+(?![\d.]*[A-Za-z^_]))?/y;

export const isDigit = (text: string, at: number): boolean => {
  const c = text.charCodeAt(at);
  return c >= 48 && c <= 57;
};

/** The value of a decimal number; exact unless it is absurdly long. */
export function numberValue(digits: string): NumberToken {
  const value = Number(digits);
  if (/^\d{1,15}$/.test(digits)) return { value, exact: { num: BigInt(digits), den: 1n } };
  if (digits.length > 20_000 || Math.abs(Number(/[eE](.*)$/.exec(digits)?.[1] ?? 0)) > 5000) return { value };
  const exact = parseRational(digits);
  return exact ? { value, exact } : { value };
}

/** Takes a number, with its separators and exponent. */
export function readNumber(scan: Scan): void {
  const { state, text, to, at: start } = scan;
  NUMBER.lastIndex = start;
  let raw = NUMBER.exec(text)?.[0] as string;
  if (takesDigit(scan)) raw = raw.charAt(0);
  if (raw.includes(",") || raw.includes("\\")) {
    const comma = /^\d{1,3}(,\d{3})+(?!\d)/.test(raw);
    if (comma && (state.brackets > 0 || state.open.some((o) => o.type !== "rows"))) raw = /^\d+/.exec(raw)?.[0] as string;
  }
  let end = start + raw.length;
  if (
    text.charAt(end) === "." &&
    !isDigit(text, end + 1) &&
    !raw.includes(".") &&
    /^\.(\s|[&\\\]),;])/.test(text.slice(end, end + 2)) &&
    end + 1 < to
  )
    end++;
  if (text.charAt(end) === "." && isDigit(text, end + 1)) {
    let bad = end;
    while (bad < to && /[\d.]/.test(text.charAt(bad))) bad++;
    if (raw.includes("."))
      fail("bad-number", said`"${text.slice(start, bad)}" is not a number`, scan.range(start, bad), "a number has one decimal point");
  }
  const digits = raw.replace(/\{,\}|\\,|,/g, "");
  scan.at = Math.min(end, to);
  scan.put("number", digits, start, scan.at, numberValue(digits));
}

/** \frac12 and \binom52 take one digit each, \sqrt2x one. */
function takesDigit({ state: { tokens } }: Scan): boolean {
  const [b, a] = [tokens.at(-2), tokens.at(-1)];
  if (a?.kind === "command" && a.end - a.start > 1 && /^\\(frac|binom|sqrt)$/.test(a.text)) return true;
  return a?.kind === "number" && a.text.length === 1 && b?.kind === "command" && /^\\(frac|binom)$/.test(b.text);
}
