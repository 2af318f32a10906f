// OpenReview: a forum, and every list of papers (groups, profiles, search). The site renders late and renders again.
// https://openreview.net/forum?id=LcF-EEt8cCC · https://openreview.net/group?id=ICLR.cc/2024/Conference · https://openreview.net/profile?id=~A_B1
import { type PaperRef, parseOpenReviewId } from "@scholium/core/papers";
import { all, attribute, first, within } from "./dom.js";
import { placeRows } from "./rows.js";
import { isOn, type Placer, type Site, type Steps } from "./site.js";

export const openreview: Site = {
  matches: ({ hostname }) => hostname === "openreview.net",
  watches: true,
  *place(placer, location) {
    if (location.pathname === "/forum") forum(placer, location.search);
    yield* lists(placer);
  },
};

const idIn = (query: string): PaperRef | null => parseOpenReviewId(new URLSearchParams(query).get("id") ?? "");

function forum(placer: Placer, search: string): void {
  const ref = idIn(search);
  const title = first(".forum-title");
  if (isOn(placer, "openreviewForum") && ref && title && placer.lacks(ref, () => within(title))) title.append(placer.link(ref));
}

function* lists(placer: Placer): Steps {
  if (!isOn(placer, "openreviewLists")) return;
  yield* placeRows(placer, {
    rows: all('div.note > h4 > a[href*="/forum?id="]'),
    read: (link) => idIn(attribute(link, "href").split("?")[1] ?? ""),
    there: (link) => within(link.parentElement),
    put: (link, ref) => link.parentElement?.append(" ", placer.link(ref)),
    tell(count) {
      const rows = first("ul.submissions-list");
      if (rows?.parentElement) placer.openAll(rows.parentElement, count, (button) => rows.before(button));
    },
  });
}
