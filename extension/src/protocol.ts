// Everything that crosses a border, typed once: host <-> engine worker, host <-> panel webview. Each type is read off its decoder.
// Offsets are UTF-16 code units in the document of the named version. Values of mathematics stay in the worker; what crosses is ready to show.

import {
  type Decoded,
  type Decoder,
  either,
  finite,
  flag,
  floats,
  integer,
  list,
  literal,
  nullable,
  object,
  oneOf,
  optional,
  range,
  real,
  shared,
  shortText,
  tagged,
  text,
} from "./decode.js";

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

/** What is wrong, where in the document, what to do. */
export const problem = object({ kind: name, message: shortText(), range, hint: optional(shortText()) });
export type Problem = Decoded<typeof problem>;

/** A formula in a document: where it stands, where a note about it may stand, and how it was read. */
export const region = object({ range, language: name, named: optional(name) });
export type Region = Decoded<typeof region>;

/** A name a formula used, and where it is defined when that is in the same document. */
export const usedName = object({ name: shortText(1024), range: optional(range) });

const valueAnswer = object({
  ok: literal(true),
  region,
  /** The whole value in the notation it came from, for putting it into the text. */
  text,
  /** One line, short enough for a note. */
  note: shortText(),
  /** True when the note shows rounded or floating-point numbers. */
  approximate: flag,
  /** How many bytes or cells of work the next evaluation will be, by its last duration in milliseconds. */
  cost: finite(0),
  remarks: list(shortText(), 64),
  used: list(usedName, 4096),
});
const problemAnswer = object({ ok: literal(false), region: optional(region), problem, note: shortText() });
/** The region of the place was evaluated. */
export const evaluation = either(valueAnswer, problemAnswer);
export type Evaluation = Decoded<typeof evaluation>;

export const fact = object({ name, label: shortText(), value: shortText() });
export type Fact = Decoded<typeof fact>;

const hoverValue = object({
  ok: literal(true),
  region,
  /** Typeset value as SVG, empty when it would be too large; its words are its alternative text. */
  picture: nullable(object({ svg: text, width: integer(), height: integer() })),
  /** Text shown when there is no picture. */
  text: shortText(1 << 16),
  words: shortText(8192),
  facts: list(fact, 64),
  figure: nullable(object({ svg: text, width: integer(), height: integer(), words: shortText(8192) })),
  remarks: list(shortText(), 64),
  used: list(usedName, 4096),
  isArray: flag,
});
export const hoverAnswer = either(hoverValue, problemAnswer);
export type HoverAnswer = Decoded<typeof hoverAnswer>;

/** What the panel shows of a value. `data` is row-major; larger matrices come as means of blocks, with the true shape beside them. */
export const view = object({
  title: shortText(),
  latex: shortText(1 << 16),
  text: shortText(1 << 16),
  words: shortText(8192),
  rows: integer(),
  columns: integer(),
  shownRows: integer(),
  shownColumns: integer(),
  data: floats(),
  least: real,
  greatest: real,
  singularValues: floats(1 << 20),
  threshold: real,
  facts: list(fact, 64),
  remarks: list(shortText(), 64),
});
export type View = Decoded<typeof view>;
const viewAnswer = object({ ok: literal(true), region, view });
export const panelAnswer = either(viewAnswer, problemAnswer);
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
  hover: { ask: object({ ...ask, ...theming, fontSize: finite(4, 200), figures: flag }), answer: hoverAnswer },
  panel: { ask: object({ ...ask }), answer: panelAnswer },
  /** Every formula in the given ranges of the document; each with its own small budget of time. */
  live: {
    ask: object({
      uri,
      version,
      language: name,
      ranges: list(range, 64),
      most: integer(1, 1000),
      conventions,
      style: noteStyle,
      timeout: milliseconds,
    }),
    answer: object({ total: integer(), notes: list(evaluation, 1000) }),
  },
  /** The papers mentioned in a range; an empty range is the whole document. `now` is the month, as IDs of the future are none. */
  papers: { ask: object({ place, now: shortText(7), destinations: list(name, 32) }), answer: object({ papers: list(paper, 1000) }) },
  /** The addresses that open the papers of a range, or its words as a search. */
  openings: { ask: object({ place, now: shortText(7), destinations: list(name, 32) }), answer: object({ urls: list(shortText(), 1000) }) },
} as const;

export type JobKind = keyof typeof jobs;
export type Ask<K extends JobKind> = Decoded<(typeof jobs)[K]["ask"]>;
export type Answer<K extends JobKind> = Decoded<(typeof jobs)[K]["answer"]>;

/** What a question or an answer holds is decoded by its kind, after its frame. */
const payload: Decoder<NonNullable<unknown> | null> = (v) => v as NonNullable<unknown> | null;

export const job = object({ type: literal("job"), id, kind: oneOf(...(Object.keys(jobs) as JobKind[])), ask: payload });
export const chunkText = object({ type: literal("chunk"), name, text });
/** First message: memory whose first integer is the id of a job to stop, where the platform has shared memory. */
export const hello = object({ type: literal("hello"), cancel: shared });

export const toWorker = tagged("type", { hello, open: openDocument, edit: editDocument, close: closeDocument, job, chunk: chunkText });
export type ToWorker = Decoded<typeof toWorker>;

export const ready = object({ type: literal("ready") });
export const done = object({ type: literal("done"), id, milliseconds: finite(0), answer: payload });
/** The job could not be done for a reason that is not the formula's: the copy of the document is missing or of another version, or a defect. */
export const failed = object({ type: literal("failed"), id, reason: oneOf("stale", "cancelled", "defect"), message: shortText(1 << 16) });
/** The worker wants the text of one of its lazily loaded parts. */
export const chunkWanted = object({ type: literal("want"), name });

export const fromWorker = tagged("type", { ready, done, failed, want: chunkWanted });
export type FromWorker = Decoded<typeof fromWorker>;

// ---- panel ----------------------------------------------------------------------------------------------------------------------------------

export const panelState = oneOf("empty", "loading", "value", "problem", "stale", "lost");

export const toPanel = tagged("type", {
  show: object({ type: literal("show"), rev: integer(), pinned: flag, view }),
  state: object({ type: literal("state"), rev: integer(), state: panelState, message: shortText(), hint: optional(shortText()) }),
  settings: object({
    type: literal("settings"),
    palette,
    theme: themeKind,
    motion: flag,
    texts: list(object({ key: name, text: shortText() }), 400),
  }),
});
export type ToPanel = Decoded<typeof toPanel>;

export const fromPanel = tagged("type", {
  ready: object({ type: literal("ready") }),
  pin: object({ type: literal("pin"), pinned: flag }),
  goto: object({ type: literal("goto") }),
  copy: object({ type: literal("copy"), format: name }),
  save: object({ type: literal("save"), format: oneOf("svg", "png", "csv"), base64: shortText(1 << 26) }),
  restart: object({ type: literal("restart") }),
  back: object({ type: literal("back") }),
  example: object({ type: literal("example") }),
});
export type FromPanel = Decoded<typeof fromPanel>;
