// Entries of the sparsity room.

import { attentionSparsity, orientedMeasures, sparsityAxioms, sparsityMeasures } from "../../sparsity/index.js";
import { type Input, m, nested, v } from "../helpers.js";
import { flag, kinds, matrix, option, type Routine, real, routine, vector } from "../routine.js";

const measures = routine({
  name: "sparsity",
  title: "Sparsity measures",
  doc: "Gini, Hoyer, entropy, participation, PQ index and more, of the absolute values.",
  params: [vector("x")],
  result: kinds.json,
  cost: ({ x }) => 50 * x.length,
  source: "Hurley and Rickard 2009 (arXiv 0811.4706), Table I; Su, kexue.fm 9595",
  example: "sparsity([0 0 3 0.1])",
  compute: (a) => sparsityMeasures(a.x),
  reference: { "sparsity.measures": (i: Input) => sparsityMeasures(v(i.x)) },
});

const axioms = routine({
  name: "sparsityAxioms",
  title: "Axioms of sparsity",
  doc: "Which of Robin Hood, scaling, rising tide, cloning, Bill Gates and babies a measure meets: true where 400 random trials found no counterexample.",
  params: [option("measure", Object.keys(orientedMeasures), "gini")],
  result: kinds.json,
  cost: () => 1e6,
  source: "Hurley and Rickard 2009 (arXiv 0811.4706), §II",
  example: 'sparsityAxioms("gini")',
  compute: (a) => sparsityAxioms(a.measure),
  reference: { "sparsity.axioms": (i: Input) => sparsityAxioms(i.measure) },
});

const attention = routine({
  name: "attentionSparsity",
  title: "Concentration of attention rows",
  params: [matrix("scores"), real("temperature", { default: 1 }), flag("causal")],
  result: kinds.json,
  cost: ({ scores }) => 40 * scores.rows * scores.columns,
  source: "Su, kexue.fm 9595",
  example: "attentionSparsity([1 2; 3 4])",
  figure: (r) => ({ kind: "heatmap", title: "Attention", matrix: r.probs, rowTitle: "query", columnTitle: "key" }),
  compute: (a) => attentionSparsity(a.scores, a),
  reference: {
    "sparsity.attention": (i: Input) => {
      const r = attentionSparsity(m(i.scores), { temperature: i.temperature, causal: i.causal });
      return { ...r, probs: nested(r.probs) };
    },
  },
});

export const sparsityEntries: readonly Routine[] = [measures, axioms, attention];
