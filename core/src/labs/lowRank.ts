// The price of keeping real rows and columns: SVD, interpolative decomposition, CUR and CR of one matrix.

import { formatNumber } from "../figure/index.js";
import { gaussian, hilbert, type Matrix, mulberry32, norm, singularValues, transpose } from "../linalg/index.js";
import { crTopK, cur, interpolativeDecomposition } from "../lowrank/index.js";
import { both, choiceOf, english, kexue, type Lab, numberOf, seedInput } from "./lab.js";

const N = 24;

const kinds: Readonly<Record<string, { readonly label: readonly [string, string]; readonly make: (decay: number, seed: number) => Matrix }>> = {
  kernel: {
    label: ["smooth kernel", "光滑核"],
    make: (decay) => ({
      rows: N,
      columns: N,
      data: Float64Array.from({ length: N * N }, (_, k) => Math.exp(-decay * 8 * ((Math.floor(k / N) - (k % N)) / N) ** 2)),
    }),
  },
  random: {
    label: ["random with decay", "随机，谱衰减"],
    make: (decay, seed) => {
      const z = gaussian(mulberry32(seed));
      const noise = (): Matrix => ({ rows: N, columns: N, data: Float64Array.from({ length: N * N }, () => z()) });
      const [a, b] = [noise(), noise()];
      // Σ s_k a_k b_kᵀ with s falling by the decay.
      const data = new Float64Array(N * N);
      for (let k = 0; k < N; k++)
        for (let i = 0; i < N; i++)
          for (let j = 0; j < N; j++)
            data[i * N + j] += (Math.exp(-decay * k * 0.3) * (a.data[i * N + k] as number) * (b.data[j * N + k] as number)) / N;
      return { rows: N, columns: N, data };
    },
  },
  hilbert: { label: ["Hilbert", "Hilbert"], make: () => hilbert(N) },
};

