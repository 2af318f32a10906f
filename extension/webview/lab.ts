// A lab's page: a story, inputs, figures, and for the trained ones the buttons of a player. It computes nothing; figures come from the engine.
import { type FromLab, type LabMisfit, type LabPage, type LabSaved, type LabView, type ToLab, toLab } from "../src/labMessages.js";
import type { LabText } from "../src/services/labTexts.js";
import { h } from "./dom.js";
import { FigureBox } from "./figureBox.js";
import { figureTable } from "./figureTable.js";
import { hostOf, listen, soon } from "./host.js";
import { LabControls } from "./labControls.js";
import { Voice } from "./live.js";
import { button, definitions, drawing, press, surround, tableOf } from "./page.js";
import { labelled, t, wordsOf } from "./texts.js";
import { Turn } from "./turn.js";

const { send, keep } = hostOf<FromLab, LabSaved>();

/** A training as the page knows it. */
type Phase = "idle" | "running" | "paused";

let page: LabPage | null = null;
let view: LabView | null = null;
let phase: Phase = "idle";
let asTable = false;
let asked = 0;
const turn = new Turn();
let lastStep: readonly [number, number] = [0, 0];

// ---- the page ---------------------------------------------------------------------------------------------------------------------------------

const root = document.getElementById("lab") as HTMLElement;
const title = h("h1", { id: "title" });
const claim = h("p", { class: "claim" });
const story = h("p", { class: "story" });
const misfits = h("ul", { class: "misfits" });
const voice = new Voice();
const controls = new LabControls(valuesChanged);
const presets = h("div", { class: "presets", role: "group", "data-label": "Presets" });
const facts = h("dl", { class: "facts" });
const box = new FigureBox("lab-figures", (width) => Math.round(Math.max(230, Math.min(360, width * 0.72))), true, 300);
const tables = h("div", { class: "tables", hidden: true, tabindex: 0 });
const status = h("p", { class: "status", id: "status" });
const bar = h("progress", { max: 1, value: 0, "data-label": "Training" });
const limits = h("p", {});
const sources = h("ul", {});
const problem = h("p", { class: "problem", role: "alert" });

const play = button("Play", "play", playOrPause);
const step = button("Step", "step", oneStep);
const cancel = button("Cancel", "cancel", () => send({ type: "control", action: "cancel" }));
const player = h(
  "div",
  { class: "player", role: "group", "data-label": "Training" },
  h("div", { class: "toolbar" }, play, step, cancel),
  bar,
  status,
);
const tableButton = button("Show as table", "table", toggleTable);

root.append(
  h("header", {}, title, claim),
  story,
  misfits,
  problem,
  h(
    "div",
    { class: "columns" },
    h(
      "section",
      { class: "side", "data-label": "Controls" },
      player,
      controls.element,
      presets,
      h(
        "div",
        { class: "toolbar" },
        button("Reset", "reset", reset),
        tableButton,
        button("Copy link", "copy", () => send({ type: "copy" })),
        button("Insert into note", "insert", () => send({ type: "insert" })),
        button("All labs", "gallery", () => send({ type: "gallery" })),
      ),
      facts,
    ),
    h("section", { class: "stage", "data-label": "Figures" }, box.element, tables),
  ),
  h("section", { class: "limits" }, h("h2", { "data-text": "What this toy does not show" }), limits),
  h("section", { class: "sources" }, h("h2", { "data-text": "Sources" }), sources),
  voice.element,
);
root.hidden = true;

// ---- figures ----------------------------------------------------------------------------------------------------------------------------------

function show(next: LabView): void {
  view = next;
  facts.replaceChildren(...definitions(next.facts));
  if (asTable) showTables();
  else box.show(next.figures, drawing());
}

function showTables(): void {
  tables.replaceChildren(
    ...(view?.figures ?? []).map((figure) => {
      const { head, rows } = figureTable(figure);
      return tableOf(figure.title, head, rows);
    }),
  );
}

function toggleTable(): void {
  asTable = !asTable;
  label();
  box.element.hidden = asTable;
  tables.hidden = !asTable;
  if (view) show(view);
}

// ---- values -----------------------------------------------------------------------------------------------------------------------------------

function valuesChanged(): void {
  keepSoon();
  turn.ask(() => send({ type: "ask", id: ++asked, values: controls.values }));
}

/** Whether an answer is to the last question; then the one that waited is asked. */
function answers(id: number): boolean {
  if (id !== asked) return false;
  turn.done();
  return true;
}

function reset(): void {
  controls.take(controls.defaults);
  misfits.replaceChildren();
  valuesChanged();
}

const keepSoon = soon(() => page && keep({ id: page.id, values: controls.values }));

// ---- training ---------------------------------------------------------------------------------------------------------------------------------

function playOrPause(): void {
  if (phase === "idle") begin();
  else send({ type: "control", action: phase === "running" ? "pause" : "resume" });
}

