// What is wrong with the mathematics anywhere in a document, for the Problems view. Values are remembered, so asking again goes on.
import type { Problem } from "../../protocol.js";
import { valueOf } from "../formula.js";
import { formulaOf } from "../locate.js";
import { copyOf } from "../texts.js";
import type { Handler } from "./index.js";
import { inConflict, LONGEST, WORTH_SAYING } from "./live.js";

const MOST = 1000;
/** Milliseconds of evaluation in one answer. */
const ROUND = 150;

export const problems: Handler<"problems"> = async (ask, context) => {
  const copy = copyOf(context.copies, ask);
  const entries = inConflict(copy) ? [] : (copy.model().cells[copy.cell]?.entries ?? []);
  const found: Problem[] = [];
  const began = context.clock();
  for (const { region } of entries) {
    if (region.kind === "table" || region.kind === "block" || region.content[1] - region.content[0] > LONGEST) continue;
    if (context.clock() - began > ROUND || context.cancelled()) return { problems: found, more: true };
    const value = await valueOf(formulaOf(context.copies, copy, region, ask.conventions.scope), context, ask.conventions, ask.timeout);
    if (!value.ok && WORTH_SAYING.has(value.problem.kind)) found.push(value.problem);
    if (found.length >= MOST) break;
  }
  return { problems: found, more: false };
};
