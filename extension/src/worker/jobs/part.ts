// More of a value a panel looks at.
import { FormulaFailure } from "@scholium/core/expr";
import { MathError } from "@scholium/core/linalg";
import { type PartOf, parts } from "../panel/parts/index.js";
import type { Handler } from "./index.js";

export const part: Handler<"part"> = async ({ key, part: wanted, timeout }, context) => {
  const entry = context.store.get(key);
  if (!entry) return { kind: "gone" };
  try {
    const run = parts[wanted.kind] as PartOf<typeof wanted.kind>;
    return run(wanted as never, entry, { ...context, timeout });
  } catch (e) {
    // Mathematics that has no answer says why; anything else is a defect.
    if (e instanceof MathError) return { kind: "refused", message: e.hint ? `${e.message}. ${e.hint}` : e.message, costly: false };
    if (e instanceof FormulaFailure) return { kind: "refused", message: e.error.message.slice(0, 4000), costly: false };
    throw e;
  }
};
