// The goals of the formula corpus as tests: each group's share must reach its goal. Ends with `N passed, N failed`.

import { runFormula } from "./formula.js";

/** Least percentages, by the names of the score table. */
const GOALS: Readonly<Record<string, number>> = {
  "LaTeX values": 97,
  symbolic: 92,
  literals: 98,
  "code expressions": 95,
  "bad input flagged": 100,
  detection: 95,
  kind: 95,
  range: 95,
  exact: 95,
};

// The runner prints its scores; they are read from there, so that what is judged is what is shown.
const lines: string[] = [];
const print = console.log;
console.log = (...args: unknown[]) => {
  lines.push(args.join(" "));
  print(...args);
};
await runFormula(process.argv[2] ?? "test/data/formula/corpus.json");
console.log = print;

let failed = 0;
for (const [name, goal] of Object.entries(GOALS)) {
  const score = lines
    .flatMap((l) => l.split("\n"))
    .map((l) => /^(.{20})(\d+) of (\d+)/.exec(l))
    .find((m) => m?.[1]?.trim() === name);
  const percent = score ? (100 * Number(score[2])) / Number(score[3]) : 0;
  if (percent < goal) failed++;
  print(`${percent >= goal ? "ok  " : "FAIL"} ${name}: ${percent.toFixed(1)} % (goal ${goal} %)`);
}
print(`${Object.keys(GOALS).length - failed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
