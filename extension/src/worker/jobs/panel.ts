// What the panel shows of the value at a place. Larger matrices go as means of blocks: the view draws, it does not compute.
import { asMatrix, matrixValue, type Value } from "@scholium/core/expr";
import { blockMeans, extent, shownValues } from "@scholium/core/figure";
import type { Matrix } from "@scholium/core/linalg";
import { factsOf, PANEL_WORK } from "../facts.js";
import { type Found, regionOf, shownProblem, valueAt } from "../formula.js";
import { wordsOf } from "../words.js";
import type { Handler } from "./index.js";

/** Most rows and columns that are sent; more than a screen has pixels. */
const MOST = 1024;
const LONGEST_TEXT = 4000;

/** The value as a matrix to look at: a number is 1 x 1, a record shows its first matrix. */
function pictureOf(value: Value): Matrix | null {
  if (value.kind === "array") return asMatrix(value);
  if (value.kind === "real") return { rows: 1, columns: 1, data: Float64Array.of(value.value) };
  if (value.kind === "rational") return { rows: 1, columns: 1, data: Float64Array.of(Number(value.num) / Number(value.den)) };
  if (value.kind === "record") for (const field of Object.values(value.fields)) if (field.kind === "array") return asMatrix(field);
  return null;
}

const titleOf = (found: Found) => found.formula.named ?? found.formula.text.replace(/\s+/g, " ").slice(0, 40);

export const panel: Handler<"panel"> = async ({ place, conventions, timeout }, context) => {
  const found = await valueAt(context, place, conventions, timeout);
  if (!found.ok) return shownProblem(found);
  const region = regionOf(found.formula);
  const matrix = pictureOf(found.value);
  if (!matrix || matrix.data.length === 0)
    return shownProblem({
      ok: false,
      region,
      problem: { kind: "unsupported", message: "There is no picture of this value: it is not a matrix, vector or number.", range: region.range },
    });
  const value = found.value.kind === "array" ? found.value : matrixValue(matrix);
  const facts = factsOf(value, PANEL_WORK);
  const values = shownValues(matrix);
  const small = blockMeans(values, matrix.rows, matrix.columns, MOST, MOST);
  const range = extent(values);
  return {
    ok: true,
    region,
    view: {
      title: titleOf(found),
      latex: found.answer.latex.slice(0, LONGEST_TEXT),
      text: found.answer.text.slice(0, LONGEST_TEXT),
      words: wordsOf(value, facts, found.answer.text),
      rows: matrix.rows,
      columns: matrix.columns,
      shownRows: small.rows,
      shownColumns: small.columns,
      // A copy: the buffer is transferred and the value stays in the cache.
      data: small.data.slice(),
      least: range.finite ? range.min : Number.NaN,
      greatest: range.finite ? range.max : Number.NaN,
      singularValues: facts.singularValues.slice(),
      threshold: facts.threshold,
      facts: facts.list,
      remarks: found.answer.notes.slice(0, 16).map((n) => n.slice(0, 1000)),
    },
  };
};
