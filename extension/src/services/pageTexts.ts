// What a page with figures says, in the editor's language: its own texts and the phrases of figures in words.
import { figurePhrases } from "@scholium/core/figure";
import type { Texts } from "./l10n.js";

/** Only what differs from English is sent. */
export const pageTexts = (texts: Texts, own: readonly string[]) =>
  [...own, ...Object.values(figurePhrases)].map((key) => ({ key, text: texts.t(key) })).filter(({ key, text }) => key !== text);
