// Two trainings side by side, a step of each in turn.

import type { LabView, TrainingEnd, TrainingStep } from "./lab.js";

/** A training under way; its end is there once `advance` has come to it. */
interface Run {
  readonly end?: { readonly status: string };
}

/** Advances all runs together until each has ended, `total` steps at most being shown. */
export function* trainAlongside<R extends Run>(
  runs: readonly R[],
  total: number,
  advance: (run: R) => void,
  view: (runs: readonly R[]) => LabView,
): Generator<TrainingStep, TrainingEnd> {
  for (let done = 1; done <= total; done++) {
    for (const run of runs) advance(run);
    yield { done, total, view: () => view(runs) };
    if (runs.every((r) => r.end)) break;
  }
  for (const run of runs) while (!run.end) advance(run);
  return { ...view(runs), status: runs.some((r) => r.end?.status === "diverged") ? "diverged" : "done" };
}
