// Matrices written over several lines and named formulas, from the parse alone: a line can be kept for them before anything is computed.
import { children, type Expr } from "@scholium/core/expr";
import type { Lens } from "../../protocol.js";
import { copyOf } from "../texts.js";
import type { Handler } from "./index.js";
import { inConflict } from "./live.js";

const MOST = 1000;
/** A matrix smaller than this is read at a glance. */
const LEAST = 3;

/** Rows and columns of a matrix written out. */
function shapeOf(e: Expr): readonly [number, number] | null {
  if (e.kind === "matrix") return [e.rows.length, e.rows[0]?.length ?? 0];
  if (e.kind === "literal") return e.value.shape.length === 2 ? [e.value.shape[0] as number, e.value.shape[1] as number] : null;
  if (e.kind === "call" && e.args.length === 1) return shapeOf(e.args[0] as Expr);
  if (e.kind !== "array") return null;
  const [first] = e.items;
  return first?.kind === "array" ? [e.items.length, first.items.length] : null;
}

/** Whether an expression has anything a value could be made of: numbers, or names that are defined. Of others a lens could say their name only. */
function reachable(body: Expr, defined: ReadonlySet<string>): boolean {
  const pending: Expr[] = [body];
  for (let e = pending.pop(); e; e = pending.pop()) {
    if (e.kind === "number" || e.kind === "literal" || e.kind === "matrix" || e.kind === "array") return true;
    if ((e.kind === "name" || e.kind === "call") && defined.has(e.name)) return true;
    pending.push(...children(e));
  }
  return false;
}

export const lenses: Handler<"lenses"> = async (ask, { copies }) => {
  const copy = copyOf(copies, ask);
  const out: Lens[] = [];
  const defined = new Set(copy.model().cells.flatMap((c) => c.entries.flatMap((e) => e.defines.map((d) => d.name))));
  for (const { region, statements, text } of inConflict(copy) ? [] : (copy.model().cells[copy.cell]?.entries ?? [])) {
    if (out.length >= MOST) break;
    for (const s of statements) {
      if (s.kind !== "define" && s.kind !== "expression") continue;
      const shape = shapeOf(s.body);
      const named = s.kind === "define" && !s.params ? s.name : null;
      const large = shape && shape[0] >= LEAST && shape[1] >= LEAST && text.includes("\n");
      if (!large && named === null) continue;
      // A name given to a plain number is no news.
      if (!large && (s.body.kind === "number" || !reachable(s.body, defined))) continue;
      const title = shape ? `${named ? `${named}: ` : ""}${shape[0]}×${shape[1]}` : (named as string);
      out.push({ range: region.range, title: title.slice(0, 200), isMatrix: shape !== null });
      break;
    }
  }
  return { lenses: out };
};
