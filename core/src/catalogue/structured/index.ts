// Entries of the room of structured matrices.

import type { Figure } from "../../figure/index.js";
import { identity, MathError, type Matrix, said, singularValues, subtract } from "../../linalg/index.js";
import { spectrumSummary } from "../../lowrank/index.js";
import {
  type Monarch,
  monarch,
  monarchDense,
  monarchDft,
  monarchDftMultiply,
  monarchFlops,
  monarchFromTensors,
  monarchMultiply,
  monarchParams,
  monarchProject,
  monarchSolve,
  monarchTransposeMultiply,
} from "../../structured/index.js";
import { type Input, m, v } from "../helpers.js";
import { flag, integer, kinds, matrix, type Routine, routine, vector } from "../routine.js";

const heatmap = (title: string, a: Matrix): Figure => ({ kind: "heatmap", title, matrix: a, scale: "diverging" });

/** Factors as they are written in formulas: the blocks of L one above the other, (outBlocks·outBlockSize)×(inBlocks·t), and those of R, (inBlocks·t·outBlocks)×inBlockSize. */
function fromStacks(L: Matrix, R: Matrix, blockRank: number): Monarch {
  const inBlocks = L.columns / blockRank;
  const outBlocks = R.rows / L.columns;
  const outBlockSize = L.rows / outBlocks;
  if (![inBlocks, outBlocks, outBlockSize].every((x) => Number.isInteger(x) && x >= 1))
    throw new MathError(
      "shape-mismatch",
      said`stacks of ${L.rows}×${L.columns} and ${R.rows}×${R.columns} with block rank ${blockRank} do not make a Monarch matrix`,
    );
  return monarch({ inBlocks, inBlockSize: R.columns, outBlocks, outBlockSize, blockRank }, L.data, R.data);
}
const stacks = (f: Monarch): { L: Matrix; R: Matrix } => ({
  L: { rows: f.outBlocks * f.outBlockSize, columns: f.inBlocks * f.blockRank, data: f.L },
  R: { rows: f.inBlocks * f.blockRank * f.outBlocks, columns: f.inBlockSize, data: f.R },
});
const factors = [matrix("L", "blocks of L, one above the other"), matrix("R", "blocks of R, one above the other")];
const blockRank = integer("blockRank", { min: 1, default: 1 });

const tensor = (json: { shape: number[]; data: unknown }) => ({ shape: json.shape, data: v(json.data) });
/** Three-dimensional blocks as reference data have them, or stacks as in formulas. */
const fromReference = (i: Input): Monarch =>
  i.L?.shape ? monarchFromTensors(tensor(i.L), tensor(i.R)) : fromStacks(m(i.L), m(i.R), i.blockRank ?? 1);

const project = routine({
  name: "monarchProject",
  title: "Nearest Monarch matrix",
  doc: "Best rank-$t$ approximation of every block $A_{(:,l),(k,:)}$. Sizes left at 0 are chosen: blocks near $\\sqrt n$; with pad, zeros fill what does not divide.",
  params: [
    matrix("A"),
    integer("inBlocks", { min: 0, default: 0 }),
    integer("inBlockSize", { min: 0, default: 0 }),
    integer("outBlocks", { min: 0, default: 0 }),
    integer("outBlockSize", { min: 0, default: 0 }),
    blockRank,
    flag("pad"),
  ],
  result: kinds.record({ L: kinds.matrix, R: kinds.matrix, dense: kinds.matrix, errF: kinds.real, unique: kinds.boolean, shape: kinds.json }),
  cost: ({ A }) => 20 * A.rows * A.columns * Math.sqrt(Math.min(A.rows, A.columns)),
  source: "Dao et al. 2022 (arXiv 2204.00595), theorem 1; Su, kexue.fm 10249",
  example: "monarchProject(hilbert(9))",
  figure: (r, { A }) => [
    heatmap("Nearest Monarch matrix", r.dense),
    ...(A.rows === r.dense.rows && A.columns === r.dense.columns ? [heatmap("Difference", subtract(A, r.dense))] : []),
  ],
  compute: ({ A, pad, blockRank: t, ...sizes }) => {
    const given = Object.fromEntries(Object.entries(sizes as Record<string, number>).filter(([, x]) => x > 0));
    const f = monarchProject(A, { ...given, blockRank: t, pad });
    const { L: _l, R: _r, ...shape } = f.factors;
    return { ...stacks(f.factors), dense: monarchDense(f.factors), errF: f.errF, unique: f.unique, shape };
  },
  reference: {
    monarchProject: (i: Input) => {
      const A = m(i.A);
      const { inBlocks, inBlockSize, outBlocks, outBlockSize } = i;
      const f = monarchProject(A, { inBlocks, inBlockSize, outBlocks, outBlockSize, blockRank: i.blockRank, pad: i.pad });
      const s = singularValues(A);
      const rank = Math.min(s.length, Math.floor(monarchParams(f.factors) / (A.rows + A.columns)));
      return {
        errF: f.errF,
        blockSingularValues: {
          shape: [f.factors.outBlocks, f.factors.inBlocks, f.blockSpectra[0].length],
          data: f.blockSpectra.flatMap((x) => Array.from(x)),
        },
        equalParamRank: rank,
        equalParamSvdErrF: spectrumSummary(s.subarray(rank)).normF,
        dense: monarchDense(f.factors),
      };
    },
  },
});

