// Entries of the state-space room.

import type { Routine } from "../routine.js";
import { hippoEntries } from "./hippo.js";
import { kernelEntries } from "./kernels.js";

export const ssmEntries: readonly Routine[] = [...hippoEntries, ...kernelEntries];
