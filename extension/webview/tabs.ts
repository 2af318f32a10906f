// The tabs beside the figure. Each asks the engine when it is looked at, and again when the value is another.
import type { FactorName, PartAnswer, Sight } from "../src/panelMessages.js";
import type { PanelText } from "../src/services/panelTexts.js";
import { AnswerBox } from "./answer.js";
import { h } from "./dom.js";
import { drawing } from "./page.js";
import { askLatest } from "./questions.js";
import { labelled, t } from "./texts.js";

export const TABS = ["Facts", "Spectrum", "Distribution", "Factors", "Compare"] as const satisfies readonly PanelText[];
export type TabName = (typeof TABS)[number];

export interface TabWorld {
  readonly sight: () => Sight | null;
  readonly others: () => readonly { readonly key: string; readonly title: string }[];
  readonly rank: () => number;
  readonly setRank: (rank: number) => void;
  readonly showApproximation: () => void;
  readonly say: (words: string) => void;
}

interface Tab {
  readonly element: HTMLElement;
  /** Asks and shows. */
  show(sight: Sight): void;
  recolor(): void;
}

const factorNames: Readonly<Record<FactorName, string>> = {
  lu: "LU",
  qr: "QR",
  cholesky: "Cholesky",
  svd: "SVD",
  eigen: "EVD",
  schur: "Schur",
  polar: "Polar",
};

const plain = (width: number) => Math.round(Math.min(220, Math.max(150, width * 0.62)));
/** Of matrices, which share the width with a legend. */
const squarish = (width: number) => Math.round(Math.min(340, width - 34));

function factsTab(): Tab {
  const box = new AnswerBox("small", plain);
  const remarks = h("ul", { class: "remarks" });
  const text = h("pre", { class: "printed" });
  const summary = h("summary", { "data-text": "Entries" });
  const details = h("details", {}, summary, text);
  const element = h("div", {}, box.element, remarks, details);
  return {
    element,
    show(sight) {
      remarks.replaceChildren(...sight.remarks.map((r) => h("li", {}, r)));
      details.hidden = !sight.text;
      summary.textContent = t(sight.kind === "plot" ? "Details" : "Entries");
      text.textContent = sight.latex && sight.kind === "plot" ? sight.latex : sight.text;
      const ask = (force: boolean) => askLatest("facts", { kind: "facts", force }, (answer) => box.show(answer, drawing(), () => ask(true)));
      ask(false);
    },
    recolor: () => {},
  };
}

function spectrumTab(world: TabWorld): Tab {
  const box = new AnswerBox("small", plain);
  const slider = h("input", { type: "range", min: 0, max: 1, step: 1, id: "rank" });
  const output = h("output", { for: "rank" });
  const show = h("button", { type: "button", onclick: () => world.showApproximation(), "data-text": "Show the approximation" });
  const label = h("label", { for: "rank", "data-text": "Rank of the approximation" });
  const controls = h("div", { class: "control", hidden: true }, label, h("div", { class: "control-row" }, slider, output), show);
  slider.addEventListener("input", () => world.setRank(Number(slider.value)));
  const element = h("div", {}, controls, box.element);
  return {
    element,
    show(sight) {
      const ask = (force: boolean) =>
        askLatest("spectrum", { kind: "spectrum", rank: world.rank(), force }, (answer: PartAnswer) => {
          box.show(answer, drawing(), () => ask(true));
          const most = answer.kind === "pictures" ? (answer.rank ?? 0) : 0;
          controls.hidden = most < 2 || sight.kind !== "matrix";
          slider.max = String(most);
          slider.value = String(Math.min(world.rank(), most));
          output.textContent = t("rank {0} of {1}", Math.min(world.rank(), most), most);
          slider.setAttribute("aria-valuetext", output.textContent);
        });
      ask(false);
    },
    recolor: () => box.box.recolor(drawing()),
  };
}

function distributionTab(): Tab {
  const box = new AnswerBox("small", plain);
  return {
    element: box.element,
    show: () => askLatest("distribution", { kind: "distribution" }, (answer) => box.show(answer, drawing())),
    recolor: () => box.box.recolor(drawing()),
  };
}

interface FactorsTab extends Tab {
  choose(name: FactorName): void;
}

