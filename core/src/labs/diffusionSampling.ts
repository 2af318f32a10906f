// One equation, few evaluations: how solvers of the probability-flow ODE spend them.

import {
  type Denoiser,
  euler,
  fitMeanDirection,
  heun,
  karrasSigmas,
  midSlope,
  mixtureScore,
  rk4LogSigma,
  sampleMixture,
  solvePfOde,
} from "../diffusion/index.js";
import { formatNumber } from "../figure/index.js";
import { gaussian, mulberry32 } from "../linalg/index.js";
import { arxiv, both, choiceOf, english, kexue, type Lab, numberOf, seedInput, type Text } from "./lab.js";

const COUNT = 60;
const FIT = 12;
/** Substeps of the teacher in a step, and of what counts as exact over the whole way. */
const [TEACHER, EXACT] = [4, 24];
const BUDGETS = [4, 6, 8, 10];
const GRID = Array.from({ length: 19 }, (_, k) => 0.05 * (k + 1));
const [LOW, HIGH] = [0.02, 10];

type Name = "euler" | "heun" | "dpm2" | "mean";
const names: Readonly<Record<Name, Text>> = {
  euler: both("Euler", "Euler"),
  heun: both("Heun", "Heun"),
  dpm2: both("DPM-Solver-2", "DPM-Solver-2"),
  mean: both("fitted mean value", "拟合的中值"),
};

function ring(modes: number) {
  const angle = (k: number) => (2 * Math.PI * k) / modes;
  return {
    weights: Array.from({ length: modes }, () => 1 / modes),
    means: Array.from({ length: modes }, (_, k) => [1.5 * Math.cos(angle(k)), 1.5 * Math.sin(angle(k))]),
    variances: Array.from({ length: modes }, () => 0.05),
  };
}

