// Loads the half of the background that is a file of its own (see later/main.ts), when something first needs it.
import { addressRules, destinations, mirrors, paperOf, planClick, type Reading, sources } from "@scholium/core/papers";
import type { Later } from "../later/main.js";
import { carryOut, openTabs } from "./open.js";
import { settings } from "./settings.js";

const FILE = "later.js";

// Chromium's worker: there is no `import()`, and a file can be loaded at any time only if it was while the worker was installed. Firefox's page
// has loaded the file by its manifest.
declare const importScripts: ((file: string) => void) | undefined;
const load = typeof importScripts === "undefined" ? undefined : () => importScripts(FILE);
if (load) self.addEventListener("install", load);

let loaded: Promise<Later> | undefined;

export function later(): Promise<Later> {
  loaded ??= (async () => {
    if (!globalThis.scholiumLater) load?.();
    return globalThis.scholiumLater!({ rules: addressRules, sources, mirrors, destinations, paperOf, planClick, carryOut, openTabs, settings });
  })();
  return loaded;
}

/** Stands in for the reader of texts where there is no text. */
export const readNothing = (): Reading => ({ papers: [], query: null });
