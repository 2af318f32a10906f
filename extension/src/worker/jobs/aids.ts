// What can be done to the matrix or formula at a place: decided from the text alone, as it is asked whenever the selection changes.
import { FormulaFailure } from "@scholium/core/expr";
import { type FormatName, findFormat } from "@scholium/core/formats";
import { layoutOf, regionAt } from "@scholium/core/formula";
import type { AidName } from "../../aidMessages.js";
import { gridOf, notationsFor, rounded } from "../aids/edit.js";
import { formulasAt } from "../locate.js";
import { copyOf } from "../texts.js";
import type { Handler } from "./index.js";

const LONGEST = 20_000;

/** Half of an environment is no formula that could be given a name. */
function readable(text: string, language: FormatName): boolean {
  if (text.length > LONGEST) return false;
  try {
    return (findFormat(language)?.parse(text).statements.length ?? 0) > 0;
  } catch (e) {
    if (!(e instanceof FormulaFailure)) throw e;
    return false;
  }
}

export const aids: Handler<"aids"> = async ({ place }, { copies }) => {
  const [formula] = formulasAt(copies, place, "selection");
  if (!formula) return { aids: [], notations: [] };
  const copy = copyOf(copies, place);
  const grid = gridOf({ copy, formula, selection: place.range });
  // Selected words are no formula; in code only a matrix is one for sure.
  const layout = layoutOf(copy.language);
  const region = regionAt(copy.text, copy.language, formula.range[0]);
  const inside =
    readable(formula.text, formula.language) &&
    region !== null &&
    region.range[0] <= formula.range[0] &&
    formula.range[1] <= region.range[1] &&
    layout !== "code";
  if (!grid && !inside) return { aids: [], notations: [] };
  const found: AidName[] = [];
  if (grid) {
    if (!grid.guarded) found.push("transpose", "insertRow", "insertColumn");
    found.push("convert");
    if (grid.style.paddable && !grid.guarded) found.push("align");
  }
  if (rounded(formula.text, 4) !== formula.text) found.push("round");
  found.push("extract", "result");
  return { aids: found, notations: grid ? notationsFor(formula.language) : [] };
};
