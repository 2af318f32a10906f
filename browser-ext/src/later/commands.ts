// The shortcut: opens the selection's papers, else the page's.
import { thisMonth } from "../shared/i18n.js";
import type { Shared } from "./main.js";

export async function onCommand({ carryOut, planClick }: Shared, command: string, given?: chrome.tabs.Tab): Promise<void> {
  if (command !== "open-paper") return;
  const tab = given?.url ? given : ((await chrome.tabs.query({ active: true, lastFocusedWindow: true }))[0] ?? given);
  const selectionText = await selection(tab?.id);
  await carryOut(planClick({ selectionText, ...(tab?.url && { pageUrl: tab.url }) }, { now: thisMonth() }), { ...(tab && { tab }) });
}

/** The selected text; nothing where scripts may not run (PDF viewers, the browser's own pages). */
async function selection(tabId: number | undefined): Promise<string> {
  if (tabId === undefined || tabId < 0) return "";
  try {
    const [{ result }] = await chrome.scripting.executeScript({ target: { tabId }, func: () => String(getSelection() ?? "").slice(0, 200_000) });
    return typeof result === "string" ? result : "";
  } catch {
    return "";
  }
}
