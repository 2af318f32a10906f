// What a hover shows: typeset value, facts, heatmap and spectrum side by side in one picture.
import { type ArrayValue, asMatrix, matrixValue, type Value } from "@scholium/core/expr";
import { type Figure, figureRowSvg, figureText, type Wording } from "@scholium/core/figure";
import { isStatement } from "@scholium/core/formula";
import type { Ask, Fact, HoverAnswer } from "../../protocol.js";
import { lru } from "../cache.js";
import { type Facts, factsOf, HOVER_WORK } from "../facts.js";
import { closedForm, type Found, regionOf, remarksOf, shownProblem, usedNames, valueAt } from "../formula.js";
import { literalAt } from "../locate.js";
import { compactText } from "../noteText.js";
import { environmentOf, printValue } from "../print.js";
import type { Say } from "../tongue.js";
import { wordsOf } from "../words.js";
import type { Handler, JobContext } from "./index.js";

/** First screen of a hover: 250 pixels in all. */
const PICTURE = { width: 700, height: 120 };
const FIGURE = { width: 140, height: 80 };
/** The phrases of a figure in words, in the reader's language. */
const wordingOf =
  (say: Say): Wording =>
  (template, parts) =>
    say({ template, data: Object.fromEntries(parts.entries()) });
const MOST_FACTS = 6;
const LONGEST_TEXT = 4000;
/** A matrix too large to be typeset shows its first rows and columns. */
const HEAD = 8;

/** Facts by what they tell, the first ones first; the shape is in the first. */
const ORDER: readonly string[] = ["shape", "det", "rank", "trace", "cond", "structure", "sigma", "norm"];
const rankOf = (f: Fact) => (ORDER.includes(f.name) ? ORDER.indexOf(f.name) : ORDER.length);

/** The facts shown at once, and the rest. */
function chosenFacts(facts: Facts, wanted: readonly string[]): { first: Fact[]; more: Fact[] } {
  if (wanted.length) {
    const first = wanted.flatMap((name) => facts.list.filter((f) => f.name === name));
    return { first: first.slice(0, 64), more: facts.list.filter((f) => !first.includes(f)) };
  }
  const sorted = facts.list.toSorted((a, b) => rankOf(a) - rankOf(b));
  return { first: sorted.slice(0, MOST_FACTS), more: sorted.slice(MOST_FACTS) };
}

function figuresOf(value: ArrayValue, singular: Float64Array, threshold: number, say: Say): Figure[] {
  const matrix = asMatrix(value);
  if (!matrix || matrix.rows < 2 || matrix.columns < 2) return [];
  const figures: Figure[] = [{ kind: "heatmap", title: say("Entries"), matrix }];
  if (singular.length > 1)
    figures.push({ kind: "spectrum", title: say("Singular values"), values: singular, threshold, axes: [say("index"), say("value")] });
  return figures;
}

/** The first rows and columns of a large matrix in LaTeX, with dots where it goes on. */
function headLatex(value: Value): string | null {
  const matrix = value.kind === "array" ? asMatrix(value) : null;
  if (!matrix || matrix.imag || (matrix.rows <= HEAD && matrix.columns <= HEAD)) return null;
  const [rows, columns] = [Math.min(matrix.rows, HEAD), Math.min(matrix.columns, HEAD)];
  const cell = (i: number, j: number) => {
    const entry = matrixValue({ rows: 1, columns: 1, data: Float64Array.of(matrix.data[i * matrix.columns + j] as number) });
    return /matrix\}\s*(.*?)\s*\\end/.exec(printValue(entry, "latex", { digits: 4, inline: true }) ?? "")?.[1] ?? "";
  };
  const right = columns < matrix.columns;
  const lines = Array.from(
    { length: rows },
    (_, i) => `${Array.from({ length: columns }, (_, j) => cell(i, j)).join("&")}${right ? "&\\cdots" : ""}`,
  );
  if (rows < matrix.rows) lines.push(`${Array.from({ length: columns }, () => "\\vdots").join("&")}${right ? "&\\ddots" : ""}`);
  return `\\begin{bmatrix}${lines.join("\\\\")}\\end{bmatrix}`;
}

/** Several definitions one below the other, in LaTeX; null of anything else. */
function definitionsLatex({ value, answer: { names, language, latex: whole } }: Found): string | null {
  if (!names || value.kind !== "list") return null;
  const environment = environmentOf(whole);
  const written = (name: string) => (language === "latex" || name.length === 1 ? name : `\\mathrm{${name.replaceAll("_", "\\_")}}`);
  const lines = value.items.map((item, k) => {
    const latex = printValue(item, "latex", { digits: 10, inline: true, ...(environment ? { environment } : {}) });
    return latex === null ? null : `${written(names[k] as string)} &= ${latex}`;
  });
  return lines.includes(null) ? null : `\\begin{aligned}${lines.join("\\\\[3pt]")}\\end{aligned}`;
}

