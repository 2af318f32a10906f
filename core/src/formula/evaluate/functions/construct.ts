// Arrays from sizes and rules, and the same entries in another arrangement.

import { type ArrayValue, type CallExpr, fail, type Range, said, type Value } from "../../../expr/index.js";
import type { Context } from "../../context.js";
import {
  checkCells,
  concatenate,
  dims,
  entries,
  entry,
  filled,
  fromScalars,
  gather,
  identity,
  isVectorLike,
  maxExactCells,
  permute,
  reshaped,
  scalarOf,
  shapeText,
  tabulated,
  transpose,
} from "../array.js";
import { align, elementwise, entryOperations, mapEntries } from "../elementwise.js";
import type { FormulaFunction } from "../function.js";
import { kronecker, outer } from "../product.js";
import * as s from "../scalar.js";

type Scalar = s.Scalar;

/** Whole sizes from numbers or one array of them. */
function sizes(args: readonly Value[], call: CallExpr): number[] {
  return args.flatMap((v, k) => {
    const range = (call.args[k] ?? call).range;
    const numbers = v.kind === "array" ? entries(v) : [scalarOf(v) ?? fail("domain", said`a size must be a number, not ${shapeText(v)}`, range)];
    return numbers.map((x) => {
      const n = s.toInteger(x);
      return n !== null && n >= 0 ? n : fail("domain", said`${s.re(x)} is no size`, range);
    });
  });
}

const integerOf = (v: Value | undefined, fallback: number, range: Range): number => {
  if (v === undefined) return fallback;
  const x = scalarOf(v);
  return (x && s.toInteger(x)) ?? fail("domain", said`a whole number is needed here, not ${shapeText(v)}`, range);
};

/** Every cell the same: full(m, n, value=0). */
function full(shape: readonly number[], value: Scalar, call: CallExpr, context: Context): Value {
  if (shape.length === 0) return value;
  checkCells(shape, context, call.range);
  return filled(shape, value);
}

const constant = (name: string, value: Scalar): FormulaFunction => ({
  name,
  arity: [0, Number.POSITIVE_INFINITY],
  apply: (args, named, call, context) => {
    const shape = sizes(args, call);
    // One size is a column in mathematics: \mathbf 1_n.
    const column = shape.length === 1 && (context.language === "latex" || context.language === "typst");
    return full(column ? [shape[0] as number, 1] : shape, named["value"] ? (scalarOf(named["value"]) as Scalar) : value, call, context);
  },
});

const like = (name: string, value: Scalar | null): FormulaFunction => ({
  name,
  arity: [1, 2],
  apply: ([v, second], named, call, context) =>
    full(v?.kind === "array" ? v.shape : [], value ?? (scalarOf(second ?? named["value"] ?? named["fill_value"] ?? s.zero) as Scalar), call, context),
});

const eye: FormulaFunction = {
  name: "eye",
  aliases: ["identity", "IdentityMatrix", "identity_matrix", "ident"],
  arity: [1, 3],
  apply: (args, named, call, context) => {
    const [m, n = m] = sizes(args.slice(0, 2), call) as [number, number?];
    checkCells([m, n as number], context, call.range);
    const k = integerOf(named["k"], 0, call.range);
    if (k === 0) return identity(m, n);
    return tabulated([m, n as number], (p) => (p % (n as number) === Math.floor(p / (n as number)) + k ? s.one : s.zero));
  },
};

const spaced = (name: string, aliases: readonly string[], at: (a: Scalar, b: Scalar, t: Scalar) => Scalar): FormulaFunction => ({
  name,
  aliases,
  arity: [2, 3],
  apply: ([a, b, n], named, call, context) => {
    const fallback = context.language === "matlab" ? 100 : 50;
    const count = integerOf(n ?? named["num"] ?? named["length"] ?? named["steps"], fallback, call.range);
    checkCells([count], context, call.range);
    const [first, last] = [scalarOf(a as Value), scalarOf(b as Value)];
    if (!first || !last || count < 0) return fail("domain", said`${name} needs two numbers and a count`, call.range);
    const open = named["endpoint"]?.kind === "boolean" && !named["endpoint"].value;
    const parts = open ? count : count - 1;
    // Too many to be kept exact: plain numbers are a hundred times faster to count with.
    const many = count > maxExactCells;
    const [x, y] = many ? [s.floating(first), s.floating(last)] : [first, last];
    const flat = tabulated([count], (k) =>
      parts === 0 ? at(x, y, s.zero) : at(x, y, many ? { kind: "real", value: k / parts } : s.divide(s.integer(k), s.integer(parts))),
    );
    const floats: ArrayValue =
      context.language === "mathematica" || !flat.exact || flat.exact.every((r) => r.den === 1n)
        ? flat
        : { kind: "array", shape: flat.shape, data: flat.data };
    return context.language === "matlab" ? reshaped(floats, [1, count]) : floats;
  },
});
const between = (a: Scalar, b: Scalar, t: Scalar): Scalar => s.add(a, s.multiply(s.subtract(b, a), t));

