// The value at a place, as a note and as text.
import { shown, shownProblem, valueAt } from "../formula.js";
import type { Handler } from "./index.js";

export const evaluate: Handler<"evaluate"> = async ({ place, conventions, style, timeout }, context) => {
  const began = context.clock();
  const found = await valueAt(context, place, conventions, timeout);
  return found.ok ? shown(found, conventions, style, context.say, context.clock() - began) : shownProblem(found);
};
