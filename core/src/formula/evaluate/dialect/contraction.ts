// Sums over shared indices: einsum by its pattern, tensordot by its axes.

import { type ArrayValue, type CallExpr, fail, said, type Value } from "../../../expr/index.js";
import type { Context } from "../../context.js";
import { cells, checkCells, collapse, entry, fromScalars, scalarOf, shapeText, stridesOf } from "../array.js";
import type { FormulaFunction } from "../function.js";
import * as s from "../scalar.js";
import { arrayOf } from "./arguments.js";

/** Most products einsum may take. */
const maxWork = 5e7;

/** A pattern with `...` as one without: letters that are free stand for the axes in between, counted from the last. */
function spelledOut(left: string, right: string | undefined, operands: readonly ArrayValue[], call: CallExpr): string {
  const free = [..."ZYXWVUTSRQPONMLKJIHGFEDCBA"].filter((c) => !`${left}${right ?? ""}`.includes(c));
  const between = left
    .split(",")
    .map((letters, k) => (letters.includes("...") ? Math.max(0, (operands[k]?.shape.length ?? 0) - letters.length + 3) : 0));
  const most = Math.max(0, ...between);
  if (most > free.length) return fail("unsupported", said`"${left}" has too many axes`, call.range);
  const batch = (n: number): string =>
    free
      .slice(0, most)
      .slice(most - n)
      .join("");
  const inputs = left.split(",").map((letters, k) => letters.replace("...", batch(between[k] as number)));
  if (right !== undefined) return `${inputs.join()}->${right.replace("...", batch(most))}`;
  const named = left.replace(/[.,]/g, "");
  const once = [...named].filter((c) => named.split(c).length === 2).sort();
  return `${inputs.join()}->${batch(most)}${once.join("")}`;
}

/** "ij,jk->ik": one letter for each axis; without an arrow the letters that occur once, in alphabetical order. */
function einsum(pattern: string, operands: readonly ArrayValue[], call: CallExpr, context: Context): ArrayValue {
  const [left, right] = pattern.replace(/\s/g, "").split("->") as [string, string | undefined];
  if (pattern.includes("...")) return einsum(spelledOut(left, right, operands, call), operands, call, context);
  const inputs = left.split(",");
  if (inputs.length !== operands.length) return fail("arity", said`"${pattern}" needs ${inputs.length} arrays, not ${operands.length}`, call.range);
  if (!/^[A-Za-z]*$/.test(inputs.join("") + (right ?? ""))) return fail("unsupported", said`"${pattern}" is no pattern of letters`, call.range);
  const size = new Map<string, number>();
  inputs.forEach((letters, k) => {
    const shape = (operands[k] as ArrayValue).shape;
    if (letters.length !== shape.length)
      fail("shape-mismatch", said`"${letters}" names ${letters.length} axes of ${shapeText(operands[k] as Value)}`, call.range);
    [...letters].forEach((c, d) => {
      const n = shape[d] as number;
      const known = size.get(c) ?? n;
      if (known !== n) fail("shape-mismatch", said`the index ${c} runs over ${known} and over ${n} places`, call.range);
      size.set(c, n);
    });
  });
  const once = [...left.replace(/,/g, "")].filter((c, _, all) => all.filter((x) => x === c).length === 1).sort();
  const output = right === undefined ? once : [...right];
  for (const c of output) if (!size.has(c)) fail("undefined-name", said`the index ${c} is in no operand`, call.range);
  const summed = [...size.keys()].filter((c) => !output.includes(c));
  const letters = [...output, ...summed];
  const shape = output.map((c) => size.get(c) as number);
  const counts = letters.map((c) => size.get(c) as number);
  const work = cells(counts);
  checkCells(shape, context, call.range);
  if (work * operands.length > maxWork) return fail("too-large", said`"${pattern}" takes ${work} products`, call.range);
  // How far each operand moves when a letter counts up.
  const steps = inputs.map((input, k) => {
    const strides = stridesOf((operands[k] as ArrayValue).shape);
    return letters.map((c) => [...input].reduce((t, x, d) => t + (x === c ? (strides[d] as number) : 0), 0));
  });
  const out: s.Scalar[] = new Array(cells(shape)).fill(s.zero);
  const at = new Int32Array(letters.length);
  const inner = cells(counts.slice(output.length));
  for (let n = 0; n < work; n++) {
    if ((n & 4095) === 0) context.budget.check();
    let product: s.Scalar = s.one;
    operands.forEach((a, k) => {
      let place = 0;
      for (let d = 0; d < at.length; d++) place += (at[d] as number) * ((steps[k] as number[])[d] as number);
      product = s.multiply(product, entry(a, place));
    });
    const to = Math.floor(n / Math.max(inner, 1));
    out[to] = s.add(out[to] as s.Scalar, product);
    for (let d = at.length - 1; d >= 0; d--) {
      at[d] = (at[d] as number) + 1;
      if ((at[d] as number) < (counts[d] as number)) break;
      at[d] = 0;
    }
  }
  return fromScalars(shape, out);
}

