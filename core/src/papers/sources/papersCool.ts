// papers.cool itself: its addresses and its ID tokens, read back into papers.
import { queryValues } from "../address.js";
import { type Address, type DetectOptions, type PaperRef, type PaperSource, paperOf } from "../paper.js";
import { parseArxivId } from "./arxiv.js";

export const PAPERS_COOL = "papers.cool";

/** The token of a paper on papers.cool's `/venue/`, such as `123@2024@IJCAI`; null where none is known. */
export function coolToken(source: PaperSource, id: string): string | null {
  if (!source.cool || (source.coolOnly && !source.coolOnly.test(id))) return null;
  const slash = id.indexOf("/");
  return `${slash < 0 ? id : `${id.slice(slash + 1)}@${id.slice(0, slash)}`}@${source.cool}`;
}

/** Reads such a token. */
export function parseCoolToken(token: string, sources: readonly PaperSource[]): PaperRef | null {
  const parts = token.split("@");
  const suffix = parts.pop();
  const source = sources.find((s) => s.cool === suffix);
  return source && parts.length > 0 ? paperOf(source, parts.reverse().join("/")) : null;
}

/** The papers a page of papers.cool shows; lists, searches and feeds name none. */
export function inPapersCool(address: Address, options: DetectOptions, sources: readonly PaperSource[]): PaperRef[] {
  const [branch, ...rest] = address.segments;
  if ((branch !== "arxiv" && branch !== "venue") || rest.length === 0) return [];
  const listed = rest[0] === "kimi" ? queryValues(address, "paper") : [rest.join("/")];
  const read = (token: string) => (branch === "arxiv" ? parseArxivId(token.trim(), options) : parseCoolToken(token.trim(), sources));
  return listed.flatMap((l) => l.split(",").map(read)).filter((ref) => ref !== null);
}
