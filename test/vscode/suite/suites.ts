// All tests that run inside an extension host.

import { aids } from "./aids.js";
import { badInput } from "./badInput.js";
import { definitions } from "./definitions.js";
import { editors } from "./editors.js";
import { edits } from "./edits.js";
import { evaluate } from "./evaluate.js";
import { hovers } from "./hovers.js";
import { labs } from "./labs.js";
import { liveNotes } from "./liveNotes.js";
import { look } from "./look.js";
import { panel } from "./panel.js";
import { papers } from "./papers.js";
import { surroundings } from "./surroundings.js";
import { tools } from "./tools.js";

export const suites: readonly (() => void)[] = [
  evaluate,
  edits,
  editors,
  look,
  panel,
  labs,
  badInput,
  liveNotes,
  hovers,
  surroundings,
  aids,
  definitions,
  tools,
  papers,
];
