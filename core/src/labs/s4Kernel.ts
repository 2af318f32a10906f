// One linear system read two ways: as a recurrence that carries a state, and as a convolution with a kernel.

import { formatNumber } from "../figure/index.js";
import { gaussian, mulberry32 } from "../linalg/index.js";
import { causalConvolve } from "../signal/index.js";
import { discretizeDiagonal, type S4dKind, s4dInit, s4dKernel, s4Kernel, s4System, ssmRun } from "../ssm/index.js";
import { arxiv, both, choiceOf, english, kexue, type Lab, numberOf, seedInput, type Text } from "./lab.js";

const L = 512;

type Kind = "s4" | S4dKind;
const kinds: Readonly<Record<Kind, Text>> = {
  s4: both("S4: LegS, normal plus low rank", "S4：LegS，正规加低秩"),
  legs: both("S4D-LegS: its normal part", "S4D-LegS：只取正规部分"),
  lin: both("S4D-Lin: evenly spaced", "S4D-Lin：等距频率"),
  inv: both("S4D-Inv: crowded at zero", "S4D-Inv：集中于零"),
  real: both("S4D-Real: no oscillation", "S4D-Real：不振荡"),
};

interface System {
  readonly kernel: Float64Array;
  /** The output of the recurrence. */
  readonly run: (u: Float64Array) => Float64Array;
  /** What a step multiplies each mode by. */
  readonly modes: { readonly re: Float64Array; readonly im: Float64Array };
}

/** e^(Δλ) of the bilinear rule, (1 + z/2)/(1 − z/2), and the mirrored half. */
function bilinear(re: Float64Array, im: Float64Array, dt: number) {
  const out = { re: new Float64Array(re.length), im: new Float64Array(re.length) };
  for (let i = 0; i < re.length; i++) {
    const [x, y] = [((re[i] as number) * dt) / 2, ((im[i] as number) * dt) / 2];
    const size = (1 - x) ** 2 + y ** 2;
    out.re[i] = ((1 + x) * (1 - x) - y * y) / size;
    out.im[i] = (2 * y) / size;
  }
  return out;
}

function full(N: number, dt: number, weights: Float64Array): System {
  const options = { kind: "legs" as const, N, dt, C: weights };
  const { Ad, Bd, form } = s4System(options, L);
  return {
    kernel: s4Kernel(options, L),
    run: (u) => ssmRun({ A: Ad, B: Bd.data, C: weights }, u).y,
    modes: bilinear(form.lambda.re, form.lambda.im, dt),
  };
}

function diagonal(kind: S4dKind, N: number, dt: number, weights: Float64Array): System {
  const A = s4dInit(kind, N);
  const half = A.re.length;
  const ones = { re: new Float64Array(half).fill(1), im: new Float64Array(half) };
  const C = { re: weights.slice(0, half), im: kind === "real" ? new Float64Array(half) : weights.slice(half, 2 * half) };
  const system = { A, B: ones, C, dt };
  const { Ad, f } = discretizeDiagonal(A, dt, "zoh");
  const run = (u: Float64Array) => {
    const [re, im] = [new Float64Array(half), new Float64Array(half)];
    return u.map((v) => {
      let y = 0;
      for (let n = 0; n < half; n++) {
        const [ar, ai, xr, xi] = [Ad.re[n], Ad.im[n], re[n], im[n]] as [number, number, number, number];
        re[n] = ar * xr - ai * xi + (f.re[n] as number) * v;
        im[n] = ar * xi + ai * xr + (f.im[n] as number) * v;
        y += 2 * ((C.re[n] as number) * (re[n] as number) - (C.im[n] as number) * (im[n] as number));
      }
      return y;
    });
  };
  return { kernel: s4dKernel(system, L), run, modes: Ad };
}

const largest = (v: Float64Array) => v.reduce((m, x) => Math.max(m, Math.abs(x)), 0);

/** The first place from which on the kernel holds less than a tenth of its squares. */
function reach(kernel: Float64Array): number {
  let rest = 0.1 * kernel.reduce((s, v) => s + v * v, 0);
  let at = kernel.length;
  while (at > 0 && rest >= 0) rest -= (kernel[--at] as number) ** 2;
  return at + 1;
}

