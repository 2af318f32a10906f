// Adapters beside full fine-tuning: where each begins, and how each moves.

import { formatNumber } from "../figure/index.js";
import { type Matrix, mulberry32, multiply, singularValues } from "../linalg/index.js";
import {
  alignmentMetrics,
  type Lora,
  type LoraUpdate,
  loraGaInit,
  loraInit,
  loraTrajectory,
  pissaInit,
  regressionProblem,
  type Trajectory,
} from "../lora/index.js";
import { gaussianMatrix } from "../lowrank/index.js";
import { arxiv, both, choiceOf, english, kexue, type Lab, numberOf, seedInput, type Text } from "./lab.js";

/** Inputs, outputs and examples of the regression. */
const [INPUTS, OUTPUTS, EXAMPLES] = [12, 8, 32];
/** η_B/η_A of LoRA+; the usual 16 leaves the finite numbers at the rates of the slider. */
const PLUS = 4;

interface Way {
  readonly name: Text;
  readonly start: "kaiming" | "orthogonal" | "pissa" | "ga";
  readonly update: LoraUpdate;
}

const lora: Way = { name: both("LoRA", "LoRA"), start: "kaiming", update: "lora" };
const groups: Readonly<Record<string, { readonly label: Text; readonly ways: readonly Way[] }>> = {
  starts: {
    label: both("where they begin", "起点"),
    ways: [
      lora,
      { name: both("orthogonal start", "正交起点"), start: "orthogonal", update: "lora" },
      { name: both("PiSSA", "PiSSA"), start: "pissa", update: "lora" },
      { name: both("LoRA-GA", "LoRA-GA"), start: "ga", update: "lora" },
    ],
  },
  updates: {
    label: both("how they move", "更新方式"),
    ways: [
      lora,
      { name: both("LoRA+", "LoRA+"), start: "kaiming", update: "loraPlus" },
      { name: both("DoRA", "DoRA"), start: "kaiming", update: "dora" },
      { name: both("LoRA-Pro", "LoRA-Pro"), start: "kaiming", update: "loraPro" },
    ],
  },
};

const starts: Readonly<Record<Way["start"], (W0: Matrix, G: Matrix, r: number, seed: number) => Lora>> = {
  kaiming: (_w, _g, r, seed) => loraInit(INPUTS, OUTPUTS, r, mulberry32(seed + 1)),
  orthogonal: (_w, _g, r, seed) => loraInit(INPUTS, OUTPUTS, r, mulberry32(seed + 1), { kind: "orthogonal" }),
  pissa: (W0, _g, r) => {
    const { A, B } = pissaInit(W0, r);
    return { A, B, scale: 1 };
  },
  ga: (_w, G, r) => {
    const { A, B } = loraGaInit(G, r);
    return { A, B, scale: 1 };
  },
};

/** A regression whose solution lies away from the start by a matrix with falling singular values. */
function task(decay: number, seed: number) {
  const random = mulberry32(seed);
  const X = gaussianMatrix(EXAMPLES, INPUTS, random);
  const z = gaussianMatrix(INPUTS, OUTPUTS, random);
  const W0 = { ...z, data: z.data.map((v) => v * (1 / Math.sqrt(INPUTS))) };
  const left = gaussianMatrix(INPUTS, OUTPUTS, random);
  const change = multiply(
    { ...left, data: left.data.map((v, k) => (v * decay ** (k % OUTPUTS)) / INPUTS) },
    gaussianMatrix(OUTPUTS, OUTPUTS, random),
  );
  const Y = multiply(X, { ...W0, data: W0.data.map((v, k) => v + (change.data[k] as number)) });
  return { problem: regressionProblem(X, Y, W0), W0 };
}

/** The losses while they are numbers that a log axis can hold. */
const shown = (losses: Float64Array) => losses.map((v) => (v > 1e-14 && v < 1e6 ? v : Number.NaN));