const reshape: FormulaFunction = {
  name: "reshape",
  aliases: ["ArrayReshape"],
  arity: [2, Number.POSITIVE_INFINITY],
  structural: false,
  apply: ([v, ...rest], named, call, context) => {
    const a = v?.kind === "array" ? v : fromScalars([1], [scalarOf(v as Value) ?? s.zero]);
    const wanted = rest
      .flatMap((r) => (r.kind === "array" ? entries(r) : [scalarOf(r) ?? s.zero]))
      .map((x) => s.toInteger(x) ?? fail("domain", "a size must be a whole number", call.range));
    const open = wanted.indexOf(-1);
    const known = wanted.filter((n) => n !== -1).reduce((x, y) => x * y, 1);
    const shape = wanted.map((n, k) => (k === open ? a.data.length / known : n));
    if (shape.some((n) => !Number.isInteger(n) || n < 0) || shape.reduce((x, y) => x * y, 1) !== a.data.length)
      return fail(
        "length-mismatch",
        said`cannot arrange ${a.data.length} entries as ${wanted.map((n) => (n === -1 ? "?" : n)).join("×")}`,
        call.range,
      );
    const byColumns =
      named["order"]?.kind === "string" ? named["order"].value === "F" : ["matlab", "julia", "r", "fortran"].includes(context.language);
    if (!byColumns) return reshaped(a, shape);
    // Column-major on both sides: reverse the axes, refill, reverse again.
    return transposeAll(reshaped(transposeAll(a), [...shape].reverse()));
  },
};

const transposeAll = (a: ArrayValue): ArrayValue =>
  a.shape.length < 2
    ? a
    : permute(
        a,
        a.shape.map((_, d) => a.shape.length - 1 - d),
      );

const flatten: FormulaFunction = {
  name: "flatten",
  aliases: ["ravel", "Flatten"],
  arity: [1, 1],
  apply: ([v], _n, _call, context) => {
    if (v?.kind !== "array") return fromScalars([1], [scalarOf(v as Value) ?? s.zero]);
    const columns = ["julia", "r", "matlab", "fortran"].includes(context.language);
    return reshaped(columns ? transposeAll(v) : v, [v.data.length]);
  },
};

/** Arrays side by side or stacked. */
function joined(
  args: readonly Value[],
  axis: number | "h" | "v" | "d" | "new" | "columns",
  named: Readonly<Record<string, Value>>,
  call: CallExpr,
  context: Context,
): Value {
  const list = args.length === 1 && args[0]?.kind === "list" ? args[0].items : args;
  const parts = list.map((v, k) =>
    v.kind === "array"
      ? v
      : fromScalars([1], [scalarOf(v) ?? fail("unsupported", said`${call.name} of ${shapeText(v)}`, (call.args[k] ?? call).range)]),
  );
  const [first] = parts;
  if (!first) return fail("missing-argument", said`${call.name} needs arrays`, call.range);
  const given = named["axis"] ?? named["dims"];
  const mathematical = !["python", "julia", "javascript"].includes(context.language);
  let ready = parts;
  let along: number;
  if (axis === "new") {
    const n = integerOf(given, 0, call.range);
    along = n < 0 ? n + first.shape.length + 1 : n;
    ready = parts.map((p) => reshaped(p, [...p.shape.slice(0, along), 1, ...p.shape.slice(along)]));
  } else if (axis === "columns") {
    const rows = Math.max(...parts.map((p) => p.shape[0] as number));
    // In R a short column is repeated.
    const full = (p: ArrayValue): ArrayValue =>
      context.language === "r" && p.shape.length === 1 && rows % p.data.length === 0
        ? gather(
            p,
            [rows],
            Int32Array.from({ length: rows }, (_, k) => k % p.data.length),
          )
        : p;
    ready = parts.map(full).map((p) => (p.shape.length === 1 ? reshaped(p, [p.data.length, 1]) : p));
    along = 1;
  } else if (axis === "v") {
    ready = parts.map((p) => (p.shape.length === 1 ? (mathematical || context.language === "python" ? reshaped(p, [1, p.data.length]) : p) : p));
    along = 0;
  } else if (axis === "h") along = first.shape.length === 1 ? 0 : 1;
  else if (axis === "d") {
    ready = parts.map((p) => reshaped(p, p.shape.length === 1 ? [1, p.data.length, 1] : [...p.shape, 1]));
    along = 2;
  } else {
    const n = integerOf(given, axis, call.range);
    along = n < 0 ? n + first.shape.length : n;
  }
  const head = ready[0] as ArrayValue;
  ready.forEach((p, k) => {
    if (p.shape.length !== head.shape.length || p.shape.some((n, d) => d !== along && n !== head.shape[d]) || along >= p.shape.length)
      fail("shape-mismatch", said`cannot join ${shapeText(parts[k] as ArrayValue)} to ${shapeText(first)}`, (call.args[k] ?? call).range);
  });
  checkCells([ready.reduce((n, p) => n + p.data.length, 0)], context, call.range);
  return concatenate(ready, along);
}

