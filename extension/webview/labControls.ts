// The inputs of a lab: a slider and a number bound together, choices, a seed.
import type { LabInput, LabValues } from "../src/labMessages.js";
import { h } from "./dom.js";

type Value = number | string;

/** Places of a slider on a log scale. */
const PLACES = 200;

/** Between the slider's place and the value, both ways. */
function scaleOf(input: LabInput & { kind: "range" }) {
  const { min, max, step, log } = input;
  if (!log) return { least: min, greatest: max, step, place: (v: number) => v, value: (p: number) => p };
  const ratio = Math.log(max / min);
  const clean = (v: number) => (step >= 1 ? Math.round(v) : Number(v.toPrecision(3)));
  return {
    least: 0,
    greatest: PLACES,
    step: 1,
    place: (v: number) => Math.round((PLACES * Math.log(v / min)) / ratio),
    value: (p: number) => Math.min(max, Math.max(min, clean(min * Math.exp((ratio * p) / PLACES)))),
  };
}

const few = (v: number) => String(Number(v.toPrecision(6)));

export class LabControls {
  readonly element = h("div", { class: "controls" });
  #inputs: readonly LabInput[] = [];
  readonly #values = new Map<string, Value>();
  readonly #show = new Map<string, (value: Value) => void>();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  set(inputs: readonly LabInput[], values: LabValues): void {
    this.#inputs = inputs;
    this.#show.clear();
    this.element.replaceChildren(...inputs.map((i) => (i.kind === "range" ? this.#range(i) : i.kind === "choice" ? this.#choice(i) : this.#seed(i))));
    this.take(values);
  }

  /** Other values, without telling anybody. */
  take(values: LabValues): void {
    for (const { name, value } of values) {
      this.#values.set(name, value);
      this.#show.get(name)?.(value);
    }
  }

  get values(): LabValues {
    return this.#inputs.map(({ name, value }) => ({ name, value: this.#values.get(name) ?? value }));
  }

  get defaults(): LabValues {
    return this.#inputs.map(({ name, value }) => ({ name, value }));
  }

  #put(name: string, value: Value): void {
    if (this.#values.get(name) === value) return;
    this.#values.set(name, value);
    this.#changed();
  }

  #range(input: LabInput & { kind: "range" }): HTMLElement {
    const { name, label, unit, min, max } = input;
    const scale = scaleOf(input);
    const named = unit ? `${label} (${unit})` : label;
    const slider = h("input", {
      type: "range",
      id: `in-${name}`,
      min: scale.least,
      max: scale.greatest,
      step: scale.step,
      "aria-label": named,
    });
    const box = h("input", { type: "number", min, max, step: "any", "aria-label": named });
    this.#show.set(name, (value) => {
      const v = Number(value);
      slider.value = String(scale.place(v));
      slider.setAttribute("aria-valuetext", unit ? `${few(v)} ${unit}` : few(v));
      box.value = few(v);
    });
    slider.addEventListener("input", () => {
      const v = scale.value(slider.valueAsNumber);
      box.value = few(v);
      slider.setAttribute("aria-valuetext", unit ? `${few(v)} ${unit}` : few(v));
      this.#put(name, v);
    });
    box.addEventListener("change", () => {
      const v = box.valueAsNumber;
      if (Number.isFinite(v)) this.#put(name, Math.min(max, Math.max(min, v)));
      this.#show.get(name)?.(this.#values.get(name) ?? input.value);
    });
    return h(
      "div",
      { class: "control" },
      h("label", { class: "control-name", for: `in-${name}` }, named),
      h("div", { class: "control-row" }, slider, box),
    );
  }

  #choice(input: LabInput & { kind: "choice" }): HTMLElement {
    const { name, label } = input;
    const select = h("select", { id: `in-${name}` }, ...input.options.map((o) => h("option", { value: o.value }, o.label)));
    this.#show.set(name, (value) => {
      select.value = String(value);
    });
    select.addEventListener("change", () => this.#put(name, select.value));
    return h(
      "div",
      { class: "control" },
      h("label", { class: "control-name", for: `in-${name}` }, label),
      h("div", { class: "control-row" }, select),
    );
  }

  #seed(input: LabInput & { kind: "seed" }): HTMLElement {
    const { name, label, max } = input;
    const box = h("input", { type: "number", id: `in-${name}`, min: 0, max, step: 1 });
    this.#show.set(name, (value) => {
      box.value = String(value);
    });
    box.addEventListener("change", () => {
      const v = box.valueAsNumber;
      if (Number.isFinite(v)) this.#put(name, Math.min(max, Math.max(0, Math.round(v))));
      this.#show.get(name)?.(this.#values.get(name) ?? input.value);
    });
    return h("div", { class: "control" }, h("label", { class: "control-name", for: `in-${name}` }, label), h("div", { class: "control-row" }, box));
  }
}
