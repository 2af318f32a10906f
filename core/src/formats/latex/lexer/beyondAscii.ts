// Characters beyond ASCII: signs, scripts, full-width forms, fractions, letters of mathematics, Chinese.
import { fail, said } from "../../../expr/index.js";
import { dotCommands, subscripts, superscripts, unicode, vulgar } from "../symbols.js";
import { numberValue } from "./numbers.js";
import type { Scan } from "./scan.js";

const isCjk = (p: number): boolean => (p >= 0x2e80 && p <= 0x9fff && p !== 0x3000) || (p >= 0xac00 && p <= 0xd7af) || (p >= 0xf900 && p <= 0xfaff);
const isWideDigit = (text: string, at: number): boolean => text.charCodeAt(at) >= 0xff10 && text.charCodeAt(at) <= 0xff19;

/** Takes a character, or the run of its kind it begins. */
export function readBeyondAscii(scan: Scan): void {
  const { text, at: start, state } = scan;
  const point = text.codePointAt(start) as number;
  const c = String.fromCodePoint(point);
  scan.at += c.length;
  const sign = unicode.get(c);
  const fraction = vulgar.get(c);
  if (sign !== undefined) putSign(scan, sign, start);
  else if (superscripts.has(c)) readScript(scan, superscripts, "^", start);
  else if (subscripts.has(c)) readScript(scan, subscripts, "_", start);
  else if (point >= 0xff01 && point <= 0xff5e) readWide(scan, start);
  else if (fraction) {
    const [num, den] = fraction;
    scan.put("number", c, start, scan.at, { value: num / den, exact: { num: BigInt(num), den: BigInt(den) } });
  } else if (point >= 0x1d400 && point <= 0x1d7ff) {
    const plain = c.normalize("NFKC");
    const mapped = unicode.get(plain) ?? plain;
    if (/^\d$/.test(plain)) scan.put("number", plain, start, scan.at, numberValue(plain));
    else scan.put(mapped.startsWith("\\") ? "command" : "letter", mapped, start);
  } else if (isCjk(point)) {
    while (scan.at < scan.to && isCjk(text.codePointAt(scan.at) as number)) scan.at++;
    const words = text.slice(start, scan.at);
    scan.put("text", words, start, scan.at, words);
  } else if (/\p{L}/u.test(c)) scan.put("letter", c, start);
  else if (/\p{Cc}|\p{Cf}|\p{Z}|\p{M}/u.test(c)) state.space = true;
  else fail("unexpected-token", said`"${c}" has no meaning in a formula`, scan.range(start));
}

function putSign(scan: Scan, sign: string, start: number): void {
  const dots = dotCommands[sign.slice(1)];
  if (sign === "") scan.state.space = true;
  else if (dots) scan.put("dots", sign, start, scan.at, dots);
  else if (sign.startsWith("\\mathbb@")) {
    scan.put("command", "\\mathbb", start);
    scan.put("letter", sign.slice(8), start);
  } else if (sign === "''") {
    scan.put("symbol", "'", start);
    scan.put("symbol", "'", start);
  } else if (sign.length > 1 && sign.startsWith("\\")) scan.put("command", sign, start);
  else scan.put(/^[A-Za-z]$/.test(sign) ? "letter" : "symbol", sign, start);
}

/** x² and x₁₂. */
function readScript(scan: Scan, table: ReadonlyMap<string, string>, mark: string, start: number): void {
  scan.put("symbol", mark, start);
  scan.put("symbol", "{", start);
  let inner = "";
  for (scan.at = start; table.has(scan.char()); scan.at++) inner += table.get(scan.char());
  scan.readInstead(inner, start, scan.at, 1);
  scan.put("symbol", "}", start);
}

/** Full-width forms of ASCII; digits that belong together stay together. */
function readWide(scan: Scan, start: number): void {
  const { text } = scan;
  const goesOn = (at: number) => isWideDigit(text, at) || (text.charCodeAt(at) === 0xff0e && isWideDigit(text, at + 1));
  if (isWideDigit(text, start)) while (scan.at < scan.to && goesOn(scan.at)) scan.at++;
  const plain = text.slice(start, scan.at).replace(/[\uff01-\uff5e]/g, (w) => String.fromCharCode(w.charCodeAt(0) - 0xfee0));
  if (plain === "{" || plain === "}") scan.put("command", `\\${plain}`, start);
  else scan.readInstead(plain, start, scan.at, 1);
}
