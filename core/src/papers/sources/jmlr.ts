// Journal of Machine Learning Research: a volume and a paper's key.
import type { PaperSource } from "../paper.js";

export const jmlr: PaperSource = {
  id: "jmlr",
  name: "JMLR",
  hosts: ["jmlr.org", "jmlr.csail.mit.edu"],
  paths: ["papers/v*/*", "papers/volume*/*"],
  ids: /^v[1-9]\d{0,2}\/(?:[a-z][a-z0-9_-]{0,60}\d{2}[a-z]{0,2}|\d{2}-\d{3,4})$/i,
  forms: [/^papers\/v(?:olume)?(\d+)\/(?:[^/]+\/)?([^/.]+)(?:\.(?:html|pdf|bib))?$/],
  join: (volume, key) => `v${volume}/${key}`,
  page: (id) => `https://www.jmlr.org/papers/${id}.html`,
  pdf: (id) => `https://www.jmlr.org/papers/volume${id.slice(1)}/${id.split("/")[1]}.pdf`,
};
