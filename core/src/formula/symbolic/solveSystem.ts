// Systems of equations and inequalities of one variable.

import { fail, type Range } from "../../expr/index.js";
import { derive } from "./derive.js";
import { dependsOnName, normal, numeratorDenominator, polynomialIn } from "./fraction.js";
import { reduceRows } from "./linear.js";
import { determinant, fromRows } from "./matrix.js";
import { evaluate, isFiniteC, realFunction } from "./numeric.js";
import { attempt, shorten } from "./simplify.js";
import { solveTerm } from "./solve.js";
import { isZeroTerm, minus, namesOf, nameTerm, negate, one, replaceName, size, sumOf, type Term, times, zero } from "./term.js";

export type Assignment = Readonly<Record<string, Term>>;

/** All solutions of f₁ = ... = f_m = 0 in the given names; null when no method applies. */
export function solveSystem(equations: readonly Term[], names: readonly string[], range: Range): Assignment[] | null {
  const fs = equations.map((f) => numeratorDenominator(f).num).filter((f) => !isZeroTerm(f));
  return solveLinearSystem(fs, names, range) ?? bySubstitution(fs, names, 0) ?? byResultant(fs, names);
}

function solveLinearSystem(fs: readonly Term[], names: readonly string[], range: Range): Assignment[] | null {
  const rows: Term[][] = [];
  for (const f of fs) {
    const row = names.map((n) => normal(derive(f, n)));
    if (row.some((c) => names.some((n) => dependsOnName(c, n)))) return null;
    const rest = normal(minus(f, sumOf(row.map((c, j) => times(c, nameTerm(names[j]!))))));
    if (names.some((n) => dependsOnName(rest, n))) return null;
    rows.push([...row, negate(rest)]);
  }
  const n = names.length;
  const { rows: a, pivots } = reduceRows(rows, n);
  for (let i = pivots.length; i < a.length; i++) if (!isZeroTerm(a[i]![n]!)) fail("no-solution", "the equations contradict each other", range);
  const out: Record<string, Term> = {};
  names.forEach((name, j) => {
    const r = pivots.indexOf(j);
    if (r < 0) return;
    out[name] = shorten(
      sumOf([a[r]![n]!, ...names.flatMap((other, k) => (k !== j && !pivots.includes(k) ? [negate(times(a[r]![k]!, nameTerm(other)))] : []))]),
    );
  });
  return [out];
}

/** Solve the equation that is easiest for one name, put it into the others, repeat. */
function bySubstitution(fs: readonly Term[], names: readonly string[], depth: number): Assignment[] | null {
  if (names.length === 0) return fs.every((f) => isZeroTerm(attempt(() => normal(f)) ?? one) || isSmall(f)) ? [{}] : [];
  if (fs.length === 0 || depth > 5) return null;
  const choices = fs
    .flatMap((f) => names.map((n) => ({ f, n, degree: polynomialIn(f, nameTerm(n))?.length ?? 99 })))
    .filter((c) => dependsOnName(c.f, c.n))
    .sort((a, b) => a.degree - b.degree || size(a.f) - size(b.f));
  for (const { f, n, degree } of choices.slice(0, 4)) {
    if (degree > 3 && names.length > 1) continue;
    const solved = attempt(() => solveTerm(f, n));
    if (!solved) continue;
    const rest = fs.filter((g) => g !== f);
    const others = names.filter((m) => m !== n);
    const out: Assignment[] = [];
    let failed = false;
    for (const v of solved.values) {
      const reduced = attempt(() => rest.map((g) => numeratorDenominator(replaceName(g, n, v)).num).filter((g) => !isZeroTerm(g)));
      const inner =
        reduced &&
        attempt(() =>
          bySubstitution(
            reduced,
            others.filter((m) => reduced.some((g) => dependsOnName(g, m)) || dependsOnName(v, m)),
            depth + 1,
          ),
        );
      if (!inner) {
        failed = true;
        break;
      }
      for (const s of inner) out.push({ ...s, [n]: shorten(put(v, s)) });
    }
    if (!failed) return distinct(out.filter((s) => fs.every((g) => isSmall(put(g, s)))));
  }
  return null;
}
const put = (t: Term, s: Assignment): Term => Object.entries(s).reduce((u, [n, v]) => replaceName(u, n, v), t);
function isSmall(f: Term): boolean {
  if (namesOf(f).length > 0) return isZeroTerm(attempt(() => normal(f)) ?? one);
  const z = evaluate(f, new Map());
  return isFiniteC(z) && Math.hypot(z.re, z.im) < 1e-7;
}
function distinct(list: readonly Assignment[]): Assignment[] {
  const out: Assignment[] = [];
  for (const s of list) if (!out.some((o) => Object.keys(s).every((n) => o[n] && isSmall(minus(o[n]!, s[n]!))))) out.push(s);
  return out;
}

