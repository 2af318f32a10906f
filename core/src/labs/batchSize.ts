// How the best learning rate grows with the batch: in proportion, then not at all; for sign updates it can even fall again.

import { formatNumber } from "../figure/index.js";
import { gaussian, type Matrix, mulberry32 } from "../linalg/index.js";
import { scalingSgd, scalingSign } from "../optim/index.js";
import { arxiv, both, english, kexue, type Lab, numberOf, seedInput } from "./lab.js";

const DIMENSION = 24;
const BATCHES = Array.from({ length: 61 }, (_, k) => 2 ** (k / 4));

export const batchSize: Lab = {
  id: "batch-size",
  topic: "optimization",
  title: both("Batch size and learning rate", "批量大小与学习率"),
  claim: both(
    "The best rate of SGD rises with the batch up to a noise scale and then stands still; that of sign updates may rise and fall.",
    "SGD 的最佳学习率随批量上升，直到噪声尺度后停住；符号更新的最佳学习率可能先升后降。",
  ),
  story: both(
    "Near a point with gradient g, noise Σ and curvature H, the best step of a batch of B examples follows from second order: for SGD η* = η_max/(1 + B_noise/B), linear at first, then flat. If only signs are used, as in Adam at small batches, the expected sign grows with √B while entries agree more and more; when the off-diagonal curvature is strong, steps add up and the best rate falls again: the surge. Raise the coupling ρ and a peak appears. Below, how much of the possible decrease one step takes: beyond the noise scale larger batches buy little.",
    "在梯度为 g、噪声为 Σ、曲率为 H 的点附近，B 个样本的批量的最佳步长由二阶展开得到：SGD 为 η* = η_max/(1 + B_noise/B)，起初线性，随后变平。若只用符号（如小批量时的 Adam），符号的期望随 √B 增长，而各分量越来越一致；当非对角曲率很强时步伐叠加，最佳学习率反而下降，即 surge 现象。提高耦合 ρ，峰就出现。下图是一步所取得的可能下降的比例：超过噪声尺度后，更大的批量收益甚微。",
  ),
  inputs: [
    { kind: "range", name: "rho", label: both("Coupling ρ of the curvature", "曲率耦合 ρ"), min: 0, max: 1, step: 0.01, value: 0.3 },
    { kind: "range", name: "noise", label: both("Noise over gradient", "噪声与梯度之比"), min: 0.3, max: 100, step: 0.01, value: 8, scale: "log" },
    { kind: "range", name: "spread", label: both("Spread of curvature", "曲率的离散"), min: 0, max: 2, step: 0.05, value: 0.5 },
    seedInput,
  ],
  presets: [
    { label: both("No coupling", "无耦合"), values: { rho: 0 } },
    { label: both("Strong surge", "强 surge"), values: { rho: 0.8 } },
  ],
  view(values, say = english) {
    const [rho, noise, spread] = [numberOf(values, "rho"), numberOf(values, "noise"), numberOf(values, "spread")];
    const z = gaussian(mulberry32(numberOf(values, "seed")));
    const g = Float64Array.from({ length: DIMENSION }, () => z());
    const sigma = g.map((v) => noise * Math.abs(v) * Math.exp(0.3 * z()));
    const diagonal = Float64Array.from({ length: DIMENSION }, () => Math.exp(spread * z()));
    const H: Matrix = {
      rows: DIMENSION,
      columns: DIMENSION,
      // Curvature that couples entries by the signs of their gradients: positive definite for every ρ in [0, 1].
      data: Float64Array.from({ length: DIMENSION * DIMENSION }, (_, k) => {
        const [i, j] = [Math.floor(k / DIMENSION), k % DIMENSION];
        const root = Math.sqrt((diagonal[i] as number) * (diagonal[j] as number));
        return i === j ? (diagonal[i] as number) : rho * root * Math.sign((g[i] as number) * (g[j] as number));
      }),
    };
    const sgd = scalingSgd(g, sigma, H, BATCHES);
    const { modes, surge } = scalingSign(g, sigma, H, BATCHES);
    const x = Float64Array.from(BATCHES);
    const share = (values: readonly number[], most: number) => Float64Array.from(values, (v) => v / most);
    const relative = (values: readonly number[]) => share(values, Math.max(...values));
    return {
      figures: [
        {
          kind: "line",
          title: say(both("Best learning rate", "最佳学习率")),
          x: { title: say(both("batch size B", "批量 B")), scale: "log" },
          y: { title: say(both("η* over its largest value", "η* 与其最大值之比")), scale: "log" },
          series: [
            ...(sgd ? [{ name: "SGD", x, y: relative(sgd.etaOpt) }] : []),
            { name: say(both("sign, exact", "符号，精确")), x, y: relative(modes.erf.eta) },
            { name: say(both("sign, mean field", "符号，平均场")), x, y: relative(modes.meanfield.eta), dashed: true },
          ],
          ...(sgd && sgd.bNoise >= 1 && sgd.bNoise <= (BATCHES[BATCHES.length - 1] as number)
            ? { mark: { x: sgd.bNoise, name: say(both("noise scale", "噪声尺度")) } }
            : {}),
        },
        {
          kind: "line",
          title: say(both("Decrease of the loss in one best step", "最佳一步中损失的下降")),
          x: { title: say(both("batch size B", "批量 B")), scale: "log" },
          y: { title: say(both("share of the most possible", "占最大可能下降的比例")), domain: [0, 1.0001] },
          series: [
            ...(sgd ? [{ name: "SGD", x, y: share(sgd.deltaL, sgd.deltaLMax) }] : []),
            { name: say(both("sign, exact", "符号，精确")), x, y: relative(modes.erf.deltaL) },
          ],
        },
      ],
      facts: [
        { label: both("Noise scale of SGD", "SGD 的噪声尺度"), value: sgd ? formatNumber(sgd.bNoise, 3) : "–" },
        { label: both("Peak of the mean field", "平均场的峰"), value: surge.bPeak === null ? "–" : formatNumber(surge.bPeak, 3) },
      ],
    };
  },
  doesNotShow: both(
    "One step near one point: over a training g, Σ and H change, and the noise scale grows with them.",
    "这只是某一点附近的一步：训练过程中 g、Σ、H 都在变，噪声尺度也随之增大。",
  ),
  sources: [
    arxiv("1812.06162", "McCandlish et al.: An Empirical Model of Large-Batch Training"),
    arxiv("2405.14578", "Li et al.: Surge Phenomenon"),
    kexue(10542, "Su: batch size and learning rate"),
  ],
};
