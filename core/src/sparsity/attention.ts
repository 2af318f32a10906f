// How concentrated the rows of an attention matrix are.

import { MathError, type Matrix, said } from "../linalg/index.js";
import { gini, hoyer } from "./measures.js";

export interface AttentionSparsity {
  readonly probs: Matrix;
  readonly rowEntropy: number[];
  readonly rowEffectiveCount: number[];
  /** Null for a row with a single entry. */
  readonly rowHoyer: (number | null)[];
  readonly rowGini: (number | null)[];
}

/** Row softmax of scores/temperature (with a causal mask: column <= row), then entropy, e^H, Hoyer and Gini over the unmasked entries. O(n² log n). */
export function attentionSparsity(
  scores: Matrix,
  { temperature = 1, causal = false }: { temperature?: number; causal?: boolean } = {},
): AttentionSparsity {
  if (!(temperature > 0)) throw new MathError("domain", said`the temperature must be positive, it is ${temperature}`);
  const { rows, columns } = scores;
  const probs = new Float64Array(rows * columns);
  const [rowEntropy, rowHoyer, rowGini]: [number[], (number | null)[], (number | null)[]] = [[], [], []];
  for (let i = 0; i < rows; i++) {
    const length = causal ? Math.min(columns, i + 1) : columns;
    const s = scores.data.subarray(i * columns, i * columns + length);
    const top = s.reduce((m, v) => Math.max(m, v), Number.NEGATIVE_INFINITY);
    const w = s.map((v) => Math.exp((v - top) / temperature));
    const total = w.reduce((sum, v) => sum + v, 0);
    const p = w.map((v) => v / total);
    probs.set(p, i * columns);
    rowEntropy.push(p.reduce((h, v) => h - (v > 0 ? v * Math.log(v) : 0), 0));
    rowHoyer.push(hoyer(p));
    rowGini.push(length > 1 ? gini(p) : null);
  }
  return { probs: { rows, columns, data: probs }, rowEntropy, rowEffectiveCount: rowEntropy.map(Math.exp), rowHoyer, rowGini };
}
