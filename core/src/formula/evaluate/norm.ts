// |x| and the norms, each by its canonical name.

import { type ArrayValue, fail, type Range, realValue, said, type Value } from "../../expr/index.js";
import type { Context } from "../context.js";
import { entry, isVectorLike, scalarOf, shapeText } from "./array.js";
import { det, singularValues } from "./linear.js";
import { absolute, add, compare, divide, exactRoot, isReal, re, type Scalar, squareRoot, zero } from "./scalar.js";

type Norm = (a: ArrayValue, range: Range) => Value;

const magnitudes = (a: ArrayValue): Float64Array => {
  const out = new Float64Array(a.data.length);
  for (let k = 0; k < out.length; k++) out[k] = a.imag ? Math.hypot(a.data[k] as number, a.imag[k] as number) : Math.abs(a.data[k] as number);
  return out;
};

/** Σx² of fractions; null when there are none. */
function exactSquares(a: ArrayValue): Scalar | null {
  if (!a.exact) return null;
  let sum: Scalar = zero;
  for (let k = 0; k < a.data.length; k++) {
    const x = entry(a, k);
    sum = add(sum, x.kind === "rational" ? { kind: "rational", num: x.num * x.num, den: x.den * x.den } : zero);
  }
  return sum;
}

/** √(Σ|x|²/n), scaled so that it neither overflows nor underflows; exact when the root is rational. */
function rootOfSquares(a: ArrayValue, n: number): Value {
  const squares = exactSquares(a);
  const mean = squares && divide(squares, { kind: "rational", num: BigInt(n), den: 1n });
  if (mean?.kind === "rational" && exactRoot(mean, 2)) return squareRoot(mean);
  const m = magnitudes(a);
  const largest = m.reduce((x, y) => Math.max(x, y), 0);
  if (largest === 0 || !Number.isFinite(largest)) return realValue(m.some(Number.isNaN) ? Number.NaN : largest);
  let sum = 0;
  for (const x of m) sum += (x / largest) * (x / largest);
  return realValue(largest * Math.sqrt(sum / n));
}

const euclidean: Norm = (a) => rootOfSquares(a, 1);
/** The root mean square of the entries. */
const rootMeanSquare: Norm = (a) => rootOfSquares(a, a.data.length);

const exactAbs = (a: ArrayValue, pick: readonly number[]): Scalar => pick.reduce<Scalar>((s, k) => add(s, absolute(entry(a, k))), zero);
const largestOf = (values: readonly Scalar[]): Scalar => values.reduce((x, y) => (isReal(x) && isReal(y) && compare(y, x) > 0 ? y : x));
const span = (n: number) => Array.from({ length: n }, (_, k) => k);

const rowSums: Norm = (a) => {
  const [m, n] = a.shape as [number, number];
  return largestOf(
    span(m).map((i) =>
      exactAbs(
        a,
        span(n).map((j) => i * n + j),
      ),
    ),
  );
};
const columnSums: Norm = (a) => {
  const [m, n] = a.shape as [number, number];
  return largestOf(
    span(n).map((j) =>
      exactAbs(
        a,
        span(m).map((i) => i * n + j),
      ),
    ),
  );
};

const matrixNorms: Readonly<Record<string, Norm>> = {
  F: euclidean,
  "2": (a, range) => realValue(singularValues(a, range)[0] ?? 0),
  "1": columnSums,
  "∞": rowSums,
  "*": (a, range) => realValue(singularValues(a, range).reduce((x, y) => x + y, 0)),
  max: (a) => largestOf(span(a.data.length).map((k) => absolute(entry(a, k)))),
  RMS: rootMeanSquare,
};

const vectorNorms: Readonly<Record<string, Norm>> = {
  "2": euclidean,
  F: euclidean,
  "1": (a) => exactAbs(a, span(a.data.length)),
  "∞": (a) => largestOf(span(a.data.length).map((k) => absolute(entry(a, k)))),
  max: (a) => largestOf(span(a.data.length).map((k) => absolute(entry(a, k)))),
  "*": euclidean,
  RMS: rootMeanSquare,
  "0": (a) => ({ kind: "rational", num: BigInt(magnitudes(a).filter((x) => x !== 0).length), den: 1n }),
  "-∞": (a) => realValue(magnitudes(a).reduce((x, y) => Math.min(x, y), Number.POSITIVE_INFINITY)),
};

const canonical: Readonly<Record<string, string>> = {
  fro: "F",
  frobenius: "F",
  Frobenius: "F",
  f: "F",
  HS: "F",
  op: "2",
  spectral: "2",
  spec: "2",
  inf: "∞",
  Inf: "∞",
  infinity: "∞",
  "\\infty": "∞",
  "-inf": "-∞",
  nuc: "*",
  nuclear: "*",
  tr: "*",
  "\\ast": "*",
  "\\star": "*",
  "\\max": "max",
  "\\text{op}": "2",
  rms: "RMS",
};

/** The norm of a value; `which` may be any spelling of its name, or a number p. `subject` is where its name stands. */
export function norm(which: string, value: Value, context: Context, range: Range, subject: Range = range): Value {
  const name = canonical[which] ?? which;
  const s = scalarOf(value);
  if (s && (value.kind !== "array" || name === "abs")) return absolute(s);
  if (value.kind !== "array") return fail("unsupported", said`the norm of ${shapeText(value)}`, range);
  if (name === "abs") {
    // |M| is the determinant of a square matrix.
    if (value.shape.length === 2 && value.shape[0] === value.shape[1]) return det(value, context, range);
    if (isVectorLike(value)) return euclidean(value, range);
    return fail("not-square", said`|A| of ${shapeText(value)} is no determinant`, range);
  }
  if (value.data.length === 0) return fail("empty", "the norm of an empty array", range);
  const vector = isVectorLike(value);
  const table = vector ? vectorNorms : matrixNorms;
  const known = table[name === "" ? (vector ? "2" : "F") : name];
  if (known) return known(value, range);
  const given = /^\d/.test(name) ? null : context.scope.lookup(name, subject);
  const exponent = given && scalarOf(given);
  const p = /^\d+(\.\d+)?$/.test(name) ? Number(name) : exponent && isReal(exponent) ? re(exponent) : Number.NaN;
  if (p > 0 && (vector || value.shape.length === 2)) {
    const values = vector ? magnitudes(value) : singularValues(value, range);
    if (!vector) context.note(said`Schatten ${name}-norm`);
    const largest = values.reduce((x, y) => Math.max(x, y), 0);
    return realValue(largest === 0 ? 0 : largest * values.reduce((t, x) => t + (x / largest) ** p, 0) ** (1 / p));
  }
  return fail("unknown-norm", said`there is no norm named ${which}`, subject, "Known: F, 2, op, 1, \\infty, *, \\max, RMS, and numbers p");
}
