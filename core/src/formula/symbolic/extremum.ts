// The least or greatest value of a polynomial over the real line, and where it is taken.

import { fail, type Range, type Value } from "../../expr/index.js";
import { derive } from "./derive.js";
import { normal, polynomialIn } from "./fraction.js";
import { termOf } from "./matrix.js";
import { canEvaluate, valueOf } from "./numeric.js";
import { rootsOfPolynomial } from "./roots.js";
import { divide, namesOf, nameTerm, negate, replaceName, type Term, times, two } from "./term.js";
import { termValue } from "./values.js";

/** Values this close, relative to the best, are the same extremum. */
const tie = 1e-11;

/**
 * The extremum of a polynomial in `name`, among the roots of its derivative: exact where these are. Null for what is no polynomial of a known
 * leading sign; an error where it has no extremum, as its degree is odd or its leading sign the wrong one.
 */
export function polynomialExtremum(
  body: Value,
  name: string,
  want: { readonly least: boolean; readonly place: boolean },
  range: Range,
): Value | null {
  const f = termOf(body);
  const c = f && polynomialIn(normal(f), nameTerm(name));
  if (!f || !c || c.length < 2) return null;
  const leading = c[c.length - 1] as Term;
  const others = c.slice(0, -1).flatMap(namesOf);
  // Letters may stand in a parabola, whose vertex is known by its formula, but not in the sign that opens it.
  if (namesOf(leading).length > 0 || !canEvaluate(leading) || (others.length > 0 && c.length > 3)) return null;
  const up = valueOf(leading).re > 0;
  if (c.length % 2 === 0 || up !== want.least)
    return want.least
      ? fail("domain", "there is no least value: the polynomial is unbounded below", range)
      : fail("domain", "there is no greatest value: the polynomial is unbounded above", range);
  const answer = (at: Term): Value => termValue(normal(want.place ? at : replaceName(f, name, at)));
  if (c.length === 3) return answer(vertex(c));
  const slope = polynomialIn(normal(derive(f, name)), nameTerm(name));
  const roots = slope && rootsOfPolynomial(slope)?.filter((r) => canEvaluate(r) && Math.abs(valueOf(r).im) <= tie);
  if (!roots || roots.length === 0) return null;
  const heights = roots.map((r) => valueOf(replaceName(f, name, r)).re * (want.least ? 1 : -1));
  const best = Math.min(...heights);
  const at = roots.filter((_, k) => (heights[k] as number) - best <= tie * Math.max(1, Math.abs(best)));
  const places = [...new Map(at.map((r) => [valueOf(r).re.toPrecision(10), r])).values()].sort((a, b) => valueOf(a).re - valueOf(b).re);
  return want.place && places.length > 1 ? { kind: "list", items: places.map(answer) } : answer(places[0] as Term);
}

/** Where a parabola c₀ + c₁x + c₂x² turns. */
const vertex = (c: readonly Term[]): Term => divide(negate(c[1] as Term), times(two, c[2] as Term));
