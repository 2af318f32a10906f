// Linear systems and determinants over symbolic entries, by elimination with entries kept in normal form.

import { normal } from "./fraction.js";
import { isZeroTerm, minusOne, one, power, size, sumOf, type Term, times, zero } from "./term.js";

/** Zero for certain: the normal form is 0. */
export const isZeroEntry = (t: Term): boolean => isZeroTerm(t) || isZeroTerm(normal(t));

/** Reduced row echelon form with its pivot columns. Pivots are the simplest nonzero entries; expressions that are not identically zero count as nonzero. */
export function reduceRows(
  rows: readonly (readonly Term[])[],
  columns = rows[0]?.length ?? 0,
): { readonly rows: Term[][]; readonly pivots: number[] } {
  const a = rows.map((row) => row.map(normal));
  const pivots: number[] = [];
  let r = 0;
  for (let c = 0; c < columns && r < a.length; c++) {
    let best = -1;
    for (let i = r; i < a.length; i++) {
      const entry = a[i]![c]!;
      if (isZeroTerm(entry)) continue;
      if (best < 0 || cost(entry) < cost(a[best]![c]!)) best = i;
    }
    if (best < 0) continue;
    [a[r], a[best]] = [a[best]!, a[r]!];
    const inverse = power(a[r]![c]!, minusOne);
    a[r] = a[r]!.map((t, j) => (j === c ? one : isZeroTerm(t) ? zero : normal(times(t, inverse))));
    for (let i = 0; i < a.length; i++) {
      const factor = a[i]![c]!;
      if (i === r || isZeroTerm(factor)) continue;
      a[i] = a[i]!.map((t, j) => (j === c ? zero : isZeroTerm(a[r]![j]!) ? t : normal(sumOf([t, times(minusOne, factor, a[r]![j]!)]))));
    }
    pivots.push(c);
    r++;
  }
  return { rows: a, pivots };
}
const cost = (t: Term): number => (t.k === "num" ? 0 : size(t));

/** The unique solution of rows·x = rhs, or null when there is none or not just one. */
export function solveLinear(rows: readonly (readonly Term[])[], rhs: readonly Term[]): Term[] | null {
  const n = rows[0]?.length ?? 0;
  const { rows: a, pivots } = reduceRows(
    rows.map((row, i) => [...row, rhs[i]!]),
    n,
  );
  if (pivots.length < n) return null;
  for (let i = n; i < a.length; i++) if (!isZeroTerm(a[i]![n]!)) return null;
  return a.slice(0, n).map((row) => row[n]!);
}
