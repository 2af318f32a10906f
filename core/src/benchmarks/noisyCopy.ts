// Self-pretraining on a task where labels alone teach little: is the second half a noisy copy of the first?
//
// One label a sequence hardly shows that position i belongs to i+8; predicting masked tokens of the same sequences shows it at every token.
// Amos, Berant, Gupta 2023, "Never Train from Scratch" (arXiv 2310.02980); Su, kexue.fm 9787. A small honest stand-in, not the paper's runs.

import { constantMatrix, type Node, normalMatrix, type Parameters, type Products, type Tape, tape, trainer } from "../autodiff/index.js";
import { type Matrix, mulberry32, type Random } from "../linalg/index.js";

const SYMBOLS = 8;
const HALF = 8;
const LENGTH = 2 * HALF;
const MASK = SYMBOLS;
/** Output weights are the embeddings of the symbols. */
const ALL_SYMBOLS = Int32Array.from({ length: SYMBOLS }, (_, i) => i);
/** Deviation of embeddings, and of weights times √fan-in (that of a uniform start within 1/√fan-in). */
const EMBED = 0.2;
const WEIGHT = 0.58;

export interface NoisyCopyData {
  /** Sequences of 16 tokens, one after the other. */
  readonly tokens: Uint8Array;
  readonly labels: Uint8Array;
}

/** Sequences whose second half is a copy of the first with each token redrawn with probability `noise` (label 1), or unrelated (label 0). */
export function noisyCopyData(random: Random, count: number, noise = 0.1): NoisyCopyData {
  const tokens = new Uint8Array(count * LENGTH);
  const labels = new Uint8Array(count);
  const draw = () => Math.floor(random() * SYMBOLS);
  for (let s = 0; s < count; s++) {
    labels[s] = random() < 0.5 ? 1 : 0;
    for (let i = 0; i < HALF; i++) tokens[s * LENGTH + i] = draw();
    for (let i = 0; i < HALF; i++) tokens[s * LENGTH + HALF + i] = labels[s] && random() >= noise ? (tokens[s * LENGTH + i] as number) : draw();
  }
  return { tokens, labels };
}

export interface NoisyCopyOptions {
  readonly seed?: number;
  /** Labelled steps of the whole budget; pretraining takes its steps from the same budget. */
  readonly steps?: number;
  /** Steps of masked prediction without labels; 0 trains from scratch. */
  readonly pretrainSteps?: number;
  readonly maskRatio?: number;
  readonly trainCount?: number;
  readonly testCount?: number;
  readonly batch?: number;
  readonly width?: number;
  readonly heads?: number;
  readonly layers?: number;
  readonly lr?: number;
  readonly pretrainLr?: number;
  /** After so many steps the test accuracy is measured; never when left out. */
  readonly evaluateEvery?: number;
}

export interface TrainingProgress {
  readonly step: number;
  readonly phase: "pretrain" | "train";
  readonly loss: number;
  readonly testAccuracy?: number;
}

/** The weights while they are trained: valid until the next step. */
export interface NoisyCopyStep extends TrainingProgress {
  readonly parameters: Parameters;
}

export interface NoisyCopyResult {
  readonly testAccuracy: number;
  readonly trainAccuracy: number;
  readonly parameterCount: number;
  readonly losses: readonly TrainingProgress[];
  /** "diverged" when a loss stopped being finite. */
  readonly status: "done" | "diverged";
  readonly parameters: Parameters;
}

