// Blocks against directions: what a Monarch matrix and a matrix of low rank make of the same number of numbers.

import { formatNumber } from "../figure/index.js";
import { gaussian, type Matrix, mulberry32, norm, singularValues } from "../linalg/index.js";
import { monarchDense, monarchFlops, monarchParams, monarchProject } from "../structured/index.js";
import { arxiv, both, choiceOf, english, kexue, type Lab, numberOf, seedInput, type Text } from "./lab.js";

interface Kind {
  readonly label: Text;
  /** The entry at (i, j) of a matrix of b² rows and columns. */
  readonly entries: (b: number, density: number, seed: number) => (i: number, j: number) => number;
}

const cosines = (n: number) => (product: number) => Math.cos((2 * Math.PI * (product % n)) / n);

const kinds: Readonly<Record<string, Kind>> = {
  sparse: {
    label: both("sparse, random", "随机稀疏"),
    entries: (_b, density, seed) => {
      const random = mulberry32(seed);
      const z = gaussian(random);
      return () => (random() < density ? z() : 0);
    },
  },
  smooth: { label: both("smooth: .9^|i − j|", "光滑：.9^|i − j|"), entries: () => (i, j) => 0.9 ** Math.abs(i - j) },
  cosines: { label: both("cosines of a Fourier transform", "Fourier 变换的余弦"), entries: (b) => (i, j) => cosines(b * b)(i * j) },
  reordered: {
    label: both("the same, columns reordered", "同上，列重新排序"),
    // Column kb + p of the new order is column pb + k of the old: one step of Cooley and Tukey.
    entries: (b) => (i, j) => cosines(b * b)(i * ((j % b) * b + Math.floor(j / b))),
  },
};

const share = (v: number) => formatNumber(v < 1e-14 ? 0 : v, 3);

