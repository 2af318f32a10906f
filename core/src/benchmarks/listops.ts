// ListOps: nested operations on digits, the first task of the Long Range Arena.

import { MathError, mulberry32, type Random, type Sentence, said } from "../linalg/index.js";

const OPERATORS = ["MIN", "MAX", "MED", "SM"] as const;

const apply = (name: string, values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  switch (name) {
    case "MIN":
      return sorted[0] as number;
    case "MAX":
      return sorted[sorted.length - 1] as number;
    case "MED": {
      const h = sorted.length >> 1;
      return sorted.length % 2 ? (sorted[h] as number) : Math.floor(((sorted[h - 1] as number) + (sorted[h] as number)) / 2);
    }
    default:
      return values.reduce((s, v) => s + v, 0) % 10;
  }
};

/**
 * The value of `[MAX 4 3 [MIN 2 3 ] 1 0 ]`; parentheses of the binary form are dropped. MED is the floor of the median, SM the sum modulo 10.
 * An explicit stack, so any depth. Throws MathError "domain" for an unknown token, an empty operation or brackets that do not match. O(n log n).
 * Nangia and Bowman 2018 (arXiv 1804.06028); google-research/long-range-arena, listops.py.
 */
export function listopsEvaluate(source: string): number {
  const stack: { name: string; values: number[] }[] = [{ name: "", values: [] }];
  const bad = (what: Sentence) => new MathError("domain", what);
  for (const token of source.split(/\s+/)) {
    const top = stack[stack.length - 1] as { name: string; values: number[] };
    if (token === "" || token === "(" || token === ")") continue;
    if (/^[0-9]$/.test(token)) top.values.push(Number(token));
    else if (token.startsWith("[") && (OPERATORS as readonly string[]).includes(token.slice(1))) stack.push({ name: token.slice(1), values: [] });
    else if (token === "]") {
      stack.pop();
      const under = stack[stack.length - 1];
      if (!under) throw bad('a "]" too many');
      if (top.values.length === 0) throw bad(said`[${top.name} ] has no arguments`);
      under.values.push(apply(top.name, top.values));
    } else throw bad(said`unknown token ${JSON.stringify(token.slice(0, 20))}; there are digits, [MIN, [MAX, [MED, [SM and ]`);
  }
  if (stack.length > 1) throw bad(said`[${(stack[stack.length - 1] as { name: string }).name} is never closed`);
  const values = (stack[0] as { values: number[] }).values;
  if (values.length !== 1) throw bad(said`one expression expected, found ${values.length}`);
  return values[0] as number;
}

export interface ListopsOptions {
  readonly seed: number;
  readonly maxDepth?: number;
  readonly maxArgs?: number;
  /** Chance of an operation at a depth that allows one: a leaf is drawn when the draw exceeds 1 − leafProbability. */
  readonly leafProbability?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
}

export interface Listops {
  readonly source: string;
  readonly value: number;
  /** One for a leaf, two more than its parts for an operation. */
  readonly length: number;
  /** Operations on the longest way down. */
  readonly depth: number;
  /** Trees that were too short or too long. */
  readonly rejected: number;
}

interface Node {
  readonly text: string;
  readonly value: number;
  readonly length: number;
  readonly depth: number;
}

/** More rejections than this mean that the bounds cannot be met. */
const MAX_REJECTED = 100_000;
/** Nodes drawn in all before giving up: wide deep grammars grow without bound. */
const MAX_NODES = 5_000_000;

/** Draw order at a node: leaf test, then a digit, or the number of arguments, the arguments, and the operator last. `budget` counts the nodes still allowed. */
function drawTree(random: Random, depth: number, o: Required<ListopsOptions>, budget: { left: number }): Node {
  if (budget.left-- <= 0)
    throw new MathError(
      "too-large",
      said`more than ${MAX_NODES} nodes were drawn`,
      "a smaller maxDepth, maxArgs or minLength, or a larger maxLength",
    );
  const r = depth < o.maxDepth ? random() : 1;
  if (r > 1 - o.leafProbability) {
    const value = Math.floor(10 * random());
    return { text: String(value), value, length: 1, depth: 0 };
  }
  const count = 2 + Math.floor(random() * (o.maxArgs - 1));
  const parts = Array.from({ length: count }, () => drawTree(random, depth + 1, o, budget));
  const name = OPERATORS[Math.floor(4 * random())] as string;
  return {
    text: `[${name} ${parts.map((p) => p.text).join(" ")} ]`,
    value: apply(
      name,
      parts.map((p) => p.value),
    ),
    length: 2 + parts.reduce((s, p) => s + p.length, 0),
    depth: 1 + Math.max(...parts.map((p) => p.depth)),
  };
}

/**
 * A random expression with minLength < length < maxLength, drawn again from the same stream until it fits. The root is at depth 1.
 * The published task: depth 10, 10 arguments, lengths 500 to 2000, leafProbability 0.75. Throws MathError after 100,000 misfits or five million nodes.
 */
export function listopsGenerate(options: ListopsOptions): Listops {
  const o = { maxDepth: 10, maxArgs: 10, leafProbability: 0.75, minLength: 500, maxLength: 2000, ...options };
  if (!(o.maxArgs >= 2) || !(o.maxDepth >= 1 && o.maxDepth <= 30))
    throw new MathError("domain", said`maxArgs must be at least 2 and maxDepth 1 to 30; they are ${o.maxArgs} and ${o.maxDepth}`);
  if (!(o.maxLength - o.minLength >= 2))
    throw new MathError(
      "domain",
      said`no length lies between minLength ${o.minLength} and maxLength ${o.maxLength}`,
      "Raise maxLength or lower minLength",
    );
  const random = mulberry32(o.seed);
  const budget = { left: MAX_NODES };
  for (let rejected = 0; rejected <= MAX_REJECTED; rejected++) {
    const { text, value, length, depth } = drawTree(random, 1, o, budget);
    if (length > o.minLength && length < o.maxLength) return { source: text, value, length, depth, rejected };
  }
  throw new MathError("no-convergence", said`no expression with ${o.minLength} < length < ${o.maxLength} in ${MAX_REJECTED} tries`);
}
