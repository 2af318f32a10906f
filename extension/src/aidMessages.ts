// What crosses the border for editing aids, definitions and tools: lists of what can be done, edits, functions by name, definitions and their uses.
import { type Decoded, flag, integer, list, object, oneOf, optional, range, shortText, text } from "./decode.js";

const name = shortText(256);
const uri = shortText(8192);

/** A change of one document; `uri` when it is another than the one asked about. */
export const textEdit = object({ uri: optional(uri), range, text });
export type AidEdit = Decoded<typeof textEdit>;

/** What can be done to the matrix or formula at a place, by name. */
export const aidNames = ["transpose", "align", "insertRow", "insertColumn", "round", "extract", "convert", "result"] as const;
export const aidName = oneOf(...aidNames);
export type AidName = Decoded<typeof aidName>;

/** A notation a matrix can be written in, with the name a reader knows it by. */
export const notation = object({ name, title: shortText() });

/** A function that can be called by name: what completion, parameter hints and Insert Function show. */
export const functionEntry = object({
  name,
  title: shortText(),
  doc: text,
  parameters: list(object({ name, doc: shortText(1 << 14), optional: flag }), 64),
  source: shortText(1 << 14),
  example: shortText(1 << 14),
  group: name,
});
export type FunctionEntry = Decoded<typeof functionEntry>;

/** A name a formula at a place could use. */
export const visibleName = object({ name, isFunction: flag, text: shortText(), line: integer() });

/** A name some formula of a document defines, its value as far as it is cheap, and where it is used. */
export const definition = object({
  name: shortText(1024),
  uri,
  /** Where its name stands, and its whole statement. */
  nameRange: range,
  range,
  kind: oneOf("matrix", "vector", "number", "function", "formula", "problem", "shape"),
  language: name,
  /** `3×3` or nothing. */
  shape: shortText(),
  note: shortText(),
  words: shortText(8192),
  uses: list(object({ uri, range }), 10_000),
});
export type Definition = Decoded<typeof definition>;

/** Two values side by side: their facts, the norms of their difference, and pictures. */
export const comparison = object({
  shapes: list(shortText(), 2),
  /** Nothing when the shapes differ. */
  norms: list(object({ name, value: shortText() }), 16),
  figures: list(object({ title: shortText(), svg: text, words: shortText(8192) }), 4),
  summary: shortText(),
});
export type Comparison = Decoded<typeof comparison>;

/** A value that stands alone: text in a notation. */
export const written = object({ text, language: name, title: shortText() });
export type Written = Decoded<typeof written>;

/** What a tool is asked; the same for the three of them. */
export const toolQuestion = object({
  tool: oneOf("evaluate", "check", "paper"),
  input: text,
  other: optional(text),
  language: name,
  definitions: list(text, 2000),
  command: name,
  params: list(object({ key: name, value: text }), 16),
  output: oneOf("latex", "numpy", "matlab", "json", "text"),
  digits: integer(1, 17),
  now: shortText(7),
});
export type ToolQuestion = Decoded<typeof toolQuestion>;
