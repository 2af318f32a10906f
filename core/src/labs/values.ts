// Values for a lab from whatever a link, a command or a kept page says: what does not fit is replaced, and said.

import type { Input, Lab, Values } from "./lab.js";

export const LARGEST_SEED = 2 ** 31 - 1;

export interface Misfit {
  readonly name: string;
  readonly kind: "unknown" | "not a number" | "out of range" | "no such choice";
  readonly given: string;
  /** What is taken instead; empty for a name the lab does not have. */
  readonly taken: string;
}

const LONGEST = 64;

/** The nearest allowed number: inside the range and on its steps (on a log scale to three digits). */
function nearest(input: Input & { kind: "range" }, v: number): number {
  const inside = Math.min(input.max, Math.max(input.min, v));
  if (input.scale === "log" && input.step < 1) return Number(inside.toPrecision(3));
  const stepped = input.min + Math.round((inside - input.min) / input.step) * input.step;
  return Number(Math.min(input.max, Math.max(input.min, stepped)).toPrecision(12));
}

function read(input: Input, given: unknown): { value: number | string; kind?: Misfit["kind"] } {
  if (input.kind === "choice")
    return input.options.some((o) => o.value === given) ? { value: given as string } : { value: input.value, kind: "no such choice" };
  const v = typeof given === "number" ? given : typeof given === "string" && given.trim() !== "" ? Number(given) : Number.NaN;
  if (!Number.isFinite(v)) return { value: input.value, kind: "not a number" };
  if (input.kind === "seed") {
    const seed = Math.min(LARGEST_SEED, Math.max(0, Math.round(v)));
    return { value: seed, ...(seed === v ? {} : { kind: "out of range" as const }) };
  }
  return { value: nearest(input, v), ...(v < input.min || v > input.max ? { kind: "out of range" as const } : {}) };
}

/** Every input gets a value: the given one when it fits, the nearest one when it is out of range, its default otherwise. */
export function readValues(lab: Lab, given: Readonly<Record<string, unknown>> = {}): { values: Values; misfits: readonly Misfit[] } {
  const misfits: Misfit[] = [];
  const text = (v: unknown) => String(v).slice(0, LONGEST);
  for (const [name, v] of Object.entries(given))
    if (!lab.inputs.some((i) => i.name === name) && misfits.length < 16)
      misfits.push({ name: text(name), kind: "unknown", given: text(v), taken: "" });
  const values = Object.fromEntries(
    lab.inputs.map((input) => {
      if (!Object.hasOwn(given, input.name)) return [input.name, input.value];
      const { value, kind } = read(input, given[input.name]);
      if (kind) misfits.push({ name: input.name, kind, given: text(given[input.name]), taken: String(value) });
      return [input.name, value];
    }),
  );
  return { values, misfits };
}

/** scholium:lab/ID?name=value&..., with the values that are not the lab's own. */
export function labLink(lab: Lab, values: Values): string {
  const query = lab.inputs
    .filter((i) => values[i.name] !== undefined && values[i.name] !== i.value)
    .map((i) => `${i.name}=${encodeURIComponent(String(values[i.name]))}`)
    .join("&");
  return `scholium:lab/${lab.id}${query ? `?${query}` : ""}`;
}

/** Lab and values a link names, or null when it is no such link. Values may have been encoded twice on their way. */
export function parseLabLink(link: string): { id: string; values: Record<string, string> } | null {
  const match = /^scholium:lab\/([a-z0-9-]{1,64})(?:\?([^#]{0,2000}))?$/.exec(link);
  if (!match) return null;
  const values: Record<string, string> = {};
  for (const part of (match[2] ?? "").split("&")) {
    const at = part.indexOf("=");
    if (at <= 0) continue;
    try {
      values[decodeURIComponent(part.slice(0, at))] = decodeURIComponent(part.slice(at + 1));
    } catch {
      // A broken escape names nothing.
    }
  }
  return { id: match[1] as string, values };
}
