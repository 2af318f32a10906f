// Entries of linear algebra that formulas have no word of their own for, and the reference names of those that have.

import type { Figure } from "../../figure/index.js";
import {
  balance,
  bidiagonalize,
  discreteLyapunov,
  entire,
  frank,
  funm,
  generalizedEigen,
  generalizedSchur,
  kahan,
  ldl,
  leastSquaresDetails,
  lyapunov,
  MathError,
  type Matrix,
  numericalRank,
  pinv,
  pivotedQr,
  polar,
  qr,
  rankRevealingQr,
  reciprocalCondition,
  singularValues,
  svd,
  sylvester,
  symmetricGeneralizedEigen,
  tridiagonalize,
  wilkinson,
} from "../../linalg/index.js";
import { cur, interpolativeDecomposition, pinvDetails, pinvQr, spectrumSummary, truncatedSvd } from "../../lowrank/index.js";
import { msign, newtonSchulz } from "../../msign/index.js";
import { type Input, m } from "../helpers.js";
import { type Args, integer, kinds, matrix, option, type Param, type Routine, real, routine } from "../routine.js";

const cubic = ({ A }: Args): number => 20 * A.rows * A.columns * Math.min(A.rows, A.columns);
/** A parameter that may be left out, and is then null. */
const optional = (p: Param): Param => ({ ...p, default: null });
const given = <T>(x: T | null): T | undefined => x ?? undefined;

const scree = (s: Float64Array, threshold?: number): Figure => ({
  kind: "spectrum",
  title: "Singular values",
  values: s,
  scale: s.length > 0 && s[0] > 0 ? "log" : "linear",
  ...(threshold !== undefined && { threshold }),
});

/** What the reference data ask of a singular value decomposition. */
const svdReference = (i: Input) => {
  const A = m(i.A);
  const s = singularValues(A);
  const { normF, norm2, nuclear, stableRank } = spectrumSummary(s);
  return { singularValues: s, rank: numericalRank(s, A.rows, A.columns), normF, norm2, nuclear, stableRank };
};

/** Routines that must refuse NaN and infinities, by reference name. */
const refusing: Readonly<Record<string, (a: Matrix) => unknown>> = {
  svd: (a) => svd(a),
  pinv: (a) => pinv(a),
  qr: (a) => qr(a),
  msign: (a) => msign(a),
  newtonSchulz: (a) => newtonSchulz(a),
  truncatedSvd: (a) => truncatedSvd(a, 1),
  interpolativeDecomposition: (a) => interpolativeDecomposition(a, 1),
  cur: (a) => cur(a, 1),
};

const spectrum = routine({
  name: "spectrumSummary",
  title: "What the singular values say",
  doc: "Frobenius, spectral and nuclear norm, stable rank $\\|A\\|_F^2/\\sigma_1^2$, condition $\\sigma_1/\\sigma_p$, rank, and the energy held by the first $k$ values.",
  params: [matrix("A")],
  result: kinds.record({
    s: kinds.vector,
    rank: kinds.integer,
    normF: kinds.real,
    norm2: kinds.real,
    nuclear: kinds.real,
    stableRank: kinds.real,
    cond: kinds.real,
    energy: kinds.vector,
  }),
  cost: cubic,
  source: "Golub and Van Loan, §2.4; Rudelson and Vershynin 2007 (stable rank)",
  example: "spectrumSummary([1 2; 3 4])",
  figure: (r) => scree(r.s),
  compute: ({ A }) => {
    const s = singularValues(A);
    return { s, rank: numericalRank(s, A.rows, A.columns), ...spectrumSummary(s) };
  },
  reference: {
    svd: svdReference,
    svdRelative: (i: Input) => ({ singularValues: singularValues(m(i.A), { method: "jacobi" }) }),
    nonFinite: (i: Input) => {
      const call = Object.hasOwn(refusing, i.routine) ? refusing[i.routine] : svd;
      try {
        call(m(i.A));
      } catch (e) {
        if (e instanceof MathError && e.kind === "nonfinite") return { error: "NonFiniteInput" };
        throw e;
      }
      return { error: null };
    },
    emptyMatrix: (i: Input) => {
      const A = { rows: i.rows, columns: i.cols, data: new Float64Array(i.rows * i.cols) };
      const { X, rank, s } = pinvDetails(A);
      const { Q } = msign(A);
      return { svdSingularValues: s, rank, pinvRows: X.rows, pinvCols: X.columns, msignRows: Q.rows, msignCols: Q.columns };
    },
  },
});

