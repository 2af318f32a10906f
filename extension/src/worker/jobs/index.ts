// What the engine can be asked: each kind of job is one file here and one line below. The types are read off protocol.ts.
import type { Answer, Ask, JobKind } from "../../protocol.js";
import type { Copies } from "../copies.js";
import type { Pictures } from "../typeset/pictures.js";
import { evaluate } from "./evaluate.js";
import { hover } from "./hover.js";
import { live } from "./live.js";
import { locate } from "./locate.js";
import { openings } from "./openings.js";
import { panel } from "./panel.js";
import { papers } from "./papers.js";
import { print } from "./print.js";

export interface JobContext {
  readonly copies: Copies;
  readonly typesetter: Pictures;
  readonly clock: () => number;
  readonly cancelled: () => boolean;
}

export type Handler<K extends JobKind> = (ask: Ask<K>, context: JobContext) => Promise<Answer<K>>;

export const handlers: { readonly [K in JobKind]: Handler<K> } = { locate, evaluate, print, hover, panel, live, papers, openings };
