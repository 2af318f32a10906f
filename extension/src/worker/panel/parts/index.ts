// What may be asked about a value: each kind of part is one file here and one line below.
import type { Part } from "../../../panelMessages.js";
import type { JobContext } from "../../jobs/index.js";
import type { Entry } from "../store.js";
import { approximation } from "./approximation.js";
import { cell } from "./cell.js";
import type { Made } from "./common.js";
import { compare } from "./compare.js";
import { distribution } from "./distribution.js";
import { exported } from "./export.js";
import { factors } from "./factors.js";
import { facts } from "./facts.js";
import { figure } from "./figure.js";
import { profile } from "./profile.js";
import { sample } from "./sample.js";
import { spectrum } from "./spectrum.js";
import { table } from "./table.js";
import { tile } from "./tile.js";

export interface PartContext extends JobContext {
  readonly timeout: number;
}

export type PartOf<K extends Part["kind"]> = (part: Part & { kind: K }, entry: Entry, context: PartContext) => Made;

export const parts: { readonly [K in Part["kind"]]: PartOf<K> } = {
  tile,
  cell,
  table,
  facts,
  figure,
  profile,
  spectrum,
  approximation,
  distribution,
  factors,
  compare,
  sample,
  export: exported,
};
