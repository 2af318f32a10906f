// Entropies and divergences of finite distributions, in nats: 0 log 0 is 0.

import { type ArrayValue, type CallExpr, fail, realValue, said, type Value } from "../../../expr/index.js";
import { shapeText } from "../array.js";
import type { FormulaFunction } from "../function.js";

const distribution = (v: Value | undefined, call: CallExpr): ArrayValue =>
  v?.kind === "array" && !v.imag && v.data.every((x) => x >= 0)
    ? v
    : fail("domain", said`${call.name} needs probabilities, not ${v ? shapeText(v) : "nothing"}`, call.range, "Give a vector of numbers from 0 to 1");

const term = (p: number, ratio: number): number => (p === 0 ? 0 : p * Math.log(ratio));
const total = (n: number, f: (k: number) => number): Value => realValue(Array.from({ length: n }, (_, k) => f(k)).reduce((a, b) => a + b, 0));

const ofOne = (name: string, aliases: readonly string[], f: (p: Float64Array) => Value): FormulaFunction => ({
  name,
  aliases,
  arity: [1, 1],
  apply: ([p], _named, call) => f(distribution(p, call).data),
});
const ofTwo = (name: string, aliases: readonly string[], f: (p: Float64Array, q: Float64Array) => Value): FormulaFunction => ({
  name,
  aliases,
  arity: [2, 2],
  apply: ([p, q], _named, call) => {
    const [a, b] = [distribution(p, call), distribution(q, call)];
    if (a.data.length !== b.data.length)
      return fail(
        "shape-mismatch",
        said`${call.name} needs two distributions over the same outcomes, not ${shapeText(a)} and ${shapeText(b)}`,
        call.range,
      );
    return f(a.data, b.data);
  },
});

export const information: readonly FormulaFunction[] = [
  ofOne("entropy", ["Entropy"], (p) => total(p.length, (k) => -term(p[k] as number, p[k] as number))),
  ofTwo("crossentropy", ["cross_entropy", "CrossEntropy", "CE"], (p, q) => total(p.length, (k) => -term(p[k] as number, q[k] as number))),
  ofTwo("KL", ["kl", "kl_divergence", "D_KL"], (p, q) => total(p.length, (k) => term(p[k] as number, (p[k] as number) / (q[k] as number)))),
  ofTwo("JS", ["JSD", "D_JS"], (p, q) =>
    total(p.length, (k) => {
      const [a, b] = [p[k] as number, q[k] as number];
      return (term(a, (2 * a) / (a + b)) + term(b, (2 * b) / (a + b))) / 2;
    }),
  ),
  ofTwo("TV", ["D_TV"], (p, q) => total(p.length, (k) => Math.abs((p[k] as number) - (q[k] as number)) / 2)),
];

/** The divergence a name means, however it is set: D_{\\mathrm{KL}}, \\mathrm{KL}, JSD; null for others. */
export function divergenceName(name: string): string | null {
  const bare = name.replace(/\\(?:mathrm|text|operatorname|mathbf|rm)|[{}\\\s]/g, "").replace(/^D_/, "");
  return /^(?:KL|JS|JSD|TV)$/.test(bare) ? bare : null;
}
