// A momentum that never dies: gradual underflow stops it a few units above zero, and its sign stays.

import { formatNumber } from "../figure/index.js";
import { type FloatType, f16round, stickySign } from "../optim/index.js";
import { both, english, kexue, type Lab, numberOf } from "./lab.js";

const formats: readonly { readonly name: FloatType; readonly round: (x: number) => number }[] = [
  { name: "float16", round: f16round },
  { name: "float32", round: Math.fround },
  { name: "float64", round: (x) => x },
];
const POINTS = 500;

/** m at some of the steps until it stays, about POINTS of them. */
function path(round: (x: number) => number, beta: number, m0: number, steps: number): { x: Float64Array; y: Float64Array } {
  const every = Math.max(1, Math.floor(steps / POINTS));
  const [x, y]: [number[], number[]] = [[], []];
  let m = round(m0);
  for (let k = 0; k <= steps; k++) {
    if (k % every === 0 || k === steps) {
      x.push(k + 1);
      y.push(m);
    }
    m = round(round(beta) * m);
  }
  return { x: Float64Array.from(x), y: Float64Array.from(y) };
}

export const stickySignLab: Lab = {
  id: "sticky-sign",
  topic: "optimization",
  title: both("The sign that never lets go", "永不松手的符号"),
  claim: both(
    "After one gradient and then none, the momentum stops a few smallest units above zero: its sign, and a step of full length, stay for ever.",
    "只有一次梯度而后为零时，动量停在零之上几个最小单位：它的符号和一个全长的步会永远留下。",
  ),
  story: both(
    "Sign optimizers such as Tiger and Lion step by the sign of a momentum m ← βm. In exact arithmetic m falls towards zero and only its sign remains, which never changes. In floating point one might hope that m reaches zero. It does not: below the smallest normal number precision is lost unit by unit, and when βm rounds back to m nothing moves any more. For β = 0.965 that happens at 14 units in every format. An embedding row that was seen once therefore drifts by the learning rate at every later step. A smaller β lets the momentum die.",
    "Tiger、Lion 等符号优化器按动量 m ← βm 的符号前进。在精确算术中 m 趋于零，只剩永不改变的符号。人们或许指望浮点数中的 m 会到零。并不会：在最小正规数以下，精度逐单位丧失，当 βm 舍入回 m 时一切就停住了。β = 0.965 时，各种格式都停在 14 个单位处。于是只出现过一次的词向量行，此后每一步都会漂移一个学习率。较小的 β 才能让动量消失。",
  ),
  inputs: [
    { kind: "range", name: "beta", label: both("β", "β"), min: 0.3, max: 0.99, step: 0.005, value: 0.965 },
    { kind: "range", name: "m0", label: both("First momentum", "初始动量"), min: 1e-4, max: 10, step: 1e-5, value: 0.035, scale: "log" },
  ],
  presets: [{ label: both("β = ½: it dies", "β = ½：会消失"), values: { beta: 0.5 } }],
  view(values, say = english) {
    const [beta, m0] = [numberOf(values, "beta"), numberOf(values, "m0")];
    const ends = formats.map(({ name, round }) => ({ name, round, ...stickySign(name, beta, m0) }));
    return {
      figures: [
        {
          kind: "line",
          title: say(both("The momentum after one gradient", "一次梯度之后的动量")),
          x: { title: say(both("step", "步")), scale: "log" },
          y: { title: "m", scale: "log" },
          series: ends.map(({ name, round, steps }) => ({ name, ...path(round, beta, m0, steps) })),
        },
        {
          kind: "bars",
          title: say(both("Where it stops", "停在何处")),
          x: { title: "" },
          y: { title: say(both("units of the smallest number", "最小数的倍数")) },
          labels: ends.map((e) => e.name),
          series: [{ name: say(both("units", "单位")), y: Float64Array.from(ends, (e) => e.finalUlps) }],
        },
      ],
      facts: ends.map(({ name, steps, finalUlps }) => ({
        label: both(`${name}: steps, units left`, `${name}：步数，剩余单位`),
        value: `${steps}, ${formatNumber(finalUlps)}`,
      })),
    };
  },
  doesNotShow: both(
    "Hardware that flushes subnormal numbers to zero: there the momentum does die, earlier.",
    "把次正规数直接置零的硬件：那里动量会更早消失。",
  ),
  sources: [kexue(9512, "Su: Tiger, a tight-fisted optimizer"), kexue(9736, "Su: on rarely updated embeddings")],
};
