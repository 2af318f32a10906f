// What the engine does, written into the log for those who want to see it. Never the text of a document: places and times only.
import type { EngineLog } from "./engine.js";
import type { Settings } from "./settings.js";

/** The place a question is about, without text. */
function placeText(ask: unknown): string {
  const { place, uri, version, key } = ask as {
    place?: { uri: string; version: number; range: readonly number[] };
    uri?: string;
    version?: number;
    key?: string;
  };
  if (place) return `${place.uri} v${place.version} ${place.range.join("-")}`;
  return uri ? `${uri} v${version ?? ""}` : (key ?? "");
}

/** A line for each job: with `messages` its kind, outcome and time; with `verbose` also where in which document. */
export function jobTrace(settings: Settings, write: (line: string) => void): EngineLog["trace"] {
  return (kind, outcome, ask) => {
    const level = settings.trace();
    if (level === "off") return;
    const time = outcome.status === "done" ? ` ${outcome.milliseconds.toFixed(1)} ms` : "";
    write(`${kind}: ${outcome.status}${time}${level === "verbose" ? ` ${placeText(ask())}` : ""}`);
  };
}
