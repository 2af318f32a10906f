// Interpolative decompositions, column subsets, CUR, NMF.

import { type Matrix, mulberry32, multiply, pivotedR, singularValues } from "../../linalg/index.js";
import {
  cur,
  curSelections,
  deim,
  greedyColumnSubset,
  idMethods,
  idToPrecision,
  interpolativeDecomposition,
  leverageScores,
  nmf,
  rowId,
  strongBound,
  strongRrqr,
  truncatedSvd,
  twoSidedId,
  volumeSamplingSqErr,
} from "../../lowrank/index.js";
import { type Input, m } from "../helpers.js";
import { integer, kinds, matrix, option, type Routine, real, routine } from "../routine.js";
import { cubic, heatmap } from "./common.js";

const idResult = kinds.record({
  columns: kinds.indices,
  Z: kinds.matrix,
  errF: kinds.real,
  err2: kinds.real,
  maxAbsZ: kinds.real,
  rankDeficient: kinds.boolean,
});
const rank = integer("k", { min: 0 });

/** The columns pivoted QR picks, computed by another road: greedy choice by residual norms. SciPy's `interp_decomp` follows the same rule. */
const byResidualNorms = (A: Matrix, k: number): string => greedyColumnSubset(A, k, { tau: 1 }).columns.join();

const id = routine({
  name: "id",
  latex: ["\\operatorname{ID}"],
  title: "Interpolative decomposition",
  doc: "$A\\approx A_{:,S}Z$ with $k$ columns of $A$ itself and $Z_{:,S}=I$. Methods: pivoted QR, strong rank-revealing QR ($|z|\\le f$), greedy with threshold $\\tau$, columns drawn at random, Gaussian sketch.",
  params: [
    matrix("A"),
    rank,
    option("method", idMethods, "cpqr"),
    real("f", { min: 1, default: 2 }),
    real("tau", { min: 0, max: 1, default: 0.5 }),
    integer("seed", { default: 1 }),
  ],
  result: idResult,
  cost: cubic,
  source: "Cheng, Gimbutas, Martinsson and Rokhlin 2005; Gu and Eisenstat 1996; Su, kexue.fm 10501",
  example: "id(hilbert(8), 3)",
  figure: (r, { A }) => [heatmap("Chosen columns", A, { columns: r.columns }), heatmap("Coefficients Z", r.Z)],
  compute: ({ A, k, method, f, tau, seed }) => interpolativeDecomposition(A, k, { method, f, tau, rng: mulberry32(seed) }),
  reference: {
    interpolativeDecomposition: (i: Input) => {
      const A = m(i.A);
      const f = interpolativeDecomposition(A, i.k, { method: i.method, f: i.f, tau: i.tau, sample: i.sample, Omega: i.Omega && m(i.Omega) });
      const { R } = pivotedR(A, { steps: i.k });
      const best = truncatedSvd(A, i.k);
      return {
        ...f,
        absDiagR: Array.from({ length: Math.min(i.k, R.rows) }, (_, j) => Math.abs(R.data[j * (R.columns + 1)])),
        optF: best.errF,
        opt2: best.err2,
        boundExistence2: strongBound(A, i.k),
        scipyColumnsSame: f.columns.join() === byResidualNorms(A, i.k),
      };
    },
  },
});

const toPrecision = routine({
  name: "idToPrecision",
  title: "Interpolative decomposition to a precision",
  doc: "As many columns as have pivots above $\\epsilon$ times the largest column norm; with randomized, columns from a sketch that grows until it suffices.",
  params: [matrix("A"), real("eps", { min: 0 }), { name: "randomized", kind: kinds.boolean, default: false }, integer("seed", { default: 1 })],
  result: idResult,
  cost: cubic,
  source: "Cheng, Gimbutas, Martinsson and Rokhlin 2005; Liberty et al. 2007",
  example: "idToPrecision(hilbert(8), 0.001)",
  figure: (r, { A }) => heatmap("Chosen columns", A, { columns: r.columns }),
  compute: ({ A, eps, randomized, seed }) => idToPrecision(A, eps, { rng: randomized ? mulberry32(seed) : undefined }),
  reference: {
    idToPrecision: (i: Input) => {
      const { columns, errF } = idToPrecision(m(i.A), i.eps);
      return { k: columns.length, columns, errF };
    },
  },
});

