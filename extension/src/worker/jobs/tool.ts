// The questions of language models: a value with its type and reading, whether two formulas are equal, the papers of a text.
// The answer is text for a reader who checks: what was read, how exact the value is, and what to change when there is none.
import { type ArrayValue, asMatrix, children, type Expr, type FormulaError, spoken, type Value } from "@scholium/core/expr";
import { detectFormat, type FormatName, findFormat } from "@scholium/core/formats";
import { type Answer, type Command, definitionsFor, run } from "@scholium/core/formula";
import { rationalToNumber } from "@scholium/core/linalg";
import { detectInText, originalUrl, paperKey, toPlainId } from "@scholium/core/papers";
import type { ToolQuestion } from "../../aidMessages.js";
import type { Place } from "../../protocol.js";
import { factsOf, HOVER_WORK } from "../facts.js";
import { hostOf } from "../host.js";
import { printValue } from "../print.js";
import { copyOf } from "../texts.js";
import type { Handler, JobContext } from "./index.js";
import { placesOf } from "./papers.js";

const LONGEST = 4000;
const ROWS_SHOWN = 6;

type Said = { readonly ok: boolean; readonly text: string };

const OUTPUTS: Readonly<Record<ToolQuestion["output"], FormatName>> = {
  latex: "latex",
  numpy: "python",
  matlab: "matlab",
  json: "json",
  text: "plain",
};
/** Names of notations as people say them. */
const LANGUAGES: Readonly<Record<string, string>> = { numpy: "python", octave: "matlab", tex: "latex", text: "plain" };

const printed = (value: Value, output: ToolQuestion["output"], digits: number): string =>
  printValue(value, output === "text" && value.kind === "array" ? "matlab" : OUTPUTS[output], { digits, inline: true }) ??
  printValue(value, "matlab", { digits, inline: true }) ??
  printValue(value, "latex", { digits, inline: true }) ??
  value.kind;

function typeOf(value: Value): string {
  if (value.kind === "array") {
    const what = ["scalar", "vector", "matrix"][value.shape.length] ?? "tensor";
    const numbers = value.element === "boolean" ? "boolean" : value.imag ? "complex" : "real";
    return `${value.shape.join("×")} ${numbers} ${what}`;
  }
  if (value.kind === "rational") return value.den === 1n ? "integer" : "fraction";
  if (value.kind === "record") return `record of ${Object.keys(value.fields).join(", ")}`;
  if (value.kind === "list") return `list of ${value.items.length}`;
  if (value.kind === "solutions") return `${value.values.length} solutions for ${value.variable}`;
  return {
    real: "real number",
    complex: "complex number",
    boolean: "boolean",
    string: "text",
    symbolic: "formula with free names",
    function: "function",
    factorization: "factorisation",
  }[value.kind];
}

function isExact(value: Value): boolean {
  if (value.kind === "array") return value.exact !== undefined;
  if (value.kind === "complex") return value.exact !== undefined;
  if (value.kind === "list") return value.items.every(isExact);
  if (value.kind === "solutions") return value.values.every(isExact);
  if (value.kind === "record") return Object.values(value.fields).every(isExact);
  return value.kind !== "real";
}

/** The first rows of an array, when all of it would be too long. */
function head(value: ArrayValue): ArrayValue {
  const width = value.shape.slice(1).reduce((a, b) => a * b, 1);
  const rows = Math.min(value.shape.length === 1 ? ROWS_SHOWN * ROWS_SHOWN : ROWS_SHOWN, value.shape[0] ?? 1);
  const n = rows * width;
  return {
    ...value,
    shape: [rows, ...value.shape.slice(1)],
    data: value.data.slice(0, n),
    ...(value.imag ? { imag: value.imag.slice(0, n) } : {}),
    ...(value.exact ? { exact: value.exact.slice(0, n) } : {}),
  };
}

/** `shape-mismatch: message, at "A*B" (column 3); hint: ...`. */
function errorText({ kind, message, range, hint }: FormulaError, input: string): string {
  const at = input.slice(range[0], Math.max(range[1], range[0] + 1)).slice(0, 80);
  const place = at.trim() ? ` at ${JSON.stringify(at)} (column ${range[0] - input.lastIndexOf("\n", range[0] - 1)})` : "";
  return `error: ${kind}: ${message}${place}; hint: ${hint ?? "check the notation and the shapes, or give the missing names in definitions"}`;
}

interface Definitions {
  readonly texts: readonly string[];
  /** Where each comes from. */
  readonly places: readonly string[];
}

