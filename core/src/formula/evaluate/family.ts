// Definitions for every index: after x_k = k^2, x_3 is 9, and x_k is what it is wherever k has a value.

import { children, type Expr, type Statement } from "../../expr/index.js";

/** A definition by its name and the letters that run. */
export interface Family {
  readonly name: string;
  readonly base: string;
  readonly indices: readonly string[];
}

const SUBSCRIPTED = /^(.+)_\{([^{}]+)\}$/;
const LETTER = /\\[A-Za-z]+|[A-Za-z]/g;

/** k of k, n and k of "n,k", i and j of "ij"; null where something else stands or where it is a word. */
function lettersOf(subscript: string): readonly string[] | null {
  const parts = subscript.split(",").map((p) => p.trim());
  const letters = parts.length === 1 ? (subscript.match(LETTER) ?? []) : parts;
  const isPlain =
    letters.join(parts.length === 1 ? "" : ",") === parts.join(",") && letters.every((l) => new RegExp(`^(?:${LETTER.source})$`).test(l));
  return isPlain && letters.length <= 2 ? letters : null;
}

/** The family a definition is: its index stands in its body, and it does not lead back to itself as x_t = x_{t-1} + 1 does. */
export function familyOf(s: Extract<Statement, { kind: "define" }>): Family | null {
  const [, base, subscript] = (!s.params && SUBSCRIPTED.exec(s.name)) || [];
  const indices = subscript === undefined ? null : lettersOf(subscript);
  if (base === undefined || !indices) return null;
  let mentioned = false;
  const pending: Expr[] = [s.body];
  for (let e = pending.pop(); e; e = pending.pop()) {
    if (e.kind === "name") {
      if (e.base === base && e.subscript) return null;
      mentioned ||= indices.includes(e.name);
    }
    if (e.kind !== "literal") pending.push(...children(e));
  }
  return mentioned ? { name: s.name, base, indices } : null;
}
