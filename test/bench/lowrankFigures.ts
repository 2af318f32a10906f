// The headline figures of the low-rank chapter (H1 to H15), each beside the expected value.

import {
  add,
  hilbert,
  kahan,
  type Matrix,
  mulberry32,
  multiply,
  norm,
  pinv,
  scale,
  selectColumns,
  singularValues,
  solve,
  subtract,
  svd,
  symmetricEigen,
  toeplitz,
  transpose,
} from "@scholium/core/linalg";
import {
  alignmentMetrics,
  type Lora,
  loraFirstStep,
  loraGaInit,
  loraInit,
  loraTrajectory,
  type Problem,
  pissaInit,
  regressionProblem,
  type TrainOptions,
  twoLayerProblem,
} from "@scholium/core/lora";
import {
  binomial,
  crDiagonal,
  crStats,
  crTopK,
  cur,
  fromColumns,
  fromSvd,
  gaussianMatrix,
  greedyColumnSubset,
  interpolativeDecomposition,
  pinvQr,
  randomizedSvd,
  strongRrqr,
  truncatedSvd,
} from "@scholium/core/lowrank";
import { msign, newtonSchulz, polarExpressCoefficients, scalarRange, schedules, type Triple } from "@scholium/core/msign";
import { monarchProject } from "@scholium/core/structured";
import type { Row } from "./row.js";

const fro = (a: Matrix) => norm(a, "fro");
const distance = (a: Matrix, b: Matrix) => fro(subtract(a, b));
const mean = (x: readonly number[]) => x.reduce((s, v) => s + v, 0) / x.length;
const many = (count: number, f: (seed: number) => number) => mean(Array.from({ length: count }, (_, i) => f(i + 1)));
const random = (m: number, n: number, seed: number) => gaussianMatrix(m, n, mulberry32(seed));

/** The figure, the expected one and the range it must lie in: within a factor unless a range is given. An empty goal is only shown. */
function figure(name: string, value: number, expected: number, within: number | readonly [number, number] | null = 1.15): Row {
  const range = within === null ? null : typeof within === "number" ? [expected / within, expected * within] : within;
  const short = (x: number) => Number(x.toPrecision(3));
  return {
    suite: "lowrank",
    case: name,
    value,
    unit: "",
    peer: "expected",
    peerValue: expected,
    ratio: value / expected,
    goal: range ? `${short(range[0])} to ${short(range[1])}` : "",
    met: range ? value >= range[0] && value <= range[1] : true,
  };
}

/** Given singular values between random orthonormal factors. */
function withSpectrum(m: number, n: number, s: (j: number) => number, seed: number): Matrix {
  const f = svd(random(m, n, seed));
  return fromSvd({ ...f, s: f.s.map((_, j) => s(j)) });
}
const spectra: Record<string, (j: number) => number> = {
  "0.7^j": (j) => 0.7 ** j,
  "0.8^j": (j) => 0.8 ** j,
  "1/j": (j) => 1 / (j + 1),
  plateau: (j) => (j < 10 ? 1 : 0.1),
};

function inverseHilbert(n: number): Matrix {
  const data = new Float64Array(n * n);
  for (let i = 1; i <= n; i++)
    for (let j = 1; j <= n; j++)
      data[(i - 1) * n + j - 1] =
        (-1) ** (i + j) * (i + j - 1) * binomial(n + i - 1, n - j) * binomial(n + j - 1, n - i) * binomial(i + j - 2, i - 1) ** 2;
  return { rows: n, columns: n, data };
}

