import { onePerPage } from "./destination.js";

/** Semantic Scholar resolves arXiv and Anthology IDs; other papers are searched by title. */
export const semanticScholar = onePerPage(
  "semanticscholar",
  "Semantic Scholar",
  (ref) => {
    if (ref.source === "arxiv") return `https://api.semanticscholar.org/arXiv:${ref.id}`;
    if (ref.source === "acl") return `https://api.semanticscholar.org/ACL:${ref.id}`;
    return ref.title ? `https://www.semanticscholar.org/search?q=${encodeURIComponent(ref.title)}` : null;
  },
  (q) => `https://www.semanticscholar.org/search?q=${q}`,
);
