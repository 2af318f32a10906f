// Definitions for every index: after x_k = k^2, x_3 is 9, and x_k is what it is wherever k has a value.

import { type Statement, someNode } from "../../expr/index.js";

type Definition = Extract<Statement, { kind: "define" }>;

/** A definition by its name and the letters that run. */
export interface Family {
  readonly name: string;
  readonly base: string;
  readonly indices: readonly string[];
}

const SUBSCRIPTED = /^(.+)_\{([^{}]+)\}$/;
const LETTER = /\\[A-Za-z]+|[A-Za-z]/g;
const ONE_LETTER = /^(?:\\[A-Za-z]+|[A-Za-z])$/;

/** k of k, n and k of "n,k", i and j of "ij"; null where something else stands or where it is a word. */
function lettersOf(subscript: string): readonly string[] | null {
  const letters = subscript.includes(",") ? subscript.split(",").map((p) => p.trim()) : (subscript.match(LETTER) ?? []);
  if (!subscript.includes(",") && letters.join("") !== subscript.trim()) return null;
  return letters.length <= 2 && letters.every((l) => ONE_LETTER.test(l)) ? letters : null;
}

/** Looked for once in a definition, however many formulas see it. */
const known = new WeakMap<Definition, Family | null>();

/** The family a definition is: its index stands in its body, and it does not lead back to itself as x_t = x_{t-1} + 1 does. */
export function familyOf(s: Definition): Family | null {
  let family = known.get(s);
  if (family === undefined) {
    family = readFamily(s);
    known.set(s, family);
  }
  return family;
}

function readFamily(s: Definition): Family | null {
  const [, base, subscript] = (!s.params && SUBSCRIPTED.exec(s.name)) || [];
  const indices = subscript === undefined ? null : lettersOf(subscript);
  if (base === undefined || !indices) return null;
  const mentioned = someNode(s.body, (e) => e.kind === "name" && indices.includes(e.name));
  const recurs = someNode(s.body, (e) => e.kind === "name" && e.base === base && e.subscript !== undefined);
  return mentioned && !recurs ? { name: s.name, base, indices } : null;
}
