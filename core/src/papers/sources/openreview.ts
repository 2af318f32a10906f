// OpenReview: forums and what hangs on them. IDs are case-sensitive and may begin or end with `-` and `_`.
import { queryValues } from "../address.js";
import { type PaperRef, type PaperSource, paperOf } from "../paper.js";
import { parseArxivId } from "./arxiv.js";

/** Which query parameter names the forum on which page. */
const PARAMETERS = new Map([
  ["forum", "id"],
  ["pdf", "id"],
  ["attachment", "id"],
  ["revisions", "id"],
  ["notes", "forum"],
]);

/** Forum IDs have nine to eleven characters as far as known; the rule for them is wider. */
export const LONGEST_FORUM = 12;

export const openreview: PaperSource = {
  id: "openreview",
  name: "OpenReview",
  hosts: ["openreview.net"],
  paths: ["forum?*", "forum/?*", "pdf?*", "attachment?*", "revisions?*"],
  ids: /^[A-Za-z0-9_-]{4,40}$/,
  inAddress(address, options) {
    const name = address.segments.length === 1 ? PARAMETERS.get(address.segments[0]) : undefined;
    if (!name) return [];
    // A second question mark begins what somebody appended.
    const ids = queryValues(address, name).map((id) => parseOpenReviewId(id.split("?")[0].trim()));
    const preprints = name === "id" ? queryValues(address, "arxivid").map((id) => parseArxivId(id, options)) : [];
    return [...ids, ...preprints].filter((ref) => ref !== null).slice(0, 1);
  },
  cool: "OpenReview",
  page: (id) => `https://openreview.net/forum?id=${id}`,
  pdf: (id) => `https://openreview.net/pdf?id=${id}`,
};

/** The paper of a forum ID, or null. */
export const parseOpenReviewId = (id: string): PaperRef | null => paperOf(openreview, id);
