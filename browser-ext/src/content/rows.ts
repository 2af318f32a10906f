// The rows of a list. Links are placed as far as the page was scrolled, and a little further: of thousands of rows few are ever seen. Where every
// row is a paper, a row is not read before that either: how many there are is known without.
import type { PaperRef } from "@scholium/core/papers";
import type { Placer, Steps } from "./site.js";

/** How many links are placed wherever their rows are, and how many more each time the next row without one is nearly on the screen. */
const AT_ONCE = 50;
const AT_A_TIME = 100;

export interface List<E extends Element> {
  readonly rows: NodeListOf<E>;
  /** Whether each row is a paper; else all rows are read, for the count and the button. */
  readonly arePapers?: boolean;
  readonly read: (row: E) => PaperRef | null;
  /** Finds a row's link of ours, if it is there already. */
  readonly there: (row: E) => Element | null;
  readonly put: (row: E, ref: PaperRef) => void;
  /** Called once it is known how many papers there are, and again if that was wrong. */
  readonly tell: (count: number) => void;
}

export function* placeRows<E extends Element>(placer: Placer, { rows, arePapers, read, there, put, tell }: List<E>): Steps {
  const later: [row: E, ref?: PaperRef | null][] = [];
  let placed = 0;
  // The button comes first: were it put above rows that are on the screen already, they would move.
  if (arePapers) tell(rows.length);
  for (const row of rows) {
    if (arePapers && placed >= AT_ONCE) {
      later.push([row]);
      continue;
    }
    const ref = read(row);
    if (ref && placed >= AT_ONCE) {
      if (placer.counts(ref)) later.push([row, ref]);
    } else if (ref && placer.lacks(ref, () => there(row))) {
      put(row, ref);
      placed++;
    }
    yield;
  }
  if (!arePapers) tell(placer.count());
  placed = 0;
  for (const [row, known] of later) {
    if (placed++ % AT_A_TIME === 0) yield row;
    const ref = known ?? read(row);
    if (ref && placer.lacks(ref, () => there(row))) put(row, ref);
    yield;
  }
  if (arePapers) tell(placer.count());
}
