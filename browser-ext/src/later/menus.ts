// The context menus: one entry for the page or PDF, one for the selection, one for the link, each with "Open with".
import { coolPagePatterns, linkPatterns, pagePatterns } from "@scholium/core/papers";
import { CONTEXTS, type Context } from "../shared/contexts.js";
import { destinationName, t } from "../shared/i18n.js";
import type { Settings } from "../shared/settings.js";
import type { Shared } from "./main.js";

type Item = chrome.contextMenus.CreateProperties;
/** `&` marks an access key in menu titles. */
const plainTitle = (text: string) => text.replace(/&/g, "&&");

/** The items the settings ask for. */
function menuItems({ destinations, sources, mirrors }: Shared, settings: Settings): Item[] {
  const places = [...sources, ...mirrors];
  const place = destinations.find((d) => d.id === settings.destination) ?? destinations[0];
  const name = plainTitle(destinationName(place.id, place.name));
  const where: Readonly<Record<Context, Partial<Item>>> = {
    page: { documentUrlPatterns: pagePatterns(places) },
    selection: {},
    link: settings.menuOnEveryLink ? {} : { targetUrlPatterns: linkPatterns(places) },
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
  const reverse = { contexts: CONTEXTS.page, documentUrlPatterns: coolPagePatterns() };
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
export function buildMenus(shared: Shared, settings: Settings): Promise<void> {
  building = building.then(async () => {
    await chrome.contextMenus.removeAll();
    await Promise.all(menuItems(shared, settings).map(create));
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
