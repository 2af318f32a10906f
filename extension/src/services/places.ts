// Places that links in hovers speak of. A link carries a number; what it stands for stays here, so that no link can name a file or a text.

export interface RememberedPlace {
  readonly uri: string;
  readonly version: number;
  readonly range: readonly [number, number];
}

export interface Places {
  remember(place: RememberedPlace): number;
  /** The place of a link, when the argument is one. */
  recall(argument: unknown): RememberedPlace | undefined;
}

const MOST = 256;

export function placeMemory(): Places {
  const places = new Map<number, RememberedPlace>();
  let next = 1;
  return {
    remember(place) {
      const id = next++;
      places.set(id, place);
      places.delete(id - MOST);
      return id;
    },
    recall: (argument) => (typeof argument === "number" ? places.get(argument) : undefined),
  };
}