/** The letters of `rank` axes from a running alphabet. */
const alphabet = "abcdefghijklmnopqrstuvwxyz";

/** axes=([0, 1], [1, 0]) or axes=(1, 0): which axes of both factors meet. */
function pairedAxes(given: Value, m: number, n: number, call: CallExpr): readonly [number[], number[]] {
  const parts =
    given.kind === "list"
      ? given.items.map((v) => Array.from(arrayOf(v, call).data))
      : given.kind === "array" && given.shape.length === 2
        ? [0, 1].map((r) => Array.from(given.data.subarray(r * (given.shape[1] as number), (r + 1) * (given.shape[1] as number))))
        : Array.from((given as ArrayValue).data, (d) => [d]);
  const [left, right] = parts.map((list, k) => list.map((d) => (d < 0 ? d + (k ? n : m) : d)));
  if (!left || !right || parts.length !== 2 || left.length !== right.length || m + n > 26)
    return fail("domain", "tensordot needs as many axes of the one factor as of the other", call.range);
  return [left, right];
}

export const contractions: readonly FormulaFunction[] = [
  {
    name: "einsum",
    arity: [2, Number.POSITIVE_INFINITY],
    apply: ([pattern, ...rest], _named, call, context) => {
      if (pattern?.kind !== "string") return fail("unsupported", "einsum takes its pattern as text first", call.range);
      const operands = rest.flatMap((v) => (v.kind === "list" ? v.items : [v])).map((v) => arrayOf(v, call));
      const out = einsum(pattern.value, operands, call, context);
      return out.shape.length === 0 ? collapse(out) : out;
    },
  },
  {
    // The last `axes` axes of a against the first ones of b.
    name: "tensordot",
    arity: [2, 3],
    apply: ([a, b, axes], named, call, context) => {
      const [x, y] = [arrayOf(a as Value, call), arrayOf(b as Value, call)];
      const given = axes ?? named["axes"] ?? named["dims"];
      if (given?.kind === "list" || (given?.kind === "array" && given.data.length >= 2)) {
        const [left, right] = pairedAxes(given, x.shape.length, y.shape.length, call);
        const names = x.shape.map((_, d) => alphabet[d] as string);
        const others = y.shape.map((_, d) =>
          right.includes(d) ? (names[left[right.indexOf(d)] as number] as string) : (alphabet[x.shape.length + d] as string),
        );
        const kept = [...names.filter((_, d) => !left.includes(d)), ...others.filter((_, d) => !right.includes(d))];
        const out = einsum(`${names.join("")},${others.join("")}->${kept.join("")}`, [x, y], call, context);
        return out.shape.length === 0 ? collapse(out) : out;
      }
      const n = given === undefined ? 2 : s.toInteger(scalarOf(given) ?? fail("unsupported", "tensordot along named axes", call.range));
      if (n === null || n < 0 || n > Math.min(x.shape.length, y.shape.length) || x.shape.length + y.shape.length - n > 26)
        return fail("domain", said`tensordot over ${n} axes`, call.range);
      const left = alphabet.slice(0, x.shape.length);
      const shared = left.slice(left.length - n);
      const right = shared + alphabet.slice(left.length, left.length + y.shape.length - n);
      const out = einsum(`${left},${right}->${left.slice(0, left.length - n)}${right.slice(n)}`, [x, y], call, context);
      return out.shape.length === 0 ? collapse(out) : out;
    },
  },
];
