import { arxivOnly, withVersion } from "./destination.js";

/** The PDF on arXiv. */
export const arxivPdf = arxivOnly("arxiv-pdf", "arXiv PDF", (id, ref) => `https://arxiv.org/pdf/${withVersion(id, ref)}`);
