// The table of contents of everything that can be called by name. A room's entries stand in a folder of its name.

import type { Catalogue, Routine } from "./routine.js";

export * from "./json.js";
export * from "./routine.js";

/** All entries, room by room. */
export const entries: readonly Routine[] = [];

const byName = new Map<string, Routine>(entries.map((e) => [e.name, e]));

/** The entries by name. Names come from this map only, never from a property look-up. */
export const catalogue: Catalogue = {
  find: (name) => byName.get(name),
  names: () => [...byName.keys()],
};
