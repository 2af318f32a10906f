// Language-model tools: what a model asks becomes a question to the engine, its answer a text; an error is thrown with what to change.
import * as vscode from "vscode";
import type { ToolQuestion } from "../aidMessages.js";
import type { Place } from "../protocol.js";
import { languageOf } from "../services/documents.js";
import type { Services } from "../services/index.js";
import { failureText } from "../services/notes.js";

/** The longest a tool may take, whatever the settings say. */
const LONGEST = 6000;
const LONGEST_INPUT = 200_000;

type Given = Readonly<Record<string, unknown>>;

/** What a command may need besides the expression. */
const PARAMETERS = ["variable", "point", "order", "to"] as const;

const KEYS: Readonly<Record<ToolQuestion["tool"], readonly string[]>> = {
  evaluate: ["input", "language", "definitions", "command", ...PARAMETERS, "uri", "line", "output", "digits"],
  check: ["first", "second", "language", "definitions", "uri", "line"],
  paper: ["text"],
};

const OUTPUTS = ["text", "latex", "numpy", "matlab", "json"] as const;

function refuse(message: string): never {
  throw new Error(message);
}

function textOf(given: Given, key: string, required: boolean): string | undefined {
  const value = given[key];
  if (value === undefined && !required) return undefined;
  if (typeof value !== "string") return refuse(`error: "${key}" must be a string; hint: give the formula as text`);
  if (value.length > LONGEST_INPUT)
    return refuse(`error: "${key}" has ${value.length} characters, more than ${LONGEST_INPUT}; hint: ask about a part of it`);
  return value;
}

/** The end of the line before `line` (from 1) of an open document: what is above it can be used. */
function placeOf(services: Services, given: Given): Place | undefined {
  const uri = textOf(given, "uri", false);
  if (uri === undefined) return undefined;
  const document = services.documents.get(uri) ?? vscode.workspace.textDocuments.find((d) => d.uri.fsPath === uri || d.fileName === uri);
  if (!document) return refuse(`error: ${uri} is not open; hint: leave out "uri" and give "definitions", or open the document`);
  const line = given["line"];
  if (line !== undefined && (typeof line !== "number" || !Number.isInteger(line) || line < 1))
    return refuse('error: "line" must be a whole number from 1');
  const at = document.offsetAt(new vscode.Position(line === undefined ? document.lineCount : (line as number) - 1, 0));
  return { uri: document.uri.toString(), version: document.version, language: languageOf(document), range: [at, at] };
}

function questionOf(tool: ToolQuestion["tool"], given: Given): ToolQuestion {
  for (const key of Object.keys(given))
    if (!KEYS[tool].includes(key)) refuse(`error: unknown key "${key}"; hint: the keys are ${KEYS[tool].join(", ")}`);
  const definitions = given["definitions"] ?? [];
  if (!Array.isArray(definitions) || definitions.some((d) => typeof d !== "string" || d.length > LONGEST_INPUT))
    return refuse('error: "definitions" must be a list of texts; hint: one definition each, such as "A = [1 2; 3 4]"');
  const digits = given["digits"] ?? 12;
  if (typeof digits !== "number" || !Number.isInteger(digits) || digits < 1 || digits > 17)
    return refuse('error: "digits" must be a whole number from 1 to 17');
  const output = textOf(given, "output", false) ?? "text";
  const chosen = OUTPUTS.find((o) => o === output) ?? refuse(`error: "output" must be one of ${OUTPUTS.join(", ")}`);
  const other = tool === "check" ? textOf(given, "second", true) : undefined;
  return {
    tool,
    input: textOf(given, { evaluate: "input", check: "first", paper: "text" }[tool], true) as string,
    ...(other === undefined ? {} : { other }),
    language: textOf(given, "language", false) ?? "auto",
    definitions: definitions.slice(0, 2000),
    command: textOf(given, "command", false) ?? "evaluate",
    params: PARAMETERS.flatMap((key) => {
      const value = textOf(given, key, false);
      return value ? [{ key, value }] : [];
    }),
    output: chosen,
    digits,
    now: new Date().toISOString().slice(0, 7),
  };
}

/** Answers a tool call. Throws an Error whose message tells the model what to change. */
export async function invoke(
  services: Services,
  tool: ToolQuestion["tool"],
  input: unknown,
  token: vscode.CancellationToken,
): Promise<vscode.LanguageModelToolResult> {
  const given = typeof input === "object" && input !== null ? (input as Given) : {};
  const question = questionOf(tool, given);
  const place = placeOf(services, given);
  const outcome = await services.engine.run(
    "tool",
    { question, ...(place ? { place } : {}), timeout: LONGEST },
    { timeout: LONGEST, priority: 0, token },
  );
  if (outcome.status === "cancelled") throw new vscode.CancellationError();
  if (outcome.status !== "done")
    throw new Error(`error: ${outcome.status === "stale" ? "the document changed meanwhile; ask again" : failureText(outcome, services.texts)}`);
  if (!outcome.answer.ok) throw new Error(outcome.answer.text);
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(outcome.answer.text)]);
}
