// The badge: how many papers a page has, and a question mark when a click found none.

const COLOUR = "#0f627a";
const MISS_COLOUR = "#b3261e";
const MISS_MS = 2000;
const MISS = "?";

/** Shows a page's number of papers; nothing for none. */
export async function showCount(tabId: number, count: number): Promise<void> {
  try {
    await chrome.action.setBadgeBackgroundColor({ tabId, color: COLOUR });
    await chrome.action.setBadgeText({ tabId, text: count === 0 ? "" : count > 999 ? "999+" : String(count) });
  } catch {
    // The tab is gone.
  }
}

/** Shows for two seconds that nothing was found, and keeps the reason for the popup. */
export async function showMiss(tabId: number | undefined, reason: string): Promise<void> {
  const scope = tabId === undefined || tabId < 0 ? {} : { tabId };
  try {
    await chrome.storage.session.set({ miss: { reason, tabId: tabId ?? -1, at: Date.now() } });
    const before = await chrome.action.getBadgeText(scope);
    await chrome.action.setBadgeBackgroundColor({ ...scope, color: MISS_COLOUR });
    await chrome.action.setBadgeText({ ...scope, text: MISS });
    await new Promise((resolve) => setTimeout(resolve, MISS_MS));
    await chrome.action.setBadgeBackgroundColor({ ...scope, color: COLOUR });
    await chrome.action.setBadgeText({ ...scope, text: before === MISS ? "" : before });
  } catch {
    // The tab is gone.
  }
}
