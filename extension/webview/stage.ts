// The large place of the panel: the heatmap, a figure of the whole value, the approximation of a rank, or a plot; as a picture or as a table.
import type { FigureName, PartAnswer, Saved, Sight } from "../src/panelMessages.js";
import type { PanelText } from "../src/services/panelTexts.js";
import { AnswerBox } from "./answer.js";
import { Cells } from "./cells.js";
import { h } from "./dom.js";
import { EntryTable } from "./entryTable.js";
import { Heatmap } from "./heatmap.js";
import { Legend } from "./legend.js";
import { drawing } from "./page.js";
import { type Form, PlotControls } from "./plotControls.js";
import { ask, askLatest } from "./questions.js";
import { t, wordsOf } from "./texts.js";
import type { Scale } from "./tiles.js";

export type Picture = "heatmap" | FigureName | "approximation" | Form;

export const pictureTexts: Readonly<Record<Picture, PanelText>> = {
  heatmap: "Heatmap",
  pattern: "Sparsity pattern",
  eigenvalues: "Eigenvalues",
  graph: "Graph",
  action: "Action",
  approximation: "Approximation",
  curve: "Curve",
  contour: "Contour",
  surface: "Surface",
};

export const scaleTexts: Readonly<Record<Scale | "auto", PanelText>> = {
  auto: "Automatic",
  diverging: "Diverging",
  sequential: "Sequential",
  log: "Logarithmic",
};

export interface StageWorld {
  readonly say: (words: string) => void;
  /** Something was chosen: what is kept and what the toolbar shows is another. */
  readonly onChange: () => void;
  /** The view or the cursor moved: what is kept is another. */
  readonly onMove: () => void;
  readonly onRank: () => void;
  /** The heatmap was drawn. */
  readonly onPainted: () => void;
}

type Look = NonNullable<Saved["look"]>;

const css = (name: string) => getComputedStyle(document.body).getPropertyValue(name).trim();
/** Matrices beside each other may be this narrow: three of them in half of a window. */
const NARROWEST = 110;
/** One figure fills the place; several in a row have the height of their matrices, which share the width with a legend from 200 on. */
const tall = (width: number) => {
  if (width < 300) return width > 200 ? width - 34 : width + 24;
  return Math.max(240, Math.min(Math.round(window.innerHeight * 0.66), width));
};

