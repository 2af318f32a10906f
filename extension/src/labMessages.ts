// What crosses the borders for the labs: their pages, their figures for some values, trainings on their way, and what the view says to the host.
import { type Decoded, either, finite, flag, integer, list, literal, object, oneOf, optional, shortText, tagged } from "./decode.js";
import { figure } from "./panelMessages.js";

const name = shortText(64);
const label = shortText(256);
const prose = shortText(4096);

export const labId = name;
/** Values of inputs; those of a link may be anything. */
export const labValues = list(object({ name, value: either(finite(), shortText(256)) }), 64);
export type LabValues = Decoded<typeof labValues>;

const input = tagged("kind", {
  range: object({
    kind: literal("range"),
    name,
    label,
    min: finite(),
    max: finite(),
    step: finite(0),
    value: finite(),
    log: flag,
    unit: optional(label),
  }),
  choice: object({ kind: literal("choice"), name, label, value: name, options: list(object({ value: name, label }), 64) }),
  seed: object({ kind: literal("seed"), name, label, value: finite(), max: finite() }),
});
export type LabInput = Decoded<typeof input>;

/** Everything of a lab that does not change with its inputs, in the reader's language. */
export const labPage = object({
  id: labId,
  title: label,
  claim: prose,
  story: prose,
  doesNotShow: prose,
  inputs: list(input, 64),
  presets: list(object({ label, values: labValues }), 16),
  sources: list(object({ title: label, url: shortText(1024) }), 16),
  trained: flag,
});
export type LabPage = Decoded<typeof labPage>;

export const labEntry = object({ id: labId, title: label, claim: prose, topic: label, trained: flag });
export type LabEntry = Decoded<typeof labEntry>;

export const labView = object({ figures: list(figure, 6), facts: list(object({ label, value: label }), 16) });
export type LabView = Decoded<typeof labView>;

const misfit = object({ name, kind: oneOf("unknown", "not a number", "out of range", "no such choice"), given: label, taken: label });
export type LabMisfit = Decoded<typeof misfit>;

/** The figures of a lab at some values; `page` when it was asked for. `link` opens the lab at these values. */
export const labAnswer = either(
  object({
    ok: literal(true),
    page: optional(labPage),
    values: labValues,
    misfits: list(misfit, 64),
    view: labView,
    link: shortText(2048),
  }),
  object({ ok: literal(false), id: labId }),
);
export type LabAnswer = Decoded<typeof labAnswer>;

export const trainingProgress = object({ done: integer(), total: integer(), paused: flag, view: labView });
export type TrainingProgress = Decoded<typeof trainingProgress>;
export const trainingEnd = object({ status: oneOf("done", "diverged"), view: labView });
export type TrainingEnd = Decoded<typeof trainingEnd>;

/** What a running training can be told. */
export const trainingControl = oneOf("pause", "resume", "step", "cancel");
export type TrainingControl = Decoded<typeof trainingControl>;

// ---- host <-> view -----------------------------------------------------------------------------------------------------------------------------

const themeKind = oneOf("light", "dark", "hc-dark", "hc-light");
const palette = oneOf("auto", "viridis", "cividis", "greys", "blueOrange");

/** What a lab keeps over a reload of the window. */
export const labSaved = object({ id: labId, values: labValues });
export type LabSaved = Decoded<typeof labSaved>;

export const toLab = tagged("type", {
  settings: object({
    type: literal("settings"),
    palette,
    theme: themeKind,
    motion: flag,
    texts: list(object({ key: shortText(), text: shortText() }), 200),
  }),
  /** A lab to show. */
  open: object({ type: literal("open"), page: labPage, values: labValues, misfits: list(misfit, 64), view: labView, link: shortText(2048) }),
  /** The figures for a question of the view. */
  view: object({ type: literal("view"), id: integer(), values: labValues, view: labView, link: shortText(2048) }),
  progress: object({ type: literal("progress"), progress: trainingProgress }),
  end: object({ type: literal("end"), status: oneOf("done", "diverged", "cancelled"), view: optional(labView) }),
  /** Something went wrong, in words; a question that has no answer names its id. */
  problem: object({ type: literal("problem"), message: shortText(), id: optional(integer()) }),
});
export type ToLab = Decoded<typeof toLab>;

export const fromLab = tagged("type", {
  ready: object({ type: literal("ready") }),
  ask: object({ type: literal("ask"), id: integer(), values: labValues }),
  train: object({ type: literal("train"), values: labValues }),
  control: object({ type: literal("control"), action: trainingControl }),
  insert: object({ type: literal("insert") }),
  copy: object({ type: literal("copy") }),
  gallery: object({ type: literal("gallery") }),
  source: object({ type: literal("source"), index: integer(0, 16) }),
  back: object({ type: literal("back") }),
});
export type FromLab = Decoded<typeof fromLab>;
