// Linear algebra against ml-matrix, fft.js, mathjs, and NumPy/SciPy on one thread: ratios of processor times, the least over interleaved rounds.
// BENCH_ONLY=eig,svd,fft,tiny measures some routines, BENCH_SIZES=64,256 their rows of these orders; BENCH_ROUNDS and BENCH_BUDGET (ms a case and round) change the effort,
// BENCH_BLAS=Haswell asks for narrower kernels of NumPy's than its best.
import FFT from "fft.js";
import * as mathjs from "mathjs";
import {
  CholeskyDecomposition,
  EVD,
  LuDecomposition,
  Matrix as MlMatrix,
  inverse as mlInverse,
  solve as mlSolve,
  QrDecomposition,
  SVD,
} from "ml-matrix";
import { calibrate, loadedKernels, product, product32, supportedBuild } from "../../core/src/kernels/index.js";
import {
  cholesky,
  column,
  eigen,
  eigenvalues,
  inverse,
  type Matrix,
  multiply,
  packedLu,
  pivotedQr,
  qr,
  singularValues,
  solve,
  svd,
  symmetricEigen,
  symmetricEigenvalues,
} from "../../core/src/linalg/index.js";
import { fft, rfft } from "../../core/src/signal/index.js";
import { accuracy } from "./accuracy.js";
import { loadingRows } from "./loading.js";
import { least, uniform } from "./measure.js";
import { underNode24 } from "./node24.js";
import { numpyTsRows } from "./numpyTs.js";
import { peakMeter, type Rates } from "./peak.js";
import { python } from "./python.js";
import { type Row, row } from "./row.js";
import { threadRows } from "./threads.js";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const BUDGET = Number(process.env.BENCH_BUDGET ?? 100);
const ONLY = process.env.BENCH_ONLY?.split(",");
const SIZES = process.env.BENCH_SIZES?.split(",").map(Number);
const EPS = 2 ** -52;

const random = (n: number): Matrix => {
  const next = uniform(n);
  return { rows: n, columns: n, data: Float64Array.from({ length: n * n }, next) };
};
const symmetric = (n: number): Matrix => {
  const a = random(n);
  const data = Float64Array.from(a.data, (x, p) => x + a.data[(p % n) * n + Math.floor(p / n)]);
  return { ...a, data };
};
const definite = (n: number): Matrix => {
  const data = symmetric(n).data;
  for (let i = 0; i < n; i++) data[i * (n + 1)] += 2 * n;
  return { rows: n, columns: n, data };
};
const ml = (a: Matrix) => new MlMatrix(Array.from({ length: a.rows }, (_, i) => Array.from(a.data.subarray(i * a.columns, (i + 1) * a.columns))));

interface Routine {
  readonly make: (n: number) => Matrix;
  readonly ours: (a: Matrix) => unknown;
  readonly theirs?: (a: MlMatrix) => unknown;
}

const rightSide = (n: number) => column(Float64Array.from({ length: n }, uniform(9)));

const routines: Record<string, Routine> = {
  gemm: { make: random, ours: (a) => multiply(a, a), theirs: (a) => a.mmul(a) },
  lu: { make: random, ours: packedLu, theirs: (a) => new LuDecomposition(a) },
  solve: { make: random, ours: (a) => solve(a, rightSide(a.rows)), theirs: (a) => mlSolve(a, ml(rightSide(a.rows))) },
  cholesky: { make: definite, ours: cholesky, theirs: (a) => new CholeskyDecomposition(a) },
  inverse: { make: random, ours: inverse, theirs: (a) => mlInverse(a) },
  qr: { make: random, ours: (a) => qr(a), theirs: (a) => new QrDecomposition(a).orthogonalMatrix },
  "pivoted qr": { make: random, ours: (a) => pivotedQr(a) },
  eigh: { make: symmetric, ours: symmetricEigen, theirs: (a) => new EVD(a, { assumeSymmetric: true }) },
  eigvalsh: { make: symmetric, ours: symmetricEigenvalues },
  svd: { make: random, ours: (a) => svd(a), theirs: (a) => new SVD(a) },
  svdvals: { make: random, ours: (a) => singularValues(a) },
  eig: { make: random, ours: (a) => eigen(a), theirs: (a) => new EVD(a) },
  eigvals: { make: random, ours: (a) => eigenvalues(a) },
};