export const diffusionSampling: Lab = {
  id: "diffusion-sampling",
  topic: "generation",
  title: both("Few-step diffusion sampling", "少步扩散采样"),
  claim: both(
    "At six evaluations a fitted middle time beats Euler by a factor of two, while Heun and DPM-Solver-2 are worse than Euler.",
    "六次求值时，拟合的中间时刻比 Euler 好一倍，而 Heun 与 DPM-Solver-2 反而比 Euler 差。",
  ),
  story: both(
    "The data are Gaussians on a ring, so the exact score is known and all error is the solver's. From noise at σ = 10 the probability-flow ODE runs down to σ = 0.02. Euler takes one slope a step. Heun averages two, DPM-Solver-2 takes the slope at the geometric middle: both spend two evaluations and make half as many, too long steps. The mean value theorem says that some time in between has exactly the right slope; fitting that time r for each step to a fine teacher's trajectory costs nothing at sampling. The right picture shows which budget suits whom.",
    "数据是环上的高斯，所以精确得分已知，一切误差都来自求解器。从 σ = 10 的噪声出发，概率流 ODE 走到 σ = 0.02。Euler 每步取一个斜率；Heun 取两个的平均，DPM-Solver-2 取几何中点的斜率：两者每步花两次求值，因而步数减半、步子太长。中值定理说，中间某一时刻的斜率恰好正确；把每步的时刻 r 拟合到精细教师的轨迹，采样时不增加任何代价。右图显示何种预算适合谁。",
  ),
  inputs: [
    { kind: "range", name: "nfe", label: both("Evaluations", "求值次数"), min: 4, max: 10, step: 2, value: 6 },
    {
      kind: "choice",
      name: "solver",
      label: both("Solver on the left", "左图的求解器"),
      value: "mean",
      options: (Object.keys(names) as Name[]).map((value) => ({ value, label: names[value] })),
    },
    { kind: "range", name: "modes", label: both("Gaussians", "高斯个数"), min: 1, max: 8, step: 1, value: 4 },
    seedInput,
  ],
  view(values, say = english) {
    const [nfe, modes] = [numberOf(values, "nfe"), numberOf(values, "modes")];
    const chosen = choiceOf<Name>(values, "solver");
    const mixture = ring(modes);
    const denoise: Denoiser = (x, s) => mixtureScore(mixture, x, 1, s).denoised;
    const z = gaussian(mulberry32(numberOf(values, "seed")));
    const draw = (n: number, noise: number) =>
      Array.from({ length: n }, (_, i) => sampleMixture(mixture, ((i % modes) + 0.5) / modes, z).map((v) => v + noise * z()));
    const [data, start, fit] = [draw(COUNT, 0), draw(COUNT, HIGH), draw(FIT, HIGH)];
    const cloud = (points: readonly ArrayLike<number>[]) => Float64Array.from(points.flatMap((p) => Array.from(p)));
    const target = cloud(data);
    const run = (name: Name, budget: number): Float64Array => {
      // Two evaluations a step, except for Euler.
      const levels = karrasSigmas((name === "euler" ? budget : budget / 2) + 1, LOW, HIGH);
      if (name === "euler") return cloud(start.map((x) => solvePfOde(denoise, x, levels, euler)));
      if (name === "heun") return cloud(start.map((x) => solvePfOde(denoise, x, levels, heun)));
      const r = name === "dpm2" ? [] : fitMeanDirection(denoise, levels, fit, GRID, TEACHER, "trajectory").r;
      return cloud(start.map((x) => solvePfOde(denoise, x, levels, (k: number) => midSlope(r[k] ?? 0.5))));
    };
    const exact = cloud(start.map((x) => rk4LogSigma(denoise, x, HIGH, LOW, EXACT)));
    const miss = (c: Float64Array) => Math.sqrt(c.reduce((s, v, i) => s + (v - (exact[i] as number)) ** 2, 0) / COUNT);
    const all = (Object.keys(names) as Name[]).map((name) => {
      const clouds = BUDGETS.map((b) => run(name, b));
      return { name, clouds, error: clouds.map(miss) };
    });
    const shown = all.find((s) => s.name === chosen)?.clouds[BUDGETS.indexOf(nfe)] as Float64Array;
    const part = (c: Float64Array, k: 0 | 1) => Float64Array.from({ length: c.length / 2 }, (_, i) => c[2 * i + k] as number);
    return {
      figures: [
        {
          kind: "scatter",
          title: say(both(`${names[chosen].en}, ${nfe} evaluations`, `${names[chosen].zh}，${nfe} 次求值`)),
          x: { title: "x₁", domain: [-3, 3] },
          y: { title: "x₂", domain: [-3, 3] },
          square: true,
          series: [
            { name: say(both("data", "数据")), x: part(target, 0), y: part(target, 1) },
            { name: say(both("samples", "样本")), x: part(shown, 0), y: part(shown, 1) },
          ],
        },
        {
          kind: "line",
          title: say(both("Distance to where each path should end", "与各轨迹应有终点的距离")),
          x: { title: say(both("evaluations", "求值次数")), integer: true },
          y: { title: say(both("root mean square distance", "均方根距离")), scale: "log" },
          series: all.map(({ name, error }) => ({ name: say(names[name]), x: Float64Array.from(BUDGETS), y: Float64Array.from(error) })),
          mark: { x: nfe, name: String(nfe) },
        },
      ],
      facts: all.map(({ name, error }) => ({
        label: both(`Distance, ${names[name].en}`, `距离，${names[name].zh}`),
        value: formatNumber(error[BUDGETS.indexOf(nfe)] as number, 3),
      })),
    };
  },
  doesNotShow: both(
    "A learned score has errors of its own, and images have curved trajectories in more than a plane: the FID of AMED (6.61 at five evaluations on CIFAR-10) is not reproduced.",
    "学得的得分自身有误差，图像的轨迹也不止在一个平面内弯曲：AMED 的 FID（CIFAR-10 五次求值 6.61）不在此重现。",
  ),
  sources: [
    arxiv("2312.00094", "Zhou et al.: Fast ODE-based Sampling in Around 5 Steps"),
    arxiv("2206.00364", "Karras et al.: EDM"),
    kexue(9881, "Su: the mean value theorem and few-step ODE sampling"),
  ],
};
