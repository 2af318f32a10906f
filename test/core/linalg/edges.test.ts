// Every routine at the edges of its domain: whatever shapes and entries it is given, it answers with whole matrices or with an error of this room that names
// what is wrong, and leaves its input alone. A routine added to the index is missed here by name.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { useKernels } from "../../../core/src/kernels/index.js";
import * as linalg from "../../../core/src/linalg/index.js";

type Matrix = linalg.Matrix;
const { MathError } = linalg;

type Routine = (...operands: Matrix[]) => unknown;
const room: Readonly<Record<string, unknown>> = linalg;
const one = (name: string): Routine => room[name] as Routine;

/** Routines of one matrix that refuse NaN and infinities. */
const refusing: Readonly<Record<string, Routine>> = {
  ...Object.fromEntries(
    (
      "lu packedLu det logDet inverse cholesky ldl qr pivotedQr pivotedR rankRevealingQr svd singularValues symmetricEigen hermitianEigen symmetricEigenvalues eigen eigenvalues schur complexSchur " +
      "hessenberg bidiagonalize tridiagonalize polar pinv rank nullSpace range orthonormalize cond conditionNumber reciprocalCondition expm logm sqrtm"
    )
      .split(" ")
      .map((name) => [name, one(name)]),
  ),
  matrixPower: (a) => linalg.matrixPower(a as Matrix, 0.5),
  funm: (a) => linalg.funm(a as Matrix, linalg.entire.cos),
  "qr, full": (a) => linalg.qr(a as Matrix, { mode: "full" }),
  "svd, full": (a) => linalg.svd(a as Matrix, { mode: "full" }),
  "pivotedQr, two steps": (a) => linalg.pivotedQr(a as Matrix, { steps: 2 }),
  "eigen, left": (a) => linalg.eigen(a as Matrix, { left: true }),
  "polar, left": (a) => linalg.polar(a as Matrix, "left"),
  hermitianFunction: (a) => linalg.hermitianFunction(a as Matrix, Math.cos),
  "norm, nuclear": (a) => linalg.norm(a as Matrix, "nuclear"),
};

/** Routines of one matrix that let NaN through. */
const passing: Readonly<Record<string, Routine>> = {
  ...Object.fromEntries(
    "negate balance diagonal isHermitian isSymmetric isFiniteMatrix largestPart norm trace transpose conjugate adjoint copy complexify realOf simplified normalized inRange toRows multiplyAll"
      .split(" ")
      .map((name) => [name, one(name)]),
  ),
  scale: (a) => linalg.scale(a as Matrix, { re: 2, im: 1 }),
  scaleMatrixByPower: (a) => linalg.scaleMatrixByPower(a as Matrix, -3),
  "matrixPower, whole": (a) => linalg.matrixPower(a as Matrix, 3),
  submatrix: (a) => linalg.submatrix(a as Matrix, 0, 1),
  selectRows: (a) => linalg.selectRows(a as Matrix, [0, 0]),
  selectColumns: (a) => linalg.selectColumns(a as Matrix, [1]),
  "norm, spectral": (a) => linalg.norm(a as Matrix, 2),
  "norm, one": (a) => linalg.norm(a as Matrix, 1),
  "norm, inf": (a) => linalg.norm(a as Matrix, Infinity),
  "norm, max": (a) => linalg.norm(a as Matrix, "max"),
};

/** Routines of two or three matrices. */
const several: Readonly<Record<string, Routine>> = Object.fromEntries(
  "add subtract multiply hadamard kronecker hstack vstack blockDiagonal solve leastSquares leastSquaresDetails solveTriangular lyapunov discreteLyapunov generalizedEigen symmetricGeneralizedEigen generalizedSchur sylvester"
    .split(" ")
    .map((name) => [name, one(name)]),
);

/** Makers of matrices from an order. */
const sized = "zeros identity hilbert frank kahan magic wilkinson".split(" ");
/** Makers of matrices from a list of numbers. */
const listed = "companion hankel toeplitz vandermonde diagonalMatrix column".split(" ");

