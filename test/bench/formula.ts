// Reading formulas: the time of one, of a large literal, of a document and of an edit in it.

import { existsSync, readFileSync } from "node:fs";
import { latex } from "../../core/src/formats/latex.js";
import { editDocument, openDocument } from "../../core/src/formula/document/index.js";
import { least, uniform } from "./measure.js";
import { type Row, row } from "./row.js";

/** Formulas of the corpus; of the JSON list [{"s": "..."}] that the variable FORMULAS names, when it is set. */
function formulas(): string[] {
  const given = process.env["FORMULAS"];
  if (given && existsSync(given)) return (JSON.parse(readFileSync(given, "utf8")) as { s: string }[]).map((f) => f.s);
  const corpus = JSON.parse(readFileSync(new URL("../data/formula/corpus.json", import.meta.url), "utf8")) as {
    cases: { language: string; input: string }[];
  };
  return corpus.cases.filter((c) => c.language === "latex").map((c) => c.input);
}

const parse = (text: string): void => {
  try {
    latex.parse(text);
  } catch {
    // A formula that is refused counts as well.
  }
};

const limit = (name: string, value: number, goal: number, note?: string): Row =>
  row({ suite: "formula", case: name, value, unit: "ms", peer: "limit", peerValue: goal, goal: "<= 1", ...(note !== undefined && { note }) });

/** The suite. */
export async function formula(): Promise<Row[]> {
  const texts = formulas();
  for (let k = 0; k < 3; k++) texts.forEach(parse);
  // Each formula several times, the least counts: what a formula costs, not what else the machine does.
  const times = texts.map((t) => {
    let best = Infinity;
    for (let k = 0; k < 5; k++) {
      const start = performance.now();
      parse(t);
      best = Math.min(best, performance.now() - start);
    }
    return best;
  });
  times.sort((a, b) => a - b);
  const random = uniform(7);
  const literal = `\\begin{bmatrix}${Array.from({ length: 1000 }, () => Array.from({ length: 1000 }, () => random().toFixed(4)).join(" & ")).join(" \\\\\n")}\\end{bmatrix}`;
  const lines = Array.from(
    { length: 2000 },
    (_, k) =>
      `Step ${k}: $x_{${k}} = ${k === 0 ? "1" : `x_{${k - 1}}`} + \\frac{${k}}{\\alpha_{${k % 7}}} \\cdot \\begin{pmatrix}1&${k}\\\\3&4\\end{pmatrix}^{\\top}$ holds.`,
  );
  const text = lines.join("\n");
  const document = openDocument([{ language: "markdown", text }]);
  const at = text.indexOf("x_{1000} =") + "x_{1000} =".length;
  return [
    limit("parse, median", times[times.length >> 1] as number, 0.05, `${texts.length} formulas`),
    limit("parse, 99th percentile", times[Math.floor(times.length * 0.99)] as number, 5),
    limit(
      "1000 x 1000 literal",
      least(() => latex.parse(literal), 600),
      150,
    ),
    limit(
      "index 2,000 formulas",
      least(() => openDocument([{ language: "markdown", text }]), 600),
      300,
    ),
    limit(
      "one edit in 2,000 formulas",
      least(() => editDocument(document, { cell: 0, start: at, end: at, text: " 2 +" }), 200),
      5,
    ),
  ];
}
