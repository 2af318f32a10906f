// The Visualize panel. It draws what it is sent and asks for what it needs; it computes nothing of the mathematics.
import { colorTable, formatNumber } from "@scholium/core/figure";
import { DecodeError } from "../src/decode.js";
import { type FigureName, type PartAnswer, type Saved, type Sight, saved, type ToPanel, toPanel } from "../src/panelMessages.js";
import type { PanelText } from "../src/services/panelTexts.js";
import { AnswerBox } from "./answer.js";
import { h } from "./dom.js";
import { EntryTable } from "./entryTable.js";
import { type Drawing, rasterized } from "./figureBox.js";
import { Heatmap } from "./heatmap.js";
import { Help } from "./help.js";
import { answered, ask, askLatest, forgetQuestions, keep, kept, send } from "./host.js";
import { Voice } from "./live.js";
import { type Form, PlotControls } from "./plotControls.js";
import { TABS, TabList, type TabName } from "./tabs.js";
import { labelled, setTexts, t, wordsOf } from "./texts.js";
import type { Scale } from "./tiles.js";

/** What stands in the large place: the heatmap, a figure of the whole value, the approximation of a rank, or a plot. */
type Picture = "heatmap" | FigureName | "approximation" | Form;

const pictureTexts: Readonly<Record<Picture, PanelText>> = {
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
const scaleTexts: Readonly<Record<Scale | "auto", PanelText>> = {
  auto: "Automatic",
  diverging: "Diverging",
  sequential: "Sequential",
  log: "Logarithmic",
};

performance.mark("scholium-script");

let sight: Sight | null = null;
let source: { readonly uri: string; readonly range: readonly [number, number] } | null = null;
let rev = -1;
let settings: (ToPanel & { type: "settings" }) | null = null;
let others: readonly { readonly key: string; readonly title: string }[] = [];
let pinned = false;
let asTable = false;
let shown: Picture = "heatmap";
let rank = 1;
let profiled: "row" | "column" | null = null;

const theme = () => settings?.theme ?? (document.body.classList.contains("vscode-light") ? "light" : "dark");
const drawing = (): Drawing => ({ theme: theme(), palette: settings?.palette ?? "auto" });
const css = (name: string) => getComputedStyle(document.body).getPropertyValue(name).trim();

// ---- the page ---------------------------------------------------------------------------------------------------------------------------------

const root = document.getElementById("panel") as HTMLElement;
const title = h("h1", { id: "title" });
const shape = h("span", { class: "shape" });
const badge = h("p", { class: "state" });
const bar = h("div", { class: "bar", "aria-hidden": "true" });
const readout = h("p", { class: "readout" });
const voice = new Voice();
const help = new Help();
const table = new EntryTable();

const gridcell = h("div", { role: "gridcell", id: "cell" });
const gridrow = h("div", { role: "row" }, gridcell);
const canvas = h("canvas", { id: "heatmap", tabindex: 0, role: "grid", "aria-activedescendant": "cell", "aria-describedby": "words" }, gridrow);
const words = h("p", { id: "words", class: "unseen" });
const legend = h("div", { class: "legend", "aria-hidden": "true" });
/** One figure fills the place; several in a row are as tall as wide. */
const tall = (width: number) => (width < 300 ? Math.round(width * 0.86) + 24 : Math.max(240, Math.min(Math.round(window.innerHeight * 0.66), width)));
const figure = new AnswerBox("large", tall, true);
const profile = new AnswerBox("profile", () => 150);
profile.element.hidden = true;
const controls = new PlotControls(() => askPlot());

const map = new Heatmap(canvas, {
  onCell: readCell,
  onView: () => keepSoon(),
  onPainted: () => {
    if (!performance.getEntriesByName("scholium-painted").length) performance.mark("scholium-painted");
  },
  need: (level, row, column, then) => ask({ kind: "tile", level, row, column }, (answer) => then(answer.kind === "tile" ? answer.tile : null)),
  ink: () => ({
    cursor: css("--vscode-focusBorder") || css("--vscode-foreground") || "#888",
    under: css("--vscode-editor-background") || "#fff",
    border: theme().startsWith("hc") ? css("--vscode-contrastBorder") || null : null,
  }),
});

const tabs = new TabList(
  {
    drawing,
    sight: () => sight,
    others: () => others,
    rank: () => rank,
    setRank,
    showApproximation: () => choosePicture("approximation"),
    say: (w) => voice.say(w),
  },
  () => keepSoon(),
);

const button = (key: PanelText, act: () => void, attributes: Record<string, string> = {}) =>
  h("button", { type: "button", onclick: act, "data-text": key, ...attributes });
const pinButton = button("Following", () => setPinned(!pinned), { "aria-pressed": "false", id: "pin" });
const pictureMenu = h("select", { "data-label": "View", id: "picture" });
pictureMenu.addEventListener("change", () => choosePicture(pictureMenu.value as Picture));
const scaleMenu = h(
  "select",
  { "data-label": "Colours", id: "scale" },
  ...(Object.keys(scaleTexts) as (Scale | "auto")[]).map((v) => h("option", { value: v, "data-text": scaleTexts[v] })),
);
scaleMenu.addEventListener("change", () => setScale(scaleMenu.value as Scale | "auto"));
const exportMenu = h("select", { "data-label": "Export", id: "export" });
exportMenu.addEventListener("change", () => {
  const { value } = exportMenu;
  exportMenu.value = "";
  void exportAs(value);
});
const tableButton = button("Show as table", toggleTable, { id: "table", "aria-pressed": "false" });
const gotoButton = button("Go to formula", () => send({ type: "goto" }), { id: "goto" });
const helpButton = button("Keys", () => help.toggle(), { id: "keys", "aria-controls": "help" });
const restart = button("Restart engine", () => send({ type: "restart" }), { id: "restart", hidden: "" });
const example = button("Open a sample", () => send({ type: "example" }), { id: "example", hidden: "" });

const stage = h("section", { class: "figure" }, canvas, legend, figure.element, table.element, words, readout, profile.element);
const side = h("div", { class: "side" }, controls.element, tabs.element);
root.append(
  h("header", {}, h("div", { class: "heading" }, title, shape)),
  h("div", { class: "toolbar", role: "toolbar" }, pinButton, gotoButton, pictureMenu, scaleMenu, tableButton, exportMenu, helpButton),
  bar,
  badge,
  h("div", { class: "fallback" }, restart, example),
  help.element,
  h("div", { class: "columns" }, stage, side),
  voice.element,
);

// ---- choices ---------------------------------------------------------------------------------------------------------------------------------

function pictures(): readonly Picture[] {
  if (!sight) return [];
  if (sight.kind === "plot") return controls.forms();
  return ["heatmap", ...sight.figures, ...(Math.min(sight.rows, sight.columns) > 1 ? (["approximation"] as const) : [])];
}

function choosePicture(name: Picture): void {
  if (!pictures().includes(name)) return;
  shown = name;
  pictureMenu.value = name;
  if (sight?.kind === "plot") controls.setForm(name as Form);
  keepSoon();
  showPicture();
}

function setPinned(value: boolean): void {
  pinned = value;
  labelPin();
  send({ type: "pin", pinned: value });
  keepSoon();
}

function setScale(value: Scale | "auto"): void {
  map.scale = value;
  scaleMenu.value = value;
  map.recolor();
  drawLegend();
  keepSoon();
}

function setRank(value: number): void {
  if (sight?.kind !== "matrix") return;
  rank = Math.max(0, Math.min(Math.min(sight.rows, sight.columns), value));
  if (tabs.current === "Spectrum") tabs.refresh();
  if (shown === "approximation") askApproximation();
  keepSoon();
}

function toggleTable(): void {
  asTable = !asTable;
  showPicture();
  if (asTable) voice.say(t("Show as table"));
}

function toggleProfile(axis: "row" | "column"): void {
  profiled = profiled === axis ? null : axis;
  profile.element.hidden = profiled === null;
  askProfile();
}

async function exportAs(format: string): Promise<void> {
  if (format === "csv" || format === "npy" || format === "latex" || format === "numpy") send({ type: "export", format });
  if (format !== "svg" && format !== "png") return;
  if (shown === "heatmap") {
    send({ type: "export", format });
    return;
  }
  const svg = figure.box.svg();
  if (!svg) return;
  const bytes = format === "svg" ? new TextEncoder().encode(svg) : await rasterized(svg);
  if (bytes) send({ type: "save", format, bytes });
}

// ---- drawing ---------------------------------------------------------------------------------------------------------------------------------

function showPicture(): void {
  if (!sight) return;
  const heat = shown === "heatmap";
  tableButton.textContent = t(asTable ? "Show as picture" : "Show as table");
  tableButton.setAttribute("aria-pressed", String(asTable));
  scaleMenu.hidden = !heat;
  canvas.hidden = legend.hidden = !heat || asTable;
  readout.hidden = !heat || asTable;
  figure.element.hidden = heat || asTable;
  table.element.hidden = !asTable;
  profile.element.hidden = !heat || profiled === null;
  if (heat && asTable) table.showEntries(sight, map.cursor.row, map.cursor.column);
  if (heat) {
    map.draw();
    return;
  }
  if (sight.kind === "plot") askPlot();
  else if (shown === "approximation") askApproximation();
  else askLatest("figure", { kind: "figure", name: shown as FigureName }, showFigure);
}

function showFigure(answer: PartAnswer): void {
  figure.show(answer, drawing());
  const said = answer.kind === "pictures" ? wordsOf(figure.box.figures) : answer.kind === "refused" ? answer.message : "";
  if (asTable) table.showFigure(figure.box.figures[0], said);
  voice.say(said.slice(0, 600));
}

const askApproximation = () => askLatest("figure", { kind: "approximation", rank }, showFigure);
const askPlot = () => sight?.kind === "plot" && askLatest("figure", controls.question(), showFigure);

function askProfile(): void {
  if (!profiled || sight?.kind !== "matrix") return;
  const index = profiled === "row" ? map.cursor.row : map.cursor.column;
  askLatest("profile", { kind: "profile", axis: profiled, index }, (answer) => profile.show(answer, drawing()));
}

/** Exact digits are asked for when the cursor rests. */
const REST = 60;
let resting: ReturnType<typeof setTimeout> | undefined;

function readCell(row: number, column: number): void {
  const said = (value: string) => t("row {0}, column {1}: {2}", row + 1, column + 1, value);
  const tell = (value: string) => {
    readout.textContent = said(value);
    gridcell.textContent = value;
    gridrow.setAttribute("aria-rowindex", String(row + 1));
    gridcell.setAttribute("aria-colindex", String(column + 1));
    voice.say(said(value));
  };
  const near = map.tiles.value(0, row, column);
  tell(near === undefined ? "…" : sight?.complex ? t("modulus {0}", formatNumber(near, 6)) : formatNumber(near, 12));
  clearTimeout(resting);
  resting = setTimeout(() => {
    askLatest("cell", { kind: "cell", row, column }, (answer) => {
      if (answer.kind === "text" && map.cursor.row === row && map.cursor.column === column) tell(answer.text);
    });
    askProfile();
    keepSoon();
  }, REST);
}

function drawLegend(): void {
  legend.replaceChildren();
  if (!sight || !Number.isFinite(sight.least)) return;
  const scale = map.chosen();
  const table = colorTable(scale, map.palette);
  const strip = h("canvas", { width: 250, height: 1 });
  const context = strip.getContext("2d");
  for (let k = 0; context && k < 250; k++) {
    const [r, g, b] = table[k];
    context.fillStyle = `rgb(${r},${g},${b})`;
    context.fillRect(k, 0, 1, 1);
  }
  const limit = Math.max(Math.abs(sight.least), Math.abs(sight.greatest));
  const [low, middle, high] =
    scale === "diverging"
      ? [-limit, 0, limit]
      : scale === "log"
        ? [limit * 1e-16, limit * 1e-8, limit]
        : [sight.least, sight.least / 2 + sight.greatest / 2, sight.greatest];
  legend.append(strip, h("div", { class: "legend-values" }, ...[low, middle, high].map((v) => h("span", {}, formatNumber(v, 3)))));
}

function labelPin(): void {
  pinButton.setAttribute("aria-pressed", String(pinned));
  pinButton.textContent = t(pinned ? "Pinned" : "Following");
}

function fillMenus(): void {
  pictureMenu.replaceChildren(...pictures().map((p) => h("option", { value: p, selected: p === shown }, t(pictureTexts[p]))));
  const files: readonly (readonly [string, string])[] =
    sight?.kind === "plot"
      ? [
          ["latex", "LaTeX"],
          ["numpy", "NumPy"],
        ]
      : [
          ["csv", "CSV"],
          ["npy", "NPY"],
          ["latex", "LaTeX"],
          ["numpy", "NumPy"],
        ];
  exportMenu.replaceChildren(
    h("option", { value: "" }, t("Export")),
    h("option", { value: "svg" }, t("Figure as SVG")),
    h("option", { value: "png" }, t("Figure as PNG")),
    ...files.map(([value, label]) => h("option", { value }, label)),
  );
}

function label(): void {
  labelled(document);
  canvas.setAttribute("aria-label", t("Heatmap with a cell cursor"));
  labelPin();
  fillMenus();
  help.label();
  controls.draw();
}

// ---- messages ---------------------------------------------------------------------------------------------------------------------------------

function show(message: ToPanel & { type: "show" }): void {
  const last = sight;
  const same = last?.key === message.sight.key;
  sight = message.sight;
  source = message.source;
  pinned = message.pinned;
  setBadge("value", "");
  labelPin();
  if (same) {
    keepSoon();
    return;
  }
  for (const mark of ["scholium-show", "scholium-painted"]) performance.clearMarks(mark);
  performance.mark("scholium-show");
  forgetQuestions();
  title.textContent = sight.title;
  shape.textContent = sight.kind === "matrix" ? `${sight.rows} × ${sight.columns}${sight.complex ? " ℂ" : ""}` : "";
  words.textContent = sight.words;
  document.body.dataset["kind"] = sight.kind;
  controls.element.hidden = sight.kind !== "plot";
  if (sight.kind === "plot") {
    shown = controls.set(sight);
  } else {
    if (!pictures().includes(shown)) shown = "heatmap";
    rank = Math.max(1, Math.min(rank, sight.rows, sight.columns));
    canvas.setAttribute("aria-rowcount", String(sight.rows));
    canvas.setAttribute("aria-colcount", String(sight.columns));
    map.palette = drawing().palette;
    const read = readout.textContent !== "" && sight.rows === last?.rows && sight.columns === last.columns;
    map.set(sight);
    readout.textContent = "";
    if (read) readCell(map.cursor.row, map.cursor.column);
    drawLegend();
    askProfile();
  }
  if (!last) restore(sight);
  fillMenus();
  showPicture();
  tabs.refresh();
  keepSoon();
}

function setBadge(state: string, text: string): void {
  document.body.dataset["state"] = state;
  badge.className = `state ${state}`;
  badge.textContent = text;
  restart.hidden = state !== "lost";
  example.hidden = state !== "empty";
  if (text) voice.say(text);
}

/** Takes up what the panel looked at before its page was thrown away. */
function restore(sight: Sight): void {
  try {
    const { look } = saved(kept());
    if (!look) return;
    if (look.scale in scaleTexts) {
      map.scale = look.scale as Scale | "auto";
      scaleMenu.value = look.scale;
      map.recolor();
      drawLegend();
    }
    rank = Math.max(1, look.rank);
    if (look.rows === sight.rows && look.columns === sight.columns) {
      map.restore({ zoom: look.zoom, x: look.x, y: look.y }, look);
    }
    if ((pictures() as readonly string[]).includes(look.figure)) {
      shown = look.figure as Picture;
      if (sight.kind === "plot") controls.setForm(shown as Form);
    }
    if ((TABS as readonly string[]).includes(look.tab)) tabs.open(look.tab as TabName);
  } catch (e) {
    if (!(e instanceof DecodeError)) throw e;
  }
}

/** A recipe longer than this is not kept: what is kept stays below 16 kB. */
const LONGEST_RECIPE = 8000;
let keeping: ReturnType<typeof setTimeout> | undefined;

function keepSoon(): void {
  clearTimeout(keeping);
  keeping = setTimeout(() => {
    if (!sight || !source) return;
    const { zoom, x, y } = map.view;
    const { recipe } = sight;
    const length = recipe ? recipe.text.length + recipe.definitions.reduce((n, d) => n + d.length, 0) : 0;
    const state: Saved = {
      uri: source.uri,
      range: source.range,
      pinned,
      ...(recipe && length <= LONGEST_RECIPE ? { recipe } : {}),
      look: {
        figure: shown,
        tab: tabs.current,
        scale: map.scale,
        rank,
        row: map.cursor.row,
        column: map.cursor.column,
        zoom,
        x,
        y,
        rows: sight.rows,
        columns: sight.columns,
      },
    };
    keep(state);
  }, 150);
}

function receive(message: ToPanel): void {
  switch (message.type) {
    case "settings":
      settings = message;
      setTexts(message.texts);
      document.body.classList.toggle("still", !message.motion);
      map.palette = message.palette;
      label();
      map.recolor();
      drawLegend();
      figure.box.recolor(drawing());
      profile.box.recolor(drawing());
      tabs.recolor();
      return;
    case "part":
      answered(message.id, message.answer);
      return;
    case "look":
      tabs.openFactors(message.factors);
      keepSoon();
      return;
    case "others":
      others = message.values;
      if (tabs.current === "Compare") tabs.refresh();
      return;
    default:
      if (message.rev < rev) return;
      rev = message.rev;
      if (message.type === "show") show(message);
      else setBadge(message.state, message.hint ? `${message.message} ${message.hint}` : message.message);
  }
}

window.addEventListener("message", ({ data }) => {
  try {
    receive(toPanel(data));
  } catch (e) {
    if (!(e instanceof DecodeError)) throw e;
    console.warn(`message refused: ${e.message}`);
  }
});

// ---- keys -------------------------------------------------------------------------------------------------------------------------------------

const keys: Readonly<Record<string, () => void>> = {
  "+": () => map.zoomBy(1.25),
  "=": () => map.zoomBy(1.25),
  "-": () => map.zoomBy(0.8),
  "0": () => map.fit(),
  d: () => setScale("diverging"),
  s: () => setScale("sequential"),
  l: () => setScale("log"),
  f: () => setPinned(!pinned),
  r: () => toggleProfile("row"),
  c: () => toggleProfile("column"),
  "[": () => setRank(rank - 1),
  "]": () => setRank(rank + 1),
  e: () => exportMenu.focus(),
  t: toggleTable,
  "?": () => help.toggle(),
  ...Object.fromEntries(TABS.map((name, k) => [String(k + 1), () => tabs.open(name)])),
};

function moves(e: KeyboardEvent): (() => void) | undefined {
  if (!sight || e.target !== canvas) return undefined;
  const { row, column } = map.cursor;
  const step = e.shiftKey ? 10 : 1;
  const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key] ?? [0, 0];
  if (dx || dy) return e.altKey ? () => map.pan(-dx * 40, -dy * 40) : () => map.moveCursor(row + dy * step, column + dx * step);
  const { rows, columns } = sight;
  if (e.key === "Home") return () => map.moveCursor(e.ctrlKey ? 0 : row, 0);
  if (e.key === "End") return () => map.moveCursor(e.ctrlKey ? rows - 1 : row, columns - 1);
  return undefined;
}

stage.addEventListener("keydown", (e) => {
  const act = moves(e) ?? (e.ctrlKey || e.metaKey || e.altKey ? undefined : keys[e.key]);
  if (!act) return;
  e.preventDefault();
  act();
});
table.element.tabIndex = 0;
figure.box.element.tabIndex = 0;
document.addEventListener("keydown", (e) => {
  if (e.key !== "Escape") return;
  if (help.element.hidden) send({ type: "back" });
  else help.toggle();
});

// The theme may change without a message: body classes and variables are VS Code's.
new MutationObserver(() => map.draw()).observe(document.body, { attributes: true, attributeFilter: ["class", "style"] });

label();
send({ type: "ready", rev });
