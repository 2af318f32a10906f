// Decodes messages from scratch: nothing that arrives is believed.
import type { Destination, PaperRef, PaperSource } from "@scholium/core/papers";
import type { Message } from "../shared/messages.js";

const MAX_IDS = 5000;
const MAX_TEXT = 20_000;

/** What a message is checked against. */
export interface Known {
  readonly destinations: readonly Destination[];
  readonly sources: readonly PaperSource[];
  /** The paper a source reads of an ID, or null. */
  readonly paperOf: (source: PaperSource, id: string) => PaperRef | null;
}

/** A paper of a message, or null. Its ID counts only if its source reads it as it stands. */
function readPaper(value: unknown, { sources, paperOf }: Known): PaperRef | null {
  if (typeof value !== "object" || value === null) return null;
  const { source, id, version, title } = value as Record<string, unknown>;
  const from = sources.find((s) => s.id === source);
  if (!from || typeof id !== "string" || id.length > 300) return null;
  const ref = paperOf(from, id);
  if (ref?.id !== id) return null;
  return {
    source: ref.source,
    id,
    ...(Number.isInteger(version) && (version as number) > 0 && (version as number) < 10_000 && { version: version as number }),
    ...(typeof title === "string" && title && { title: title.slice(0, 300) }),
  };
}

const readPapers = (value: unknown, known: Known): PaperRef[] | null =>
  Array.isArray(value) && value.length <= MAX_IDS ? value.map((v) => readPaper(v, known)).filter((p): p is PaperRef => p !== null) : null;

const hasKeys = (value: object, keys: string) => Object.keys(value).sort().join(" ") === keys;

/** A message, or null for anything else. `trusted` says that it comes from a page of the extension itself. */
export function readMessage(value: unknown, trusted: boolean, known: Known): Message | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const m = value as Record<string, unknown>;
  if (m.type === "open" && hasKeys(m, "ids type")) {
    const ids = readPapers(m.ids, known);
    return ids && { type: "open", ids };
  }
  if (m.type === "count" && hasKeys(m, "count type"))
    return Number.isInteger(m.count) && (m.count as number) >= 0 && (m.count as number) < 1e6 ? { type: "count", count: m.count as number } : null;
  if (!trusted) return null;
  if (m.type === "openPapers" && hasKeys(m, "confirmed destination papers type")) {
    const papers = readPapers(m.papers, known);
    const destination = known.destinations.find((d) => d.id === m.destination);
    return papers && destination && typeof m.confirmed === "boolean"
      ? { type: "openPapers", papers, destination: destination.id, confirmed: m.confirmed }
      : null;
  }
  if (m.type === "openText" && hasKeys(m, "text type"))
    return typeof m.text === "string" ? { type: "openText", text: m.text.slice(0, MAX_TEXT) } : null;
  if (m.type === "answer" && hasKeys(m, "open type")) return typeof m.open === "boolean" ? { type: "answer", open: m.open } : null;
  return null;
}
