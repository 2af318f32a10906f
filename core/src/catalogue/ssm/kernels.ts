// Entries of state-space layers: S4, S4D, S5, rational transfer functions, scans.

import type { Figure } from "../../figure/index.js";
import type { Matrix } from "../../linalg/index.js";
import { causalConvolve, hillisSteeleRounds, linearScan } from "../../signal/index.js";
import {
  l1Norm,
  lru,
  lruInit,
  nplr,
  nplrKinds,
  rtfCorrectC,
  rtfKernel,
  rtfKernelDelayed,
  rtfRecurrence,
  s4dInit,
  s4dKernel,
  s4dKinds,
  s4Kernel,
  s4KernelWithDft,
  s5Layer,
  schurCohn,
  selectiveScan,
  ssmKernel,
  ssmToRtf,
} from "../../ssm/index.js";
import { columnOfPlanes, type Input, m, nested, planes, planesOfMatrix, v } from "../helpers.js";
import { flag, integer, kinds, matrix, option, type Routine, real, routine, vector } from "../routine.js";

const line = (title: string, y: ArrayLike<number>, x = "step"): Figure => ({
  kind: "line",
  title,
  x: { title: x },
  y: { title: "value" },
  series: [{ name: title, y }],
});
const plane = (title: string, x: ArrayLike<number>, y: ArrayLike<number>, unitCircle = false): Figure => ({
  kind: "scatter",
  title,
  x: { title: "real part" },
  y: { title: "imaginary part" },
  series: [{ name: "λ", x, y }],
  square: unitCircle,
  unitCircle,
});

const moduli = (a: Matrix): number[] => Array.from(a.data, (re, i) => Math.hypot(re, a.imag?.[i] ?? 0));
const byRows = (flat: readonly number[], columns: number): number[][] =>
  Array.from({ length: flat.length / Math.max(1, columns) }, (_, r) => flat.slice(r * columns, (r + 1) * columns));

const nplrEntry = routine({
  name: "nplr",
  title: "Normal plus low rank form of a HiPPO matrix",
  doc: "$A = V(\\Lambda - \\tilde P\\tilde P^*)V^*$ with unitary $V$. Phases of $V$ are free.",
  params: [option("kind", nplrKinds, "legs"), integer("N", { min: 1, max: 512, default: 8 }), real("w", { min: 0, default: 1 })],
  result: kinds.record({ lambda: kinds.matrix, V: kinds.matrix, P: kinds.matrix, B: kinds.matrix, Preal: kinds.matrix }),
  cost: ({ N }) => 72 * N ** 3,
  source: "S4 (arXiv 2111.00396) Thm 1, app. C.1; kexue.fm 10162",
  example: 'nplr("legs", 6)',
  figure: (r) => plane("Eigenvalues of the normal part", r.lambda.data, r.lambda.imag),
  compute: (a) => {
    const { lambda, V, P, B, Preal } = nplr(a);
    return { lambda: columnOfPlanes(lambda), V, P, B, Preal };
  },
  reference: {
    nplr: (i: Input) => {
      const { lambda, P, B, Preal } = nplr({ kind: i.kind, N: i.N, ...(i.w != null && { w: i.w }) });
      const p = planesOfMatrix(P);
      const b = planesOfMatrix(B);
      const n = B.rows;
      const re = Array.from(p.re, (x, k) => x * b.re[k % n] + p.im[k] * b.im[k % n]);
      const im = Array.from(p.re, (x, k) => x * b.im[k % n] - p.im[k] * b.re[k % n]);
      return {
        P: nested(Preal),
        lambdaRe: lambda.re[0],
        lambdaIm: lambda.im,
        absB: moduli(B),
        absP: byRows(moduli(P), n),
        conjPtimesB: { re: byRows(re, n), im: byRows(im, n) },
      };
    },
  },
});

