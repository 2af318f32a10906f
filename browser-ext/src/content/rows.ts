// The rows of a list. All are read, for the count and the button; links are placed as far as the page was scrolled, and a little further: of
// thousands of rows few are ever seen, and a link costs the browser more than the reading.
import type { PaperRef } from "@scholium/core/papers";
import type { Placer, Steps } from "./site.js";

/** How many links are placed wherever their rows are, and how many more each time the next row without one is nearly on the screen. */
const AT_ONCE = 50;
const AT_A_TIME = 100;

export interface List<E extends Element> {
  readonly rows: Iterable<E>;
  readonly read: (row: E) => PaperRef | null;
  /** Finds a row's link of ours, if it is there already. */
  readonly there: (row: E) => Element | null;
  readonly put: (row: E, ref: PaperRef) => void;
  /** Called when all rows were read. */
  readonly whenRead: () => void;
}

export function* placeRows<E extends Element>(placer: Placer, { rows, read, there, put, whenRead }: List<E>): Steps {
  const later: [row: E, ref: PaperRef][] = [];
  let placed = 0;
  for (const row of rows) {
    const ref = read(row);
    if (ref && placed >= AT_ONCE) {
      if (placer.counts(ref)) later.push([row, ref]);
    } else if (ref && placer.lacks(ref, () => there(row))) {
      put(row, ref);
      placed++;
    }
    yield;
  }
  whenRead();
  placed = 0;
  for (const [row, ref] of later) {
    if (placer.lacks(ref, () => there(row))) {
      if (placed++ % AT_A_TIME === 0) yield row;
      put(row, ref);
    }
    yield;
  }
}