function factorsTab(world: TabWorld): FactorsTab {
  const box = new AnswerBox("small", squarish);
  const select = h("select", { "data-label": "Factorisation", id: "factor" });
  let chosen: FactorName = "lu";
  let shown: Sight | null = null;
  const ask = (force: boolean) =>
    askLatest("factors", { kind: "factors", name: chosen, force }, (answer) => {
      box.show(answer, drawing(), () => ask(true));
      if (answer.kind === "refused") world.say(answer.message);
    });
  select.addEventListener("change", () => {
    chosen = select.value as FactorName;
    ask(false);
  });
  const element = h("div", {}, h("div", { class: "control" }, select), box.element);
  return {
    element,
    show(sight) {
      shown = sight;
      if (!sight.factors.includes(chosen)) chosen = sight.factors[0] ?? "lu";
      select.replaceChildren(...sight.factors.map((name) => h("option", { value: name, selected: name === chosen }, factorNames[name])));
      select.hidden = sight.factors.length === 0;
      select.setAttribute("aria-label", t("Factorisation"));
      if (sight.factors.length) ask(false);
      else box.show({ kind: "refused", message: "", costly: false }, drawing());
    },
    recolor: () => shown && box.box.recolor(drawing()),
    choose: (name) => {
      chosen = name;
    },
  };
}

function compareTab(world: TabWorld): Tab {
  const box = new AnswerBox("small", squarish);
  const select = h("select", { "data-label": "Compare with", id: "other" });
  let chosen = "";
  const ask = () => askLatest("compare", { kind: "compare", other: chosen }, (answer) => box.show(answer, drawing()));
  select.addEventListener("change", () => {
    chosen = select.value;
    ask();
  });
  const element = h("div", {}, h("div", { class: "control" }, select), box.element);
  return {
    element,
    show() {
      const others = world.others();
      select.hidden = others.length === 0;
      select.setAttribute("aria-label", t("Compare with"));
      if (!others.some((o) => o.key === chosen)) chosen = others[0]?.key ?? "";
      select.replaceChildren(...others.map(({ key, title }) => h("option", { value: key, selected: key === chosen }, title)));
      if (chosen) ask();
      else box.show({ kind: "refused", message: t("Pin this panel, then visualize another matrix to compare them."), costly: false }, drawing());
    },
    recolor: () => box.box.recolor(drawing()),
  };
}

/** The tab list and the body below it. */
export class TabList {
  readonly element: HTMLElement;
  #tabs: Readonly<Record<TabName, Tab>>;
  readonly #factors: FactorsTab;
  #buttons = new Map<TabName, HTMLButtonElement>();
  #current: TabName = "Facts";
  readonly #world: TabWorld;
  readonly #body: HTMLDivElement;

  constructor(world: TabWorld, onChange: () => void) {
    this.#world = world;
    this.#factors = factorsTab(world);
    this.#tabs = {
      Facts: factsTab(),
      Spectrum: spectrumTab(world),
      Distribution: distributionTab(),
      Factors: this.#factors,
      Compare: compareTab(world),
    };
    const strip = h("div", { class: "tabs", role: "tablist" });
    for (const name of TABS) {
      const button = h("button", {
        type: "button",
        role: "tab",
        id: `tab-${name}`,
        "aria-controls": "tab-body",
        "data-text": name,
        onclick: () => {
          this.open(name);
          onChange();
        },
      });
      this.#buttons.set(name, button);
      strip.append(button);
    }
    // One stop of the Tab key; arrows go from tab to tab.
    strip.addEventListener("keydown", (e) => {
      const shown = TABS.filter((n) => !this.#buttons.get(n)?.hidden);
      const at = shown.indexOf(this.#current);
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: shown.length - 1 }[e.key];
      if (to === undefined) return;
      e.preventDefault();
      this.open(shown[(to + shown.length) % shown.length]);
      this.#buttons.get(this.#current)?.focus();
      onChange();
    });
    this.#body = h("div", { class: "tab-body", role: "tabpanel", id: "tab-body" });
    this.element = h("aside", {}, strip, this.#body);
    this.open("Facts");
  }

  get current(): TabName {
    return this.#current;
  }

  open(name: TabName): void {
    if (this.#buttons.get(name)?.hidden) return;
    this.#current = name;
    for (const [tab, button] of this.#buttons) {
      button.setAttribute("aria-selected", String(tab === name));
      button.tabIndex = tab === name ? 0 : -1;
    }
    this.#body.setAttribute("aria-labelledby", `tab-${name}`);
    this.#body.replaceChildren(this.#tabs[name].element);
    labelled(this.#body);
    this.refresh();
  }

  /** Opens the view of a factorisation. */
  openFactors(name: FactorName): void {
    this.#factors.choose(name);
    this.open("Factors");
  }

  /** Asks anew for what the open tab shows; plots have facts only. */
  refresh(): void {
    const sight = this.#world.sight();
    if (!sight) return;
    for (const [tab, button] of this.#buttons) button.hidden = sight.kind === "plot" && tab !== "Facts";
    if (this.#buttons.get(this.#current)?.hidden) this.open("Facts");
    else this.#tabs[this.#current].show(sight);
  }

  recolor(): void {
    this.#tabs[this.#current].recolor();
  }
}
