// NumPy's and SciPy's ways with arrays that other notations lack: searching, cutting and joining, fits, transforms, densities.

import { type ArrayValue, type CallExpr, fail, realValue, said, type Value } from "../../../expr/index.js";
import * as linalg from "../../../linalg/index.js";
import { ifft as inverseTransform, fft as transform } from "../../../signal/index.js";
import { concatenate, entries, fromScalars, gather, permute, reshaped, scalarOf, stridesOf, toMatrix, transpose } from "../array.js";
import type { FormulaFunction } from "../function.js";
import { axisOf, lines } from "../functions/reduce.js";
import { mathematics } from "../linear.js";
import { binary } from "../operate.js";
import * as s from "../scalar.js";
import { ascending, placesInOrder } from "../sorting.js";
import { arrayOf, axisAt, flat, integerOf, mapNumbers, placesOf, record, taken, truth, unary, usual, word } from "./arguments.js";
import { padded } from "./padding.js";

/** Where x goes in a sorted list. */
function insertionPoint(sorted: Float64Array, x: number, right: boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const mid = (low + high) >> 1;
    if (right ? (sorted[mid] as number) <= x : (sorted[mid] as number) < x) low = mid + 1;
    else high = mid;
  }
  return low;
}
/** The coefficients of the polynomial of a degree that fits best, the highest power first. */
function fitted(x: ArrayValue, y: ArrayValue, degree: number, call: CallExpr): ArrayValue {
  if (x.data.length !== y.data.length) return fail("length-mismatch", said`${x.data.length} places but ${y.data.length} values`, call.range);
  if (degree < 0 || degree >= x.data.length)
    return fail("underdetermined", said`degree ${degree} needs more than ${x.data.length} points`, call.range);
  const n = degree + 1;
  const data = Float64Array.from({ length: x.data.length * n }, (_, k) => (x.data[Math.floor(k / n)] as number) ** (degree - (k % n)));
  const c = mathematics(call.range, () => linalg.leastSquares({ rows: x.data.length, columns: n, data }, toMatrix(flat(y), call.range)));
  return { kind: "array", shape: [n], data: c.data };
}

/** A Fourier transform along the last axis. */
function transformed(v: Value | undefined, inverse: boolean, half: boolean, call: CallExpr): ArrayValue {
  const a = arrayOf(v, call);
  const n = a.shape[a.shape.length - 1] ?? 1;
  const rows = a.data.length / Math.max(n, 1);
  const m = half ? Math.floor(n / 2) + 1 : n;
  const out = { kind: "array" as const, shape: [...a.shape.slice(0, -1), m], data: new Float64Array(rows * m), imag: new Float64Array(rows * m) };
  for (let r = 0; r < rows; r++) {
    const z = (inverse ? inverseTransform : transform)(a.data.slice(r * n, r * n + n), a.imag?.slice(r * n, r * n + n));
    out.data.set(z.re.subarray(0, m), r * m);
    out.imag.set(z.im.subarray(0, m), r * m);
  }
  if (out.imag.some((x) => x !== 0)) return out;
  return { kind: "array", shape: out.shape, data: out.data };
}

/** Differences in the middle, one-sided at the ends. */
function gradient(a: ArrayValue, axis: number, h: number): ArrayValue {
  const n = a.shape[axis] as number;
  const { list, shape } = lines(a, axis, false);
  const parts = list.map((line) => {
    const at = (k: number) => line.data[k] as number;
    return Float64Array.from(line.data, (_, k) =>
      k === 0 ? (at(1) - at(0)) / h : k === n - 1 ? (at(n - 1) - at(n - 2)) / h : (at(k + 1) - at(k - 1)) / (2 * h),
    );
  });
  const moved: ArrayValue = { kind: "array", shape: [...shape, n], data: Float64Array.from(parts.flatMap((p) => [...p])) };
  const order = a.shape.map((_, d) => (d === axis ? a.shape.length - 1 : d < axis ? d : d - 1));
  return permute(moved, order);
}

