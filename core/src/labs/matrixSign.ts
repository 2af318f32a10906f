// How a few products of matrices make all singular values nearly one: the step inside Muon.

import { formatNumber } from "../figure/index.js";
import { type ScheduleName, scalarPath, scalarRange, schedules } from "../msign/index.js";
import { both, choiceOf, english, kexue, type Lab, numberOf } from "./lab.js";

const POINTS = 600;

const names: Readonly<Record<ScheduleName, string>> = {
  "keller-jordan": "Keller Jordan (Muon)",
  "classic-cubic": "Newton-Schulz, cubic",
  "classic-quintic": "Newton-Schulz, quintic",
  "su-uniform": "Su, least squares",
  "you-jiacheng-6": "You Jiacheng, six steps",
  "su-x3": "Su, five steps",
  "polar-express": "Polar Express",
};
/** A schedule used beyond its end may blow up: such values leave a gap. */
const finite = (v: number | undefined) => (v !== undefined && Math.abs(v) < 1e6 ? v : Number.NaN);

export const matrixSign: Lab = {
  id: "matrix-sign",
  topic: "optimization",
  title: both("Newton-Schulz: all singular values to one", "Newton-Schulz：把奇异值都推向一"),
  claim: both(
    "Five steps of an odd polynomial bring every singular value above .001 into [0.47, 1.21], without ever computing one.",
    "五步奇次多项式就把 .001 以上的奇异值都带进 [0.47, 1.21]，而从不计算任何奇异值。",
  ),
  story: both(
    "Muon replaces a gradient UΣVᵀ by UVᵀ, its matrix sign. Instead of an SVD it applies X ← aX + bXXᵀX + c(XXᵀ)²X a few times after dividing by the Frobenius norm. That acts on each singular value alone: s ← as + bs³ + cs⁵. So one curve says everything. Steep at zero (a = 3.4445), it lifts small values fast, and pays with a band around one that it never leaves. Other schedules settle exactly at one but start more slowly. Choose one, add steps, and read the band for all values above the cut.",
    "Muon 用梯度 UΣVᵀ 的矩阵符号 UVᵀ 代替它。它不做奇异值分解，而是先除以 Frobenius 范数，再把 X ← aX + bXXᵀX + c(XXᵀ)²X 重复几次。这对每个奇异值单独起作用：s ← as + bs³ + cs⁵，所以一条曲线就说明了一切。它在零处很陡（a = 3.4445），很快抬升小的值，代价是在一附近留下一条永不离开的带。其他系数会精确收敛到一，但起步更慢。选一种，增加步数，读出截断以上所有值所在的带。",
  ),
  inputs: [
    {
      kind: "choice",
      name: "schedule",
      label: both("Coefficients", "系数"),
      value: "keller-jordan",
      options: (Object.keys(schedules) as ScheduleName[]).map((value) => ({ value, label: both(names[value], names[value]) })),
    },
    { kind: "range", name: "steps", label: both("Steps", "步数"), min: 0, max: 10, step: 1, value: 5 },
    { kind: "range", name: "least", label: both("Least singular value", "最小奇异值"), min: 1e-5, max: 0.5, step: 1e-6, value: 1e-3, scale: "log" },
  ],
  view(values, say = english) {
    const schedule = schedules[choiceOf<ScheduleName>(values, "schedule")];
    const [steps, least] = [numberOf(values, "steps"), numberOf(values, "least")];
    const xs = Float64Array.from({ length: POINTS }, (_, k) => (least / 3) ** (1 - k / (POINTS - 1)));
    const paths = Array.from(xs, (x) => scalarPath(x, schedule, steps));
    const shown = [...new Set([0, 1, Math.ceil(steps / 2), steps])].filter((k) => k <= steps);
    const { min, max } = scalarRange(schedule, steps, least);
    const single = scalarPath(least, schedule, Math.max(steps, 1));
    return {
      figures: [
        {
          kind: "line",
          title: say(both("What becomes of a singular value", "一个奇异值的去向")),
          x: { title: say(both("singular value before (share of the norm)", "之前的奇异值（占范数的比例）")), scale: "log", domain: [least / 3, 1] },
          y: { title: say(both("after", "之后")), domain: [0, Math.max(1.3, Math.min(2, max * 1.05) || 2)] },
          series: shown.map((k) => ({
            name: say(both(`${k} ${k === 1 ? "step" : "steps"}`, `${k} 步`)),
            x: xs,
            y: Float64Array.from(paths, (p) => finite(p[k])),
          })),
          mark: { x: least, name: `s = ${formatNumber(least, 3)}` },
        },
        {
          kind: "line",
          title: say(both("The least value, step by step", "最小的值，逐步变化")),
          x: { title: say(both("step", "步")), integer: true },
          y: { title: say(both("singular value", "奇异值")), scale: "log" },
          series: [{ name: say(both("least", "最小")), y: Float64Array.from(single, finite) }],
        },
      ],
      facts: [
        { label: both("Values from", "最小输出"), value: formatNumber(min, 4) },
        { label: both("to", "最大输出"), value: formatNumber(max, 4) },
      ],
    };
  },
  doesNotShow: both(
    "Whether a looser band costs anything in training: Muon's own runs say it does not, and that is not measured here.",
    "带的松紧在训练中是否有代价：Muon 自己的实验说没有，此处不做测量。",
  ),
  sources: [
    { title: "Keller Jordan et al.: Muon", url: "https://kellerjordan.github.io/posts/muon/" },
    kexue(10592, "Su: Muon"),
    kexue(10922, "Su: coefficients of the msign iteration"),
  ],
};