export const lowRank: Lab = {
  id: "low-rank",
  topic: "matrices",
  title: both("Low rank, four ways", "低秩的四种做法"),
  claim: both(
    "Keeping k real columns (ID) or k columns and rows (CUR) costs a small factor over the SVD, which nothing of rank k beats.",
    "保留 k 个真实的列（ID）或 k 列与 k 行（CUR），只比 SVD 差一个小倍数；而秩 k 者无一胜过 SVD。",
  ),
  story: both(
    "The truncated SVD is the best approximation of rank k, but its factors mix all rows and columns. An interpolative decomposition keeps k columns of the matrix itself and expresses the others by them; CUR keeps k columns and k rows. Both can be stored sparsely and read by people. CR approximates the product AᵀA by the k terms that weigh most, without any coefficients, and is far worse: terms it drops are not made up for by others. Choose a matrix, make its spectrum fall faster or slower, and read the errors at rank k. The right picture shows which columns were taken.",
    "截断 SVD 是秩 k 的最佳逼近，但其因子混合了所有行列。插值分解（ID）保留矩阵自身的 k 列，其余列由它们表示；CUR 保留 k 列与 k 行。两者可稀疏存储，也便于阅读。CR 用分量最大的 k 项逼近乘积 AᵀA，不带系数，差得多：丢掉的项无人弥补。选择矩阵，让谱衰减得更快或更慢，读秩 k 处的误差。右图显示取了哪些列。",
  ),
  inputs: [
    {
      kind: "choice",
      name: "matrix",
      label: both("Matrix", "矩阵"),
      value: "random",
      options: Object.entries(kinds).map(([value, { label }]) => ({ value, label: both(...label) })),
    },
    { kind: "range", name: "k", label: both("Rank k", "秩 k"), min: 1, max: 16, step: 1, value: 6 },
    { kind: "range", name: "decay", label: both("Decay of the spectrum", "谱的衰减"), min: 0, max: 3, step: 0.05, value: 1 },
    seedInput,
  ],
  view(values, say = english) {
    const k = numberOf(values, "k");
    const a = (kinds[choiceOf(values, "matrix")] as (typeof kinds)[string]).make(numberOf(values, "decay"), numberOf(values, "seed"));
    const size = norm(a, "fro");
    const s = singularValues(a);
    // Beyond the numerical rank there is nothing left to choose.
    const rank = s.filter((v) => v > 1e-12 * (s[0] as number)).length;
    const ranks = Array.from({ length: Math.min(16, rank) }, (_, i) => i + 1);
    const id = ranks.map((r) => interpolativeDecomposition(a, r));
    const chosen = cur(a, Math.min(k, rank));
    const product = norm(gram(a), "fro");
    const x = Float64Array.from(ranks);
    const errors = {
      // What the truncated SVD leaves are the singular values it drops.
      svd: Float64Array.from(ranks, (r) => Math.sqrt(s.subarray(r).reduce((sum, v) => sum + v * v, 0)) / size),
      id: Float64Array.from(id, (f) => f.errF / size),
      cur: Float64Array.from(ranks, (r) => cur(a, r).errF / size),
      cr: Float64Array.from(ranks, (r) => crTopK(transpose(a), a, r).errF / product),
    };
    const at = Math.min(k, ranks.length) - 1;
    const shown = (v: Float64Array) => Float64Array.from(v, (e) => (e > 0 ? e : Number.NaN));
    return {
      figures: [
        {
          kind: "line",
          title: say(both("Relative error by rank", "各秩的相对误差")),
          x: { title: say(both("rank k", "秩 k")), integer: true },
          y: { title: say(both("Frobenius error over norm", "Frobenius 误差与范数之比")), scale: "log" },
          series: [
            { name: "SVD", x, y: shown(errors.svd) },
            { name: say(both("ID, columns", "ID，列")), x, y: shown(errors.id) },
            { name: "CUR", x, y: shown(errors.cur) },
            { name: say(both("CR of AᵀA", "AᵀA 的 CR")), x, y: shown(errors.cr) },
          ],
          mark: { x: at + 1, name: `k = ${at + 1}` },
        },
        {
          kind: "heatmap",
          title: say(both("The matrix, with the rows and columns of CUR", "矩阵，以及 CUR 的行与列")),
          matrix: a,
          rowTitle: say(both("row", "行")),
          columnTitle: say(both("column", "列")),
          highlight: { rows: Array.from(chosen.rows), columns: Array.from(chosen.columns) },
        },
      ],
      facts: [
        { label: both("SVD", "SVD"), value: formatNumber(errors.svd[at] as number, 3) },
        { label: both("ID over SVD", "ID 与 SVD 之比"), value: ratio(errors.id[at], errors.svd[at]) },
        { label: both("CUR over SVD", "CUR 与 SVD 之比"), value: ratio(errors.cur[at], errors.svd[at]) },
      ],
    };
  },
  doesNotShow: both(
    "Cost: for large matrices ID and CUR are found from samples, without the whole SVD that is used here for choosing.",
    "代价：对大矩阵，ID 与 CUR 由抽样得到，不需要此处用来选取的完整 SVD。",
  ),
  sources: [kexue(10501, "Su: ID"), kexue(10662, "Su: CUR"), kexue(10427, "Su: CR")],
};

const ratio = (a: number | undefined, b: number | undefined) => (a !== undefined && b && b > 1e-14 ? `${formatNumber(a / b, 3)}×` : "–");

function gram(a: Matrix): Matrix {
  const data = new Float64Array(a.columns * a.columns);
  for (let i = 0; i < a.columns; i++)
    for (let j = 0; j < a.columns; j++)
      for (let p = 0; p < a.rows; p++) data[i * a.columns + j] += (a.data[p * a.columns + i] as number) * (a.data[p * a.columns + j] as number);
  return { rows: a.columns, columns: a.columns, data };
}
