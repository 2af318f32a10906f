// The tool of language models and the command line are one evaluator: the same questions get the same answers.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { commandNames } from "@scholium/core/formula";
import { expect, test } from "vitest";
import type { ToolQuestion } from "../../extension/src/aidMessages.js";
import { documentCopies } from "../../extension/src/worker/copies.js";
import { handlers, type JobContext } from "../../extension/src/worker/jobs/index.js";
import { english } from "../../extension/src/worker/tongue.js";

type Case = Pick<ToolQuestion, "input"> &
  Partial<Pick<ToolQuestion, "language" | "command" | "definitions">> & { readonly params?: Readonly<Record<string, string>> };

const cases: readonly Case[] = [
  { input: "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}^{-1}" },
  { input: "\\sum_{k=1}^{100} k^2" },
  { input: "x^4 - 1", command: "factor" },
  { input: "(a+b)^2", command: "equivalent", params: { to: "a^2+2ab+b^2" } },
  { input: "\\frac{\\sin x}{x}", command: "limit", params: { variable: "x", point: "0" } },
  { input: "x", command: "nonsense" },
  { input: "\\det A", definitions: ["A = \\begin{pmatrix}2&1\\\\1&2\\end{pmatrix}"] },
  { input: "inv([1 2;3 4])", language: "matlab" },
  { input: "np.array([[1,2],[3,4]]) @ np.array([5,6])", language: "python" },
  { input: "[1 2 3; 4 5 6]*[1 2; 3 4]", language: "matlab" },
  { input: "\\begin{pmatrix}1&2\\\\2&4\\end{pmatrix}^{-1}" },
];

const context = {
  copies: documentCopies(),
  say: english,
  clock: () => performance.now(),
  cancelled: () => false,
} as unknown as JobContext;

async function told({ input, language = "latex", command = "evaluate", definitions = [], params = {} }: Case): Promise<string> {
  const given = Object.entries(params).map(([key, value]) => ({ key, value }));
  const question: ToolQuestion = {
    tool: "evaluate",
    input,
    language,
    command,
    definitions,
    params: given,
    output: "latex",
    digits: 17,
    now: "2026-01",
  };
  return (await handlers.tool({ question, timeout: 6000 }, context)).text;
}

interface Printed {
  readonly ok: boolean;
  readonly latex?: string;
  readonly error?: { readonly kind: string; readonly message: string };
}

test("the tool answers what the command line answers", async () => {
  const lines = cases.map((c, id) => JSON.stringify({ id: `${id}`, kind: "evaluate", language: "latex", ...c }));
  const cli = fileURLToPath(new URL("../../core/bin/scholium.mjs", import.meta.url));
  const { stdout, status } = spawnSync(process.execPath, [cli, "batch"], { input: lines.join("\n"), encoding: "utf8" });
  expect(status).toBe(0);
  const printed = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Printed);
  expect(printed.length).toBe(cases.length);
  // Brackets of the source are kept by the command line only.
  const plain = (text: string) => text.replaceAll(/\s+/g, "").replaceAll(/[pb]matrix/g, "matrix");
  for (const [i, { ok, latex, error }] of printed.entries()) {
    const text = await told(cases[i] as Case);
    if (ok) expect(plain(text.split("\n")[0] as string)).toBe(plain(`value: ${latex}`));
    else expect(text).toContain(`error: ${error?.kind}: ${error?.message}`);
  }
}, 60_000);

test("the tool's schema offers every command of the evaluator, and no other", () => {
  const { contributes } = JSON.parse(readFileSync(new URL("../../extension/package.json", import.meta.url), "utf8"));
  const { properties } = contributes.languageModelTools.find((t: { name: string }) => t.name === "scholium_evaluate").inputSchema;
  expect([...properties.command.enum].sort()).toEqual([...commandNames].sort());
});

test("detect answers the notation of the input", async () => {
  expect((await told({ input: "np.array([[1,2],[3,4]])", language: "auto", command: "detect" })).split("\n")[0]).toBe("value: \\text{python}");
});