function h1(): Row[] {
  const expected = { 6: [1.1e-10, 1.2e-10, 4.3e-4, 1.6e-3], 8: [1.2e-8, 1.4e-8, 1, 1] };
  return ([6, 8] as const).flatMap((n) => {
    const A = hilbert(n);
    const X = inverseHilbert(n);
    const gram = multiply(A, A, { a: "transpose" });
    const e = symmetricEigen(gram);
    const inverted = multiply({ ...e.vectors, data: e.vectors.data.map((x, i) => x / e.values[i % n]) }, transpose(e.vectors));
    const roads = { svd: pinv(A), qr: pinvQr(A), "normal equations": solve(gram, transpose(A)), "eig(AᵀA)": multiply(inverted, transpose(A)) };
    return Object.entries(roads).map(([name, Y], i) =>
      figure(
        `H1 Hilbert ${n}, ${name}`,
        distance(Y, X) / fro(X),
        expected[n][i],
        i < 2 ? [0, expected[n][i] * 20] : [expected[n][i] / 1e3, Infinity],
      ),
    );
  });
}

function h2(): Row[] {
  const expected: Record<string, number[]> = { "0.7^j": [1.17, 1.0], "1/j": [1.326, 1.0109, 1.0013], plateau: [1.505, 1.0001] };
  return Object.entries(expected).flatMap(([name, values]) => {
    const A = withSpectrum(200, 150, spectra[name], 1);
    const best = truncatedSvd(A, 10).errF;
    return values.map((v, q) =>
      figure(
        `H2 randomised SVD, ${name}, ${q} power steps`,
        many(20, (seed) => distance(A, fromSvd(randomizedSvd(A, 10, { oversample: 5, powerIters: q, rng: mulberry32(seed) }))) / best),
        v,
      ),
    );
  });
}

function h3(): Row[] {
  const [n, l] = [64, 512];
  const logs = random(1, l, 7).data;
  const X0 = random(n, l, 5);
  const X = { ...X0, data: X0.data.map((x, i) => x * Math.exp(logs[i % l])) };
  const Y = random(l, n, 6);
  const positive = [
    { ...X0, data: X0.data.map((x) => Math.max(0, x)) },
    { ...Y, data: Y.data.map(Math.abs) },
  ] as const;
  const rows = (label: string, x: Matrix, y: Matrix, expected: readonly (number | null)[]) => {
    const size = fro(multiply(x, y));
    const e = crStats(x, y, 64).expectedSqErr;
    const top = crTopK(x, y, 64);
    const values = [
      Math.sqrt(e.iidOptimal) / size,
      Math.sqrt(e.iidUniform) / size,
      Math.sqrt(e.uniformWithoutReplacement) / size,
      top.errF / size,
      crDiagonal(x, y, top.indices).errF / size,
    ];
    return ["iid optimal", "iid uniform", "without replacement", "topK", "topK with weights"].flatMap((name, i) =>
      expected[i] === null ? [] : [figure(`${label} ${name}`, values[i], expected[i], 1.3)],
    );
  };
  return [
    ...rows("H3 lognormal columns,", X, Y, [1.689, 2.783, 2.606, 0.439, 0.434]),
    ...rows("H3b ReLU data,", ...positive, [0.243, null, 0.233, 0.829, 0.16]),
  ];
}

function h4(): Row[] {
  const expected: Record<string, number[]> = {
    "0.8^j": [1.399, 1.302, 2.075, 1.62, 2.321],
    "1/j": [1.256, 1.258, 1.741, 1.415, 1.537],
    Gauss: [1.065, 1.063, 1.292, 1.076, 1.081],
  };
  const k = 10;
  return Object.entries(expected).flatMap(([name, values]) => {
    const A = name === "Gauss" ? random(120, 100, 2) : withSpectrum(120, 100, spectra[name], 2);
    const best = truncatedSvd(A, k).errF;
    const sampled = (method: "columnSample") => (seed: number) =>
      interpolativeDecomposition(A, k, { method, rng: mulberry32(seed), measure: "fro" }).errF;
    const sketch = (seed: number) => {
      const f = interpolativeDecomposition(multiply(random(k + 10, 120, seed), A), k, { measure: "none" });
      return distance(A, multiply(selectColumns(A, f.columns), f.Z));
    };
    const uniform = (seed: number) => {
      const order = Array.from(random(1, 100, seed + 50).data.entries()).sort((a, b) => a[1] - b[1]);
      return fromColumns(
        A,
        Int32Array.from(order.slice(0, k), ([j]) => j),
        k,
        "fro",
      ).errF;
    };
    const methods = {
      "pivoted QR": interpolativeDecomposition(A, k, { measure: "fro" }).errF,
      "greedy, τ = 0": greedyColumnSubset(A, k, { tau: 0 }).errF,
      "sketch with its own Z": many(20, sketch),
      "2k columns": many(20, sampled("columnSample")),
      uniform: many(20, uniform),
    };
    return Object.entries(methods).map(([method, e], i) => figure(`H4 ID ${name}, ${method}`, e / best, values[i], 1.25));
  });
}

