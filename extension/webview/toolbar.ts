// The buttons and menus above the picture: they show what is chosen and say what is chosen anew.
import type { ExportFormat, Sight } from "../src/panelMessages.js";
import { h } from "./dom.js";
import { type IconName, icon } from "./icons.js";
import { type Picture, pictureTexts, scaleTexts } from "./stage.js";
import { name, type Text, t } from "./texts.js";
import type { Scale } from "./tiles.js";

export interface ToolbarActions {
  readonly pin: () => void;
  readonly goto: () => void;
  readonly choose: (picture: Picture) => void;
  readonly setScale: (scale: Scale | "auto") => void;
  readonly toggleTable: () => void;
  readonly exportAs: (format: ExportFormat) => void;
  readonly toggleKeys: () => void;
}

/** What the toolbar shows. */
export interface ToolbarState {
  readonly kind: Sight["kind"];
  readonly pinned: boolean;
  readonly pictures: readonly Picture[];
  readonly shown: Picture;
  readonly scale: Scale | "auto";
  readonly asTable: boolean;
}

/** Formats of a figure, and of a value by its kind. */
const FIGURES = [
  ["svg", "Figure as SVG"],
  ["png", "Figure as PNG"],
] as const;
const FILES: Readonly<Record<Sight["kind"], readonly (readonly [ExportFormat, string])[]>> = {
  matrix: [
    ["csv", "CSV"],
    ["npy", "NPY"],
    ["latex", "LaTeX"],
    ["numpy", "NumPy"],
  ],
  plot: [
    ["latex", "LaTeX"],
    ["numpy", "NumPy"],
  ],
};

export class Toolbar {
  readonly element: HTMLElement;
  readonly #pin: HTMLButtonElement;
  readonly #table: HTMLButtonElement;
  readonly #picture = h("select", { "data-label": "View", id: "picture" });
  readonly #scale = h("select", { "data-label": "Colours", id: "scale" });
  readonly #export = h("select", { "data-label": "Export", id: "export" });

  constructor(actions: ToolbarActions) {
    this.#pin = h("button", { type: "button", id: "pin", onclick: actions.pin });
    this.#table = iconButton("table", "Show as table", "table", actions.toggleTable);
    this.#picture.addEventListener("change", () => actions.choose(this.#picture.value as Picture));
    this.#scale.addEventListener("change", () => actions.setScale(this.#scale.value as Scale | "auto"));
    this.#export.addEventListener("change", () => {
      const { value } = this.#export;
      this.#export.value = "";
      actions.exportAs(value as ExportFormat);
    });
    this.element = h(
      "div",
      { class: "toolbar", role: "toolbar" },
      this.#pin,
      iconButton("goto", "Go to formula", "goto", actions.goto),
      this.#picture,
      this.#scale,
      this.#export,
      this.#table,
      iconButton("keys", "Keys", "keys", actions.toggleKeys),
    );
  }

  focusExport(): void {
    this.#export.focus();
  }

  show({ kind, pinned, pictures, shown, scale, asTable }: ToolbarState): void {
    const state = t(pinned ? "Pinned" : "Following");
    this.#pin.replaceChildren(icon(pinned ? "pin" : "follow"), h("span", {}, state));
    this.#pin.setAttribute("aria-pressed", String(pinned));
    this.#pin.title = state;
    this.#table.replaceChildren(icon(asTable ? "picture" : "table"));
    this.#table.setAttribute("aria-pressed", String(asTable));
    name(this.#table, asTable ? "Show as picture" : "Show as table");
    offer(
      this.#picture,
      pictures.map((p) => [p, t(pictureTexts[p])]),
      shown,
    );
    offer(
      this.#scale,
      Object.entries(scaleTexts).map(([value, text]) => [value, t(text)]),
      scale,
    );
    this.#scale.hidden = shown !== "heatmap";
    offer(this.#export, [["", t("Export")], ...FIGURES.map(([value, text]) => [value, t(text)] as const), ...FILES[kind]], "");
  }
}

const iconButton = (shown: IconName, label: Text, id: string, act: () => void): HTMLButtonElement =>
  h("button", { type: "button", class: "icon", id, onclick: act, "data-label": label }, icon(shown));

/** The options of a menu. They are made anew only when they are others, as an open menu would be closed. */
function offer(menu: HTMLSelectElement, options: readonly (readonly [value: string, text: string])[], chosen: string): void {
  const known = [...menu.options].map((o) => `${o.value} ${o.text}`).join("\n");
  if (known !== options.map(([value, text]) => `${value} ${text}`).join("\n"))
    menu.replaceChildren(...options.map(([value, text]) => h("option", { value }, text)));
  menu.value = chosen;
}
