// The Visualize panel: heatmap with a cell cursor, singular values, facts. It draws what it is sent and asks for what it needs.
import { base64, figureSvg } from "@scholium/core/figure";
import { DecodeError } from "../src/decode.js";
import { type FromPanel, type ToPanel, toPanel, type View } from "../src/protocol.js";
import type { PanelText } from "../src/services/panelTexts.js";
import { h, picture } from "./dom.js";
import { Heatmap } from "./heatmap.js";

declare function acquireVsCodeApi(): { postMessage(message: FromPanel): void; getState(): unknown; setState(state: unknown): void };
const host = acquireVsCodeApi();

const texts = new Map<string, string>();
const t = (key: PanelText, ...values: readonly (string | number)[]) =>
  (texts.get(key) ?? key).replace(/\{(\d)\}/g, (_, i) => String(values[Number(i)] ?? ""));

let view: View | null = null;
let rev = -1;
let theme: (ToPanel & { type: "settings" })["theme"] = "dark";
let asTable = false;
let pinned = false;

const root = document.getElementById("panel") as HTMLElement;
const title = h("h1", { id: "title" });
const shape = h("span", { class: "shape" });
const state = h("p", { class: "state", role: "status", "aria-live": "polite" });
const readout = h("p", { class: "readout", "aria-live": "polite" });
const canvas = h("canvas", { id: "heatmap", tabindex: 0, role: "img", "aria-labelledby": "words" });
const words = h("p", { id: "words", class: "unseen" });
const table = h("div", { class: "table", hidden: true });
const spectrum = h("div", { class: "spectrum" });
const facts = h("dl", { class: "facts" });
const remarks = h("ul", { class: "remarks" });
const toolbar = h("div", { class: "toolbar", role: "toolbar" });
const spectrumTitle = h("h2");
const factsTitle = h("h2");
const help = h("p", { class: "help", id: "help", hidden: true });

const style = (name: string) => getComputedStyle(document.body).getPropertyValue(name).trim();
const map = new Heatmap(canvas, {
  onCell: (row, column) => {
    if (!view) return;
    const v = view.data[row * view.shownColumns + column];
    readout.textContent = t(
      "cell",
      Math.floor((row * view.rows) / view.shownRows) + 1,
      Math.floor((column * view.columns) / view.shownColumns) + 1,
      v,
    );
  },
  ink: () => ({
    cursor: style("--vscode-focusBorder") || style("--vscode-foreground") || "#888",
    border: theme.startsWith("hc") ? style("--vscode-contrastBorder") || null : null,
  }),
});

function button(key: PanelText, act: () => void, attributes: Record<string, string> = {}): HTMLButtonElement {
  return h("button", { type: "button", onclick: act, "data-text": key, ...attributes });
}

/** A menu that acts on its choice and falls back to its title. */
function menu(key: PanelText, options: readonly (readonly [string, string])[], act: (value: string) => void): HTMLSelectElement {
  const first = h("option", { value: "", "data-text": key });
  const select = h("select", { "data-label": key }, first, ...options.map(([value, label]) => h("option", { value }, label)));
  select.addEventListener("change", () => {
    if (select.value) act(select.value);
    select.value = "";
  });
  return select;
}

const pinButton = button("pin", () => setPinned(!pinned), { "aria-pressed": "false", id: "pin" });
const scaleMenu = h(
  "select",
  { "data-label": "scale", id: "scale" },
  ...(["auto", "diverging", "sequential", "log"] as const).map((v) => h("option", { value: v, "data-text": v })),
);
scaleMenu.addEventListener("change", () => setScale(scaleMenu.value as typeof map.scale));

function setPinned(value: boolean): void {
  pinned = value;
  pinButton.setAttribute("aria-pressed", String(value));
  pinButton.textContent = t(value ? "pinned" : "pin");
  host.postMessage({ type: "pin", pinned: value });
}

function setScale(value: typeof map.scale): void {
  map.scale = value;
  scaleMenu.value = value;
  map.recolor();
}

function toggleTable(): void {
  asTable = !asTable;
  drawTable();
}