/** What takes no matrix of numbers, or works on what another routine made. */
const others = new Set(
  (
    "spend useWatcher watched attempt said spoken phrase listOf spokenOf messageOf hintOf complex toComplex conjugateScalar addComplex subtractComplex multiplyComplex absComplex modulus divideComplex sqrtComplex logComplex expComplex MathError " +
    "exactDet exactRref exactRank exactSolve exactInverse exactNullSpace exactMultiply exactCharpoly entire fromValues scaledDetFromLu permutationMatrix matrix fromRows normEstimate estimateNorm1 norm1 " +
    "pinvFromSvd solveWithLu mulberry32 gaussian numericalRank gcd rational addRational negateRational subtractRational multiplyRational divideRational compareRational rationalToNumber rationalText " +
    "parseRational shapeText allocate requireRoom requireSquare requireSameShape requireFinite exponentOf scaleByPower vectorNorm gaussLegendre MAX_ENTRIES"
  ).split(" "),
);

const KINDS = new Set(["shape-mismatch", "not-square", "singular", "domain", "nonfinite", "index-out-of-range", "length-mismatch", "too-large"]);

const fills: Readonly<Record<string, (k: number, random: () => number) => number>> = {
  random: (_k, random) => 2 * random() - 1,
  zeros: () => 0,
  ones: () => 1,
  whole: (_k, random) => Math.floor(3 * random()) - 1,
  tiny: (_k, random) => 1e-200 * random(),
  huge: (_k, random) => 1e200 * random(),
  graded: (k, random) => 10 ** (-3 * k) * (random() - 0.5),
};

interface Case {
  readonly rows: number;
  readonly columns: number;
  readonly fill: string;
  readonly seed: number;
  readonly complex: boolean;
  /** NaN or an infinity somewhere. */
  readonly blemish: number | null;
}

const cases = (shape: fc.Arbitrary<readonly [number, number]>): fc.Arbitrary<Case> =>
  fc
    .tuple(
      shape,
      fc.constantFrom(...Object.keys(fills)),
      fc.nat(1000),
      fc.boolean(),
      fc.constantFrom(null, null, null, Number.NaN, Infinity, -Infinity),
    )
    .map(([[rows, columns], fill, seed, complex, blemish]) => ({ rows, columns, fill, seed, complex, blemish }));
const side = fc.constantFrom(0, 1, 1, 2, 3, 4, 5, 7, 9);
const anyShape = fc.tuple(side, side);
const square = side.map((n) => [n, n] as const);
const anyCase = cases(fc.oneof(anyShape, square, square));

function make(c: Case): Matrix {
  const random = linalg.mulberry32(c.seed);
  const n = c.rows * c.columns;
  const plane = () => Float64Array.from({ length: n }, (_, k) => fills[c.fill]!(k, random));
  const a = linalg.matrix(c.rows, c.columns, plane(), c.complex ? plane() : undefined);
  if (c.blemish !== null && n > 0) (a.imag && c.seed % 2 ? a.imag : a.data)[c.seed % n] = c.blemish;
  return a;
}

const isMatrix = (x: unknown): x is Matrix => typeof x === "object" && x !== null && "rows" in x && "columns" in x && "data" in x;

/** All matrices in a result, however deep, as long as what holds them is plain. */
function matricesIn(x: unknown): Matrix[] {
  if (isMatrix(x)) return [x];
  if (typeof x !== "object" || x === null || ArrayBuffer.isView(x)) return [];
  return Object.values(x).flatMap(matricesIn);
}

/** Whether any number in a result is NaN. */
function hasNaN(x: unknown): boolean {
  if (typeof x === "number") return Number.isNaN(x);
  if (x instanceof Float64Array) return x.some(Number.isNaN);
  return typeof x === "object" && x !== null && !ArrayBuffer.isView(x) && Object.values(x).some(hasNaN);
}

