// More of a value a panel looks at.
import { FormulaFailure } from "@scholium/core/expr";
import { MathError } from "@scholium/core/linalg";
import { type PartOf, parts } from "../panel/parts/index.js";
import { saidOf } from "../tongue.js";
import type { Handler } from "./index.js";

export const part: Handler<"part"> = async ({ key, part: wanted, timeout }, context) => {
  const entry = context.store.get(key);
  if (!entry) return { kind: "gone" };
  try {
    const run = parts[wanted.kind] as PartOf<typeof wanted.kind>;
    const answer = run(wanted as never, entry, { ...context, timeout });
    return answer.kind === "refused" ? { kind: "refused", message: context.say(answer.why).slice(0, 4000), costly: answer.costly } : answer;
  } catch (e) {
    // Mathematics that has no answer says why; anything else is a defect.
    if (e instanceof MathError) {
      const { message, hint } = saidOf(e, context.say);
      return { kind: "refused", message: (hint ? `${message}. ${hint}` : message).slice(0, 4000), costly: false };
    }
    if (e instanceof FormulaFailure) return { kind: "refused", message: saidOf(e.error, context.say).message.slice(0, 4000), costly: false };
    throw e;
  }
};