const pseudoInverse = routine({
  name: "pinvDetails",
  title: "Pseudo-inverse with its rank and cut",
  doc: "$A^+$ with singular values $\\le \\max(atol, rtol\\,\\sigma_1)$ dropped; rtol is $\\max(m,n)\\varepsilon$ unless given. It jumps where a value crosses the cut.",
  params: [matrix("A"), optional(real("rtol", { min: 0 })), optional(real("atol", { min: 0 }))],
  result: kinds.record({ X: kinds.matrix, rank: kinds.integer, s: kinds.vector, threshold: kinds.real }),
  cost: cubic,
  source: "Penrose 1955; Golub and Van Loan, §5.5.2; Su, kexue.fm 10366",
  example: "pinvDetails([1 2; 2 4; 0 1])",
  figure: (r) => [scree(r.s, r.threshold), { kind: "heatmap", title: "A⁺", matrix: r.X, scale: "diverging" }],
  compute: (a) => pinvDetails(a.A, { rtol: given(a.rtol), atol: given(a.atol) }),
  reference: {
    pinv: (i: Input) => {
      const { X, rank } = pinvDetails(m(i.A), { rtol: i.rtol, atol: i.atol });
      return { pinv: X, rank };
    },
  },
});

const pseudoInverseQr = routine({
  name: "pinvQr",
  title: "Pseudo-inverse of a matrix of full rank, by QR",
  params: [matrix("A")],
  result: kinds.matrix,
  cost: cubic,
  source: "Golub and Van Loan, §5.3",
  example: "pinvQr([1 2; 3 4; 5 6])",
  compute: (a) => pinvQr(a.A),
});

const pivoted = routine({
  name: "pivotedQr",
  title: "QR with column pivoting",
  doc: "$A(:,perm)=QR$ with $|r_{11}|\\ge|r_{22}|\\ge\\dots$",
  params: [matrix("A")],
  result: kinds.record({ Q: kinds.matrix, R: kinds.matrix, permutation: kinds.indices, steps: kinds.integer }),
  cost: cubic,
  source: "Businger and Golub 1965; Golub and Van Loan, §5.4.2",
  example: "pivotedQr([1 2; 3 4])",
  figure: (r) => ({ kind: "heatmap", title: "R", matrix: r.R, scale: "diverging" }),
  compute: (a) => pivotedQr(a.A),
});

const revealing = routine({
  name: "rankRevealingQr",
  title: "Strong rank-revealing QR",
  doc: "Column exchanges after pivoted QR until $|R_{11}^{-1}R_{12}|\\le f$; the numerical rank unless one is given.",
  params: [matrix("A"), optional(integer("rank", { min: 0 })), real("f", { min: 1, default: 2 })],
  result: kinds.record({ Q: kinds.matrix, R: kinds.matrix, permutation: kinds.indices, rank: kinds.integer, swaps: kinds.integer }),
  cost: (a) => 3 * cubic(a),
  source: "Gu and Eisenstat 1996, algorithm 4",
  example: "rankRevealingQr([1 2; 3 4])",
  compute: (a) => rankRevealingQr(a.A, { rank: given(a.rank), f: a.f }),
});

const polarFactors = routine({
  name: "polar",
  title: "Polar decomposition",
  doc: "$A=UH$ with orthonormal columns of $U$ and positive semidefinite $H$ (side right, $m\\ge n$), or $A=HU$ (left, $m\\le n$).",
  params: [matrix("A"), option("side", ["right", "left"], "right")],
  result: kinds.record({ U: kinds.matrix, H: kinds.matrix }),
  cost: cubic,
  source: "Golub and Van Loan, §9.4.3; Higham 2008, ch. 8",
  example: "polar([1 2; 3 4])",
  compute: (a) => polar(a.A, a.side),
});

