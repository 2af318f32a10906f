// Entries of the matrix sign room.

import { singularValues } from "../../linalg/index.js";
import { msign, newtonSchulz, scalarPath, schedules } from "../../msign/index.js";
import { type Input, m, nested } from "../helpers.js";
import { integer, kinds, matrix, option, type Routine, routine } from "../routine.js";

const sign = routine({
  name: "msign",
  latex: ["\\operatorname{msign}"],
  title: "Matrix sign (polar factor)",
  doc: "$U_kV_k^\\top$ of the thin SVD: every non-zero singular value becomes one.",
  params: [matrix("A")],
  result: kinds.matrix,
  cost: ({ A }) => 20 * A.rows * A.columns * Math.min(A.rows, A.columns),
  source: "Su, kexue.fm 10592; Higham 2008, ch. 8",
  example: "msign([1 2; 3 4])",
  compute: (a) => msign(a.A).Q,
  reference: { "linalg.msign": (i: Input) => ({ out: nested(msign(m(i.G)).Q) }) },
});

const newton = routine({
  name: "newtonSchulz",
  title: "Newton-Schulz iteration for the matrix sign",
  doc: "$X \\leftarrow aX+(bS+cS^2)X$ with $S=XX^\\top$; acts on singular values only.",
  params: [matrix("A"), option("schedule", Object.keys(schedules), "keller-jordan"), integer("steps", { min: 0, max: 1000, default: 5 })],
  result: kinds.matrix,
  cost: ({ A, steps }) => steps * 6 * A.rows * A.columns * Math.min(A.rows, A.columns),
  source: "K. Jordan et al. 2024 (Muon); Su, kexue.fm 10922",
  example: "newtonSchulz([1 2; 3 4])",
  compute: (a) => newtonSchulz(a.A, a),
  reference: {
    "linalg.newtonSchulz5": (i: Input) => {
      const out = newtonSchulz(m(i.G), { steps: i.steps });
      return { out: nested(out), singularValues: Array.from(singularValues(out)) };
    },
    "linalg.newtonSchulzScalar": (i: Input) => {
      const path = scalarPath(i.s, schedules["keller-jordan"], i.steps);
      return { out: path[path.length - 1], path };
    },
  },
});

export const msignEntries: readonly Routine[] = [sign, newton];