/** Two polynomials in two names: the resultant of Sylvester's matrix leaves one name. */
function byResultant(fs: readonly Term[], names: readonly string[]): Assignment[] | null {
  if (fs.length !== 2 || names.length !== 2) return null;
  for (const [x, y] of [names, [...names].reverse()] as [string, string][]) {
    const [p, q] = fs.map((f) => polynomialIn(f, nameTerm(x)));
    if (!p || !q || p.length < 2 || q.length < 2 || p.length + q.length > 9) continue;
    const [m, n] = [p.length - 1, q.length - 1];
    const row = (c: readonly Term[], shift: number) => Array.from({ length: m + n }, (_, j) => c[c.length - 1 - (j - shift)] ?? zero);
    const sylvester = fromRows([...Array.from({ length: n }, (_, i) => row(p, i)), ...Array.from({ length: m }, (_, i) => row(q, i))]);
    const r = attempt(() => determinant(sylvester, [0, 0]));
    if (!r || isZeroTerm(r)) continue;
    const ys = attempt(() => solveTerm(r, y));
    if (!ys) continue;
    const out: Assignment[] = [];
    for (const v of ys.values) {
      const xs = attempt(() => solveTerm(replaceName(fs[0]!, y, v), x));
      for (const u of xs?.values ?? []) if (isSmall(put(fs[1]!, { [x]: u, [y]: v }))) out.push({ [x]: u, [y]: v });
    }
    return distinct(out);
  }
  return null;
}

export interface Interval {
  readonly from: Term | null;
  readonly to: Term | null;
  readonly closedFrom: boolean;
  readonly closedTo: boolean;
}

/** The real x with f(x) op 0, as disjoint intervals in ascending order; an end of null is infinite. */
export function solveInequality(f: Term, op: "<" | "≤" | ">" | "≥", x: string): Interval[] | null {
  if (namesOf(f).some((n) => n !== x)) return null;
  const { num, den } = numeratorDenominator(f);
  const roots = solveTerm(num, x);
  const poles = dependsOnName(den, x) ? solveTerm(den, x) : { values: [] };
  if (!roots || !poles) return null;
  const real = (list: readonly Term[]) => list.map((t) => ({ t, z: evaluate(t, new Map()) })).filter((p) => Math.abs(p.z.im) < 1e-9);
  const cuts = [
    ...real(roots.values).map((p) => ({ t: p.t, at: p.z.re, pole: false })),
    ...real(poles.values).map((p) => ({ t: p.t, at: p.z.re, pole: true })),
  ].sort((a, b) => a.at - b.at);
  const g = realFunction(f, x);
  const holds = (y: number) => (op === "<" || op === "≤" ? y < 0 : y > 0);
  const withEquality = op === "≤" || op === "≥";
  const ends = [Number.NEGATIVE_INFINITY, ...cuts.map((c) => c.at), Number.POSITIVE_INFINITY];
  const out: Interval[] = [];
  for (let i = 0; i + 1 < ends.length; i++) {
    const [a, b] = [ends[i]!, ends[i + 1]!];
    const m =
      a === Number.NEGATIVE_INFINITY
        ? b === Number.POSITIVE_INFINITY
          ? 0.37
          : b - 1 - Math.abs(b) * 0.1
        : b === Number.POSITIVE_INFINITY
          ? a + 1 + Math.abs(a) * 0.1
          : (a + b) / 2;
    const inside = holds(g(m));
    const [left, right] = [cuts[i - 1], cuts[i]];
    const closed = (c: { pole: boolean } | undefined): boolean => withEquality && c !== undefined && !c.pole;
    if (inside) {
      const last = out[out.length - 1];
      if (last?.to && left && last.to.id === left.t.id && (last.closedTo || closed(left))) {
        out[out.length - 1] = { ...last, to: right?.t ?? null, closedTo: closed(right) };
      } else out.push({ from: left?.t ?? null, to: right?.t ?? null, closedFrom: closed(left), closedTo: closed(right) });
    } else if (withEquality && left && !left.pole) {
      const last = out[out.length - 1];
      if (!(last?.to && last.to.id === left.t.id)) out.push({ from: left.t, to: left.t, closedFrom: true, closedTo: true });
    }
  }
  return out;
}
