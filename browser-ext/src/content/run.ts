// Runs a site's file on a page: places links, and places them again when a page that renders late has changed.
import type { PaperRef } from "@scholium/core/papers";
import { send } from "../shared/messages.js";
import { loadSettings } from "../shared/settings.js";
import { all, MARK } from "./dom.js";
import { makePlacer, type Placer, type Site, type Steps } from "./site.js";

declare const MEASURE: boolean;

/** Passes are at least this far apart, however often the page changes. */
const PAUSE_MS = 200;
/** How long the page waits for its first links, however many, and how many it gets however long they take. */
const FIRST_MS = 4;
const FIRST_STEPS = 50;
/** What is further down waits until the page is used, or for so long; then the work goes on each time the browser is idle. */
const LATER_MS = 2000;
const IDLE_MS = 4;
/** The same when a page that is being used has changed: a small part of a frame. */
const AGAIN_MS = 1;
/** How far from the screen is near: anywhere above, and so far below. */
const NEAR = "10000000px 0px 1500px 0px";
/** A page that makes us place links without end is left alone. */
const PASSES = 1000;

/** Finds the page's site among these and places its links. Never throws. */
export const run = (sites: readonly Site[]) =>
  void start(sites).catch(() => {
    // A page whose structure changed, or storage that is gone: no links; the menus still work.
  });

async function start(sites: readonly Site[]): Promise<void> {
  // Chromium runs content scripts in its PDF viewer's page as well.
  if (document.contentType !== "text/html" && document.contentType !== "application/xhtml+xml") return;
  const site = sites.find((s) => s.matches(location));
  if (!site) return;
  const settings = await loadSettings();
  const papers = new Map<string, PaperRef>();
  const texts = { open: (name: string) => message("linkTitle", name), openAll: (n: number) => message("openAll", String(n)) };
  let told = -1;
  let placer: Placer;
  let work: Steps;
  let used: Promise<void> | undefined;
  let stopWaiting = () => {};
  /** Goes on with the work for some time, and with the rest when the browser has nothing else to do, or when it matters. */
  const proceed = (ms: number, least = 1) => {
    stopWaiting();
    if (MEASURE) performance.mark("scholium:start");
    const mine = work;
    const rest = advance(mine, performance.now() + ms, least);
    if (MEASURE) performance.mark("scholium:end");
    if (rest === "later") {
      used ??= whenUsed();
      void used.then(() => requestIdleCallback(() => mine === work && proceed(IDLE_MS), { timeout: PAUSE_MS }));
      return;
    }
    if (rest) stopWaiting = whenNear(rest, () => proceed(IDLE_MS));
    if (placer.total() !== told) {
      told = placer.total();
      void send({ type: "count", count: told });
    }
  };
  const openAll = () => {
    proceed(Number.POSITIVE_INFINITY);
    void send({ type: "open", ids: [...papers.values()] });
  };
  const pass = (ms: number, least?: number) => {
    papers.clear();
    placer = makePlacer(settings, texts, openAll, papers);
    work = site.place(placer, location);
    proceed(ms, least);
  };
  // Firefox runs the script again on open pages when the extension was updated: the button of the one before does nothing any more.
  for (const mark of all(`div[${MARK}]`)) mark.remove();
  pass(FIRST_MS, FIRST_STEPS);
  if (site.watches) watch(() => pass(AGAIN_MS));
}

/**
 * Takes at least some steps, and more until a time, which may be infinite: then all. Answers what is left: nothing, steps to take later, or those
 * that matter once an element is near. A page whose structure changed under them gets no more links.
 */
function advance(work: Steps, end: number, least: number): Element | "later" | undefined {
  try {
    for (let taken = 1; ; taken++) {
      const { done, value } = work.next();
      if (done) return undefined;
      if (value && end < Number.POSITIVE_INFINITY) return value;
      if (taken >= least && performance.now() >= end) return "later";
    }
  } catch {
    // The menus still work.
    return undefined;
  }
}

/** Calls back when an element is less than a screen or so below what is seen, or above; answers how to stop that. One that is not shown is near. */
function whenNear(element: Element, then: () => void): () => void {
  const observer = new IntersectionObserver(
    ([{ isIntersecting, boundingClientRect }]) => {
      if (isIntersecting || boundingClientRect.height === 0) then();
    },
    { rootMargin: NEAR },
  );
  observer.observe(element);
  return () => observer.disconnect();
}

/** Waits until somebody scrolls, types, points or moves the focus, at most `LATER_MS`. */
const whenUsed = () =>
  new Promise<void>((resolve) => {
    for (const event of ["scroll", "keydown", "pointerdown", "focusin"])
      addEventListener(event, () => resolve(), { once: true, capture: true, passive: true });
    setTimeout(resolve, LATER_MS);
  });

function message(key: string, ...values: string[]): string {
  try {
    return chrome.i18n.getMessage(key, values);
  } catch {
    return values.join(" ");
  }
}

/** Calls `pass` after changes that are not ours: at most once a frame, with pauses, and not without end. */
function watch(pass: () => void): void {
  let waiting = false;
  let last = 0;
  let left = PASSES;
  const observer = new MutationObserver((records) => {
    if (waiting || !records.some(isForeign)) return;
    waiting = true;
    const wait = Math.max(0, last + PAUSE_MS - performance.now());
    setTimeout(() => requestAnimationFrame(again), wait);
  });
  const again = () => {
    waiting = false;
    last = performance.now();
    // The extension was updated or removed: the links stay, nothing more is done.
    if (!chrome.runtime?.id || left-- <= 0) return observer.disconnect();
    pass();
    observer.takeRecords();
  };
  observer.observe(document.querySelector("#__next") ?? document.documentElement, { childList: true, subtree: true });
}

const isForeign = ({ addedNodes, removedNodes }: MutationRecord) =>
  [...addedNodes, ...removedNodes].some((node) => node.nodeType === Node.ELEMENT_NODE && !(node as Element).hasAttribute(MARK));
