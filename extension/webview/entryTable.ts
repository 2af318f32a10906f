// The entries as a table, a page at a time; or the numbers of the figure that is shown.
import type { Figure } from "@scholium/core/figure";
import type { Sight } from "../src/panelMessages.js";
import { h } from "./dom.js";
import { figureTable } from "./figureTable.js";
import { tableOf } from "./page.js";
import { askLatest } from "./questions.js";
import { t } from "./texts.js";

const ROWS = 100;
const COLUMNS = 20;

export class EntryTable {
  readonly element = h("div", { class: "table", hidden: true });
  #row = 0;
  #column = 0;

  /** The page that holds an entry. */
  showEntries(sight: Sight, row: number, column: number): void {
    this.#row = Math.floor(row / ROWS) * ROWS;
    this.#column = Math.floor(column / COLUMNS) * COLUMNS;
    this.#load(sight);
  }

  showFigure(figure: Figure | undefined, words: string): void {
    const { head, rows } = figure ? figureTable(figure) : { head: [], rows: [] };
    this.element.replaceChildren(tableOf(words, head, rows));
  }

  #load(sight: Sight): void {
    const [row, column] = [this.#row, this.#column];
    const [rows, columns] = [Math.min(ROWS, sight.rows - row), Math.min(COLUMNS, sight.columns - column)];
    askLatest("table", { kind: "table", row, column, rows, columns }, (answer) => {
      if (answer.kind !== "table") return;
      const head = ["", ...Array.from({ length: columns }, (_, j) => String(column + j + 1))];
      const body = Array.from({ length: rows }, (_, i) => [String(row + i + 1), ...answer.texts.slice(i * columns, (i + 1) * columns)]);
      const place = t(
        "Rows {0} to {1} of {2}, columns {3} to {4} of {5}",
        row + 1,
        row + rows,
        sight.rows,
        column + 1,
        column + columns,
        sight.columns,
      );
      const whole = rows === sight.rows && columns === sight.columns;
      this.element.replaceChildren(tableOf(whole ? sight.words : place, head, body, whole), this.#pages(sight));
    });
  }

  #pages(sight: Sight): HTMLElement {
    const go = (text: string, on: boolean, dr: number, dc: number) =>
      on &&
      h(
        "button",
        {
          type: "button",
          onclick: () => {
            this.#row += dr;
            this.#column += dc;
            this.#load(sight);
          },
        },
        text,
      );
    return h(
      "div",
      { class: "pages" },
      go(t("Previous rows"), this.#row > 0, -ROWS, 0),
      go(t("Next rows"), this.#row + ROWS < sight.rows, ROWS, 0),
      go(t("Previous columns"), this.#column > 0, 0, -COLUMNS),
      go(t("Next columns"), this.#column + COLUMNS < sight.columns, 0, COLUMNS),
    );
  }
}