const ldlFactors = routine({
  name: "ldl",
  title: "LDL factorisation of a symmetric matrix",
  doc: "With pivoting and $1\\times1$, $2\\times2$ blocks in $D$; its inertia counts positive, negative and zero eigenvalues.",
  params: [matrix("A")],
  result: kinds.record({ L: kinds.matrix, D: kinds.matrix, permutation: kinds.indices, inertia: kinds.json }),
  cost: cubic,
  source: "Bunch and Kaufman 1977; Golub and Van Loan, §4.4",
  example: "ldl([2 1; 1 -3])",
  compute: (a) => ldl(a.A),
});

const sylvesterEquation = routine({
  name: "sylvester",
  title: "Sylvester equation",
  doc: "$X$ with $AX+XB=C$; unique unless an eigenvalue of $A$ is minus one of $B$.",
  params: [matrix("A"), matrix("B"), matrix("C")],
  result: kinds.matrix,
  cost: ({ A, B }) => 25 * (A.rows ** 3 + B.rows ** 3),
  source: "Bartels and Stewart 1972; Golub and Van Loan, §7.6.3",
  example: "sylvester([1 2; 0 3], [4], [1; 2])",
  compute: (a) => sylvester(a.A, a.B, a.C),
  referenceMark: "P",
  reference: {
    sylvester: (i: Input) => ({
      symmetric: sylvester(m(i.P), m(i.Q), m(i.R), { semidefinite: true }),
      general: sylvester(m(i.Ageneral), m(i.Bgeneral), m(i.Cgeneral)),
    }),
  },
});

const lyapunovEquation = routine({
  name: "lyapunov",
  title: "Lyapunov equation",
  doc: "$X$ with $AX+XA^*=Q$; with kind discrete, $AXA^*-X+Q=0$.",
  params: [matrix("A"), matrix("Q"), option("kind", ["continuous", "discrete"], "continuous")],
  result: kinds.matrix,
  cost: ({ A }) => 40 * A.rows ** 3,
  source: "Bartels and Stewart 1972; Kitagawa 1977",
  example: "lyapunov([-1 2; 0 -3], [1 0; 0 1])",
  compute: (a) => (a.kind === "discrete" ? discreteLyapunov(a.A, a.Q) : lyapunov(a.A, a.Q)),
});

const fit = routine({
  name: "leastSquares",
  title: "Least squares of least norm",
  doc: "$X$ that minimises $\\|AX-B\\|_F$, of least norm where not unique, with rank and residual norms.",
  params: [matrix("A"), matrix("B")],
  result: kinds.record({ X: kinds.matrix, rank: kinds.integer, residuals: kinds.vector, s: kinds.vector }),
  cost: cubic,
  source: "Golub and Van Loan, §5.5.1",
  example: "leastSquares([1 1; 1 2; 1 3], [1; 2; 2])",
  compute: (a) => leastSquaresDetails(a.A, a.B),
});

const pencil = routine({
  name: "generalizedEigen",
  title: "Generalised eigenvalues",
  doc: "$\\lambda$ and $x$ with $Ax=\\lambda Bx$, as $\\alpha/\\beta$; infinite where $\\beta=0$.",
  params: [matrix("A"), matrix("B")],
  result: kinds.record({ alpha: kinds.json, beta: kinds.vector, values: kinds.json, vectors: kinds.matrix }),
  cost: ({ A }) => 70 * A.rows ** 3,
  source: "Moler and Stewart 1973; Golub and Van Loan, §7.7",
  example: "generalizedEigen([1 2; 3 4], [2 0; 0 1])",
  compute: (a) => generalizedEigen(a.A, a.B),
});