function save(format: "svg" | "png" | "csv"): void {
  if (!view) return;
  const { shownRows, shownColumns, data } = view;
  if (format === "png") {
    const encoded = map.pixels()?.toDataURL("image/png").split(",")[1];
    if (encoded) host.postMessage({ type: "save", format, base64: encoded });
    return;
  }
  const text =
    format === "csv"
      ? Array.from({ length: shownRows }, (_, i) => data.subarray(i * shownColumns, (i + 1) * shownColumns).join(",")).join("\n")
      : figureSvg(
          { kind: "heatmap", title: view.title, matrix: { rows: shownRows, columns: shownColumns, data } },
          { width: 640, height: 480, theme: "light", palette: map.palette },
        );
  host.postMessage({ type: "save", format, base64: base64(new TextEncoder().encode(text)) });
}

toolbar.append(
  pinButton,
  button("goto", () => host.postMessage({ type: "goto" }), { id: "goto" }),
  menu(
    "copy",
    [
      ["latex", "LaTeX"],
      ["python", "NumPy"],
      ["matlab", "MATLAB"],
      ["julia", "Julia"],
      ["json", "JSON"],
      ["csv", "CSV"],
      ["markdown", "Markdown"],
    ],
    (format) => host.postMessage({ type: "copy", format }),
  ),
  menu(
    "save",
    [
      ["svg", "SVG"],
      ["png", "PNG"],
      ["csv", "CSV"],
    ],
    (format) => save(format as "svg" | "png" | "csv"),
  ),
  scaleMenu,
  button("table", toggleTable, { id: "table" }),
  button("keys", () => (help.hidden = !help.hidden), { "aria-controls": "help" }),
);

const fallback = h(
  "div",
  { class: "fallback" },
  button("restart", () => host.postMessage({ type: "restart" }), { id: "restart", hidden: "" }),
  button("example", () => host.postMessage({ type: "example" }), { id: "example", hidden: "" }),
);

root.append(
  h("header", {}, h("div", { class: "heading" }, title, shape), toolbar),
  state,
  fallback,
  help,
  h(
    "div",
    { class: "columns" },
    h("section", { class: "figure" }, canvas, words, table, readout),
    h("aside", {}, factsTitle, facts, remarks, spectrumTitle, spectrum),
  ),
);

/** Most cells the table writes out. */
const TABLE_ROWS = 200;
const TABLE_COLUMNS = 20;

function drawTable(): void {
  const shown = asTable && view !== null;
  table.hidden = !shown;
  canvas.hidden = shown;
  const toggle = document.getElementById("table");
  if (toggle) toggle.textContent = t(asTable ? "picture" : "table");
  table.replaceChildren();
  if (!view || !shown) return;
  const { shownRows, shownColumns, data } = view;
  const rows = Math.min(TABLE_ROWS, shownRows);
  const columns = Math.min(TABLE_COLUMNS, shownColumns);
  const head = h("tr", {}, h("td"), ...Array.from({ length: columns }, (_, j) => h("th", { scope: "col" }, String(j + 1))));
  const body = Array.from({ length: rows }, (_, i) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, String(i + 1)),
      ...Array.from({ length: columns }, (_, j) => h("td", {}, String(Number(data[i * shownColumns + j].toPrecision(8))))),
    ),
  );
  table.append(h("table", {}, h("caption", {}, view.words), h("thead", {}, head), h("tbody", {}, ...body)));
}

function drawSpectrum(): void {
  spectrum.replaceChildren();
  spectrumTitle.hidden = !view || view.singularValues.length < 2;
  if (!view || view.singularValues.length < 2) return;
  const figure = { kind: "spectrum" as const, title: t("spectrum"), values: view.singularValues, threshold: view.threshold };
  const drawn = picture(figureSvg(figure, { width: 320, height: 190, theme }));
  if (drawn) spectrum.append(drawn);
  const listed = Array.from(view.singularValues.subarray(0, 6), (v) => String(Number(v.toPrecision(4)))).join(", ");
  spectrum.append(h("p", { class: "values" }, view.singularValues.length > 6 ? `${listed}, …` : listed));
}

function drawFacts(): void {
  facts.replaceChildren(...(view?.facts ?? []).flatMap((f) => [h("dt", {}, f.label), h("dd", {}, f.value)]));
  remarks.replaceChildren(...(view?.remarks ?? []).map((r) => h("li", {}, r)));
}

