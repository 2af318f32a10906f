// A linear autoencoder with a quantised middle: how the gradient estimator changes the use of the codebook.

import { gaussian, MathError, type Matrix, mulberry32, said } from "../linalg/index.js";
import { assign } from "./assign.js";
import { emaStart, emaUpdate } from "./emaUpdate.js";
import { reflectionGradient, rotationGradient } from "./rotationTrick.js";

export interface VqToyOptions {
  readonly seed?: number;
  readonly estimator?: "ste" | "rotation" | "reflection";
  /** How codes start: near the origin, as standard normal points, or as encoded data. */
  readonly init?: "small" | "unit" | "data";
  /** Mean of both coordinates of the data. */
  readonly centre?: number;
  readonly codes?: number;
  readonly steps?: number;
  readonly batch?: number;
  readonly lr?: number;
  readonly decay?: number;
  /** Weight of the commitment loss |e − sg(q)|². */
  readonly commitment?: number;
}

export interface VqToyProgress {
  readonly step: number;
  readonly reconstruction: number;
  readonly quantization: number;
  /** The codebook, and the encoded points of the step's batch. */
  readonly codebook: Matrix;
  readonly encoded: Matrix;
}

export interface VqToyResult {
  /** Share of codes used on fresh data, their perplexity, mean |e−q|² and mean |y−x|². */
  readonly usage: number;
  readonly perplexity: number;
  readonly quantization: number;
  readonly reconstruction: number;
  readonly codebook: Matrix;
  readonly status: "done" | "diverged";
}

/** y = Ax + b for 2-vectors: four weights and two offsets. */
type Affine = Float64Array;
/** Deviation of the starting weights: 1/√2 keeps the scale of a 2-vector. */
const START = Math.SQRT1_2;
const apply = (a: Affine, x: number, y: number): [number, number] => [a[0] * x + a[1] * y + a[4], a[2] * x + a[3] * y + a[5]];

/**
 * Trains step by step (a yield after each) on two-dimensional normal data around (centre, centre) by plain SGD, codes by moving averages.
 * The same seed gives the same numbers. Fifty et al. 2024 (arXiv 2410.06424); Su, kexue.fm 10489. A toy: it shows usage and error, not image quality.
 */
export function* trainVqToy(options: VqToyOptions = {}): Generator<VqToyProgress, VqToyResult> {
  const o = {
    seed: 1,
    estimator: "rotation",
    init: "small",
    centre: 0,
    codes: 64,
    steps: 3000,
    batch: 64,
    lr: 0.01,
    decay: 0.98,
    commitment: 0.25,
    ...options,
  };
  if (!(o.codes >= 1)) throw new MathError("shape-mismatch", "the codebook is empty");
  if (!(o.lr >= 0)) throw new MathError("domain", said`the learning rate must not be negative, it is ${o.lr}`);
  const random = mulberry32(o.seed);
  const z = gaussian(random);
  const draw = (n: number): Matrix => ({ rows: n, columns: 2, data: Float64Array.from({ length: 2 * n }, () => o.centre + z()) });
  let encoder: Affine = Float64Array.of(START * z(), START * z(), START * z(), START * z(), 0, 0);
  let decoder: Affine = Float64Array.of(START * z(), START * z(), START * z(), START * z(), 0, 0);
  const encode = (x: Matrix): Matrix => ({
    ...x,
    data: Float64Array.from({ length: x.data.length }, (_, i) => apply(encoder, x.data[i & ~1], x.data[i | 1])[i & 1] as number),
  });
  const start = draw(o.codes);
  const codes: Matrix =
    o.init === "data"
      ? encode(start)
      : { rows: o.codes, columns: 2, data: Float64Array.from({ length: 2 * o.codes }, () => (o.init === "small" ? 0.1 : 1) * z()) };
  let state = emaStart(codes);
  const through: (e: Float64Array, q: Float64Array, g: Float64Array) => Float64Array = {
    ste: (_e: Float64Array, _q: Float64Array, g: Float64Array) => g,
    rotation: rotationGradient,
    reflection: reflectionGradient,
  }[o.estimator as "ste"];
  let status: VqToyResult["status"] = "done";
  for (let step = 0; step < o.steps; step++) {
    const x = draw(o.batch);
    const e = encode(x);
    const { index } = assign(e, state.codebook);
    const [gE, gD] = [new Float64Array(6), new Float64Array(6)];
    let [reconstruction, quantization] = [0, 0];
    const per = 1 / o.batch;
    for (let i = 0; i < o.batch; i++) {
      const [x0, x1, e0, e1] = [x.data[2 * i], x.data[2 * i + 1], e.data[2 * i], e.data[2 * i + 1]];
      const k = index[i];
      const [q0, q1] = [state.codebook.data[2 * k], state.codebook.data[2 * k + 1]];
      const [y0, y1] = apply(decoder, q0, q1);
      const [d0, d1] = [2 * (y0 - x0) * per, 2 * (y1 - x1) * per];
      reconstruction += ((y0 - x0) ** 2 + (y1 - x1) ** 2) * per;
      quantization += ((e0 - q0) ** 2 + (e1 - q1) ** 2) * per;
      const dq = Float64Array.of(decoder[0] * d0 + decoder[2] * d1, decoder[1] * d0 + decoder[3] * d1);
      const de = through(Float64Array.of(e0, e1), Float64Array.of(q0, q1), dq);
      const [c0, c1] = [de[0] + 2 * o.commitment * (e0 - q0) * per, de[1] + 2 * o.commitment * (e1 - q1) * per];
      [d0 * q0, d0 * q1, d1 * q0, d1 * q1, d0, d1].forEach((g, j) => {
        gD[j] += g;
      });
      [c0 * x0, c0 * x1, c1 * x0, c1 * x1, c0, c1].forEach((g, j) => {
        gE[j] += g;
      });
    }
    yield { step, reconstruction, quantization, codebook: state.codebook, encoded: e };
    if (!Number.isFinite(reconstruction)) {
      status = "diverged";
      break;
    }
    encoder = encoder.map((w, j) => w - o.lr * gE[j]);
    decoder = decoder.map((w, j) => w - o.lr * gD[j]);
    state = emaUpdate(state, e, { decay: o.decay });
  }
  const x = draw(2048);
  const { index, usage, perplexity, distortion } = assign(encode(x), state.codebook);
  let reconstruction = 0;
  index.forEach((k, i) => {
    const [y0, y1] = apply(decoder, state.codebook.data[2 * k], state.codebook.data[2 * k + 1]);
    reconstruction += ((y0 - x.data[2 * i]) ** 2 + (y1 - x.data[2 * i + 1]) ** 2) / index.length;
  });
  return { usage, perplexity, quantization: distortion, reconstruction, codebook: state.codebook, status };
}
