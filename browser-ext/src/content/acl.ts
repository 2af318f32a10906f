// ACL Anthology: a paper's page, and lists of papers (volumes, events, people).
// https://aclanthology.org/2024.acl-long.1/ · https://aclanthology.org/volumes/2024.acl-long/ · https://aclanthology.org/events/acl-2024/
import { type PaperRef, parseAclId } from "@scholium/core/papers";
import { all, attribute, first, within } from "./dom.js";
import { placeRows } from "./rows.js";
import { isOn, type Placer, type Site, type Steps } from "./site.js";

export const acl: Site = {
  matches: ({ hostname }) => hostname === "aclanthology.org",
  *place(placer, { pathname }) {
    const ref = parseAclId(pathname.replace(/^\/|\/$/g, ""));
    if (ref) paper(placer, ref);
    else yield* list(placer);
  },
};

function paper(placer: Placer, ref: PaperRef): void {
  const block = first(".acl-paper-link-block");
  if (isOn(placer, "aclPaper") && block && placer.lacks(ref, () => within(block))) block.append(" ", placer.link(ref, "btn btn-secondary"));
}

function* list(placer: Placer): Steps {
  if (!isOn(placer, "aclVolume")) return;
  const seen = new Set<Element>();
  const title = first("#title");
  yield* placeRows(placer, {
    rows: all('a[href^="/"][href$="/"]'),
    read(link) {
      const ref = parseAclId(attribute(link, "href").slice(1, -1));
      const parent = link.parentElement;
      // The number 0 is a volume's front matter.
      if (!ref || !parent || seen.has(parent) || /\.0$/.test(ref.id)) return null;
      seen.add(parent);
      return ref;
    },
    there: (link) => within(link.parentElement),
    put: (link, ref) => link.after(" ", placer.link(ref, "badge badge-secondary")),
    tell: (count) => title?.parentElement && placer.openAll(title.parentElement, count, (button) => title.after(button)),
  });
}
