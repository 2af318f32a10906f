// What the evaluator is given by the engine: the catalogue's routines, the clock, and the wish to stop.
import { catalogue } from "@scholium/core/catalogue";
import type { Host } from "@scholium/core/formula";
import type { JobContext } from "./jobs/index.js";

export const hostOf = ({ clock, cancelled }: Pick<JobContext, "clock" | "cancelled">): Host => ({ catalogue, clock, cancelled });
