import { arxivOnly, withVersion } from "./destination.js";

/** The abstract page of arXiv. */
export const arxivAbs = arxivOnly(
  "arxiv-abs",
  "arXiv",
  (id, ref) => `https://arxiv.org/abs/${withVersion(id, ref)}`,
  (q) => `https://arxiv.org/search/?query=${q}&searchtype=all`,
);