export const loraFamily: Lab = {
  id: "lora-family",
  topic: "optimization",
  title: both("LoRA and its family", "LoRA 及其家族"),
  claim: both(
    "The first step of LoRA points only roughly the way of full fine-tuning; beginning at the singular vectors of the gradient (LoRA-GA) makes it almost the same, and corrected steps (LoRA-Pro) bring other starts near that way.",
    "LoRA 的第一步与全量微调只是大致同向；从梯度的奇异向量出发（LoRA-GA）则几乎同向，而修正每一步（LoRA-Pro）能让其他起点也回到这条路附近。",
  ),
  story: both(
    "LoRA freezes W and learns W + sAB with A of r columns and B of r rows. A step on both moves the weight by AAᵀG + GBᵀB, not by G. So two things can be chosen: where A and B begin, and how they move. PiSSA begins at the largest singular vectors of W, LoRA-GA at those of the first gradient. LoRA+ gives B a larger rate, LoRA-Pro corrects both factors so that their joint step is as near to the full one as rank r allows, DoRA trains lengths and directions apart. Here W has 12 × 8 entries and all are trained on the same regression at the same rate.",
    "LoRA 冻结 W，学习 W + sAB，其中 A 有 r 列、B 有 r 行。对 A、B 走一步，权重变化为 AAᵀG + GBᵀB，而不是 G。因此有两件事可选：A、B 从哪里开始，以及如何更新。PiSSA 从 W 的最大奇异向量开始，LoRA-GA 从首个梯度的奇异向量开始。LoRA+ 给 B 更大的学习率；LoRA-Pro 修正两个因子，使合成的一步在秩 r 允许的范围内最接近全量的一步；DoRA 分别训练长度与方向。这里 W 有 12 × 8 个元素，各方法在同一回归上以同一学习率训练。",
  ),
  inputs: [
    {
      kind: "choice",
      name: "group",
      label: both("Compare", "比较"),
      value: "starts",
      options: Object.entries(groups).map(([value, { label }]) => ({ value, label })),
    },
    { kind: "range", name: "r", label: both("Rank r", "秩 r"), min: 1, max: 6, step: 1, value: 2 },
    { kind: "range", name: "lr", label: both("Learning rate", "学习率"), min: 0.01, max: 0.4, step: 0.001, value: 0.1, scale: "log" },
    { kind: "range", name: "steps", label: both("Steps", "步数"), min: 5, max: 50, step: 5, value: 40 },
    { kind: "range", name: "decay", label: both("Decay of what is to be learnt", "待学变化的谱衰减"), min: 0.3, max: 1, step: 0.05, value: 0.7 },
    seedInput,
  ],
  presets: [
    { label: both("How they move", "更新方式"), values: { group: "updates" } },
    { label: both("Rank one", "秩一"), values: { r: 1 } },
  ],
  view(values, say = english) {
    const [r, lr, steps, seed] = ["r", "lr", "steps", "seed"].map((n) => numberOf(values, n)) as [number, number, number, number];
    const { problem, W0 } = task(numberOf(values, "decay"), seed);
    const G = problem.evaluate([W0]).gradients[0] as Matrix;
    const full = loraTrajectory(problem, { update: "full", lr, steps });
    const runs = (groups[choiceOf(values, "group")] as (typeof groups)[string]).ways.map(({ name, start, update }) => {
      const run = loraTrajectory(problem, { update, lr, steps, init: [starts[start](W0, G, r, seed)], ratio: PLUS });
      return { name, run, metrics: comparable(run, full) ? alignmentMetrics(run, full, [W0]) : undefined };
    });
    const spectrum = singularValues(G);
    return {
      figures: [
        {
          kind: "line",
          title: say(both("Loss", "损失")),
          x: { title: say(both("step", "步")), domain: [0, steps] },
          y: { title: say(both("half the mean square error", "均方误差的一半")), scale: "log" },
          series: [
            // Last, so that each way has the colour it has in the other figure.
            ...runs.map(({ name, run }) => ({ name: say(name), y: shown(run.losses) })),
            { name: say(both("full", "全量")), y: shown(full.losses), dashed: true },
          ],
        },
        {
          kind: "line",
          title: say(both("Distance from full fine-tuning", "与全量微调的距离")),
          x: { title: say(both("step", "步")), domain: [0, steps] },
          y: { title: say(both("share of the way of the full one", "占全量所走距离的比例")), domain: [0, 1.3] },
          series: runs.map(({ name, metrics }) => {
            const y = (metrics?.traj ?? new Float64Array(0)).map((v) => (v < 1e6 ? v : Number.NaN));
            return { name: say(name), x: Float64Array.from(y, (_, k) => k + 1), y };
          }),
        },
        {
          kind: "spectrum",
          title: say(both(`Singular values of the first gradient, 2r = ${2 * r}`, `首个梯度的奇异值，2r = ${2 * r}`)),
          values: spectrum,
          scale: "linear",
          kept: Math.min(2 * r, spectrum.length),
          axes: [say(both("index", "序号")), "σ"],
        },
      ],
      facts: runs.map(({ name, run, metrics }) => ({
        label: both(`${name.en}: cosine of the first step, loss over full`, `${name.zh}：第一步的余弦，损失与全量之比`),
        value: metrics ? `${formatNumber(metrics.firstStepCos, 2)}, ${formatNumber(metrics.lossRatio, 3)}` : `∞ (${run.losses.length - 1})`,
      })),
    };
  },
  doesNotShow: both(
    "Large models: there each method has its own tuned rate, on which whole tables of results turn. Here all share one. Nearness to the full way is no promise of a lower loss either.",
    "大模型：那里各方法的学习率分别调优，整张表的排名都取决于此，而这里大家共用一个。与全量之路接近也不保证损失更低。",
  ),
  sources: [
    arxiv("2106.09685", "Hu et al.: LoRA"),
    arxiv("2404.02948", "Meng et al.: PiSSA"),
    arxiv("2407.05000", "Wang et al.: LoRA-GA"),
    arxiv("2407.18242", "Wang, Liang: LoRA-Pro"),
    kexue(10001, "Su: LoRA+"),
    kexue(10226, "Su: LoRA-GA"),
    kexue(10266, "Su: LoRA-Pro"),
  ],
};

/** Both came to their end: a run that left the finite numbers has fewer weights. */
const comparable = (run: Trajectory, full: Trajectory) => run.steps.length === full.steps.length && Number.isFinite(full.losses.at(-1));
