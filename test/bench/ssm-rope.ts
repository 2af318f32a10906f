// The headline figures of the state-space, rotary and attention rooms beside what is expected, and their speed beside NumPy and SciPy.

import { attentionRecompute, attentionSteps, causalAttention } from "@scholium/core/attention";
import { gaussian, type Matrix, matrix, mulberry32, norm } from "@scholium/core/linalg";
import { publishedBaseBounds, relativePositionMatrix, ropeBaseLowerBoundSteps, ropeDecayCurve, ropeMaxContext } from "@scholium/core/rope";
import { causalConvolve, causalConvolveSteps, finish, type Steps } from "@scholium/core/signal";
import {
  hippoOnline,
  legsEigenCondition,
  legsProject,
  legsRecurrence,
  legsSensitivity,
  rtfKernel,
  s4dInit,
  s4dKernel,
  s4dKernelSteps,
  s4KernelDplr,
  s4System,
  selectiveScan,
  selectiveScanSteps,
  ssmKernel,
} from "@scholium/core/ssm";
import { python } from "./python.js";
import { type Row, row } from "./row.js";

const SUITE = "ssm-rope";

/** A figure beside what is expected, met within a relative tolerance. */
const figure = (name: string, value: number, expected: number, tolerance: number, unit = "", note?: string): Row => ({
  suite: SUITE,
  case: name,
  value,
  unit,
  peer: "expected",
  peerValue: expected,
  ratio: value / expected,
  goal: `within ${tolerance}`,
  met: Math.abs(value - expected) <= tolerance * Math.abs(expected),
  ...(note && { note }),
});

/** A value that must not exceed a bound. */
const below = (name: string, value: number, bound: number, unit: string, note?: string): Row =>
  row({ suite: SUITE, case: name, value, unit, peer: "limit", peerValue: bound, goal: "<= 1", ...(note && { note }) });

/** Processor milliseconds of one call, the least over about `budget` ms. */
function least(work: () => void, budget = 500): number {
  work();
  let best = Number.POSITIVE_INFINITY;
  for (let spent = 0; spent < budget; ) {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    const ms = (user + system) / 1000;
    best = Math.min(best, ms);
    spent += Math.max(ms, 0.1);
  }
  return best;
}

const normal = (count: number, seed: number): Float64Array => {
  const next = gaussian(mulberry32(seed));
  return Float64Array.from({ length: count }, next);
};

/** b*(L, 128) for L = 1k to 128k, one after the other, each started at the one before. */
function baseBounds(): Row[] {
  const expected = [4293.44, 11587.2, 26952.3, 83763.8, 231643.6, 629978, 2090180, 4869104];
  const rows: Row[] = [];
  expected.forEach((value, i) => {
    const L = 1024 * 2 ** i;
    const start = process.cpuUsage();
    const b = finish(ropeBaseLowerBoundSteps(L, 128)) as number;
    const { user, system } = process.cpuUsage(start);
    const paper = publishedBaseBounds.map((p) => `${p.name} ${p.values[L].toExponential(1)}`).join(", ");
    rows.push(figure(`least base, d=128, L=${2 ** i}k`, b, value, 5e-6, "", paper));
    if (L === 131072) rows.push(below("least base, d=128, L=128k: processor time from b=1", (user + system) / 1e6, 15, "s"));
  });
  return rows;
}

const contexts = (): Row[] => [
  figure("longest context, d=64, base 5e5", ropeMaxContext(5e5, 64) ?? 0, 9937, 0),
  figure("longest context, d=64, base 1e6: a bigger base is not better", ropeMaxContext(1e6, 64) ?? 0, 6235, 0),
  figure("longest context, d=128, base 5e5 (trained at 8192)", ropeMaxContext(5e5, 128) ?? 0, 18438, 0),
];

