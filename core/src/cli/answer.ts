// One case of the batch command answered.

import { performance } from "node:perf_hooks";
import { callRoutine, catalogue } from "../catalogue/index.js";
import { type Expr, spoken } from "../expr/index.js";
import { type FormatName, findFormat } from "../formats/index.js";
import { type Command, exactText, type Host, isStatement, run, type Settings } from "../formula/index.js";
import { MathError } from "../linalg/index.js";
import { answerPapers, type PapersCase } from "../papers/index.js";
import type { Case } from "./protocol.js";
import { valueJson } from "./valueJson.js";

type Json = Record<string, unknown>;

/** Characters a repeated text may grow to. */
const LONGEST_TEXT = 8 * 1024 * 1024;

const failure = (kind: string, message: string, range: readonly [number, number] = [0, 0], hint?: string): Json => ({
  ok: false,
  error: hint === undefined ? { kind, message, range } : { kind, message, range, hint },
});

const latexOf = (expr: Expr): string => findFormat("latex")?.print?.({ kind: "symbolic", expr }, { digits: 17 }) ?? "";

const host: Host = { catalogue, clock: () => performance.now() };

async function evaluateCase(c: Case, timeout: number): Promise<Json> {
  if (typeof c.input !== "string") return failure("unexpected-token", "an evaluate case needs its text in `input`");
  const definitions = Array.isArray(c.definitions) ? c.definitions.map(String) : [];
  const answer = await run(
    {
      input: c.input,
      language: (c.language as FormatName | "auto" | undefined) ?? "auto",
      definitions,
      command: (c.command as Command | undefined) ?? "evaluate",
      params: (c.params as Json | undefined) ?? {},
      settings: (c.settings as Partial<Settings> | undefined) ?? {},
      timeout,
    },
    host,
  );
  if (!answer.ok) return { ok: false, error: answer.error };
  const exact = exactText(answer.exact ?? answer.value);
  const closed = answer.exact && findFormat(answer.language)?.print?.(answer.exact, { digits: 17 });
  return {
    ok: true,
    value: valueJson(answer.value, latexOf),
    text: answer.text,
    latex: answer.latex,
    ...(exact !== undefined && { exact }),
    ...(closed && { closed }),
    ...(isStatement(answer.value, answer.language) && { statement: true }),
    language: answer.language,
    ...(answer.notes.length > 0 && { notes: answer.notes.map(spoken) }),
  };
}

function callCase(c: Case): Json {
  try {
    return { ok: true, output: callRoutine(catalogue, String(c.routine), (c.input ?? {}) as Json) };
  } catch (e) {
    if (e instanceof MathError) return failure(e.kind, e.message, [0, 0], e.hint);
    throw e;
  }
}

/** A text, or one written short as prefix + repeat×times + suffix. */
const expanded = (value: unknown): unknown => {
  const v = value as { repeat?: unknown; times?: unknown; prefix?: string; suffix?: string } | null;
  if (typeof v !== "object" || v === null || typeof v.repeat !== "string" || typeof v.times !== "number") return value;
  return `${v.prefix ?? ""}${v.repeat.repeat(Math.min(v.times, Math.floor(LONGEST_TEXT / Math.max(1, v.repeat.length))))}${v.suffix ?? ""}`;
};

function papersCase(c: Case): Json {
  const from = c.from as PapersCase["from"];
  if (!["link", "selection", "page", "frame", "menu"].includes(from))
    return failure("unexpected-token", "a papers case needs `from`: link, selection, page, frame or menu");
  const now = typeof c.now === "string" ? c.now : new Date().toISOString().slice(0, 7);
  return { ok: true, ...answerPapers({ from, value: expanded(c.value) as PapersCase["value"], now }) };
}

/** The answer to a case within `limit` milliseconds, without its id. Whatever goes wrong inside is an answer too. */
export async function answerCase(c: Case, limit: number): Promise<Json> {
  try {
    switch (c.kind) {
      case "evaluate":
        return await evaluateCase(c, limit);
      case "call":
        return callCase(c);
      case "papers":
        return papersCase(c);
      default:
        return failure(
          "unsupported",
          `unknown kind ${JSON.stringify((c as { kind?: unknown }).kind) ?? "(none)"}; the kinds are evaluate, call and papers`,
        );
    }
  } catch (e) {
    return failure("internal", e instanceof Error ? e.message : String(e));
  }
}
