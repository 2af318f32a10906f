// What a site's file says: which papers its pages show, and where links go.
import { coolPaperUrl, destinationOf, openSomewhere, type PaperRef } from "@scholium/core/papers";
import type { LinkPlace, Settings } from "../shared/settings.js";
import { first, MARK, makeLink, makeMark } from "./dom.js";

export interface Placer {
  readonly settings: Settings;
  /** A link to a paper, new each time. */
  readonly link: (ref: PaperRef, className?: string) => HTMLAnchorElement;
  /** The address such a link has. */
  readonly href: (ref: PaperRef) => string;
  /** Counts a paper; false where a page has so many that the rest gets no links. */
  readonly counts: (ref: PaperRef) => boolean;
  /** Counts a paper, and tells whether it still lacks its link. The one that `there` finds is brought up to date. */
  readonly lacks: (ref: PaperRef, there: () => Element | null) => boolean;
  /** How many papers were counted so far. */
  readonly count: () => number;
  /** How many the page has: as many as were counted, or as the button tells. */
  readonly total: () => number;
  /** A button that opens all papers of the page, put where `put` says once; `count` is what it tells. None for less than two. */
  readonly openAll: (parent: Element, count: number, put: (button: HTMLElement) => void) => void;
}

/** Work in steps: between two of them the page may have its turn. A step that names an element leaves the rest until that is nearly on the screen. */
export type Steps = Generator<Element | undefined, void>;

export interface Site {
  /** Whether the site's file is for this page. */
  readonly matches: (location: Location) => boolean;
  /** Places links on the page as it is now, a row a step; called again after it changed. Places switched off are left out. */
  readonly place: (placer: Placer, location: Location) => Steps;
  /** Whether pages render late and change without loading. */
  readonly watches?: boolean;
}

/** In the page's own colours, whatever they are. */
const BUTTON =
  "font:inherit;color:inherit;background:none;border:1px solid;border-radius:4px;padding:1px 10px;margin:4px 0;cursor:pointer;opacity:.85";

/** A page that makes us place without end gets no more. */
const MOST_PAPERS = 5000;

/** What the links of a page have in common: made once a pass. */
export function makePlacer(
  settings: Settings,
  texts: { open: (name: string) => string; openAll: (n: number) => string },
  openAll: () => void,
  papers: Map<string, PaperRef>,
): Placer {
  const destination = destinationOf(settings.destination);
  const label = settings.linkLabel || destination.name;
  // The first pass over a page need not look for what it placed before.
  const fresh = first(`[${MARK}]`) === null;
  const model = makeLink("about:blank", label, texts.open(destination.name));
  // Lists of thousands go the short way.
  const short = destination.id === "coolpapers" ? coolPaperUrl : () => null;
  const href = (ref: PaperRef) => short(ref) ?? openSomewhere([ref], destination)[0];
  const link = (ref: PaperRef, className = "") => {
    const a = model.cloneNode(true) as HTMLAnchorElement;
    a.setAttribute("href", href(ref));
    if (className) a.className = className;
    return a;
  };
  const counts = (ref: PaperRef) => {
    const key = `${ref.source}:${ref.id}`;
    if (papers.size >= MOST_PAPERS) return papers.has(key);
    papers.set(key, ref);
    return true;
  };
  let told: number | undefined;
  return {
    settings,
    link,
    href,
    counts,
    lacks(ref, there) {
      const counted = counts(ref);
      const mark = fresh ? null : there();
      if (!mark) return counted;
      const a = mark instanceof HTMLAnchorElement ? mark : first<HTMLAnchorElement>("a", mark);
      const wanted = href(ref);
      if (a && a.getAttribute("href") !== wanted) a.href = wanted;
      return false;
    },
    count: () => papers.size,
    total: () => told ?? papers.size,
    openAll(parent, rows, put) {
      const count = Math.min(rows, MOST_PAPERS);
      told = count;
      const text = texts.openAll(count);
      const there = first(`button[${MARK}]`, parent);
      if (count < 2) return there?.parentElement?.remove();
      if (there) {
        if (there.textContent !== text) there.textContent = text;
        return;
      }
      const button = document.createElement("button");
      button.type = "button";
      button.setAttribute(MARK, "");
      button.textContent = text;
      button.style.cssText = BUTTON;
      button.addEventListener("click", openAll);
      put(makeMark("div", button));
    },
  };
}

export const isOn = (placer: Placer, place: LinkPlace) => placer.settings.links[place];
