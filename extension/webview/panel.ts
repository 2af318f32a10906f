// The Visualize panel. It draws what it is sent and asks for what it needs; it computes nothing of the mathematics.
import { DecodeError } from "../src/decode.js";
import { type ExportFormat, type Saved, type Sight, saved, type ToPanel, toPanel } from "../src/panelMessages.js";
import { h } from "./dom.js";
import { rasterized } from "./figureBox.js";
import { Help } from "./help.js";
import { listen, soon } from "./host.js";
import { keysOf } from "./keys.js";
import { Voice } from "./live.js";
import { button, surround } from "./page.js";
import { answered, forgetQuestions, keep, kept, send } from "./questions.js";
import { Stage } from "./stage.js";
import { TABS, TabList, type TabName } from "./tabs.js";
import { labelled } from "./texts.js";
import { Toolbar } from "./toolbar.js";

performance.mark("scholium-script");

let sight: Sight | null = null;
let source: { readonly uri: string; readonly range: readonly [number, number] } | null = null;
let rev = -1;
let others: readonly { readonly key: string; readonly title: string }[] = [];
let pinned = false;

// ---- the page ---------------------------------------------------------------------------------------------------------------------------------

const title = h("h1", { id: "title" });
const shape = h("span", { class: "shape" });
const badge = h("p", { class: "state" });
const voice = new Voice();
const help = new Help();
const restart = button("Restart engine", "restart", () => send({ type: "restart" }), { hidden: "" });
const example = button("Open a sample", "example", () => send({ type: "example" }), { hidden: "" });

const say = (words: string) => voice.say(words);
const stage = new Stage({
  say,
  onChange: () => changed(),
  onMove: () => keepSoon(),
  onRank: () => tabs.current === "Spectrum" && tabs.refresh(),
  onPainted: () => {
    if (!performance.getEntriesByName("scholium-painted").length) performance.mark("scholium-painted");
  },
});
const tabs = new TabList(
  {
    sight: () => sight,
    others: () => others,
    rank: () => stage.rank,
    setRank: (rank) => stage.setRank(rank),
    showApproximation: () => stage.choose("approximation"),
    say,
  },
  () => keepSoon(),
);
const toolbar = new Toolbar({
  pin: togglePin,
  goto: () => send({ type: "goto" }),
  choose: (picture) => stage.choose(picture),
  setScale: (scale) => stage.setScale(scale),
  toggleTable: () => stage.toggleTable(),
  exportAs: (format) => void exportAs(format),
  toggleKeys: () => help.toggle(),
});

document
  .getElementById("panel")
  ?.append(
    h("header", {}, h("div", { class: "heading" }, title, shape)),
    toolbar.element,
    h("div", { class: "bar", "aria-hidden": "true" }),
    badge,
    h("div", { class: "fallback" }, restart, example),
    help.element,
    h("div", { class: "columns" }, stage.element, h("div", { class: "side" }, stage.controls.element, tabs.element)),
    voice.element,
  );

function label(): void {
  labelled(document);
  stage.label();
  help.label();
  showChoices();
}

function showChoices(): void {
  const { pictures, shown, map, asTable } = stage;
  toolbar.show({ kind: sight?.kind ?? "matrix", pinned, pictures, shown, scale: map.scale, asTable });
}

function changed(): void {
  showChoices();
  keepSoon();
}

function togglePin(): void {
  pinned = !pinned;
  send({ type: "pin", pinned });
  changed();
}

async function exportAs(format: ExportFormat): Promise<void> {
  const picture = format === "svg" || format === "png";
  const svg = picture ? stage.svg() : null;
  if (!svg) {
    const { scale } = stage.map;
    send({ type: "export", format, ...(scale === "auto" ? {} : { scale }) });
    return;
  }
  const bytes = format === "svg" ? new TextEncoder().encode(svg) : await rasterized(svg);
  if (bytes) send({ type: "save", format: format as "svg" | "png", bytes });
}

// ---- messages ---------------------------------------------------------------------------------------------------------------------------------

function show(message: ToPanel & { type: "show" }): void {
  const last = sight;
  sight = message.sight;
  source = message.source;
  pinned = message.pinned;
  setBadge("value", "");
  if (last?.key === sight.key) {
    changed();
    return;
  }
  for (const mark of ["scholium-show", "scholium-painted"]) performance.clearMarks(mark);
  performance.mark("scholium-show");
  forgetQuestions();
  title.textContent = sight.title;
  shape.textContent = sight.kind === "matrix" ? `${sight.rows} × ${sight.columns}${sight.complex ? " ℂ" : ""}` : "";
  document.body.dataset["kind"] = sight.kind;
  stage.set(sight);
  if (!last) restore();
  stage.draw();
  changed();
  // The picture first: what it needs of the engine is asked before what stands beside it.
  requestAnimationFrame(() => tabs.refresh());
}

function setBadge(state: string, text: string): void {
  document.body.dataset["state"] = state;
  badge.className = `state ${state}`;
  badge.textContent = text;
  restart.hidden = state !== "lost";
  example.hidden = state !== "empty";
  if (text) voice.say(text);
}

function receive(message: ToPanel): void {
  switch (message.type) {
    case "settings":
      surround(message);
      label();
      stage.recolor();
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

// ---- what survives a reload ---------------------------------------------------------------------------------------------------------------------

/** Takes up what the panel looked at before its page was thrown away. */
function restore(): void {
  try {
    const { look } = saved(kept());
    if (!look) return;
    stage.restore(look);
    if ((TABS as readonly string[]).includes(look.tab)) tabs.open(look.tab as TabName);
  } catch (e) {
    if (!(e instanceof DecodeError)) throw e;
  }
}

/** A recipe longer than this is not kept: what is kept stays below 16 kB. */
const LONGEST_RECIPE = 8000;

const keepSoon = soon(() => {
  if (!sight || !source) return;
  const { recipe } = sight;
  const length = recipe ? recipe.text.length + recipe.definitions.reduce((n, d) => n + d.length, 0) : 0;
  const state: Saved = {
    ...source,
    pinned,
    ...(recipe && length <= LONGEST_RECIPE ? { recipe } : {}),
    look: { ...stage.look(), tab: tabs.current },
  };
  keep(state);
});

// ---- keys -------------------------------------------------------------------------------------------------------------------------------------

stage.element.addEventListener(
  "keydown",
  keysOf(stage, tabs, { pin: togglePin, toggleKeys: () => help.toggle(), focusExport: () => toolbar.focusExport() }),
);
document.addEventListener("keydown", (e) => {
  if (e.key !== "Escape") return;
  if (help.element.hidden) send({ type: "back" });
  else help.toggle();
});

// The theme may change without a message: body classes and variables are VS Code's.
new MutationObserver(() => stage.map.restyle()).observe(document.body, { attributes: true, attributeFilter: ["class", "style"] });

listen(toPanel, receive);
label();
send({ type: "ready", rev });
