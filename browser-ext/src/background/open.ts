// Opens what was planned: tabs beside the current one, a question before many, a sign when there is nothing.
import { coolSearchUrl, destinationOf, openAt, openSomewhere, type Plan } from "@scholium/core/papers";
import type { Settings, TabPosition } from "../shared/settings.js";
import { showMiss } from "./badge.js";
import { settings as currentSettings } from "./settings.js";

/** Above this the user is asked, above the other refused. */
export const ASK_ABOVE = 10;
export const REFUSE_ABOVE = 50;

export interface Where {
  /** The tab the action came from. */
  readonly tab?: chrome.tabs.Tab;
  /** Overrides the setting. */
  readonly position?: TabPosition;
  readonly confirmed?: boolean;
  /** A chosen destination; without it the preferred one, with the others as a stand-in. */
  readonly destination?: string;
}

/** The addresses of a plan. */
function addresses(plan: Plan, { destination }: Where, settings: Settings): string[] {
  if (plan.kind === "none") return [];
  const place = destinationOf(destination ?? settings.destination);
  if (plan.kind === "papers")
    return destination && destination !== settings.destination ? [...openAt(plan.papers, place).urls] : openSomewhere(plan.papers, place);
  if (place.search && place.id !== "coolpapers") return [place.search(plan.query)];
  const branches = settings.search === "both" ? (["arxiv", "venue"] as const) : [settings.search];
  return branches.map((branch) => coolSearchUrl(plan.query, branch));
}

/** Does what a plan says. Never throws. */
export async function carryOut(plan: Plan, where: Where): Promise<void> {
  try {
    const settings = await currentSettings();
    const urls = addresses(plan, where, settings);
    if (urls.length === 0) await showMiss(where.tab?.id, plan.kind === "none" ? "none" : "nowhere");
    else if (urls.length > REFUSE_ABOVE) await showMiss(where.tab?.id, "tooMany");
    else if (urls.length > ASK_ABOVE && !where.confirmed) await ask(urls, where);
    else await openTabs(urls, where.tab, where.position ?? settings.tabs);
  } catch (error) {
    console.warn("Scholium could not open", error);
  }
}

async function openTabs(urls: readonly string[], tab: chrome.tabs.Tab | undefined, position: TabPosition): Promise<void> {
  const here = tab?.id !== undefined && tab.id >= 0 && tab.index >= 0 ? tab : undefined;
  let rest = urls;
  if (position === "same" && here)
    try {
      await chrome.tabs.update(here.id!, { url: urls[0] });
      rest = urls.slice(1);
    } catch {
      // The tab was closed meanwhile: all open in new ones.
    }
  for (const [i, url] of rest.entries()) {
    const active = position !== "background" && rest.length === urls.length && i === 0;
    const beside = here && position !== "end" ? { index: here.index + 1 + i, openerTabId: here.id } : {};
    await create(url, active, { ...beside, ...(here && { windowId: here.windowId }) });
  }
}

/** Creates a tab where wished, or anywhere when that place is gone (a closed tab or window, a saved tab group). */
async function create(url: string, active: boolean, place: chrome.tabs.CreateProperties): Promise<void> {
  try {
    await chrome.tabs.create({ ...place, url, active });
  } catch {
    await chrome.tabs.create({ url, active });
  }
}

export interface Pending {
  readonly urls: readonly string[];
  readonly tabId?: number;
}

/** Keeps the addresses and lets the popup ask. */
async function ask(urls: readonly string[], { tab }: Where): Promise<void> {
  const pending: Pending = { urls, ...(tab?.id !== undefined && { tabId: tab.id }) };
  await chrome.storage.session.set({ pending });
  try {
    await chrome.action.openPopup();
  } catch {
    // Only a click may open the popup in some browsers: the same page then opens as a small window.
    await chrome.windows.create({ url: "popup.html", type: "popup", width: 420, height: 320 });
  }
}

/** The answer to the question: opens what was kept, or forgets it. */
export async function answer(open: boolean): Promise<void> {
  const { pending } = (await chrome.storage.session.get("pending")) as { pending?: Pending };
  await chrome.storage.session.remove("pending");
  if (!open || !pending) return;
  const settings = await currentSettings();
  const tab = pending.tabId === undefined ? undefined : await chrome.tabs.get(pending.tabId).catch(() => undefined);
  await openTabs(pending.urls, tab, settings.tabs);
}
