// Values the open panels look at, under keys; with what has been computed of them. A value leaves when its panel closes or when newer ones need the room.
import type { FunctionValue, SymbolicValue, Value } from "@scholium/core/expr";
import type { Pyramid } from "@scholium/core/figure";
import type { RealFunction } from "@scholium/core/formula";
import type { Matrix, SVD } from "@scholium/core/linalg";
import type { Conventions } from "../../protocol.js";

interface Common {
  readonly key: string;
  readonly title: string;
  readonly language: string;
  readonly conventions: Conventions;
}

/** A matrix one looks at; `shown` are the entries, or the moduli of complex ones. */
export interface MatrixEntry extends Common {
  readonly kind: "matrix";
  readonly value: Value;
  readonly matrix: Matrix;
  readonly pyramid: Pyramid;
  /** Once computed, kept while the value is. */
  svd?: SVD;
  singular?: Float64Array;
}

/** A function one plots. */
export interface PlotEntry extends Common {
  readonly kind: "plot";
  readonly value: FunctionValue | SymbolicValue;
  readonly real: RealFunction;
}

export type Entry = MatrixEntry | PlotEntry;

/** Four panels, a value to compare with, and one on its way. */
const MOST = 6;

export interface Store {
  /** A key no other value has or had, in this thread or in one before it. */
  newKey(): string;
  add(entry: Entry): void;
  get(key: string): Entry | undefined;
  forget(key: string): void;
  empty(): boolean;
}

export function valueStore(): Store {
  const entries = new Map<string, Entry>();
  const epoch = Math.round(performance.timeOrigin + performance.now()).toString(36);
  let count = 0;
  return {
    newKey: () => `${epoch}-${count++}`,
    add(entry) {
      entries.set(entry.key, entry);
      while (entries.size > MOST) entries.delete(entries.keys().next().value as string);
    },
    get(key) {
      const entry = entries.get(key);
      if (entry) {
        entries.delete(key);
        entries.set(key, entry);
      }
      return entry;
    },
    forget: (key) => void entries.delete(key),
    empty: () => entries.size === 0,
  };
}
