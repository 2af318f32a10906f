// Training one step at a time, so that a worker can report, pause and stop between steps.

import { gaussian, type Matrix, type Random } from "../linalg/index.js";
import { reusedArena } from "./arena.js";
import type { Products } from "./products.js";
import { type Node, type Tape, tape } from "./tape.js";

/** Named weight matrices. */
export type Parameters = Readonly<Record<string, Matrix>>;

/** AdamW's memory, kept in place for speed; owned by one `trainer`. */
interface Moments {
  readonly m: Float64Array;
  readonly v: Float64Array;
}

export interface AdamWOptions {
  readonly lr: number;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly eps?: number;
  readonly weightDecay?: number;
}

/** A row of normal numbers times `scale`, as a rows×columns matrix. */
export function normalMatrix(random: Random, rows: number, columns: number, scale: number): Matrix {
  const z = gaussian(random);
  return { rows, columns, data: Float64Array.from({ length: rows * columns }, () => scale * z()) };
}

export const constantMatrix = (rows: number, columns: number, value: number): Matrix => ({
  rows,
  columns,
  data: new Float64Array(rows * columns).fill(value),
});

export interface Trainer {
  /** The current weights. */
  parameters(): Parameters;
  /** Builds the loss on a fresh tape, differentiates and steps; answers with the loss. A loss that is not finite changes nothing. */
  step(loss: (t: Tape, p: Readonly<Record<string, Node>>) => Node): number;
}

/** AdamW over named matrices, from copies of the given weights. Loshchilov and Hutter 2017 (arXiv 1711.05101), Algorithm 2. */
export function trainer(start: Parameters, options: AdamWOptions, products?: Products): Trainer {
  const { lr, beta1 = 0.9, beta2 = 0.999, eps = 1e-8, weightDecay = 0 } = options;
  const names = Object.keys(start);
  const weights = new Map(names.map((n) => [n, { ...(start[n] as Matrix), data: (start[n] as Matrix).data.slice() }]));
  const moments = new Map<string, Moments>(
    names.map((n) => [n, { m: new Float64Array((start[n] as Matrix).data.length), v: new Float64Array((start[n] as Matrix).data.length) }]),
  );
  const arena = reusedArena();
  let t = 0;
  return {
    parameters: () => Object.fromEntries(names.map((n) => [n, weights.get(n) as Matrix])),
    step(build) {
      arena.reset();
      const record = tape({ products, arena });
      const nodes = Object.fromEntries(names.map((n) => [n, record.leaf(weights.get(n) as Matrix)]));
      const loss = build(record, nodes);
      if (!Number.isFinite(loss.data[0])) return loss.data[0] as number;
      record.backward(loss);
      t++;
      const [c1, c2] = [1 - beta1 ** t, 1 - beta2 ** t];
      for (const n of names) {
        const w = (weights.get(n) as Matrix).data;
        const g = (nodes[n] as Node).grad;
        const { m, v } = moments.get(n) as Moments;
        const keep = 1 - lr * weightDecay;
        for (let i = 0; i < w.length; i++) {
          m[i] = beta1 * m[i] + (1 - beta1) * g[i];
          v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i];
          w[i] = w[i] * keep - (lr * (m[i] / c1)) / (Math.sqrt(v[i] / c2) + eps);
        }
      }
      return loss.data[0] as number;
    },
  };
}
