// npm run bench [-- SUITE...] [--json]: runs the suites, prints one table, writes bench/latest.json.
import { mkdirSync, writeFileSync } from "node:fs";
import type { Row } from "./row.js";

/** Suite name to the module that exports a function of that name. */
const suites: Record<string, () => Promise<Row[]>> = {
  formula: async () => (await import("./formula.js")).formula(),
  labs: async () => (await import("./labs.js")).labs(),
  linalg: async () => (await import("./linalg.js")).linalg(),
  lowrank: async () => (await import("./lowrank.js")).lowrank(),
  optim: async () => (await import("./optim.js")).optim(),
  panel: async () => (await import("./panel.js")).panel(),
  papers: async () => (await import("./papers.js")).papers(),
  "ssm-rope": async () => (await import("./ssm-rope.js")).ssmRope(),
  vscode: async () => (await import("./vscode.js")).vscode(),
};

const number = (x: number): string => {
  if (!Number.isFinite(x)) return "-";
  const size = Math.abs(x);
  return size === 0 ? "0" : size < 0.001 ? x.toExponential(2) : size < 1 ? x.toFixed(4) : size < 100 ? x.toFixed(2) : x.toFixed(0);
};

function table(rows: readonly Row[]): string {
  const head = ["suite", "case", "value", "unit", "peer", "peer's", "ratio", "goal", "met", "note"];
  const body = rows.map((r) => [
    r.suite,
    r.case,
    number(r.value),
    r.unit,
    r.peer,
    number(r.peerValue),
    number(r.ratio),
    r.goal,
    r.goal === "" ? "" : r.met ? "yes" : "NO",
    r.note ?? "",
  ]);
  const widths = head.map((h, i) => Math.max(h.length, ...body.map((b) => b[i].length)));
  const right = new Set([2, 5, 6]);
  const line = (cells: string[]) =>
    cells
      .map((c, i) => (right.has(i) ? c.padStart(widths[i]) : c.padEnd(widths[i])))
      .join("  ")
      .trimEnd();
  return [line(head), ...body.map(line)].join("\n");
}

const wanted = process.argv.slice(2).filter((a) => !a.startsWith("-"));
const unknown = wanted.filter((name) => !suites[name]);
if (unknown.length) {
  console.error(`no suite ${unknown.join(", ")}; there are: ${Object.keys(suites).join(", ")}`);
  process.exitCode = 1;
} else {
  const rows: Row[] = [];
  for (const name of wanted.length ? wanted : Object.keys(suites)) rows.push(...(await suites[name]()));
  console.log(table(rows));
  const judged = rows.filter((r) => r.goal !== "");
  console.log(`\n${judged.filter((r) => r.met).length} of ${judged.length} goals met`);
  mkdirSync("bench", { recursive: true });
  writeFileSync("bench/latest.json", `${JSON.stringify(rows, null, 1)}\n`);
}
