// The list of keys, and the keys themselves.
import type { PanelText } from "../src/services/panelTexts.js";
import { h } from "./dom.js";
import { t } from "./texts.js";

const KEYS: readonly (readonly [string, PanelText])[] = [
  ["← ↑ → ↓", "Moving the cell cursor"],
  ["Shift + ←", "Ten cells at once"],
  ["Home, End", "Ends of the row; with Ctrl the corners"],
  ["+  −  0", "Zoom in, zoom out, fit"],
  ["Alt + ←", "Pan"],
  ["1 … 5", "Tabs"],
  ["d  s  l", "Colours: diverging, sequential, logarithmic"],
  ["f", "Follow or pin"],
  ["r  c", "Row profile, column profile"],
  ["[  ]", "Rank of the approximation: less, more"],
  ["e", "Export"],
  ["t", "Table"],
  ["?", "This list"],
  ["Esc", "Back to the editor"],
];

export class Help {
  readonly element = h("section", { class: "help", id: "help", hidden: true, tabindex: -1 });

  label(): void {
    this.element.setAttribute("aria-label", t("Keys"));
    this.element.replaceChildren(h("dl", {}, ...KEYS.flatMap(([key, text]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, t(text))])));
  }

  toggle(): void {
    this.element.hidden = !this.element.hidden;
  }
}
