import { arxivOnly, withVersion } from "./destination.js";

/** The paper as a web page on arXiv (papers since December 2023 have one). */
export const arxivHtml = arxivOnly("arxiv-html", "arXiv HTML", (id, ref) => `https://arxiv.org/html/${withVersion(id, ref)}`);
