// Messages: content scripts may ask to open IDs and tell a count; only the extension's own pages may do more.
import type { Plan } from "@scholium/core/papers";
import { thisMonth } from "../shared/i18n.js";
import type { Message } from "../shared/messages.js";
import { showCount } from "./badge.js";
import type { Shared } from "./main.js";
import { readMessage } from "./readMessage.js";
import { answer } from "./unopened.js";

/** Does what a message asks; its answer tells whether that went well, and is undefined for what is no message. */
export async function onMessage(shared: Shared, value: unknown, sender: chrome.runtime.MessageSender): Promise<{ done: boolean } | undefined> {
  const own = sender.id === chrome.runtime.id;
  const trusted = own && (sender.url ?? "").startsWith(chrome.runtime.getURL(""));
  const message = own ? readMessage(value, trusted, shared) : null;
  if (!message) {
    console.warn("Scholium ignored a message");
    return undefined;
  }
  return act(shared, message, sender).then(
    () => ({ done: true }),
    () => ({ done: false }),
  );
}

async function act(shared: Shared, message: Message, sender: chrome.runtime.MessageSender): Promise<void> {
  const { carryOut, planText } = shared;
  if (message.type === "count") {
    if (sender.tab?.id !== undefined && sender.frameId === 0) await showCount(sender.tab.id, message.count);
    return;
  }
  if (message.type === "answer") return answer(shared, message.open);
  const tab = sender.tab ?? (await chrome.tabs.query({ active: true, lastFocusedWindow: true }))[0];
  const where = tab ? { tab } : {};
  if (message.type === "openText") return carryOut(planText(message.text, { now: thisMonth() }), where);
  const papers = message.type === "open" ? message.ids : message.papers;
  const plan: Plan = papers.length ? { kind: "papers", papers, urls: [], byTitle: [] } : { kind: "none" };
  return carryOut(plan, message.type === "open" ? where : { ...where, destination: message.destination, confirmed: message.confirmed });
}