const product = routine({
  name: "monarchMultiply",
  title: "Product with a Monarch matrix",
  doc: "$Mx$ by two sets of small blocks: $4n^{1.5}$ operations for square $n$, where the dense product takes $2n^2$.",
  params: [...factors, matrix("x"), blockRank],
  result: kinds.matrix,
  cost: ({ L, R, x }) => 2 * (L.data.length + R.data.length) * x.columns,
  source: "Dao et al. 2022 (arXiv 2204.00595)",
  example: "monarchMultiply([1 0; 0 1; 2 0; 0 1], [1 1; 0 1; 1 0; 1 1], [1; 2; 3; 4])",
  compute: ({ L, R, x, blockRank: t }) => monarchMultiply(fromStacks(L, R, t), x as Matrix),
  reference: {
    monarchMultiply: (i: Input) => {
      const f = fromReference(i);
      return { dense: monarchDense(f), y: monarchMultiply(f, v(i.x)), parameters: monarchParams(f), flops: monarchFlops(f) };
    },
  },
});

const dense = routine({
  name: "monarchDense",
  title: "A Monarch matrix written out",
  params: [...factors, blockRank],
  result: kinds.matrix,
  cost: ({ L, R }) => 2 * L.data.length * R.columns,
  source: "Dao et al. 2022 (arXiv 2204.00595)",
  example: "monarchDense([1 0; 0 1; 2 0; 0 1], [1 1; 0 1; 1 0; 1 1])",
  figure: (r) => heatmap("Monarch matrix", r),
  compute: ({ L, R, blockRank: t }) => monarchDense(fromStacks(L, R, t)),
});

const transposed = routine({
  name: "monarchTranspose",
  title: "Product with the transpose of a Monarch matrix",
  doc: "$M^\\top y$ with the factors in swapped roles; as cheap as the product itself.",
  params: [...factors, matrix("y"), blockRank],
  result: kinds.matrix,
  cost: ({ L, R, y }) => 2 * (L.data.length + R.data.length) * y.columns,
  source: "Dao et al. 2022 (arXiv 2204.00595)",
  example: "monarchTranspose([1 0; 0 1; 2 0; 0 1], [1 1; 0 1; 1 0; 1 1], [1; 2; 3; 4])",
  compute: ({ L, R, y, blockRank: t }) => monarchTransposeMultiply(fromStacks(L, R, t), y),
});

const solve = routine({
  name: "monarchSolve",
  title: "Linear system with a Monarch matrix",
  doc: "$x$ with $Mx=y$ for square blocks, by small systems; also $\\log|\\det M|$.",
  params: [...factors, vector("y"), blockRank],
  result: kinds.record({ x: kinds.vector, logAbsDet: kinds.real }),
  cost: ({ L, R }) => L.data.length * L.columns + R.data.length * R.columns,
  source: "Dao et al. 2022 (arXiv 2204.00595)",
  example: "monarchSolve([1 0; 0 1; 2 0; 0 1], [1 1; 0 1; 1 0; 1 1], [1; 2; 3; 4])",
  compute: ({ L, R, y, blockRank: t }) => monarchSolve(fromStacks(L, R, t), y),
  reference: { monarchSolve: (i: Input) => monarchSolve(fromReference(i), v(i.y)) },
});

const dft = routine({
  name: "monarchDft",
  title: "The Fourier transform as a Monarch matrix",
  doc: "$F_n$ with its columns reordered is exactly Monarch for $n=n_1n_2$: one step of Cooley and Tukey. Answers the matrix $M$ and the order, $F_nx=Mx_{perm}$.",
  params: [integer("n1", { min: 1, max: 64 }), integer("n2", { min: 1, max: 64 })],
  result: kinds.record({ perm: kinds.indices, M: kinds.matrix }),
  cost: ({ n1, n2 }) => 8 * (n1 * n2) ** 2,
  source: "Cooley and Tukey 1965; Dao et al. 2022 (arXiv 2204.00595)",
  example: "monarchDft(2, 3)",
  figure: (r) => heatmap("Real part", { rows: r.M.rows, columns: r.M.columns, data: r.M.data }),
  compute: ({ n1, n2 }) => {
    const f = monarchDft(n1, n2);
    return { perm: f.perm, M: monarchDftMultiply(f, identity(n1 * n2)) };
  },
  referenceMark: "x",
  reference: {
    monarchDft: (i: Input) => {
      const f = monarchDft(i.n1, i.n2);
      const M = monarchDftMultiply(f, identity(i.n1 * i.n2));
      const x = v(i.x);
      const y = monarchDftMultiply(f, { rows: x.length, columns: 1, data: Float64Array.from(f.perm, (p) => x[p]) });
      const plane = (data: Float64Array): Matrix => ({ rows: M.rows, columns: M.columns, data });
      return {
        inputPermutation: f.perm,
        dft: { re: y.data, im: y.imag },
        denseFactorised: { re: plane(M.data), im: plane(M.imag as Float64Array) },
      };
    },
  },
});

export const structuredEntries: readonly Routine[] = [project, product, dense, transposed, solve, dft];
