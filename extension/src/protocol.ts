// Everything that crosses a border, typed once: host <-> engine worker, host <-> panel webview. Each type is read off its decoder.
// Offsets are UTF-16 code units in the document of the named version. Values of mathematics stay in the worker; what crosses is ready to show.

import { aidName, comparison, definition, functionEntry, notation, textEdit, toolQuestion, visibleName, written } from "./aidMessages.js";
import {
  type Decoded,
  type Decoder,
  either,
  finite,
  flag,
  integer,
  list,
  literal,
  nullable,
  object,
  oneOf,
  optional,
  range,
  shared,
  shortText,
  tagged,
  text,
} from "./decode.js";
import { labAnswer, labEntry, labId, labValues, trainingControl, trainingEnd, trainingProgress } from "./labMessages.js";
import { lens, liveAnswer, problem } from "./liveMessages.js";
import { part, partAnswer, recipe, sight, valueKey } from "./panelMessages.js";

export type { Lens, LiveAnswer, LiveNote, Problem } from "./liveMessages.js";

const name = shortText(256);
const uri = shortText(8192);
const version = integer();
const id = integer();
const milliseconds = integer(0, 3_600_000);

// ---- documents: the worker keeps a copy of those it was asked about -------------------------------------------------------------------

export const openDocument = object({ type: literal("open"), uri, version, language: name, text });
export const editDocument = object({
  type: literal("edit"),
  uri,
  version,
  changes: list(object({ start: integer(), length: integer(), text })),
});
export const closeDocument = object({ type: literal("close"), uri });
/** The cells of a notebook in order: their formulas see each other's definitions, from above to below. */
export const documentFamily = object({ type: literal("family"), cells: list(uri, 4096) });

/** A selection in a document; an empty range is the cursor. With `text` the selection stands alone and no copy of the document is needed. */
export const place = object({ uri, version, language: name, range, text: optional(text) });
export type Place = Decoded<typeof place>;

// ---- what the reader chose --------------------------------------------------------------------------------------------------------------

export const conventions = object({
  exact: oneOf("auto", "always", "never"),
  digits: integer(1, 17),
  output: name,
  scope: oneOf("above", "document", "selection"),
});
export type Conventions = Decoded<typeof conventions>;

export const noteStyle = object({ maxLength: integer(8, 400), maxRows: integer(1, 64), maxColumns: integer(1, 64) });
export type NoteStyle = Decoded<typeof noteStyle>;

export const themeKind = oneOf("light", "dark", "hc-dark", "hc-light");
export type ThemeKind = Decoded<typeof themeKind>;

export const palette = oneOf("auto", "viridis", "cividis", "greys", "blueOrange");
export type Palette = Decoded<typeof palette>;

// ---- answers ------------------------------------------------------------------------------------------------------------------------------

/** A formula in a document: where it stands, where a note about it may stand, and how it was read. */
export const region = object({ range, language: name, named: optional(name) });
export type Region = Decoded<typeof region>;

/** A name a formula used, and where it is defined; `uri` when that is in another cell of its notebook. */
export const usedName = object({ name: shortText(1024), range: optional(range), uri: optional(uri) });

const valueAnswer = object({
  ok: literal(true),
  region,
  /** The whole value in the notation it came from, for putting it into the text. */
  text,
  /** What stands between the formula and the value in a text, when the value follows from the formula and does not equal it. */
  implied: optional(shortText(16)),
  /** One line, short enough for a note; `brief`, from longest to shortest, where there is less room. */
  note: shortText(),
  brief: optional(list(shortText(200), 4)),
  /** True when the note shows rounded or floating-point numbers. */
  approximate: flag,
  /** How many bytes or cells of work the next evaluation will be, by its last duration in milliseconds. */
  cost: finite(0),
  used: list(usedName, 4096),
});
const problemAnswer = object({ ok: literal(false), region: optional(region), problem, note: shortText(), brief: optional(list(shortText(200), 4)) });
/** The region of the place was evaluated. */
export const evaluation = either(valueAnswer, problemAnswer);
export type Evaluation = Decoded<typeof evaluation>;

export const fact = object({ name, label: shortText(), value: shortText() });
export type Fact = Decoded<typeof fact>;

