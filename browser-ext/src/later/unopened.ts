// What comes instead of tabs: a sign that nothing was found, or a question before many.
import type { Unopened, Where } from "../background/open.js";
import { showMiss } from "./badge.js";
import type { Shared } from "./main.js";

/** A question to the user that waits for its answer. */
export interface Pending {
  readonly urls: readonly string[];
  /** When the question came up. */
  readonly at: number;
  readonly tabId?: number;
}

/** Tells the user why nothing opened, or asks. */
export const tell = (unopened: Unopened, { tab }: Where): Promise<void> =>
  "reason" in unopened
    ? showMiss(tab?.id, unopened.reason)
    : ask({ urls: unopened.urls, at: Date.now(), ...(tab?.id !== undefined && { tabId: tab.id }) });

/** Keeps the addresses and lets the popup ask. */
async function ask(pending: Pending): Promise<void> {
  await chrome.storage.session.set({ pending });
  try {
    await chrome.action.openPopup();
  } catch {
    // Only a click may open the popup in some browsers: the same page then opens as a small window.
    await chrome.windows.create({ url: "popup.html", type: "popup", width: 420, height: 320 });
  }
}

/** The answer to the question: opens what was kept, or forgets it. */
export async function answer({ openTabs, settings }: Shared, open: boolean): Promise<void> {
  const { pending } = (await chrome.storage.session.get("pending")) as { pending?: Pending };
  await chrome.storage.session.remove("pending");
  if (!open || !pending) return;
  const tab = pending.tabId === undefined ? undefined : await chrome.tabs.get(pending.tabId).catch(() => undefined);
  await openTabs(pending.urls, tab, (await settings()).tabs);
}
