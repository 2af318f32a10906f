// NumPy's statistics and signals with their options: quantiles along axes, weighted counts, convolutions, differences, rounding.

import { type ArrayValue, type CallExpr, fail, realValue, said, type Value } from "../../../expr/index.js";
import { cells, concatenate, entries, entry, fromScalars, reshaped, scalarOf } from "../array.js";
import { entryOperations } from "../elementwise.js";
import type { FormulaFunction } from "../function.js";
import { axisOf, lines } from "../functions/reduce.js";
import * as s from "../scalar.js";
import { arrayOf, axisAt, flat, integerOf, mapNumbers, truth, unary, usual, word } from "./arguments.js";
import { dataFunctions } from "./data.js";

const bincount = dataFunctions.find((f) => f.name === "bincount") as FormulaFunction;

/** The part of a full convolution that a mode keeps. */
function kept(full: readonly s.Scalar[], m: number, n: number, mode: string, call: CallExpr): ArrayValue {
  const [from, count] =
    mode === "full"
      ? [0, full.length]
      : mode === "same"
        ? [Math.floor((Math.min(m, n) - 1) / 2), Math.max(m, n)]
        : mode === "valid"
          ? [Math.min(m, n) - 1, Math.max(m, n) - Math.min(m, n) + 1]
          : fail("unsupported", said`the mode "${mode}"`, call.range, "Use full, same or valid");
  return fromScalars([count], full.slice(from, from + count));
}

const convolved = (name: string, turned: boolean): FormulaFunction =>
  unary(
    name,
    [],
    ([v, w, how], named, call, context) => {
      const [a, b] = [flat(arrayOf(v, call)), flat(arrayOf(w, call))];
      const second = turned ? fromScalars(b.shape, entries(b).reverse().map(s.conjugate)) : b;
      const full = usual("convolve", [a, second], {}, call, context);
      const mode = word(how ?? named["mode"]) || (turned ? "valid" : "full");
      return kept(entries(full as ArrayValue), a.data.length, b.data.length, mode, call);
    },
    [2, 3],
  );

/** Rounds as Python does: to the nearest decimal of the number as it is stored, ties to even. */
function rounded(x: s.Scalar, digits: number): s.Scalar {
  if (s.isInteger(x) && digits >= 0) return x;
  const value = s.re(x);
  if (digits < 0 || !Number.isFinite(value)) return realValue(Math.round(value * 10 ** digits) / 10 ** digits);
  if (digits > 100) return x;
  const text = Math.abs(value).toFixed(digits);
  const nearest = Number(text);
  // toFixed takes ties up; a tie is exact in binary only for halves.
  const tie =
    Math.abs(value) * 10 ** digits - Math.floor(Math.abs(value) * 10 ** digits) === 0.5 && Number.isInteger(Math.abs(value) * 2 ** (digits + 1));
  const even = tie && Math.floor(Math.abs(value) * 10 ** digits) % 2 === 0 ? Math.floor(Math.abs(value) * 10 ** digits) / 10 ** digits : nearest;
  return digits === 0 ? s.integer(Math.sign(value) * even) : realValue(Math.sign(value) * even);
}

