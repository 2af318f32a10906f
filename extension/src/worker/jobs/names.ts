// For completion: is the place in a formula, in which notation, and which names are defined above it?
import { layoutOf, notationOf, regionsAround, statementsAbove } from "@scholium/core/formula";
import { copyOf } from "../texts.js";
import type { Handler } from "./index.js";

const MOST = 500;

const LONGEST_PARAGRAPH = 5000;

/** Whether a formula is open whose end has not been typed yet: an odd dollar in the paragraph so far. */
function opened(text: string, offset: number): boolean {
  const before = text.slice(Math.max(0, offset - LONGEST_PARAGRAPH), offset);
  const paragraph = before.slice(before.lastIndexOf("\n\n") + 1).replace(/\\\$|`[^`\n]*`/g, "");
  const doubles = paragraph.split("$$");
  return doubles.length % 2 === 0 || ((doubles.at(-1) as string).split("$").length - 1) % 2 === 1;
}

export const names: Handler<"names"> = async ({ place }, { copies }) => {
  const copy = copyOf(copies, place);
  const [offset] = place.range;
  const [region] = regionsAround(copy.text, copy.language, offset);
  const layout = layoutOf(copy.language);
  const inside = region !== undefined || (layout === "prose" && opened(copy.text, offset));
  const language = region?.language ?? notationOf(copy.language);
  if (!inside) return { inside, language, layout, names: [] };
  const found = new Map<string, { name: string; isFunction: boolean; text: string; line: number }>();
  for (const { statement: s, text, line } of statementsAbove(copy.model(), { cell: copy.cell, offset }))
    if (s.kind === "define" || s.kind === "declare")
      found.set(s.name, { name: s.name.slice(0, 256), isFunction: s.kind === "define" && s.params !== undefined, text: text.slice(0, 400), line });
  return { inside, language, layout, names: [...found.values()].slice(-MOST) };
};
