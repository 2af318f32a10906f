// A small memory of recent results; the least recently used goes first.

export interface Cache<V> {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
}

export function lru<V>(most: number): Cache<V> {
  const entries = new Map<string, V>();
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
      entries.delete(key);
      entries.set(key, value);
      if (entries.size > most) entries.delete(entries.keys().next().value as string);
    },
  };
}
