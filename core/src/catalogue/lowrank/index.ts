// Entries of the low-rank room.

import type { Routine } from "../routine.js";
import { crEntries } from "./cr.js";
import { idEntries } from "./id.js";
import { svdEntries } from "./svd.js";

export const lowrankEntries: readonly Routine[] = [...svdEntries, ...crEntries, ...idEntries];
