// The value at a place in another notation, with every digit.
import { said } from "@scholium/core/expr";
import type { FormatName } from "@scholium/core/formats";
import { regionOf, shownProblem, valueAt } from "../formula.js";
import { printValue } from "../print.js";
import type { Handler } from "./index.js";

export const print: Handler<"print"> = async ({ place, conventions, timeout, format }, context) => {
  const found = await valueAt(context, place, conventions, timeout);
  if (!found.ok) return shownProblem(found);
  const text = printValue(found.value, format as FormatName, { digits: conventions.digits });
  const region = regionOf(found.formula);
  if (text !== null) return { ok: true, region, text };
  return shownProblem({
    ok: false,
    region,
    problem: { kind: "unsupported", message: context.say(said`This value cannot be written as ${format}.`), range: region.range },
  });
};
