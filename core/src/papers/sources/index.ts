// Every source of papers; the order is the order menus and lists show them in.
import type { PaperRef, PaperSource, SourceId } from "../paper.js";
import { aaai } from "./aaai.js";
import { acl } from "./acl.js";
import { arxiv } from "./arxiv.js";
import { cvf } from "./cvf.js";
import { ijcai } from "./ijcai.js";
import { isca } from "./isca.js";
import { jmlr } from "./jmlr.js";
import { neurips } from "./neurips.js";
import { openreview } from "./openreview.js";
import { pmlr } from "./pmlr.js";
import { usenix } from "./usenix.js";

export const sources: readonly PaperSource[] = [arxiv, openreview, acl, ijcai, pmlr, cvf, aaai, usenix, neurips, isca, jmlr];

const byId = new Map(sources.map((s) => [s.id, s]));

/** The source of an ID (`"arxiv"`). */
export function sourceOf(id: SourceId): PaperSource {
  const source = byId.get(id);
  if (!source) throw new RangeError(`no source of papers is named "${id}"`);
  return source;
}

/** The paper's own page or PDF; where a PDF's address does not follow from the ID, the page. */
export function originalUrl(ref: PaperRef, kind: "page" | "pdf" = "page"): string {
  const source = sourceOf(ref.source);
  return (kind === "pdf" && source.pdf ? source.pdf : source.page)(ref.id, ref);
}