const hoverValue = object({
  ok: literal(true),
  region,
  /** In code: the literal itself, or something around it. */
  literal: flag,
  /** Typeset value as SVG, empty when it would be too large; its words are its alternative text. */
  picture: nullable(object({ svg: text, width: integer(), height: integer() })),
  /** Text shown when there is no picture. */
  text: shortText(1 << 16),
  words: shortText(8192),
  facts: list(fact, 64),
  /** Facts beyond the first few. */
  moreFacts: list(fact, 64),
  /** Facts or figures were left out because they take longer than a hover may. */
  abridged: flag,
  figure: nullable(object({ svg: text, width: integer(), height: integer(), words: shortText(8192) })),
  remarks: list(shortText(), 64),
  used: list(usedName, 4096),
  isArray: flag,
});
export const hoverAnswer = either(hoverValue, problemAnswer);
export type HoverAnswer = Decoded<typeof hoverAnswer>;

const sightAnswer = object({ ok: literal(true), region, sight });
export const panelAnswer = either(sightAnswer, problemAnswer);
export type PanelAnswer = Decoded<typeof panelAnswer>;

const printed = object({ ok: literal(true), region, text });
export const printAnswer = either(printed, problemAnswer);
export type PrintAnswer = Decoded<typeof printAnswer>;

// ---- papers -------------------------------------------------------------------------------------------------------------------------------------

/** A paper a text mentions: where, what to call it, and where it can be read. */
export const paper = object({
  range,
  label: shortText(),
  url: shortText(),
  places: list(object({ name, url: shortText() }), 32),
});
export type Paper = Decoded<typeof paper>;

// ---- jobs: what the host asks of the engine ------------------------------------------------------------------------------------------------

const ask = { place, conventions, timeout: milliseconds };
const theming = { theme: themeKind, palette };

/** Every kind of job, with the decoder of its question and of its answer. */
export const jobs = {
  /** Is there a formula at the place? Reads only. */
  locate: { ask: object({ place }), answer: object({ region: nullable(region) }) },
  evaluate: { ask: object({ ...ask, style: noteStyle }), answer: evaluation },
  /** The value in another notation. */
  print: { ask: object({ ...ask, format: name }), answer: printAnswer },
  /** With `literal`, a matrix written out at the place and not the statement around it. `facts` names those wanted; empty chooses by type. */
  hover: {
    ask: object({ ...ask, ...theming, fontSize: finite(4, 200), figures: flag, literal: flag, facts: list(name, 32) }),
    answer: hoverAnswer,
  },
  /** What there is to see at a place, or in what a recipe makes; the value stays in the engine under its key. */
  panel: { ask: object({ ...ask, recipe: optional(recipe) }), answer: panelAnswer },
  /** More of a value the panel has been told of. */
  part: { ask: object({ key: valueKey, part, timeout: milliseconds }), answer: partAnswer },
  /** The panel has closed: the engine may forget the value. */
  forget: { ask: object({ key: valueKey }), answer: object({}) },
  /** The formulas in the given ranges of a document, nearest to `cursor` first, each with its own small budget of time. */
  live: {
    ask: object({
      uri,
      version,
      language: name,
      ranges: list(range, 1024),
      cursor: integer(),
      most: integer(1, 1000),
      /** The last round whose answer is in place; 0 for none. */
      known: integer(),
      conventions,
      style: noteStyle,
      timeout: milliseconds,
    }),
    answer: liveAnswer,
  },
  /** What is wrong with the mathematics of a whole document; `more` when time ran out: ask again and the rest follows. */
  problems: {
    ask: object({ uri, version, language: name, conventions, timeout: milliseconds }),
    answer: object({ problems: list(problem, 1000), more: flag }),
  },
  /** Matrices over several lines and named formulas. */
  lenses: { ask: object({ uri, version, language: name }), answer: object({ lenses: list(lens, 1000) }) },
  /** Shape and rank of the value at a place, as far as they are cheap. */
  summary: { ask: object(ask), answer: either(object({ ok: literal(true), title: shortText(), isMatrix: flag }), problemAnswer) },
  /** The papers mentioned in a range; an empty range is the whole document. `now` is the month, as IDs of the future are none. */
  papers: { ask: object({ place, now: shortText(7), destinations: list(name, 32) }), answer: object({ papers: list(paper, 1000) }) },
  /** The addresses that open the papers of a range, or its words as a search. */
  openings: { ask: object({ place, now: shortText(7), destinations: list(name, 32) }), answer: object({ urls: list(shortText(), 1000) }) },
  /** What can be done to the matrix or formula at a place. Reads only. */
  aids: { ask: object({ place }), answer: object({ aids: list(aidName, 16), notations: list(notation, 64) }) },
  /** The edits that do it. */
  aid: {
    ask: object({ ...ask, aid: aidName, argument: optional(shortText()) }),
    answer: either(object({ ok: literal(true), edits: list(textEdit, 1000) }), problemAnswer),
  },
  /** A matrix from elsewhere in the notation of a place. */
  paste: {
    ask: object({ ...ask, given: text, format: optional(name) }),
    answer: either(object({ ok: literal(true), text, from: name, shape: shortText(), notations: list(notation, 64) }), problemAnswer),
  },
  /** A command of the formula language on the value at a place. */
  command: {
    ask: object({ ...ask, command: name, variable: optional(shortText(256)) }),
    answer: either(
      object({
        ok: literal(true),
        region,
        text,
        latex: text,
        note: shortText(),
        approximate: flag,
        outer: range,
        steps: list(object({ title: text, latex: text }), 2000),
      }),
      problemAnswer,
    ),
  },
  /** Whether a place is in a formula, the notation there, how its document holds formulas, and the names defined above it. */
  names: { ask: object({ place }), answer: object({ inside: flag, language: name, layout: name, names: list(visibleName, 2000) }) },
  /** Everything that can be called by name. */
  functions: { ask: object({}), answer: object({ functions: list(functionEntry, 4096) }) },
  definitions: {
    ask: object({ uri, version, language: name, conventions, style: noteStyle, timeout: milliseconds }),
    answer: object({ definitions: list(definition, 5000) }),
  },
  /** The edits that rename a definition wherever it is meant. */
  rename: {
    ask: object({ uri, version, language: name, offset: integer(), name: shortText(256) }),
    answer: either(object({ ok: literal(true), edits: list(textEdit, 20_000) }), problemAnswer),
  },
  compare: {
    ask: object({ first: written, second: written, ...theming, timeout: milliseconds }),
    answer: either(object({ ok: literal(true), comparison }), problemAnswer),
  },
  /** A question of a language model; the answer is text. Definitions above a place of an open document may be used. */
  tool: {
    ask: object({ question: toolQuestion, place: optional(place), timeout: milliseconds }),
    answer: object({ ok: flag, text }),
  },
  /** The gallery. */
  labs: { ask: object({ locale: name }), answer: object({ labs: list(labEntry, 256) }) },
  /** A lab's figures at some values; with `page` what it says as well. */
  lab: { ask: object({ lab: labId, locale: name, values: labValues, page: flag }), answer: labAnswer },
  /** A training: reports on its way, and can be paused, resumed and cancelled. */
  train: { ask: object({ lab: labId, locale: name, values: labValues }), answer: trainingEnd },
} as const;