const join = (name: string, aliases: readonly string[], axis: Parameters<typeof joined>[1]): FormulaFunction => ({
  name,
  aliases,
  arity: [1, Number.POSITIVE_INFINITY],
  apply: (args, named, call, context) => joined(args, axis, named, call, context),
});

/** R's matrix(data, nrow, ncol, byrow): short data are repeated. */
const rMatrix: FormulaFunction = {
  name: "matrix",
  arity: [1, 4],
  apply: ([v, second, third, fourth], named, call, context) => {
    const a = v?.kind === "array" ? v : fromScalars([1], [scalarOf(v as Value) ?? s.zero]);
    const row = named["nrow"] ?? second;
    const column = named["ncol"] ?? third;
    const by = named["byrow"] ?? fourth;
    const total = a.data.length;
    const c0 = column === undefined ? undefined : integerOf(column, 1, call.range);
    const m = row === undefined ? (c0 === undefined ? total : Math.ceil(total / c0)) : integerOf(row, 1, call.range);
    const n = c0 ?? Math.ceil(total / m);
    checkCells([m, n], context, call.range);
    if (total === 0 || (m * n) % total !== 0) return fail("length-mismatch", said`${total} numbers do not fill a ${m}×${n} matrix`, call.range);
    const byRow = by?.kind === "boolean" && by.value;
    return gather(
      a,
      [m, n],
      Int32Array.from({ length: m * n }, (_, k) => (byRow ? k : (k % n) * m + Math.floor(k / n)) % total),
    );
  },
};

const triangle = (name: string, aliases: readonly string[], keep: (i: number, j: number, k: number) => boolean): FormulaFunction => ({
  name,
  aliases,
  arity: [1, 2],
  apply: ([v, second], named, call) => {
    const d = v?.kind === "array" ? dims(v) : null;
    if (v?.kind !== "array" || !d) return fail("unsupported", said`${name} of ${shapeText(v as Value)}`, call.range);
    const k = integerOf(second ?? named["k"] ?? named["diagonal"], 0, call.range);
    return tabulated(v.shape, (p) => (keep(Math.floor(p / d[1]), p % d[1], k) ? entry(v, p) : s.zero));
  },
});

/** A matrix from a rule for its entry (i, j); `fill` makes matrices that are too large for exact entries, in floating point. */
const generated = (
  name: string,
  aliases: readonly string[],
  rule: (i: number, j: number, n: number) => Scalar,
  fill: (data: Float64Array, columns: number) => void,
): FormulaFunction => ({
  name,
  aliases,
  arity: [1, 2],
  apply: (args, _n, call, context) => {
    const [n, m = n] = sizes(args, call) as [number, number?];
    checkCells([n, m], context, call.range);
    if (n * m > maxExactCells) {
      const data = new Float64Array(n * m);
      fill(data, m);
      return { kind: "array", shape: [n, m], data };
    }
    const out: Scalar[] = [];
    for (let i = 0; i < n; i++) for (let j = 0; j < m; j++) out.push(rule(i, j, n));
    return fromScalars([n, m], out);
  },
});

/** A matrix from vectors and a rule. */
const fromVectors = (
  name: string,
  aliases: readonly string[],
  arity: readonly [number, number],
  build: (c: readonly Scalar[], r: readonly Scalar[], context: Context) => ArrayValue,
): FormulaFunction => ({
  name,
  aliases,
  arity,
  apply: ([v, w], _n, call, context) => {
    const list = (x: Value | undefined) => (x?.kind === "array" ? entries(x) : x ? [scalarOf(x) ?? s.zero] : []);
    const c = list(v);
    const r = w === undefined ? c : list(w);
    checkCells([c.length, Math.max(r.length, c.length)], context, call.range);
    return build(c, r, context);
  },
});

