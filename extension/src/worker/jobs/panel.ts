// What there is to see of the value at a place, or of the value a recipe makes.
import type { FormatName } from "@scholium/core/formats";
import { regionOf, remarksOf, shownProblem, valueAt, valueOf } from "../formula.js";
import { sightOf } from "../panel/sight.js";
import type { Handler } from "./index.js";

/** Formulas with free names are plotted, and large values are not printed. */
const WISH = { symbolic: true, bare: true };

export const panel: Handler<"panel"> = async ({ place, conventions, timeout, recipe }, context) => {
  const found = recipe
    ? await valueOf(
        {
          text: recipe.text,
          range: place.range,
          language: recipe.language as FormatName,
          definitions: recipe.definitions.map((text) => ({ text })),
          ...(recipe.named ? { named: recipe.named } : {}),
        },
        context,
        conventions,
        timeout,
        WISH,
      )
    : await valueAt(context, place, conventions, timeout, WISH);
  if (!found.ok) return shownProblem(found);
  const region = regionOf(found.formula);
  const sight = sightOf(found, conventions, context);
  if (sight) return { ok: true, region, sight: { ...sight, remarks: remarksOf(found, context.say) } };
  return shownProblem({
    ok: false,
    region,
    problem: {
      kind: "unsupported",
      message: context.say("There is no picture of this value: it is no matrix, vector or number, and no function of numbers."),
      range: region.range,
    },
  });
};