const rows = routine({
  name: "rowId",
  title: "Interpolative decomposition by rows",
  doc: "$A\\approx WA_{J,:}$ with $W_{J,:}=I$.",
  params: [matrix("A"), rank],
  result: kinds.record({
    rows: kinds.indices,
    W: kinds.matrix,
    errF: kinds.real,
    err2: kinds.real,
    maxAbsW: kinds.real,
    rankDeficient: kinds.boolean,
  }),
  cost: cubic,
  source: "Cheng, Gimbutas, Martinsson and Rokhlin 2005",
  example: "rowId(hilbert(8), 3)",
  figure: (r, { A }) => heatmap("Chosen rows", A, { rows: r.rows }),
  compute: (a) => rowId(a.A, a.k),
});

const twoSided = routine({
  name: "twoSidedId",
  title: "Two-sided interpolative decomposition",
  doc: "$A\\approx WA_{J,S}Z$: a small block of $A$ and two well-conditioned factors; the error is that of the column decomposition.",
  params: [matrix("A"), rank],
  result: kinds.record({
    rows: kinds.indices,
    columns: kinds.indices,
    W: kinds.matrix,
    Z: kinds.matrix,
    skeleton: kinds.matrix,
    errF: kinds.real,
    err2: kinds.real,
  }),
  cost: cubic,
  source: "Cheng, Gimbutas, Martinsson and Rokhlin 2005",
  example: "twoSidedId(hilbert(8), 3)",
  figure: (r, { A }) => heatmap("Chosen rows and columns", A, r),
  compute: (a) => twoSidedId(a.A, a.k),
  reference: {
    rowAndTwoSidedID: (i: Input) => {
      const A = m(i.A);
      const r = rowId(A, i.k);
      const t = twoSidedId(A, i.k);
      return { rows: r.rows, rowErrF: r.errF, twoSidedRows: t.rows, twoSidedColumns: t.columns, skeleton: t.skeleton, twoSidedErrF: t.errF };
    },
  },
});

const strong = routine({
  name: "strongRrqr",
  title: "Interpolative decomposition with a guarantee",
  doc: "$|z|\\le f$ and $\\|A-CZ\\|_2\\le\\sqrt{1+f^2k(n-k)}\\,\\sigma_{k+1}$.",
  params: [matrix("A"), rank, real("f", { min: 1, default: 2 })],
  result: kinds.record({
    columns: kinds.indices,
    Z: kinds.matrix,
    errF: kinds.real,
    err2: kinds.real,
    maxAbsZ: kinds.real,
    rankDeficient: kinds.boolean,
    swaps: kinds.integer,
  }),
  cost: (a) => 3 * cubic(a),
  source: "Gu and Eisenstat 1996, algorithm 4",
  example: "strongRrqr(hilbert(8), 3)",
  figure: (r, { A }) => [heatmap("Chosen columns", A, { columns: r.columns }), heatmap("Coefficients Z", r.Z)],
  compute: (a) => strongRrqr(a.A, a.k, { f: a.f }),
  reference: {
    strongRrqr: (i: Input) => {
      const A = m(i.A);
      return {
        ...strongRrqr(A, i.k, { f: i.f }),
        cpqrErr2: interpolativeDecomposition(A, i.k).err2,
        bound2: strongBound(A, i.k, i.f),
        opt2: singularValues(A)[i.k] ?? 0,
      };
    },
  },
});

const greedy = routine({
  name: "greedyColumnSubset",
  title: "Greedy choice of columns",
  doc: "Each column leaves the least squared error; only columns of at least $\\tau$ times the largest residual norm take part.",
  params: [matrix("A"), rank, real("tau", { min: 0, max: 1, default: 0.5 })],
  result: kinds.record({ columns: kinds.indices, errF: kinds.real }),
  cost: ({ A, k }) => 2 * A.rows * A.columns ** 2 * k,
  source: "Farahat et al. 2013; Su, kexue.fm 10501",
  example: "greedyColumnSubset(hilbert(8), 3)",
  figure: (r, { A }) => heatmap("Chosen columns", A, { columns: r.columns }),
  compute: (a) => greedyColumnSubset(a.A, a.k, { tau: a.tau }),
  reference: { greedyColumnSubset: (i: Input) => greedyColumnSubset(m(i.A), i.k, { tau: i.tau }) },
});

const leverage = routine({
  name: "leverageScores",
  title: "Leverage scores",
  doc: "$\\ell_j=\\|V_{j,1:k}\\|^2$, how much each column (or row) matters to the leading $k$ directions; they sum to $k$.",
  params: [matrix("A"), rank, option("axis", ["columns", "rows"], "columns")],
  result: kinds.vector,
  cost: cubic,
  source: "Mahoney and Drineas 2009",
  example: "leverageScores(hilbert(6), 2)",
  figure: (r) => ({
    kind: "bars",
    title: "Leverage scores",
    x: { title: "index" },
    y: { title: "ℓ" },
    labels: Array.from(r, (_: unknown, i: number) => String(i + 1)),
    series: [{ name: "ℓ", y: r }],
  }),
  compute: (a) => leverageScores(a.A, a.k, a.axis),
});

