// Softmax attention read as a recurrence: what it carries, what it costs, and what breaks without its running maximum.

import {
  attentionSteps,
  causalAttention,
  emptySoftmaxState,
  kvCacheBytes,
  pushScore,
  recomputeCost,
  type SoftmaxState,
  softmaxOutput,
} from "../attention/index.js";
import { formatNumber } from "../figure/index.js";
import { gaussian, type Matrix, mulberry32 } from "../linalg/index.js";
import { arxiv, both, english, kexue, type Lab, numberOf, seedInput } from "./lab.js";

const WIDTH = 8;
const CONTEXTS = Array.from({ length: 15 }, (_, k) => 2 ** k);
/** A model of seven billion weights: width, heads and bytes of a number. */
const [LAYER_HEADS, HEAD, BYTES] = [32, 128, 2];
/** Reads that are drawn; beyond, they mean nothing to anybody. */
const MOST_READS = 1e18;

const dot = (a: Matrix, i: number, b: Matrix, j: number) => {
  let s = 0;
  for (let c = 0; c < a.columns; c++) s += (a.data[i * a.columns + c] as number) * (b.data[j * b.columns + c] as number);
  return s;
};
const row = (m: Matrix, i: number) => m.data.subarray(i * m.columns, (i + 1) * m.columns);

