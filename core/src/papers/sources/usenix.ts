// USENIX: a conference with its year, and a presentation's slug.
import type { PaperRef, PaperSource } from "../paper.js";

/** Conferences that papers.cool lists. */
const COOL = /^(?:usenixsecurity|osdi|fast)\d{2}$/;

/** The paper `slug` of a conference such as `usenixsecurity24`, or null. */
export function parseUsenix(conference: string, slug: string): PaperRef | null {
  return /^[a-z][a-z-]{1,30}\d{2}$/.test(conference) && /^[a-z0-9][a-z0-9_-]{1,100}$/.test(slug)
    ? { source: "usenix", id: `${conference}/${slug}` }
    : null;
}

export const usenix: PaperSource = {
  id: "usenix",
  name: "USENIX",
  hosts: ["usenix.org"],
  paths: ["conference/*/presentation/*", "system/files/*"],
  inAddress({ segments: s }) {
    let ref: PaperRef | null = null;
    if (s[0] === "conference" && s[2] === "presentation" && s.length === 4) ref = parseUsenix(s[1], s[3]);
    else if (s[0] === "system" && s[1] === "files" && s.length === 3) {
      const m = /^([a-z]{2,30}\d{2})-([a-z0-9_-]{2,100})\.pdf$/.exec(s[2]);
      if (m) ref = parseUsenix(m[1], m[2]);
    }
    return ref ? [ref] : [];
  },
  toCool(ref) {
    const [conference, slug] = ref.id.split("/");
    return COOL.test(conference) ? `${slug}@${conference}@USENIX` : null;
  },
  fromCool: { suffix: "USENIX", read: ([slug, conference, more]) => (conference && more === undefined ? parseUsenix(conference, slug) : null) },
  page: (ref) => `https://www.usenix.org/conference/${ref.id.replace("/", "/presentation/")}`,
  pdf: (ref) => `https://www.usenix.org/system/files/${ref.id.replace("/", "-")}.pdf`,
};