async function pictureOf(found: Found, { theme, fontSize }: Ask<"hover">, { typesetter }: JobContext) {
  const look = { theme, fontSize, ...PICTURE };
  const several = definitionsLatex(found);
  if (several) return typesetter.of(several, { ...look, height: 2 * PICTURE.height });
  const exact = closedForm(found);
  const closed = exact && printValue(exact, "latex", { digits: 17, inline: true });
  if (closed) {
    const both = found.value.kind === "array" ? closed : `${closed} \\approx ${printValue(found.value, "latex", { digits: 10, inline: true })}`;
    const picture = await typesetter.of(both, look);
    if (picture) return picture;
  }
  const { latex, language } = found.answer;
  const whole = await typesetter.of(isStatement(found.value, language) ? `\\Rightarrow ${latex}` : latex, look);
  if (whole) return whole;
  const head = headLatex(found.value);
  return head === null ? null : typesetter.of(head, { ...look, height: 2 * PICTURE.height });
}

/** The value as text: several definitions a line each. */
function textOf({ value, answer: { names, text, language } }: Found, facts: Facts, say: Say): string {
  const lines =
    names && value.kind === "list"
      ? value.items.map((item, k) => `${names[k]} = ${printValue(item, language, { digits: 10, inline: true })}`)
      : [text];
  const whole = lines.join("\n");
  return whole.length <= LONGEST_TEXT ? whole : compactText(value, { maxLength: 200, maxRows: 8, maxColumns: 8 }, say, facts);
}

/** The value in words: several definitions one after the other. */
function spokenOf({ value, answer: { names, text } }: Found, facts: Facts, say: Say): string {
  if (!names || value.kind !== "list") return wordsOf(value, facts, text, say);
  return names
    .map((name, k) => `${name} = ${valueWords(value.items[k] as Value, say)}`)
    .join(" ")
    .slice(0, 8000);
}

function valueWords(value: Value, say: Say): string {
  return wordsOf(value, factsOf(value, HOVER_WORK), printValue(value, "plain", { digits: 10, inline: true }) ?? "", say);
}

/** The parts of a hover that do not depend on where the formula stands. */
type Seen = Omit<HoverAnswer & { ok: true }, "region" | "used" | "literal">;
const remembered = lru<Seen>(64);
const keys = new WeakMap<object, number>();
let nextKey = 1;

/** A number for the very answer: answers are remembered by their question, so the same question has the same one. */
function keyOf(answer: object): number {
  const key = keys.get(answer) ?? nextKey++;
  keys.set(answer, key);
  return key;
}

async function seen(found: Found, ask: Ask<"hover">, context: JobContext): Promise<Seen> {
  const { value } = found;
  const facts = factsOf(value, HOVER_WORK, context.say);
  const figures = ask.figures && value.kind === "array" ? figuresOf(value, facts.singularValues, facts.threshold, context.say) : [];
  const { first, more } = chosenFacts(facts, ask.facts);
  const matrix = value.kind === "array" ? asMatrix(value) : null;
  return {
    ok: true,
    picture: await pictureOf(found, ask, context),
    text: textOf(found, facts, context.say),
    words: spokenOf(found, facts, context.say),
    facts: first,
    moreFacts: more,
    abridged: matrix !== null && matrix.rows > 1 && matrix.columns > 1 && facts.singularValues.length === 0,
    figure: figures.length
      ? {
          svg: figureRowSvg(figures, { ...FIGURE, theme: ask.theme, palette: ask.palette, wording: wordingOf(context.say) }),
          width: figures.length * (FIGURE.width + 12) - 12,
          height: FIGURE.height,
          words: figures
            .map((f) => figureText(f, wordingOf(context.say)))
            .join(" ")
            .slice(0, 8000),
        }
      : null,
    remarks: remarksOf(found, context.say),
    isArray: value.kind === "array",
  };
}

export const hover: Handler<"hover"> = async (ask, context) => {
  const { place, conventions, timeout } = ask;
  const found = ask.literal
    ? await valueAt(context, place, conventions, timeout, {}, literalAt(context.copies, place, conventions.scope))
    : await valueAt(context, place, conventions, timeout);
  if (!found.ok) return shownProblem(found);
  const key = JSON.stringify([keyOf(found.answer), ask.theme, ask.palette, ask.fontSize, ask.figures, ask.facts]);
  let parts = remembered.get(key);
  if (!parts) remembered.set(key, (parts = await seen(found, ask, context)));
  return {
    ...parts,
    region: regionOf(found.formula),
    literal: found.formula.literal === true && found.value.kind === "array",
    used: usedNames(found),
  };
};
