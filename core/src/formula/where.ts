// Statements of one formula that say what the names of others stand for, as in "1 - β^t, where β = 0.9 and t = 10".
import { children, type Expr, type Statement } from "../expr/index.js";

type Definition = Extract<Statement, { kind: "define" }>;

/** Names that stand in an expression, also those an index belongs to. */
function namesIn(body: Expr): ReadonlySet<string> {
  const names = new Set<string>();
  const pending: Expr[] = [body];
  for (let e = pending.pop(); e; e = pending.pop()) {
    if (e.kind === "name") {
      names.add(e.name);
      if (e.base) names.add(e.base);
    }
    if (e.kind !== "literal") pending.push(...children(e));
  }
  return names;
}

const bodyOf = (s: Statement): Expr | undefined => ("body" in s ? s.body : undefined);

/**
 * Parts statements into those at the end that define what was used before them, and the rest. Nothing is given where a name is used only after its
 * definition (a = 2, a + 1), or was defined before already. Linear in the size of the formula.
 */
export function partGiven(statements: readonly Statement[]): { readonly given: readonly Definition[]; readonly rest: readonly Statement[] } {
  const used = new Set<string>();
  const defined = new Set<string>();
  const early: boolean[] = [];
  for (const s of statements) {
    early.push(s.kind === "define" && used.has(s.name) && !defined.has(s.name));
    const body = bodyOf(s);
    if (body) for (const name of namesIn(body)) used.add(name);
    if (s.kind === "define") defined.add(s.name);
  }
  const from = early.lastIndexOf(false) + 1;
  return { given: statements.slice(from) as Definition[], rest: statements.slice(0, from) };
}