export const sampleFunctions: readonly FormulaFunction[] = [
  ...["quantile", "percentile"].map((name) =>
    unary(
      name,
      [],
      ([v, q], named, call, context) => {
        const a = arrayOf(v, call);
        const how = word(named["method"] ?? named["interpolation"]);
        if (how && how !== "linear") return fail("unsupported", said`the method "${how}"`, call.range, "Only linear interpolation is computed");
        const axis = axisOf(a, named, call, context);
        if (axis === null) return usual(name, [flat(a), q as Value], {}, call, context);
        const keep = truth(named["keepdims"]);
        const { list, shape } = lines(a, axis, keep);
        const at = (p: s.Scalar): ArrayValue =>
          fromScalars(
            shape,
            list.map((line) => scalarOf(usual(name, [line, p], {}, call, context)) ?? s.zero),
          );
        if (q?.kind !== "array") return at(scalarOf(q as Value) ?? s.zero);
        return concatenate(
          entries(q).map((p) => reshaped(at(p), [1, ...shape])),
          0,
        );
      },
      [2, 3],
    ),
  ),
  unary("bincount", [], ([v], named, call, context) => {
    const weights = named["weights"];
    const least = integerOf(named["minlength"], 0, call);
    const counts = bincount.apply([v as Value], {}, call, context) as ArrayValue;
    const n = Math.max(least, counts.data.length);
    if (!weights)
      return fromScalars(
        [n],
        Array.from({ length: n }, (_, k) => (k < counts.data.length ? entry(counts, k) : s.zero)),
      );
    const [at, w] = [arrayOf(v, call), arrayOf(weights, call)];
    if (at.data.length !== w.data.length) return fail("length-mismatch", said`${w.data.length} weights for ${at.data.length} values`, call.range);
    const out = new Float64Array(n);
    at.data.forEach((k, i) => {
      out[k] = (out[k] as number) + (w.data[i] as number);
    });
    return { kind: "array", shape: [n], data: out };
  }),
  unary(
    "diff",
    [],
    ([v, times], named, call, context) => {
      let a = arrayOf(v, call);
      const axis = axisAt(named["axis"] ?? s.integer(-1), a.shape.length, call);
      const edge = (x: Value | undefined): ArrayValue[] => {
        if (!x) return [];
        const e = arrayOf(x, call);
        const shape = a.shape.map((n, d) => (d === axis ? 1 : n));
        return [e.data.length === 1 ? fromScalars(shape, new Array<s.Scalar>(cells(shape)).fill(entry(e, 0))) : e];
      };
      a = concatenate([...edge(named["prepend"]), a, ...edge(named["append"])], axis);
      for (let k = integerOf(times ?? named["n"], 1, call); k > 0; k--)
        a = usual("diff", [a], { axis: s.integer(axis) }, call, context) as ArrayValue;
      return a;
    },
    [1, 2],
  ),
  convolved("convolve", false),
  convolved("correlate", true),
  unary(
    "trapezoid",
    [],
    ([y, x], named, call, context) => {
      const places = x ?? named["x"];
      return usual("trapezoid", [y as Value], { ...(places && { x: places }), ...(named["dx"] && { dx: named["dx"] }) }, call, context);
    },
    [1, 2],
  ),
  unary(
    "powmod",
    [],
    ([x, n, m], _named, call) => {
      const [base, exponent, modulus] = [x, n, m].map((v) => BigInt(integerOf(v, 0, call))) as [bigint, bigint, bigint];
      if (modulus === 0n) return fail("divide-by-zero", "pow() with modulus 0", call.range);
      if (exponent < 0n) return fail("unsupported", "pow() with a negative exponent and a modulus", call.range);
      let [out, square] = [1n, ((base % modulus) + modulus) % modulus];
      for (let k = exponent; k > 0n; k >>= 1n) {
        if (k & 1n) out = (out * square) % modulus;
        square = (square * square) % modulus;
      }
      return s.integer(out % modulus);
    },
    [3, 3],
  ),
  unary(
    "pyround",
    [],
    ([v, digits], named, call, context) => {
      const x = scalarOf(v as Value);
      if (v?.kind === "array" || !x || !s.isReal(x)) return usual("round", [v as Value, ...(digits ? [digits] : [])], named, call, context);
      return rounded(x, integerOf(digits ?? named["ndigits"], 0, call));
    },
    [1, 2],
  ),
  unary(
    "logof",
    [],
    ([v, base], _n, call, context) =>
      entryQuotient(usual("ln", [v as Value], {}, call, context), usual("ln", [base as Value], {}, call, context), call),
    [2, 2],
  ),
];

const entryQuotient = (x: Value, base: Value, call: CallExpr): Value => {
  const divisor = scalarOf(base) ?? fail("domain", "the base of a logarithm is a number", call.range);
  const divide = (y: s.Scalar): s.Scalar => {
    const q = entryOperations.divide.scalar(realOf(y), realOf(divisor));
    const near = Math.round(s.re(q));
    // log(8, 2) is 3 and not 2.9999999999999996.
    return Math.abs(s.re(q) - near) < 4e-16 * Math.max(1, Math.abs(near)) ? realValue(near) : q;
  };
  return x.kind === "array" ? mapNumbers(x, (y) => divide(realValue(y)), call) : divide(scalarOf(x) ?? s.zero);
};
const realOf = (x: s.Scalar): s.Scalar => realValue(s.re(x));
