// Which of the six natural demands a sparsity measure meets, by searching for counterexamples.

import { MathError, mulberry32, type Random, said } from "../linalg/index.js";
import { gini, hoyer, pqIndex } from "./measures.js";

export interface Axioms {
  /** Taking from a larger entry and giving to a smaller one lowers sparsity. */
  readonly robinHood: boolean;
  /** Multiplying all entries changes nothing. */
  readonly scaling: boolean;
  /** Adding a constant to all lowers it. */
  readonly risingTide: boolean;
  /** Two copies are as sparse as one. */
  readonly cloning: boolean;
  /** Growing one entry enough raises it from then on. */
  readonly billGates: boolean;
  /** Appending a zero raises it. */
  readonly babies: boolean;
}

type Measure = (x: Float64Array) => number;
const sum = (x: Float64Array, f: (v: number) => number) => x.reduce((s, v) => s + f(v), 0);
const entropy: Measure = (x) => {
  const l1 = sum(x, (v) => v);
  return sum(x, (v) => (v > 0 ? -(v / l1) * Math.log(v / l1) : 0));
};
const k4: Measure = (x) => sum(x, (v) => v ** 4) / sum(x, (v) => v * v) ** 2;

/** Measures of a non-negative vector, turned so that larger means sparser. */
export const orientedMeasures: Readonly<Record<string, Measure>> = {
  gini,
  "pqIndex(0.5,1)": (x) => pqIndex(x, 0.5, 1),
  "pqIndex(1,2)": (x) => pqIndex(x, 1, 2),
  "-participation": (x) => -(sum(x, (v) => v) ** 2) / (x.length * sum(x, (v) => v * v)),
  "-effCount/n": (x) => -Math.exp(entropy(x)) / x.length,
  hoyer: (x) => hoyer(x) ?? 0,
  "1-H/ln n": (x) => 1 - entropy(x) / Math.log(x.length),
  "l2/l1": (x) => Math.sqrt(sum(x, (v) => v * v)) / sum(x, (v) => v),
  "-entropy": (x) => -entropy(x),
  "-meanMax": (x) => -sum(x, (v) => v) / (x.length * x.reduce((m, v) => Math.max(m, v), 0)),
  "n*k4": (x) => x.length * k4(x),
  "kurtosis k4": k4,
  zeroRatio: (x) => sum(x, (v) => (v === 0 ? 1 : 0)) / x.length,
  "nearZero(0.1)": (x) => sum(x, (v) => (v <= 0.1 ? 1 : 0)) / x.length,
  "-l0.5": (x) => -(sum(x, Math.sqrt) ** 2),
  "-l1": (x) => -sum(x, (v) => v),
};

/** A difference below this, relative to the values, is taken for equality. */
const TOLERANCE = 1e-9;
const close = (a: number, b: number) => Math.abs(a - b) <= TOLERANCE * Math.max(1e-300, Math.abs(a), Math.abs(b));
const above = (a: number, b: number) => a > b && !close(a, b);

function sample(random: Random): Float64Array {
  const n = 3 + Math.floor(random() * 8);
  const shape = random();
  const sparse = random() < 0.3;
  const x = Float64Array.from({ length: n }, () => (sparse && random() < 0.3 ? 0 : shape < 0.5 ? random() : -Math.log(1 - random()) * random() ** 2));
  // Two different positive entries, so that every operation below has something to act on.
  x[0] = 0.5 + random();
  x[1] = 0.1 * random() + 0.01;
  return x;
}

const tests: { readonly [K in keyof Axioms]: (S: Measure, x: Float64Array, random: Random) => boolean } = {
  robinHood: (S, x, random) => {
    let i = Math.floor(random() * x.length);
    let j = Math.floor(random() * x.length);
    if ((x[i] as number) < (x[j] as number)) [i, j] = [j, i];
    const gap = (x[i] as number) - (x[j] as number);
    if (gap <= 1e-3) return true;
    const moved = x.slice();
    const a = gap * (0.05 + 0.44 * random());
    moved[i] = (moved[i] as number) - a;
    moved[j] = (moved[j] as number) + a;
    return above(S(x), S(moved));
  },
  scaling: (S, x, random) => {
    const by = 0.01 + 20 * random();
    return close(S(x.map((v) => v * by)), S(x));
  },
  risingTide: (S, x, random) => {
    const a = 0.01 + random();
    return above(S(x), S(x.map((v) => v + a)));
  },
  cloning: (S, x) => close(S(Float64Array.of(...x, ...x)), S(x)),
  billGates: (S, x, random) => {
    const i = Math.floor(random() * x.length);
    const grown = (by: number) => {
      const y = x.slice();
      y[i] = (y[i] as number) + by;
      return y;
    };
    const total = sum(x, (v) => v);
    // "From some size on": once the entry towers over the rest, more of it must still raise the measure.
    const size = total * x.length * 2;
    return above(S(grown(size * 2)), S(grown(size)));
  },
  babies: (S, x) => above(S(Float64Array.of(...x, 0)), S(x)),
};

/**
 * true where no counterexample turned up in `trials` random vectors. Only Gini and the pq-mean family (and what is a function of them) meet all six.
 * Hurley and Rickard 2009 (arXiv 0811.4706), §II and Table III. O(trials · n log n).
 */
export function sparsityAxioms(measure: string | Measure, trials = 400, random: Random = mulberry32(1)): Axioms {
  const S = typeof measure === "function" ? measure : Object.hasOwn(orientedMeasures, measure) ? orientedMeasures[measure] : undefined;
  if (!S)
    throw new MathError("unsupported", said`no measure named ${JSON.stringify(measure)}; there are ${Object.keys(orientedMeasures).join(", ")}`);
  const holds = (test: (typeof tests)[keyof Axioms]) => {
    for (let k = 0; k < trials; k++) if (!test(S, sample(random), random)) return false;
    return true;
  };
  return Object.fromEntries(Object.entries(tests).map(([name, test]) => [name, holds(test)])) as unknown as Axioms;
}
