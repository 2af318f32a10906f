// Words among mathematics: names, prose, and the mathematics in the prose.

import { numberValue } from "./numbers.js";
import type { Scan } from "./scan.js";

const prose =
  /^(if|else|otherwise|where|when|whenever|for|and|or|is|are|as|with|such|that|then|so|the|a|an|of|in|on|to|by|from|subject|since|because|hence|thus|given|let|we|have|has|be|not|but|while|until|do|return|end|any|some|all|every|each|iff|s\.t\.?|i\.e\.?|e\.g\.?|w\.r\.t\.?|a\.s\.?|其他|其它|其中|当|若|如果|则|否则|且|或|和|与|以及|因为|所以|即|有|得|令|设|解|解得|故|对于|对|使得|另外|最后)$/i;

/** A single word that may be a name. */
export const isName = (text: string): boolean =>
  text.length <= 40 && /^[\p{L}\p{N}][\p{L}\p{N}_\-*]*$/u.test(text) && !/^\d+$/.test(text) && !prose.test(text);

/** What stands in \text{...}: prose or a word; mathematics in $...$ inside it is read as such. */
export function readText(scan: Scan, from: number, to: number, start: number): void {
  const raw = scan.text.slice(from, to);
  if (!raw.includes("$")) return void putWord(scan, raw, start);
  let at = from;
  raw.split("$").forEach((part, i) => {
    if (i % 2 === 1) scan.read(at, at + part.length);
    else if (part.trim() !== "") putWord(scan, part, start);
    at += part.length + 1;
  });
}

/** A number, a name or prose. */
export function putWord(scan: Scan, raw: string, start: number): void {
  const clean = raw
    .replace(/\\(rm|bf|it|sf|tt|quad|qquad|limits|displaystyle)(?![A-Za-z])/g, " ")
    .replace(/\\([_%&#${}])/g, "$1")
    .replace(/\\[,;:! ]|[{}~]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  if (clean === "" || /^[.,;:]+$/.test(clean)) scan.state.wide = true;
  else if (/^[+-]?\d+(\.\d+)?$/.test(clean)) scan.put("number", clean.replace(/^\+/, ""), start, scan.at, numberValue(clean));
  else if (isName(clean)) scan.put("word", clean, start);
  else scan.put("text", clean, start, scan.at, clean);
}

/** What stands in \mathrm{...}: a word, a number, or mathematics. */
export function readRoman(scan: Scan, command: string, start: number): void {
  const { text } = scan;
  const a = scan.argument(`\\${command}`, start);
  const raw = text
    .slice(a.from, a.to)
    .replace(/\\[,;!:> ]|\\(limits|rm|thinspace)(?![A-Za-z])|[{}~\s]/g, "")
    .replace(/\\_/g, "_");
  if (isName(raw)) {
    const word = raw === "argmin" || raw === "argmax" ? raw : raw.replace(/\*$/, "");
    return void scan.put(command === "mathit" && word.length === 1 ? "letter" : "word", word, start);
  }
  const inner = raw.replace(/^\\arg\\?(max|min)$/, "arg$1");
  if (isName(inner)) scan.put("word", inner, start);
  else if (/^\d+$/.test(raw)) scan.put("number", raw, start, scan.at, numberValue(raw));
  else if (a.braced) {
    scan.put("symbol", "{", a.from - 1, a.from);
    scan.read(a.from, a.to);
    scan.put("symbol", "}", a.to, a.to + 1);
  } else scan.read(a.from, a.to);
}