const grid = (m: number, n: number, f: (i: number, j: number) => Scalar): ArrayValue => tabulated([m, n], (k) => f(Math.floor(k / n), k % n));

const pascal = (i: number, j: number): Scalar => {
  let c = 1n;
  for (let k = 1; k <= i; k++) c = (c * BigInt(j + k)) / BigInt(k);
  return s.integer(c);
};

/** Pascal's triangle by its sums; entries beyond float64 are infinite. */
function pascalSums(data: Float64Array, columns: number): void {
  for (let p = 0; p < data.length; p++) data[p] = p < columns || p % columns === 0 ? 1 : data[p - 1] + data[p - columns];
}

/** The parity of the common bits of i and j. */
function commonParity(i: number, j: number): number {
  let odd = 0;
  for (let x = i & j; x > 0; x >>= 1) odd ^= x & 1;
  return odd;
}

const byEntry =
  (rule: (i: number, j: number) => number) =>
  (data: Float64Array, columns: number): void => {
    for (let i = 0, p = 0; p < data.length; i++) for (let j = 0; j < columns; j++, p++) data[p] = rule(i, j);
  };

/** MATLAB's magic squares: odd, doubly even and singly even orders. */
function magic(n: number): number[] {
  const out = new Array<number>(n * n).fill(0);
  const at = (i: number, j: number) => i * n + j;
  if (n % 2 === 1) {
    // De la Loubère's staircase, in the orientation MATLAB prints.
    for (let t = 0; t < n * n; t++) {
      const step = Math.floor(t / n);
      const column = (t + 1 - step + (n - 3) / 2) % n;
      out[at((n * n - t + 2 * step) % n, column < 0 ? column + n : column)] = t + 1;
    }
  } else if (n % 4 === 0) {
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        const x = i * n + j + 1;
        out[at(i, j)] = Math.floor(((i + 1) % 4) / 2) === Math.floor(((j + 1) % 4) / 2) ? n * n + 1 - x : x;
      }
  } else {
    const p = n / 2;
    const small = magic(p);
    for (let i = 0; i < p; i++)
      for (let j = 0; j < p; j++) {
        const x = small[i * p + j] as number;
        out[at(i, j)] = x;
        out[at(i + p, j + p)] = x + p * p;
        out[at(i, j + p)] = x + 2 * p * p;
        out[at(i + p, j)] = x + 3 * p * p;
      }
    const k = (n - 2) / 4;
    for (let i = 0; i < p; i++)
      for (let j = 0; j < n; j++) {
        const swap = j < k ? !(i === k && j === 0) : j > n - k || (i === k && j === k);
        if (swap) {
          const t = out[at(i, j)] as number;
          out[at(i, j)] = out[at(i + p, j)] as number;
          out[at(i + p, j)] = t;
        }
      }
  }
  return out;
}

const where: FormulaFunction = {
  name: "where",
  aliases: ["ifelse"],
  arity: [1, 3],
  apply: ([c, x, y], _n, call, context) => {
    if (x === undefined || y === undefined) return { kind: "list", items: nonzero(c as Value, context) };
    if (c?.kind !== "array" && x.kind !== "array" && y.kind !== "array") return s.isZero(scalarOf(c as Value) ?? s.zero) ? y : x;
    const wrap = (v: Value) => (v.kind === "array" ? v : fromScalars([1], [scalarOf(v) ?? s.zero]));
    const [a, b] = align(wrap(x), wrap(y), "choose between", context, call.range);
    const [m, a1] = align(wrap(c as Value), a, "choose between", context, call.range);
    const [, b1] = align(m, b, "choose between", context, call.range);
    return tabulated(a1.shape, (k) => entry(m.data[k] !== 0 ? a1 : b1, k));
  },
};

function nonzero(v: Value, context: Context): Value[] {
  if (v.kind !== "array") return [];
  const origin = context.language === "python" ? 0 : 1;
  const strides = v.shape.map((_, d) => v.shape.slice(d + 1).reduce((x, y) => x * y, 1));
  const at = Array.from(v.data, (x, k) => (x !== 0 ? k : -1)).filter((k) => k >= 0);
  return v.shape.map((n, d) =>
    fromScalars(
      [at.length],
      at.map((k) => s.integer((Math.floor(k / (strides[d] as number)) % n) + origin)),
    ),
  );
}

const shapeOf = (v: Value): readonly number[] => (v.kind === "array" ? v.shape : v.kind === "list" ? [v.items.length] : []);

