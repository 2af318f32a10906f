// The values of all formulas in sight, where they say something that is not written already.
import type { Evaluation } from "../../protocol.js";
import { type Found, type NotFound, plainly, shown, shownProblem, valueOf } from "../formula.js";
import { formulaOf } from "../locate.js";
import { copyOf } from "../texts.js";
import type { Handler } from "./index.js";

/** What is wrong with the mathematics. That a text is no formula, or a name means nothing, is no news in the middle of prose or code. */
const WORTH_SAYING: ReadonlySet<string> = new Set([
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
]);
/** A region longer than this gets no live note. */
const LONGEST = 50_000;
/** All notes of a round together take at most this many budgets of one. */
const ROUND = 8;

/** Whether the value only repeats what the formula, or its right-hand side, says. */
function repeats({ formula, answer }: Found): boolean {
  const said = plainly(answer.text);
  const input = plainly(formula.text);
  const right = input.slice(input.lastIndexOf("=") + 1);
  return said === input || said === right || plainly(answer.latex) === right || input.endsWith(`=${said}`);
}

function noteOf(found: Found | NotFound, ask: Parameters<Handler<"live">>[0]): Evaluation | null {
  if (!found.ok) return WORTH_SAYING.has(found.problem.kind) ? shownProblem(found) : null;
  const { kind } = found.value;
  if (kind === "symbolic" || kind === "function" || kind === "string" || kind === "list" || repeats(found)) return null;
  return shown(found, ask.conventions, ask.style, 0, true);
}

export const live: Handler<"live"> = async (ask, context) => {
  const copy = copyOf(context.copies, ask);
  const began = context.clock();
  const regions = (copy.model().cells[0]?.entries ?? []).map((e) => e.region).filter((r) => r.kind !== "table" && r.kind !== "block");
  const inSight = regions.filter((r) => ask.ranges.some(([a, b]) => r.range[0] <= b && a <= r.range[1]));
  const notes: Evaluation[] = [];
  for (const region of inSight) {
    if (notes.length >= ask.most || context.cancelled() || context.clock() - began > ROUND * ask.timeout) break;
    if (region.content[1] - region.content[0] > LONGEST) continue;
    const note = noteOf(await valueOf(formulaOf(copy, region, ask.conventions.scope), context, ask.conventions, ask.timeout), ask);
    if (note) notes.push(note);
  }
  return { total: regions.length, notes };
};