/** Sizes, the goal against NumPy and the one against ml-matrix at each; an empty goal is only shown. */
type Plan = Record<string, readonly (readonly [n: number, numpy: string, ml: string])[]>;
const mid = (goal: string, large: string, slower: string, sizes = [64, 256, 512]): [number, string, string][] => [
  ...sizes.map((n): [number, string, string] => [n, goal, n <= 256 ? slower : ""]),
  [1024, large, ""],
];
const small = (slower: string): [number, string, string][] => [2, 3, 4, 8, 16].map((n) => [n, "<= 1", slower]);
/** What products are to reach: level with NumPy's where its vectors are as wide as WebAssembly's, twice its time where they are 256 or 512 bits wide. */
const productGoal = (bits: number) => (bits > 128 ? "<= 1.95" : "<= 1.1");
const plan: Plan = {
  gemm: [
    [16, "", ""],
    [64, "", ""],
    [256, "lanes", ">= 11"],
    [512, "lanes", ""],
    [1024, "lanes", ""],
  ],
  lu: mid("<= 1", "<= 1.2", ">= 10"),
  solve: mid("<= 1", "<= 1.2", ">= 10"),
  cholesky: mid("<= 1", "<= 1.2", ""),
  inverse: mid("<= 1", "<= 1.2", ">= 10"),
  qr: mid("<= 1", "<= 1.2", ">= 10"),
  "pivoted qr": [
    [64, "", ""],
    [256, "", ""],
    [512, "", ""],
  ],
  eigh: [...small(">= 1"), [64, "<= 1.1", ""], [256, "<= 1.1", ">= 8"], [512, "<= 1.1", ""], [1024, "<= 1.3", ""]],
  eigvalsh: [
    [64, "", ""],
    [256, "", ""],
    [512, "", ""],
  ],
  svd: [...small(">= 1"), [64, "<= 1.1", ""], [256, "<= 1.1", ">= 8"], [512, "<= 1.1", ""], [1024, "<= 1.3", ""]],
  svdvals: [
    [64, "", ""],
    [256, "", ""],
    [512, "", ""],
  ],
  eig: [...small(">= 1"), [64, "<= 1.4", ">= 4"], [256, "<= 1.4", ">= 4"], [512, "<= 1.4", ""]],
  eigvals: [
    [64, "", ""],
    [256, "", ""],
    [512, "", ""],
  ],
};

const FFT_POWERS = [10, 12, 14, 16, 18, 20];
const FFT_OTHERS = [1000, 1155, 10007, 19683, 44100, 100003, 2 ** 17 - 1];

const chosen = (name: string) => !ONLY || ONLY.includes(name);

type Times = Record<string, Record<string, number>>;
const record = (t: Times, name: string, n: number, ms: number) => {
  t[name] ??= {};
  t[name][n] = Math.min(t[name][n] ?? Infinity, ms);
};

interface Numpy {
  readonly about: string;
  /** The width of the vectors its products run on. */
  readonly bits: number;
  readonly times: Times;
}

