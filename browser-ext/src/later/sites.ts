// Further sites the user granted: the content script marks links to papers there.
import { OPTIONAL_SITES } from "../shared/sites.js";

const ID = "other-sites";

/** Registers the content script for exactly the granted sites. Never throws. */
export async function registerSites(): Promise<void> {
  try {
    const granted: string[] = [];
    for (const site of OPTIONAL_SITES) if (await chrome.permissions.contains({ origins: [site] })) granted.push(site);
    const [registered] = await chrome.scripting.getRegisteredContentScripts({ ids: [ID] });
    if (registered) await chrome.scripting.unregisterContentScripts({ ids: [ID] });
    if (granted.length) await chrome.scripting.registerContentScripts([{ id: ID, matches: granted, js: ["elsewhere.js"], runAt: "document_end" }]);
  } catch (error) {
    console.warn("Scholium could not register sites", error);
  }
}
