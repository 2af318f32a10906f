// Runs a site's file on a page: places links, and places them again when a page that renders late has changed.
import type { PaperRef } from "@scholium/core/papers";
import { send } from "../shared/messages.js";
import { loadSettings } from "../shared/settings.js";
import { MARK } from "./dom.js";
import { makePlacer, type Site, type Steps } from "./site.js";

declare const MEASURE: boolean;

/** Passes are at least this far apart, however often the page changes. */
const PAUSE_MS = 200;
/** How long the page waits for its first links, and how long the work goes on each time the browser is idle. */
const FIRST_MS = 4;
const IDLE_MS = 4;
/** The same when a page that is being used has changed: a small part of a frame. */
const AGAIN_MS = 1;
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
  let address = "";
  let work: Steps;
  /** Goes on with the work for some time, and with the rest when the browser has nothing else to do. */
  const proceed = (ms: number) => {
    if (MEASURE) performance.mark("scholium:start");
    const mine = work;
    const done = advance(mine, performance.now() + ms);
    if (MEASURE) performance.mark("scholium:end");
    if (!done) requestIdleCallback(() => mine === work && proceed(IDLE_MS), { timeout: PAUSE_MS });
    else if (papers.size !== told) {
      told = papers.size;
      void send({ type: "count", count: told });
    }
  };
  const openAll = () => {
    proceed(Number.POSITIVE_INFINITY);
    void send({ type: "open", ids: [...papers.values()] });
  };
  const pass = (ms: number) => {
    if (location.href !== address) papers.clear();
    address = location.href;
    work = site.place(makePlacer(settings, texts, openAll, papers), location);
    proceed(ms);
  };
  pass(FIRST_MS);
  if (site.watches) watch(() => pass(AGAIN_MS));
}

/** Takes steps until a time; whether all are done. A page whose structure changed under them gets no more links. */
function advance(work: Steps, end: number): boolean {
  try {
    while (!work.next().done) if (performance.now() >= end) return false;
  } catch {
    // The menus still work.
  }
  return true;
}

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