export const monarchLab: Lab = {
  id: "monarch",
  topic: "matrices",
  title: both("Monarch matrices: low rank, block by block", "Monarch 矩阵：逐块低秩"),
  claim: both(
    "For the same count of numbers a Monarch matrix comes nearer to a sparse matrix than low rank does, and less near to a smooth one; a reordered Fourier transform it meets exactly.",
    "存储同样多的数时，Monarch 矩阵比低秩更接近稀疏矩阵，而对光滑矩阵则不如低秩；重新排序的 Fourier 变换它能精确表示。",
  ),
  story: both(
    "Cut a matrix of n = b² rows into b² submatrices: every b-th row against b columns in a row. A Monarch matrix has each of them of rank t. It is a product of two block-diagonal matrices with a permutation between, holds 2tnb numbers and is applied in n^1.5 steps instead of n². The nearest one takes the best rank t of every block. Low rank with as many numbers has rank tb. Who is nearer depends on the matrix. Sparse ones have no common directions, but few entries a block. Smooth ones are the reverse. The cosines of a Fourier transform need only their columns reordered: then rank two in every block is everything.",
    "把 n = b² 行的矩阵切成 b² 个子矩阵：每隔 b 行取一行，对 b 个相邻的列。Monarch 矩阵的每个子矩阵秩为 t；它是两个块对角矩阵夹一个置换的乘积，共 2tnb 个数，乘以向量只需 n^1.5 步而非 n²。最近的 Monarch 矩阵取每块的最佳秩 t 逼近，无需搜索。同样多的数可得秩为 tb 的低秩矩阵。谁更近取决于矩阵：稀疏矩阵没有公共方向，但每块元素很少；光滑矩阵正好相反。Fourier 变换的余弦只需把列重新排序：每块秩二就是全部。",
  ),
  inputs: [
    {
      kind: "choice",
      name: "matrix",
      label: both("Matrix", "矩阵"),
      value: "sparse",
      options: Object.entries(kinds).map(([value, { label }]) => ({ value, label })),
    },
    { kind: "range", name: "t", label: both("Rank t of each block", "每块的秩 t"), min: 1, max: 8, step: 1, value: 1 },
    { kind: "range", name: "b", label: both("Size b of a block (n = b²)", "块的大小 b（n = b²）"), min: 2, max: 8, step: 1, value: 8 },
    {
      kind: "range",
      name: "density",
      label: both("Share of entries (sparse)", "非零比例（稀疏）"),
      min: 0.02,
      max: 1,
      step: 0.001,
      value: 0.05,
      scale: "log",
    },
    seedInput,
  ],
  presets: [
    { label: both("Smooth", "光滑"), values: { matrix: "smooth" } },
    { label: both("Fourier, in order", "Fourier，原顺序"), values: { matrix: "cosines", t: 2 } },
    { label: both("Fourier, reordered", "Fourier，重新排序"), values: { matrix: "reordered", t: 2 } },
  ],
  view(values, say = english) {
    const b = numberOf(values, "b");
    const t = Math.min(b, numberOf(values, "t"));
    const n = b * b;
    const at = (kinds[choiceOf(values, "matrix")] as Kind).entries(b, numberOf(values, "density"), numberOf(values, "seed"));
    const matrix: Matrix = { rows: n, columns: n, data: Float64Array.from({ length: n * n }, (_, k) => at(Math.floor(k / n), k % n)) };
    // A matrix without an entry is met by everything.
    const size = norm(matrix, "fro") || 1;
    const { factors, blockSpectra } = monarchProject(matrix, { inBlocks: b, inBlockSize: b, outBlocks: b, outBlockSize: b, blockRank: t });
    const tail = (spectra: readonly Float64Array[], kept: number) =>
      Math.sqrt(spectra.reduce((sum, s) => sum + s.subarray(kept).reduce((r, v) => r + v * v, 0), 0)) / size;
    const spectrum = singularValues(matrix);
    const ranks = Array.from({ length: b }, (_, k) => k + 1);
    const error = { monarch: ranks.map((r) => tail(blockSpectra, r)), low: ranks.map((r) => tail([spectrum], r * b)) };
    const x = Float64Array.from(ranks, (r) => 2 * r * n * b);
    const shown = (v: readonly number[]) => Float64Array.from(v, (e) => (e < 1e-14 ? 0 : e));
    const limit = matrix.data.reduce((m, v) => Math.max(m, Math.abs(v)), 0) || 1;
    const heatmap = { kind: "heatmap" as const, scale: "diverging" as const, limits: [-limit, limit] as const };
    return {
      figures: [
        {
          kind: "line",
          title: say(both("Relative error for the numbers kept", "相对误差与保留的数的个数")),
          x: { title: say(both("numbers kept", "保留的数的个数")), domain: [0, (x[x.length - 1] as number) * 1.02] },
          y: { title: say(both("Frobenius error over norm", "Frobenius 误差与范数之比")), domain: [0, 1.0001] },
          series: [
            { name: "Monarch", x, y: shown(error.monarch) },
            { name: say(both("low rank", "低秩")), x: x.slice(), y: shown(error.low), dashed: true },
          ],
          mark: { x: x[t - 1] as number, name: `t = ${t}` },
        },
        { ...heatmap, title: say(both(`The matrix, n = ${n}`, `矩阵，n = ${n}`)), matrix },
        { ...heatmap, title: say(both(`Nearest Monarch matrix, t = ${t}`, `最近的 Monarch 矩阵，t = ${t}`)), matrix: monarchDense(factors) },
      ],
      facts: [
        { label: both("Error of Monarch", "Monarch 的误差"), value: share(error.monarch[t - 1] as number) },
        { label: both(`Error of rank ${t * b}`, `秩 ${t * b} 的误差`), value: share(error.low[t - 1] as number) },
        { label: both("Numbers kept, of all", "保留的数 / 全部"), value: `${monarchParams(factors)} / ${n * n}` },
        { label: both("Steps of a product, of the dense one", "乘法步数 / 稠密乘法"), value: `${monarchFlops(factors)} / ${2 * n * n}` },
      ],
    };
  },
  doesNotShow: both(
    "Training: whether Monarch layers learn as well as dense ones is a matter of models and data. And counts of steps are no times; at n = 64 the dense product is as fast.",
    "训练：Monarch 层能否学得和稠密层一样好，取决于模型与数据。步数也不等于时间；n = 64 时稠密乘法一样快。",
  ),
  sources: [arxiv("2204.00595", "Dao et al.: Monarch"), arxiv("2310.12109", "Fu et al.: Monarch Mixer"), kexue(10249, "Su: Monarch matrices")],
};
