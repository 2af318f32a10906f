// Shape and rank of the value at a place, or the value itself when it is short: what a code lens says.
import { shown, shownProblem, valueAt } from "../formula.js";
import { compactText } from "../noteText.js";
import type { Handler } from "./index.js";

const STYLE = { maxLength: 40, maxRows: 1, maxColumns: 6 };

export const summary: Handler<"summary"> = async ({ place, conventions, timeout }, context) => {
  const found = await valueAt(context, place, conventions, timeout);
  if (!found.ok) return shownProblem(found);
  const { value, formula } = found;
  const isMatrix = value.kind === "array" && value.shape.length === 2;
  const said = isMatrix ? compactText(value, STYLE, context.say) : shown(found, conventions, STYLE, context.say, 0, true).note;
  return { ok: true, title: formula.named ? `${formula.named} ${isMatrix ? `: ${said}` : said}`.replace(" :", ":") : said, isMatrix };
};
