// Journal of Machine Learning Research: a volume and a paper's key.

import type { PaperSource } from "../paper.js";
import { pmlr } from "./pmlr.js";

const KEY = /^(?:[a-z][a-z0-9_-]{0,60}\d{2}[a-z]{0,2}|\d{2}-\d{3,4})$/i;

export const jmlr: PaperSource = {
  id: "jmlr",
  name: "JMLR",
  hosts: ["jmlr.org", "jmlr.csail.mit.edu"],
  paths: ["papers/v*/*", "papers/volume*/*", "proceedings/papers/*"],
  inAddress(address, options) {
    const s = address.segments;
    // Until 2013 the proceedings now called PMLR lived here.
    if (s[0] === "proceedings") return pmlr.inAddress(address, options);
    const volume = /^v(?:olume)?([1-9]\d{0,2})$/.exec(s[1] ?? "");
    if (s[0] !== "papers" || !volume || s.length < 3 || s.length > 4) return [];
    const key = s[s.length - 1].replace(/\.(?:html|pdf|bib)$/i, "");
    if (!KEY.test(key) || (s.length === 4 && s[2] !== key)) return [];
    return [{ source: "jmlr", id: `v${volume[1]}/${key}` }];
  },
  page: (ref) => `https://www.jmlr.org/papers/${ref.id}.html`,
  pdf: (ref) => `https://www.jmlr.org/papers/volume${ref.id.slice(1)}/${ref.id.split("/")[1]}.pdf`,
};
