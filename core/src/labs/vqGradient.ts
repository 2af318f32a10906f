// Two quantised autoencoders trained on the same data: one passes gradients straight through the codes, one turns them as the codes turned the points.

import { type Figure, formatNumber } from "../figure/index.js";
import { trainVqToy, type VqToyOptions, type VqToyProgress, type VqToyResult } from "../quantize/index.js";
import { arxiv, both, choiceOf, english, kexue, type Lab, type LabView, numberOf, type Say, seedInput, type Text, type Values } from "./lab.js";
import { trainAlongside } from "./trainAlongside.js";

const WINDOW = 25;

interface Run {
  readonly name: Text;
  readonly generator: Generator<VqToyProgress, VqToyResult>;
  readonly x: number[];
  readonly quantization: number[];
  readonly reconstruction: number[];
  sums: [number, number, number];
  last?: VqToyProgress;
  end?: VqToyResult;
}

function start(name: Text, estimator: VqToyOptions["estimator"], values: Values): Run {
  const generator = trainVqToy({
    estimator,
    seed: numberOf(values, "seed"),
    centre: numberOf(values, "centre"),
    codes: numberOf(values, "codes"),
    steps: numberOf(values, "steps"),
    lr: numberOf(values, "lr"),
    init: choiceOf<"small" | "unit" | "data">(values, "init"),
  });
  return { name, generator, x: [], quantization: [], reconstruction: [], sums: [0, 0, 0] };
}

const runsOf = (values: Values): Run[] => [
  start(both("straight through", "直通"), "ste", values),
  start(both("rotation", "旋转"), "rotation", values),
];

function advance(run: Run): void {
  if (run.end) return;
  const next = run.generator.next();
  if (next.done) {
    run.end = next.value;
    return;
  }
  const step = next.value;
  if (!Number.isFinite(step.reconstruction) || !Number.isFinite(step.quantization)) return;
  run.last = step;
  run.sums = [run.sums[0] + step.quantization, run.sums[1] + step.reconstruction, run.sums[2] + 1];
  if (run.sums[2] < WINDOW) return;
  run.x.push(step.step + 1);
  run.quantization.push(run.sums[0] / WINDOW);
  run.reconstruction.push(run.sums[1] / WINDOW);
  run.sums = [0, 0, 0];
}

/** Axes that hold most of the points: codes that are never used may lie far away. */
function cloud(run: Run, say: Say): Figure {
  const { codebook, encoded } = run.last as VqToyProgress;
  const part = (data: Float64Array, k: 0 | 1) => Float64Array.from({ length: data.length / 2 }, (_, i) => data[2 * i + k] as number);
  return {
    kind: "scatter",
    title: say(both(`Codes, ${run.name.en}`, `码字，${run.name.zh}`)),
    x: { title: "e₁" },
    y: { title: "e₂" },
    square: true,
    series: [
      { name: say(both("encoded points", "编码点")), x: part(encoded.data, 0), y: part(encoded.data, 1) },
      { name: say(both("codes", "码字")), x: part(codebook.data, 0), y: part(codebook.data, 1) },
    ],
  };
}

function view(runs: readonly Run[], steps: number, say: Say): LabView {
  const shown = (v: number | undefined) => (v === undefined ? "–" : formatNumber(v, 3));
  const facts = runs.flatMap((r) => [
    {
      label: both(`Codes used, ${r.name.en}`, `使用的码字，${r.name.zh}`),
      value: r.end ? `${formatNumber(100 * r.end.usage, 3)} %` : "–",
    },
    {
      label: both(`Reconstruction error, ${r.name.en}`, `重建误差，${r.name.zh}`),
      value: shown(r.end?.reconstruction ?? r.reconstruction[r.reconstruction.length - 1]),
    },
  ]);
  return {
    figures: [
      {
        kind: "line",
        title: say(both("Quantisation error", "量化误差")),
        x: { title: say(both("training step", "训练步")), domain: [0, steps] },
        y: { title: say(both("mean |e − q|²", "|e − q|² 的均值")), scale: "log" },
        series: runs.map((r) => ({ name: say(r.name), x: Float64Array.from(r.x), y: Float64Array.from(r.quantization) })),
      },
      ...runs.filter((r) => r.last).map((r) => cloud(r, say)),
    ],
    facts,
  };
}

