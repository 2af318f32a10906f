// What the engine answered to a question of the panel: figures, lines of numbers, or why there is nothing.
import type { PartAnswer } from "../src/panelMessages.js";
import { h } from "./dom.js";
import { type Drawing, FigureBox } from "./figureBox.js";
import { definitions } from "./page.js";
import { t, translated } from "./texts.js";

export class AnswerBox {
  readonly box: FigureBox;
  readonly lines = h("dl", { class: "facts" });
  readonly message = h("p", { class: "refusal", hidden: true });
  readonly anyway: HTMLButtonElement;
  readonly element: HTMLDivElement;
  #force: () => void = () => {};

  constructor(className: string, height: (width: number, count: number) => number, row = false, narrowest?: number) {
    this.box = new FigureBox(className, height, row, narrowest);
    this.anyway = h("button", { type: "button", hidden: true, onclick: () => this.#force(), "data-text": "Compute anyway" });
    this.element = h("div", { class: "answer" }, this.message, this.anyway, this.box.element, this.lines);
  }

  /** Shows an answer; `force` asks again for what takes long. */
  show(answer: PartAnswer, drawing: Drawing, force?: () => void): void {
    const refused = answer.kind === "refused" ? answer : null;
    this.message.hidden = !refused;
    this.message.textContent = refused?.message ?? "";
    this.anyway.hidden = !(refused?.costly && force);
    this.anyway.textContent = t("Compute anyway");
    if (force) this.#force = force;
    if (answer.kind === "pictures") {
      this.box.show(answer.figures, drawing);
      this.lines.replaceChildren(...definitions(answer.lines.map(({ label, value }) => ({ label: translated(label), value }))));
    } else this.clear();
  }

  clear(): void {
    this.box.clear();
    this.lines.replaceChildren();
  }
}