function initial(random: Random, d: number, layers: number): Parameters {
  const p: Record<string, Matrix> = {
    embed: normalMatrix(random, SYMBOLS + 1, d, EMBED),
    place: normalMatrix(random, LENGTH, d, EMBED),
    gain: constantMatrix(1, d, 1),
    bias: constantMatrix(1, d, 0),
    predictBias: constantMatrix(1, SYMBOLS, 0),
    label: normalMatrix(random, d, 2, 1 / Math.sqrt(d)),
    labelBias: constantMatrix(1, 2, 0),
  };
  for (let l = 0; l < layers; l++) {
    for (const name of ["q", "k", "v", "o"]) {
      p[`${name}${l}`] = normalMatrix(random, d, d, WEIGHT / Math.sqrt(d));
      p[`${name}Bias${l}`] = constantMatrix(1, d, 0);
    }
    p[`up${l}`] = normalMatrix(random, d, 3 * d, WEIGHT / Math.sqrt(d));
    p[`upBias${l}`] = constantMatrix(1, 3 * d, 0);
    p[`down${l}`] = normalMatrix(random, 3 * d, d, WEIGHT / Math.sqrt(3 * d));
    p[`downBias${l}`] = constantMatrix(1, d, 0);
    for (const name of ["ga", "gm"]) p[`${name}${l}`] = constantMatrix(1, d, 1);
    for (const name of ["ba", "bm"]) p[`${name}${l}`] = constantMatrix(1, d, 0);
  }
  return p;
}

/** A pre-norm transformer encoder. Features of every position of every sequence. */
function encode(
  t: Tape,
  p: Readonly<Record<string, Node>>,
  tokens: ArrayLike<number>,
  batch: number,
  layers: number,
  heads: number,
  look?: (layer: number, q: Node, k: Node) => void,
): Node {
  const at = (name: string) => p[name] as Node;
  const places = Int32Array.from({ length: tokens.length }, (_, i) => i % LENGTH);
  let x = t.add(t.gather(at("embed"), tokens), t.gather(at("place"), places));
  for (let l = 0; l < layers; l++) {
    const a = t.layerNorm(x, at(`ga${l}`), at(`ba${l}`));
    const linear = (name: string, input: Node, activation?: "relu") => t.linear(input, at(`${name}${l}`), at(`${name}Bias${l}`), activation);
    const [q, k] = [linear("q", a), linear("k", a)];
    look?.(l, q, k);
    const mixed = t.attention(q, k, linear("v", a), batch, heads);
    x = t.add(x, linear("o", mixed));
    const m = t.layerNorm(x, at(`gm${l}`), at(`bm${l}`));
    x = t.add(x, linear("down", linear("up", m, "relu")));
  }
  return t.layerNorm(x, at("gain"), at("bias"));
}

const classify = (t: Tape, p: Readonly<Record<string, Node>>, x: Node, batch: number): Node =>
  t.linear(t.meanRows(x, batch), p.label as Node, p.labelBias as Node);

function accuracy(parameters: Parameters, data: NoisyCopyData, layers: number, heads: number): number {
  const t = tape({ valuesOnly: true });
  const p = Object.fromEntries(Object.entries(parameters).map(([k, m]) => [k, t.leaf(m)]));
  const n = data.labels.length;
  const logits = classify(t, p, encode(t, p, data.tokens, n, layers, heads), n);
  let right = 0;
  for (let i = 0; i < n; i++) if (Number((logits.data[2 * i + 1] as number) > (logits.data[2 * i] as number)) === data.labels[i]) right++;
  return right / n;
}

/** Attention from each position (row) to each (column) in one layer, averaged over heads and over fresh sequences: 16×16, rows sum to 1. */
export function noisyCopyAttention(parameters: Parameters, layer: number, { seed = 1, count = 64, layers = 2, heads = 2 } = {}): Matrix {
  const t = tape({ valuesOnly: true });
  const p = Object.fromEntries(Object.entries(parameters).map(([k, m]) => [k, t.leaf(m)]));
  const { tokens } = noisyCopyData(mulberry32(seed), count);
  const data = new Float64Array(LENGTH * LENGTH);
  encode(t, p, tokens, count, layers, heads, (l, q, k) => {
    if (l !== layer) return;
    const d = q.columns;
    const width = d / heads;
    for (let s = 0; s < count; s++)
      for (let h = 0; h < heads; h++)
        for (let i = 0; i < LENGTH; i++) {
          const scores = Array.from({ length: LENGTH }, (_, j) => {
            let sum = 0;
            for (let c = h * width; c < (h + 1) * width; c++) sum += q.data[(s * LENGTH + i) * d + c] * k.data[(s * LENGTH + j) * d + c];
            return sum / Math.sqrt(width);
          });
          const top = Math.max(...scores);
          const weights = scores.map((v) => Math.exp(v - top));
          const total = weights.reduce((a, v) => a + v, 0);
          weights.forEach((v, j) => {
            data[i * LENGTH + j] += v / total / (count * heads);
          });
        }
  });
  return { rows: LENGTH, columns: LENGTH, data };
}

