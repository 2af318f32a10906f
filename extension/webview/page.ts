// What a panel and a lab have in common on the page: buttons, tables, lines of facts, and how figures are drawn.
import type { Palette, ThemeKind } from "@scholium/core/figure";
import { h } from "./dom.js";
import type { Drawing } from "./figureBox.js";
import { setTexts, type Text, t } from "./texts.js";

/** What the host says of the editor. */
export interface Surroundings {
  readonly theme: ThemeKind;
  readonly palette: Palette;
  readonly motion: boolean;
  readonly texts: readonly { readonly key: string; readonly text: string }[];
}

let surroundings: Surroundings | null = null;

export function surround(next: Surroundings): void {
  surroundings = next;
  setTexts(next.texts);
  document.body.classList.toggle("still", !next.motion);
}

/** How figures are drawn; before the host has spoken, as the editor's own mark on the page says. */
export const drawing = (): Drawing => ({
  theme: surroundings?.theme ?? (document.body.classList.contains("vscode-light") ? "light" : "dark"),
  palette: surroundings?.palette ?? "auto",
});

export const button = (key: Text, id: string, act: () => void, attributes: Readonly<Record<string, string>> = {}): HTMLButtonElement =>
  h("button", { type: "button", id, onclick: act, "data-text": key, ...attributes });

/** A button that is pressed or not, under the words of its state. */
export function press(button: HTMLButtonElement, pressed: boolean, key: Text): void {
  button.setAttribute("aria-pressed", String(pressed));
  button.textContent = t(key);
}

/** Names with what they say, for a list of definitions. */
export const definitions = (lines: readonly { readonly label: string; readonly value: string }[]): HTMLElement[] =>
  lines.flatMap(({ label, value }) => [h("dt", {}, label), h("dd", {}, value)]);

/** A table with a head and a first column of headers. A caption that says the same as the table is for those who do not see it. */
export const tableOf = (caption: string, head: readonly string[], rows: readonly (readonly string[])[], unseen = false): HTMLTableElement =>
  h(
    "table",
    {},
    h("caption", unseen ? { class: "unseen" } : {}, caption),
    h("thead", {}, h("tr", {}, ...head.map((text) => (text ? h("th", { scope: "col" }, text) : h("td"))))),
    h("tbody", {}, ...rows.map(([first, ...rest]) => h("tr", {}, h("th", { scope: "row" }, first), ...rest.map((text) => h("td", {}, text))))),
  );
