import { onePerPage } from "./destination.js";

/** Google Scholar: arXiv papers by ID, others by title or by their ID as a phrase. */
export const scholar = onePerPage(
  "scholar",
  "Google Scholar",
  (ref) =>
    ref.source === "arxiv"
      ? `https://scholar.google.com/scholar_lookup?arxiv_id=${ref.id}`
      : `https://scholar.google.com/scholar?q=${encodeURIComponent(ref.title ?? `"${ref.id}"`)}`,
  (q) => `https://scholar.google.com/scholar?q=${q}`,
);
