// For completion: is the place in a formula, in which notation, and which names are defined above it?
import { layoutOf, notationOf, regionsAround, statementsAbove } from "@scholium/core/formula";
import { isOpened } from "../opened.js";
import { copyOf } from "../texts.js";
import type { Handler } from "./index.js";

const MOST = 500;
/** Notations of numbers alone, where no function is called. */
const DATA: ReadonlySet<string> = new Set(["csv", "tsv", "json", "matrixmarket", "box"]);

export const names: Handler<"names"> = async ({ place }, { copies }) => {
  const copy = copyOf(copies, place);
  const [offset] = place.range;
  const [region] = regionsAround(copy.text, copy.language, offset);
  const layout = layoutOf(copy.language);
  const language = region?.language ?? notationOf(copy.language);
  const unfinished = (layout === "prose" || layout === "tex") && isOpened(copy.text, offset, layout === "tex");
  const inside = (region !== undefined && !DATA.has(language)) || unfinished;
  if (!inside) return { inside, language, layout, names: [] };
  const found = new Map<string, { name: string; isFunction: boolean; text: string; line: number }>();
  for (const { statement: s, text, line } of statementsAbove(copy.model(), { cell: copy.cell, offset }))
    if (s.kind === "define" || s.kind === "declare")
      found.set(s.name, { name: s.name.slice(0, 256), isFunction: s.kind === "define" && s.params !== undefined, text: text.slice(0, 400), line });
  return { inside, language, layout, names: [...found.values()].slice(-MOST) };
};
