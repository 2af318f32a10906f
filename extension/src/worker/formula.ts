// From a place in a document to its formula, its value, and what is shown of them.
import { children, type Expr, said, type Value } from "@scholium/core/expr";
import type { FormatName } from "@scholium/core/formats";
import { type Answer, impliedBy, isStatement, type Request } from "@scholium/core/formula";
import type { Conventions, Evaluation, NoteStyle, Place, Problem, Region } from "../protocol.js";
import { type Cache, lru } from "./cache.js";
import { answerOf } from "./decimals.js";
import type { JobContext } from "./jobs/index.js";
import { type Formula, formulasAt } from "./locate.js";
import { briefProblem, isApproximate, noteText, plainNotation, problemText, spokenNotation } from "./noteText.js";
import { environmentOf, printValue } from "./print.js";
import { type Say, saidOf } from "./tongue.js";

export type { Formula };
export type ValueAnswer = Answer & { readonly ok: true };

export interface Found {
  readonly ok: true;
  readonly formula: Formula;
  readonly value: Value;
  readonly answer: ValueAnswer;
}

export interface NotFound {
  readonly ok: false;
  readonly region?: Region;
  readonly problem: Problem;
}

/** Texts are cut to what a message may hold. */
const cut = (text: string, most = 4096) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

export const regionOf = ({ range, language, named }: Formula): Region => ({ range, language, ...(named ? { named: cut(named, 256) } : {}) });

/** Says that there is no formula at a place. */
export function nothingAt(place: Place, say: Say): NotFound {
  const message = say(
    place.range[0] === place.range[1]
      ? "No formula at the cursor. Select one, or put the cursor inside $...$ or a matrix."
      : "No formula in the selection.",
  );
  return { ok: false, problem: { kind: "not-a-formula", message, range: place.range } };
}

/** Numbers an answer holds, which is what it weighs in memory. */
const cellsOf = (answer: Answer): number => (answer.ok && answer.value.kind === "array" ? answer.value.data.length + answer.text.length / 8 : 0);

/** How a value is wanted. */
export interface Wish {
  /** Formulas with free names are values too. */
  readonly symbolic?: boolean;
  /** Without texts, which are long for a large matrix. */
  readonly bare?: boolean;
}

/** Answers by the question: the same formula with the same definitions has the same value. */
const answers: Cache<Answer> = lru(1024, cellsOf, 1 << 22);
/** A question longer than this is not worth keeping as a key. */
const LONGEST_KEY = 200_000;

/** A name of a notebook that has its value in the kernel only. */
const fromKernel = (formula: Formula, name: string, say: Say): NotFound => ({
  ok: false,
  region: regionOf(formula),
  problem: { kind: "kernel", message: say(said`${name} comes from the kernel; Scholium reads literals only.`), range: formula.range },
});

/** Definitions of a notebook's cells in other notations, as text of the formula's own; or why there is none. */
async function foreignTexts(formula: Formula, context: JobContext, conventions: Conventions, timeout: number): Promise<string[] | NotFound> {
  if (formula.kernel) return fromKernel(formula, formula.kernel, context.say);
  const texts: string[] = [];
  for (const { name, formula: definition } of formula.foreign ?? []) {
    const found = await valueOf(definition, context, conventions, timeout);
    const text = found.ok ? printValue(found.value, formula.language, { digits: 17, inline: true }) : null;
    if (text === null) return fromKernel(formula, name, context.say);
    texts.push(`${name} = ${text}`);
  }
  return texts;
}

/** The value of a formula, from memory when it was asked before. */
export async function valueOf(
  formula: Formula,
  context: JobContext,
  conventions: Conventions,
  timeout: number,
  wish: Wish = {},
): Promise<Found | NotFound> {
  const foreign = await foreignTexts(formula, context, conventions, timeout);
  if (!Array.isArray(foreign)) return foreign as NotFound;
  const request: Request = {
    input: formula.text,
    language: formula.language,
    definitions: [...formula.definitions.map((d) => d.text), ...foreign],
    settings: { exact: conventions.exact },
    timeout,
    ...(wish.bare ? { printed: false } : {}),
  };
  const length = formula.text.length + (request.definitions ?? []).reduce((n, d) => n + d.length, 0);
  const key =
    length > LONGEST_KEY ? null : JSON.stringify([request.input, request.language, request.definitions, request.settings, ...(wish.bare ? [0] : [])]);
  let answer = key === null ? undefined : answers.get(key);
  if (!answer) {
    answer = await answerOf(request, context);
    if (key !== null && (answer.ok || (answer.error.kind !== "timeout" && answer.error.kind !== "cancelled"))) answers.set(key, answer);
  }
  if (answer.ok) {
    const unknown = answer.value.kind === "symbolic" && !wish.symbolic ? unchangedName(formula.text, answer) : null;
    if (unknown === null) return { ok: true, formula, value: answer.value, answer };
    return {
      ok: false,
      region: regionOf(formula),
      problem: { kind: "undefined-name", message: context.say(said`${unknown} has no value here.`), range: formula.range },
    };
  }
  const { kind, range } = answer.error;
  const [start, end] = [Math.min(range[0], formula.text.length), Math.min(range[1], formula.text.length)];
  return {
    ok: false,
    region: regionOf(formula),
    problem: {
      kind,
      ...saidOf(answer.error, context.say),
      range: [formula.range[0] + start, formula.range[0] + Math.max(start, end)],
    },
  };
}

