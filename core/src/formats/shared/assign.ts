// What an assignment of a programming language defines: one name, several at once, a name changed in place, an entry.

import type { BinaryOp, Expr, Range, Statement } from "../../expr/index.js";
import type { Token } from "../grammar/index.js";
import { call, integer } from "./build.js";

/** The function that gives a copy of an array with some of its entries replaced: its arguments are the indexed place and the new value. */
export const REPLACED = "[]=";

/** `A[i, j] = value`: A is defined anew, with the place replaced. Null when the place is no part of a named array. */
export function entryAssignment(place: Expr, value: Expr, start: number): Statement | null {
  const target = place.kind === "index" ? place.base : null;
  if (target?.kind !== "name") return null;
  const range: Range = [start, value.range[1]];
  return { kind: "define", name: target.name, body: call(REPLACED, [place, value], range), range, nameRange: target.range };
}

/** `x += value` as the sum of what x was and the value. */
export const changed = (op: BinaryOp, place: Expr, value: Expr): Expr => ({
  kind: "binary",
  op,
  left: place,
  right: value,
  range: [place.range[0], value.range[1]],
});

/** One name on the left of an assignment to several; a starred one takes what the others leave. */
export interface Target {
  readonly token: Token;
  readonly starred: boolean;
}

/**
 * `a, b = value`: the value under a name of its own, and each target as one of its parts, so that `a, b = b, a` sees the
 * names as they were. Targets called `_` or `~` are left out.
 */
export function severalAssignment(targets: readonly Target[], value: Expr, start: number, origin: 0 | 1): Statement[] {
  const range: Range = [start, value.range[1]];
  const whole = targets.map((t) => t.token.text).join(", ");
  const out: Statement[] = [];
  const define = (name: string, body: Expr, nameRange: Range): void => {
    out.push({ kind: "define", name, body, range, nameRange });
  };
  const named = (name: string): Expr => ({ kind: "name", name, range: value.range });
  const starred = targets.findIndex((t) => t.starred);
  const items = value.kind === "array" && starred < 0 && value.items.length === targets.length ? value.items : null;
  if (items) for (const [k, item] of items.entries()) define(`${whole} #${k + 1}`, item, item.range);
  else define(whole, value, value.range);
  for (const [k, t] of targets.entries()) {
    const name = t.token.text;
    if (name === "_" || name === "~") continue;
    const nameRange: Range = [t.token.start, t.token.end];
    if (items) {
      define(name, named(`${whole} #${k + 1}`), nameRange);
      continue;
    }
    const after = targets.length - k;
    const at = (n: number): Expr => integer(n, nameRange);
    const index: Expr = t.starred
      ? { kind: "range", start: at(k + origin), ...(after > 1 && { stop: at(1 - after) }), inclusive: false, range: nameRange }
      : at(starred >= 0 && k > starred ? -after : k + origin);
    define(name, { kind: "index", base: named(whole), indices: [index], origin, range: nameRange }, nameRange);
  }
  return out;
}

/** Names a text of a programming language assigns to, in loops and branches too: for texts that cannot be read. */
export function assignedNames(text: string): string[] {
  const out = new Set<string>();
  const local = /^\s*(?:def|class|function)[ \t]+(?:[^\n=(]{1,80}=[ \t]*)?([A-Za-z_]\w*)/.exec(text.slice(0, 300));
  if (local?.[1]) return [local[1]];
  for (const line of text.slice(0, 20_000).split(/[\n;{]/)) {
    const m = /^[ \t]*(?:for[ \t(]+)?([A-Za-z_.][\w.]*)[ \t]*(?:[[(][^\])=]{0,200}[\])])?[ \t]*(?:[-+*/@%^|&.]{0,2}=(?![=>])|<-|in\b)/.exec(line);
    if (m?.[1]) out.add(m[1]);
    const several = /^[ \t]*[[(]?([A-Za-z_]\w*(?:[ \t]*,[ \t]*\*?[A-Za-z_~]\w*){1,20})[\])]?[ \t]*=(?![=>])/.exec(line);
    if (several?.[1]) for (const name of several[1].split(",")) out.add(name.trim().replace(/^\*/, ""));
  }
  return [...out];
}
