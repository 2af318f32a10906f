// Which measures of sparsity behave as one would ask of them.

import { formatNumber } from "../figure/index.js";
import { mulberry32 } from "../linalg/index.js";
import { sparsityAxioms, sparsityMeasures } from "../sparsity/index.js";
import { arxiv, both, english, kexue, type Lab, numberOf, seedInput } from "./lab.js";

const EXPONENTS = Array.from({ length: 25 }, (_, k) => k / 8);
const AXIOMS = ["robinHood", "scaling", "risingTide", "cloning", "billGates", "babies"] as const;
const SHOWN = ["gini", "pqIndex(0.5,1)", "hoyer", "1-H/ln n", "l2/l1", "-meanMax", "kurtosis k4", "zeroRatio", "-l0.5", "-l1"];

const power = (n: number, exponent: number) => Float64Array.from({ length: n }, (_, k) => (k + 1) ** -exponent);

export const sparsityAxiomsLab: Lab = {
  id: "sparsity-axioms",
  topic: "matrices",
  title: both("What is a measure of sparsity?", "什么是稀疏性度量？"),
  claim: both(
    "Of the usual measures only Gini and the pq-mean meet all six natural demands; zero counts, l₁ and kurtosis fail several.",
    "常用度量中只有 Gini 与 pq 均值满足全部六条自然要求；零的个数、l₁ 与峰度各有几条不满足。",
  ),
  story: both(
    "Call a vector sparse when few entries hold most of the weight. Six demands seem natural. Robin Hood: taking from the rich makes it less sparse. Scaling changes nothing. Rising tide: adding the same to all makes it less sparse. Cloning: two copies are as sparse as one. Bill Gates: one entry growing without end makes it sparser. Babies: so does appending zeros. The table searches random vectors for counterexamples: bright cells found none. Above, the measures of a power law: the exponent makes it sparser, and each measure rises in its own way.",
    "若少数元素占去大部分重量，就称向量稀疏。有六条自然的要求。罗宾汉：劫富济贫使其变得不稀疏。缩放：不改变任何东西。涨潮：人人加同样多，变得不稀疏。克隆：两份与一份同样稀疏。比尔·盖茨：一个元素无限增长，变得更稀疏。婴儿：添加零也是。表格在随机向量中寻找反例：亮的格子没有找到。左图是幂律向量的各种度量：指数越大越稀疏，各度量以各自的方式上升。",
  ),
  inputs: [
    { kind: "range", name: "n", label: both("Length of the vector", "向量长度"), min: 2, max: 512, step: 1, value: 64, scale: "log" },
    { kind: "range", name: "exponent", label: both("Exponent of the power law", "幂律指数"), min: 0, max: 3, step: 0.05, value: 1 },
    { kind: "range", name: "trials", label: both("Trials per axiom", "每条公理的试验次数"), min: 10, max: 200, step: 10, value: 60 },
    seedInput,
  ],
  view(values, say = english) {
    const [n, exponent, trials] = [numberOf(values, "n"), numberOf(values, "exponent"), numberOf(values, "trials")];
    const curves = EXPONENTS.map((e) => sparsityMeasures(power(n, e)));
    const here = sparsityMeasures(power(n, exponent));
    const x = Float64Array.from(EXPONENTS);
    const held = SHOWN.map((name) => {
      const result = sparsityAxioms(name, trials, mulberry32(numberOf(values, "seed")));
      return AXIOMS.map((a) => (result[a] ? 1 : 0));
    });
    const all = SHOWN.filter((_, k) => (held[k] as number[]).every((v) => v === 1));
    return {
      figures: [
        {
          kind: "line",
          title: say(both("Measures of the power law k^(−a)", "幂律 k^(−a) 的各种度量")),
          x: { title: say(both("exponent a", "指数 a")), domain: [0, 3] },
          y: { title: say(both("measure", "度量")), domain: [0, 1.0001] },
          series: [
            { name: "Gini", x, y: Float64Array.from(curves, (c) => c.gini) },
            { name: "Hoyer", x, y: Float64Array.from(curves, (c) => c.hoyer ?? Number.NaN) },
            { name: "1 − H/ln n", x, y: Float64Array.from(curves, (c) => c.entropySparsity ?? Number.NaN) },
            { name: say(both("PQ index (½, 1)", "PQ 指标 (½, 1)")), x, y: Float64Array.from(curves, (c) => c.pqIndex_05_1) },
          ],
          mark: { x: exponent, name: `a = ${formatNumber(exponent, 3)}` },
        },
        {
          kind: "heatmap",
          title: say(both("Axioms without a counterexample", "没有找到反例的公理")),
          matrix: { rows: SHOWN.length, columns: AXIOMS.length, data: Float64Array.from(held.flat()) },
          scale: "sequential",
          limits: [0, 1],
          rowTitle: say(both("1 Gini, 2 PQ, 3 Hoyer, 4 entropy ...", "1 Gini，2 PQ，3 Hoyer，4 熵……")),
          columnTitle: say(both("Robin Hood, scaling, tide, cloning, Gates, babies", "罗宾汉，缩放，涨潮，克隆，盖茨，婴儿")),
        },
      ],
      facts: [
        { label: both("Gini", "Gini"), value: formatNumber(here.gini, 3) },
        { label: both("Effective count", "有效个数"), value: formatNumber(here.effectiveCount, 3) },
        { label: both("Meet all six", "满足全部六条"), value: all.join(", ") || "–" },
      ],
    };
  },
  doesNotShow: both(
    "A search that finds no counterexample is no proof: few trials flatter a measure. For Gini and the pq-mean there are proofs.",
    "没有找到反例不等于证明：试验太少会高估某种度量。Gini 与 pq 均值是有证明的。",
  ),
  sources: [arxiv("0811.4706", "Hurley, Rickard: Comparing Measures of Sparsity"), kexue(9595, "Su: on measures of sparsity")],
};
