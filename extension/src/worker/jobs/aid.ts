// The edits of one aid at a place.
import type { Value } from "@scholium/core/expr";
import { run } from "@scholium/core/formula";
import { aidEdits, NoAid } from "../aids/edit.js";
import { shown, shownProblem, valueAt } from "../formula.js";
import { hostOf } from "../host.js";
import { formulasAt } from "../locate.js";
import { copyOf } from "../texts.js";
import type { Handler } from "./index.js";

export const aid: Handler<"aid"> = async ({ place, conventions, timeout, aid: wanted, argument }, context) => {
  const problem = (message: string) =>
    shownProblem({ ok: false, problem: { kind: "unsupported", message: context.say(message), range: place.range } });
  if (wanted === "result") {
    const found = await valueAt(context, place, conventions, timeout);
    if (!found.ok) return shownProblem(found);
    const { region, text, implied } = shown(found, conventions, { maxLength: 64, maxRows: 6, maxColumns: 6 }, context.say, 0);
    return { ok: true, edits: [{ range: [region.range[1], region.range[1]], text: `${implied ?? argument ?? " = "}${text}` }] };
  }
  const [formula] = formulasAt(context.copies, place, conventions.scope);
  if (!formula) return problem("There is no formula at the cursor.");
  const at = { copy: copyOf(context.copies, place), formula, selection: place.range };
  // The value of the matrix itself is needed for some notations; a matrix of names has one as well.
  const value = async (text: string): Promise<Value | null> => {
    const answer = await run(
      { input: text, language: formula.language, definitions: formula.definitions.map((d) => d.text), timeout, printed: false },
      hostOf(context),
    );
    return answer.ok ? answer.value : null;
  };
  try {
    return { ok: true, edits: await aidEdits(wanted, at, argument, conventions.digits, value) };
  } catch (e) {
    if (!(e instanceof NoAid)) throw e;
    return problem(e.message);
  }
};
