// Entries of the benchmarks room.

import { listopsEvaluate, listopsGenerate, lraColumns, lraResults, lraTasks } from "../../benchmarks/index.js";
import type { Input } from "../helpers.js";
import { integer, kinds, type Routine, routine } from "../routine.js";

const listops = routine({
  name: "listops",
  title: "Value of a ListOps expression",
  params: [{ name: "source", kind: kinds.string, doc: "[MAX 4 3 [MIN 2 3 ] 1 0 ]" }],
  result: kinds.integer,
  cost: ({ source }) => 20 * source.length,
  source: "Nangia and Bowman 2018 (arXiv 1804.06028)",
  example: 'listops("[MAX 4 3 [MIN 2 3 ] 1 0 ]")',
  compute: (a) => listopsEvaluate(a.source),
  reference: {
    listopsEval: (i: Input) => ({ value: listopsEvaluate(i.source) }),
    "listops.evaluate": (i: Input) => ({ value: listopsEvaluate(i.tokens) }),
  },
});

const generate = routine({
  name: "listopsGenerate",
  title: "A random ListOps expression",
  params: [
    integer("seed", { default: 1 }),
    integer("maxDepth", { min: 1, max: 30, default: 5 }),
    integer("maxArgs", { min: 2, max: 20, default: 5 }),
    integer("minLength", { min: 0, default: 8 }),
    integer("maxLength", { min: 1, default: 60 }),
  ],
  result: kinds.json,
  cost: () => 1e5,
  source: "google-research/long-range-arena, listops.py (arXiv 2011.04006)",
  example: "listopsGenerate(1)",
  compute: (a) => listopsGenerate(a),
  reference: {
    listopsGenerate: (i: Input) => listopsGenerate(i as never),
    "listops.generate": (i: Input) => {
      const r = listopsGenerate(i as never);
      return { tokens: r.source, value: r.value, length: r.length, depth: r.depth };
    },
  },
});

const lra = routine({
  name: "longRangeArena",
  title: "Long Range Arena: tasks and published results",
  doc: "Accuracies in per cent; `null` where training failed or no figure is given. Rows with `confirmed` false were not read in their source.",
  params: [],
  result: kinds.json,
  source: "arXiv 2011.04006, 2310.02980; google-research/long-range-arena",
  example: "longRangeArena()",
  figure: (r) => ({
    kind: "bars",
    title: "Long Range Arena",
    x: { title: "task" },
    y: { title: "accuracy in per cent" },
    labels: lraColumns,
    series: (r.results as typeof lraResults).map((row) => ({
      name: row.confirmed ? row.model : `${row.model} (unverified)`,
      y: row.accuracy.map((x) => x ?? Number.NaN),
    })),
  }),
  compute: () => ({ tasks: lraTasks, columns: lraColumns, results: lraResults }),
});

export const benchmarkEntries: readonly Routine[] = [listops, generate, lra];
