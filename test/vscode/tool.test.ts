// The tool of language models and the command line are one evaluator: the same questions get the same answers.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { ToolQuestion } from "../../extension/src/aidMessages.js";
import { documentCopies } from "../../extension/src/worker/copies.js";
import { handlers, type JobContext } from "../../extension/src/worker/jobs/index.js";
import { english } from "../../extension/src/worker/tongue.js";

type Case = Pick<ToolQuestion, "input"> & Partial<Pick<ToolQuestion, "language" | "command" | "definitions">>;

const cases: readonly Case[] = [
  { input: "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}^{-1}" },
  { input: "\\sum_{k=1}^{100} k^2" },
  { input: "x^4 - 1", command: "factor" },
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

async function told({ input, language = "latex", command = "evaluate", definitions = [] }: Case): Promise<string> {
  const question: ToolQuestion = { tool: "evaluate", input, language, command, definitions, params: [], output: "latex", digits: 17, now: "2026-01" };
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