function label(): void {
  for (const e of document.querySelectorAll<HTMLElement>("[data-text]")) e.textContent = t(e.dataset["text"] as PanelText);
  for (const e of document.querySelectorAll<HTMLElement>("[data-label]")) {
    e.setAttribute("aria-label", t(e.dataset["label"] as PanelText));
    e.title = t(e.dataset["label"] as PanelText);
  }
  pinButton.textContent = t(pinned ? "pinned" : "pin");
  spectrumTitle.textContent = t("spectrum");
  factsTitle.textContent = t("facts");
  help.textContent = t("help");
  drawTable();
}

function show(message: ToPanel & { type: "show" }): void {
  view = message.view;
  pinned = message.pinned;
  pinButton.setAttribute("aria-pressed", String(pinned));
  state.textContent = "";
  state.className = "state";
  document.body.dataset["state"] = "value";
  title.textContent = view.title;
  shape.textContent = `${view.rows} × ${view.columns}`;
  words.textContent = view.words;
  const whole = view.shownRows === view.rows && view.shownColumns === view.columns;
  readout.textContent = whole ? "" : t("shown", view.shownRows, view.shownColumns, view.rows, view.columns);
  // As high as the picture needs: a wide matrix leaves no empty space below.
  canvas.style.setProperty("--shape", String(view.shownRows / view.shownColumns));
  map.set({ rows: view.shownRows, columns: view.shownColumns, data: view.data, least: view.least, greatest: view.greatest });
  drawFacts();
  drawSpectrum();
  drawTable();
}

function setState(message: ToPanel & { type: "state" }): void {
  document.body.dataset["state"] = message.state;
  state.className = `state ${message.state}`;
  state.textContent = message.hint ? `${message.message} ${message.hint}` : message.message;
  for (const [id, on] of [
    ["restart", message.state === "lost"],
    ["example", message.state === "empty"],
  ] as const)
    (document.getElementById(id) as HTMLElement).hidden = !on;
}

function receive(message: ToPanel): void {
  if (message.type === "settings") {
    for (const { key, text } of message.texts) texts.set(key, text);
    theme = message.theme;
    map.palette = message.palette;
    label();
    map.recolor();
    drawSpectrum();
    return;
  }
  if (message.rev < rev) return;
  rev = message.rev;
  if (message.type === "show") show(message);
  else setState(message);
}

window.addEventListener("message", ({ data }) => {
  try {
    receive(toPanel(data));
  } catch (e) {
    if (!(e instanceof DecodeError)) throw e;
    console.warn(`message refused: ${e.message}`);
  }
});

const keys: Record<string, (e: KeyboardEvent) => void> = {
  "+": () => map.zoomBy(1.25),
  "=": () => map.zoomBy(1.25),
  "-": () => map.zoomBy(0.8),
  "0": () => map.fit(),
  d: () => setScale("diverging"),
  s: () => setScale("sequential"),
  l: () => setScale("log"),
  f: () => setPinned(!pinned),
  t: toggleTable,
  "?": () => (help.hidden = !help.hidden),
};

function moves(e: KeyboardEvent): (() => void) | undefined {
  if (!view) return undefined;
  const { row, column } = map.cursor;
  const step = e.shiftKey ? 10 : 1;
  const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key] ?? [0, 0];
  if (dx || dy) return e.altKey ? () => map.pan(-dx * 40, -dy * 40) : () => map.moveCursor(row + dy * step, column + dx * step);
  const { shownRows, shownColumns } = view;
  if (e.key === "Home") return () => map.moveCursor(e.ctrlKey ? 0 : row, 0);
  if (e.key === "End") return () => map.moveCursor(e.ctrlKey ? shownRows - 1 : row, shownColumns - 1);
  return undefined;
}

canvas.addEventListener("keydown", (e) => {
  const act = moves(e) ?? (e.ctrlKey || e.metaKey || e.altKey ? undefined : keys[e.key]);
  if (!act) return;
  e.preventDefault();
  act(e);
});
document.addEventListener("keydown", (e) => {
  if (e.key === "Escape") host.postMessage({ type: "back" });
  if (e.key === "t" && asTable && e.target === document.body) toggleTable();
});

// The theme may change without a message: body classes and variables are VS Code's.
new MutationObserver(() => map.draw()).observe(document.body, { attributes: true, attributeFilter: ["class", "style"] });

label();
host.postMessage({ type: "ready" });
