// Sites that show arXiv papers under arXiv's own IDs: readers, aggregators, indexes. One row each.
import { queryValues } from "../address.js";
import type { Address, DetectOptions, PaperRef } from "../paper.js";
import { idAmongSegments, newStyle, parseArxivId } from "./arxiv.js";

export interface Mirror {
  readonly hosts: readonly string[];
  /** Path globs of paper pages, for menus. */
  readonly paths: readonly string[];
  readonly inAddress: (address: Address, options: DetectOptions) => PaperRef[];
}

const one = (ref: PaperRef | null): PaperRef[] => (ref ? [ref] : []);

/** The ID is a path segment; with `under`, only below one of these first segments. */
const asSegment = (hosts: string[], paths: string[], under?: string[]): Mirror => ({
  hosts,
  paths,
  inAddress: (address, options) =>
    under && !under.includes(address.segments[0]?.toLowerCase()) ? [] : idAmongSegments(address, options, under ? 1 : 0),
});

export const mirrors: readonly Mirror[] = [
  asSegment(["ar5iv.org"], ["*"]),
  asSegment(["alphaxiv.org"], ["abs/*", "overview/*", "pdf/*", "audio/*", "replicate/*"]),
  asSegment(["huggingface.co", "hf.co", "hf-mirror.com"], ["papers/*"], ["papers"]),
  asSegment(["scirate.com"], ["arxiv/*"], ["arxiv"]),
  asSegment(["inspirehep.net"], ["arxiv/*"]),
  asSegment(["emergentmind.com"], ["papers/*"]),
  asSegment(["hjfy.top"], ["arxiv/*"]),
  asSegment(["catalyzex.com"], ["paper/*"]),
  asSegment(["connectedpapers.com"], ["main/*"]),
  asSegment(["arxiv-vanity.com"], ["papers/*"]),
  // Its own pages are named by a hash and say nothing.
  asSegment(["semanticscholar.org"], ["arxiv/*", "arXiv:*"]),
  {
    hosts: ["ui.adsabs.harvard.edu", "adsabs.harvard.edu"],
    paths: ["abs/*"],
    inAddress(address, options) {
      if (address.segments[0] !== "abs") return [];
      // A bibcode: year, journal, then YYMM and number, then the first author's initial.
      const m = /^(?:19|20)\d{2}arXiv(\d{4})\.?(\d{4,5})[A-Z.]$/.exec(address.segments[1] ?? "");
      return m ? one(newStyle(m[1], m[2], undefined, true, options)) : idAmongSegments(address, options, 1);
    },
  },
  {
    hosts: ["scholar.google.com"],
    paths: ["scholar_lookup?*"],
    inAddress: (address, options) =>
      address.segments[0] === "scholar_lookup" ? queryValues(address, "arxiv_id").flatMap((id) => one(parseArxivId(id.trim(), options))) : [],
  },
  {
    hosts: ["dblp.org", "dblp.uni-trier.de", "dblp.dagstuhl.de"],
    paths: ["rec/*"],
    inAddress(address, options) {
      const m = /^rec\/(?:[a-z]+\/)?journals\/corr\/abs-(\d{4})-(\d{4,5})(?:\.[a-z]{2,5})?$/.exec(address.segments.join("/"));
      return m ? one(newStyle(m[1], m[2], undefined, true, options)) : [];
    },
  },
];

/** Google Scholar has a host for every country: `scholar.google.co.uk`. */
export const isScholar = (host: string) => /^scholar\.google\.(?:com|[a-z]{2}|com?\.[a-z]{2})$/.test(host);
