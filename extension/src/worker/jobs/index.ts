// What the engine can be asked: each kind of job is one file here and one line below. The types are read off protocol.ts.
import type { Answer, Ask, JobKind } from "../../protocol.js";
import type { Copies } from "../copies.js";
import type { Store } from "../panel/store.js";
import type { Say } from "../tongue.js";
import type { Pictures } from "../typeset/pictures.js";
import { aid } from "./aid.js";
import { aids } from "./aids.js";
import { command } from "./command.js";
import { compare } from "./compare.js";
import { definitions } from "./definitions.js";
import { evaluate } from "./evaluate.js";
import { forget } from "./forget.js";
import { functions } from "./functions.js";
import { hover } from "./hover.js";
import { lenses } from "./lenses.js";
import { live } from "./live.js";
import { locate } from "./locate.js";
import { names } from "./names.js";
import { openings } from "./openings.js";
import { panel } from "./panel.js";
import { papers } from "./papers.js";
import { part } from "./part.js";
import { paste } from "./paste.js";
import { print } from "./print.js";
import { problems } from "./problems.js";
import { rename } from "./rename.js";
import { summary } from "./summary.js";
import { tool } from "./tool.js";
export interface JobContext {
  readonly copies: Copies;
  readonly typesetter: Pictures;
  /** Values the panels look at. */
  readonly store: Store;
  /** Speaks the reader's language. */
  readonly say: Say;
  readonly clock: () => number;
  readonly cancelled: () => boolean;
}

export type Handler<K extends JobKind> = (ask: Ask<K>, context: JobContext) => Promise<Answer<K>>;

export const handlers: { readonly [K in JobKind]: Handler<K> } = {
  locate,
  evaluate,
  print,
  hover,
  panel,
  part,
  forget,
  live,
  problems,
  lenses,
  summary,
  papers,
  openings,
  aid,
  aids,
  command,
  compare,
  definitions,
  functions,
  names,
  paste,
  rename,
  tool,
};
