// Arrays that are used again: a step of training needs the same sizes as the one before, and making new ones costs more than the arithmetic at width 16.

export interface Arena {
  /** An array whose content is not said. */
  room(length: number): Float64Array;
  zeros(length: number): Float64Array;
  /** Everything handed out may be handed out again. */
  reset(): void;
}

/** New arrays each time. */
export const freshArena = (): Arena => ({ room: (n) => new Float64Array(n), zeros: (n) => new Float64Array(n), reset: () => {} });

/** Arrays by length, given out in the order they were made. */
export function reusedArena(): Arena {
  const shelves = new Map<number, { arrays: Float64Array[]; next: number }>();
  const room = (length: number): Float64Array => {
    let shelf = shelves.get(length);
    if (!shelf) shelves.set(length, (shelf = { arrays: [], next: 0 }));
    const { arrays, next } = shelf;
    shelf.next++;
    if (next === arrays.length) arrays.push(new Float64Array(length));
    return arrays[next];
  };
  return {
    room,
    zeros: (length) => room(length).fill(0),
    reset() {
      for (const shelf of shelves.values()) shelf.next = 0;
    },
  };
}
