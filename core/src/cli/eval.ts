// `scholium eval`: every formula of files, or a text as it is, each with its place, its value or its error.

import { existsSync, readFileSync, statSync } from "node:fs";
import { extname } from "node:path";
import { detectFormat, type FormatName, findFormat, formats } from "../formats/index.js";
import { definitionsFor, openDocument } from "../formula/index.js";
import { CASE_LIMIT, Engine } from "./engine.js";
import { place, visible } from "./text.js";

/** Editor language ids by file ending. */
const LANGUAGES: Readonly<Record<string, string>> = {
  ".md": "markdown",
  ".markdown": "markdown",
  ".tex": "latex",
  ".txt": "plaintext",
  ".py": "python",
  ".m": "matlab",
  ".jl": "julia",
  ".r": "r",
  ".csv": "csv",
  ".tsv": "tsv",
  ".json": "json",
  ".mtx": "matrixmarket",
  ".wl": "mathematica",
  ".typ": "typst",
};
const LARGEST_FILE = 64 * 1024 * 1024;
const MOST_SECONDS = 3600;

interface Line {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly formula: string;
  readonly answer: Record<string, any>;
}

/** Words before the first argument that is no option. */
function options(given: readonly string[]): { json: boolean; language: FormatName | "auto"; seconds?: number; inputs: string[] } | string {
  // --language=python says the same as --language python.
  const end = given.indexOf("--");
  const args = given.flatMap((a, i) => {
    const parts = end < 0 || i < end ? /^(--(?:language|timeout))=(.*)$/s.exec(a) : null;
    return parts ? [parts[1] as string, parts[2] as string] : [a];
  });
  let json = false;
  let seconds: number | undefined;
  let language: FormatName | "auto" = "auto";
  const inputs: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const a = args[i] as string;
    if (a === "--json") json = true;
    else if (a === "--language") {
      const name = args[++i] ?? "";
      if (name !== "auto" && !findFormat(name as FormatName))
        return `there is no notation named ${JSON.stringify(name)}; there are ${formats.map((f) => f.name).join(", ")}`;
      language = name as FormatName;
    } else if (a === "--timeout") {
      seconds = Number(args[++i]);
      if (!(seconds > 0 && seconds <= MOST_SECONDS)) return `--timeout takes seconds, more than 0 and at most ${MOST_SECONDS}`;
    } else if (/^--[a-z]/.test(a))
      return `there is no option ${a}; there are --json, --language NOTATION, --timeout SECONDS, and -- before inputs that begin with --`;
    else if (a === "--") {
      inputs.push(...args.slice(i + 1));
      break;
    } else inputs.push(a);
  }
  return { json, language, inputs, ...(seconds !== undefined && { seconds }) };
}

const oneLine = (s: string, most = 60): string => {
  const flat = visible(s.replace(/\s+/g, " ").trim());
  return flat.length > most ? `${flat.slice(0, most - 1)}…` : flat;
};

/** Formulas of a document, each with the definitions it needs from above it. */
async function* documentLines(file: string, text: string, languageId: string, engine: Engine): AsyncGenerator<Line> {
  const document = openDocument([{ language: languageId, text }]);
  for (const entry of document.cells[0]?.entries ?? []) {
    const [start] = entry.region.content;
    const definitions = definitionsFor(document, { cell: 0, offset: start }, entry.text).map((s) => s.text);
    const answer = await engine.ask({ kind: "evaluate", language: entry.region.language, input: entry.text, definitions });
    const error = answer.error as { range: [number, number]; kind: string } | undefined;
    // Prose around a formula (x is a vector) is no failure of the document.
    if (error && ["empty", "not-a-formula"].includes(error.kind)) continue;
    yield { file, ...place(text, start + (error?.range[0] ?? 0)), formula: entry.text, answer };
  }
}

/** Whether a text is prose with formulas in it rather than one formula. */
function isDocument(text: string): boolean {
  if (!/\$|\\[([]/.test(text)) return false;
  const entries = openDocument([{ language: "markdown", text }]).cells[0]?.entries ?? [];
  const [first] = entries;
  if (first === undefined || entries.length > 1) return entries.length > 1;
  const around = text.slice(0, first.region.range[0]) + text.slice(first.region.range[1]);
  return /\S/.test(around);
}

async function* textLines(text: string, language: FormatName | "auto", engine: Engine): AsyncGenerator<Line> {
  if (language === "auto" && isDocument(text)) {
    yield* documentLines("-", text, "markdown", engine);
    return;
  }
  const name = language === "auto" ? detectFormat(text).name : language;
  const answer = await engine.ask({ kind: "evaluate", language: name, input: text });
  const error = answer.error as { range: [number, number] } | undefined;
  yield { file: "-", ...place(text, error?.range[0] ?? 0), formula: text, answer };
}

function shown({ file, line, column, formula, answer }: Line): string {
  const where = `${file}:${line}:${column}`;
  if (answer.ok) {
    const value = visible(answer.closed ? `${answer.closed} ≈ ${answer.text}` : String(answer.text));
    if (value.includes("\n")) return `${where}: ${oneLine(formula)}\n${value}`;
    return `${where}: ${oneLine(formula)} ${answer.statement ? "⇒" : "="} ${value}`;
  }
  const { kind, message, hint } = answer.error;
  return `${where}: error (${kind}): ${visible(message)}${hint ? ` (${visible(hint)})` : ""}`;
}

/** Answers with the exit code: 0 when every formula had a value, 1 when one failed, 2 when the call was wrong. */
export async function evaluateInputs(args: readonly string[], standardInput: () => string, print: (text: string) => void): Promise<number> {
  const o = options(args);
  if (typeof o === "string") {
    console.error(`scholium eval: ${o}`);
    return 2;
  }
  const engine = new Engine(o.seconds === undefined ? CASE_LIMIT : o.seconds * 1000);
  let failures = 0;
  const show = async (lines: AsyncGenerator<Line>) => {
    for await (const line of lines) {
      if (!line.answer.ok) failures++;
      print(o.json ? JSON.stringify({ file: line.file, line: line.line, column: line.column, input: line.formula, ...line.answer }) : shown(line));
    }
  };
  try {
    for (const input of o.inputs.length ? o.inputs : [standardInput()]) {
      if (o.inputs.length && existsSync(input) && statSync(input).isFile()) {
        if (statSync(input).size > LARGEST_FILE) {
          console.error(`scholium eval: ${input} is larger than ${LARGEST_FILE >> 20} MB`);
          failures++;
          continue;
        }
        const text = readFileSync(input, "utf8");
        if (text.includes("\u0000")) {
          console.error(`scholium eval: ${input} is not text`);
          failures++;
          continue;
        }
        await show(documentLines(input, text, LANGUAGES[extname(input).toLowerCase()] ?? "plaintext", engine));
      } else await show(textLines(input, o.language, engine));
    }
  } finally {
    await engine.close();
  }
  return failures ? 1 : 0;
}
