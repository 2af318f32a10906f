// Limits as values.

import { fail, type Range, said, type Value } from "../../expr/index.js";
import { fromExpr } from "./fromExpr.js";
import { EngineNeeded, type SymbolicContext } from "./interface.js";
import { limitTerm, type Side } from "./limit.js";
import { mapMatrix, matrixResult, termMatrix, termOf } from "./matrix.js";
import { canEvaluate, evaluate, isFiniteC, realFunction } from "./numeric.js";
import { attempt, simplifyTerm } from "./simplify.js";
import { infinity, namesOf, negate, type Term } from "./term.js";
import { toExpr } from "./toExpr.js";
import { liftValue, termValue } from "./values.js";

export function symbolicLimit(body: Value, variable: string, point: Value, side: Side | undefined, context: SymbolicContext, range: Range): Value {
  const p = termOf(point);
  if (!p) return fail("domain", "a limit goes to a number or to infinity", range);
  if (body.kind === "list" || (body.kind === "array" && body.data.length > 1) || (body.kind === "symbolic" && body.expr.kind === "matrix")) {
    const m = termMatrix(body);
    if (m) return matrixResult(mapMatrix(m, (t) => limitOf(t, variable, p, side, context, range)));
  }
  return termValue(limitOf(fromExpr(liftValue(body, range), [variable]), variable, p, side, context, range));
}

function limitOf(t: Term, x: string, p: Term, side: Side | undefined, context: SymbolicContext, range: Range): Term {
  const own = attempt(() => limitTerm(t, x, p, side));
  if (own) return own;
  if (!side && p.id !== infinity.id && p.id !== negate(infinity).id) {
    const [left, right] = [attempt(() => limitTerm(t, x, p, "-")), attempt(() => limitTerm(t, x, p, "+"))];
    if (left && right) {
      return fail(
        "domain",
        said`the limit does not exist: ${say(left)} from the left, ${say(right)} from the right`,
        range,
        "Write x \\to a^+ or x \\to a^-",
      );
    }
  }
  const simpler = attempt(() => simplifyTerm(t));
  const again = simpler && simpler.id !== t.id ? attempt(() => limitTerm(simpler, x, p, side)) : null;
  if (again) return again;
  if (canEvaluate(t)) {
    if (!context.engine) throw new EngineNeeded();
    const answer = side ? null : context.engine.limit(toExpr(t), x, toExpr(p));
    const l = answer ? fromExpr(answer) : null;
    if (l && approaches(t, x, p, l)) return l;
  }
  return fail("unsupported", "the limit does not exist or is not known", range);
}
const say = (t: Term): string =>
  t.id === infinity.id ? "∞" : t.id === negate(infinity).id ? "−∞" : t.k === "num" ? t.id : String(Number(evaluate(t, new Map()).re.toPrecision(6)));

function approaches(t: Term, x: string, p: Term, l: Term): boolean {
  if (namesOf(t).length > 1 || namesOf(l).length > 0) return false;
  const f = realFunction(t, x);
  const target = evaluate(l, new Map());
  if (!isFiniteC(target)) return false;
  const far = p.id === infinity.id ? [1e3, 1e5] : p.id === negate(infinity).id ? [-1e3, -1e5] : null;
  const c = far ? 0 : evaluate(p, new Map()).re;
  const errors = (far ?? [c + 1e-3, c - 1e-3, c + 1e-5, c - 1e-5]).map((v) => Math.abs(f(v) - target.re));
  return errors.every((d) => Number.isFinite(d) && d < 0.05 * Math.max(1, Math.abs(target.re)));
}
