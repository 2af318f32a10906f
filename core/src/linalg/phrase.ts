// A sentence whose parts are kept apart from its words, so that a face can say it in the reader's language.

/** A sentence with its parts apart: {0}, {1} ... stand for the parts. */
export interface Phrase {
  readonly template: string;
  readonly data: PhraseData;
}

/** What stands in the places of a template, by "0", "1" ...; a part may be a phrase itself. */
export type PhraseData = Readonly<Record<string, string | number | Phrase>>;

/** A sentence that is its own key, or one with parts. */
export type Sentence = string | Phrase;

type Part = string | number | bigint | undefined | null | Phrase;

/** A part as plain data that JSON holds too, so NaN and infinities as words. */
const plain = (part: Part) => (Number.isFinite(part) || (typeof part === "object" && part !== null) ? (part as number | Phrase) : String(part));

/** A phrase as a tagged template: said`cannot multiply ${left} by ${right}`. */
export const said = (texts: TemplateStringsArray, ...parts: readonly Part[]): Phrase => ({
  template: texts.slice(1).reduce((all, text, k) => `${all}{${k}}${text}`, texts[0] as string),
  data: Object.fromEntries(parts.map((part, k) => [k, plain(part)])),
});

/** What a sentence says in English. */
export const spoken = (p: Sentence): string =>
  typeof p === "string"
    ? p
    : p.template.replace(/\{(\d+)\}/g, (all, k: string) => {
        const part = p.data[k] ?? all;
        return typeof part === "object" ? spoken(part) : String(part);
      });

/** A sentence as a phrase: one without parts is its own template. */
export const phrase = (sentence: Sentence): Phrase => (typeof sentence === "string" ? { template: sentence, data: {} } : sentence);

/** Sentences one after the other, as one: "symmetric, orthogonal". There must be one at least. */
export const listOf = (items: readonly Sentence[]): Sentence => items.reduce((list, item) => said`${phrase(list)}, ${phrase(item)}`);

/** A message and a hint in English, and beside each its template and parts where it has any; without a template the text is its own key. */
export interface Spoken {
  readonly message: string;
  readonly hint?: string;
  /** The message with its parts left open ("cannot multiply {0} by {1}"). */
  readonly template?: string;
  readonly data?: PhraseData;
  readonly hintTemplate?: string;
  readonly hintData?: PhraseData;
}

/** A message and a hint as plain data. */
export const spokenOf = (message: Sentence, hint?: Sentence): Spoken => ({
  message: spoken(message),
  ...(hint !== undefined && { hint: spoken(hint) }),
  ...(typeof message !== "string" && { template: message.template, data: message.data }),
  ...(typeof hint === "object" && { hintTemplate: hint.template, hintData: hint.data }),
});

/** The message of plain data with its parts apart again. */
export const messageOf = ({ message, template, data = {} }: Spoken): Sentence => (template === undefined ? message : { template, data });

/** The hint of plain data with its parts apart again, when there is one. */
export const hintOf = ({ hint, hintTemplate, hintData = {} }: Spoken): Sentence | undefined =>
  hintTemplate === undefined ? hint : { template: hintTemplate, data: hintData };