function approximation(): Row[] {
  const wave = Float64Array.from({ length: 1000 }, (_, k) => Math.sin((6 * Math.PI * k) / 1000) + 0.5 * Math.sin((14 * Math.PI * k) / 1000 + 1));
  const exact = legsRecurrence(wave, 16).state;
  const projected = legsProject(wave, 16);
  const conditions = [86.1, 7.7e4, 8.3e10];
  const smooth = Float64Array.from({ length: 4000 }, (_, k) => {
    const t = (4 * k) / 4000;
    return Math.sin(2 * Math.PI * 0.9 * t) + 0.5 * Math.cos(2 * Math.PI * 1.7 * t + 1);
  });
  const window = (kind: "fout" | "legt", N: number, edge: "naive" | "corrected" = "corrected") =>
    hippoOnline(smooth, { kind, N, edge, samplesPerWindow: 1000 }).rmse;
  return [
    below("LegS exact recurrence off the projection, N=16, L=1000", Math.max(...exact.map((x, n) => Math.abs(x - projected[n]))), 1e-13, ""),
    ...[4, 8, 16].map((N, i) => figure(`condition of LegS eigenvectors, N=${N}`, 10 ** legsEigenCondition(N), conditions[i], 0.02)),
    row({
      suite: SUITE,
      case: "condition of LegS eigenvectors, N=24",
      value: 10 ** legsEigenCondition(24),
      unit: "",
      peer: "at least",
      peerValue: 1e17,
      ratio: 10 ** legsEigenCondition(24) / 1e17,
      goal: "",
      note: "beyond what double precision can measure",
    }),
    ...[100, 1000, 10_000].map((L) =>
      figure(`gradient norm times L, middle sample, N=8, L=${L}`, L * legsSensitivity(8, L, L / 2).norm, 2.188, 0.005),
    ),
    ...[8, 64].flatMap((N) => [
      row({
        suite: SUITE,
        case: `Fourier window, N=${N}: corrected over naive edge, RMSE`,
        value: window("fout", N),
        unit: "",
        peer: "naive",
        peerValue: window("fout", N, "naive"),
        goal: N === 64 ? "<= 0.2" : "<= 0.6",
        note: `LegT ${window("legt", N).toExponential(1)}`,
      }),
    ]),
  ];
}

function attention(): Row[] {
  const layers = [1, 2].map((s) => {
    const [Wq, Wk, Wv] = [0, 1, 2].map((k) => matrix(3, 3, normal(9, 10 * s + k)));
    return { Wq, Wk, Wv };
  });
  return [
    figure("input reads of 2 recomputed layers, L=5", attentionRecompute(matrix(5, 3, normal(15, 3)), layers).inputReads, 35, 0),
    figure("attention steps, L=4096", attentionSteps(4096), 8_390_656, 0),
    figure("ReRoPE, L=8, w=3: largest position", norm(relativePositionMatrix("rerope", 8, { w: 3 }), "max"), 3, 0),
    figure("leaky ReRoPE, L=8, w=3, k=2: largest position", norm(relativePositionMatrix("leaky", 8, { w: 3, k: 2 }), "max"), 5, 0),
  ];
}

function kernelSpeed(): Row[] {
  const rows: Row[] = [];
  for (const [N, L, goal] of [
    [64, 4096, ""],
    [256, 4096, ""],
    [64, 16384, ""],
    [256, 16384, ">= 40"],
  ] as const) {
    const C = normal(N, 1);
    const { Ad, Bd, dplr } = s4System({ kind: "legs", N, dt: 1 / N ** 2, C }, L);
    const system = { A: Ad, B: Bd.data, C };
    let K = new Float64Array(0);
    let direct = new Float64Array(0);
    const ours = least(() => (K = s4KernelDplr(dplr, L) as Float64Array<ArrayBuffer>));
    const powers = least(() => (direct = ssmKernel(system, L) as Float64Array<ArrayBuffer>), 1);
    const off = Math.max(...K.map((x, k) => Math.abs(x - direct[k]))) / norm(matrix(1, L, direct), "max");
    rows.push(
      row({
        suite: SUITE,
        case: `S4 kernel, N=${N}, L=${L}`,
        value: ours,
        unit: "ms",
        peer: "direct powers",
        peerValue: powers,
        ratio: powers / ours,
        goal,
        note: `off by ${off.toExponential(1)}`,
      }),
    );
  }
  const rtf = (N: number, L: number) => {
    const a = normal(N, 2).map((x) => x / (4 * N));
    const b = normal(N, 3);
    return least(() => rtfKernel(a, b, L));
  };
  for (const L of [4096, 16384])
    rows.push(
      row({
        suite: SUITE,
        case: `RTF kernel, N=256, L=${L}`,
        value: rtf(256, L),
        unit: "ms",
        peer: "N=16",
        peerValue: rtf(16, L),
        goal: "<= 1.5",
        note: "independent of N",
      }),
    );
  return rows;
}

