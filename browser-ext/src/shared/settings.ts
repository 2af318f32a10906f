// The user's choices: what they are, how they are kept, and how a file of them is read back.
import { destinations } from "@scholium/core/papers";

export type TabPosition = "beside" | "end" | "same" | "background";
export type SearchIn = "arxiv" | "venue" | "both";
export type Theme = "system" | "light" | "dark";

/** Places that get links; each can be switched off. */
export const LINK_PLACES = [
  "arxivAbs",
  "arxivList",
  "arxivSearch",
  "openreviewForum",
  "openreviewLists",
  "aclPaper",
  "aclVolume",
  "otherSites",
] as const;
export type LinkPlace = (typeof LINK_PLACES)[number];

export interface Settings {
  readonly destination: string;
  /** What "Open with" offers. */
  readonly openWith: readonly string[];
  readonly tabs: TabPosition;
  readonly search: SearchIn;
  readonly menuOnEveryLink: boolean;
  readonly links: Readonly<Record<LinkPlace, boolean>>;
  /** The text of placed links; empty for the destination's name. */
  readonly linkLabel: string;
  readonly theme: Theme;
}

const LABEL_LENGTH = 40;
/** One of these values; the first is the default. */
const one = <T>(values: readonly T[], value: unknown): T => (values.includes(value as T) ? (value as T) : values[0]);

/** Settings out of anything: what is missing or wrong becomes the default. */
export function readSettings(value: unknown): Settings {
  const v = (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
  const ids = destinations.map((d) => d.id);
  const links = (typeof v.links === "object" && v.links !== null ? v.links : {}) as Record<string, unknown>;
  return {
    destination: one(ids, v.destination),
    openWith: Array.isArray(v.openWith) ? ids.filter((id) => (v.openWith as unknown[]).includes(id)) : ids,
    tabs: one(["beside", "end", "same", "background"] as const, v.tabs),
    search: one(["arxiv", "venue", "both"] as const, v.search),
    menuOnEveryLink: v.menuOnEveryLink === true,
    links: Object.fromEntries(LINK_PLACES.map((p) => [p, links[p] !== false])) as Record<LinkPlace, boolean>,
    linkLabel: typeof v.linkLabel === "string" ? v.linkLabel.replace(/\p{Cc}/gu, "").slice(0, LABEL_LENGTH) : "",
    theme: one(["system", "light", "dark"] as const, v.theme),
  };
}

export const DEFAULTS: Settings = /* @__PURE__ */ readSettings(null);

/** The settings of a file written by the export; null when it is something else. */
export function importSettings(text: string): Settings | null {
  try {
    const { scholium } = JSON.parse(text.slice(0, 100_000));
    return typeof scholium === "object" ? readSettings(scholium) : null;
  } catch {
    return null;
  }
}

export const exportSettings = (settings: Settings) => `${JSON.stringify({ scholium: settings }, null, 2)}\n`;

type Area = "session" | "sync" | "local";

const readArea = async (area: Area): Promise<unknown> => {
  try {
    return (await chrome.storage[area].get("settings")).settings;
  } catch {
    // Synchronisation can be switched off by policy; content scripts have no session.
    return undefined;
  }
};

/** The settings as they were saved last: of this session, if nothing else took them, synchronised, or of this browser; else the defaults. */
export async function loadSettings(): Promise<Settings> {
  const [session, sync, local] = await Promise.all((["session", "sync", "local"] as const).map(readArea));
  return readSettings(session ?? sync ?? local);
}

/** Saves in the first storage that takes them, and says which; null when none does. What another holds is taken away, if it would be read first. */
export async function saveSettings(settings: Settings): Promise<Area | null> {
  for (const area of ["sync", "local", "session"] as const)
    try {
      await chrome.storage[area].set({ settings });
      const before = { sync: ["session"], local: ["session", "sync"], session: [] }[area] as Area[];
      for (const other of before) await chrome.storage[other].remove("settings").catch(() => {});
      return area;
    } catch {
      // Full, or refused.
    }
  return null;
}

/** Calls back whenever the settings change anywhere. */
export function onSettings(listener: (settings: Settings) => void): void {
  chrome.storage.onChanged.addListener((changes) => {
    if (changes.settings) void loadSettings().then(listener);
  });
}
