// What crosses the border for notes that show by themselves: live notes, code lenses, and what is wrong with a formula.
import { type Decoded, flag, floats, integer, list, object, optional, range, shortText } from "./decode.js";

const name = shortText(256);
const id = integer();

/** What is wrong, where in the document, what to do. */
export const problem = object({ kind: name, message: shortText(), range, hint: optional(shortText()) });
export type Problem = Decoded<typeof problem>;

/** A note among many: what is shown, and the problem when there is one. A `quiet` problem matters only where a value stood before. */
export const liveNote = object({
  id,
  range,
  ok: flag,
  note: shortText(),
  /** The note where there is little room. */
  brief: optional(list(shortText(200), 4)),
  named: optional(name),
  problem: optional(problem),
  quiet: optional(flag),
});
export type LiveNote = Decoded<typeof liveNote>;

/** What has changed among the live notes of a document since the round the host knew. */
export const liveAnswer = object({
  /** Formulas in the document. */
  total: integer(),
  round: integer(),
  /** Whatever the host knew is void. */
  reset: flag,
  set: list(liveNote, 1000),
  removed: list(id, 4096),
  /** Where the notes stand: triples of id, start, end. */
  places: floats(1 << 16),
  /** Ranges of formulas in sight whose turn has not come yet: pairs of start, end. Ask again. */
  waiting: floats(1 << 16),
});
export type LiveAnswer = Decoded<typeof liveAnswer>;

/** What can be said above a matrix or a named formula without evaluating it. */
export const lens = object({ range, title: shortText(), isMatrix: flag });
export type Lens = Decoded<typeof lens>;