export async function linalg(): Promise<Row[]> {
  const elsewhere = underNode24("linalg.ts", "linalg");
  if (elsewhere) return elsewhere;
  const build = supportedBuild();
  const rows = calibrate(() => performance.now(), 400);
  console.log(`Node ${process.versions.node}, ${build ?? "no"} build, tiles of ${rows} rows`);
  const ours: Times = {};
  const theirs: Times = {};
  const np: Times = {};
  const names = Object.keys(routines).filter(chosen);
  const rowsOf = (name: string) => plan[name].filter(([n]) => !SIZES || SIZES.includes(n));
  const spec: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, rowsOf(name).map(([n]) => n)]));
  const lengths = [...FFT_POWERS.map((k) => 2 ** k), ...FFT_OTHERS];
  if (chosen("fft")) Object.assign(spec, { fft: lengths, rfft: [2 ** 14, 2 ** 18] });
  if (chosen("gemm")) spec.gemm32 = [256, 512, 1024];
  const meter = chosen("gemm") ? await peakMeter(build ?? "simd") : null;
  let limit: Rates = { f64: 0, f32: 0 };
  let hasNumpy = true;
  let bits = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const top = meter?.() ?? limit;
    limit = { f64: Math.max(limit.f64, top.f64), f32: Math.max(limit.f32, top.f32) };
    for (const name of names)
      for (const [n, , slower] of rowsOf(name)) {
        const r = routines[name];
        const a = r.make(n);
        record(
          ours,
          name,
          n,
          least(() => r.ours(a), BUDGET),
        );
        if (r.theirs && slower && round < 2) {
          const b = ml(a);
          record(
            theirs,
            name,
            n,
            least(() => r.theirs!(b), n >= 256 ? 1 : BUDGET / 4),
          );
        }
      }
    if (chosen("fft")) fourierTimes(lengths, ours, theirs);
    if (chosen("gemm"))
      for (const n of spec.gemm32) {
        const a = Float32Array.from(random(n).data);
        record(
          ours,
          "gemm32",
          n,
          least(() => product32(a, a, { m: n, n, k: n }), BUDGET),
        );
        resident(n, ours);
      }
    const answer = hasNumpy ? python<Numpy>("peers.py", JSON.stringify(spec), String(BUDGET)) : null;
    if (!answer) hasNumpy = false;
    else {
      if (round === 0) console.log(`${answer.about}; products are to take ${productGoal(answer.bits)} of its time`);
      bits = answer.bits;
      for (const [name, times] of Object.entries(answer.times)) for (const n in times) record(np, name, Number(n), times[n]);
    }
  }
  if (!hasNumpy) console.log("NumPy and SciPy are missing (apt-get install python3-scipy): their columns stay empty");
  const out: Row[] = [];
  if (chosen("gemm")) out.push(...limitRows(limit, ours));
  for (const name of names) {
    for (const [n, goal, slower] of rowsOf(name)) {
      const value = ours[name][n];
      const bound = name === "gemm" && goal ? productGoal(bits) : goal;
      const note = n >= 16 && n <= 512 ? accuracy(name, routines[name].make(n), EPS) : undefined;
      if (np[name])
        out.push(row({ suite: "linalg", case: `${name} ${n}`, value, unit: "ms", peer: "NumPy", peerValue: np[name][n], goal: bound, note }));
      if (theirs[name]?.[n])
        out.push(row({ suite: "linalg", case: `${name} ${n}`, value, unit: "ms", peer: "ml-matrix", peerValue: theirs[name][n], goal: slower }));
    }
  }
  if (chosen("gemm") && np.gemm32)
    for (const n of spec.gemm32)
      out.push(row({ suite: "linalg", case: `gemm f32 ${n}`, value: ours.gemm32[n], unit: "ms", peer: "NumPy", peerValue: np.gemm32[n], goal: "" }));
  if (chosen("fft")) out.push(...fourierRows(ours, theirs, np));
  if (chosen("tiny")) out.push(...tinyRows());
  if (chosen("complex")) out.push(...complexRows());
  if (chosen("mathjs")) out.push(mathjsRow());
  if (chosen("numpy-ts")) out.push(...(await numpyTsRows(ours, (name, n) => routines[name].make(n))));
  if (chosen("load")) out.push(...loadingRows());
  if (chosen("threads")) out.push(...(await threadRows()));
  return out;
}

/** Products of matrices that lie in the kernels' memory already: no copies. */
function resident(n: number, ours: Times): void {
  const k = loadedKernels();
  if (!k) return;
  const { alloc, gemmAlone, gemm32, mark, release } = k.exports;
  const before = mark();
  const [a, b, c] = [alloc(n * n * 8), alloc(n * n * 8), alloc(n * n * 8)];
  for (const at of [a, b, c]) new Uint8Array(k.memory.buffer, at, n * n * 8).fill(0);
  record(
    ours,
    "resident gemm",
    n,
    least(() => gemmAlone(n, n, n, 1, a, n, 1, b, n, 1, c, n, 0), BUDGET),
  );
  record(
    ours,
    "resident gemm32",
    n,
    least(() => gemm32(n, n, n, 1, a, n, 1, b, n, 1, c, n, 0), BUDGET),
  );
  release(before);
}

/** GF/s of a product of order n in ms. */
const rate = (n: number, ms: number) => (2 * n ** 3) / ms / 1e6;

/** Products against the loop that only multiplies and adds on registers. */
function limitRows(limit: Rates, ours: Times): Row[] {
  const one = (name: string, label: string, n: number, top: number) => {
    const value = rate(n, ours[`resident ${name}`][n]);
    return row({
      suite: "linalg",
      case: `${label} ${n}`,
      value,
      unit: "GF/s",
      peer: "registers",
      peerValue: top,
      ratio: value / top,
      goal: ">= 0.90",
    });
  };
  return [256, 512, 1024].flatMap((n) => [one("gemm", "gemm", n, limit.f64), one("gemm32", "gemm f32", n, limit.f32)]);
}

function fourierTimes(lengths: readonly number[], ours: Times, theirs: Times): void {
  for (const n of lengths) {
    const next = uniform(n);
    const re = Float64Array.from({ length: n }, next);
    const im = Float64Array.from({ length: n }, next);
    record(
      ours,
      "fft",
      n,
      least(() => fft(re, im), BUDGET),
    );
    // fft.js writes to an array that is there; SciPy answers with a new one.
    const into = { re: new Float64Array(n), im: new Float64Array(n) };
    record(
      ours,
      "fft into",
      n,
      least(() => fft(re, im, into), BUDGET / 2),
    );
    if (Number.isInteger(Math.log2(n))) {
      const peer = new FFT(n);
      const input = peer.createComplexArray() as number[];
      for (let i = 0; i < n; i++) [input[2 * i], input[2 * i + 1]] = [re[i], im[i]];
      const output = peer.createComplexArray() as number[];
      record(
        theirs,
        "fft",
        n,
        least(() => peer.transform(output, input), BUDGET),
      );
    }
  }
  for (const n of [2 ** 14, 2 ** 18]) {
    const x = Float64Array.from({ length: n }, uniform(n));
    record(
      ours,
      "rfft",
      n,
      least(() => rfft(x), BUDGET),
    );
  }
}

