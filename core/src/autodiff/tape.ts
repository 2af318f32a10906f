// Reverse-mode differentiation over matrices: enough to train the small examples, small enough to read.
//
// Every operation records how its result's gradient flows back to its operands; `backward` walks the record from the end.
// Rows are examples (or positions of all examples, one after the other), columns are features.
// Griewank and Walther 2008, ch. 3.

import { MathError, type Matrix, said } from "../linalg/index.js";
import { type Arena, freshArena } from "./arena.js";
import { type Blocks, kernelProducts, type Products } from "./products.js";

/** A value of the computation with the gradient of the final scalar by it. */
export interface Node {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
  readonly grad: Float64Array;
}

export interface Tape {
  /** A parameter or input; `grad` may be given to accumulate into it. */
  leaf(m: Matrix, grad?: Float64Array): Node;
  matmul(a: Node, b: Node): Node;
  /** a·bᵀ: scores against the rows of a table. */
  matmulTransposed(a: Node, b: Node): Node;
  /** x·w + b with one row b, in one pass; "relu" cuts it at zero. */
  linear(x: Node, w: Node, b: Node, activation?: "relu"): Node;
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

export interface TapeOptions {
  /** How products are formed; the kernels unless told. */
  readonly products?: Products;
  /** Where arrays come from. With an arena that is used again, the nodes of one tape are void when the next begins. */
  readonly arena?: Arena;
  /** Values only: nothing is recorded and gradients stay empty. */
  readonly valuesOnly?: boolean;
}

const EPS = 1e-5;
const NONE = new Float64Array(0);

/** A fresh record. Costs of forward and backward together are about three times forward. Throws MathError "shape-mismatch". */
export function tape({ products = kernelProducts, arena = freshArena(), valuesOnly = false }: TapeOptions = {}): Tape {
  const steps: (() => void)[] = [];
  const { product, blockProducts } = products;
  const make = (rows: number, columns: number, data: Float64Array, back: (out: Node) => void): Node => {
    if (valuesOnly) return { rows, columns, data, grad: NONE };
    const out = { rows, columns, data, grad: arena.zeros(data.length) };
    steps.push(() => back(out));
    return out;
  };
  /** The gradient of one step's operand that has the shape of the result. */
  const accumulate = (into: Float64Array, from: Float64Array, by = 1) => {
    for (let i = 0; i < into.length; i++) into[i] += by * from[i];
  };
  const map = (a: Node, f: (x: number) => number, slope: (x: number, y: number) => number) => {
    const n = a.data.length;
    const data = arena.room(n);
    for (let i = 0; i < n; i++) data[i] = f(a.data[i]);
    return make(a.rows, a.columns, data, ({ grad }) => {
      for (let i = 0; i < n; i++) a.grad[i] += grad[i] * slope(a.data[i], data[i]);
    });
  };
  const fits = (a: Node, b: Node, what: string) => {
    if (b.columns !== a.columns || (b.rows !== a.rows && b.rows !== 1))
      throw new MathError("shape-mismatch", said`${what}: ${a.rows}×${a.columns} and ${b.rows}×${b.columns}`);
  };
  const chained = (inner: boolean, a: Node, b: Node) => {
    if (!inner) throw new MathError("shape-mismatch", said`cannot multiply ${a.rows}×${a.columns} and ${b.rows}×${b.columns}`);
  };
  /** a + by·b, or with one row b that for every row. */
  const sum = (a: Node, b: Node, by: 1 | -1, what: string): Node => {
    fits(a, b, what);
    const [n, width] = [a.data.length, b.data.length];
    const data = arena.room(n);
    for (let start = 0; start < n; start += width) for (let j = 0; j < width; j++) data[start + j] = a.data[start + j] + by * b.data[j];
    return make(a.rows, a.columns, data, ({ grad }) => {
      accumulate(a.grad, grad);
      for (let start = 0; start < n; start += width) for (let j = 0; j < width; j++) b.grad[j] += by * grad[start + j];
    });
  };
  /** A and B of C = A·B. */
  const backThrough = (a: Node, b: Node, grad: Float64Array) => {
    const [m, k, n] = [a.rows, a.columns, b.columns];
    product(a.grad, grad, b.data, { m, n: k, k: n, transposeB: true }, true);
    product(b.grad, a.data, grad, { m: k, n, k: m, transposeA: true }, true);
  };

  return {
    leaf: (m, grad) => ({ rows: m.rows, columns: m.columns, data: m.data, grad: grad ?? (valuesOnly ? NONE : arena.zeros(m.data.length)) }),
    matmul(a, b) {
      chained(a.columns === b.rows, a, b);
      const data = arena.room(a.rows * b.columns);
      product(data, a.data, b.data, { m: a.rows, n: b.columns, k: a.columns });
      return make(a.rows, b.columns, data, ({ grad }) => backThrough(a, b, grad));
    },
    matmulTransposed(a, b) {
      chained(a.columns === b.columns, a, b);
      const [m, n, k] = [a.rows, b.rows, a.columns];
      const data = arena.room(m * n);
      product(data, a.data, b.data, { m, n, k, transposeB: true });
      return make(m, n, data, ({ grad }) => {
        product(a.grad, grad, b.data, { m, n: k, k: n }, true);
        product(b.grad, grad, a.data, { m: n, n: k, k: m, transposeA: true }, true);
      });
    },
    linear(x, w, b, activation) {
      chained(x.columns === w.rows, x, w);
      if (b.rows !== 1 || b.columns !== w.columns)
        throw new MathError("shape-mismatch", said`linear: a bias of ${b.rows}×${b.columns} for ${w.columns} columns`);
      const [rows, n] = [x.rows, w.columns];
      const data = arena.room(rows * n);
      product(data, x.data, w.data, { m: rows, n, k: x.columns });
      const cut = activation === "relu";
      for (let start = 0; start < data.length; start += n)
        for (let j = 0; j < n; j++) {
          const v = data[start + j] + b.data[j];
          data[start + j] = cut && !(v > 0) ? 0 : v;
        }
      return make(rows, n, data, ({ grad }) => {
        for (let start = 0; start < grad.length; start += n)
          for (let j = 0; j < n; j++) {
            if (cut && !(data[start + j] > 0)) grad[start + j] = 0;
            b.grad[j] += grad[start + j];
          }
        backThrough(x, w, grad);
      });
    },
    add: (a, b) => sum(a, b, 1, "add"),
    sub: (a, b) => sum(a, b, -1, "sub"),
    mul(a, b) {
      fits(a, b, "mul");
      const [n, width] = [a.data.length, b.data.length];
      const data = arena.room(n);
      for (let start = 0; start < n; start += width) for (let j = 0; j < width; j++) data[start + j] = a.data[start + j] * b.data[j];
      return make(a.rows, a.columns, data, ({ grad }) => {
        for (let start = 0; start < n; start += width)
          for (let j = 0; j < width; j++) {
            a.grad[start + j] += grad[start + j] * b.data[j];
            b.grad[j] += grad[start + j] * a.data[start + j];
          }
      });
    },
    scale(a, by) {
      const data = arena.room(a.data.length);
      for (let i = 0; i < data.length; i++) data[i] = by * a.data[i];
      return make(a.rows, a.columns, data, ({ grad }) => accumulate(a.grad, grad, by));
    },
    tanh: (a) => map(a, Math.tanh, (_, y) => 1 - y * y),
    relu(a) {
      const data = arena.room(a.data.length);
      for (let i = 0; i < data.length; i++) data[i] = Math.max(0, a.data[i]);
      return make(a.rows, a.columns, data, ({ grad }) => {
        for (let i = 0; i < grad.length; i++) if (data[i] > 0) a.grad[i] += grad[i];
      });
    },
    silu(a) {
      const n = a.data.length;
      const [data, slope] = [arena.room(n), arena.room(n)];
      for (let i = 0; i < n; i++) {
        const s = 1 / (1 + Math.exp(-a.data[i]));
        data[i] = a.data[i] * s;
        slope[i] = s + data[i] * (1 - s);
      }
      return make(a.rows, a.columns, data, ({ grad }) => {
        for (let i = 0; i < n; i++) a.grad[i] += grad[i] * slope[i];
      });
    },
    concat(a, b) {
      if (a.rows !== b.rows) throw new MathError("shape-mismatch", said`concat: ${a.rows} and ${b.rows} rows`);
      const [p, q] = [a.columns, b.columns];
      const data = arena.room(a.rows * (p + q));
      for (let i = 0, o = 0; i < a.rows; i++) {
        for (let j = 0; j < p; j++) data[o++] = a.data[i * p + j];
        for (let j = 0; j < q; j++) data[o++] = b.data[i * q + j];
      }
      return make(a.rows, p + q, data, ({ grad }) => {
        for (let i = 0, o = 0; i < a.rows; i++) {
          for (let j = 0; j < p; j++) a.grad[i * p + j] += grad[o++];
          for (let j = 0; j < q; j++) b.grad[i * q + j] += grad[o++];
        }
      });
    },
    gather(table, index) {
      const d = table.columns;
      const data = arena.room(index.length * d);
      for (let i = 0; i < index.length; i++) for (let j = 0, from = index[i] * d; j < d; j++) data[i * d + j] = table.data[from + j];
      return make(index.length, d, data, ({ grad }) => {
        for (let i = 0; i < index.length; i++) for (let j = 0, to = index[i] * d; j < d; j++) table.grad[to + j] += grad[i * d + j];
      });
    },
    layerNorm(a, gain, bias) {
      fits(a, gain, "layerNorm");
      const d = a.columns;
      const n = a.data.length;
      const [unit, data, inverse] = [arena.room(n), arena.room(n), arena.room(a.rows)];
      for (let i = 0, o = 0; i < a.rows; i++, o += d) {
        let mean = 0;
        for (let j = 0; j < d; j++) mean += a.data[o + j];
        mean /= d;
        let variance = 0;
        for (let j = 0; j < d; j++) {
          const c = a.data[o + j] - mean;
          unit[o + j] = c;
          variance += c * c;
        }
        const s = 1 / Math.sqrt(variance / d + EPS);
        inverse[i] = s;
        for (let j = 0; j < d; j++) {
          unit[o + j] *= s;
          data[o + j] = unit[o + j] * gain.data[j] + bias.data[j];
        }
      }
      return make(a.rows, d, data, ({ grad }) => {
        for (let i = 0, o = 0; i < a.rows; i++, o += d) {
          let s = 0;
          let t = 0;
          for (let j = 0; j < d; j++) {
            const [dy, u] = [grad[o + j], unit[o + j]];
            gain.grad[j] += dy * u;
            bias.grad[j] += dy;
            const g = dy * gain.data[j];
            s += g;
            t += g * u;
          }
          s /= d;
          t /= d;
          for (let j = 0; j < d; j++) a.grad[o + j] += inverse[i] * (grad[o + j] * gain.data[j] - s - unit[o + j] * t);
        }
      });
    },
    attention(q, k, v, batch, heads) {
      const d = q.columns;
      const T = q.rows / batch;
      const h = d / heads;
      if (!Number.isInteger(T) || !Number.isInteger(h))
        throw new MathError("shape-mismatch", said`attention: ${q.rows}×${d} does not split into ${batch} sequences and ${heads} heads`);
      const root = 1 / Math.sqrt(h);
      const count = batch * heads;
      // One head of one sequence is a T×h block of q, k, v and a T×T block of the weights.
      const inRows = Float64Array.from({ length: count }, (_, i) => Math.floor(i / heads) * T * d + (i % heads) * h);
      const inWeights = Float64Array.from({ length: count }, (_, i) => i * T * T);
      const features = (data: Float64Array): Blocks => ({ data, starts: inRows, stride: d });
      const square = (data: Float64Array): Blocks => ({ data, starts: inWeights, stride: T });
      const weights = arena.room(count * T * T);
      const data = arena.room(q.data.length);
      blockProducts(square(weights), features(q.data), features(k.data), { m: T, n: T, k: h, transposeB: true });
      for (let i = 0; i < weights.length; i += T) {
        let top = Number.NEGATIVE_INFINITY;
        for (let j = i; j < i + T; j++) if (weights[j] > top) top = weights[j];
        let total = 0;
        for (let j = i; j < i + T; j++) {
          const e = Math.exp((weights[j] - top) * root);
          weights[j] = e;
          total += e;
        }
        for (let j = i; j < i + T; j++) weights[j] /= total;
      }
      blockProducts(features(data), square(weights), features(v.data), { m: T, n: h, k: T });
      return make(q.rows, d, data, ({ grad }) => {
        const s = arena.room(weights.length);
        blockProducts(square(s), features(grad), features(v.data), { m: T, n: T, k: h, transposeB: true });
        blockProducts(features(v.grad), square(weights), features(grad), { m: T, n: h, k: T, transposeA: true }, true);
        for (let i = 0; i < s.length; i += T) {
          let mean = 0;
          for (let j = i; j < i + T; j++) mean += weights[j] * s[j];
          for (let j = i; j < i + T; j++) s[j] = weights[j] * (s[j] - mean) * root;
        }
        blockProducts(features(q.grad), square(s), features(k.data), { m: T, n: h, k: T }, true);
        blockProducts(features(k.grad), square(s), features(q.data), { m: T, n: h, k: T, transposeA: true }, true);
      });
    },
    meanRows(a, batch) {
      const d = a.columns;
      const T = a.rows / batch;
      const data = arena.zeros(batch * d);
      const each = (f: (i: number, j: number, o: number) => void) => {
        for (let b = 0, i = 0; b < batch; b++) for (let s = 0; s < T; s++) for (let j = 0; j < d; j++, i++) f(i, j, b * d + j);
      };
      each((i, _, o) => {
        data[o] += a.data[i] / T;
      });
      return make(batch, d, data, ({ grad }) =>
        each((i, _, o) => {
          a.grad[i] += grad[o] / T;
        }),
      );
    },
    crossEntropy(logits, targets) {
      const K = logits.columns;
      const p = arena.room(logits.data.length);
      let [loss, count] = [0, 0];
      for (let i = 0; i < logits.rows; i++) {
        if (targets[i] < 0) continue;
        count++;
        let top = Number.NEGATIVE_INFINITY;
        for (let j = i * K; j < (i + 1) * K; j++) if (!(logits.data[j] <= top)) top = logits.data[j];
        let total = 0;
        for (let j = i * K; j < (i + 1) * K; j++) {
          p[j] = Math.exp(logits.data[j] - top);
          total += p[j];
        }
        for (let j = i * K; j < (i + 1) * K; j++) p[j] /= total;
        loss -= logits.data[i * K + targets[i]] - top - Math.log(total);
      }
      return make(1, 1, Float64Array.of(count ? loss / count : 0), ({ grad }) => {
        const g = count ? grad[0] / count : 0;
        for (let i = 0; i < logits.rows; i++) {
          if (targets[i] < 0) continue;
          for (let j = 0; j < K; j++) logits.grad[i * K + j] += g * (p[i * K + j] - (j === targets[i] ? 1 : 0));
        }
      });
    },
    meanSquare(a, b, rowWeights) {
      if (a.rows !== b.rows || a.columns !== b.columns)
        throw new MathError("shape-mismatch", said`meanSquare: ${a.rows}×${a.columns} and ${b.rows}×${b.columns}`);
      const n = a.data.length;
      const weight = (i: number) => (rowWeights ? rowWeights[Math.floor(i / a.columns)] : 1) / n;
      let loss = 0;
      for (let i = 0; i < n; i++) loss += weight(i) * (a.data[i] - b.data[i]) ** 2;
      return make(1, 1, Float64Array.of(loss), (out) => {
        for (let i = 0; i < n; i++) a.grad[i] += out.grad[0] * 2 * weight(i) * (a.data[i] - b.data[i]);
      });
    },
    backward(loss) {
      if (loss.data.length !== 1) throw new MathError("shape-mismatch", said`backward starts from a scalar, not ${loss.rows}×${loss.columns}`);
      loss.grad[0] = 1;
      for (let i = steps.length - 1; i >= 0; i--) (steps[i] as () => void)();
    },
  };
}