const roll: FormulaFunction = {
  name: "roll",
  aliases: ["circshift", "RotateRight"],
  arity: [2, 3],
  apply: ([v, shift, third], named, call, context) => {
    if (v?.kind !== "array") return fail("unsupported", said`roll of ${shapeText(v as Value)}`, call.range);
    const n = integerOf(shift, 0, call.range);
    const given = third ?? named["axis"];
    const size = v.data.length;
    if (given === undefined && (context.language === "python" || isVectorLike(v)))
      return gather(
        v,
        v.shape,
        Int32Array.from({ length: size }, (_, k) => (((k - n) % size) + size) % size),
      );
    const axis = integerOf(given, 0, call.range);
    const length = v.shape[axis] as number;
    const inner = v.shape.slice(axis + 1).reduce((x, y) => x * y, 1);
    return gather(
      v,
      v.shape,
      Int32Array.from({ length: size }, (_, k) => {
        const i = Math.floor(k / inner) % length;
        const from = (((i - n) % length) + length) % length;
        return k + (from - i) * inner;
      }),
    );
  },
};

const mirrored = (name: string, axis: number): FormulaFunction => ({
  name,
  arity: [1, 1],
  apply: ([v], _n, call) => {
    if (v?.kind !== "array" || v.shape.length <= axis) return fail("unsupported", said`${name} of ${shapeText(v as Value)}`, call.range);
    const length = v.shape[axis] as number;
    const inner = v.shape.slice(axis + 1).reduce((x, y) => x * y, 1);
    return gather(
      v,
      v.shape,
      Int32Array.from({ length: v.data.length }, (_, k) => k + (length - 1 - 2 * (Math.floor(k / inner) % length)) * inner),
    );
  },
});

