// What crosses the borders for the panel: the sight of a value, its parts on demand, figures as core makes them, and what the view says to the host.
import type { Figure } from "@scholium/core/figure";
import {
  bytes,
  type Decoded,
  type Decoder,
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
  pair,
  range,
  real,
  shortText,
  tagged,
  triple,
} from "./decode.js";

const name = shortText(256);
/** Names a value in the engine's memory. */
export const valueKey = shortText(64);

// ---- figures --------------------------------------------------------------------------------------------------------------------------------

/** A number; one that is not finite crosses to the view as null, since its messages are JSON. */
const number: Decoder<number> = (v, path = "") => (v === null ? Number.NaN : real(v, path));
/** Few numbers as a list, more as an array that is transferred. */
const numbers: Decoder<ArrayLike<number>> = (v, path = "") => (Array.isArray(v) ? list(number, 10_000)(v, path) : floats()(v, path));
const title = shortText();
const axis = object({ title, scale: optional(oneOf("linear", "log")), domain: optional(pair(number)), integer: optional(flag) });
const fixedAxis = object({ title, scale: optional(oneOf("linear", "log")), domain: pair(number) });
const series = object({ name: title, x: optional(numbers), y: numbers, dashed: optional(flag), arrow: optional(flag) });
const cells = object({ rows: integer(), columns: integer(), data: floats(), imag: optional(floats()) });
const scale = oneOf("sequential", "diverging", "log");
const themeKind = oneOf("light", "dark", "hc-dark", "hc-light");
const palette = oneOf("auto", "viridis", "cividis", "greys", "blueOrange");

export const figure: Decoder<Figure> = tagged("kind", {
  heatmap: object({
    kind: literal("heatmap"),
    title,
    matrix: cells,
    scale: optional(scale),
    rowTitle: optional(title),
    columnTitle: optional(title),
    highlight: optional(object({ rows: optional(list(integer())), columns: optional(list(integer())) })),
    limits: optional(pair(number)),
  }),
  spectrum: object({
    kind: literal("spectrum"),
    title,
    values: numbers,
    scale: optional(oneOf("linear", "log")),
    threshold: optional(number),
    kept: optional(integer()),
    axes: optional(pair(title)),
  }),
  line: object({
    kind: literal("line"),
    title,
    x: axis,
    y: axis,
    series: list(series, 64),
    square: optional(flag),
    mark: optional(object({ x: number, name: title })),
  }),
  scatter: object({
    kind: literal("scatter"),
    title,
    x: axis,
    y: axis,
    series: list(series, 64),
    square: optional(flag),
    unitCircle: optional(flag),
  }),
  bars: object({ kind: literal("bars"), title, x: axis, y: axis, labels: list(title), series: list(series, 64) }),
  graph: object({
    kind: literal("graph"),
    title,
    nodes: list(object({ label: title, x: optional(number), y: optional(number) })),
    edges: list(object({ from: integer(), to: integer(), weight: number })),
    directed: optional(flag),
  }),
  pattern: object({ kind: literal("pattern"), title, cells, shape: pair(number), nonzero: integer() }),
  contour: object({
    kind: literal("contour"),
    title,
    x: fixedAxis,
    y: fixedAxis,
    grid: cells,
    lines: optional(integer()),
    paths: optional(list(series, 16)),
  }),
  space: object({
    kind: literal("space"),
    title,
    axes: triple(title),
    lines: list(object({ name: title, points: numbers, dashed: optional(flag), arrow: optional(flag), faint: optional(flag) }), 64),
    surface: optional(object({ x: pair(number), y: pair(number), grid: cells })),
    cube: optional(flag),
    turn: optional(pair(number)),
  }),
});

// ---- what the engine says of a value ---------------------------------------------------------------------------------------------------------

/** The question a value answers, kept so that it can be asked again without its document. */
export const recipe = object({
  text: shortText(1 << 20),
  language: name,
  definitions: list(shortText(1 << 20), 2000),
  named: optional(name),
});
export type Recipe = Decoded<typeof recipe>;

/** A square part of one level of a matrix: means of 2^level x 2^level blocks; `row` and `column` count tiles. */
export const tile = object({ level: integer(0, 32), row: integer(), column: integer(), rows: integer(), columns: integer(), data: floats(1 << 17) });
export type Tile = Decoded<typeof tile>;

/** Rows and columns of a tile; 512 KiB. */
export const TILE = 256;

/** Figures of the whole value that can take the place of the heatmap. */
export const figureName = oneOf("pattern", "eigenvalues", "graph", "action");
export const factorName = oneOf("lu", "qr", "cholesky", "svd", "eigen", "schur", "polar");
export const exportFormat = oneOf("svg", "png", "csv", "npy", "latex", "numpy");
export type FigureName = Decoded<typeof figureName>;
export type FactorName = Decoded<typeof factorName>;
export type ExportFormat = Decoded<typeof exportFormat>;

