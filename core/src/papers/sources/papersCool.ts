// papers.cool itself: its addresses and its ID tokens, read back into papers.
import { queryValues } from "../address.js";
import type { Address, DetectOptions, PaperRef, PaperSource } from "../paper.js";
import { parseArxivId } from "./arxiv.js";

export const PAPERS_COOL = "papers.cool";

/** Reads an ID token such as `123@2024@IJCAI`. */
export function parseCoolToken(token: string, sources: readonly PaperSource[]): PaperRef | null {
  const parts = token.split("@");
  const suffix = parts.pop();
  const source = sources.find((s) => s.fromCool?.suffix === suffix);
  return (parts.length > 0 && parts[0] !== "" && source?.fromCool?.read(parts)) || null;
}

/** The papers a page of papers.cool shows; lists, searches and feeds name none. */
export function inPapersCool(address: Address, options: DetectOptions, sources: readonly PaperSource[]): PaperRef[] {
  const [branch, ...rest] = address.segments;
  if ((branch !== "arxiv" && branch !== "venue") || rest.length === 0) return [];
  const listed = rest[0] === "kimi" ? queryValues(address, "paper") : [rest.join("/")];
  const read = (token: string) => (branch === "arxiv" ? parseArxivId(token.trim(), options) : parseCoolToken(token.trim(), sources));
  return listed.flatMap((l) => l.split(",").map(read)).filter((r): r is PaperRef => r !== null);
}