/** Before training there is the start: one step shows it. */
function before(values: Values, say: Say): LabView {
  const runs = runsOf(values);
  for (const r of runs) advance(r);
  return view(runs, numberOf(values, "steps"), say);
}

export const vqGradient: Lab = {
  id: "vq-gradient",
  topic: "training",
  title: both("Gradients through a codebook", "穿过码本的梯度"),
  claim: both(
    "Turning the gradient as the code turned the point uses more of the codebook than passing it straight through, when data lie off centre.",
    "当数据偏离中心时，按码字转动点的方式转动梯度，比直通梯度用到更多码字。",
  ),
  story: both(
    "Vector quantisation replaces an encoded point e by the nearest code q; that step has no gradient. Straight-through copies the gradient at q to e unchanged. The rotation trick treats q as e turned and stretched, and turns the gradient back. Both autoencoders here are linear, see the same two-dimensional data and keep their codes by moving averages. Move the data off centre or start the codes near the origin, press Play, and compare: how many codes are still used, how far points lie from their codes, and where unused codes are left behind. Start the codes from data and the difference nearly vanishes.",
    "向量量化用最近的码字 q 代替编码点 e，这一步没有梯度。直通法把 q 处的梯度原样给 e；旋转技巧把 q 看作 e 经旋转与伸缩的结果，并把梯度转回去。这里两个自编码器都是线性的，看到同样的二维数据，码字由滑动平均维护。把数据移离中心，或让码字从原点附近开始，按“播放”，然后比较：还有多少码字在用，点离码字多远，未用的码字被丢在哪里。若码字从数据开始，差别几乎消失。",
  ),
  inputs: [
    { kind: "range", name: "centre", label: both("Mean of the data", "数据均值"), min: 0, max: 4, step: 0.25, value: 3 },
    {
      kind: "choice",
      name: "init",
      label: both("Codes start", "码字初始"),
      value: "small",
      options: [
        { value: "small", label: both("near the origin", "原点附近") },
        { value: "unit", label: both("as normal points", "标准正态点") },
        { value: "data", label: both("from data", "取自数据") },
      ],
    },
    { kind: "range", name: "codes", label: both("Codes", "码字数"), min: 4, max: 256, step: 1, value: 64, scale: "log" },
    { kind: "range", name: "steps", label: both("Training steps", "训练步数"), min: 200, max: 6000, step: 100, value: 3000 },
    { kind: "range", name: "lr", label: both("Learning rate", "学习率"), min: 0.001, max: 0.1, step: 0.0001, value: 0.01, scale: "log" },
    seedInput,
  ],
  presets: [
    { label: both("Centred data", "居中的数据"), values: { centre: 0 } },
    { label: both("Codes from data", "码字取自数据"), values: { init: "data" } },
    { label: both("Too fast: it diverges", "太快：发散"), values: { lr: 0.05, centre: 4 } },
  ],
  view: (values, say = english) => before(values, say),
  train(values, say = english) {
    const steps = numberOf(values, "steps");
    return trainAlongside(runsOf(values), steps, advance, (runs) => view(runs, steps, say));
  },
  doesNotShow: both(
    "Two dimensions and linear maps: it shows how codes come to be used or lost, not image quality. The paper's rFID (5.0 to 1.1) is not reproduced, and with data-initialised codes the rotation may reconstruct worse.",
    "二维与线性映射：它展示码字如何被使用或丢失，而不是图像质量。论文的 rFID（5.0 到 1.1）不在此重现；码字取自数据时，旋转的重建可能更差。",
  ),
  sources: [arxiv("2410.06424", "Fifty et al.: the rotation trick"), kexue(10489, "Su: the rotation trick for VQ")],
};
