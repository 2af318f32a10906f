// Any other site the user granted: a small link after every link to a paper, once for each paper.
import { detectInUrl, paperKey } from "@scholium/core/papers";
import { all, attribute, behind } from "./dom.js";
import { isOn, type Site } from "./site.js";

const MOST = 1000;

/** Links that were read and name no paper, with the address they had: pages that change are read again and again. */
const plain = new WeakMap<Element, string>();

export const otherSites: Site = {
  matches: () => true,
  watches: true,
  *place(placer, location) {
    if (!isOn(placer, "otherSites")) return;
    const seen = new Set(detectInUrl(location.href).map(paperKey));
    for (const link of all<HTMLAnchorElement>("a[href]:not([data-scholium])")) {
      if (seen.size >= MOST) return;
      const href = attribute(link, "href");
      if (plain.get(link) === href) continue;
      yield;
      const [ref, more] = detectInUrl(link.href);
      const parent = link.parentElement;
      if (!ref) plain.set(link, href);
      if (!ref || more || !parent || seen.has(paperKey(ref)) || link.closest("[data-scholium]") || !link.textContent?.trim()) continue;
      seen.add(paperKey(ref));
      if (placer.lacks(ref, () => behind(link))) link.after(" [", placer.link(ref), "]");
    }
  },
};