/** Runs a routine; its result, or the error of this room that it threw. */
function outcome(routine: Routine, operands: Matrix[]): { value: unknown } | { error: linalg.MathError } {
  const before = operands.map((a) => ({ data: a.data.slice(), imag: a.imag?.slice() }));
  try {
    const value = routine(...operands);
    for (const m of matricesIn(value)) {
      expect(Number.isInteger(m.rows) && m.rows >= 0 && Number.isInteger(m.columns) && m.columns >= 0).toBe(true);
      expect(m.data.length).toBe(m.rows * m.columns);
      if (m.imag) expect(m.imag.length).toBe(m.data.length);
    }
    return { value };
  } catch (error) {
    if (!(error instanceof MathError)) throw error;
    expect(KINDS).toContain(error.kind);
    if (error.kind === "not-square" || error.kind === "shape-mismatch")
      for (const a of operands) if (error.kind === "shape-mismatch" || operands.length === 1) expect(error.message).toContain(linalg.shapeText(a));
    return { error };
  } finally {
    operands.forEach((a, i) => {
      expect(a.data).toEqual(before[i]!.data);
      expect(a.imag).toEqual(before[i]!.imag);
    });
  }
}

const isOrdinary = (c: Case) => c.blemish === null && c.fill !== "huge" && c.fill !== "tiny";
const settings = { seed: 20, numRuns: 80 };

it("every routine of the room is swept", () => {
  const name = (key: string) => key.split(",")[0] as string;
  const swept = new Set([...[refusing, passing, several].flatMap((table) => Object.keys(table).map(name)), ...sized, ...listed]);
  const missing = Object.keys(linalg).filter((key) => !swept.has(key) && !others.has(key));
  expect(missing).toEqual([]);
});

for (const bodies of ["kernels", "plain loops"] as const)
  describe(`at the edges, by ${bodies},`, () => {
    const within = (check: () => void) => () => {
      useKernels(bodies === "kernels" ? undefined : null);
      try {
        check();
      } finally {
        useKernels(undefined);
      }
    };

    it.each(Object.entries(refusing))("%s answers or says why not, and refuses what is not finite", (_name, routine) =>
      within(() =>
        fc.assert(
          fc.property(anyCase, (c) => {
            const a = make(c);
            const o = outcome(routine, [a]);
            if (!linalg.isFiniteMatrix(a))
              expect("error" in o && ["nonfinite", "not-square", "shape-mismatch"]).toContain("error" in o && o.error.kind);
            if ("value" in o && isOrdinary(c)) expect(hasNaN(o.value)).toBe(false);
          }),
          settings,
        ),
      )(),
    );

    it.each(Object.entries(passing))("%s answers or says why not", (_name, routine) =>
      within(() =>
        fc.assert(
          fc.property(anyCase, (c) => {
            const o = outcome(routine, [make(c)]);
            if ("value" in o && isOrdinary(c)) expect(hasNaN(o.value)).toBe(false);
          }),
          settings,
        ),
      )(),
    );

    it.each(Object.entries(several))("%s answers or names all shapes that do not fit", (name, routine) =>
      within(() => {
        const matching = side.chain((n) =>
          fc.tuple(cases(fc.constant([n, n] as const)), cases(fc.constant([n, n] as const)), cases(fc.constant([n, n] as const))),
        );
        fc.assert(
          fc.property(fc.oneof(fc.tuple(anyCase, anyCase, anyCase), matching), (all) => {
            const taken = name === "sylvester" ? all : all.slice(0, 2);
            outcome(routine, taken.map(make));
          }),
          settings,
        );
      })(),
    );
  });

it.each(sized)("%s of an order that is none, or that cannot fit, says so", (name) => {
  const maker = one(name) as unknown as typeof linalg.zeros;
  for (const n of [0, 1, 2, 3, 4, 5, -1, 1.5, Number.NaN, Infinity, 20000, 2 ** 40]) {
    try {
      const a = maker(n);
      expect([a.rows, a.columns, a.data.length]).toEqual([n, n, n * n]);
      expect(n).toBeLessThan(20000);
    } catch (error) {
      expect(error).toBeInstanceOf(MathError);
      expect(["domain", "too-large"]).toContain((error as linalg.MathError).kind);
    }
  }
});

it.each(listed)("%s of lists that are empty, short or not finite answers or says why not", (name) => {
  const maker = one(name) as unknown as typeof linalg.column;
  for (const list of [[], [1], [0], [Number.NaN], [1, 2], [0, 0, 0], [1, Infinity, 3]]) {
    try {
      const a = maker(list);
      expect(a.data.length).toBe(a.rows * a.columns);
    } catch (error) {
      expect(error).toBeInstanceOf(MathError);
    }
  }
});
