// OpenReview: forums and what hangs on them. IDs are case-sensitive and may begin or end with `-` and `_`.
import { queryValues } from "../address.js";
import type { PaperRef, PaperSource } from "../paper.js";
import { parseArxivId } from "./arxiv.js";

const ID = /^[A-Za-z0-9_-]{4,40}$/;

/** The paper of a forum ID, or null. */
export const parseOpenReviewId = (id: string): PaperRef | null => (ID.test(id) ? { source: "openreview", id } : null);

/** Which query parameter names the forum on which page. */
const PARAMETER: Readonly<Record<string, string>> = { forum: "id", pdf: "id", attachment: "id", revisions: "id", notes: "forum" };

export const openreview: PaperSource = {
  id: "openreview",
  name: "OpenReview",
  hosts: ["openreview.net"],
  paths: ["forum?*", "forum/?*", "pdf?*", "attachment?*", "revisions?*"],
  inAddress(address, options) {
    if (address.segments.length !== 1) return [];
    const name = Object.hasOwn(PARAMETER, address.segments[0]) ? PARAMETER[address.segments[0]] : null;
    if (name === null) return [];
    for (const value of queryValues(address, name)) {
      const ref = parseOpenReviewId(value.trim());
      if (ref) return [ref];
    }
    if (address.segments[0] !== "forum") return [];
    const preprint = queryValues(address, "arxivid").map((v) => parseArxivId(v, options));
    return preprint.filter((r): r is PaperRef => r !== null).slice(0, 1);
  },
  toCool: (ref) => `${ref.id}@OpenReview`,
  fromCool: { suffix: "OpenReview", read: ([id, more]) => (more === undefined ? parseOpenReviewId(id) : null) },
  page: (ref) => `https://openreview.net/forum?id=${ref.id}`,
  pdf: (ref) => `https://openreview.net/pdf?id=${ref.id}`,
};
