// A matrix from elsewhere (a spreadsheet, a print-out, another notation) in the notation of a place.
import { asMatrix, said, type Value } from "@scholium/core/expr";
import { detectFormat, type FormatName, findFormat, formats } from "@scholium/core/formats";
import { layoutOf, notationOf, regionAt, run } from "@scholium/core/formula";
import { shownProblem } from "../formula.js";
import { hostOf } from "../host.js";
import { printValue } from "../print.js";
import { copyOf } from "../texts.js";
import { saidOf } from "../tongue.js";
import type { Handler } from "./index.js";

const SEVERAL_LINES = 4;

/** A spreadsheet of a region that writes 1,5 for 1.5: decimal commas between tabs. */
const pointed = (text: string): string =>
  /\t/.test(text) && /\d,\d/.test(text) && !/\d\.\d/.test(text) ? text.replace(/(\d),(\d)/g, "$1.$2") : text;

/** Where a print-out says what it is, without the name it is given there: `A =`, `ans =`, `Out[3]:`, `array(...)`. */
const bare = (text: string): string => text.replace(/^\s*(?:Out\[\d+\]:|>>>|In \[\d+\]:)\s*/, "").trim();

const shapeOf = (value: Value): string => (value.kind === "array" ? value.shape.join("×") : value.kind);

export const paste: Handler<"paste"> = async ({ place, given, format, conventions, timeout }, context) => {
  const problem = (message: string, hint?: string) =>
    shownProblem({ ok: false, problem: { kind: "not-a-formula", message, range: place.range, ...(hint ? { hint } : {}) } });
  const input = bare(pointed(given));
  if (input === "") return problem(context.say("The clipboard holds no text."));
  const from = detectFormat(input).name;
  const answer = await run({ input, language: from, settings: { exact: conventions.exact }, timeout, printed: false }, hostOf(context));
  if (!answer.ok) {
    const { message, hint } = saidOf(answer.error, context.say);
    return problem(message, hint);
  }
  const { value } = answer;
  const isMatrix = value.kind === "array" || (value.kind === "symbolic" && value.expr.kind === "matrix");
  if (!isMatrix) return problem(context.say("The clipboard holds no matrix."));
  const copy = copyOf(context.copies, place);
  const layout = layoutOf(copy.language);
  const region = regionAt(copy.text, copy.language, place.range[0]);
  // Inside a formula its own notation; between formulas the document's.
  const inside = region !== null && region.range[0] < place.range[0] && place.range[1] < region.range[1];
  const own = inside ? region.language : notationOf(copy.language);
  const target = (format ?? own) as FormatName;
  const matrix = value.kind === "array" ? asMatrix(value) : null;
  const tall = (matrix?.rows ?? 0) >= SEVERAL_LINES;
  const printed = findFormat(target)?.print ? printValue(value, target, { digits: 17, inline: !tall }) : null;
  if (printed === null) return problem(context.say(said`This value cannot be written as ${target}.`));
  const bareText = target !== "latex" || inside || layout === "code" || layout === "table";
  const display = layout === "tex" ? [`\\[\n`, `\n\\]`] : ["$$\n", "\n$$"];
  const text = bareText ? printed : `${display[0]}${printed}${display[1]}`;
  const notations = formats.filter((f) => f.print).map((f) => ({ name: f.name, title: f.title }));
  notations.sort((a, b) => Number(b.name === own) - Number(a.name === own));
  return { ok: true, text, from: findFormat(from)?.title ?? from, shape: shapeOf(value), notations };
};
