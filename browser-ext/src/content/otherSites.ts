// Any other site the user granted: a small link after every link to a paper, once for each paper.
import { detectInUrl, paperKey } from "@scholium/core/papers";
import { all } from "./dom.js";
import { isOn, type Site } from "./site.js";

const MOST = 1000;

export const otherSites: Site = {
  matches: () => true,
  watches: true,
  place(placer, location) {
    if (!isOn(placer, "otherSites")) return;
    const seen = new Set(detectInUrl(location.href).map(paperKey));
    for (const link of all<HTMLAnchorElement>("a[href]:not([data-scholium])")) {
      if (seen.size >= MOST) return;
      const [ref, more] = detectInUrl(link.href);
      const parent = link.parentElement;
      if (!ref || more || !parent || seen.has(paperKey(ref)) || link.closest("[data-scholium]") || !link.textContent?.trim()) continue;
      seen.add(paperKey(ref));
      placer.place(ref, parent, () => link.after(placer.among(ref, " [", "]")));
    }
  },
};