function begin(): void {
  problem.textContent = "";
  setPhase("running");
  send({ type: "train", values: controls.values });
}

/** One step of a paused training; a running one is paused first. */
function oneStep(): void {
  if (phase === "idle") begin();
  if (phase === "running") send({ type: "control", action: "pause" });
  else send({ type: "control", action: "step" });
}

function setPhase(next: Phase): void {
  phase = next;
  document.body.dataset["phase"] = next;
  const key: LabText = next === "running" ? "Pause" : next === "paused" ? "Resume" : "Play";
  play.dataset["text"] = key;
  play.textContent = t(key);
  cancel.disabled = next === "idle";
}

function progressed({ progress }: ToLab & { type: "progress" }): void {
  const { done, total, paused } = progress;
  lastStep = [done, total];
  setPhase(paused ? "paused" : "running");
  bar.max = total;
  bar.value = done;
  status.textContent = t(paused ? "Paused at step {0} of {1}" : "Step {0} of {1}", done, total);
  if (paused) voice.say(status.textContent);
  show(progress.view);
}

function ended(message: ToLab & { type: "end" }): void {
  setPhase("idle");
  if (message.view) show(message.view);
  const [done, total] = lastStep;
  if (message.status === "done") bar.value = bar.max;
  status.textContent =
    message.status === "done"
      ? t("Trained: {0} steps", total)
      : message.status === "diverged"
        ? t("Diverged; the figures end with the last finite step.")
        : t("Cancelled after step {0} of {1}", done, total);
  voice.say([status.textContent, ...(message.view?.facts ?? []).map((f) => `${f.label}: ${f.value}`)].join(". "));
}

// ---- messages ---------------------------------------------------------------------------------------------------------------------------------

const said = ({ name, kind, given, taken }: LabMisfit): string => {
  const input = page?.inputs.find((i) => i.name === name)?.label ?? name;
  switch (kind) {
    case "unknown":
      return t("This lab has no input named {0}.", name);
    case "out of range":
      return t("{0}: {1} is out of range; {2} is taken.", input, given, taken);
    case "not a number":
      return t("{0}: {1} is not a number; {2} is taken.", input, given, taken);
    case "no such choice":
      return t("{0}: there is no choice {1}; {2} is taken.", input, given, taken);
  }
};

function open(message: ToLab & { type: "open" }): void {
  page = message.page;
  root.hidden = false;
  root.dataset["lab"] = page.id;
  title.textContent = page.title;
  claim.textContent = page.claim;
  story.textContent = page.story;
  limits.textContent = page.doesNotShow;
  sources.replaceChildren(...page.sources.map((s, index) => h("li", {}, h("a", { href: s.url, onclick: (e: Event) => follow(e, index) }, s.title))));
  controls.set(page.inputs, message.values);
  presets.replaceChildren(
    ...page.presets.map((p) =>
      h(
        "button",
        {
          type: "button",
          onclick: () => {
            controls.take(controls.defaults);
            controls.take(p.values);
            valuesChanged();
          },
        },
        p.label,
      ),
    ),
  );
  player.hidden = !page.trained;
  misfits.replaceChildren(...message.misfits.map((m) => h("li", {}, said(m))));
  problem.textContent = "";
  turn.forget();
  rest();
  show(message.view);
  keepSoon();
}

/** Nothing is trained, and nothing was. */
function rest(): void {
  setPhase("idle");
  bar.value = 0;
  status.textContent = "";
}

function follow(e: Event, index: number): void {
  e.preventDefault();
  send({ type: "source", index });
}

function label(): void {
  labelled(document);
  press(tableButton, asTable, asTable ? "Show as picture" : "Show as table");
}

function receive(message: ToLab): void {
  switch (message.type) {
    case "settings":
      surround(message);
      label();
      box.recolor(drawing());
      return;
    case "open":
      open(message);
      return;
    case "view":
      if (!answers(message.id)) return;
      rest();
      show(message.view);
      voice.say(wordsOf(box.figures).slice(0, 600));
      return;
    case "progress":
      progressed(message);
      return;
    case "end":
      ended(message);
      return;
    case "problem":
      if (message.id !== undefined) answers(message.id);
      problem.textContent = message.message;
      return;
  }
}

const keys: Readonly<Record<string, () => void>> = {
  "0": reset,
  t: toggleTable,
  p: () => page?.trained && playOrPause(),
  s: () => page?.trained && oneStep(),
};
document.addEventListener("keydown", (e) => {
  if (e.key === "Escape") send({ type: "back" });
  const at = e.target as HTMLElement;
  if (e.ctrlKey || e.metaKey || e.altKey || (at instanceof HTMLInputElement && at.type === "number") || at instanceof HTMLSelectElement) return;
  const act = keys[e.key];
  if (!act) return;
  e.preventDefault();
  act();
});

listen(toLab, receive);
label();
send({ type: "ready" });