/** What the panel is told of a value at once; the rest it asks for. */
export const sight = object({
  key: valueKey,
  kind: oneOf("matrix", "plot"),
  title,
  /** The value in LaTeX and in its own notation, when they are short. */
  latex: shortText(1 << 16),
  text: shortText(1 << 16),
  words: shortText(8192),
  rows: integer(),
  columns: integer(),
  complex: flag,
  least: number,
  greatest: number,
  /** Number of levels, 1 when the matrix is small. */
  levels: integer(0, 32),
  /** The coarsest level, whole; none of a plot. */
  tiles: list(tile, 1),
  figures: list(figureName, 8),
  factors: list(factorName, 16),
  /** Names a plot can run over; the first `arity` are parameters of the function. */
  names: list(name, 64),
  arity: integer(0, 64),
  remarks: list(shortText(), 64),
  recipe: nullable(recipe),
});
export type Sight = Decoded<typeof sight>;

const interval = object({ name, from: finite(), to: finite() });

/** What the panel may ask about a value. */
export const part = tagged("kind", {
  tile: object({ kind: literal("tile"), level: integer(0, 32), row: integer(), column: integer() }),
  cell: object({ kind: literal("cell"), row: integer(), column: integer() }),
  table: object({ kind: literal("table"), row: integer(), column: integer(), rows: integer(1, 200), columns: integer(1, 20) }),
  facts: object({ kind: literal("facts"), force: flag }),
  figure: object({ kind: literal("figure"), name: figureName }),
  profile: object({ kind: literal("profile"), axis: oneOf("row", "column"), index: integer() }),
  spectrum: object({ kind: literal("spectrum"), rank: integer(), force: flag }),
  approximation: object({ kind: literal("approximation"), rank: integer() }),
  distribution: object({ kind: literal("distribution") }),
  factors: object({ kind: literal("factors"), name: factorName, force: flag }),
  compare: object({ kind: literal("compare"), other: valueKey }),
  sample: object({
    kind: literal("sample"),
    form: oneOf("curve", "contour", "surface"),
    variables: list(interval, 2),
    parameters: list(object({ name, value: finite() }), 64),
  }),
  /** A file; a picture in the colours it is looked at, by the value's own scale when none is named. */
  export: object({ kind: literal("export"), format: exportFormat, theme: themeKind, palette, scale: optional(scale) }),
});
export type Part = Decoded<typeof part>;

/** A number or word with what it says. */
const line = object({ label: shortText(), value: shortText() });

export const partAnswer = tagged("kind", {
  tile: object({ kind: literal("tile"), tile }),
  text: object({ kind: literal("text"), text: shortText(1 << 16) }),
  table: object({ kind: literal("table"), texts: list(shortText(256), 4000) }),
  pictures: object({
    kind: literal("pictures"),
    figures: list(figure, 12),
    lines: list(line, 64),
    rank: optional(integer()),
  }),
  bytes: object({ kind: literal("bytes"), bytes, extension: name }),
  refused: object({
    kind: literal("refused"),
    message: shortText(),
    /** It was not tried because it takes long; asking with `force` tries it. */ costly: flag,
  }),
  /** The engine has forgotten the value. */
  gone: object({ kind: literal("gone") }),
});
export type PartAnswer = Decoded<typeof partAnswer>;

// ---- host <-> view -----------------------------------------------------------------------------------------------------------------------------

export const panelState = oneOf("empty", "loading", "value", "problem", "stale", "lost", "closed");
const rev = integer();

/** What a panel keeps over a reload of the window. Written by the view, so decoded like any other message. */
export const saved = object({
  uri: shortText(8192),
  range,
  pinned: flag,
  /** Kept only while it is short: then a pinned value survives changes of its document. */
  recipe: optional(recipe),
  look: optional(
    object({
      figure: name,
      tab: name,
      scale: name,
      rank: integer(),
      row: integer(),
      column: integer(),
      zoom: finite(),
      x: finite(),
      y: finite(),
      rows: integer(),
      columns: integer(),
    }),
  ),
});
export type Saved = Decoded<typeof saved>;

export const toPanel = tagged("type", {
  show: object({ type: literal("show"), rev, pinned: flag, sight, source: object({ uri: shortText(8192), range }) }),
  state: object({ type: literal("state"), rev, state: panelState, message: shortText(), hint: optional(shortText()) }),
  settings: object({
    type: literal("settings"),
    palette,
    theme: themeKind,
    motion: flag,
    texts: list(object({ key: shortText(), text: shortText() }), 400),
  }),
  part: object({ type: literal("part"), id: integer(), answer: partAnswer }),
  /** Something of the value is to be looked at. */
  look: object({ type: literal("look"), factors: factorName }),
  /** Values of other panels one may compare with. */
  others: object({ type: literal("others"), values: list(object({ key: valueKey, title: shortText() }), 16) }),
});
export type ToPanel = Decoded<typeof toPanel>;

export const fromPanel = tagged("type", {
  /** The page listens; `rev` is the newest message it has, if it was told something while it loaded. */
  ready: object({ type: literal("ready"), rev: integer(-1) }),
  ask: object({ type: literal("ask"), id: integer(), part }),
  pin: object({ type: literal("pin"), pinned: flag }),
  goto: object({ type: literal("goto") }),
  /** A figure the view has drawn itself, as a file. */
  save: object({ type: literal("save"), format: oneOf("svg", "png"), bytes }),
  export: object({ type: literal("export"), format: exportFormat, scale: optional(scale) }),
  restart: object({ type: literal("restart") }),
  back: object({ type: literal("back") }),
  example: object({ type: literal("example") }),
});
export type FromPanel = Decoded<typeof fromPanel>;