function definitionsOf(question: ToolQuestion, language: FormatName, place: Place | undefined, { copies }: JobContext): Definitions {
  const own = question.definitions;
  if (!place) return { texts: own, places: own.map(() => "definitions") };
  const copy = copyOf(copies, place);
  const file = decodeURIComponent(place.uri.slice(place.uri.lastIndexOf("/") + 1));
  const seen = definitionsFor(copy.model(), { cell: copy.cell, offset: place.range[0] }, [question.input, question.other ?? "", ...own].join(" ; "));
  // A document in another notation defines the same names with other words.
  const usable = seen.filter((s) => findFormat(language)?.detect(s.text) !== 0);
  return {
    texts: [...usable.map((s) => s.text), ...own],
    places: [...usable.map((s) => `${file}:${s.line}`), ...own.map(() => "definitions")],
  };
}

const languageOf = ({ language, input }: ToolQuestion): FormatName => {
  const named = LANGUAGES[language] ?? language;
  return named !== "auto" && findFormat(named) ? (named as FormatName) : detectFormat(input).name;
};

/** How the last statement was understood, in LaTeX. */
function reading(input: string, language: FormatName, definitions: readonly string[]): string {
  try {
    const defined = new Set<string>();
    for (const text of definitions) for (const s of findFormat(language)?.parse(text).statements ?? []) if (s.kind === "define") defined.add(s.name);
    const last = findFormat(language)?.parse(input, { defined }).statements.at(-1);
    if (!last || !("body" in last)) return "";
    const body = printValue({ kind: "symbolic", expr: last.body }, "latex", { digits: 12, inline: true }) ?? "";
    return last.kind === "define" ? `${last.name} = ${body}` : body;
  } catch {
    return "";
  }
}

function evaluated(question: ToolQuestion, answer: Answer & { ok: true }, definitions: Definitions): string {
  const { value } = answer;
  const lines: string[] = [];
  let text = printed(value, question.output, question.digits);
  let cut = "";
  if (text.length > LONGEST - 1200 && value.kind === "array") {
    const part = head(value);
    text = printed(part, question.output, Math.min(6, question.digits));
    cut = `truncated: rows 1–${part.shape[0]} of ${value.shape[0]}; ask with a slice`;
  }
  if (text.length > LONGEST - 1200) {
    text = `${text.slice(0, LONGEST - 1300)}…`;
    cut = cut || `truncated: ${LONGEST - 1300} characters of the value`;
  }
  lines.push(`value: ${text}`, `type: ${typeOf(value)}`);
  const exact = isExact(value);
  lines.push(`exact: ${exact}`);
  if (!exact) {
    const doubt = answer.notes.map(spoken).find((n) => /cond|reliab|singular/i.test(n));
    lines.push(`precision: ${doubt ?? "double, relative error ≲ 1e-15 for well-conditioned steps"}`);
  }
  if (value.kind === "array" && asMatrix(value)) {
    const facts = factsOf(value, HOVER_WORK).list.filter((f) => f.name !== "shape");
    if (facts.length) lines.push(`facts: ${facts.map((f) => `${f.label} ${f.value}`).join(", ")}`);
  }
  const read = reading(question.input, answer.language, definitions.texts);
  if (read) lines.push(`interpreted as: ${read.slice(0, 600)} (read as ${findFormat(answer.language)?.title ?? answer.language})`);
  if (answer.used.length)
    lines.push(
      `used: ${answer.used
        .slice(0, 20)
        .map((u) => `${u.name} (${definitions.places[u.index] ?? "definitions"})`)
        .join(", ")}`,
    );
  for (const note of answer.notes.slice(0, 4)) lines.push(`note: ${spoken(note).slice(0, 200)}`);
  if (cut) lines.push(cut);
  return lines.join("\n").slice(0, LONGEST);
}

async function evaluate(question: ToolQuestion, place: Place | undefined, timeout: number, context: JobContext): Promise<Said> {
  const language = languageOf(question);
  const definitions = definitionsOf(question, language, place, context);
  const answer = await run(
    {
      input: question.input,
      language,
      definitions: definitions.texts,
      command: question.command as Command,
      params: Object.fromEntries(question.params.map(({ key, value }) => [key, value])),
      timeout,
      printed: false,
    },
    hostOf(context),
  );
  return answer.ok ? { ok: true, text: evaluated(question, answer, definitions) } : { ok: false, text: errorText(answer.error, question.input) };
}

