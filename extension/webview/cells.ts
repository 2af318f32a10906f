// The cell under the cursor: read out at once as far as it is known, exactly when the cursor rests, and as a grid's cell for a screen reader.
import { formatNumber } from "@scholium/core/figure";
import { h } from "./dom.js";
import { soon } from "./host.js";
import { askLatest } from "./questions.js";
import { t } from "./texts.js";

/** Milliseconds a cursor rests before exact digits are asked for. */
const REST = 60;

export interface CellWorld {
  /** The entry as it is known here, and whether it is the modulus of a complex one. */
  readonly near: (row: number, column: number) => number | undefined;
  readonly complex: () => boolean;
  readonly say: (words: string) => void;
  /** The cursor rests. */
  readonly onRest: () => void;
}

export class Cells {
  /** What the heatmap's canvas holds for a screen reader. */
  readonly row: HTMLElement;
  readonly readout = h("p", { class: "readout" });
  readonly #cell = h("div", { role: "gridcell", id: "cell" });
  readonly #world: CellWorld;
  #at = { row: 0, column: 0 };
  readonly #rest: () => void;

  constructor(world: CellWorld) {
    this.#world = world;
    this.row = h("div", { role: "row" }, this.#cell);
    this.#rest = soon(() => {
      this.#askExact();
      world.onRest();
    }, REST);
  }

  get isRead(): boolean {
    return this.readout.textContent !== "";
  }

  clear(): void {
    this.readout.textContent = "";
  }

  read(row: number, column: number): void {
    this.#at = { row, column };
    const near = this.#world.near(row, column);
    this.#tell(near === undefined ? "…" : this.#world.complex() ? t("modulus {0}", formatNumber(near, 6)) : formatNumber(near, 12));
    this.#rest();
  }

  #askExact(): void {
    const { row, column } = this.#at;
    askLatest("cell", { kind: "cell", row, column }, (answer) => {
      if (answer.kind === "text" && this.#at.row === row && this.#at.column === column) this.#tell(answer.text);
    });
  }

  #tell(value: string): void {
    const { row, column } = this.#at;
    const said = t("row {0}, column {1}: {2}", row + 1, column + 1, value);
    this.readout.textContent = said;
    this.#cell.textContent = value;
    this.row.setAttribute("aria-rowindex", String(row + 1));
    this.#cell.setAttribute("aria-colindex", String(column + 1));
    this.#world.say(said);
  }
}
