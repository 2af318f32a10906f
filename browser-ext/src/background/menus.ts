// The context menus: one entry for the page or PDF, one for the selection, one for the link, each with "Open with".
import {
  type ClickInfo,
  coolPagePatterns,
  destinationOf,
  destinations,
  type Plan,
  paperLinkPatterns,
  paperPagePatterns,
  plan,
} from "@scholium/core/papers";
import { destinationName, t, thisMonth } from "../shared/i18n.js";
import { loadSettings, type Settings } from "../shared/settings.js";
import { carryOut } from "./open.js";

type Item = chrome.contextMenus.CreateProperties;
type Context = "page" | "selection" | "link";

// `frame` is what Chromium's PDF viewer shows where Firefox's shows `page`.
const CONTEXTS: Readonly<Record<Context, Item["contexts"]>> = { page: ["page", "frame"], selection: ["selection"], link: ["link"] };

/** `&` marks an access key in menu titles. */
const plainTitle = (text: string) => text.replace(/&/g, "&&");

/** The items the settings ask for. */
export function menuItems(settings: Settings): Item[] {
  const place = destinationOf(settings.destination);
  const name = plainTitle(destinationName(place.id, place.name));
  const where: Readonly<Record<Context, Partial<Item>>> = {
    page: { documentUrlPatterns: [...paperPagePatterns] },
    selection: {},
    link: settings.menuOnEveryLink ? {} : { targetUrlPatterns: [...paperLinkPatterns] },
  };
  const title: Readonly<Record<Context, string>> = { page: t("menuPage", name), selection: t("menuSelection", name), link: t("menuLink", name) };
  const withTitle: Readonly<Record<Context, string>> = { page: t("menuPageWith"), selection: t("menuSelectionWith"), link: t("menuLinkWith") };
  const offered = destinations.filter((d) => settings.openWith.includes(d.id) && d.id !== place.id);
  const items: Item[] = [];
  for (const context of ["link", "selection", "page"] as const) {
    const shown = { contexts: CONTEXTS[context], ...where[context] };
    items.push({ id: context, title: title[context], ...shown });
    if (offered.length === 0) continue;
    items.push({ id: `${context}:with`, title: withTitle[context], ...shown });
    for (const d of offered)
      items.push({ id: `${context}:${d.id}`, parentId: `${context}:with`, title: plainTitle(destinationName(d.id, d.name)), ...shown });
  }
  // On papers.cool itself the way leads back.
  const reverse = { contexts: CONTEXTS.page, documentUrlPatterns: [...coolPagePatterns] };
  items.push({ id: "page:original", title: t("menuOriginal"), ...reverse }, { id: "page:original-pdf", title: t("menuOriginalPdf"), ...reverse });
  const seen = new Set<string>();
  // The way back has the IDs of "Open with" where that offers the original as well: then it is told apart by a mark.
  return items.map((item) => {
    const id = seen.has(item.id!) ? `${item.id}:reverse` : item.id!;
    seen.add(id);
    return { ...item, id };
  });
}

let building: Promise<void> = Promise.resolve();

/** Makes the menus anew; one at a time, so that no two builds mix. */
export function rebuildMenus(): Promise<void> {
  building = building.then(async () => {
    const items = menuItems(await loadSettings());
    await chrome.contextMenus.removeAll();
    await Promise.all(items.map(create));
  });
  return building;
}

const create = (item: Item) =>
  new Promise<void>((resolve) => {
    chrome.contextMenus.create(item, () => {
      if (chrome.runtime.lastError) console.warn(item.id, chrome.runtime.lastError.message);
      resolve();
    });
  });

/** Which texts of a click count for an item: the entry that was chosen says what is meant. */
function clickOf(context: Context, info: chrome.contextMenus.OnClickData): ClickInfo {
  if (context === "selection") return { selectionText: info.selectionText, linkUrl: info.linkUrl };
  if (context === "link") return { linkUrl: info.linkUrl, frameUrl: info.frameUrl, pageUrl: info.pageUrl };
  return { frameUrl: info.frameUrl, pageUrl: info.pageUrl };
}

export async function onMenu(info: chrome.contextMenus.OnClickData, tab?: chrome.tabs.Tab): Promise<void> {
  const [context, destination] = String(info.menuItemId).split(":") as [Context, string | undefined];
  if (!(context in CONTEXTS)) return;
  const planned = await titled(plan(clickOf(context, info), { now: thisMonth() }), context, info, tab);
  await carryOut(planned, { ...(tab && { tab }), ...(destination && { destination }) });
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
    const [{ result }] = await chrome.scripting.executeScript({ target: { tabId }, func: read });
    return typeof result === "string" ? result.slice(0, 300) : null;
  } catch {
    return null;
  }
}