const s4 = routine({
  name: "s4Kernel",
  title: "S4 convolution kernel",
  doc: "$K_k = C A_d^k B_d$ for $k < L$ of a bilinear-discretised HiPPO system, through the truncated generating function.",
  params: [
    vector("C"),
    integer("L", { min: 1, max: 2 ** 20, default: 64 }),
    real("dt", { min: 0, default: 0.05 }),
    option("kind", nplrKinds, "legs"),
    real("w", { min: 0, default: 1 }),
  ],
  result: kinds.vector,
  cost: ({ C, L }) => 16 * C.length * L + 80 * C.length ** 3,
  source: "S4 (arXiv 2111.00396) §3, app. C.3",
  example: "s4Kernel([1; -1; 0.5; 2], 32, 0.1)",
  figure: (K) => line("S4 kernel", K),
  compute: (a) => s4Kernel({ ...a, N: a.kind === "fout" ? a.C.length + (a.C.length % 2) : a.C.length }, a.L),
  referenceMark: "N",
  reference: {
    s4Kernel: (i: Input) => {
      const { K, dft, system } = s4KernelWithDft({ kind: i.kind, N: i.N, dt: i.dt, C: v(i.C), ...(i.w != null && { w: i.w }) }, i.L);
      return { K, Ctilde: system.Ctilde, dft };
    },
  },
});

const s4dStart = routine({
  name: "s4dInit",
  title: "Initial eigenvalues of a diagonal state space",
  params: [option("kind", s4dKinds, "lin"), integer("N", { min: 1, max: 4096, default: 64 })],
  result: kinds.matrix,
  cost: ({ kind, N }) => (kind === "legs" ? 72 * N ** 3 : N),
  source: "S4D (arXiv 2206.11893) §4",
  example: 's4dInit("inv", 8)',
  figure: (r) => plane("Initial eigenvalues", r.data, r.imag),
  compute: (a) => columnOfPlanes(s4dInit(a.kind, a.N)),
  reference: { s4dInit: (i: Input) => ({ A: s4dInit(i.kind, i.N) }) },
});

const s4d = routine({
  name: "s4dKernel",
  title: "Kernel of a diagonal state space",
  doc: "$K_k = 2\\,\\mathrm{Re}\\sum_n C_n B_n f_n \\bar A_n^k$, the conjugate half implied.",
  params: [
    matrix("A", "eigenvalues, one row or column"),
    matrix("B"),
    matrix("C"),
    real("dt", { min: 0 }),
    integer("L", { min: 0, max: 2 ** 20 }),
    option("method", ["zoh", "bilinear"], "zoh"),
  ],
  result: kinds.vector,
  cost: ({ A, L }) => 10 * A.data.length * L,
  source: "S4D (arXiv 2206.11893) §3",
  example: "s4dKernel([-1; -2], [1; 1], [1; 1], 0.1, 16)",
  figure: (K) => line("S4D kernel", K),
  compute: (a) => s4dKernel({ A: planesOfMatrix(a.A), B: planesOfMatrix(a.B), C: planesOfMatrix(a.C), dt: a.dt, method: a.method }, a.L),
  reference: {
    s4dKernel: (i: Input) => ({
      K: s4dKernel(
        {
          A: planes(i.A),
          B: planes(i.B),
          C: planes(i.C),
          dt: typeof i.dt === "number" ? i.dt : v(i.dt),
          ...(i.method != null && { method: i.method }),
        },
        i.L,
      ),
    }),
  },
});

const s5 = routine({
  name: "s5Layer",
  title: "S5 layer",
  doc: "$x_k = \\bar\\Lambda x_{k-1} + \\bar B u_k$, $y = 2\\,\\mathrm{Re}(Cx) + D \\circ u$.",
  params: [matrix("A", "eigenvalues"), matrix("B"), matrix("C"), vector("D"), vector("dt"), matrix("u", "L × channels"), flag("conjSym", true)],
  result: kinds.matrix,
  cost: ({ u, A }) => 8 * u.rows * u.columns * A.data.length,
  source: "S5 (arXiv 2208.04933) §3",
  example: "s5Layer([-1; -2], [1; 1], [1 1], [0], [0.1; 0.1], [1; 0; 0])",
  compute: (a) => s5Layer({ ...a, A: planesOfMatrix(a.A) }),
  reference: {
    s5Layer: (i: Input) => ({
      y: nested(
        s5Layer({ A: planes(i.A), B: m(i.B), C: m(i.C), D: v(i.D), dt: v(i.dt), u: m(i.u), ...(i.conjSym != null && { conjSym: i.conjSym }) }),
      ),
    }),
  },
});