export const constructors: readonly FormulaFunction[] = [
  constant("zeros", s.zero),
  constant("ones", s.one),
  {
    name: "full",
    aliases: ["fill", "ConstantArray"],
    arity: [0, Number.POSITIVE_INFINITY],
    apply: (args, named, call, context) => full(sizes(args, call), scalarOf(named["value"] ?? s.zero) as Scalar, call, context),
  },
  like("zeros_like", s.zero),
  like("ones_like", s.one),
  like("full_like", null),
  eye,
  spaced("linspace", ["LinSpace"], between),
  spaced("logspace", [], (a, b, t) => s.power(s.integer(10), between(a, b, t))),
  spaced("geomspace", [], (a, b, t) => s.multiply(a, s.power(s.divide(b, a), t))),
  reshape,
  flatten,
  join("hstack", ["hcat"], "h"),
  join("cbind", [], "columns"),
  join("vstack", ["vcat", "row_stack"], "v"),
  join("rbind", [], "v"),
  join("dstack", [], "d"),
  join("column_stack", [], "columns"),
  join("concatenate", ["cat", "Join"], 0),
  join("stack", [], "new"),
  {
    name: "c",
    aliases: ["combine"],
    arity: [1, Number.POSITIVE_INFINITY],
    apply: (args, named, call, context) =>
      joined(
        args.map((v) => (v.kind === "array" ? reshaped(transposeAll(v), [v.data.length]) : v)),
        0,
        named,
        call,
        context,
      ),
  },
  rMatrix,
  {
    name: "permute",
    arity: [2, Number.POSITIVE_INFINITY],
    apply: ([v, ...axes], _n, call) => {
      const order = sizes(axes, call);
      if (v?.kind !== "array" || [...order].sort().join() !== v.shape.map((_, d) => d).join())
        return fail("domain", said`the axes ${order.join(", ")} do not fit ${shapeText(v as Value)}`, call.range);
      return permute(v, order);
    },
  },
  triangle("triu", ["UpperTriangularize"], (i, j, k) => j - i >= k),
  triangle("tril", ["LowerTriangularize"], (i, j, k) => j - i <= k),
  generated(
    "hilbert",
    ["hilb", "HilbertMatrix"],
    (i, j) => ({ kind: "rational", num: 1n, den: BigInt(i + j + 1) }),
    byEntry((i, j) => 1 / (i + j + 1)),
  ),
  generated("pascal", [], pascal, pascalSums),
  generated(
    "hadamard",
    [],
    (i, j) => s.integer(commonParity(i, j) ? -1 : 1),
    byEntry((i, j) => (commonParity(i, j) ? -1 : 1)),
  ),
  {
    name: "magic",
    arity: [1, 1],
    apply: (args, _n, call, context) => {
      const [n] = sizes(args, call) as [number];
      checkCells([n, n], context, call.range);
      const numbers = n === 2 ? [4, 3, 1, 2] : magic(n);
      return tabulated([n, n], (k) => s.integer(numbers[k] as number));
    },
  },
  fromVectors("vander", ["vandermonde"], [1, 2], (c) => grid(c.length, c.length, (i, j) => s.power(c[i] as Scalar, s.integer(c.length - 1 - j)))),
  fromVectors("toeplitz", ["ToeplitzMatrix"], [1, 2], (c, r) => grid(c.length, r.length, (i, j) => (i >= j ? c[i - j] : r[j - i]) as Scalar)),
  fromVectors("circulant", [], [1, 1], (c) => grid(c.length, c.length, (i, j) => c[(i - j + c.length) % c.length] as Scalar)),
  fromVectors("hankel", ["HankelMatrix"], [1, 2], (c, r) =>
    grid(c.length, r.length, (i, j) => (i + j < c.length ? c[i + j] : r === c ? s.zero : (r[i + j - c.length + 1] ?? s.zero)) as Scalar),
  ),
  fromVectors("companion", [], [1, 1], (c) => {
    const n = c.length - 1;
    return grid(n, n, (i, j) => (i === 0 ? s.negate(s.divide(c[j + 1] as Scalar, c[0] as Scalar)) : s.integer(i === j + 1 ? 1 : 0)));
  }),
  where,
  {
    name: "nonzero",
    aliases: ["find"],
    arity: [1, 1],
    apply: ([v], _n, _call, context) => {
      const parts = nonzero(v as Value, context);
      return parts.length === 1 ? (parts[0] as Value) : { kind: "list", items: parts };
    },
  },
  roll,
  mirrored("fliplr", 1),
  mirrored("flipud", 0),
  {
    name: "rot90",
    arity: [1, 2],
    apply: ([v, k], _n, call) => {
      if (v?.kind !== "array" || v.shape.length !== 2) return fail("unsupported", said`rot90 of ${shapeText(v as Value)}`, call.range);
      let a: ArrayValue = v;
      for (let t = ((integerOf(k, 1, call.range) % 4) + 4) % 4; t > 0; t--) {
        const [m, n] = transpose(a).shape as [number, number];
        const b = transpose(a);
        a = gather(
          b,
          [m, n],
          Int32Array.from({ length: m * n }, (_, p) => (m - 1 - Math.floor(p / n)) * n + (p % n)),
        );
      }
      return a;
    },
  },
  {
    name: "tile",
    aliases: ["repmat"],
    arity: [2, Number.POSITIVE_INFINITY],
    apply: ([v, ...rest], _n, call, context) => {
      const a = v?.kind === "array" ? v : fromScalars([1], [scalarOf(v as Value) ?? s.zero]);
      let times = sizes(rest, call);
      if (call.name === "repmat" || context.language === "matlab") times = times.length === 1 ? [times[0] as number, times[0] as number] : times;
      const rank = Math.max(times.length, a.shape.length);
      const full = [...new Array<number>(rank - times.length).fill(1), ...times];
      let out = reshaped(a, [...new Array<number>(rank - a.shape.length).fill(1), ...a.shape]);
      checkCells([out.data.length * full.reduce((x, y) => x * y, 1)], context, call.range);
      full.forEach((n, d) => {
        out = n === 1 ? out : concatenate(new Array<ArrayValue>(n).fill(out), d);
      });
      return out;
    },
  },
  {
    name: "repeat",
    aliases: ["rep"],
    arity: [1, 2],
    apply: ([v, n], named, call, context) => {
      const a = v?.kind === "array" ? v : fromScalars([1], [scalarOf(v as Value) ?? s.zero]);
      const each = named["each"];
      const times = integerOf(each ?? n ?? named["times"] ?? named["repeats"], 1, call.range);
      checkCells([a.data.length * Math.max(times, 0)], context, call.range);
      const whole = context.language === "r" && !each;
      return gather(
        a,
        [a.data.length * times],
        Int32Array.from({ length: a.data.length * times }, (_, k) => (whole ? k % a.data.length : Math.floor(k / times))),
      );
    },
  },
  {
    name: "dim",
    aliases: ["Dimension"],
    arity: [1, Number.POSITIVE_INFINITY],
    apply: (args, _n, call, context) => {
      const [v] = args as [Value];
      if (args.length > 1) return s.integer(args.length);
      // The dimension of a space given by its basis: \dim\ker A.
      if (call.args[0]?.kind === "call" && /^(?:null|orth)$/.test(call.args[0].name) && v.kind === "array") return s.integer(v.shape[1] ?? 0);
      if (context.language === "r") return fromScalars([shapeOf(v).length], shapeOf(v).map(s.integer));
      const shape = shapeOf(v);
      return s.integer(shape.length === 0 ? 1 : v.kind === "array" && isVectorLike(v) ? v.data.length : (shape[0] as number));
    },
  },
  {
    name: "shape",
    aliases: ["size", "Dimensions"],
    arity: [1, 2],
    apply: ([v, d], _n, call, context) => {
      const shape = shapeOf(v as Value);
      if (call.name === "size" && context.language === "python") return s.integer(shape.reduce((x, y) => x * y, 1));
      if (d !== undefined) return s.integer(shape[integerOf(d, 1, call.range) - (context.language === "python" ? 0 : 1)] ?? 1);
      return context.language === "matlab" ? fromScalars([1, shape.length], shape.map(s.integer)) : fromScalars([shape.length], shape.map(s.integer));
    },
  },
  { name: "numel", arity: [1, 1], apply: ([v]) => s.integer(shapeOf(v as Value).reduce((x, y) => x * y, 1)) },
  { name: "ndim", aliases: ["ndims"], arity: [1, 1], apply: ([v]) => s.integer(shapeOf(v as Value).length) },
  {
    name: "len",
    aliases: ["length", "Length"],
    arity: [1, 1],
    apply: ([v], _n, _call, context) => {
      const shape = shapeOf(v as Value);
      const all = shape.reduce((x, y) => x * y, 1);
      return s.integer(context.language === "matlab" ? Math.max(0, ...shape) : ["r", "julia"].includes(context.language) ? all : (shape[0] ?? 1));
    },
  },
  { name: "nrow", aliases: ["nrows"], arity: [1, 1], apply: ([v]) => s.integer(shapeOf(v as Value)[0] ?? 1) },
  { name: "ncol", aliases: ["ncols"], arity: [1, 1], apply: ([v]) => s.integer(shapeOf(v as Value)[1] ?? 1) },
  { name: "isempty", arity: [1, 1], apply: ([v]) => ({ kind: "boolean", value: shapeOf(v as Value).includes(0) }) },
  {
    name: "squeeze",
    arity: [1, 2],
    apply: ([v]) =>
      v?.kind === "array"
        ? reshaped(
            v,
            v.shape.filter((n) => n !== 1),
          )
        : (v as Value),
  },
  {
    name: "expand_dims",
    arity: [1, 2],
    apply: ([v, d], named, call) => {
      const a = v?.kind === "array" ? v : fromScalars([], [scalarOf(v as Value) ?? s.zero]);
      const n = integerOf(d ?? named["axis"], 0, call.range);
      const at = n < 0 ? n + a.shape.length + 1 : n;
      return reshaped(a, [...a.shape.slice(0, at), 1, ...a.shape.slice(at)]);
    },
  },
  {
    name: "swapaxes",
    arity: [3, 3],
    apply: ([v, a, b], _n, call) => {
      if (v?.kind !== "array") return fail("unsupported", said`swapaxes of ${shapeText(v as Value)}`, call.range);
      const order = v.shape.map((_, d) => d);
      const [x, y] = [a, b].map((t) => ((integerOf(t, 0, call.range) % order.length) + order.length) % order.length) as [number, number];
      [order[x], order[y]] = [order[y] as number, order[x] as number];
      return permute(v, order);
    },
  },
  {
    name: "clip",
    aliases: ["clamp", "Clip"],
    arity: [1, 3],
    apply: ([v, a, b], named, call) => {
      const limit = (x: Value | undefined) => (x ? scalarOf(x) : null);
      const [low, high] = [limit(a ?? named["min"] ?? named["a_min"]), limit(b ?? named["max"] ?? named["a_max"])];
      const f = (x: Scalar): Scalar => (low && s.re(x) < s.re(low) ? low : high && s.re(x) > s.re(high) ? high : x);
      if (v?.kind === "array") return mapEntries(v, f);
      return f(scalarOf(v as Value) ?? fail("unsupported", said`clip of ${shapeText(v as Value)}`, call.range));
    },
  },
  {
    name: "unique",
    aliases: ["Union"],
    arity: [1, 1],
    apply: ([v]) => {
      if (v?.kind !== "array") return v as Value;
      const seen = new Map(entries(v).map((x) => [`${s.re(x)},${s.im(x)}`, x]));
      const list = [...seen.values()].sort((x, y) => s.re(x) - s.re(y));
      return fromScalars([list.length], list);
    },
  },
  {
    name: "isclose",
    arity: [2, 2],
    apply: ([a, b], _n, call, context) => {
      const d = elementwise(entryOperations.subtract, toArray(a), toArray(b), context, call.range);
      const [, y] = align(toArray(a), toArray(b), "compare", context, call.range);
      const out = fromScalars(
        d.shape,
        entries(d).map((x, k) => s.integer(s.re(s.absolute(x)) <= 1e-8 + 1e-5 * s.re(s.absolute(entry(y, k))) ? 1 : 0)),
      );
      if (a?.kind !== "array" && b?.kind !== "array") return { kind: "boolean", value: out.data[0] === 1 };
      return { ...out, element: "boolean" };
    },
  },
  {
    name: "allclose",
    aliases: ["isapprox"],
    arity: [2, 2],
    apply: ([a, b], _n, call, context) => {
      const d = elementwise(entryOperations.subtract, toArray(a), toArray(b), context, call.range);
      const [, y] = align(toArray(a), toArray(b), "compare", context, call.range);
      return { kind: "boolean", value: entries(d).every((x, k) => s.re(s.absolute(x)) <= 1e-8 + 1e-5 * s.re(s.absolute(entry(y, k)))) };
    },
  },
  {
    name: "array_equal",
    aliases: ["isequal"],
    arity: [2, 2],
    apply: ([a, b]) => ({
      kind: "boolean",
      value: toArray(a).shape.join() === toArray(b).shape.join() && entries(toArray(a)).every((x, k) => s.equal(x, entry(toArray(b), k))),
    }),
  },
  { name: "rowswap", arity: [3, 3], structural: false, apply: (args, _n, call) => rowOperation(args, call, false, "swap") },
  { name: "rowscale", arity: [3, 3], apply: (args, _n, call) => rowOperation(args, call, false, "scale") },
  { name: "rowadd", arity: [4, 4], apply: (args, _n, call) => rowOperation(args, call, false, "add") },
  { name: "colswap", arity: [3, 3], apply: (args, _n, call) => rowOperation(args, call, true, "swap") },
  { name: "colscale", arity: [3, 3], apply: (args, _n, call) => rowOperation(args, call, true, "scale") },
  { name: "coladd", arity: [4, 4], apply: (args, _n, call) => rowOperation(args, call, true, "add") },
  {
    name: "meshgrid",
    arity: [2, 2],
    apply: ([a, b], _n, call, context) => {
      const [x, y] = [toArray(a), toArray(b)];
      const ones = (n: number) => filled([n], s.one);
      return { kind: "list", items: [outer(ones(y.data.length), x, context, call.range), outer(y, ones(x.data.length), context, call.range)] };
    },
  },
  {
    name: "kronsum",
    arity: [2, 2],
    apply: ([a, b], _n, call, context) => {
      const [x, y] = [toArray(a), toArray(b)];
      const left = kronecker(x, identity(y.shape[0] as number), context, call.range) as ArrayValue;
      const right = kronecker(identity(x.shape[0] as number), y, context, call.range) as ArrayValue;
      return elementwise(entryOperations.add, left, right, context, call.range);
    },
  },
];