function fourierRows(ours: Times, theirs: Times, np: Times): Row[] {
  const out: Row[] = [];
  for (const k of FFT_POWERS) {
    const n = 2 ** k;
    const value = ours.fft[n];
    if (np.fft) out.push(row({ suite: "linalg", case: `fft 2^${k}`, value, unit: "ms", peer: "SciPy", peerValue: np.fft[n], goal: "<= 0.8" }));
    out.push(
      row({
        suite: "linalg",
        case: `fft 2^${k} into`,
        value: ours["fft into"][n],
        unit: "ms",
        peer: "fft.js",
        peerValue: theirs.fft[n],
        goal: ">= 1.5",
      }),
    );
  }
  if (!np.fft) return out;
  // What the pages of a fresh result cost shows in the difference to the rows above.
  for (const k of FFT_POWERS)
    out.push(
      row({
        suite: "linalg",
        case: `fft 2^${k} into`,
        value: ours["fft into"][2 ** k],
        unit: "ms",
        peer: "SciPy",
        peerValue: np.fft[2 ** k],
        goal: "",
      }),
    );
  for (const n of FFT_OTHERS)
    out.push(row({ suite: "linalg", case: `fft ${n}`, value: ours.fft[n], unit: "ms", peer: "SciPy", peerValue: np.fft[n], goal: "<= 1.5" }));
  for (const k of [14, 18])
    out.push(
      row({ suite: "linalg", case: `rfft 2^${k}`, value: ours.rfft[2 ** k], unit: "ms", peer: "SciPy", peerValue: np.rfft[2 ** k], goal: "" }),
    );
  return out;
}

function plainProduct(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const c = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      let s = 0;
      for (let k = 0; k < n; k++) s += a[i * n + k] * b[k * n + j];
      c[i * n + j] = s;
    }
  return c;
}

/** Sizes up to 4: products against plain loops with a fresh result, systems against ml-matrix. */
function tinyRows(): Row[] {
  const out: Row[] = [];
  const compare = (name: string, peer: string, goal: string, ours: () => unknown, theirs: () => unknown) => {
    let value = Infinity;
    let peerValue = Infinity;
    for (let i = 0; i < ROUNDS; i++) {
      value = Math.min(value, least(ours, BUDGET));
      peerValue = Math.min(peerValue, least(theirs, BUDGET));
    }
    out.push(row({ suite: "linalg", case: name, value: value * 1e6, unit: "ns", peer, peerValue: peerValue * 1e6, goal }));
  };
  for (const n of [2, 3, 4]) {
    const a = random(n);
    const b = rightSide(n);
    const [mlA, mlB] = [ml(a), ml(b)];
    compare(
      `multiply ${n}`,
      "plain loops",
      "<= 1.1",
      () => multiply(a, a),
      () => plainProduct(a.data, a.data, n),
    );
    compare(
      `inverse ${n}`,
      "ml-matrix",
      ">= 1",
      () => inverse(a),
      () => mlInverse(mlA),
    );
    compare(
      `solve ${n}`,
      "ml-matrix",
      ">= 1",
      () => solve(a, b),
      () => mlSolve(mlA, mlB),
    );
  }
  return out;
}

function complexRows(): Row[] {
  return [256, 512].map((n) => {
    const a = random(n);
    const z: Matrix = { ...a, imag: symmetric(n).data };
    let value = Infinity;
    let real = Infinity;
    for (let i = 0; i < ROUNDS; i++) {
      value = Math.min(
        value,
        least(() => multiply(z, z), BUDGET),
      );
      real = Math.min(
        real,
        least(() => product(a.data, a.data, { m: n, n, k: n }), BUDGET),
      );
    }
    return row({ suite: "linalg", case: `complex gemm ${n}`, value, unit: "ms", peer: "real gemm", peerValue: real, goal: "<= 4.2" });
  });
}

function mathjsRow(): Row {
  const n = 128;
  const a = random(n);
  const b = mathjs.matrix(Array.from({ length: n }, (_, i) => Array.from(a.data.subarray(i * n, (i + 1) * n))));
  const value = least(() => multiply(a, a), BUDGET);
  return row({ suite: "linalg", case: `gemm ${n}`, value, unit: "ms", peer: "mathjs", peerValue: least(() => mathjs.multiply(b, b), 1), goal: "" });
}