function h5(): Row[] {
  const n = 60;
  const K = kahan(n, Math.acos(0.285));
  const A = { ...K, data: K.data.map((x, i) => x * (1 - 1e-6 * (i % n))) };
  const last = singularValues(A, { method: "jacobi" })[n - 1];
  const f = strongRrqr(A, n - 1);
  return [
    figure("H5 Kahan 60, pivoted QR err2/σ", interpolativeDecomposition(A, n - 1).err2 / last, 1.4e6, 1.5),
    figure("H5 Kahan 60, strong RRQR err2/σ", f.err2 / last, 1.59, 1.2),
    figure("H5 Kahan 60, swaps", f.swaps, 1, [1, 3]),
  ];
}

function h6(): Row[] {
  const ratio = (A: Matrix, k: number, tau: number) => greedyColumnSubset(A, k, { tau }).errF / truncatedSvd(A, k).errF;
  const kernel: Matrix = {
    rows: 40,
    columns: 40,
    data: Float64Array.from({ length: 1600 }, (_, p) => Math.log(Math.abs(Math.floor(p / 40) / 39 - 1.1 - (p % 40) / 39))),
  };
  return [
    figure("H6 Hilbert 60, greedy τ = 0", ratio(hilbert(60), 8, 0), 120, 1.5),
    figure("H6 Hilbert 60, greedy τ = 0.5", ratio(hilbert(60), 8, 0.5), 1.49, 1.2),
    figure("H6 log kernel (own grid), greedy τ = 0", ratio(kernel, 6, 0), 11, null),
    figure("H6 log kernel (own grid), greedy τ = 0.5", ratio(kernel, 6, 0.5), 1.51, 1.4),
  ];
}

function h7(): Row[] {
  const expected = { deim: [1.596, 2.368], cpqr: [1.702, 2.185], leverage: [2.94, 12.95], norm: [2.71, 41.4] } as const;
  return (Object.keys(expected) as (keyof typeof expected)[]).flatMap((select) =>
    (["optimal", "cross"] as const).map((U, i) => {
      const value = many(10, (seed) => {
        const A = withSpectrum(120, 100, spectra["0.8^j"], seed);
        return cur(A, 10, { select, U }).errF / truncatedSvd(A, 10).errF;
      });
      // Leverage and norm choices vary by an order of magnitude between matrices with the cross middle.
      return figure(`H7 CUR ${select}, ${U}`, value, expected[select][i], i === 1 && select !== "deim" && select !== "cpqr" ? null : 1.4);
    }),
  );
}