/**
 * Trains step by step: yields after every step, so that the caller may show progress, pause or stop; returns the accuracies.
 * The same seed gives the same numbers. 5,978 parameters at the defaults (width 16, two layers).
 */
export function* trainNoisyCopy(options: NoisyCopyOptions = {}, products?: Products): Generator<NoisyCopyStep, NoisyCopyResult> {
  const o = {
    seed: 1,
    steps: 1100,
    pretrainSteps: 0,
    maskRatio: 0.3,
    trainCount: 1024,
    testCount: 400,
    batch: 16,
    width: 16,
    heads: 2,
    layers: 2,
    lr: 2e-3,
    pretrainLr: 3e-3,
    evaluateEvery: 0,
    ...options,
  };
  const random = mulberry32(o.seed);
  const train = noisyCopyData(random, o.trainCount);
  const test = noisyCopyData(random, o.testCount);
  let parameters = initial(random, o.width, o.layers);
  const losses: TrainingProgress[] = [];
  const batchOf = () => Int32Array.from({ length: o.batch }, () => Math.floor(random() * o.trainCount));
  const tokensOf = (batch: Int32Array) => {
    const out = new Int32Array(o.batch * LENGTH);
    batch.forEach((s, k) => {
      out.set(train.tokens.subarray(s * LENGTH, (s + 1) * LENGTH), k * LENGTH);
    });
    return out;
  };
  const parameterCount = Object.values(parameters).reduce((s, m) => s + m.data.length, 0);
  const finish = (status: "done" | "diverged"): NoisyCopyResult => ({
    testAccuracy: accuracy(parameters, test, o.layers, o.heads),
    trainAccuracy: accuracy(parameters, train, o.layers, o.heads),
    parameterCount,
    losses,
    status,
    parameters,
  });
  for (let step = 0, run = trainer(parameters, { lr: o.pretrainLr, weightDecay: 0.01 }, products); step < o.pretrainSteps; step++) {
    const tokens = tokensOf(batchOf());
    const targets = new Int32Array(tokens.length).fill(-1);
    for (let i = 0; i < tokens.length; i++)
      if (random() < o.maskRatio) {
        targets[i] = tokens[i] as number;
        tokens[i] = MASK;
      }
    const loss = run.step((t, p) =>
      t.crossEntropy(
        t.add(t.matmulTransposed(encode(t, p, tokens, o.batch, o.layers, o.heads), t.gather(p.embed as Node, ALL_SYMBOLS)), p.predictBias as Node),
        targets,
      ),
    );
    const progress = { step, phase: "pretrain", loss } as const;
    losses.push(progress);
    parameters = run.parameters();
    yield { ...progress, parameters };
    if (!Number.isFinite(loss)) return finish("diverged");
  }
  for (let step = o.pretrainSteps, run = trainer(parameters, { lr: o.lr, weightDecay: 0.01 }, products); step < o.steps; step++) {
    const batch = batchOf();
    const tokens = tokensOf(batch);
    const labels = batch.map((s) => train.labels[s] as number);
    const loss = run.step((t, p) => t.crossEntropy(classify(t, p, encode(t, p, tokens, o.batch, o.layers, o.heads), o.batch), labels));
    parameters = run.parameters();
    const due = o.evaluateEvery > 0 && (step + 1) % o.evaluateEvery === 0;
    const progress = { step, phase: "train", loss, ...(due ? { testAccuracy: accuracy(parameters, test, o.layers, o.heads) } : {}) } as const;
    losses.push(progress);
    yield { ...progress, parameters };
    if (!Number.isFinite(loss)) return finish("diverged");
  }
  return finish("done");
}
