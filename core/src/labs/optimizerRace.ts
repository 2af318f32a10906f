// Several optimizers from one start on one hill.

import { formatNumber } from "../figure/index.js";
import { gaussian, mulberry32 } from "../linalg/index.js";
import { findOptimizer, type Hyper, simulate, type TestFunctionDescription, testFunction } from "../optim/index.js";
import { arxiv, both, choiceOf, english, type Lab, numberOf, seedInput, type Values } from "./lab.js";

const GRID = 80;

interface Ground {
  readonly label: readonly [en: string, zh: string];
  readonly describe: (values: Values) => TestFunctionDescription;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly start: readonly [number, number];
  readonly least: number;
}

const grounds: Readonly<Record<string, Ground>> = {
  quadratic: {
    label: ["A narrow valley", "狭长的谷"],
    describe: (v) => ({ name: "quadratic", kappa: numberOf(v, "kappa"), theta: 1.3 }),
    x: [-4, 4],
    y: [-3, 3],
    start: [-3.4, 2.2],
    least: 0,
  },
  rosenbrock: {
    label: ["Rosenbrock's banana", "Rosenbrock 香蕉"],
    describe: () => ({ name: "rosenbrock" }),
    x: [-2, 2],
    y: [-1, 3],
    start: [-1.4, 1.6],
    least: 0,
  },
  himmelblau: {
    label: ["Himmelblau, four minima", "Himmelblau，四个极小"],
    describe: () => ({ name: "himmelblau" }),
    x: [-5, 5],
    y: [-5, 5],
    start: [-0.6, -1.2],
    least: 0,
  },
  beale: { label: ["Beale's plateau", "Beale 高原"], describe: () => ({ name: "beale" }), x: [-1, 4.5], y: [-2, 2], start: [0.5, 1.4], least: 0 },
  saddle: { label: ["A saddle", "鞍点"], describe: () => ({ name: "saddle" }), x: [-2, 2], y: [-2, 2], start: [-1.7, 0.02], least: -0.25 },
};

/** Learning rates are the slider's times these: sign methods move by a fixed length and need less. */
const runners: readonly { readonly name: string; readonly factor: number; readonly hyper: (v: Values) => Hyper }[] = [
  { name: "sgd", factor: 1, hyper: () => ({}) },
  { name: "momentum", factor: 1, hyper: (v) => ({ momentum: numberOf(v, "momentum") }) },
  { name: "adam", factor: 1, hyper: (v) => ({ beta1: numberOf(v, "momentum"), beta2: 0.999 }) },
  { name: "lion", factor: 0.3, hyper: (v) => ({ beta1: numberOf(v, "momentum"), beta2: 0.99 }) },
];

