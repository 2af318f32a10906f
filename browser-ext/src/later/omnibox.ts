// The address bar behind the keyword `cp`: IDs and addresses are opened, words searched for.
import { plainId } from "@scholium/core/papers";
import type { Where } from "../background/open.js";
import { t, thisMonth } from "../shared/i18n.js";
import type { Shared } from "./main.js";

const SUGGESTIONS = 6;

/** Chromium reads suggestions as markup, Firefox as text: neither gets the characters of markup. */
const plain = (text: string) => text.replace(/[<>&"']/g, " ").slice(0, 200);

/** Chromium at times drops what is said of a text while the next is being typed, and what is said after it too: only a text that rests is spoken of. */
const REST_MS = 40;
let latest = 0;

/** Says what Enter will do with what was typed. */
export async function onInputChanged(shared: Shared, text: string, suggest: (suggestions: chrome.omnibox.SuggestResult[]) => void): Promise<void> {
  const own = ++latest;
  await new Promise((resolve) => setTimeout(resolve, REST_MS));
  if (own !== latest) return;
  const { destinations, planText, sources } = shared;
  const settings = await shared.settings();
  const planned = planText(text, { now: thisMonth() });
  if (planned.kind === "none") {
    chrome.omnibox.setDefaultSuggestion({ description: t("omniboxHint") });
    suggest([]);
  } else if (planned.kind === "search") {
    const place = destinations.find((d) => d.id === settings.destination && d.search) ?? destinations[0];
    chrome.omnibox.setDefaultSuggestion({ description: plain(t("omniboxSearch", place.name, planned.query)) });
    suggest([]);
  } else {
    const ids = planned.papers.map((p) => plainId(p, sources.find((s) => s.id === p.source)!.name));
    chrome.omnibox.setDefaultSuggestion({ description: plain(t("omniboxOpen", ids.join(", "))) });
    suggest(
      ids.length < 2
        ? []
        : ids.slice(0, SUGGESTIONS).map((id, i) => ({ content: contentOf(planned.papers[i].source, id), description: plain(t("omniboxOpen", id)) })),
    );
  }
}

/** What is read back when a suggestion is chosen. */
const contentOf = (source: string, id: string) => (source === "arxiv" ? id : id.split(" ").pop()!);

const POSITION: Readonly<Record<string, Where["position"]>> = { currentTab: "same", newForegroundTab: "beside", newBackgroundTab: "background" };

export async function onInputEntered({ carryOut, planText }: Shared, text: string, disposition?: string): Promise<void> {
  const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true }).catch(() => []);
  await carryOut(planText(text, { now: thisMonth() }), { ...(tab && { tab }), position: POSITION[disposition ?? "currentTab"] ?? "same" });
}
