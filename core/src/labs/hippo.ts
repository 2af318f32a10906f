// A state of N numbers that remembers a whole signal, whatever its length.

import { formatNumber, type LineFigure } from "../figure/index.js";
import { legsFit, midpoints } from "../ssm/index.js";
import { arxiv, both, choiceOf, english, kexue, type Lab, numberOf } from "./lab.js";

const L = 400;
const ORDERS = [2, 4, 8, 12, 16, 24, 32, 48, 64];

const signals: Readonly<Record<string, { readonly label: readonly [string, string]; readonly at: (t: number, f: number) => number }>> = {
  chirp: { label: ["a rising tone", "升调"], at: (t, f) => Math.sin(2 * Math.PI * f * t * t) },
  wave: { label: ["two tones", "双音"], at: (t, f) => Math.sin(2 * Math.PI * f * t) + 0.5 * Math.sin(2 * Math.PI * 2.7 * f * t + 1) },
  step: { label: ["jumps", "跳变"], at: (t, f) => (Math.floor(2 * f * t) % 2 ? -1 : 1) },
  pulse: { label: ["an early pulse", "早先的脉冲"], at: (t) => Math.exp(-((t - 0.15) ** 2) / 0.0008) },
};

export const hippo: Lab = {
  id: "hippo",
  topic: "sequences",
  title: both("HiPPO: remembering a signal in N numbers", "HiPPO：用 N 个数记住信号"),
  claim: both(
    "The state of HiPPO-LegS is the Legendre projection of everything seen so far: smooth signals need few numbers, jumps need many.",
    "HiPPO-LegS 的状态就是迄今所见一切的 Legendre 投影：光滑信号只需少量的数，跳变则需很多。",
  ),
  story: both(
    "A recurrent network carries a state of fixed size. Which one remembers best? HiPPO answers: the coefficients of the best polynomial approximation of the past. For the scaled Legendre measure, all of the past counts equally and time has no scale: a signal played at half the speed leaves the same state. Choose a signal and the size N of the state, and see what can be drawn back from it. The error falls faster than any power of N for smooth signals and only like N^(−1/2) for jumps, where ripples stay. These matrices initialise S4 and its successors.",
    "循环网络携带大小固定的状态。怎样的状态记得最好？HiPPO 的回答：对过去的最佳多项式逼近的系数。取缩放的 Legendre 测度时，过去一视同仁，时间没有尺度：以半速播放的信号留下同样的状态。选择信号与状态大小 N，看能从中还原出什么。光滑信号的误差比 N 的任何幂都下降得快；跳变只像 N^(−1/2)，并留下波纹。这些矩阵是 S4 及其后继者的初始化。",
  ),
  inputs: [
    {
      kind: "choice",
      name: "signal",
      label: both("Signal", "信号"),
      value: "chirp",
      options: Object.entries(signals).map(([value, { label }]) => ({ value, label: both(...label) })),
    },
    { kind: "range", name: "N", label: both("Numbers in the state, N", "状态大小 N"), min: 1, max: 64, step: 1, value: 16 },
    { kind: "range", name: "f", label: both("Frequency", "频率"), min: 0.5, max: 10, step: 0.25, value: 4, unit: "1/T" },
  ],
  presets: [
    { label: both("Jumps, many numbers", "跳变，多个数"), values: { signal: "step", N: 64, f: 2 } },
    { label: both("Too few", "太少"), values: { N: 6 } },
  ],
  view(values, say = english) {
    const { at } = signals[choiceOf(values, "signal")] as (typeof signals)[string];
    const [N, f] = [numberOf(values, "N"), numberOf(values, "f")];
    const t = midpoints(L);
    const u = t.map((v) => at(v, f));
    const { reconstruction, rmse, c } = legsFit(u, N);
    const figures: LineFigure[] = [
      {
        kind: "line",
        title: say(both(`The signal, and what ${N} numbers tell of it`, `信号，以及 ${N} 个数所能还原的`)),
        x: { title: say(both("time (share of the past)", "时间（占过去的比例）")), domain: [0, 1] },
        y: { title: "u" },
        series: [
          { name: say(both("signal", "信号")), x: t, y: u },
          { name: say(both("from the state", "由状态还原")), x: t.slice(), y: reconstruction.slice(), dashed: true },
        ],
      },
      {
        kind: "line",
        title: say(both("Error by size of the state", "误差与状态大小")),
        x: { title: "N" },
        y: { title: say(both("root mean square error", "均方根误差")), scale: "log" },
        series: [
          { name: say(both("error", "误差")), x: Float64Array.from(ORDERS), y: Float64Array.from(ORDERS, (n) => legsFit(u, n).rmse || Number.NaN) },
        ],
        mark: { x: N, name: `N = ${N}` },
      },
    ];
    return {
      figures,
      facts: [
        { label: both("Root mean square error", "均方根误差"), value: formatNumber(rmse, 3) },
        {
          label: both("Largest coefficient", "最大系数"),
          value: formatNumber(
            c.reduce((m, v) => Math.max(m, Math.abs(v)), 0),
            3,
          ),
        },
      ],
    };
  },
  doesNotShow: both(
    "The step-by-step recurrence adds an error of its discretisation; here the projection itself is shown. Learning on top of it is another matter.",
    "逐步递推会带来离散化误差；这里显示的是投影本身。在其上学习是另一回事。",
  ),
  sources: [arxiv("2008.07669", "Gu et al.: HiPPO"), arxiv("2206.12037", "Gu et al.: How to Train Your HiPPO"), kexue(10114, "Su: HiPPO and S4")],
};
