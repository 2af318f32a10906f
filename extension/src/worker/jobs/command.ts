// A command of the formula language (determinant, simplify, solve ...) on the value at a place.
import type { Value } from "@scholium/core/expr";
import { type Command, isStatement, regionAt } from "@scholium/core/formula";
import { answerOf } from "../decimals.js";
import { nothingAt, shownProblem } from "../formula.js";
import { formulasAt } from "../locate.js";
import { isApproximate, noteText } from "../noteText.js";
import { printValue } from "../print.js";
import { copyOf } from "../texts.js";
import { type Say, saidOf } from "../tongue.js";
import type { Handler } from "./index.js";

const text = (v: Value | undefined): string => (v?.kind === "string" ? v.value : "");

/** The answer of `steps` as titles and pictures. */
function stepsOf(value: Value, say: Say): { title: string; latex: string }[] {
  if (value.kind !== "list") return [];
  return value.items
    .flatMap((item) => (item.kind === "record" ? [{ title: say(text(item.fields["title"])), latex: text(item.fields["latex"]) }] : []))
    .slice(0, 2000);
}

export const command: Handler<"command"> = async ({ place, conventions, timeout, command: name, variable }, context) => {
  let first: ReturnType<typeof shownProblem> | undefined;
  for (const formula of formulasAt(context.copies, place, conventions.scope)) {
    const ask = (wanted: string, params: Record<string, unknown>) =>
      answerOf(
        {
          input: formula.text,
          language: formula.language,
          definitions: formula.definitions.map((d) => d.text),
          command: wanted as Command,
          params: { ...params, ...(variable ? { variable } : {}) },
          settings: { exact: conventions.exact },
          timeout,
        },
        context,
      );
    const answer = await ask(name, name === "steps" ? { of: "rref" } : {});
    if (!answer.ok) {
      const { kind, range } = answer.error;
      const [a, b] = range;
      first ??= shownProblem({
        ok: false,
        region: { range: formula.range, language: formula.language },
        problem: {
          kind,
          ...saidOf(answer.error, context.say),
          range: [formula.range[0] + Math.min(a, formula.text.length), formula.range[0] + Math.max(a, Math.min(b, formula.text.length))],
        },
      });
      continue;
    }
    const copy = copyOf(context.copies, place);
    const region = regionAt(copy.text, copy.language, formula.range[0]);
    const steps = name === "steps" ? stepsOf(answer.value, context.say) : [];
    const printed =
      printValue(answer.value, answer.language, { digits: answer.language === "latex" ? 10 : 17, inline: !formula.text.includes("\n") }) ??
      answer.text;
    const style = { maxLength: 200, maxRows: 8, maxColumns: 8 };
    return {
      ok: true,
      region: { range: formula.range, language: formula.language },
      text: printed,
      latex: answer.latex,
      note: noteText(answer.value, answer.language, conventions, style, {
        statement: isStatement(answer.value, answer.language),
        say: context.say,
      }).text.slice(0, 4000),
      approximate: isApproximate(answer.value, 10),
      outer: region?.range ?? formula.range,
      steps,
    };
  }
  return first ?? shownProblem(nothingAt(place, context.say));
};
