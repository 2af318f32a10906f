// The values of the formulas in sight, where they say something that is not written already. What an edit did not affect is not
// evaluated again, and what the host knows already is not sent again.
import type { Expr } from "@scholium/core/expr";
import { affected, type FormulaDocument } from "@scholium/core/formula";
import type { Ask, LiveAnswer, LiveNote } from "../../protocol.js";
import type { Copy } from "../copies.js";
import { type Found, type NotFound, plainly, shown, shownProblem, valueOf } from "../formula.js";
import { formulaOf } from "../locate.js";
import { compactText } from "../noteText.js";
import { copyOf } from "../texts.js";
import type { Say } from "../tongue.js";
import type { Handler, JobContext } from "./index.js";

type Entry = FormulaDocument["cells"][number]["entries"][number];

/** What is wrong with the mathematics. That a text is no formula, or a name means nothing, is no news in the middle of prose or code. */
export const WORTH_SAYING: ReadonlySet<string> = new Set([
  "shape-mismatch",
  "not-square",
  "singular",
  "divide-by-zero",
  "matrix-divisor",
  "ragged",
  "length-mismatch",
  "index-out-of-range",
  "domain",
  "circular",
  "identity-size",
  "kernel",
]);
/** A region longer than this gets no live note. */
export const LONGEST = 50_000;
/** Milliseconds of evaluation in one answer; then other jobs have their turn. */
const ROUND = 40;
/** Formulas whose place is told to the host while they wait. */
const MOST_WAITING = 1000;

/** Whether the value only repeats what the formula, or its right-hand side, says. */
function repeats({ formula, answer }: Found): boolean {
  const said = plainly(answer.text);
  const input = plainly(formula.text);
  const right = input.slice(input.lastIndexOf("=") + 1);
  return said === input || said === right || plainly(answer.latex) === right || input.endsWith(`=${said}`);
}

type Said = Omit<LiveNote, "id" | "range">;

/** What is kept of a formula until an edit affects it; `said` is null when there is nothing to say. */
interface Kept {
  readonly id: number;
  /** Settings it was made under. */
  readonly key: string;
  /** The content's offset from the region's start, and its length. */
  readonly at: readonly [number, number];
  /** A problem's range is in it relative to the region's start. */
  readonly said: Said | null;
}

/** Entries keep their statements through edits that do not concern them. */
const kept = new WeakMap<object, Kept>();
let nextId = 1;

/** What the host was told of a document. */
interface Told {
  model: FormulaDocument;
  round: number;
  sent: Map<number, Kept>;
}
const told = new Map<string, Told>();
const MOST_TOLD = 64;

/** A file with a merge conflict is not a text to compute in. */
const conflicts = new WeakMap<FormulaDocument, boolean>();
export function inConflict(copy: Copy): boolean {
  const model = copy.model();
  let found = conflicts.get(model);
  if (found === undefined) conflicts.set(model, (found = /^<{7} /m.test(copy.text) && /^>{7} /m.test(copy.text)));
  return found;
}

/** Whether an expression is a number or an array of numbers as they are written. */
function isWritten(e: Expr): boolean {
  if (e.kind === "number" || e.kind === "literal") return true;
  if (e.kind === "unary") return isWritten(e.operand);
  if (e.kind === "matrix") return e.rows.every((row) => row.every(isWritten));
  return e.kind === "array" && e.items.every(isWritten);
}

/** A matrix that is written out already: what is not seen at a glance is said of it. */
function ofLiteral(found: Found, statements: Entry["statements"], say: Say): string | null | undefined {
  const last = statements.at(-1);
  if (!last || (last.kind !== "define" && last.kind !== "expression") || !isWritten(last.body)) return undefined;
  const { value } = found;
  if (value.kind !== "array" || value.shape.length !== 2 || Math.min(...value.shape) < 2) return null;
  return compactText(value, { maxLength: 64, maxRows: 6, maxColumns: 6 }, say);
}

function saidOf(found: Found | NotFound, ask: Ask<"live">, statements: Entry["statements"], say: Say): Said | null {
  if (!found.ok) {
    const { note, brief, problem, region } = shownProblem(found);
    const quiet = !WORTH_SAYING.has(problem.kind);
    return { ok: false, note, ...(brief ? { brief } : {}), problem, ...(region?.named ? { named: region.named } : {}), ...(quiet ? { quiet } : {}) };
  }
  const { kind } = found.value;
  if (kind === "symbolic" || kind === "function" || kind === "string" || kind === "list" || repeats(found)) return null;
  const literal = ofLiteral(found, statements, say);
  if (literal === null) return null;
  if (literal !== undefined) return { ok: true, note: literal, ...(found.formula.named ? { named: found.formula.named.slice(0, 256) } : {}) };
  const { note, brief, region } = shown(found, ask.conventions, ask.style, say, 0, true);
  return { ok: true, note, ...(brief ? { brief } : {}), ...(region.named ? { named: region.named } : {}) };
}

