// What a plot runs over and its parameters: a variable for each axis with its interval, a slider for every other name.
import type { Part, Sight } from "../src/panelMessages.js";
import { h } from "./dom.js";
import { t } from "./texts.js";

export type Form = "curve" | "contour" | "surface";

/** Names that are more likely to be run over than set, the likeliest first. */
const USUAL = ["x", "t", "y", "z", "u", "v", "s", "r", "\\theta", "\\phi", "\\omega", "\\tau", "p", "q", "w", "n"];
const PAIRS = ["x y", "u v", "s t", "t x", "x z", "y z", "r \\theta", "p q"];

const spoken = (name: string) => name.replace(/^\\/, "").replace(/[{}]/g, "");

interface Range {
  from: number;
  to: number;
}

export class PlotControls {
  readonly element = h("div", { class: "plot-controls" });
  #names: readonly string[] = [];
  #x = "";
  #y = "";
  #form: Form = "curve";
  readonly #ranges = new Map<string, Range>();
  readonly #values = new Map<string, number>();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Another function; what was chosen for names it shares with the last one stays. Answers the form it is best drawn in. */
  set(sight: Sight): Form {
    const same = sight.names.join(" ") === this.#names.join(" ");
    this.#names = sight.names;
    if (!same) {
      const rank = (n: string) => (USUAL.includes(n) ? USUAL.indexOf(n) : USUAL.length);
      const sorted = [...sight.names].sort((a, b) => rank(a) - rank(b));
      const [x, y] = sight.arity > 0 ? sight.names : sorted;
      this.#x = x ?? "";
      this.#y = y ?? "";
      const flat = sight.arity === 2 || (sight.arity === 0 && sight.names.length === 2 && PAIRS.includes([x, y].sort().join(" ")));
      this.#form = flat ? "contour" : "curve";
    }
    this.draw();
    return this.#form;
  }

  setForm(form: Form): void {
    if (form !== "curve" && this.#names.length < 2) return;
    this.#form = form;
    this.draw();
  }

  get form(): Form {
    return this.#form;
  }

  /** The forms the function can be drawn in. */
  forms = (): readonly Form[] => (this.#names.length < 2 ? ["curve"] : ["curve", "contour", "surface"]);

  question(): Part {
    const variables = (this.#form === "curve" ? [this.#x] : [this.#x, this.#y]).map((name) => ({ name, ...this.#range(name) }));
    const parameters = this.#names.filter((n) => !variables.some((v) => v.name === n)).map((name) => ({ name, value: this.#value(name) }));
    return { kind: "sample", form: this.#form, variables, parameters };
  }

  #range(name: string): Range {
    const known = this.#ranges.get(name);
    if (known) return known;
    const fresh = { from: -5, to: 5 };
    this.#ranges.set(name, fresh);
    return fresh;
  }

  #value = (name: string): number => this.#values.get(name) ?? 1;

  draw(): void {
    const axes: (readonly [string, string, (name: string) => void])[] = [
      [t("Horizontal axis"), this.#x, (n) => this.#choose("x", n)],
      ...(this.#form === "curve" ? [] : ([[t("Vertical axis"), this.#y, (n: string) => this.#choose("y", n)]] as const)),
    ];
    const used = axes.map(([, name]) => name);
    this.element.replaceChildren(
      ...axes.map(([label, name, choose]) => this.#axis(label, name, choose)),
      ...this.#names.filter((n) => !used.includes(n)).map((name) => this.#slider(name)),
    );
  }

  #choose(axis: "x" | "y", name: string): void {
    if (axis === "x") {
      if (name === this.#y) this.#y = this.#x;
      this.#x = name;
    } else {
      if (name === this.#x) this.#x = this.#y;
      this.#y = name;
    }
    this.draw();
    this.#changed();
  }

  #axis(label: string, name: string, choose: (name: string) => void): HTMLElement {
    const select = h("select", { "aria-label": label }, ...this.#names.map((n) => h("option", { value: n, selected: n === name }, spoken(n))));
    select.addEventListener("change", () => choose(select.value));
    const range = this.#range(name);
    const end = (key: "from" | "to") => {
      const box = h("input", { type: "number", step: "any", value: range[key], "aria-label": `${spoken(name)} ${t(key)}` });
      box.addEventListener("change", () => {
        const v = box.valueAsNumber;
        // An interval that runs backwards or has no length is not taken.
        if (!Number.isFinite(v) || !(key === "from" ? v < range.to : v > range.from)) box.value = String(range[key]);
        else {
          range[key] = v;
          this.#changed();
        }
      });
      return box;
    };
    return h(
      "div",
      { class: "control" },
      h("span", { class: "control-name" }, label),
      h("div", { class: "control-row" }, select, end("from"), h("span", {}, "…"), end("to")),
    );
  }

  #slider(name: string): HTMLElement {
    const value = this.#value(name);
    const reach = Math.max(5, Math.ceil(Math.abs(value)));
    const slider = h("input", { type: "range", min: -reach, max: reach, step: reach / 100, value, "aria-label": spoken(name) });
    const box = h("input", { type: "number", step: "any", value, "aria-label": spoken(name) });
    const take = (v: number) => {
      if (!Number.isFinite(v)) return;
      this.#values.set(name, v);
      this.#changed();
    };
    slider.addEventListener("input", () => {
      box.value = slider.value;
      take(slider.valueAsNumber);
    });
    box.addEventListener("change", () => {
      take(box.valueAsNumber);
      this.draw();
    });
    return h("div", { class: "control" }, h("span", { class: "control-name" }, spoken(name)), h("div", { class: "control-row" }, slider, box));
  }
}