function h9(): Row[] {
  const n = 256;
  const shape = { inBlocks: 16, inBlockSize: 16, outBlocks: 16, outBlockSize: 16, blockRank: 1 };
  const expected = [
    [1, 0.887, 0.889],
    [0.2, 0.848, 0.884],
    [0.05, 0.755, 0.871],
  ];
  const rows = expected.flatMap(([d, monarch, lowRank]) => {
    const keep = mulberry32(9);
    const G = random(n, n, 4);
    const A = { ...G, data: G.data.map((x) => (keep() < d ? x : 0)) };
    return [
      figure(`H9 density ${d}, Monarch`, monarchProject(A, shape).errF / fro(A), monarch, 1.03),
      figure(`H9 density ${d}, SVD of rank 16`, truncatedSvd(A, 16).errF / fro(A), lowRank, 1.03),
    ];
  });
  const T = toeplitz(Float64Array.from({ length: 64 }, (_, i) => 0.9 ** i));
  return [
    ...rows,
    figure("H9 Toeplitz 64, Monarch", monarchProject(T).errF / fro(T), 0.191, 1.03),
    figure("H9 Toeplitz 64, SVD of rank 8", truncatedSvd(T, 8).errF / fro(T), 0.099, 1.03),
  ];
}

const express = (l: number, steps: number): Triple[] => polarExpressCoefficients(l, steps, { cushion: 0.02407327424182761 });

function h10(): Row[] {
  const cases: [string, readonly Triple[], number, number, number, number][] = [
    ["Jordan, 5 steps", schedules["keller-jordan"], 5, 0.01, 0.682, 1.134],
    ["Jordan, 5 steps", schedules["keller-jordan"], 5, 1e-3, 0.471, 1.202],
    ["Jordan, 5 steps", schedules["keller-jordan"], 5, 1e-4, 0.049, 1.202],
    ["You, 6 steps", schedules["you-jiacheng-6"], 6, 0.01, 0.996, 0.999],
    ["You, 6 steps", schedules["you-jiacheng-6"], 6, 1e-3, 0.866, 0.999],
    ["You, 6 steps", schedules["you-jiacheng-6"], 6, 1e-4, 0.113, 0.999],
    ["Polar Express, 5 steps", schedules["polar-express"], 5, 1e-3, 0.876, 1.124],
    ["Polar Express, 8 steps", schedules["polar-express"], 8, 1e-3, 1, 1],
    ["classic quintic, 5 steps", schedules["classic-quintic"], 5, 0.01, 0.229, 1],
    ["classic quintic, 5 steps", schedules["classic-quintic"], 5, 1e-3, 0.023, 1],
    ["classic quintic, 5 steps", schedules["classic-quintic"], 5, 1e-4, 0.0023, 1],
  ];
  return cases.flatMap(([name, triples, steps, lo, min, max]) => {
    const r = scalarRange(triples, steps, lo);
    return [figure(`H10 ${name}, from ${lo}, least`, r.min, min, 1.02), figure(`H10 ${name}, from ${lo}, most`, r.max, max, 1.01)];
  });
}

function h11(): Row[] {
  const cases: [string, readonly Triple[], number, number, number][] = [
    ["Jordan, 5 steps", schedules["keller-jordan"], 5, 0.208, 0.984],
    ["You, 6 steps", schedules["you-jiacheng-6"], 6, 0.003, 1],
    ["Su, 5 steps", schedules["su-x3"], 5, 0.035, 0.9995],
    ["Polar Express, 5 steps", express(1e-3, 5), 5, 0.088, 0.996],
    ["Polar Express, 8 steps", express(1e-3, 8), 8, 0, 1],
  ];
  return cases.flatMap(([name, schedule, steps, error, cosine]) => {
    const runs = Array.from({ length: 10 }, (_, i) => {
      const A = random(200, 100, 20 + i);
      const Q = msign(A).Q;
      const X = newtonSchulz(A, { schedule, steps });
      const dot = X.data.reduce((s, x, p) => s + x * Q.data[p], 0);
      return [distance(X, Q) / fro(Q), dot / (fro(X) * fro(Q))];
    });
    return [
      figure(`H11 ${name}, error`, mean(runs.map((r) => r[0])), error, [error * 0.8 - 5e-4, error * 1.2 + 5e-4]),
      figure(`H11 ${name}, cosine`, mean(runs.map((r) => r[1])), cosine, 1.005),
    ];
  });
}

