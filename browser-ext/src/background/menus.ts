// What a choice in the context menus does.
import { type ClickInfo, isSelected, type Plan, planClick } from "@scholium/core/papers";
import { CONTEXTS, type Context } from "../shared/contexts.js";
import { thisMonth } from "../shared/i18n.js";
import { inPage } from "../shared/inPage.js";
import { later, readNothing } from "./later.js";
import { carryOut } from "./open.js";

/** Which texts of a click count for an item: the entry that was chosen says what is meant. */
function clickOf(context: Context, info: chrome.contextMenus.OnClickData): ClickInfo {
  if (context === "selection") return { selectionText: info.selectionText, linkUrl: info.linkUrl };
  if (context === "link") return { linkUrl: info.linkUrl, frameUrl: info.frameUrl, pageUrl: info.pageUrl };
  return { frameUrl: info.frameUrl, pageUrl: info.pageUrl };
}

export async function onMenu(info: chrome.contextMenus.OnClickData, tab?: chrome.tabs.Tab): Promise<void> {
  const [context, destination] = String(info.menuItemId).split(":") as [Context, string | undefined];
  if (!(context in CONTEXTS)) return;
  const click = clickOf(context, info);
  const read = isSelected(click.selectionText) ? (await later()).readText : readNothing;
  const planned = await titled(planClick(click, { now: thisMonth() }, read), context, info, tab);
  const where = { ...(tab && { tab }), ...(destination && { destination }) };
  const unopened = await carryOut(planned, where);
  if (unopened) await (await later()).tell(unopened, where);
}

/** Papers known by title alone get one: the link's text (Firefox tells it), or what the page says of itself. */
async function titled(planned: Plan, context: Context, info: chrome.contextMenus.OnClickData, tab?: chrome.tabs.Tab): Promise<Plan> {
  if (planned.kind !== "papers" || !planned.byTitle.some((p) => !p.title) || planned.papers.length > 1) return planned;
  const linkText = context === "link" ? (info as { linkText?: string }).linkText : undefined;
  const title = linkText && /\p{L}{2,}.*\s/u.test(linkText) ? linkText : context === "page" ? await citationTitle(tab?.id) : null;
  return title ? { ...planned, papers: planned.papers.map((p) => ({ ...p, title })) } : planned;
}

async function citationTitle(tabId: number | undefined): Promise<string | null> {
  if (tabId === undefined || tabId < 0) return null;
  try {
    const read = () => Document.prototype.querySelector.call(document, 'meta[name="citation_title"]')?.getAttribute("content") ?? null;
    const [title] = await inPage(tabId, read);
    return typeof title === "string" ? title.slice(0, 300) : null;
  } catch {
    return null;
  }
}
