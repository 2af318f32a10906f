// Messages: content scripts may ask to open IDs and tell a count; only the extension's own pages may do more.
import { planText } from "@scholium/core/papers";
import { thisMonth } from "../shared/i18n.js";
import { readMessage } from "../shared/messages.js";
import { showCount } from "./badge.js";
import { answer, carryOut, openPapers } from "./open.js";

export function onMessage(value: unknown, sender: chrome.runtime.MessageSender, respond: (answer: unknown) => void): boolean {
  const own = sender.id === chrome.runtime.id;
  const trusted = own && (sender.url ?? "").startsWith(chrome.runtime.getURL(""));
  const message = own ? readMessage(value, trusted) : null;
  if (!message) {
    console.warn("Scholium ignored a message");
    return false;
  }
  void act(message, sender).then(
    () => respond({ done: true }),
    () => respond({ done: false }),
  );
  return true;
}

async function act(message: NonNullable<ReturnType<typeof readMessage>>, sender: chrome.runtime.MessageSender): Promise<void> {
  if (message.type === "count") {
    if (sender.tab?.id !== undefined && sender.frameId === 0) await showCount(sender.tab.id, message.count);
    return;
  }
  if (message.type === "answer") return answer(message.open);
  const tab = sender.tab ?? (await chrome.tabs.query({ active: true, lastFocusedWindow: true }))[0];
  const where = tab ? { tab } : {};
  if (message.type === "open") return openPapers(message.ids, where);
  if (message.type === "openText") return carryOut(planText(message.text, { now: thisMonth() }), where);
  return openPapers(message.papers, { ...where, destination: message.destination, confirmed: message.confirmed });
}