const toArray = (v: Value | undefined): ArrayValue => (v?.kind === "array" ? v : fromScalars([1], [v ? (scalarOf(v) ?? s.zero) : s.zero]));

/** Elementary row (or column) operations: swap i and j, scale i by k, add k times j to i; counted from 1. */
function rowOperation(args: readonly Value[], call: CallExpr, columns: boolean, what: "swap" | "scale" | "add"): Value {
  const [v, i, second, third] = args;
  const d = v?.kind === "array" ? dims(v) : null;
  if (v?.kind !== "array" || !d) return fail("unsupported", said`row operations on ${shapeText(v as Value)}`, call.range);
  const a = columns ? transpose(reshaped(v, d)) : reshaped(v, d);
  const [m, n] = a.shape as [number, number];
  const line = (x: Value | undefined): number => {
    const k = integerOf(x, 1, call.range);
    return k >= 1 && k <= m
      ? k - 1
      : fail("index-out-of-range", said`there is no ${columns ? "column" : "row"} ${k}: the matrix has ${m}`, call.range);
  };
  const r = line(i);
  const out = entries(a);
  if (what === "swap") {
    const t = line(second);
    for (let j = 0; j < n; j++) [out[r * n + j], out[t * n + j]] = [out[t * n + j] as Scalar, out[r * n + j] as Scalar];
  } else if (what === "scale") {
    const k = scalarOf(second as Value) ?? s.one;
    for (let j = 0; j < n; j++) out[r * n + j] = s.multiply(k, out[r * n + j] as Scalar);
  } else {
    const t = line(second);
    const k = scalarOf(third as Value) ?? s.one;
    for (let j = 0; j < n; j++) out[r * n + j] = s.add(out[r * n + j] as Scalar, s.multiply(k, out[t * n + j] as Scalar));
  }
  const result = fromScalars([m, n], out);
  return columns ? transpose(result) : result;
}
