// Reverse-mode differentiation over matrices: enough to train the small examples, small enough to read.
//
// Every operation records how its result's gradient flows back to its operands; `backward` walks the record from the end.
// Rows are examples (or positions of all examples, one after the other), columns are features.
// Griewank and Walther 2008, ch. 3.

import { MathError, type Matrix, multiply } from "../linalg/index.js";

/** A value of the computation with the gradient of the final scalar by it. */
export interface Node {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
  readonly grad: Float64Array;
}

/** How products are formed: the kernels, or plain loops for comparison. */
export type Product = (a: Matrix, b: Matrix, operations?: { a?: "none" | "transpose"; b?: "none" | "transpose" }) => Matrix;

export interface Tape {
  /** A parameter or input; `grad` may be given to accumulate into it. */
  leaf(m: Matrix, grad?: Float64Array): Node;
  matmul(a: Node, b: Node): Node;
  /** a·bᵀ: scores against the rows of a table. */
  matmulTransposed(a: Node, b: Node): Node;
  /** a + b; b may be one row, added to every row. */
  add(a: Node, b: Node): Node;
  sub(a: Node, b: Node): Node;
  /** Entry by entry; b may be one row. */
  mul(a: Node, b: Node): Node;
  scale(a: Node, by: number): Node;
  tanh(a: Node): Node;
  relu(a: Node): Node;
  /** x·σ(x). */
  silu(a: Node): Node;
  /** [A | B]. */
  concat(a: Node, b: Node): Node;
  /** Rows of a table by index. */
  gather(table: Node, index: ArrayLike<number>): Node;
  /** Each row minus its mean over its deviation, times gain plus bias (one row each). */
  layerNorm(a: Node, gain: Node, bias: Node): Node;
  /** Softmax attention of `batch` sequences laid one after the other, features split over heads; no mask. */
  attention(q: Node, k: Node, v: Node, batch: number, heads: number): Node;
  /** Means of the rows of each of `batch` equal groups. */
  meanRows(a: Node, batch: number): Node;
  /** −mean log softmax(row)[target] over the rows with target >= 0. */
  crossEntropy(logits: Node, targets: ArrayLike<number>): Node;
  /** Mean of weight·(a − b)² over all entries; weights are per row. */
  meanSquare(a: Node, b: Matrix, rowWeights?: ArrayLike<number>): Node;
  /** Fills the gradients of everything that led to a scalar (1×1) node. */
  backward(loss: Node): void;
}

const EPS = 1e-5;