/** A formula without what does not matter to its meaning. */
export const plainly = (text: string) => text.replace(/[\s{}$]|\\[,;:! ]|\\(?:left|right|cdot)\b/g, "");

/** What is left of a formula when all is taken away that evaluation sets otherwise: brackets, fractions, blanks. */
const NO_MATTER = /[\s{}$()[\]/]|\\[,;:! ]|\\(?:left|right|cdot|[dt]?frac)(?![a-zA-Z])/g;

const gist = (text: string) => text.replace(NO_MATTER, "");

/** The closed form of a value, unless it is the formula over again: beside `\sin 1` its decimals alone say something. */
export function closedForm({ formula, answer }: Found): Value | undefined {
  const text = answer.exact && printValue(answer.exact, "latex", { digits: 17, inline: true });
  return text && gist(text) !== gist(formula.text) ? answer.exact : undefined;
}

/** The first name without a value when evaluation has changed nothing: a formula repeated beside itself says nothing. */
function unchangedName(input: string, answer: ValueAnswer): string | null {
  if (answer.value.kind !== "symbolic" || gist(answer.text) !== gist(input)) return null;
  const pending: Expr[] = [answer.value.expr];
  for (let e = pending.shift(); e; e = pending.shift()) {
    if (e.kind === "name") return e.name;
    pending.unshift(...children(e));
  }
  return null;
}

/** The value at a place: of the first of the formulas meant there that has one; otherwise the problem of the first. Throws Stale. */
export async function valueAt(
  context: JobContext,
  place: Place,
  conventions: Conventions,
  timeout: number,
  wish: Wish = {},
  formulas = formulasAt(context.copies, place, conventions.scope),
): Promise<Found | NotFound> {
  let first: NotFound | undefined;
  for (const formula of formulas) {
    const found = await valueOf(formula, context, conventions, timeout, wish);
    if (found.ok) return found;
    first ??= found;
  }
  return first ?? nothingAt(place, context.say);
}

/** The names a formula used, with their places in the document. */
export function usedNames({ formula, answer }: Found): { name: string; range?: readonly [number, number]; uri?: string }[] {
  return answer.used.slice(0, 64).map(({ name, index }) => {
    const { range, uri } = formula.definitions[index] ?? {};
    return { name: cut(name, 1024), ...(range ? { range } : {}), ...(range && uri ? { uri } : {}) };
  });
}

/** Notations read by people: ten digits are enough there. Programs get every bit. */
const READ_BY_PEOPLE: ReadonlySet<string> = new Set(["latex", "markdown", "plain", "typst"]);

/** The remarks of an answer in the reader's language. */
export const remarksOf = ({ answer }: Found, say: Say): string[] => answer.notes.slice(0, 16).map((n) => cut(say(n), 1000));

/** A value as a note and as text. */
export function shown(
  found: Found,
  conventions: Conventions,
  style: NoteStyle,
  say: Say,
  milliseconds: number,
  live = false,
): Evaluation & { ok: true } {
  const { formula, value, answer } = found;
  const output = conventions.output === "source" ? answer.language : (conventions.output as FormatName);
  const environment = environmentOf(answer.text);
  const statement = isStatement(value, answer.language);
  const closed = closedForm(found);
  const note = noteText(value, live ? plainNotation(value, output) : spokenNotation(value, output), conventions, style, {
    statement,
    say,
    ...(environment ? { environment } : {}),
    ...(closed ? { closed } : {}),
  });
  const implied = statement ? impliedBy(answer.language) : null;
  const digits = READ_BY_PEOPLE.has(output) ? 10 : 17;
  // A formula on one line gets its result on one line.
  const inline = !formula.text.includes("\n");
  const text = printValue(value, output, { digits, inline, ...(environment ? { environment } : {}) }) ?? answer.text;
  return {
    ok: true,
    region: regionOf(formula),
    text,
    ...(implied ? { implied } : {}),
    note: cut(note.text),
    ...(note.brief ? { brief: note.brief.map((words) => cut(words, 64)) } : {}),
    approximate: note.approximate || isApproximate(value, conventions.digits),
    cost: milliseconds,
    used: usedNames(found),
  };
}

/** A problem with its note. */
export const shownProblem = ({ region, problem }: NotFound): Evaluation & { ok: false } => ({
  ok: false,
  ...(region ? { region } : {}),
  problem,
  ...(problem.kind === "timeout"
    ? { note: `⏱ ${problem.message}` }
    : { note: problemText(problem.message), brief: [cut(briefProblem(problem.message), 200)] }),
});