/** What the peers' cases are here. */
function ourTimes(): Record<string, number> {
  const s4 = s4System({ kind: "legs", N: 256, dt: 0.001, C: normal(256, 1) }, 16384).dplr;
  const a = normal(256, 2).map((x) => x / 1024);
  const b = normal(256, 3);
  const diagonal = s4dInit("lin", 64);
  const ones = { re: new Float64Array(32).fill(1), im: new Float64Array(32) };
  const [k, u] = [normal(2 ** 20, 4), normal(2 ** 20, 5)];
  const tokens = (L: number, n: number, seed: number): Matrix => matrix(L, n, normal(L * n, seed));
  const scan = {
    u: tokens(4096, 16, 1),
    deltaRaw: tokens(4096, 16, 2),
    A: matrix(
      16,
      16,
      normal(256, 3).map((x) => -Math.abs(x)),
    ),
    B: tokens(4096, 16, 4),
    C: tokens(4096, 16, 5),
    D: new Float64Array(16),
  };
  const wave = normal(200, 6);
  const [Q, K, V] = [1, 2, 3].map((seed) => tokens(512, 64, seed));
  return {
    "s4 256 16384": least(() => s4KernelDplr(s4, 16384)),
    "rtf 256 16384": least(() => rtfKernel(a, b, 16384)),
    "s4d 32 16384": least(() => s4dKernel({ A: diagonal, B: ones, C: ones, dt: 0.01 }, 16384)),
    "convolution 1048576": least(() => causalConvolve(k, u)),
    "selective 4096 16 16": least(() => selectiveScan(scan)),
    "legs 200 32": least(() => legsRecurrence(wave, 32)),
    "decay 128 65536": least(() => ropeDecayCurve(128, 10000, 65536)),
    "attention 512 64": least(() => causalAttention(Q, K, V)),
  };
}

function besideNumpy(): Row[] {
  const theirs = python<Record<string, number>>("ssmPeers.py");
  if (!theirs) console.log("NumPy and SciPy are missing (apt-get install python3-scipy): their column stays empty");
  return Object.entries(ourTimes()).map(([name, value]) =>
    row({ suite: SUITE, case: name, value, unit: "ms", peer: "NumPy/SciPy", peerValue: theirs?.[name] ?? Number.NaN, goal: "" }),
  );
}

/** A million steps: portions, and memory beside the inputs, per step. */
function longRuns(): Row[] {
  const L = 2 ** 20;
  const column = (seed: number): Matrix => matrix(L, 1, normal(L, seed));
  const [u, raw, B, C] = [1, 2, 3, 4].map(column);
  const scan = { u, deltaRaw: raw, A: matrix(1, 1, [-1]), B, C, D: [1] };
  const diagonal = s4dInit("lin", 32);
  const ones = { re: new Float64Array(16).fill(1), im: new Float64Array(16) };
  const run = (name: string, work: () => Steps<unknown>, bytes: number): Row => {
    globalThis.gc?.();
    const before = process.memoryUsage().arrayBuffers;
    let most = before;
    let portions = 0;
    const start = process.cpuUsage();
    finish(work(), {
      progress: () => {
        portions++;
        most = Math.max(most, process.memoryUsage().arrayBuffers);
      },
    });
    const { user, system } = process.cpuUsage(start);
    return below(
      `${name}, L=2^20: bytes a step beside its input`,
      (most - before) / L,
      bytes,
      "B",
      `${portions} portions, ${((user + system) / 1e6).toFixed(2)} s`,
    );
  };
  return [
    run("selective scan", () => selectiveScanSteps(scan), 64),
    run("causal convolution", () => causalConvolveSteps(u.data, raw.data), 400),
    run("S4D kernel, 16 states", () => s4dKernelSteps({ A: diagonal, B: ones, C: ones, dt: 1e-4 }, L), 64),
  ];
}

export const ssmRope = async (): Promise<Row[]> => [
  ...baseBounds(),
  ...contexts(),
  ...approximation(),
  ...attention(),
  ...kernelSpeed(),
  ...besideNumpy(),
  ...longRuns(),
];