const points = routine({
  name: "deim",
  title: "Interpolation points of a basis (DEIM)",
  doc: "One row of $V$ for each column, so that $V_S$ is well conditioned.",
  params: [matrix("V")],
  result: kinds.indices,
  cost: ({ V }) => 2 * V.rows * V.columns ** 2 + V.columns ** 4,
  source: "Chaturantabut and Sorensen 2010",
  example: "deim([0.6 0; 0.8 0.6; 0 0.8])",
  compute: (a) => deim(a.V),
});

const columnsAndRows = routine({
  name: "cur",
  latex: ["\\operatorname{CUR}"],
  title: "CUR decomposition",
  doc: "$A\\approx CUR$ with $k$ columns and rows of $A$, chosen by DEIM, leverage scores, pivoted QR or norms; $U=C^+AR^+$ (optimal) or $A_{J,S}^+$ (cross).",
  params: [matrix("A"), rank, option("select", curSelections, "deim"), option("middle", ["optimal", "cross"], "optimal")],
  result: kinds.record({ columns: kinds.indices, rows: kinds.indices, C: kinds.matrix, U: kinds.matrix, R: kinds.matrix, errF: kinds.real }),
  cost: (a) => 2 * cubic(a),
  source: "Sorensen and Embree 2016; Mahoney and Drineas 2009; Su, kexue.fm 10662",
  example: "cur(hilbert(8), 3)",
  figure: (r, { A }) => [heatmap("Chosen rows and columns", A, r), heatmap("Approximation", multiply(multiply(r.C, r.U), r.R))],
  compute: (a) => cur(a.A, a.k, { select: a.select, U: a.middle }),
  reference: {
    cur: (i: Input) => {
      const A = m(i.A);
      const best = cur(A, i.k, { select: i.select });
      const cross = cur(A, i.k, { select: i.select, U: "cross" });
      return {
        columns: best.columns,
        rows: best.rows,
        Uopt: best.U,
        Ucross: cross.U,
        errOptF: best.errF,
        errCrossF: cross.errF,
        columnLeverage: leverageScores(A, i.k, "columns"),
        rowLeverage: leverageScores(A, i.k, "rows"),
        optF: truncatedSvd(A, i.k).errF,
      };
    },
  },
});

const volume = routine({
  name: "volumeSamplingError",
  title: "Expected squared error of volume sampling",
  doc: "$(k+1)\\,e_{k+1}(\\sigma^2)/e_k(\\sigma^2)$ for $k$ columns drawn with probability proportional to $\\det(C^\\top C)$.",
  params: [matrix("A"), rank],
  result: kinds.real,
  cost: cubic,
  source: "Deshpande, Rademacher, Vempala and Wang 2006",
  example: "volumeSamplingError(hilbert(6), 2)",
  compute: (a) => volumeSamplingSqErr(singularValues(a.A), a.k),
});

const nonnegative = routine({
  name: "nmf",
  title: "Nonnegative matrix factorisation",
  doc: "Multiplicative updates from seeded positive factors: $V\\approx WH$, the error never increases.",
  params: [matrix("V"), integer("r", { min: 1 }), integer("iters", { min: 0, max: 100_000, default: 200 }), integer("seed", { default: 1 })],
  result: kinds.record({ W: kinds.matrix, H: kinds.matrix, objective: kinds.vector }),
  cost: ({ V, r, iters }) => 12 * V.rows * V.columns * r * iters,
  source: "Lee and Seung 2001",
  example: "nmf([1 2; 3 4], 1)",
  figure: (r) => ({
    kind: "line",
    title: "½‖V - WH‖²",
    x: { title: "iteration" },
    y: { title: "objective", scale: "log" },
    series: [{ name: "objective", y: r.objective }],
  }),
  compute: ({ V, r, iters, seed }) => {
    const random = mulberry32(seed);
    const positive = (rowCount: number, columns: number): Matrix => ({
      rows: rowCount,
      columns,
      data: Float64Array.from({ length: rowCount * columns }, () => 0.1 + random()),
    });
    return nmf(V, positive(V.rows, r), positive(r, V.columns), iters);
  },
  reference: { nmfMultiplicative: (i: Input) => nmf(m(i.V), m(i.W0), m(i.H0), i.iters) },
});

export const idEntries: readonly Routine[] = [id, toPrecision, rows, twoSided, strong, greedy, leverage, points, columnsAndRows, volume, nonnegative];
