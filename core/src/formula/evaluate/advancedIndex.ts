// NumPy's indexing by arrays of places: they are stretched to one shape, and their axes become the axes of that shape.

import { type ArrayValue, fail, type Range, said } from "../../expr/index.js";
import { cells, gather, shapeText, stridesOf } from "./array.js";
import type { Selector } from "./indexing.js";

/** The places of one axis: several that stay an axis (a slice), or an array of places that is paired with the others. */
export type AxisPlaces =
  | { readonly kind: "slice"; readonly at: readonly number[] }
  | { readonly kind: "array"; readonly shape: readonly number[]; readonly at: ArrayLike<number> };

/** Whether the arrays of an index have to be paired: two of them, or one with more than one axis. */
export const isPaired = (selectors: readonly Selector[]): boolean => {
  const arrays = selectors.filter((s) => s.kind === "many");
  return arrays.length > 1 || arrays.some((s) => s.value.shape.length > 1) || (arrays.length === 1 && selectors.some((s) => s.kind === "one"));
};

/** A mask of k axes stands for k arrays of places. */
export function withoutMasks(a: ArrayValue, selectors: readonly Selector[]): Selector[] {
  const out: Selector[] = [];
  for (const s of selectors) {
    if (s.kind !== "many" || s.value.element !== "boolean") {
      out.push(s);
      continue;
    }
    const mask = s.value;
    const axes = a.shape.slice(out.length, out.length + mask.shape.length);
    if (mask.shape.join() !== axes.join())
      fail(
        "shape-mismatch",
        said`a mask of ${mask.shape.join("×")} for axes of ${axes.join("×")}`,
        s.range,
        "A mask needs the shape of what it picks from",
      );
    const strides = stridesOf(mask.shape);
    const at = Array.from(mask.data, (x, k) => (x ? k : -1)).filter((k) => k >= 0);
    mask.shape.forEach((n, d) => {
      const data = Float64Array.from(at, (k) => Math.floor(k / (strides[d] as number)) % n);
      out.push({ kind: "many", value: { kind: "array", shape: [at.length], data }, range: s.range });
    });
  }
  return out;
}

/** The common shape of arrays of places. */
function stretched(shapes: readonly (readonly number[])[], range: Range): number[] {
  const rank = Math.max(...shapes.map((x) => x.length));
  return Array.from({ length: rank }, (_, d) => {
    const sizes = shapes.map((x) => x[x.length - rank + d] ?? 1);
    const n = sizes.find((m) => m !== 1) ?? 1;
    if (sizes.some((m) => m !== 1 && m !== n))
      fail(
        "shape-mismatch",
        said`the indices have shapes ${shapes.map((x) => x.join("×")).join(" and ")}, which cannot be paired`,
        range,
        "np.ix_ crosses lists of places",
      );
    return n;
  });
}

/** The entries at paired places. The axes of the places stand where the first array stood, or first when a slice parts them. */
export function selectPaired(a: ArrayValue, axes: readonly AxisPlaces[], range: Range): ArrayValue {
  const arrays = axes.flatMap((x, d) => (x.kind === "array" ? [{ ...x, d }] : []));
  const common = stretched(
    arrays.map((x) => x.shape),
    range,
  );
  const strides = stridesOf(a.shape);
  const steps = stridesOf(common);
  // Where each pairing points to, over all the arrays.
  const paired = Array.from({ length: cells(common) }, (_, k) =>
    arrays.reduce((p, x) => {
      const own = stridesOf(x.shape);
      const lead = common.length - x.shape.length;
      const place = x.shape.reduce(
        (q, n, e) => q + (n === 1 ? 0 : (Math.floor(k / (steps[e + lead] as number)) % (common[e + lead] as number)) * (own[e] as number)),
        0,
      );
      return p + (x.at[place] as number) * (strides[x.d] as number);
    }, 0),
  );
  const first = arrays[0]?.d ?? 0;
  const together = arrays.every((x, k) => x.d === first + k);
  const shape: number[] = [];
  let at = [0];
  const cross = (offsets: readonly number[], sizes: readonly number[]): void => {
    shape.push(...sizes);
    at = at.flatMap((p) => offsets.map((o) => p + o));
  };
  if (!together) cross(paired, common);
  axes.forEach((x, d) => {
    if (x.kind === "slice")
      cross(
        x.at.map((k) => k * (strides[d] as number)),
        [x.at.length],
      );
    else if (together && d === first) cross(paired, common);
  });
  if (shape.length > 32) fail("unsupported", said`an index into ${shapeText(a)} with ${shape.length} axes`, range);
  return gather(a, shape, at);
}