const moved = (by: number, said: Said): Said =>
  said.problem ? { ...said, problem: { ...said.problem, range: [said.problem.range[0] + by, said.problem.range[1] + by] } } : said;

async function keep(context: JobContext, copy: Copy, entry: Entry, ask: Ask<"live">, key: string): Promise<Kept> {
  const formula = formulaOf(context.copies, copy, entry.region, ask.conventions.scope);
  const start = entry.region.range[0];
  const found = await valueOf(formula, context, ask.conventions, ask.timeout);
  // What was broken off is no news about the formula.
  if (context.cancelled()) throw new Error("cancelled");
  const said = saidOf(found, ask, entry.statements, context.say);
  const made: Kept = {
    id: nextId++,
    key,
    at: [formula.range[0] - start, formula.range[1] - formula.range[0]],
    said: said && moved(-start, said),
  };
  // What ran out of time is tried again when something changes, not at each round.
  kept.set(entry.statements, made);
  return made;
}

/** Forgets what the edits since the last round affected. */
function forgetAffected(before: FormulaDocument, after: FormulaDocument): void {
  if (before === after) return;
  for (const { cell, entry } of affected(before, after)) {
    const found = after.cells[cell]?.entries[entry];
    if (found) kept.delete(found.statements);
  }
}

const distance = ({ region }: Entry, cursor: number) => Math.max(region.range[0] - cursor, cursor - region.range[1], 0);

/** Regions are in order: the first that ends at or after an offset. */
function firstAfter(entries: readonly Entry[], offset: number): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const mid = (low + high) >> 1;
    if ((entries[mid] as Entry).region.range[1] < offset) low = mid + 1;
    else high = mid;
  }
  return low;
}

/** The entries in the ranges, nearest to the cursor first. */
function inSight(entries: readonly Entry[], ranges: readonly (readonly [number, number])[], cursor: number): Entry[] {
  const found = new Set<Entry>();
  for (const [from, to] of ranges)
    for (let i = firstAfter(entries, from); i < entries.length; i++) {
      const entry = entries[i] as Entry;
      if (entry.region.range[0] > to) break;
      const { kind, content } = entry.region;
      if (kind !== "table" && kind !== "block" && content[1] - content[0] <= LONGEST) found.add(entry);
    }
  return [...found].sort((a, b) => distance(a, cursor) - distance(b, cursor));
}

export const live: Handler<"live"> = async (ask, context): Promise<LiveAnswer> => {
  const copy = copyOf(context.copies, ask);
  const model = copy.model();
  const before = told.get(ask.uri);
  if (before) forgetAffected(before.model, model);
  const reset = !before || before.round !== ask.known;
  const state: Told = { model, round: (before?.round ?? 0) + 1, sent: reset ? new Map() : before.sent };
  told.delete(ask.uri); // to the end: the most recent are kept
  told.set(ask.uri, state);
  if (told.size > MOST_TOLD) told.delete(told.keys().next().value as string);

  const entries = model.cells[copy.cell]?.entries ?? [];
  const candidates = inConflict(copy) ? [] : inSight(entries, ask.ranges, ask.cursor);
  const key = JSON.stringify([ask.conventions, ask.style]);
  const set: LiveNote[] = [];
  const places: number[] = [];
  const waiting: number[] = [];
  const current = new Map<number, Kept>();
  const began = context.clock();
  let fresh = 0;
  for (const entry of candidates) {
    if (current.size >= ask.most) break;
    const known = kept.get(entry.statements);
    // One at least, however busy the machine: otherwise asking again would not get further.
    const late = fresh > 0 && (context.clock() - began > ROUND || context.cancelled());
    if (known?.key !== key && late) {
      if (waiting.length < 2 * MOST_WAITING) waiting.push(...entry.region.range);
      continue;
    }
    if (known?.key !== key) fresh++;
    const note = known?.key === key ? known : await keep(context, copy, entry, ask, key);
    if (!note.said) continue;
    const start = entry.region.range[0];
    const range = [start + note.at[0], start + note.at[0] + note.at[1]] as const;
    current.set(note.id, note);
    places.push(note.id, ...range);
    if (state.sent.get(note.id) !== note) set.push({ id: note.id, range, ...moved(start, note.said) });
  }
  // While some wait their turn, the notes they take the place of stay.
  const removed = waiting.length ? [] : [...state.sent.keys()].filter((id) => !current.has(id)).slice(0, 4096);
  for (const id of removed) state.sent.delete(id);
  for (const [id, note] of current) state.sent.set(id, note);
  return {
    total: entries.length,
    round: state.round,
    reset,
    set,
    removed,
    places: Float64Array.from(places),
    waiting: Float64Array.from(waiting),
  };
};
