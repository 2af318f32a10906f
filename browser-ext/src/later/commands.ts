// The shortcut: opens the selection's papers, else the page's.
import { isSelected } from "@scholium/core/papers";
import { thisMonth } from "../shared/i18n.js";
import { inPage } from "../shared/inPage.js";
import type { Shared } from "./main.js";

export async function onCommand({ carryOut, planClick }: Shared, command: string, given?: chrome.tabs.Tab): Promise<void> {
  if (command !== "open-paper") return;
  const tab = given?.url ? given : ((await chrome.tabs.query({ active: true, lastFocusedWindow: true }))[0] ?? given);
  const selectionText = await selection(tab?.id);
  await carryOut(planClick({ selectionText, ...(tab?.url && { pageUrl: tab.url }) }, { now: thisMonth() }), { ...(tab && { tab }) });
}

/**
 * The selected text, of the page, a frame of its own site, or a field. Read at once: a page that is still loading is not waited for. Nothing where
 * scripts may not run (PDF viewers, the browser's own pages).
 */
async function selection(tabId: number | undefined): Promise<string> {
  if (tabId === undefined || tabId < 0) return "";
  try {
    const texts = await inPage(tabId, selectedHere, { allFrames: true, injectImmediately: true });
    return texts.find((text) => typeof text === "string" && isSelected(text)) ?? "";
  } catch {
    return "";
  }
}

/** Runs in the page, and may use nothing from outside itself. */
function selectedHere(): string {
  const field = document.activeElement;
  const isText = field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && /^(?:text|search|url)$/.test(field.type));
  const inField = isText ? field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0) : "";
  return (inField || String(getSelection() ?? "")).slice(0, 200_000);
}