const direct = routine({
  name: "ssmKernel",
  title: "Kernel of a discrete state space by direct powers",
  params: [matrix("A"), vector("B"), vector("C"), integer("L", { min: 0, max: 2 ** 20, default: 64 })],
  result: kinds.vector,
  cost: ({ A, L }) => 2 * A.rows ** 2 * L,
  source: "S4 (arXiv 2111.00396) eq. 5",
  example: "ssmKernel([0.5 0; 0 0.9], [1; 1], [1; -1], 8)",
  figure: (K) => line("Kernel", K),
  compute: (a) => ssmKernel(a, a.L),
  reference: {
    ssmKernelAndConv: (i: Input) => {
      const K = ssmKernel({ A: m(i.A), B: v(i.B), C: v(i.C) }, i.L);
      return { K, y: causalConvolve(K, v(i.u)) };
    },
  },
});

const convolution = routine({
  name: "causalConvolve",
  title: "Causal convolution",
  params: [vector("kernel"), vector("u")],
  result: kinds.vector,
  cost: ({ u }) => 30 * u.length * Math.log2(2 + u.length),
  source: "Cooley and Tukey 1965",
  example: "causalConvolve([1; 0.5], [1; 2; 3])",
  figure: (y, { u }) => ({
    kind: "line",
    title: "Input and output",
    x: { title: "step" },
    y: { title: "value" },
    series: [
      { name: "input", y: u },
      { name: "output", y },
    ],
  }),
  compute: (a) => causalConvolve(a.kernel, a.u),
});

const rtf = routine({
  name: "rtfKernel",
  title: "Kernel of a rational transfer function",
  doc: "$K = \\mathrm{IDFT}(b(z)/a(z))$ on the $L$-th roots of unity: its cost does not depend on the order. With `delayed`, the convention of the paper's code.",
  params: [vector("a"), vector("b"), integer("L", { min: 1, max: 2 ** 22, default: 64 }), flag("delayed"), real("h0", { default: 0 })],
  result: kinds.vector,
  cost: ({ L }) => 30 * L * Math.log2(2 + L),
  source: "RTF (arXiv 2405.06147) §3.2; kexue.fm 10180",
  example: "rtfKernel([-0.5; 0.2], [1; -2], 16)",
  figure: (K) => line("RTF kernel", K),
  compute: (a) => (a.delayed ? rtfKernelDelayed(a.a, a.b, a.h0, a.L) : rtfKernel(a.a, a.b, a.L)),
  reference: {
    rtfKernel: (i: Input) => ({ K: rtfKernel(v(i.a), v(i.b), i.L), C: rtfCorrectC(v(i.a), v(i.b), i.L), l1norm: l1Norm(v(i.a)) }),
    rtfKernelDelayed: (i: Input) => ({ K: rtfKernelDelayed(v(i.a), v(i.b), i.h0, i.L) }),
  },
});

const rtfRun = routine({
  name: "rtfRecurrence",
  title: "A rational transfer function as a recurrence",
  params: [vector("a"), vector("c"), vector("u")],
  result: kinds.vector,
  cost: ({ a, u }) => 4 * a.length * u.length,
  source: "RTF (arXiv 2405.06147) §3; kexue.fm 10180",
  example: "rtfRecurrence([-0.5], [1], [1; 0; 0])",
  figure: (y) => line("Output", y),
  compute: (a) => rtfRecurrence(a.a, a.c, a.u),
  reference: { rtfRecurrence: (i: Input) => ({ y: rtfRecurrence(v(i.a), v(i.c), v(i.u)) }) },
});

const toRtf = routine({
  name: "ssmToRtf",
  title: "Transfer function of a state space",
  params: [matrix("A"), vector("B"), vector("C")],
  result: kinds.record({ a: kinds.vector, b: kinds.vector }),
  cost: ({ A }) => 2 * A.rows ** 4,
  source: "RTF (arXiv 2405.06147) §3",
  example: "ssmToRtf([0.5 0; 0 0.9], [1; 1], [1; -1])",
  compute: (a) => ssmToRtf(a),
  reference: { ssmToRtf: (i: Input) => ssmToRtf({ A: m(i.A), B: v(i.B), C: v(i.C) }) },
});

