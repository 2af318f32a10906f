// Any text through every reader: only a FormulaFailure may come out, within bounded time.

import { readFileSync } from "node:fs";
import { FormulaFailure } from "../../core/src/expr/index.js";
import { detectFormat, formats } from "../../core/src/formats/index.js";

/** Milliseconds a text of at most this fuzzer's length may take in one reader. */
const limit = 2000;

const random = (seed: number) => {
  let s = seed >>> 0 || 1;
  return (n: number): number => {
    s = (Math.imul(s, 1664525) + 1013904223) >>> 0;
    return Math.floor((s / 2 ** 32) * n);
  };
};

const pieces = [
  ..."[](){}<>,;:|\"'`$%&^_~!?@#\\/.*+-=0123456789eEijnTx \n\t⎡⎤│…×−∑√π",
  "np.array(",
  "...",
  "//",
  "/*",
  "0x",
  "1e999",
  "**",
  "<<",
  ";;",
  "matrix(",
  "c(",
  "vec![",
  "%%MatrixMarket matrix coordinate real general\n",
  "sum_(",
  "\\begin{",
  "end",
  "inf",
  "nan",
];

function mutate(text: string, r: (n: number) => number): string {
  let t = text;
  for (let k = r(6) + 1; k > 0; k--) {
    const at = r(t.length + 1);
    const kind = r(5);
    if (kind === 0) t = t.slice(0, at) + pieces[r(pieces.length)] + t.slice(at);
    else if (kind === 1) t = t.slice(0, at) + t.slice(at + 1 + r(4));
    else if (kind === 2) t = t.slice(0, at) + t.slice(r(t.length + 1));
    else if (kind === 3) t = t.slice(0, at);
    else t = t.slice(0, at) + (pieces[r(pieces.length)] as string).repeat(1 + r(600)) + t.slice(at);
    if (t.length > 20_000) t = t.slice(0, 20_000);
  }
  return t;
}

/** Runs for so many seconds; throws at the first text that crashes a reader or takes too long. */
export function run(seconds: number, seed: number): { texts: number } {
  const r = random(seed);
  const inputs = (
    JSON.parse(readFileSync(new URL("../data/formula/corpus.json", import.meta.url), "utf8")) as { cases: { input: string }[] }
  ).cases.map((c) => c.input);
  const end = performance.now() + 1000 * seconds;
  let texts = 0;
  while (performance.now() < end) {
    const base = r(4) === 0 ? Array.from({ length: r(80) }, () => pieces[r(pieces.length)]).join("") : (inputs[r(inputs.length)] as string);
    const text = mutate(base, r);
    for (const format of formats)
      attempt(format.name, text, () => {
        const score = format.detect(text);
        if (![0, 1, 2, 3].includes(score)) throw new Error(`detect answers ${score}`);
        format.parse(text);
      });
    if (r(20) === 0) attempt("detect", text, () => detectFormat(text));
    texts++;
  }
  return { texts };
}

function attempt(name: string, text: string, read: () => void): void {
  const start = performance.now();
  try {
    read();
  } catch (e) {
    const range = e instanceof FormulaFailure ? e.error.range : undefined;
    if (!range) throw new Error(`${name} crashed on ${JSON.stringify(text.slice(0, 2000))}`, { cause: e });
    if (!(range[0] >= 0 && range[1] >= range[0] && range[1] <= text.length + 1))
      throw new Error(`${name} gives the range ${range} in a text of ${text.length}: ${JSON.stringify(text.slice(0, 2000))}`);
  }
  const took = performance.now() - start;
  if (took > limit) throw new Error(`${name} took ${took.toFixed(0)} ms for ${JSON.stringify(text.slice(0, 2000))}`);
}
