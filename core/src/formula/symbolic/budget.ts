// The budget of the computation under way, for loops too deep inside to be handed a context.
//
// It is set for the extent of one synchronous call and put back afterwards; without it only sizes are limited.

import { watched } from "../../linalg/index.js";
import type { Budget } from "../context.js";

let current: Budget | null = null;

/** Runs `work` under a budget: its long loops, and the numerical work in it, stop with `timeout` or `cancelled` when it is used up. */
export function withBudget<T>(budget: Budget, work: () => T): T {
  const outer = current;
  current = budget;
  try {
    return watched(budget.look, work);
  } finally {
    current = outer;
  }
}

/** Called in every loop that may be long. */
export const tick = (): void => current?.check();