const stability = routine({
  name: "schurCohn",
  title: "Whether a recurrence is stable, exactly",
  doc: "All roots of $z^d + a_1 z^{d-1} + \\dots + a_d$ lie inside the unit circle if and only if every reflection coefficient does.",
  params: [vector("a")],
  result: kinds.record({ stable: kinds.boolean, reflection: kinds.vector, maxRoot: kinds.real, montel: kinds.boolean }),
  cost: ({ a }) => 10 * a.length ** 3,
  source: "Schur 1917; Cohn 1922",
  example: "schurCohn([-1.9; 0.95])",
  compute: (a) => schurCohn(a.a),
  reference: { schurCohn: (i: Input) => schurCohn(v(i.a)) },
});

const scan = routine({
  name: "linearScan",
  title: "Linear recurrence as a scan",
  doc: "$x_t = a_t x_{t-1} + b_t$, one after the other or by a parallel scheme.",
  params: [vector("a"), vector("b"), real("x0", { default: 0 }), option("method", ["sequential", "hillis-steele", "blelloch"], "sequential")],
  result: kinds.vector,
  cost: ({ a }) => 60 * a.length,
  source: "Hillis and Steele 1986; Blelloch 1990",
  example: "linearScan([0.5; 0.5; 0.5], [1; 1; 1])",
  figure: (x) => line("State", x),
  compute: (a) => linearScan(a.a, a.b, a.x0, a.method),
  reference: {
    linearScan: (i: Input) => ({
      x: linearScan(v(i.a), v(i.b), i.x0 ?? 0, i.method ?? "sequential"),
      hillisSteeleRounds: hillisSteeleRounds(i.a.length),
    }),
  },
});

const lruEntry = routine({
  name: "lruPoles",
  title: "Poles of a linear recurrent unit",
  doc: "$\\lambda = \\exp(-e^\\nu + ie^\\theta)$ on the ring between two radii, from uniform draws.",
  params: [vector("u1"), vector("u2"), real("rMin", { min: 0, max: 1, default: 0 }), real("rMax", { min: 0, max: 1, default: 1 })],
  result: kinds.record({ lambda: kinds.matrix, gamma: kinds.vector, nuLog: kinds.vector, thetaLog: kinds.vector }),
  cost: ({ u1 }) => 100 * u1.length,
  source: "LRU (arXiv 2303.06349) §3; kexue.fm 9554",
  example: "lruPoles([0.2; 0.8], [0.1; 0.6])",
  figure: (r) => plane("Poles", r.lambda.data, r.lambda.imag, true),
  compute: (a) => {
    const p = lruInit(a.u1, a.u2, a.rMin, a.rMax);
    return { ...p, lambda: columnOfPlanes(p.lambda) };
  },
  reference: {
    lru: (i: Input) => {
      const p = lruInit(v(i.u1), v(i.u2), i.rMin, i.rMax);
      return { ...p, y: lru(p, planes(i.B), planes(i.C), i.D, v(i.u)) };
    },
  },
});

const selective = routine({
  name: "selectiveScan",
  title: "Selective scan",
  doc: "$h = e^{\\Delta A} h + \\Delta B u$, $y = Ch + Du$ with step, input and output weights of every token.",
  params: [
    matrix("u", "L × channels"),
    matrix("deltaRaw"),
    matrix("A", "channels × N"),
    matrix("B", "L × N"),
    matrix("C", "L × N"),
    vector("D"),
    flag("softplus", true),
    option("inputRule", ["euler", "zoh"], "euler"),
  ],
  result: kinds.record({ y: kinds.matrix, state: kinds.matrix }),
  cost: ({ u, A }) => 20 * u.rows * u.columns * A.columns,
  source: "Mamba (arXiv 2312.00752) §3.2",
  example: "selectiveScan([1; 0], [0; 0], [-1], [1; 1], [1; 1], [0])",
  compute: (a) => selectiveScan(a),
  reference: {
    selectiveScan: (i: Input) => {
      const { y, state } = selectiveScan({
        u: m(i.u),
        deltaRaw: m(i.deltaRaw),
        A: m(i.A),
        B: m(i.B),
        C: m(i.C),
        D: v(i.D),
        ...(i.softplus != null && { softplus: i.softplus }),
        ...(i.inputRule != null && { inputRule: i.inputRule }),
      });
      return { y: nested(y), state: nested(state) };
    },
  },
});

export const kernelEntries: readonly Routine[] = [
  nplrEntry,
  s4,
  s4dStart,
  s4d,
  s5,
  direct,
  convolution,
  rtf,
  rtfRun,
  toRtf,
  stability,
  scan,
  lruEntry,
  selective,
];