export const attentionRnn: Lab = {
  id: "attention-rnn",
  topic: "sequences",
  title: both("Attention is a recurrent network", "注意力是一种循环网络"),
  claim: both(
    "Softmax attention can be taken one key at a time with a state of d + 2 numbers, exactly; what grows with the context is not that state but the keys read again.",
    "softmax 注意力可以逐个键地进行，状态只有 d + 2 个数，且完全精确；随上下文增长的不是这个状态，而是反复读取的键。",
  ),
  story: both(
    "For one query, attention is a mean of values weighted by e^score. Take the keys one by one and carry the largest score so far m, the sum z of e^(s − m) and the weighted values y. Each new key rescales what is carried, and y/z at the end is the attention, whatever the order or the blocks: FlashAttention is this recurrence. Without m the sum overflows once scores pass 709. So attention is an RNN whose state is small but which must read all earlier tokens at every step. Keep their keys and you pay memory, the cache; compute them anew and you pay time, exponential in the number of layers.",
    "对一个查询，注意力是以 e^得分 为权的值的平均。逐个取键，并携带迄今最大的得分 m、e^(s − m) 之和 z 与加权的值 y。每个新键都会重新缩放所携带的量，最后 y/z 就是注意力，与次序和分块无关：FlashAttention 正是这个递推。没有 m，得分超过 709 时和就会溢出。所以注意力是一种状态很小的 RNN，但每一步都必须读取之前的全部词元。保留它们的键，代价是内存，即缓存；重新计算，代价是时间，随层数指数增长。",
  ),
  inputs: [
    { kind: "range", name: "L", label: both("Tokens L", "词元数 L"), min: 2, max: 64, step: 1, value: 32 },
    { kind: "range", name: "size", label: both("Size of the scores", "得分的大小"), min: 0.1, max: 2000, step: 0.01, value: 4, scale: "log" },
    { kind: "range", name: "layers", label: both("Layers", "层数"), min: 1, max: 32, step: 1, value: 2 },
    {
      kind: "range",
      name: "groups",
      label: both("Query heads for a key head", "每个键头的查询头数"),
      min: 1,
      max: 32,
      step: 1,
      value: 1,
      scale: "log",
    },
    seedInput,
  ],
  presets: [
    { label: both("Overflow without the maximum", "没有最大值就溢出"), values: { size: 1200 } },
    { label: both("Llama 2, 7B", "Llama 2，7B"), values: { layers: 32 } },
  ],
  view(values, say = english) {
    const [L, size, layers, groups] = ["L", "size", "layers", "groups"].map((n) => numberOf(values, n)) as [number, number, number, number];
    const z = gaussian(mulberry32(numberOf(values, "seed")));
    const draw = (): Matrix => ({ rows: L, columns: WIDTH, data: Float64Array.from({ length: L * WIDTH }, () => z()) });
    const [Q, K, V] = [draw(), draw(), draw()];
    const scale = size / WIDTH;
    // The last query, key by key.
    const last = L - 1;
    const states: SoftmaxState[] = [];
    let plain = 0;
    for (let j = 0; j < L; j++) {
      const s = scale * dot(Q, last, K, j);
      states.push(pushScore(states[j - 1] ?? emptySoftmaxState(WIDTH), s, row(V, j)));
      plain += Math.exp(s);
    }
    const out = softmaxOutput(states[last] as SoftmaxState);
    const whole = row(causalAttention(Q, K, V, scale), last);
    const apart = out.reduce((m, v, c) => Math.max(m, Math.abs(v - (whole[c] as number))), 0);
    const weights = new Float64Array(L * L);
    for (let i = 0; i < L; i++) {
      const scores = Array.from({ length: i + 1 }, (_, j) => scale * dot(Q, i, K, j));
      const top = Math.max(...scores);
      const sum = scores.reduce((s, v) => s + Math.exp(v - top), 0);
      scores.forEach((v, j) => {
        weights[i * L + j] = Math.exp(v - top) / sum;
      });
    }
    const x = Float64Array.from(CONTEXTS);
    const kvHeads = Math.max(1, Math.round(LAYER_HEADS / groups));
    const cache = (seqLen: number) => kvCacheBytes({ layers, kvHeads, headDim: HEAD, seqLen, bytesPerElement: BYTES });
    const reads = (seqLen: number) => {
      const { totalReads } = recomputeCost(seqLen, layers);
      return totalReads < MOST_READS ? totalReads : Number.NaN;
    };
    return {
      figures: [
        {
          kind: "line",
          title: say(both("What the last query carries, key by key", "最后一个查询逐键携带的量")),
          x: { title: say(both("keys seen", "已见的键")), integer: true },
          y: { title: say(both("score", "得分")) },
          series: [
            {
              name: say(both("largest score m", "最大得分 m")),
              x: Float64Array.from(states, (_, j) => j + 1),
              y: Float64Array.from(states, (s) => s.m),
            },
            {
              name: "m + ln z",
              x: Float64Array.from(states, (_, j) => j + 1),
              y: Float64Array.from(states, (s) => s.m + Math.log(s.z)),
              dashed: true,
            },
          ],
        },
        {
          kind: "heatmap",
          title: say(both("Attention of each token to those before it", "每个词元对之前词元的注意力")),
          matrix: { rows: L, columns: L, data: weights },
          scale: "sequential",
          limits: [0, 1],
          rowTitle: say(both("from token", "自词元")),
          columnTitle: say(both("to token", "至词元")),
        },
        {
          kind: "line",
          title: say(both(`Steps for a context, ${layers} layers`, `各上下文的步数，${layers} 层`)),
          x: { title: say(both("context L (tokens)", "上下文 L（词元）")), scale: "log" },
          y: { title: say(both("keys read", "读取的键数")), scale: "log" },
          series: [
            { name: say(both("with a cache", "有缓存")), x, y: Float64Array.from(CONTEXTS, (c) => layers * attentionSteps(c)) },
            { name: say(both("computed anew", "重新计算")), x: x.slice(), y: Float64Array.from(CONTEXTS, reads), dashed: true },
            { name: say(both("a recurrent network", "普通循环网络")), x: x.slice(), y: Float64Array.from(CONTEXTS, (c) => layers * c) },
          ],
          mark: { x: L, name: `L = ${L}` },
        },
      ],
      facts: [
        { label: both("Recurrence against attention at once", "递推与一次算出之差"), value: formatNumber(apart, 2) },
        { label: both("Sum without the running maximum", "没有最大值时的和"), value: Number.isFinite(plain) ? formatNumber(plain, 3) : "∞" },
        {
          label: both("Cache at 4,096 tokens, 32 heads of 128", "4,096 个词元的缓存，32 头各 128"),
          value: `${formatNumber(cache(4096) / 2 ** 20, 4)} MiB`,
        },
      ],
    };
  },
  doesNotShow: both(
    "Time on real machines, where reading memory costs more than arithmetic; and linear attention, whose state does hold everything, by giving up the softmax.",
    "真实机器上的时间，那里读内存比算术更贵；以及线性注意力：它放弃 softmax，于是状态能容纳一切。",
  ),
  sources: [
    arxiv("2112.05682", "Rabe, Staats: Self-attention Does Not Need O(n²) Memory"),
    arxiv("2205.14135", "Dao et al.: FlashAttention"),
    arxiv("2006.16236", "Katharopoulos et al.: Transformers are RNNs"),
    kexue(10017, "Su: attention as an RNN"),
  ],
};