function h12(): Row[] {
  const G = withSpectrum(32, 24, spectra["0.8^j"], 12);
  const [f, swapped] = [loraGaInit(G, 4), loraGaInit(G, 4, { direction: "A2rBr" })];
  const orthogonal = (seed: number) => loraInit(32, 24, 4, mulberry32(seed), { kind: "orthogonal" });
  const kaiming = (seed: number) => loraInit(32, 24, 4, mulberry32(seed));
  const over = (start: (seed: number) => Lora, key: "residual" | "cosine") => many(20, (seed) => loraFirstStep(start(seed).A, start(seed).B, G)[key]);
  const ga = loraFirstStep(f.A, f.B, G);
  const twice = loraFirstStep(f.A, swapped.B, G);
  return [
    figure("H12 LoRA-GA, residual", ga.residual, 0.1677, 1.01),
    figure("H12 LoRA-GA, cosine", ga.cosine, 0.986, 1.005),
    figure("H12 same vectors twice, residual", twice.residual, 1, 1.001),
    figure("H12 same vectors twice, cosine", twice.cosine, 0.912, 1.02),
    figure("H12 orthogonal, residual", over(orthogonal, "residual"), 0.871, 1.1),
    figure("H12 orthogonal, cosine", over(orthogonal, "cosine"), 0.494, 1.25),
    figure("H12 LoRA, residual", over(kaiming, "residual"), 0.972, 1.1),
    figure("H12 LoRA, cosine", over(kaiming, "cosine"), 0.305, 1.35),
  ];
}

interface Contest {
  readonly label: string;
  readonly problem: (seed: number) => Problem;
  readonly rank: number;
  readonly at: readonly number[];
  readonly train: Pick<TrainOptions, "optimizer" | "lr">;
  /** cos of the first step, path distances, loss ratio. */
  readonly expected: Readonly<Record<string, readonly number[]>>;
}

/** The starting factors and the update of each contestant. */
function start(name: string, problem: Problem, r: number, seed: number): Pick<TrainOptions, "update" | "init"> {
  const gradients = problem.evaluate(problem.weights).gradients;
  const each = (f: (w: Matrix, g: Matrix, i: number) => { A: Matrix; B: Matrix }) =>
    problem.weights.map((w, i): Lora => ({ ...f(w, gradients[i], i), scale: 1 }));
  const plain = (kind: "kaiming" | "orthogonal") => each((w, _g, i) => loraInit(w.rows, w.columns, r, mulberry32(seed * 10 + i), { kind }));
  const ga = () => each((_w, g) => loraGaInit(g, r));
  const update = name.startsWith("Pro") ? "loraPro" : "lora";
  if (name.endsWith("GA")) return { update, init: ga() };
  if (name === "PiSSA") return { update, init: each((w) => pissaInit(w, r)) };
  return { update, init: plain(name === "LoRA" ? "kaiming" : "orthogonal") };
}

function contest({ label, problem, rank, at, train, expected }: Contest): Row[] {
  const steps = at[at.length - 1];
  const results: Record<string, number[][]> = {};
  for (let seed = 1; seed <= 8; seed++) {
    const p = problem(seed);
    const full = loraTrajectory(p, { ...train, update: "full", steps, keep: at });
    for (const name of Object.keys(expected)) {
      const run = loraTrajectory(p, { ...train, steps, keep: at, ...start(name, p, rank, seed) });
      const a = alignmentMetrics(run, full, p.weights);
      (results[name] ??= []).push([...a.traj, a.firstStepCos, a.lossRatio]);
    }
  }
  const names = [...at.map((t) => `path at ${t}`), "first cosine", "loss/full"];
  return Object.entries(expected).flatMap(([name, values]) =>
    values.map((v, i) =>
      figure(
        `${label} ${name}, ${names[i]}`,
        mean(results[name].map((x) => x[i])),
        v, // Later steps depend on the data, which the chapter leaves open: shown beside, not judged.
        i === 0 || i === values.length - 2 ? 1.4 : null,
      ),
    ),
  );
}

