// Opens what was planned: tabs beside the current one. What opens nothing is told to the caller, who says so (see later/unopened.ts).
import { coolSearchUrl, destinationOf, openAt, openSomewhere, type Plan } from "@scholium/core/papers";
import type { Settings, TabPosition } from "../shared/settings.js";
import { settings as currentSettings } from "./settings.js";

/** Above this the user is asked, above the other refused. */
export const ASK_ABOVE = 10;
export const REFUSE_ABOVE = 50;

/** Why nothing was opened; `urls` wait for the user's consent. */
export type Unopened = { readonly reason: "none" | "nowhere" | "tooMany" } | { readonly urls: readonly string[] };

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

/** Does what a plan says; answers what it left undone. Never throws. */
export async function carryOut(plan: Plan, where: Where): Promise<Unopened | undefined> {
  try {
    const settings = await currentSettings();
    const urls = addresses(plan, where, settings);
    if (urls.length === 0) return { reason: plan.kind === "none" ? "none" : "nowhere" };
    if (urls.length > REFUSE_ABOVE) return { reason: "tooMany" };
    if (urls.length > ASK_ABOVE && !where.confirmed) return { urls };
    await openTabs(urls, where.tab, where.position ?? settings.tabs);
  } catch (error) {
    console.warn("Scholium could not open", error);
  }
}

export async function openTabs(urls: readonly string[], tab: chrome.tabs.Tab | undefined, position: TabPosition): Promise<void> {
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
