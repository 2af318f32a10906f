// What pages and the background tell each other. Every message is decoded from scratch: nothing that arrives is believed.
import { destinations, type PaperRef, paperOf, type SourceId, sourceOf, sources } from "@scholium/core/papers";

/** From a content script: "open these"; IDs are read again by the rules of their source. */
export interface OpenIds {
  readonly type: "open";
  readonly ids: readonly PaperRef[];
}

/** From a content script: how many papers its page has. */
export interface Count {
  readonly type: "count";
  readonly count: number;
}

/** From the popup alone: open these there; `confirmed` after the user agreed to many tabs. */
export interface OpenPapers {
  readonly type: "openPapers";
  readonly papers: readonly PaperRef[];
  readonly destination: string;
  readonly confirmed: boolean;
}

/** From the popup alone: what one would type behind the omnibox keyword. */
export interface OpenText {
  readonly type: "openText";
  readonly text: string;
}

/** From the popup alone: the answer to "really open so many tabs?". */
export interface Answer {
  readonly type: "answer";
  readonly open: boolean;
}

export type Message = OpenIds | Count | OpenPapers | OpenText | Answer;

const MAX_IDS = 5000;
const MAX_TEXT = 20_000;

/** A paper of a message, or null. Its ID counts only if its source reads it as it stands. */
function readPaper(value: unknown): PaperRef | null {
  if (typeof value !== "object" || value === null) return null;
  const { source, id, version, title } = value as Record<string, unknown>;
  if (typeof source !== "string" || typeof id !== "string" || id.length > 300 || !sources.some((s) => s.id === source)) return null;
  const ref: PaperRef = {
    source: source as SourceId,
    id,
    ...(Number.isInteger(version) && (version as number) > 0 && (version as number) < 10_000 && { version: version as number }),
    ...(typeof title === "string" && title && { title: title.slice(0, 300) }),
  };
  return paperOf(sourceOf(ref.source), id)?.id === id ? ref : null;
}

const readPapers = (value: unknown): PaperRef[] | null =>
  Array.isArray(value) && value.length <= MAX_IDS ? value.map(readPaper).filter((p): p is PaperRef => p !== null) : null;

const hasKeys = (value: object, keys: string) => Object.keys(value).sort().join(" ") === keys;

/** A message, or null for anything else. `trusted` says that it comes from a page of the extension itself. */
export function readMessage(value: unknown, trusted: boolean): Message | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const m = value as Record<string, unknown>;
  if (m.type === "open" && hasKeys(m, "ids type")) {
    const ids = readPapers(m.ids);
    return ids && { type: "open", ids };
  }
  if (m.type === "count" && hasKeys(m, "count type"))
    return Number.isInteger(m.count) && (m.count as number) >= 0 && (m.count as number) < 1e6 ? { type: "count", count: m.count as number } : null;
  if (!trusted) return null;
  if (m.type === "openPapers" && hasKeys(m, "confirmed destination papers type")) {
    const papers = readPapers(m.papers);
    const destination = destinations.find((d) => d.id === m.destination);
    return papers && destination && typeof m.confirmed === "boolean"
      ? { type: "openPapers", papers, destination: destination.id, confirmed: m.confirmed }
      : null;
  }
  if (m.type === "openText" && hasKeys(m, "text type"))
    return typeof m.text === "string" ? { type: "openText", text: m.text.slice(0, MAX_TEXT) } : null;
  if (m.type === "answer" && hasKeys(m, "open type")) return typeof m.open === "boolean" ? { type: "answer", open: m.open } : null;
  return null;
}

/** Sends a message; silent when the extension was updated under an old page. */
export async function send(message: Message): Promise<unknown> {
  try {
    return await chrome.runtime.sendMessage(message);
  } catch {
    return undefined;
  }
}