/** The start moved by a matrix whose singular values fall as size·0.75^j: the chapter does not say its data; these reproduce its first steps. */
const movedTarget = (w: Matrix, size: number, seed: number) =>
  add(
    w,
    scale(
      withSpectrum(w.rows, w.columns, (j) => 0.75 ** j, seed),
      size,
    ),
  );
const noisy = (y: Matrix, seed: number) => add(y, scale(random(y.rows, y.columns, seed), 0.1));

function regression(seed: number): Problem {
  const [n, m] = [32, 24];
  const X = random(256, n, seed);
  const W0 = scale(random(n, m, seed + 100), 1 / Math.sqrt(n));
  return regressionProblem(X, noisy(multiply(X, movedTarget(W0, 2, seed + 200)), seed + 300), W0);
}

function twoLayer(seed: number): Problem {
  const W1 = scale(random(24, 32, seed + 100), 1 / Math.sqrt(24));
  const W2 = scale(random(32, 16, seed + 150), 1 / Math.sqrt(32));
  const X = random(256, 24, seed);
  const hidden = multiply(X, movedTarget(W1, 1, seed + 200));
  const Y = multiply({ ...hidden, data: hidden.data.map(Math.tanh) }, movedTarget(W2, 1, seed + 250));
  return twoLayerProblem(X, noisy(Y, seed + 300), W1, W2);
}

const contests: readonly Contest[] = [
  {
    label: "H13 SGD,",
    problem: regression,
    rank: 4,
    at: [1, 10, 50],
    train: { optimizer: "sgd", lr: 0.1 },
    expected: {
      LoRA: [0.959, 0.59, 0.42, 0.376, 7.8],
      orth: [0.858, 0.734, 0.597, 0.513, 13.1],
      PiSSA: [0.98, 0.836, 0.749, 0.524, 20.1],
      GA: [0.119, 0.382, 0.471, 0.993, 9],
      "Pro orth": [0.842, 0.685, 0.57, 0.531, 13.8],
      "Pro GA": [0.119, 0.314, 0.441, 0.993, 9.3],
    },
  },
  {
    label: "H14 Adam,",
    problem: regression,
    rank: 4,
    at: [1, 10, 50],
    train: { optimizer: "adam", lr: 0.005 },
    expected: {
      LoRA: [0.99, 0.942, 0.715, 0.147, 3.12],
      GA: [0.893, 0.837, 0.662, 0.458, 2.06],
      "Pro orth": [1.078, 1.029, 0.776, 0.317, 2.29],
      "Pro GA": [0.731, 0.715, 0.632, 0.682, 1.35],
    },
  },
  {
    label: "H15 two layers, SGD,",
    problem: twoLayer,
    rank: 3,
    at: [1, 10, 100],
    train: { optimizer: "sgd", lr: 0.1 },
    expected: { LoRA: [0.973, 0.938, 0.77, 0.298, 3.7], GA: [0.191, 0.378, 0.721, 0.981, 2.9], "Pro GA": [0.191, 0.334, 0.639, 0.981, 3.1] },
  },
  {
    label: "H15 two layers, Adam,",
    problem: twoLayer,
    rank: 3,
    at: [1, 10, 100],
    train: { optimizer: "adam", lr: 0.003 },
    expected: { LoRA: [0.981, 0.954, 0.82, 0.194, 5.1], GA: [0.816, 0.781, 0.831, 0.585, 3.9], "Pro GA": [0.604, 0.57, 0.769, 0.799, 3.1] },
  },
];

/** H1 to H7 and H9 to H15; H8 is a time and stands with the times. */
export const headlines = (): Row[] => [h1, h2, h3, h4, h5, h6, h7, h9, h10, h11, h12].flatMap((f) => f()).concat(contests.flatMap(contest));
