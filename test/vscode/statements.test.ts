// What follows from a formula and does not equal it is noted, written and copied as a statement.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { type Evaluation, jobs } from "../../extension/src/protocol.js";
import { documentCopies } from "../../extension/src/worker/copies.js";
import { handlers, type JobContext } from "../../extension/src/worker/jobs/index.js";
import { english } from "../../extension/src/worker/tongue.js";

const conventions = { exact: "auto", digits: 4, output: "source", scope: "above" } as const;
const style = { maxLength: 64, maxRows: 6, maxColumns: 6 };
const context = { copies: documentCopies(), say: english, clock: () => performance.now(), cancelled: () => false } as unknown as JobContext;

async function evaluated(text: string, language = "latex"): Promise<Evaluation & { ok: true }> {
  const place = { uri: "test:a", version: 1, language, range: [0, text.length] as const, text };
  const answer = jobs.evaluate.answer(await handlers.evaluate({ place, conventions, style, timeout: 6000 }, context));
  if (!answer.ok) throw new Error(answer.note);
  return answer;
}

/** A formula -> its note, and what is copied. */
const statements: readonly [formula: string, note: string, text: string][] = [
  ["2x = 4", "⇒ x = 2", "x = 2"],
  ["x^2 = 4", "⇒ x = -2, x = 2", "x = -2,\\quad x = 2"],
  ["x^2 = -1", "⇒ x = i, x = -i", "x = i,\\quad x = -i"],
  ["\\lambda^2 - 3\\lambda + 2 = 0", "⇒ \\lambda = 1, \\lambda = 2", "\\lambda = 1,\\quad \\lambda = 2"],
  ["\\begin{cases}x+y=3\\\\x-y=1\\end{cases}", "⇒ x = 2, y = 1", "x = 2,\\quad y = 1"],
  ["(a+b)^2 = a^2 + 2ab + b^2", "⇒ true", "\\text{true}"],
  ["1 + 1 = 3", "⇒ false", "\\text{false}"],
];

test.each(statements)("%s", async (formula, note, text) => {
  const answer = await evaluated(formula);
  expect([answer.note, answer.text, answer.implied]).toEqual([note, text, " \\Rightarrow "]);
});

test("values, comparisons of code and decompositions are what their formula equals", async () => {
  for (const [formula, language] of [
    ["2 \\cdot 3", "latex"],
    ["np.array([1, 2]) == np.array([1, 3])", "python"],
    ["\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}", "latex"],
  ] as const) {
    const answer = await evaluated(formula, language);
    expect([formula, answer.note.slice(0, 2), answer.implied]).toEqual([formula, "= ", undefined]);
  }
});

test("an equation nobody can solve is not noted as following from itself", async () => {
  await expect(evaluated("\\sin x = \\frac12")).rejects.toThrow(/x has no value here/);
});

test("Insert Result writes the arrow of the notation", async () => {
  const copies = documentCopies();
  copies.apply({ type: "open", uri: "test:b", version: 1, language: "markdown", text: "$2x = 4$" });
  const place = { uri: "test:b", version: 1, language: "markdown", range: [2, 2] as const };
  const answer = await handlers.aid({ place, conventions, timeout: 6000, aid: "result", argument: " = " }, { ...context, copies });
  expect(answer).toEqual({ ok: true, edits: [{ range: [7, 7], text: " \\Rightarrow x = 2" }] });
});

test("where there is little room a note is shorter, and never cut within a number", async () => {
  const matrix = (rows: readonly string[]) => `\\begin{pmatrix}${rows.join("\\\\")}\\end{pmatrix}`;
  const briefs: readonly [string, readonly string[] | undefined][] = [
    [matrix(["1&2", "3&4"]), ["= [1 2; 3 4]"]],
    [`${matrix(["1&2", "3&4"])}^{-1}`, ["= [-2 1; 3/2 -1/2]", "= 2×2"]],
    [matrix(["0.12345&2&3", "3&4&5"]), ["≈ [0.1235 2 3; 3 4 5]", "= 2×3"]],
    ["1/3 + 1/5", undefined],
    ["\\frac{1234567890123}{987654321}", ["= 411522630041/329218107", "≈ 1250"]],
    ["2x = 4", undefined],
  ];
  for (const [formula, brief] of briefs) expect([formula, (await evaluated(formula)).brief]).toEqual([formula, brief]);
});

test("the command line says what follows with the same arrow", () => {
  const cli = fileURLToPath(new URL("../../core/bin/scholium.mjs", import.meta.url));
  const { stdout } = spawnSync(process.execPath, [cli, "eval", "2x = 4", "\\det\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}"], { encoding: "utf8" });
  expect(stdout.split("\n").filter(Boolean)).toEqual(["-:1:1: 2x = 4 ⇒ x = 2", "-:1:1: \\det\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix} = -2"]);
}, 60_000);
