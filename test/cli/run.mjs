// The command line as a user runs it: the built program, real standard streams. Ends with `N passed, N failed`.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../core/dist/cli.mjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "scholium-cli-"));
let passed = 0;
let failed = 0;

function scholium(args, input = "") {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: ["pipe", "pipe", "pipe"] });
    let [out, err] = ["", ""];
    child.stdout.on("data", (d) => {
      out += d;
    });
    child.stderr.on("data", (d) => {
      err += d;
    });
    child.on("close", (code) => resolve({ code, out, err }));
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}

async function test(name, action) {
  try {
    await action();
    passed++;
    console.log(`ok   ${name}`);
  } catch (e) {
    failed++;
    console.log(`FAIL ${name}\n     ${e instanceof Error ? e.message : e}`);
  }
}

function expect(condition, what) {
  if (!condition) throw new Error(what);
}

const batch = async (cases) => {
  const { out } = await scholium(["batch"], cases.map((c) => (typeof c === "string" ? c : JSON.stringify(c))).join("\n"));
  return out
    .trim()
    .split("\n")
    .map((l) => JSON.parse(l));
};

await test("eval answers a formula in the notation it came in", async () => {
  const { code, out } = await scholium(["eval", "\\begin{bmatrix}1&2\\\\3&4\\end{bmatrix}^{-1}"]);
  expect(code === 0 && out.includes("\\begin{bmatrix}") && out.includes("\\frac{3}{2}"), out);
});

await test("eval shows a closed form beside its decimals", async () => {
  const { code, out } = await scholium(["eval", "\\sqrt{8}"]);
  expect(code === 0 && out.includes("= 2 \\sqrt{2} ≈ 2.828427"), out);
});

await test("eval reads standard input, tells a wrong shape with its place, and ends with 1", async () => {
  const { code, out } = await scholium(["eval", "--language=matlab"], "[1 2 3]*[4 5]");
  expect(code === 1 && /-:1:\d+: error \(shape-mismatch\).*1×3 by 1×2/.test(out), out);
});

await test("eval of a Markdown file uses the definitions above and gives file, line and column", async () => {
  const file = join(folder, "note.md");
  writeFileSync(file, "A matrix $A=\\begin{pmatrix}2&0\\\\0&3\\end{pmatrix}$.\n\nIts determinant is $\\det A$, and $B^2$ is unknown.\n");
  const { code, out } = await scholium(["eval", file]);
  expect(out.includes("note.md:3:"), out);
  expect(/\\det A = 6/.test(out), out);
  expect(code === 0 || /B/.test(out), out);
});

await test("eval --json prints one object a formula", async () => {
  const { out } = await scholium(["eval", "--json", "1/3+1/6"]);
  const answer = JSON.parse(out);
  expect(answer.ok && Math.abs(answer.value.value - 0.5) < 1e-15, out);
});

await test("a file that is not text is refused by name, not shown", async () => {
  const file = join(folder, "binary.md");
  writeFileSync(file, Buffer.from([0x24, 0, 1, 2, 0x24]));
  const { code, err } = await scholium(["eval", file]);
  expect(code === 1 && err.includes("binary.md is not text"), err);
});

await test("batch answers every line in order, and a bad line with an error", async () => {
  const answers = await batch([
    { id: "a", kind: "evaluate", language: "latex", input: "\\frac12+x", definitions: ["x=\\frac13"] },
    "not json",
    { id: "b", kind: "call", routine: "emaFacts", input: { beta: 0.5 } },
    { id: "c", kind: "papers", from: "link", value: "https://arxiv.org/abs/2104.09864v5", now: "2026-11" },
    { id: "d", kind: "call", routine: "nonsense", input: {} },
    { id: "e", kind: "evaluate", language: "auto", input: "1,2\n3,4", command: "detect" },
    { id: "f", kind: "dance" },
  ]);
  expect(answers.length === 7, `${answers.length} answers`);
  expect(answers.map((a) => a.id).join() === "a,,b,c,d,e,f", JSON.stringify(answers.map((a) => a.id)));
  expect(answers[0].ok && answers[0].exact === "5/6", JSON.stringify(answers[0]));
  expect(!answers[1].ok, "the bad line was taken");
  expect(answers[2].output.horizon === 2, JSON.stringify(answers[2]));
  expect(answers[3].urls[0] === "https://papers.cool/arxiv/2104.09864" && answers[3].ids[0].version === 5, JSON.stringify(answers[3]));
  expect(!answers[4].ok && /nonsense/.test(answers[4].error.message), JSON.stringify(answers[4]));
  expect(answers[5].value.value === "csv", JSON.stringify(answers[5]));
  expect(!answers[6].ok && /evaluate, call and papers/.test(answers[6].error.message), JSON.stringify(answers[6]));
});

await test("a symbolic answer can be given back and evaluated with values for its names", async () => {
  const [first] = await batch([{ id: 1, kind: "evaluate", language: "latex", input: "\\frac{d}{dx} x^3 \\sin x" }]);
  const [second] = await batch([{ id: 2, kind: "evaluate", language: "latex", input: first.value.latex, definitions: ["x=2"], command: "numeric" }]);
  expect(Math.abs(second.value.value - (12 * Math.sin(2) + 8 * Math.cos(2))) < 1e-9, JSON.stringify([first, second]));
});

await test("a case that runs away is stopped and the next one is answered", async () => {
  const answers = await batch([
    { id: 1, kind: "call", routine: "listopsGenerate", input: { seed: 1, maxDepth: 1, minLength: 5, maxLength: 6 } },
    { id: 2, kind: "evaluate", language: "latex", input: "\\sum_{i=1}^{9000000} \\sin(i)^{\\cos(i)^2}" },
    { id: 3, kind: "evaluate", language: "latex", input: "1+1" },
  ]);
  expect(!answers[0].ok, JSON.stringify(answers[0]));
  expect(answers[2].ok && answers[2].value.value === 2, JSON.stringify(answers[2]));
});

await test("papers lists the IDs of a text and the pages they open", async () => {
  const { out } = await scholium(["papers", "RoFormer arXiv:2104.09864v5 and https://openreview.net/forum?id=r1lz-bAqYQ"]);
  expect(out.includes("arxiv\t2104.09864 v5") && out.includes("papers.cool/venue/r1lz-bAqYQ@OpenReview"), out);
});

await test("control characters of an input do not reach the terminal", async () => {
  const { out, err } = await scholium(["eval", "\u001b[31m1+"]);
  expect(!`${out}${err}`.includes("\u001b"), JSON.stringify(out));
});

await test("help, version and a wrong command say what they should", async () => {
  expect((await scholium(["--help"])).out.includes("scholium batch"), "help");
  expect(/^\d+\.\d+\.\d+$/.test((await scholium(["--version"])).out.trim()), "version");
  const wrong = await scholium(["dance"]);
  expect(wrong.code === 2 && wrong.err.includes("dance"), wrong.err);
  expect((await scholium(["routines"])).out.includes("msign(A)"), "routines");
  expect((await scholium(["lab"])).out.includes("rope-base\t"), "labs");
});

if (existsSync(folder)) rmSync(folder, { recursive: true });
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