const symmetricPencil = routine({
  name: "symmetricGeneralizedEigen",
  title: "Generalised eigenvalues of a symmetric pencil",
  doc: "$Ax=\\lambda Bx$ with symmetric $A$ and positive definite $B$; vectors with $X^\\top BX=I$.",
  params: [matrix("A"), matrix("B")],
  result: kinds.record({ values: kinds.vector, vectors: kinds.matrix }),
  cost: ({ A }) => 14 * A.rows ** 3,
  source: "Golub and Van Loan, §8.7",
  example: "symmetricGeneralizedEigen([2 1; 1 3], [2 0; 0 1])",
  compute: (a) => symmetricGeneralizedEigen(a.A, a.B),
});

const qz = routine({
  name: "generalizedSchur",
  title: "Generalised Schur form (QZ)",
  params: [matrix("A"), matrix("B")],
  result: kinds.json,
  cost: ({ A }) => 66 * A.rows ** 3,
  source: "Moler and Stewart 1973; Golub and Van Loan, §7.7",
  example: "generalizedSchur([1 2; 3 4], [2 0; 0 1])",
  compute: (a) => generalizedSchur(a.A, a.B),
});

const matrixFunction = routine({
  name: "matrixFunction",
  title: "Cosine, sine and their hyperbolic kin of a matrix",
  params: [matrix("A"), option("f", Object.keys(entire), "cos")],
  result: kinds.matrix,
  cost: ({ A }) => 60 * A.rows ** 3,
  source: "Davies and Higham 2003; Higham 2008, §9.4",
  example: 'matrixFunction([1 2; 3 4], "cos")',
  compute: (a) => funm(a.A, entire[a.f as keyof typeof entire]),
});

const conditionEstimate = routine({
  name: "reciprocalCondition",
  title: "Estimate of the reciprocal condition in the 1-norm",
  params: [matrix("A")],
  result: kinds.real,
  cost: ({ A }) => A.rows ** 3,
  source: "Higham 1988; Golub and Van Loan, §3.5.4",
  example: "reciprocalCondition([1 2; 3 4])",
  compute: (a) => reciprocalCondition(a.A),
});

const shape = (name: string, title: string, example: string, source: string, compute: (a: Matrix) => unknown): Routine =>
  routine({ name, title, params: [matrix("A")], result: kinds.json, cost: cubic, source, example, compute: (a) => compute(a.A) });

const named = (name: string, title: string, source: string, compute: (n: number) => Matrix): Routine =>
  routine({
    name,
    title,
    params: [integer("n", { min: 0, max: 2000 })],
    result: kinds.matrix,
    cost: ({ n }) => n * n,
    source,
    example: `${name}(4)`,
    figure: (r) => ({ kind: "heatmap", title, matrix: r, scale: "diverging" }),
    compute: (a) => compute(a.n),
  });

export const linalgEntries: readonly Routine[] = [
  spectrum,
  pseudoInverse,
  pseudoInverseQr,
  pivoted,
  revealing,
  polarFactors,
  ldlFactors,
  sylvesterEquation,
  lyapunovEquation,
  fit,
  pencil,
  symmetricPencil,
  qz,
  matrixFunction,
  conditionEstimate,
  shape("balance", "Balancing before an eigenvalue computation", "balance([1 100; 0.01 1])", "Parlett and Reinsch 1969", balance),
  shape("bidiagonalize", "Bidiagonal form", "bidiagonalize([1 2; 3 4])", "Golub and Van Loan, §5.4.8", bidiagonalize),
  shape(
    "tridiagonalize",
    "Tridiagonal form of a symmetric matrix",
    "tridiagonalize([2 1 0; 1 3 1; 0 1 4])",
    "Golub and Van Loan, §8.3.1",
    tridiagonalize,
  ),
  named("kahan", "Kahan's matrix", "Kahan 1966; Higham 2002, §8.3", (n) => kahan(n)),
  named("frank", "Frank's matrix", "Frank 1958; Higham 2002, appendix A", frank),
  named("wilkinson", "Wilkinson's matrix", "Wilkinson 1965, p. 308", wilkinson),
];