export class Stage {
  readonly element: HTMLElement;
  readonly controls = new PlotControls(() => this.#askPlot());
  readonly map: Heatmap;
  readonly #world: StageWorld;
  readonly #canvas = h("canvas", { id: "heatmap", tabindex: 0, role: "grid", "aria-activedescendant": "cell", "aria-describedby": "words" });
  readonly #words = h("p", { id: "words", class: "unseen" });
  readonly #legend = new Legend();
  readonly #figure = new AnswerBox("large", tall, true, NARROWEST);
  readonly #profile = new AnswerBox("profile", () => 150);
  readonly #table = new EntryTable();
  readonly #cells: Cells;
  #sight: Sight | null = null;
  #shown: Picture = "heatmap";
  #rank = 1;
  #asTable = false;
  #profiled: "row" | "column" | null = null;

  constructor(world: StageWorld) {
    this.#world = world;
    this.#cells = new Cells({
      near: (row, column) => this.map.tiles.value(0, row, column),
      complex: () => this.#sight?.complex ?? false,
      say: world.say,
      onRest: () => {
        this.#askProfile();
        world.onMove();
      },
    });
    this.#canvas.append(this.#cells.row);
    this.map = new Heatmap(this.#canvas, {
      onCell: (row, column) => this.#cells.read(row, column),
      onView: world.onMove,
      onPainted: world.onPainted,
      need: (level, row, column, then) => ask({ kind: "tile", level, row, column }, (answer) => then(answer.kind === "tile" ? answer.tile : null)),
      ink: () => ({
        cursor: css("--vscode-focusBorder") || css("--vscode-foreground") || "#888",
        under: css("--vscode-editor-background") || "#fff",
        border: drawing().theme.startsWith("hc") ? css("--vscode-contrastBorder") || null : null,
      }),
    });
    this.#profile.element.hidden = true;
    this.#table.element.tabIndex = 0;
    this.#figure.box.element.tabIndex = 0;
    this.element = h(
      "section",
      { class: "figure" },
      ...[this.#canvas, this.#legend.element, this.#figure.element, this.#table.element, this.#words, this.#cells.readout, this.#profile.element],
    );
  }

  get shown(): Picture {
    return this.#shown;
  }

  get rank(): number {
    return this.#rank;
  }

  get asTable(): boolean {
    return this.#asTable;
  }

  /** What there is to see of the value. */
  get pictures(): readonly Picture[] {
    const sight = this.#sight;
    if (!sight) return [];
    if (sight.kind === "plot") return this.controls.forms();
    return ["heatmap", ...sight.figures, ...(Math.min(sight.rows, sight.columns) > 1 ? (["approximation"] as const) : [])];
  }

  /** Takes another value, which is drawn by {@link draw}. */
  set(sight: Sight): void {
    const last = this.#sight;
    this.#sight = sight;
    this.#words.textContent = sight.words;
    this.controls.element.hidden = sight.kind !== "plot";
    if (sight.kind === "plot") {
      this.#shown = this.controls.set(sight);
      return;
    }
    if (!this.pictures.includes(this.#shown)) this.#shown = "heatmap";
    this.#rank = Math.max(1, Math.min(this.#rank, sight.rows, sight.columns));
    this.#canvas.setAttribute("aria-rowcount", String(sight.rows));
    this.#canvas.setAttribute("aria-colcount", String(sight.columns));
    this.map.palette = drawing().palette;
    this.map.set(sight);
    const read = this.#cells.isRead && sight.rows === last?.rows && sight.columns === last.columns;
    if (read) this.#cells.read(this.map.cursor.row, this.map.cursor.column);
    else this.#cells.clear();
    this.#drawLegend();
    this.#askProfile();
  }

  /** Takes up what was looked at before the page was thrown away. */
  restore(look: Look): void {
    const sight = this.#sight;
    if (!sight) return;
    if (look.scale in scaleTexts) this.setScale(look.scale as Scale | "auto");
    this.#rank = Math.max(1, look.rank);
    if (look.rows === sight.rows && look.columns === sight.columns) this.map.restore({ zoom: look.zoom, x: look.x, y: look.y }, look);
    if (!(this.pictures as readonly string[]).includes(look.figure)) return;
    this.#shown = look.figure as Picture;
    if (sight.kind === "plot") this.controls.setForm(this.#shown as Form);
  }

  /** What is looked at, to be taken up again. */
  look(): Omit<Look, "tab"> {
    const { zoom, x, y } = this.map.view;
    const { row, column } = this.map.cursor;
    const { rows = 1, columns = 1 } = this.#sight ?? {};
    return { figure: this.#shown, scale: this.map.scale, rank: this.#rank, row, column, zoom, x, y, rows, columns };
  }

  choose(name: Picture): void {
    if (!this.pictures.includes(name)) return;
    this.#shown = name;
    if (this.#sight?.kind === "plot") this.controls.setForm(name as Form);
    this.draw();
    this.#world.onChange();
  }

  setScale(value: Scale | "auto"): void {
    this.map.scale = value;
    this.map.recolor();
    this.#drawLegend();
    this.#world.onChange();
  }

  setRank(value: number): void {
    const sight = this.#sight;
    if (sight?.kind !== "matrix") return;
    this.#rank = Math.max(0, Math.min(sight.rows, sight.columns, value));
    this.#world.onRank();
    if (this.#shown === "approximation") this.#askApproximation();
    this.#world.onChange();
  }

  toggleTable(): void {
    this.#asTable = !this.#asTable;
    this.draw();
    this.#world.onChange();
    if (this.#asTable) this.#world.say(t("Show as table"));
  }

  toggleProfile(axis: "row" | "column"): void {
    this.#profiled = this.#profiled === axis ? null : axis;
    this.#profile.element.hidden = this.#profiled === null;
    this.#askProfile();
  }

  draw(): void {
    const sight = this.#sight;
    if (!sight) return;
    const heat = this.#shown === "heatmap";
    const picture = heat && !this.#asTable;
    this.#canvas.hidden = this.#legend.element.hidden = this.#cells.readout.hidden = !picture;
    this.#figure.element.hidden = heat || this.#asTable;
    this.#table.element.hidden = !this.#asTable;
    this.#profile.element.hidden = !heat || this.#profiled === null;
    if (heat && this.#asTable) this.#table.showEntries(sight, this.map.cursor.row, this.map.cursor.column);
    if (heat) this.map.draw();
    else if (sight.kind === "plot") this.#askPlot();
    else if (this.#shown === "approximation") this.#askApproximation();
    else askLatest("figure", { kind: "figure", name: this.#shown as FigureName }, this.#showFigure);
  }

  recolor(): void {
    const { palette } = drawing();
    this.map.palette = palette;
    this.map.recolor();
    this.#drawLegend();
    this.#figure.box.recolor(drawing());
    this.#profile.box.recolor(drawing());
  }

  label(): void {
    this.#canvas.setAttribute("aria-label", t("Heatmap with a cell cursor"));
    this.controls.draw();
  }

  /** The figure that is shown as SVG text; null while the heatmap is, which the engine draws whole. */
  svg = (): string | null => (this.#shown === "heatmap" ? null : this.#figure.box.svg());

  readonly #showFigure = (answer: PartAnswer): void => {
    this.#figure.show(answer, drawing());
    const said = answer.kind === "pictures" ? wordsOf(this.#figure.box.figures) : answer.kind === "refused" ? answer.message : "";
    if (this.#asTable) this.#table.showFigure(this.#figure.box.figures[0], said);
    this.#world.say(said.slice(0, 600));
  };

  #drawLegend(): void {
    if (this.#sight?.kind === "matrix") this.#legend.draw(this.#sight, this.map.chosen(), this.map.palette);
  }

  #askApproximation = () => askLatest("figure", { kind: "approximation", rank: this.#rank }, this.#showFigure);

  #askPlot(): void {
    if (this.#sight?.kind === "plot") askLatest("figure", this.controls.question(), this.#showFigure);
  }

  #askProfile(): void {
    if (!this.#profiled || this.#sight?.kind !== "matrix") return;
    const index = this.#profiled === "row" ? this.map.cursor.row : this.map.cursor.column;
    askLatest("profile", { kind: "profile", axis: this.#profiled, index }, (answer) => this.#profile.show(answer, drawing()));
  }
}
