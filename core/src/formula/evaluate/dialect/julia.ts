// Julia's exp, log and sqrt: of a square matrix the matrix function, of a number the number's.

import { type ArrayValue, type CallExpr, fail, matrixValue, type RecordValue, said, type Value } from "../../../expr/index.js";
import * as linalg from "../../../linalg/index.js";
import { conjugateArray, entries, entry, fromScalars, scalarOf, shapeText, toMatrix, transpose } from "../array.js";
import { mapEntries } from "../elementwise.js";
import type { FormulaFunction } from "../function.js";
import { functions } from "../functions/index.js";
import { mathematics } from "../linear.js";
import { binary } from "../operate.js";
import * as powers from "../power.js";
import * as s from "../scalar.js";

const whole = (name: string, entries: string, of: typeof powers.exponential): FormulaFunction => ({
  name,
  arity: [1, 1],
  apply: ([v], named, call, context) => {
    if (v?.kind === "array" && v.shape.length === 2) return of(v, context, call.range);
    const f = functions.get(entries) ?? fail("unknown-function", said`there is no function named ${entries}`, call.nameRange);
    return f.apply([v as Value], named, call, context);
  },
});

const array = (v: Value | undefined, call: CallExpr): ArrayValue =>
  v?.kind === "array" ? v : fail("unsupported", said`${call.name} of ${v ? shapeText(v) : "nothing"}`, call.range);
const usual = (name: string): FormulaFunction => functions.get(name) as FormulaFunction;
const record = (title: string, fields: Record<string, Value>): RecordValue => ({ kind: "record", title, fields });

/** The place (from 1) of the first or last entry that is true. */
const found = (name: string, last: boolean): FormulaFunction => ({
  name,
  arity: [1, 1],
  apply: ([v], _named, call) => {
    const a = array(v, call);
    const k = last ? a.data.findLastIndex((x) => x !== 0) : a.data.findIndex((x) => x !== 0);
    return k < 0 ? fail("domain", "no entry is true", call.range) : s.integer(k + 1);
  },
});
const end = (name: string, last: boolean): FormulaFunction => ({
  name,
  arity: [1, 1],
  apply: ([v], _named, call) => {
    if (v?.kind === "list") return v.items[last ? v.items.length - 1 : 0] ?? fail("empty", "there is no entry", call.range);
    const a = array(v, call);
    return a.data.length === 0 ? fail("empty", "there is no entry", call.range) : entry(a, last ? a.data.length - 1 : 0);
  },
});
const extreme = (name: string, of: "max" | "min"): FormulaFunction => ({
  name,
  arity: [1, 1],
  apply: (args, named, call, context) => ({
    kind: "list",
    items: [usual(of).apply(args, named, call, context), usual(`arg${of}`).apply(args, named, call, context)],
  }),
});

export const juliaFunctions: readonly FormulaFunction[] = [
  {
    // a .== b, entry by entry.
    name: "equalentries",
    arity: [2, 2],
    apply: ([a, b], _named, call, context) => {
      const d = binary("subtract", a as Value, b as Value, context, call.range);
      const x = d.kind === "array" ? null : scalarOf(d);
      if (d.kind === "array") return { ...mapEntries(d, (t) => s.integer(s.isZero(t) ? 1 : 0)), element: "boolean" };
      return x ? { kind: "boolean", value: s.isZero(x) } : fail("unsupported", "these cannot be compared", call.range);
    },
  },
  found("findfirst", false),
  found("findlast", true),
  end("first", false),
  end("last", true),
  extreme("findmax", "max"),
  extreme("findmin", "min"),
  {
    name: "extrema",
    arity: [1, 1],
    apply: (args, named, call, context) => ({
      kind: "list",
      items: [usual("min").apply(args, named, call, context), usual("max").apply(args, named, call, context)],
    }),
  },
  {
    // The upper triangle, mirrored.
    name: "symmetric",
    arity: [1, 2],
    apply: ([v], _named, call) => {
      const a = array(v, call);
      const n = a.shape[0] as number;
      if (a.shape.length !== 2 || a.shape[1] !== n)
        return fail("not-square", said`a symmetric matrix is square, this is ${shapeText(a)}`, call.range);
      const all = entries(a);
      return fromScalars(
        a.shape,
        all.map((x, k) => {
          const [i, j] = [Math.floor(k / n), k % n];
          return i <= j ? x : s.conjugate(all[j * n + i] as s.Scalar);
        }),
      );
    },
  },
  {
    // repeat(x, n) puts the whole after itself.
    name: "repeatwhole",
    arity: [1, 3],
    apply: ([v, m, n], named, call, context) => {
      const inner = named["inner"];
      const outer = named["outer"];
      if (inner) return usual("repeat").apply([v as Value, inner], {}, call, context);
      const a = array(v, call);
      const rows = m ?? outer ?? s.one;
      if (a.shape.length === 1 && !n) return usual("tile").apply([a, rows], {}, call, context);
      const matrix: ArrayValue = a.shape.length === 1 ? { ...a, shape: [a.data.length, 1] } : a;
      return usual("tile").apply([matrix, rows, n ?? s.one], {}, call, context);
    },
  },
  {
    // L, U, p = lu(A): p is the order of the rows, from 1.
    name: "lu",
    arity: [1, 1],
    apply: ([v], _named, call) => {
      const f = mathematics(call.range, () => linalg.lu(toMatrix(v as Value, call.range)));
      return record("LU", {
        L: matrixValue(f.L),
        U: matrixValue(f.U),
        p: fromScalars(
          [f.permutation.length],
          Array.from(f.permutation, (k) => s.integer(k + 1)),
        ),
        P: matrixValue(linalg.transpose(linalg.permutationMatrix(f.permutation))),
      });
    },
  },
  {
    name: "svd",
    arity: [1, 1],
    apply: (args, named, call, context) => {
      const f = usual("svd").apply(args, named, call, context);
      if (f.kind !== "record") return f;
      const V = f.fields["V"];
      return V?.kind === "array" ? { ...f, fields: { ...f.fields, Vt: transpose(conjugateArray(V)) } } : f;
    },
  },
  {
    name: "cholesky",
    arity: [1, 1],
    apply: (args, named, call, context) => {
      const L = usual("cholesky").apply(args, named, call, context);
      return L.kind === "array" ? record("Cholesky", { L, U: transpose(conjugateArray(L)) }) : L;
    },
  },
  whole("expm_of", "exp", powers.exponential),
  whole("logm_of", "ln", powers.logarithm),
  whole("sqrtm_of", "sqrt", (v, context, range) => powers.squareRoot(v, context, range) as ArrayValue),
];
