// npm run corpus -- FILE...: formula and papers cases; what a file holds is told by its content.

import { existsSync, readFileSync } from "node:fs";

const defaults = ["test/data/formula/corpus.json", "test/data/papers/corpus.json"];

interface Score {
  readonly passed: number;
  readonly failed: number;
}

async function runnerOf(file: string): Promise<(file: string) => Promise<Score>> {
  const content = JSON.parse(readFileSync(file, "utf8")) as { meta?: { now?: unknown } };
  if (content.meta?.now === undefined) return (await import("./formula.js")).runFormula;
  const papers = (await import("./papers.js")) as { runPapers: (file: string) => Promise<Score> };
  return papers.runPapers;
}

const files = process.argv.slice(2).filter((a) => !a.startsWith("-"));
let passed = 0;
let failed = 0;
for (const file of files.length > 0 ? files : defaults.filter((f) => existsSync(f))) {
  console.log(`== ${file}`);
  const score = await (await runnerOf(file))(file);
  passed += score.passed;
  failed += score.failed;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
