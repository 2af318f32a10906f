// What a hover shows: typeset value, facts, heatmap and spectrum side by side in one picture.
import { type ArrayValue, asMatrix } from "@scholium/core/expr";
import { type Figure, figureRowSvg, figureText } from "@scholium/core/figure";
import { factsOf, HOVER_WORK } from "../facts.js";
import { regionOf, shownProblem, usedNames, valueAt } from "../formula.js";
import { compactText } from "../noteText.js";
import { wordsOf } from "../words.js";
import type { Handler } from "./index.js";

/** First screen of a hover: 250 pixels in all. */
const PICTURE = { width: 700, height: 120 };
const FIGURE = { width: 148, height: 104 };
const MOST_FACTS = 7;
const LONGEST_TEXT = 4000;

function figuresOf(value: ArrayValue, singular: Float64Array, threshold: number): Figure[] {
  const matrix = asMatrix(value);
  if (!matrix || matrix.rows < 2 || matrix.columns < 2) return [];
  const figures: Figure[] = [{ kind: "heatmap", title: "Entries", matrix }];
  if (singular.length > 1) figures.push({ kind: "spectrum", title: "Singular values", values: singular, threshold });
  return figures;
}

export const hover: Handler<"hover"> = async ({ place, conventions, timeout, theme, palette, fontSize, figures: wanted }, context) => {
  const found = await valueAt(context, place, conventions, timeout);
  if (!found.ok) return shownProblem(found);
  const { value, answer } = found;
  const facts = factsOf(value, HOVER_WORK);
  const words = wordsOf(value, facts, answer.text);
  const figures = wanted && value.kind === "array" ? figuresOf(value, facts.singularValues, facts.threshold) : [];
  const svg = figures.length ? figureRowSvg(figures, { ...FIGURE, theme, palette }) : "";
  return {
    ok: true,
    region: regionOf(found.formula),
    picture: await context.typesetter.of(answer.latex, { theme, fontSize, ...PICTURE }),
    text: answer.text.length <= LONGEST_TEXT ? answer.text : compactText(value, { maxLength: 200, maxRows: 8, maxColumns: 8 }, facts),
    words,
    facts: facts.list.slice(0, MOST_FACTS),
    figure: svg
      ? { svg, width: figures.length * (FIGURE.width + 12) - 12, height: FIGURE.height, words: figures.map(figureText).join(" ").slice(0, 8000) }
      : null,
    remarks: answer.notes.slice(0, 8).map((n) => n.slice(0, 1000)),
    used: usedNames(found),
    isArray: value.kind === "array",
  };
};