/** What a job may report while it runs, by kind. */
export const reports = { train: trainingProgress } as const;
export type Report<K extends JobKind> = K extends keyof typeof reports ? Decoded<(typeof reports)[K]> : never;

export type JobKind = keyof typeof jobs;
export type Ask<K extends JobKind> = Decoded<(typeof jobs)[K]["ask"]>;
export type Answer<K extends JobKind> = Decoded<(typeof jobs)[K]["answer"]>;

/** What a question or an answer holds is decoded by its kind, after its frame. */
const payload: Decoder<NonNullable<unknown> | null> = (v) => v as NonNullable<unknown> | null;

export const job = object({ type: literal("job"), id, kind: oneOf(...(Object.keys(jobs) as JobKind[])), ask: payload });
/** To the running job, when its id is that. */
export const control = object({ type: literal("control"), id, action: trainingControl });
export const chunkText = object({ type: literal("chunk"), name, text });
/** First message: memory whose first integer is the id of a job to stop, where the platform has shared memory. */
export const hello = object({
  type: literal("hello"),
  cancel: shared,
  /** Translations of what the engine says; none in English. */
  phrases: list(object({ key: shortText(), text: shortText() }), 10_000),
});

export const toWorker = tagged("type", {
  hello,
  open: openDocument,
  edit: editDocument,
  close: closeDocument,
  family: documentFamily,
  job,
  control,
  chunk: chunkText,
});
export type ToWorker = Decoded<typeof toWorker>;

export const ready = object({ type: literal("ready") });
export const progress = object({ type: literal("progress"), id, report: payload });
/** The thread has needed so much memory that it should end when there is nothing to do, and nothing but time is lost by it. */
const spent = flag;
export const done = object({ type: literal("done"), id, milliseconds: finite(0), answer: payload, spent });
/** The job could not be done for a reason that is not the formula's: the copy of the document is missing or of another version, or a defect. */
export const failed = object({ type: literal("failed"), id, reason: oneOf("stale", "cancelled", "defect"), message: shortText(1 << 16), spent });
/** The worker wants the text of one of its lazily loaded parts. */
export const chunkWanted = object({ type: literal("want"), name });

export const fromWorker = tagged("type", { ready, progress, done, failed, want: chunkWanted });
export type FromWorker = Decoded<typeof fromWorker>;
