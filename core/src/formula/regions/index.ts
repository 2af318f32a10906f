// Finding formulas: all of a document, the one around the cursor, the one in a selection.

import type { Range } from "../../expr/index.js";
import { codeStatements, literalAround } from "./code.js";
import { scanProse } from "./prose.js";
import { layoutOf, notationOf, type Region } from "./region.js";

export { type Layout, layoutOf, notationOf, type Region } from "./region.js";

/** All regions of a document in order. Linear in the length of the text. */
export function regionsOf(text: string, languageId: string): Region[] {
  const out: Region[] = [];
  scanRegions(text, languageId, 0, (r) => {
    out.push(r);
    return false;
  });
  return out;
}

/** Tells each region from `from` on, a place outside every region; stops when `visit` answers true. */
export function scanRegions(text: string, languageId: string, from: number, visit: (region: Region) => boolean): void {
  switch (layoutOf(languageId)) {
    case "prose":
      scanProse(text, false, from, visit);
      return;
    case "tex":
      scanProse(text, true, from, visit);
      return;
    case "code":
      codeStatements(text, notationOf(languageId), from, text.length, visit);
      return;
    case "table": {
      // Blocks of lines between blank lines.
      const blocks = /\S[^\n]*(?:\n[ \t]*\S[^\n]*)*/g;
      blocks.lastIndex = from;
      for (let m = blocks.exec(text); m; m = blocks.exec(text)) {
        const range: Range = [m.index, m.index + m[0].length];
        if (visit({ kind: "block", language: notationOf(languageId), range, content: range })) return;
      }
    }
  }
}

/** The region around a place, its delimiters included; null in plain text. */
export function regionAt(text: string, languageId: string, offset: number): Region | null {
  return regionsAround(text, languageId, offset)[0] ?? null;
}

/**
 * What could be meant at a place, the likeliest first: the statement or formula around it, then (in code) the smallest
 * literal there.
 */
export function regionsAround(text: string, languageId: string, offset: number): Region[] {
  let found: Region | undefined;
  scanRegions(text, languageId, 0, (r) => {
    if (r.range[0] <= offset && offset <= r.range[1]) found = r;
    return r.range[0] > offset;
  });
  if (!found) return [];
  const literal = found.kind === "statement" ? literalAround(text, found.language, found.range[0], found.range[1], offset) : null;
  return literal && (literal.range[0] !== found.range[0] || literal.range[1] !== found.range[1]) ? [found, literal] : [found];
}

/** The selection as a region: without blanks around it, in the notation of the region it lies in. Null when it is blank. */
export function regionOfSelection(text: string, languageId: string, selection: Range): Region | null {
  let [a, b] = selection;
  while (a < b && /\s/.test(text.charAt(a))) a++;
  while (b > a && /\s/.test(text.charAt(b - 1))) b--;
  if (a >= b) return null;
  let around: Region | undefined;
  scanRegions(text, languageId, 0, (r) => {
    if (r.range[0] <= a && b <= r.range[1]) around = r;
    return r.range[0] > a;
  });
  const range: Range = [a, b];
  // A selection of the whole region, dollars included, is that region.
  if (around && around.range[0] === a && around.range[1] === b) return around;
  return { kind: around?.kind ?? "block", language: around?.language ?? notationOf(languageId), range, content: range };
}