/** Numbers tried for free names: no roots of anything usual among them. */
const SAMPLES = [0.7310585, 1.618034, -0.4636476, 2.302585] as const;

function freeNames(text: string, language: FormatName, known: ReadonlySet<string>): string[] {
  const names = new Set<string>();
  try {
    for (const s of findFormat(language)?.parse(text).statements ?? []) {
      const pending: Expr[] = "body" in s ? [s.body] : [];
      for (let e = pending.pop(); e; e = pending.pop()) {
        if (e.kind === "name" && !known.has(e.name)) names.add(e.name);
        pending.push(...children(e));
      }
    }
  } catch {
    // What cannot be read is told by its evaluation.
  }
  return [...names];
}

/** A value as numbers; null when it is not one. */
function numbersOf(value: Value): number[] | null {
  if (value.kind === "real") return [value.value];
  if (value.kind === "rational") return [rationalToNumber(value)];
  if (value.kind === "complex") return [value.re, value.im];
  if (value.kind === "array") return [...value.shape, ...value.data, ...(value.imag ?? [])];
  return null;
}

const near = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((x, i) => Math.abs(x - (b[i] as number)) <= 1e-9 * (1 + Math.max(Math.abs(x), Math.abs(b[i] as number))));

async function check(question: ToolQuestion, place: Place | undefined, timeout: number, context: JobContext): Promise<Said> {
  const language = languageOf(question);
  const { texts } = definitionsOf(question, language, place, context);
  const other = question.other ?? "";
  const ask = (input: string, definitions: readonly string[], command?: Command, params?: Record<string, unknown>) =>
    run({ input, language, definitions, timeout, printed: false, ...(command ? { command } : {}), ...(params ? { params } : {}) }, hostOf(context));
  const sides = [await ask(question.input, texts), await ask(other, texts)];
  for (const [i, side] of sides.entries()) if (!side.ok) return { ok: false, text: errorText(side.error, i === 0 ? question.input : other) };
  const same = await ask(question.input, texts, "equivalent", { to: other });
  if (same.ok && same.value.kind === "boolean" && same.value.value) return { ok: true, text: "equal" };
  const [x, y] = sides.map((s) => (s.ok ? numbersOf(s.value) : null));
  if (x && y) {
    const text = (s: Answer | undefined) => (s?.ok ? printed(s.value, question.output, question.digits).slice(0, 800) : "");
    return { ok: true, text: near(x, y) ? "equal (numerically, to 1e-9)" : `different: ${text(sides[0])} and ${text(sides[1])}` };
  }
  const known = new Set(texts.flatMap((t) => freeNames(t, language, new Set())));
  const names = [...new Set([...freeNames(question.input, language, known), ...freeNames(other, language, known)])].sort().slice(0, 8);
  for (const [k] of SAMPLES.entries()) {
    const point = names.map((n, i) => [n, SAMPLES[(i + k) % SAMPLES.length] as number] as const);
    const at = [...texts, ...point.map(([n, v]) => `${n} = ${v}`)];
    const [a, b] = [await ask(question.input, at, "numeric"), await ask(other, at, "numeric")];
    const [u, v] = [a.ok ? numbersOf(a.value) : null, b.ok ? numbersOf(b.value) : null];
    if (u && v && ![...u, ...v].some(Number.isNaN) && !near(u, v))
      return { ok: true, text: `different at ${point.map(([n, value]) => `${n} = ${value}`).join(", ")}: ${u.join(", ")} and ${v.join(", ")}` };
  }
  return { ok: true, text: "undecided: no difference was found at the points tried, and no proof that they are equal" };
}

function papers(question: ToolQuestion): Said {
  const found = new Map(detectInText(question.input, { now: question.now }).map((ref) => [paperKey(ref), ref]));
  if (found.size === 0) return { ok: true, text: "no paper IDs were found in the text" };
  const lines = [...found.values()].slice(0, 40).map((ref) => {
    const version = (ref as { version?: number | string }).version;
    const urls = [originalUrl(ref), ...placesOf([]).flatMap((d) => (d.has(ref) ? d.urls([ref]) : []))];
    return `${toPlainId(ref)}${version === undefined ? "" : ` (version ${version})`}: ${[...new Set(urls)].slice(0, 3).join(" ")}`;
  });
  return { ok: true, text: lines.join("\n").slice(0, LONGEST) };
}

export const tool: Handler<"tool"> = async ({ question, place, timeout }, context) => {
  if (question.tool === "paper") return papers(question);
  return question.tool === "check" ? check(question, place, timeout, context) : evaluate(question, place, timeout, context);
};