/** A fresh record. Costs of forward and backward together are about three times forward. Throws MathError "shape-mismatch". */
export function tape(product: Product = multiply): Tape {
  const steps: (() => void)[] = [];
  const make = (
    rows: number,
    columns: number,
    data: Float64Array,
    back?: (out: Node) => void,
    grad: Float64Array = new Float64Array(data.length),
  ): Node => {
    const out = { rows, columns, data, grad };
    if (back) steps.push(() => back(out));
    return out;
  };
  const accumulate = (into: Float64Array, from: Float64Array) => {
    for (let i = 0; i < into.length; i++) into[i] += from[i];
  };
  const asMatrix = (n: Node, data: Float64Array): Matrix => ({ rows: n.rows, columns: n.columns, data });
  const map = (a: Node, f: (x: number) => number, slope: (x: number, y: number) => number) =>
    make(a.rows, a.columns, a.data.map(f), (out) => {
      for (let i = 0; i < a.data.length; i++) a.grad[i] += out.grad[i] * slope(a.data[i], out.data[i]);
    });
  const fits = (a: Node, b: Node, what: string) => {
    if (b.columns !== a.columns || (b.rows !== a.rows && b.rows !== 1))
      throw new MathError("shape-mismatch", `${what}: ${a.rows}×${a.columns} and ${b.rows}×${b.columns}`);
  };
  /** Runs `f(i, j)` for every entry i of a and its partner j in b, a single row being repeated. */
  const pairs = (a: Node, b: Node, f: (from: number, to: number, shift: number) => void) => {
    const width = b.data.length;
    for (let start = 0; start < a.data.length; start += width) f(start, start + width, start);
  };

  return {
    leaf: (m, grad) => make(m.rows, m.columns, m.data, undefined, grad),
    matmul(a, b) {
      const c = product(asMatrix(a, a.data), asMatrix(b, b.data));
      return make(c.rows, c.columns, c.data, (out) => {
        const g = asMatrix(out, out.grad);
        accumulate(a.grad, product(g, asMatrix(b, b.data), { b: "transpose" }).data);
        accumulate(b.grad, product(asMatrix(a, a.data), g, { a: "transpose" }).data);
      });
    },
    matmulTransposed(a, b) {
      const c = product(asMatrix(a, a.data), asMatrix(b, b.data), { b: "transpose" });
      return make(c.rows, c.columns, c.data, (out) => {
        const g = asMatrix(out, out.grad);
        accumulate(a.grad, product(g, asMatrix(b, b.data)).data);
        accumulate(b.grad, product(g, asMatrix(a, a.data), { a: "transpose" }).data);
      });
    },
    add(a, b) {
      fits(a, b, "add");
      const data = a.data.slice();
      pairs(a, b, (from, to, shift) => {
        for (let i = from; i < to; i++) data[i] += b.data[i - shift];
      });
      return make(a.rows, a.columns, data, ({ grad }) => {
        accumulate(a.grad, grad);
        pairs(a, b, (from, to, shift) => {
          for (let i = from; i < to; i++) b.grad[i - shift] += grad[i];
        });
      });
    },
    sub(a, b) {
      fits(a, b, "sub");
      const data = a.data.slice();
      pairs(a, b, (from, to, shift) => {
        for (let i = from; i < to; i++) data[i] -= b.data[i - shift];
      });
      return make(a.rows, a.columns, data, ({ grad }) => {
        accumulate(a.grad, grad);
        pairs(a, b, (from, to, shift) => {
          for (let i = from; i < to; i++) b.grad[i - shift] -= grad[i];
        });
      });
    },
    mul(a, b) {
      fits(a, b, "mul");
      const data = a.data.slice();
      pairs(a, b, (from, to, shift) => {
        for (let i = from; i < to; i++) data[i] *= b.data[i - shift];
      });
      return make(a.rows, a.columns, data, ({ grad }) => {
        pairs(a, b, (from, to, shift) => {
          for (let i = from; i < to; i++) {
            a.grad[i] += grad[i] * b.data[i - shift];
            b.grad[i - shift] += grad[i] * a.data[i];
          }
        });
      });
    },
    scale: (a, by) =>
      map(
        a,
        (x) => by * x,
        () => by,
      ),
    tanh: (a) => map(a, Math.tanh, (_, y) => 1 - y * y),
    relu(a) {
      const data = new Float64Array(a.data.length);
      for (let i = 0; i < data.length; i++) if (a.data[i] > 0) data[i] = a.data[i];
      return make(a.rows, a.columns, data, ({ grad }) => {
        for (let i = 0; i < grad.length; i++) if (data[i] > 0) a.grad[i] += grad[i];
      });
    },
    silu: (a) =>
      map(
        a,
        (x) => x / (1 + Math.exp(-x)),
        (x, y) => {
          const s = 1 / (1 + Math.exp(-x));
          return s + y * (1 - s);
        },
      ),
    concat(a, b) {
      if (a.rows !== b.rows) throw new MathError("shape-mismatch", `concat: ${a.rows} and ${b.rows} rows`);
      const [p, q] = [a.columns, b.columns];
      const data = new Float64Array(a.rows * (p + q));
      for (let i = 0; i < a.rows; i++) {
        data.set(a.data.subarray(i * p, (i + 1) * p), i * (p + q));
        data.set(b.data.subarray(i * q, (i + 1) * q), i * (p + q) + p);
      }
      return make(a.rows, p + q, data, (out) => {
        for (let i = 0; i < a.rows; i++) {
          for (let j = 0; j < p; j++) a.grad[i * p + j] += out.grad[i * (p + q) + j];
          for (let j = 0; j < q; j++) b.grad[i * q + j] += out.grad[i * (p + q) + p + j];
        }
      });
    },
    gather(table, index) {
      const d = table.columns;
      const data = new Float64Array(index.length * d);
      for (let i = 0; i < index.length; i++) data.set(table.data.subarray(index[i] * d, (index[i] + 1) * d), i * d);
      return make(index.length, d, data, (out) => {
        for (let i = 0; i < index.length; i++) for (let j = 0; j < d; j++) table.grad[index[i] * d + j] += out.grad[i * d + j];
      });
    },
    layerNorm(a, gain, bias) {
      fits(a, gain, "layerNorm");
      const d = a.columns;
      const unit = new Float64Array(a.data.length);
      const inverse = new Float64Array(a.rows);
      const data = new Float64Array(a.data.length);
      for (let i = 0; i < a.rows; i++) {
        let mean = 0;
        for (let j = 0; j < d; j++) mean += a.data[i * d + j] / d;
        let variance = 0;
        for (let j = 0; j < d; j++) variance += (a.data[i * d + j] - mean) ** 2 / d;
        inverse[i] = 1 / Math.sqrt(variance + EPS);
        for (let j = 0; j < d; j++) {
          unit[i * d + j] = (a.data[i * d + j] - mean) * inverse[i];
          data[i * d + j] = unit[i * d + j] * gain.data[j] + bias.data[j];
        }
      }
      return make(a.rows, d, data, (out) => {
        for (let i = 0; i < a.rows; i++) {
          let [s, t] = [0, 0];
          for (let j = 0; j < d; j++) {
            const k = i * d + j;
            gain.grad[j] += out.grad[k] * unit[k];
            bias.grad[j] += out.grad[k];
            const g = out.grad[k] * gain.data[j];
            s += g / d;
            t += (g * unit[k]) / d;
          }
          for (let j = 0; j < d; j++) {
            const k = i * d + j;
            a.grad[k] += inverse[i] * (out.grad[k] * gain.data[j] - s - unit[k] * t);
          }
        }
      });
    },
    attention(q, k, v, batch, heads) {
      const d = q.columns;
      const T = q.rows / batch;
      const h = d / heads;
      if (!Number.isInteger(T) || !Number.isInteger(h))
        throw new MathError("shape-mismatch", `attention: ${q.rows}×${d} does not split into ${batch} sequences and ${heads} heads`);
      const root = 1 / Math.sqrt(h);
      const weights = new Float64Array(batch * heads * T * T);
      const data = new Float64Array(q.data.length);
      const eachHead = (f: (at: number, block: number) => void) => {
        for (let b = 0; b < batch; b++) for (let g = 0; g < heads; g++) f(b * T * d + g * h, (b * heads + g) * T * T);
      };
      // One head of one sequence as a dense T×h block.
      const take = (from: Float64Array, at: number): Matrix => {
        const block = new Float64Array(T * h);
        for (let i = 0; i < T; i++) for (let c = 0; c < h; c++) block[i * h + c] = from[at + i * d + c];
        return { rows: T, columns: h, data: block };
      };
      const give = (block: Matrix, into: Float64Array, at: number) => {
        for (let i = 0; i < T; i++) for (let c = 0; c < h; c++) into[at + i * d + c] += block.data[i * h + c];
      };
      eachHead((at, block) => {
        const w = product(take(q.data, at), take(k.data, at), { b: "transpose" });
        const s = w.data;
        for (let i = 0; i < T * T; i += T) {
          let top = Number.NEGATIVE_INFINITY;
          for (let j = i; j < i + T; j++) if (s[j] > top) top = s[j];
          let total = 0;
          for (let j = i; j < i + T; j++) total += s[j] = Math.exp((s[j] - top) * root);
          for (let j = i; j < i + T; j++) s[j] /= total;
        }
        weights.set(s, block);
        give(product(w, take(v.data, at)), data, at);
      });
      return make(q.rows, d, data, ({ grad }) => {
        eachHead((at, block) => {
          const w: Matrix = { rows: T, columns: T, data: weights.subarray(block, block + T * T) };
          const out = take(grad, at);
          const dw = product(out, take(v.data, at), { b: "transpose" });
          give(product(w, out, { a: "transpose" }), v.grad, at);
          const s = dw.data;
          for (let i = 0; i < T * T; i += T) {
            let mean = 0;
            for (let j = i; j < i + T; j++) mean += w.data[j] * s[j];
            for (let j = i; j < i + T; j++) s[j] = w.data[j] * (s[j] - mean) * root;
          }
          give(product(dw, take(k.data, at)), q.grad, at);
          give(product(dw, take(q.data, at), { a: "transpose" }), k.grad, at);
        });
      });
    },
    meanRows(a, batch) {
      const T = a.rows / batch;
      const d = a.columns;
      const data = new Float64Array(batch * d);
      for (let i = 0; i < a.rows; i++) for (let j = 0; j < d; j++) data[Math.floor(i / T) * d + j] += a.data[i * d + j] / T;
      return make(batch, d, data, (out) => {
        for (let i = 0; i < a.rows; i++) for (let j = 0; j < d; j++) a.grad[i * d + j] += out.grad[Math.floor(i / T) * d + j] / T;
      });
    },
    crossEntropy(logits, targets) {
      const K = logits.columns;
      const p = new Float64Array(logits.data.length);
      let [loss, count] = [0, 0];
      for (let i = 0; i < logits.rows; i++) {
        if (targets[i] < 0) continue;
        count++;
        let top = Number.NEGATIVE_INFINITY;
        for (let j = 0; j < K; j++) top = Math.max(top, logits.data[i * K + j]);
        let total = 0;
        for (let j = 0; j < K; j++) total += p[i * K + j] = Math.exp(logits.data[i * K + j] - top);
        for (let j = 0; j < K; j++) p[i * K + j] /= total;
        loss -= logits.data[i * K + targets[i]] - top - Math.log(total);
      }
      return make(1, 1, Float64Array.of(count ? loss / count : 0), (out) => {
        for (let i = 0; i < logits.rows; i++) {
          if (targets[i] < 0) continue;
          for (let j = 0; j < K; j++) logits.grad[i * K + j] += (out.grad[0] * (p[i * K + j] - (j === targets[i] ? 1 : 0))) / count;
        }
      });
    },
    meanSquare(a, b, rowWeights) {
      if (a.rows !== b.rows || a.columns !== b.columns)
        throw new MathError("shape-mismatch", `meanSquare: ${a.rows}×${a.columns} and ${b.rows}×${b.columns}`);
      const n = a.data.length;
      const weight = (i: number) => (rowWeights ? rowWeights[Math.floor(i / a.columns)] : 1) / n;
      let loss = 0;
      for (let i = 0; i < n; i++) loss += weight(i) * (a.data[i] - b.data[i]) ** 2;
      return make(1, 1, Float64Array.of(loss), (out) => {
        for (let i = 0; i < n; i++) a.grad[i] += out.grad[0] * 2 * weight(i) * (a.data[i] - b.data[i]);
      });
    },
    backward(loss) {
      if (loss.data.length !== 1) throw new MathError("shape-mismatch", `backward starts from a scalar, not ${loss.rows}×${loss.columns}`);
      loss.grad[0] = 1;
      for (let i = steps.length - 1; i >= 0; i--) (steps[i] as () => void)();
    },
  };
}

/** The product by three plain loops: what the kernels are measured against. */
export const plainProduct: Product = (a, b, { a: opA = "none", b: opB = "none" } = {}) => {
  const [m, k] = opA === "none" ? [a.rows, a.columns] : [a.columns, a.rows];
  const n = opB === "none" ? b.columns : b.rows;
  const data = new Float64Array(m * n);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < n; j++) {
      let s = 0;
      for (let p = 0; p < k; p++)
        s += (opA === "none" ? a.data[i * k + p] : a.data[p * m + i]) * (opB === "none" ? b.data[p * n + j] : b.data[j * k + p]);
      data[i * n + j] = s;
    }
  return { rows: m, columns: n, data };
};