export const s4KernelLab: Lab = {
  id: "s4-kernel",
  topic: "sequences",
  title: both("S4: a recurrence that is a convolution", "S4：可以写成卷积的循环"),
  claim: both(
    "One linear system, run step by step or as a convolution with its kernel, gives the same output; the step Δ alone decides how far back it looks.",
    "同一个线性系统，逐步递推或与其核作卷积，输出相同；它看多远的过去只由步长 Δ 决定。",
  ),
  story: both(
    "A state space x' = Ax + Bu, y = Cx becomes a recurrence when time is cut into steps Δ. Being linear, it is also a convolution of the input with the kernel K = (CB, CAB, CA²B, …). Training uses the kernel, all positions at once; generation uses the recurrence, one step at a time. S4 starts A at HiPPO's matrix and gets K from its normal part and a correction of rank one; S4D keeps a diagonal only. Halve Δ and the kernel is stretched to twice its length. The points are what a step multiplies each mode by: the nearer to the circle, the longer it is remembered.",
    "状态空间 x' = Ax + Bu，y = Cx 在时间被切成步长 Δ 后成为递推。因为是线性的，它也是输入与核 K = (CB, CAB, CA²B, …) 的卷积。训练用核，所有位置同时算；生成用递推，一次一步。S4 以 HiPPO 矩阵作为 A 的初值，由其正规部分与秩一修正得到 K；S4D 只留对角。Δ 减半，核就拉长一倍。右图的点是每一步对各模态所乘的数：越靠近单位圆，记得越久。",
  ),
  inputs: [
    {
      kind: "choice",
      name: "kind",
      label: both("Matrix A", "矩阵 A"),
      value: "s4",
      options: (Object.keys(kinds) as Kind[]).map((value) => ({ value, label: kinds[value] })),
    },
    { kind: "range", name: "N", label: both("States N", "状态数 N"), min: 2, max: 32, step: 2, value: 16 },
    { kind: "range", name: "dt", label: both("Step Δ", "步长 Δ"), min: 1e-3, max: 0.1, step: 1e-5, value: 0.01, scale: "log" },
    { kind: "range", name: "period", label: both("Period of the input", "输入的周期"), min: 4, max: 256, step: 1, value: 64, scale: "log" },
    seedInput,
  ],
  presets: [
    { label: both("Long memory", "长记忆"), values: { dt: 0.002 } },
    { label: both("No oscillation", "不振荡"), values: { kind: "real" } },
  ],
  view(values, say = english) {
    const [N, dt, period] = [numberOf(values, "N"), numberOf(values, "dt"), numberOf(values, "period")];
    const kind = choiceOf<Kind>(values, "kind");
    const z = gaussian(mulberry32(numberOf(values, "seed")));
    const weights = Float64Array.from({ length: N }, () => z() / Math.sqrt(N));
    const { kernel, run, modes } = kind === "s4" ? full(N, dt, weights) : diagonal(kind, N, dt, weights);
    const u = Float64Array.from({ length: L }, (_, k) => Math.sign(Math.sin((2 * Math.PI * (k + 0.5)) / period)));
    const stepped = run(u);
    const convolved = causalConvolve(kernel, u);
    const apart = largest(stepped.map((v, k) => v - (convolved[k] as number))) / (largest(stepped) || 1);
    return {
      figures: [
        {
          kind: "line",
          title: say(both(`The kernel, Δ = ${formatNumber(dt, 3)}`, `核，Δ = ${formatNumber(dt, 3)}`)),
          x: { title: say(both("steps back", "向前的步数")), domain: [0, L] },
          y: { title: "K" },
          series: [{ name: "K", y: kernel }],
          mark: { x: reach(kernel), name: say(both("nine tenths", "九成")) },
        },
        {
          kind: "line",
          title: say(both("Output for a square wave", "对方波的输出")),
          x: { title: say(both("step", "步")), domain: [0, L] },
          y: { title: "y" },
          series: [
            { name: say(both("recurrence", "递推")), y: stepped },
            { name: say(both("convolution", "卷积")), y: convolved, dashed: true },
          ],
        },
        {
          kind: "scatter",
          title: say(both("What a step multiplies each mode by", "一步对各模态所乘的数")),
          x: { title: say(both("real part", "实部")) },
          y: { title: say(both("imaginary part", "虚部")) },
          square: true,
          unitCircle: true,
          series: [
            { name: say(kind === "s4" ? both("modes of the normal part", "正规部分的模态") : both("modes", "模态")), x: modes.re, y: modes.im },
          ],
        },
      ],
      facts: [
        { label: both("Recurrence against convolution", "递推与卷积之差"), value: formatNumber(apart, 2) },
        { label: both("Nine tenths of the kernel within", "核的九成在"), value: String(reach(kernel)) },
      ],
    };
  },
  doesNotShow: both(
    "Learning: A, C and Δ are trained, here C is random. A layer stacks hundreds of such systems with nonlinear maps between.",
    "学习：A、C 与 Δ 都要训练，这里 C 是随机的。一层叠有数百个这样的系统，其间有非线性映射。",
  ),
  sources: [
    arxiv("2111.00396", "Gu, Goel, Ré: S4"),
    arxiv("2206.11893", "Gu et al.: S4D"),
    arxiv("2206.12037", "Gu et al.: How to Train Your HiPPO"),
    kexue(10162, "Su: computing with S4"),
  ],
};
