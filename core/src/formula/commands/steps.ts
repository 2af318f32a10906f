// How a result comes about: row reduction, determinant and inverse as a list of {title, latex}.

import { type ArrayValue, exactArray, fail, type Range, said, type Value } from "../../expr/index.js";
import { addRational, divideRational, multiplyRational, negateRational, type Rational, rational, rationalText } from "../../linalg/index.js";
import type { Context } from "../context.js";
import { shapeText } from "../evaluate/array.js";
import { asArray } from "../evaluate/operate.js";
import { printValue } from "../print.js";
import type { FormulaCommand } from "./command.js";

interface Step {
  readonly title: string;
  readonly latex: string;
}

const maxSide = 12;
const one = rational(1n);
const isZero = (r: Rational): boolean => r.num === 0n;
const isOne = (r: Rational): boolean => r.num === 1n && r.den === 1n;

const fraction = (r: Rational): string => (r.den === 1n ? `${r.num}` : `${r.num < 0n ? "-" : ""}\\frac{${r.num < 0n ? -r.num : r.num}}{${r.den}}`);

/** The grid as LaTeX, with a rule before column `split`. */
function grid(rows: readonly (readonly Rational[])[], split?: number): string {
  if (split === undefined)
    return printValue(exactArray([rows.length, rows[0]?.length ?? 0], rows.flat()), "latex", { environment: "pmatrix", inline: true });
  const columns = rows[0]?.length ?? 0;
  const body = rows.map((row) => row.map(fraction).join(" & ")).join(" \\\\ ");
  return `\\left(\\begin{array}{${"r".repeat(split)}|${"r".repeat(columns - split)}}${body}\\end{array}\\right)`;
}

const signed = (r: Rational): string => (r.num < 0n ? `+ ${rationalText(negateRational(r))}` : `- ${rationalText(r)}`);

/** Gauss-Jordan elimination on the first `width` columns; every operation is one step. */
function eliminate(
  rows: Rational[][],
  width: number,
  split: number | undefined,
  context: Context,
  below = false,
): { readonly steps: Step[]; readonly pivots: number[]; readonly sign: number } {
  const steps: Step[] = [];
  const pivots: number[] = [];
  let sign = 1;
  const show = (title: string) => steps.push({ title, latex: grid(rows, split) });
  for (let j = 0; j < width && pivots.length < rows.length; j++) {
    const r = pivots.length;
    const p = rows.findIndex((row, i) => i >= r && !isZero(row[j] as Rational));
    if (p < 0) continue;
    context.budget.check();
    if (p !== r) {
      [rows[p], rows[r]] = [rows[r] as Rational[], rows[p] as Rational[]];
      sign = -sign;
      show(`R${r + 1} ↔ R${p + 1}`);
    }
    const pivot = (rows[r] as Rational[])[j] as Rational;
    if (!below && !isOne(pivot)) {
      rows[r] = (rows[r] as Rational[]).map((x) => divideRational(x, pivot));
      show(`R${r + 1} → R${r + 1} / ${pivot.den === 1n && pivot.num > 0n ? pivot.num : `(${rationalText(pivot)})`}`);
    }
    const lead = (rows[r] as Rational[])[j] as Rational;
    for (let i = below ? r + 1 : 0; i < rows.length; i++) {
      const head = (rows[i] as Rational[])[j] as Rational;
      if (i === r || isZero(head)) continue;
      const factor = divideRational(head, lead);
      rows[i] = (rows[i] as Rational[]).map((x, k) =>
        addRational(x, negateRational(multiplyRational(factor, (rows[r] as Rational[])[k] as Rational))),
      );
      show(
        `R${i + 1} → R${i + 1} ${isOne(factor) ? "-" : isOne(negateRational(factor)) ? "+" : `${signed(factor)}·`}${isOne(factor) || isOne(negateRational(factor)) ? ` R${r + 1}` : `R${r + 1}`}`,
      );
    }
    pivots.push(j);
  }
  return { steps, pivots, sign };
}

const rowsOf = (a: ArrayValue, exact: readonly Rational[]): Rational[][] => {
  const [m, n] = a.shape as [number, number];
  return Array.from({ length: m }, (_, i) => exact.slice(i * n, (i + 1) * n));
};

function reductionSteps(a: ArrayValue, exact: readonly Rational[], context: Context): Step[] {
  const rows = rowsOf(a, exact);
  const start = { title: "Start", latex: grid(rows) };
  return [start, ...eliminate(rows, a.shape[1] as number, undefined, context).steps];
}

function determinantSteps(a: ArrayValue, exact: readonly Rational[], context: Context): Step[] {
  const rows = rowsOf(a, exact);
  const n = rows.length;
  const start = { title: "Start", latex: grid(rows) };
  const { steps, pivots, sign } = eliminate(rows, n, undefined, context, true);
  if (pivots.length < n) return [start, ...steps, { title: "A column without a pivot: the determinant is 0", latex: "\\det A = 0" }];
  const diagonal = rows.map((row, i) => row[i] as Rational);
  const value = diagonal.reduce(multiplyRational, rational(BigInt(sign)));
  const factors = diagonal.map((d) => (d.num < 0n || d.den !== 1n ? `\\left(${fraction(d)}\\right)` : fraction(d))).join(" \\cdot ");
  return [
    start,
    ...steps,
    {
      title: sign < 0 ? "Product of the diagonal; an odd number of swaps changes the sign" : "Product of the diagonal",
      latex: `\\det A = ${sign < 0 ? "-" : ""}${factors} = ${fraction(value)}`,
    },
  ];
}

function inverseSteps(a: ArrayValue, exact: readonly Rational[], context: Context, range: Range): Step[] {
  const n = a.shape[0] as number;
  const rows = rowsOf(a, exact).map((row, i) => [...row, ...Array.from({ length: n }, (_, j) => (i === j ? one : rational(0n)))]);
  const start = { title: "The matrix beside the identity", latex: grid(rows, n) };
  const { steps, pivots } = eliminate(rows, n, n, context);
  if (pivots.length < n) return fail("singular", said`the ${n}×${n} matrix is singular: row reduction leaves a row of zeros`, range);
  return [start, ...steps, { title: "The inverse stands on the right", latex: grid(rows.map((row) => row.slice(n))) }];
}

export const steps: FormulaCommand = {
  name: "steps",
  run(value, params, context, range): Value {
    const a = asArray(value);
    if (a.kind !== "array" || a.shape.length !== 2) return fail("unsupported", said`steps are shown for matrices, not ${shapeText(a)}`, range);
    if (!a.exact) return fail("unsupported", "steps are shown for exact entries: integers and fractions", range);
    if (Math.max(...a.shape) > maxSide) return fail("too-large", said`steps are shown up to ${maxSide}×${maxSide}, this is ${shapeText(a)}`, range);
    const of = typeof params["of"] === "string" ? params["of"] : "rref";
    if ((of === "det" || of === "inverse") && a.shape[0] !== a.shape[1])
      return fail("not-square", said`${of} needs a square matrix, this is ${shapeText(a)}`, range);
    const list =
      of === "det"
        ? determinantSteps(a, a.exact, context)
        : of === "inverse"
          ? inverseSteps(a, a.exact, context, range)
          : reductionSteps(a, a.exact, context);
    return {
      kind: "list",
      items: list.map((step) => ({
        kind: "record",
        title: "step",
        fields: { title: { kind: "string", value: step.title }, latex: { kind: "string", value: step.latex } },
      })),
    };
  },
};
