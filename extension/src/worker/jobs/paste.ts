// A matrix from elsewhere (a spreadsheet, a print-out, another notation) in the notation of a place.
import { asMatrix, said, type Value } from "@scholium/core/expr";
import { detectFormat, type FormatName, findFormat, formats } from "@scholium/core/formats";
import { layoutOf, notationOf, regionAt, run } from "@scholium/core/formula";
import { blanksOf, markdownLead } from "../aids/gridRead.js";
import { shownProblem } from "../formula.js";
import { hostOf } from "../host.js";
import { isOpened } from "../opened.js";
import { printValue } from "../print.js";
import { copyOf } from "../texts.js";
import { saidOf } from "../tongue.js";
import type { Handler } from "./index.js";

const SEVERAL_LINES = 4;

const PARTED_BY_COMMAS = /^[-+]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/;
const PARTED_BY_POINTS = /^[-+]?[1-9]\d{0,2}(?:\.\d{3})+,\d+$/;

/** Cells of a spreadsheet as numbers are written here: 1,234.5 and 1.234,5 without what parts the thousands, 1,5 with a decimal point. */
function pointed(text: string): string {
  if (!text.includes("\t")) return text;
  const cells = text.split(/[\t\r\n]+/).map((c) => c.trim());
  const withCommas = cells.filter((c) => /\d,\d/.test(c));
  if (withCommas.length === 0) return text;
  const each = (change: (cell: string) => string) => text.replace(/[^\t\r\n]+/g, (cell) => (/\d,\d/.test(cell) ? change(cell) : cell));
  if (withCommas.every((c) => PARTED_BY_COMMAS.test(c))) return each((c) => c.replaceAll(",", ""));
  const european = cells.some((c) => PARTED_BY_POINTS.test(c)) || !cells.some((c) => /\d\.\d/.test(c));
  return european ? each((c) => c.replaceAll(".", "").replace(",", ".")) : text;
}

/** Where a print-out says what it is, without the name it is given there: `A =`, `ans =`, `Out[3]:`, `array(...)`. Headings keep their place. */
const bare = (text: string): string =>
  text
    .replace(/^\s*(?:Out\[\d+\]:|>>>|In \[\d+\]:)\s*/, "")
    .replace(/^(?:[ \t]*\r?\n)+/, "")
    .trimEnd();

/** Further lines below the first one, which begins where the cursor is. */
const hanging = (text: string, lead: string): string => text.replaceAll("\n", `\n${blanksOf(lead)}`);

/** A formula on lines of its own, below the words the line has, and indented and quoted as they are. */
function displayed(text: string, lead: string, [open, close]: readonly [string, string]): string {
  const base = blanksOf(markdownLead(lead));
  const all = [open, ...text.split("\n"), close].join(`\n${base}`);
  return lead.trim() === "" || lead === markdownLead(lead) ? all : `\n${base.trimEnd()}\n${base}${all}`;
}

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
  const within = region !== null && region.range[0] < place.range[0] && place.range[1] < region.range[1];
  const inside = within || (/^(?:prose|tex)$/.test(layout) && isOpened(copy.text, place.range[0], layout === "tex"));
  const own = within ? region.language : notationOf(copy.language);
  const target = (format ?? own) as FormatName;
  const matrix = value.kind === "array" ? asMatrix(value) : null;
  const tall = (matrix?.rows ?? 0) >= SEVERAL_LINES;
  const printed = findFormat(target)?.print ? printValue(value, target, { digits: 17, inline: !tall }) : null;
  if (printed === null) return problem(context.say(said`This value cannot be written as ${target}.`));
  const bareText = target !== "latex" || inside || layout === "code" || layout === "table";
  const lead = copy.text.slice(copy.text.lastIndexOf("\n", place.range[0] - 1) + 1, place.range[0]);
  const text = bareText ? hanging(printed, lead) : displayed(printed, lead, layout === "tex" ? ["\\[", "\\]"] : ["$$", "$$"]);
  const notations = formats.filter((f) => f.print).map((f) => ({ name: f.name, title: f.title }));
  notations.sort((a, b) => Number(b.name === own) - Number(a.name === own));
  return { ok: true, text, from: findFormat(from)?.title ?? from, shape: shapeOf(value), notations };
};
