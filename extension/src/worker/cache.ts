// A small memory of recent results; the least recently used goes first.

export interface Cache<V> {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
}

/** At most `most` entries; with `weigh`, also at most `heaviest` of their weight together. An entry heavier than that is not kept. */
export function lru<V>(most: number, weigh: (value: V) => number = () => 0, heaviest = Number.POSITIVE_INFINITY): Cache<V> {
  const entries = new Map<string, V>();
  let weight = 0;
  const drop = (key: string) => {
    const old = entries.get(key);
    if (old === undefined) return;
    weight -= weigh(old);
    entries.delete(key);
  };
  return {
    get(key) {
      const value = entries.get(key);
      if (value !== undefined) {
        entries.delete(key);
        entries.set(key, value);
      }
      return value;
    },
    set(key, value) {
      drop(key);
      const added = weigh(value);
      if (added > heaviest) return;
      entries.set(key, value);
      weight += added;
      while (entries.size > most || weight > heaviest) drop(entries.keys().next().value as string);
    },
  };
}
