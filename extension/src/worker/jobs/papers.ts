// The papers a document mentions, each where it stands. A line at a time, so that every mention counts and not only the first.
import {
  type Destination,
  destinations,
  detectInText,
  type FoundPaper,
  originalUrl,
  type PaperRef,
  parseArxivId,
  toPlainId,
} from "@scholium/core/papers";
import type { Paper } from "../../protocol.js";
import { textOf } from "../texts.js";
import type { Handler } from "./index.js";

const MOST = 1000;
const LONGEST_LINE = 20_000;
/** In code and data a bare number is a number; there a line has to speak of papers first. */
const PROSE = new Set(["markdown", "latex", "tex", "bibtex", "plaintext", "restructuredtext", "html", "typst", "asciidoc"]);
const SPEAKS_OF_PAPERS = /arxiv|doi|openreview|aclanthology|papers\.cool|alphaxiv/i;

/** The chosen places in their order, then the others. */
export function placesOf(chosen: readonly string[]): readonly Destination[] {
  const first = chosen.flatMap((id) => destinations.filter((d) => d.id === id || d.name === id));
  return [...first, ...destinations.filter((d) => !first.includes(d))];
}

function describe(ref: PaperRef, range: readonly [number, number], order: readonly Destination[]): Paper {
  const places = order.filter((d) => d.has(ref)).flatMap((d) => d.urls([ref]).map((url) => ({ name: d.name, url })));
  const url = places[0]?.url ?? originalUrl(ref);
  return { range, label: toPlainId(ref), url, places: places.filter((p) => p.url.length < 4096) };
}

/** BibTeX's field for an arXiv ID names it without saying arXiv on the same line, and IDs of four digits count only where it is said. */
const EPRINT = /^(\s*eprint\s*=\s*["{]\s*)([\w./-]{9,24})\s*["}]/i;

function inLine(line: string, now: string): readonly FoundPaper[] {
  const field = EPRINT.exec(line);
  const ref = field && parseArxivId(field[2], { now });
  if (!field || !ref) return detectInText(line, { now });
  return [{ ...ref, start: field[1].length, end: field[1].length + field[2].length }];
}

export const papers: Handler<"papers"> = async ({ place, now, destinations: chosen }, { copies }) => {
  const { text, start: offset } = textOf(copies, place);
  const order = placesOf(chosen);
  const prose = PROSE.has(place.language);
  const found: Paper[] = [];
  for (let start = 0; start < text.length && found.length < MOST; ) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, end);
    if (line.length >= 8 && line.length <= LONGEST_LINE && (prose || SPEAKS_OF_PAPERS.test(line)))
      for (const { start: s, end: e, ...ref } of inLine(line, now)) found.push(describe(ref, [offset + start + s, offset + start + e], order));
    start = end + 1;
  }
  return { papers: found.slice(0, MOST) };
};
