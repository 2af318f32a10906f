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
import { lab } from "./lab.js";
import { labs } from "./labs.js";
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
import { train } from "./train.js";

export interface JobContext {
  readonly copies: Copies;
  readonly typesetter: Pictures;
  /** Values the panels look at. */
  readonly store: Store;
  /** Speaks the reader's language. */
  readonly say: Say;
  readonly clock: () => number;
  readonly cancelled: () => boolean;
  /** Tells the host something on the way. */
  readonly report: (report: NonNullable<unknown>) => void;
  /** What the host said meanwhile; `steps` counts those allowed while paused, and is the job's to count down. */
  readonly told: () => { readonly paused: boolean; steps: number };
  /** Lets the thread's messages in; a paused job waits for the next word of the host. */
  readonly rest: (paused: boolean) => Promise<void>;
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
  labs,
  lab,
  train,
};