export const optimizerRace: Lab = {
  id: "optimizer-race",
  topic: "optimization",
  title: both("Optimizer race", "优化器竞赛"),
  claim: both(
    "Momentum runs down a narrow valley in which gradient descent crawls; sign methods go diagonally at constant speed and end in a cycle as wide as the learning rate.",
    "梯度下降在狭谷中爬行，动量则一路奔下；符号类方法以恒定速度斜行，最后在与学习率一样宽的圈里打转。",
  ),
  story: both(
    "Gradient descent obeys the steepest curvature: in a valley κ times longer than wide it must crawl, and above lr = 2/L it flies off. Momentum averages the zig-zag away. Adam divides by the size of past gradients, so flat directions count as much as steep ones. Lion takes only signs: every step has the same length, whatever the slope, and near the minimum it cannot stop. Its rate here is 0.3 of the slider's. Raise κ, the rate or the noise, or change the ground, and see who overtakes whom; a path that leaves the finite numbers ends with its last finite point.",
    "梯度下降服从最陡的曲率：谷长是谷宽的 κ 倍时它只能爬行，而学习率超过 2/L 就会飞出去。动量把锯齿平均掉。Adam 除以过去梯度的大小，平缓方向与陡峭方向同样重要。Lion 只取符号：无论坡度如何步长都一样，接近极小时也停不下来；它的学习率取滑块值的 0.3 倍。提高 κ、学习率或噪声，或换一种地形，看谁超过谁；离开有限数的轨迹止于最后一个有限点。",
  ),
  inputs: [
    {
      kind: "choice",
      name: "ground",
      label: both("Ground", "地形"),
      value: "quadratic",
      options: Object.entries(grounds).map(([value, { label }]) => ({ value, label: both(...label) })),
    },
    { kind: "range", name: "lr", label: both("Learning rate", "学习率"), min: 1e-4, max: 3, step: 1e-5, value: 0.05, scale: "log" },
    { kind: "range", name: "momentum", label: both("Momentum, β₁", "动量 β₁"), min: 0, max: 0.99, step: 0.01, value: 0.9 },
    { kind: "range", name: "kappa", label: both("Condition κ of the valley", "谷的条件数 κ"), min: 1, max: 1000, step: 1, value: 30, scale: "log" },
    { kind: "range", name: "noise", label: both("Gradient noise σ", "梯度噪声 σ"), min: 0, max: 1, step: 0.02, value: 0 },
    { kind: "range", name: "steps", label: both("Steps", "步数"), min: 10, max: 1000, step: 10, value: 200 },
    seedInput,
  ],
  presets: [
    { label: both("Banana", "香蕉"), values: { ground: "rosenbrock", lr: 0.001, steps: 1000 } },
    { label: both("Too fast", "太快"), values: { lr: 2.05 } },
    { label: both("Noisy", "有噪声"), values: { noise: 0.5 } },
  ],
  view(values, say = english) {
    const ground = grounds[choiceOf(values, "ground")] as Ground;
    const f = testFunction(ground.describe(values));
    const [steps, lr, sigma] = [numberOf(values, "steps"), numberOf(values, "lr"), numberOf(values, "noise")];
    const height = (x: number, y: number) => Math.log10(1 + 100 * (f(Float64Array.of(x, y)).value - ground.least));
    const at = ([from, to]: readonly [number, number], k: number) => from + ((to - from) * k) / (GRID - 1);
    const data = Float64Array.from({ length: GRID * GRID }, (_, k) => height(at(ground.x, k % GRID), at(ground.y, Math.floor(k / GRID))));
    const runs = runners.map(({ name, factor, hyper }) => {
      const z = gaussian(mulberry32(numberOf(values, "seed")));
      const run = simulate(findOptimizer(name), { ...hyper(values), lr: lr * factor, weightDecay: 0 }, f, ground.start, steps, {
        ...(sigma > 0 ? { noise: () => [sigma * z(), sigma * z()] } : {}),
      });
      return { name, run };
    });
    return {
      figures: [
        {
          kind: "contour",
          title: say(both(...ground.label)),
          x: { title: "x", domain: ground.x },
          y: { title: "y", domain: ground.y },
          grid: { rows: GRID, columns: GRID, data },
          lines: 12,
          paths: runs.map(({ name, run }) => ({
            name,
            x: Float64Array.from(run.x, (p) => p[0] as number),
            y: Float64Array.from(run.x, (p) => p[1] as number),
          })),
        },
        {
          kind: "line",
          title: say(both("Loss", "损失")),
          x: { title: say(both("step", "步")), domain: [0, steps] },
          y: { title: "f − min f", scale: "log" },
          series: runs.map(({ name, run }) => ({
            name,
            y: Float64Array.from(run.f, (v) => (v - ground.least > 1e-16 ? v - ground.least : Number.NaN)),
          })),
        },
      ],
      facts: runs.map(({ name, run }) => ({
        label: both(`f − min f, ${name}`, `f − min f，${name}`),
        value: run.status === "diverged" ? `∞ (${run.last.step})` : formatNumber(run.last.f - ground.least, 3),
      })),
    };
  },
  doesNotShow: both(
    "Two dimensions say little about millions: noise, batch size and the geometry of layers decide there. Best rates differ by method; compare each at its own.",
    "二维说明不了千百万维：那里由噪声、批量和各层的几何决定。各方法的最佳学习率不同，应各取其佳再比较。",
  ),
  sources: [
    arxiv("1412.6980", "Kingma, Ba: Adam"),
    arxiv("2302.06675", "Chen et al.: Lion"),
    { title: "Goh: Why Momentum Really Works", url: "https://distill.pub/2017/momentum/" },
  ],
};