function spliced(a: ArrayValue, at: readonly number[], values: ArrayValue): ArrayValue {
  const all = entries(flat(a));
  const given = entries(flat(values));
  const places = at.map((p, k) => ({ p, x: given[given.length === 1 ? 0 : k] as s.Scalar })).sort((x, y) => x.p - y.p);
  const out: s.Scalar[] = [];
  let next = 0;
  for (let k = 0; k <= all.length; k++) {
    for (let q = places[next]; q && q.p === k; q = places[next]) {
      if (at.length === 1) out.push(...given);
      else out.push(q.x);
      next++;
    }
    if (k < all.length) out.push(all[k] as s.Scalar);
  }
  return fromScalars([out.length], out);
}

const pieces = (a: ArrayValue, axis: number, cuts: readonly number[]): Value => {
  const n = a.shape[axis] as number;
  const edges = [0, ...cuts, n];
  return {
    kind: "list",
    items: edges.slice(1).map((to, k) =>
      taken(
        a,
        axis,
        Array.from({ length: Math.max(0, to - (edges[k] as number)) }, (_, j) => (edges[k] as number) + j),
      ),
    ),
  };
};

export const numpyFunctions: readonly FormulaFunction[] = [
  unary(
    "searchsorted",
    [],
    ([v, x], named, call) =>
      mapNumbers(x as Value, (t) => s.integer(insertionPoint(arrayOf(v, call).data, t, word(named["side"]) === "right")), call),
    [2, 2],
  ),
  unary(
    "digitize",
    [],
    ([x, v], named, call) => mapNumbers(x as Value, (t) => s.integer(insertionPoint(arrayOf(v, call).data, t, !truth(named["right"]))), call),
    [2, 2],
  ),
  unary("nonzerotuple", [], ([v], _n, call) => {
    const a = arrayOf(v, call);
    const strides = stridesOf(a.shape);
    const at = Array.from(a.data, (x, k) => (x !== 0 || (a.imag?.[k] ?? 0) !== 0 ? k : -1)).filter((k) => k >= 0);
    return {
      kind: "list",
      items: a.shape.map((n, d) =>
        fromScalars(
          [at.length],
          at.map((k) => s.integer(Math.floor(k / (strides[d] as number)) % n)),
        ),
      ),
    };
  }),
  unary("argwhere", [], ([v], _n, call) => {
    const a = arrayOf(v, call);
    const strides = stridesOf(a.shape);
    const at = Array.from(a.data, (x, k) => (x !== 0 ? k : -1)).filter((k) => k >= 0);
    return fromScalars(
      [at.length, a.shape.length],
      at.flatMap((k) => a.shape.map((n, d) => s.integer(Math.floor(k / (strides[d] as number)) % n))),
    );
  }),
  unary(
    "take",
    [],
    ([v, at], named, call) => {
      const a = arrayOf(v, call);
      if (!named["axis"]) {
        const places = placesOf(at, a.data.length, call);
        return gather(flat(a), arrayOf(at, call).shape, places);
      }
      const axis = axisAt(named["axis"], a.shape.length, call);
      return taken(a, axis, placesOf(at, a.shape[axis] as number, call));
    },
    [2, 2],
  ),
  unary(
    "delete",
    [],
    ([v, at], named, call) => {
      const given = arrayOf(v, call);
      const a = named["axis"] ? given : flat(given);
      const axis = axisAt(named["axis"], a.shape.length, call);
      const n = a.shape[axis] as number;
      const out = new Set(placesOf(at, n, call));
      return taken(
        a,
        axis,
        Array.from({ length: n }, (_, k) => k).filter((k) => !out.has(k)),
      );
    },
    [2, 2],
  ),
  unary(
    "insert",
    [],
    ([v, at, x], named, call) => {
      if (named["axis"]) return fail("unsupported", "insert along an axis", call.range, "Use np.concatenate");
      const a = arrayOf(v, call);
      const n = a.data.length;
      const places = entries(flat(arrayOf(at, call))).map((p) => {
        const k = s.toInteger(p) ?? 0;
        return k < 0 ? k + n : k;
      });
      return spliced(a, places, arrayOf(x, call));
    },
    [3, 3],
  ),
  unary(
    "append",
    [],
    ([v, w], named, call) => {
      const [a, b] = [arrayOf(v, call), arrayOf(w, call)];
      if (!named["axis"]) return concatenate([flat(a), flat(b)], 0);
      return concatenate([a, b], axisAt(named["axis"], a.shape.length, call));
    },
    [2, 2],
  ),
  unary(
    "split",
    ["array_split", "hsplit", "vsplit", "chunk"],
    ([v, parts], named, call) => {
      const a = arrayOf(v, call);
      const axis = call.name === "hsplit" && a.shape.length > 1 ? 1 : axisAt(named["axis"], a.shape.length, call);
      const n = a.shape[axis] as number;
      if (parts?.kind === "array") return pieces(a, axis, Array.from(parts.data));
      const k = integerOf(parts, 1, call);
      if (k < 1) return fail("domain", "an array is split into at least one part", call.range);
      if (call.name !== "array_split" && call.name !== "chunk" && n % k !== 0)
        return fail("shape-mismatch", said`${n} entries cannot be split into ${k} equal parts`, call.range);
      const cuts: number[] = [];
      for (let i = 1, at = 0; i < k; i++) cuts.push((at += Math.floor(n / k) + (i <= n % k ? 1 : 0)));
      return pieces(a, axis, cuts);
    },
    [2, 2],
  ),
  unary(
    "pad",
    [],
    ([v, width, mode], named, call, context) => {
      const how = word(mode ?? named["mode"]) || "constant";
      const value = scalarOf(named["constant_values"] ?? s.zero) ?? s.zero;
      return padded(arrayOf(v, call), width ?? named["pad_width"], how, value, context, call);
    },
    [1, 3],
  ),
  unary("polyfit", [], ([x, y, d], _n, call) => fitted(arrayOf(x, call), arrayOf(y, call), integerOf(d, 1, call), call), [3, 3]),
  unary(
    "gradient",
    [],
    ([v, h], named, call) => {
      const a = arrayOf(v, call);
      const step = h ? s.re(scalarOf(h) ?? s.one) : 1;
      if (a.shape.length === 1) return gradient(a, 0, step);
      if (named["axis"]) return gradient(a, axisAt(named["axis"], a.shape.length, call), step);
      return { kind: "list", items: a.shape.map((_, d) => gradient(a, d, step)) };
    },
    [1, 2],
  ),
  unary("fft", [], ([v], _n, call) => transformed(v, false, false, call), [1, 2]),
  unary("ifft", [], ([v], _n, call) => transformed(v, true, false, call), [1, 2]),
  unary("rfft", [], ([v], _n, call) => transformed(v, false, true, call), [1, 2]),
  unary("fft2", [], ([v], _n, call) => transpose(transformed(transpose(transformed(v, false, false, call)), false, false, call))),
  unary("ifft2", [], ([v], _n, call) => transpose(transformed(transpose(transformed(v, true, false, call)), true, false, call))),
  unary(
    "fftfreq",
    [],
    ([n, d], named, call) => {
      const size = integerOf(n, 1, call);
      const step = s.re(scalarOf(d ?? named["d"] ?? s.one) ?? s.one);
      return {
        kind: "array",
        shape: [size],
        data: Float64Array.from({ length: size }, (_, k) => (k < (size + 1) >> 1 ? k : k - size) / (size * step)),
      };
    },
    [1, 2],
  ),
  unary("fftshift", ["ifftshift"], ([v], _n, call) => {
    const a = arrayOf(v, call);
    return a.shape.reduce((out, n, d) => {
      const by = call.name === "ifftshift" ? Math.floor(n / 2) : Math.ceil(n / 2);
      return taken(
        out,
        d,
        Array.from({ length: n }, (_, k) => (k + by) % n),
      );
    }, a);
  }),
  unary(
    "average",
    [],
    (args, named, call, context) => {
      const [v, axis] = args as [Value, Value | undefined];
      const weights = named["weights"];
      const rest = { ...(axis && { axis }), ...Object.fromEntries(Object.entries(named).filter(([k]) => k !== "weights")) };
      if (!weights) return usual("mean", [v], rest, call, context);
      const a = arrayOf(v, call);
      const w = arrayOf(weights, call);
      const at = axisOf(a, rest, call, context);
      const { list, shape } = lines(a, at, false);
      if (w.data.length !== (list[0]?.data.length ?? 0))
        return fail("length-mismatch", said`${w.data.length} weights for ${list[0]?.data.length ?? 0} values`, call.range);
      const total = w.data.reduce((x, y) => x + y, 0);
      const values = list.map((line) => line.data.reduce((t, x, k) => t + x * (w.data[k] as number), 0) / total);
      return shape.length === 0 ? realValue(values[0] as number) : { kind: "array", shape, data: Float64Array.from(values) };
    },
    [1, 2],
  ),
  ...["sum", "mean", "max", "min", "std", "var", "prod", "median"].map((name) =>
    unary(`nan${name}`, [], ([v], named, call, context) => {
      const a = arrayOf(v, call);
      const { list, shape } = lines(a, axisOf(a, named, call, context), false);
      const values = list.map((line) => {
        const kept = entries(line).filter((x) => !Number.isNaN(s.re(x)));
        const { axis: _, ...rest } = named;
        return scalarOf(usual(name, [fromScalars([kept.length], kept)], rest, call, context)) ?? s.zero;
      });
      return shape.length === 0 ? (values[0] as s.Scalar) : fromScalars(shape, values);
    }),
  ),
  unary(
    "histogram",
    [],
    ([v, second], named, call) => {
      const a = flat(arrayOf(v, call));
      const bins = second ?? named["bins"];
      const [low, high] = [Math.min(...a.data), Math.max(...a.data)];
      const given = bins?.kind === "array" ? bins.data : null;
      const n = given ? given.length - 1 : integerOf(bins, 10, call);
      if (n < 1 || n > 1_000_000) return fail("domain", "a histogram has at least one bin", call.range);
      const [from, to] = low === high ? [low - 0.5, high + 0.5] : [low, high];
      const edges = given ?? Float64Array.from({ length: n + 1 }, (_, k) => (k === n ? to : from + ((to - from) * k) / n));
      const counts = new Array<number>(n).fill(0);
      for (const x of a.data) {
        if (x < (edges[0] as number) || x > (edges[n] as number)) continue;
        const k = Math.min(insertionPoint(edges, x, true) - 1, n - 1);
        counts[k] = (counts[k] as number) + 1;
      }
      return { kind: "list", items: [fromScalars([n], counts.map(s.integer)), { kind: "array", shape: [n + 1], data: edges }] };
    },
    [1, 2],
  ),
  unary("uniqueparts", [], ([v], named, call) => {
    const all = entries(flat(arrayOf(v, call)));
    const order = placesInOrder(all.length, (x, y) => ascending(s.re(all[x] as s.Scalar), s.re(all[y] as s.Scalar)));
    const firsts: number[] = [];
    const inverse = new Array<number>(all.length).fill(0);
    const counts: number[] = [];
    for (const k of order) {
      const last = firsts[firsts.length - 1];
      if (last === undefined || !s.equal(all[last] as s.Scalar, all[k] as s.Scalar)) {
        firsts.push(k);
        counts.push(0);
      }
      inverse[k] = firsts.length - 1;
      counts[counts.length - 1] = (counts[counts.length - 1] as number) + 1;
    }
    const whole = (list: readonly number[]): ArrayValue => fromScalars([list.length], list.map(s.integer));
    return {
      kind: "list",
      items: [
        fromScalars(
          [firsts.length],
          firsts.map((k) => all[k] as s.Scalar),
        ),
        ...(truth(named["return_index"]) ? [whole(firsts)] : []),
        ...(truth(named["return_inverse"]) ? [whole(inverse)] : []),
        ...(truth(named["return_counts"]) ? [whole(counts)] : []),
      ],
    };
  }),
  unary(
    "repeatalong",
    [],
    ([v, n], named, call) => {
      const a = arrayOf(v, call);
      const axis = axisAt(named["axis"], a.shape.length, call);
      const size = a.shape[axis] as number;
      const times = n?.kind === "array" && n.data.length > 1 ? Array.from(n.data) : new Array<number>(size).fill(integerOf(n, 1, call));
      return taken(
        a,
        axis,
        times.flatMap((t, k) => new Array<number>(Math.max(0, t)).fill(k)),
      );
    },
    [2, 2],
  ),
  unary("extremealong", [], ([v], named, call, context) => {
    // torch.max(x, dim): the values and where they stand.
    const { which: _, ...rest } = named;
    const name = word(named["which"]);
    const order = name === "sort" || name === "argsort";
    const places = usual(order ? "argsort" : `arg${name}`, [v as Value], rest, call, context);
    return record(name, { values: usual(name, [v as Value], rest, call, context), indices: places });
  }),
  unary(
    "lstsqparts",
    [],
    ([x, y], _n, call, context) => {
      const [A, b] = [arrayOf(x, call), arrayOf(y, call)];
      const solution = usual("lstsq", [A, b], {}, call, context);
      const sv = mathematics(call.range, () => linalg.singularValues(toMatrix(A, call.range)));
      const rank = sv.filter((t) => t > Math.max(...A.shape) * Number.EPSILON * (sv[0] ?? 0)).length;
      const [m, n] = A.shape as [number, number];
      const fit = mathematics(call.range, () => linalg.multiply(toMatrix(A, call.range), toMatrix(solution, call.range)));
      const columns = b.shape[1] ?? 1;
      const rest = new Float64Array(columns);
      b.data.forEach((t, k) => {
        rest[k % columns] = (rest[k % columns] as number) + (t - (fit.data[k] as number)) ** 2;
      });
      return record("least squares", {
        solution,
        residuals: { kind: "array", shape: [m > n && rank === n ? columns : 0], data: m > n && rank === n ? rest : new Float64Array(0) },
        rank: s.integer(rank),
        s: { kind: "array", shape: [sv.length], data: sv },
      });
    },
    [2, 3],
  ),
  unary(
    "solvetriangular",
    [],
    ([x, y], named, call, context) => {
      const A = arrayOf(x, call);
      const half = usual(truth(named["lower"]) ? "tril" : "triu", [A], {}, call, context);
      return usual("solve", [half, y as Value], {}, call, context);
    },
    [2, 2],
  ),
  unary("lufactor", [], ([x], _n, call) => {
    const f = mathematics(call.range, () => linalg.lu(toMatrix(arrayOf(x, call), call.range)));
    return record("LU", { A: arrayOf(x, call), piv: fromScalars([f.permutation.length], Array.from(f.permutation, s.integer)) });
  }),
  unary(
    "factorsolve",
    [],
    ([f, y], _n, call, context) => {
      const A = f?.kind === "record" ? f.fields["A"] : f?.kind === "list" ? f.items[0] : undefined;
      return usual("solve", [A ?? fail("unsupported", "factors are needed", call.range), y as Value], {}, call, context);
    },
    [2, 2],
  ),
  unary("reduced", [], ([v], named, call, context) =>
    usual(word(named["by"]), [v as Value], named["axis"] ? { axis: named["axis"] } : {}, call, context),
  ),
  unary(
    "ix",
    [],
    (args, _n, call) => {
      const parts = args.map((v) => flat(arrayOf(v, call)));
      return {
        kind: "list",
        items: parts.map((p, d) =>
          reshaped(
            p,
            parts.map((_, k) => (k === d ? p.data.length : 1)),
          ),
        ),
      };
    },
    [1, 4],
  ),
  unary(
    "outerof",
    [],
    ([x, y], named, call, context) => {
      const [a, b] = [flat(arrayOf(x, call)), flat(arrayOf(y, call))];
      const wide = taken(reshaped(a, [a.data.length, 1]), 1, new Array<number>(b.data.length).fill(0));
      const tall = taken(reshaped(b, [1, b.data.length]), 0, new Array<number>(a.data.length).fill(0));
      const by = word(named["by"]);
      return by === "add" || by === "subtract" || by === "elementwise"
        ? binary(by, wide, tall, context, call.range)
        : usual(by, [wide, tall], {}, call, context);
    },
    [2, 2],
  ),
];
