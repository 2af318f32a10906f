// The words of a panel or lab. English is the key; the host sends what is different in the editor's language.
import { type Figure, figureText, type Wording } from "@scholium/core/figure";
import type { LabText } from "../src/services/labTexts.js";
import type { PanelText } from "../src/services/panelTexts.js";

/** A text of these pages. */
export type Text = PanelText | LabText;

const texts = new Map<string, string>();

export function setTexts(pairs: readonly { readonly key: string; readonly text: string }[]): void {
  texts.clear();
  for (const { key, text } of pairs) texts.set(key, text);
}

const fill = (text: string, values: readonly (string | number)[]) => text.replace(/\{(\d)\}/g, (_, i) => String(values[Number(i)] ?? ""));

/** A text with {0}, {1} ... filled in. */
export const t = (key: Text, ...values: readonly (string | number)[]): string => fill(texts.get(key) ?? key, values);

/** The phrases of a figure in words. */
export const wording: Wording = (phrase, parts) => fill(texts.get(phrase) ?? phrase, parts);

/** Figures in words; their titles are in the editor's language already. */
export const wordsOf = (figures: readonly Figure[]): string => figures.map((f) => figureText(f, wording)).join(" ");

/** Writes the texts that elements below this one name: `data-text` as content, `data-label` as name and tooltip. */
export function labelled(root: ParentNode): void {
  for (const e of root.querySelectorAll<HTMLElement>("[data-text]")) e.textContent = t(e.dataset["text"] as Text);
  for (const e of root.querySelectorAll<HTMLElement>("[data-label]")) name(e, e.dataset["label"] as Text);
}

/** Gives an element a name, which is its tooltip too. */
export function name(element: HTMLElement, key: Text): void {
  element.dataset["label"] = key;
  element.setAttribute("aria-label", t(key));
  element.title = t(key);
}

/** A word of the engine, when it is known; titles with a number at the end too. */
export function translated(text: string): string {
  const known = texts.get(text);
  if (known !== undefined) return known;
  const numbered = /^(Row|Column|Rank) (\d+)$/.exec(text);
  const pattern = numbered && texts.get(`${numbered[1]} {0}`);
  return pattern ? fill(pattern, [numbered[2]]) : text;
}

/** A figure with its titles in the editor's language. */
export function localized(figure: Figure): Figure {
  if (texts.size === 0) return figure;
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === "string") return key === "title" || key === "name" || key === "axes" ? translated(value) : value;
    if (Array.isArray(value)) return typeof value[0] === "number" ? value : value.map((v) => walk(v, key));
    if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, walk(v, k)]));
  };
  return walk(figure, "") as Figure;
}
