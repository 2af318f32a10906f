// The reader's language for what the engine says itself. English is the key, as in the editor's own bundle of translations; without a
// translation the English stands. A part that is a word of ours and not of the reader's formula has the key `word/part`, its
// numbers written {n}.
import { type FormulaError, type Phrase, spoken } from "@scholium/core/expr";

/** Says a text, or a phrase with parts, in the reader's language. */
export type Say = (phrase: string | Phrase) => string;

export const english: Say = spoken;

const NUMBERS = /\d+/g;

/** A template with fewer letters of its own would fit what it is not meant for. */
const LEAST_LETTERS = 6;

/** A translated template as the texts it makes: its words, with anything in the places of its parts. */
function pattern(key: string): RegExp | null {
  const parts = key.split(/\{\d+\}/);
  if (parts.length < 2 || parts.join("").replace(/[^a-z]/gi, "").length < LEAST_LETTERS) return null;
  return new RegExp(`^${parts.map((p) => p.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("(.+?)")}$`, "s");
}

/** Speaks by a table of translations. A text that was put together before it came here is known by the template it fits. */
export function tongue(phrases: readonly { readonly key: string; readonly text: string }[]): Say {
  if (phrases.length === 0) return english;
  let patterns: { readonly test: RegExp; readonly places: readonly string[]; readonly text: string }[] | undefined;
  const fitting = (said: string): string | undefined => {
    patterns ??= phrases.flatMap(({ key, text }) => {
      const test = pattern(key);
      return test ? [{ test, places: [...key.matchAll(/\{\d+\}/g)].map(String), text }] : [];
    });
    for (const { test, places, text } of patterns) {
      const parts = test.exec(said);
      if (parts) return places.reduce((all, place, i) => all.replace(place, () => parts[i + 1] as string), text);
    }
    return undefined;
  };
  const known = new Map(phrases.map(({ key, text }) => [key, text]));
  const word = (part: string | number) => {
    if (typeof part === "number") return part;
    const numbers = part.match(NUMBERS) ?? [];
    const text = known.get(`${part.replace(NUMBERS, "{n}")}/part`);
    return text === undefined ? part : numbers.reduce((all, n) => all.replace("{n}", n), text);
  };
  return (phrase) => {
    if (typeof phrase === "string") return known.get(phrase) ?? fitting(phrase) ?? phrase;
    const template = known.get(phrase.template);
    if (template === undefined) return spoken(phrase);
    return spoken({ template, data: Object.fromEntries(Object.entries(phrase.data).map(([k, part]) => [k, word(part)])) });
  };
}

/** Texts are cut to what a message may hold. */
const LONGEST = 4096;
const cut = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

/** What an error of the formula language says to the reader. */
export function saidOf(error: FormulaError, say: Say): { message: string; hint?: string } {
  const { message, template, data, hint, hintTemplate, hintData } = error;
  return {
    message: cut(say(template === undefined ? message : { template, data: data ?? {} })),
    ...(hint ? { hint: cut(say(hintTemplate === undefined ? hint : { template: hintTemplate, data: hintData ?? {} })) } : {}),
  };
}
