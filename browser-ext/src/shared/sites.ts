// Where the extension may place links.

/** Sites that get links; the content script runs nowhere else until the user grants more. */
export const LINK_SITES = ["https://arxiv.org/*", "https://*.arxiv.org/*", "https://openreview.net/*", "https://aclanthology.org/*"];

/** Further sites whose links to papers can be marked, each after the user's consent. */
export const OPTIONAL_SITES = [
  "https://huggingface.co/*",
  "https://www.alphaxiv.org/*",
  "https://scholar.google.com/*",
  "https://www.semanticscholar.org/*",
  "https://dblp.org/*",
  "https://scirate.com/*",
  "https://proceedings.mlr.press/*",
  "https://openaccess.thecvf.com/*",
  "https://proceedings.neurips.cc/*",
];
