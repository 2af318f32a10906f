// The reader's language for what the engine says itself. English is the key, as in the editor's own bundle of translations; without a
// translation the English stands. A part that is a word of ours and not of the reader's formula has the key `word/part`, its
// numbers written {n}.
import { hintOf, messageOf, type Phrase, type Sentence, type Spoken, spoken } from "@scholium/core/expr";

/** Says a sentence in the reader's language. */
export type Say = (sentence: Sentence) => string;

export const english: Say = spoken;

const NUMBERS = /\d+/g;

const PLACE = /(?:(?<=\p{sc=Han}) )?\{(\d+)\}(?: (?=\p{sc=Han}))?/gu;

/** Chinese takes a blank before a Latin letter or a number and none before its own: a template's blanks about a Chinese part go. */
function setClose({ template, data }: Phrase): Phrase {
  const closed = template.replace(PLACE, (place, k: string) => {
    const part = String(data[k]);
    const before = place.startsWith(" ") && !/^\p{sc=Han}/u.test(part);
    const after = place.endsWith(" ") && !/\p{sc=Han}$/u.test(part);
    return `${before ? " " : ""}{${k}}${after ? " " : ""}`;
  });
  return { template: closed, data };
}

/** Speaks by a table of translations. */
export function tongue(phrases: readonly { readonly key: string; readonly text: string }[]): Say {
  if (phrases.length === 0) return english;
  const known = new Map(phrases.map(({ key, text }) => [key, text]));
  const word = (part: string | number | Phrase): string | number => {
    if (typeof part === "number") return part;
    if (typeof part === "object") return say(part);
    const numbers = part.match(NUMBERS) ?? [];
    const text = known.get(`${part.replace(NUMBERS, "{n}")}/part`);
    return text === undefined ? part : numbers.reduce((all, n) => all.replace("{n}", n), text);
  };
  const say: Say = (phrase) => {
    if (typeof phrase === "string") return known.get(phrase) ?? phrase;
    const template = known.get(phrase.template);
    if (template === undefined) return spoken(phrase);
    return spoken(setClose({ template, data: Object.fromEntries(Object.entries(phrase.data).map(([k, part]) => [k, word(part)])) }));
  };
  return say;
}

/** Texts are cut to what a message may hold. */
const LONGEST = 4096;
const cut = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

/** What an error of the formula language or of the mathematics says to the reader. */
export function saidOf(error: Spoken, say: Say): { message: string; hint?: string } {
  const hint = hintOf(error);
  return { message: cut(say(messageOf(error))), ...(hint ? { hint: cut(say(hint)) } : {}) };
}
