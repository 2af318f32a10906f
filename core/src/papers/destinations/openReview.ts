import { originalUrl } from "../sources/index.js";
import { onePerPage } from "./destination.js";

/** The forum of an OpenReview paper; an arXiv paper's forum is found by its ID. */
export const openReview = onePerPage(
  "openreview",
  "OpenReview",
  (ref) => {
    if (ref.source === "openreview") return originalUrl(ref);
    return ref.source === "arxiv" ? `https://openreview.net/forum?arxivid=${ref.id}` : null;
  },
  (q) => `https://openreview.net/search?term=${q}&content=all&group=all&source=forum`,
);
