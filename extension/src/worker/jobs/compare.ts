// Two matrices side by side: the norms of their difference and its heatmap.
import { type ArrayValue, asMatrix, type Sentence, said, type Value } from "@scholium/core/expr";
import { type Figure, figureSvg, figureText, formatNumber } from "@scholium/core/figure";
import type { FormatName } from "@scholium/core/formats";
import { run } from "@scholium/core/formula";
import { type Matrix, norm, rationalToNumber } from "@scholium/core/linalg";
import type { Written } from "../../aidMessages.js";
import { shownProblem } from "../formula.js";
import { hostOf } from "../host.js";
import { saidOf } from "../tongue.js";
import type { Handler } from "./index.js";

const SIZE = { width: 340, height: 260 };
/** Spectral norms of larger matrices take longer than one waits for. */
const LARGEST_SPECTRAL = 512;

function arrayOf(value: Value): ArrayValue | null {
  if (value.kind === "array") return value;
  if (value.kind === "real") return { kind: "array", shape: [1], data: Float64Array.of(value.value) };
  if (value.kind === "rational") return { kind: "array", shape: [1], data: Float64Array.of(rationalToNumber(value)) };
  return null;
}

function difference(a: Matrix, b: Matrix): Matrix {
  const data = a.data.map((x, i) => x - (b.data[i] as number));
  if (!a.imag && !b.imag) return { rows: a.rows, columns: a.columns, data };
  return { rows: a.rows, columns: a.columns, data, imag: data.map((_, i) => (a.imag?.[i] ?? 0) - (b.imag?.[i] ?? 0)) };
}

/** Where two matrices differ most. */
function farthest(d: Matrix): { row: number; column: number; size: number } {
  let at = 0;
  let size = -1;
  for (let i = 0; i < d.data.length; i++) {
    const x = Math.hypot(d.data[i] as number, d.imag?.[i] ?? 0);
    if (x > size || Number.isNaN(x)) [at, size] = [i, x];
    if (Number.isNaN(x)) break;
  }
  return { row: Math.floor(at / d.columns) + 1, column: (at % d.columns) + 1, size };
}

export const compare: Handler<"compare"> = async ({ first, second, theme, palette, timeout }, context) => {
  const { say } = context;
  const problem = (phrase: Sentence) => shownProblem({ ok: false, problem: { kind: "unsupported", message: say(phrase), range: [0, 0] as const } });
  const read = async ({ text, language }: Written) => {
    const answer = await run({ input: text, language: language as FormatName, timeout, printed: false }, hostOf(context));
    return answer.ok ? arrayOf(answer.value) : saidOf(answer.error, say).message;
  };
  const arrays = [await read(first), await read(second)];
  for (const [i, a] of arrays.entries()) {
    const { title } = i === 0 ? first : second;
    if (a === null) return problem(said`${title} is neither a matrix nor a number.`);
    if (typeof a === "string") return problem(`${title}: ${a}`);
  }
  const [x, y] = arrays as [ArrayValue, ArrayValue];
  const [a, b] = [asMatrix(x), asMatrix(y)];
  if (!a || !b) return problem("Only vectors and matrices can be compared.");
  const shapes = [x.shape.join("×"), y.shape.join("×")];
  const heatmap = (title: string, matrix: Matrix): Figure => ({ kind: "heatmap", title, matrix });
  // Around zero, as the sign of a difference matters.
  const diverging = (title: string, matrix: Matrix): Figure => ({ kind: "heatmap", title, matrix, scale: "diverging" });
  const picture = (figure: Figure) => ({
    title: figure.title.slice(0, 200),
    svg: figureSvg(figure, { ...SIZE, theme, palette }),
    words: figureText(figure).slice(0, 8000),
  });
  const own = [heatmap(first.title, a), heatmap(second.title, b)];
  if (a.rows !== b.rows || a.columns !== b.columns)
    return {
      ok: true,
      comparison: {
        shapes,
        norms: [],
        figures: own.map(picture),
        summary: say(said`${first.title} is ${shapes[0]}, ${second.title} is ${shapes[1]}: there is no difference of the two.`),
      },
    };
  const d = difference(a, b);
  const size = norm(b, "fro");
  const absolute = norm(d, "fro");
  const most = farthest(d);
  const norms = [
    { name: "‖Δ‖F", value: formatNumber(absolute) },
    { name: "‖Δ‖F / ‖B‖F", value: size === 0 ? "–" : formatNumber(absolute / size) },
    ...(Math.min(a.rows, a.columns) <= LARGEST_SPECTRAL && d.data.every(Number.isFinite) ? [{ name: "‖Δ‖₂", value: formatNumber(norm(d, 2)) }] : []),
    { name: "max |Δ|", value: `${formatNumber(most.size)} (${most.row}, ${most.column})` },
    { name: "Δ ≠ 0", value: `${d.data.reduce((n, v, i) => n + (v !== 0 || (d.imag?.[i] ?? 0) !== 0 ? 1 : 0), 0)} / ${d.data.length}` },
  ];
  const summary = say(
    absolute === 0 ? said`${first.title} and ${second.title} are equal.` : said`They differ most in row ${most.row}, column ${most.column}.`,
  );
  return {
    ok: true,
    comparison: { shapes, norms, figures: [diverging(`${first.title} − ${second.title}`, d), ...own].map(picture), summary },
  };
};
