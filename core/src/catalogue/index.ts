// The table of contents of everything that can be called by name. A room's entries stand in a folder of its name.

import { attentionEntries } from "./attention/index.js";
import { benchmarkEntries } from "./benchmarks/index.js";
import { diffusionEntries } from "./diffusion/index.js";
import { linalgEntries } from "./linalg/index.js";
import { loraEntries } from "./lora/index.js";
import { lowrankEntries } from "./lowrank/index.js";
import { msignEntries } from "./msign/index.js";
import { optimEntries } from "./optim/index.js";
import { quantizeEntries } from "./quantize/index.js";
import { ropeEntries } from "./rope/index.js";
import type { Catalogue, Routine } from "./routine.js";
import { sparsityEntries } from "./sparsity/index.js";
import { ssmEntries } from "./ssm/index.js";
import { structuredEntries } from "./structured/index.js";

export * from "./json.js";
export * from "./routine.js";

/** All entries, room by room. */
export const entries: readonly Routine[] = [
  ...linalgEntries,
  ...lowrankEntries,
  ...structuredEntries,
  ...msignEntries,
  ...loraEntries,
  ...optimEntries,
  ...quantizeEntries,
  ...sparsityEntries,
  ...diffusionEntries,
  ...ssmEntries,
  ...ropeEntries,
  ...attentionEntries,
  ...benchmarkEntries,
];

const byName = new Map<string, Routine>(entries.map((e) => [e.name, e]));

/** Names one writes in LaTeX, \operatorname{NAME}, where they differ from what one types. */
const byLatex = new Map<string, Routine>(
  entries.flatMap((e) =>
    (e.latex ?? []).flatMap((written) => {
      const name = /^\\operatorname\{(\w+)\}$/.exec(written)?.[1];
      return name && !byName.has(name) ? [[name, e] as const] : [];
    }),
  ),
);

/** The entries by name. Names come from these maps only, never from a property look-up. */
export const catalogue: Catalogue = {
  find: (name) => byName.get(name) ?? byLatex.get(name),
  names: () => [...byName.keys()],
};
