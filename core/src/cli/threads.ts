// Helper threads of Node for the kernels' large products.
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Threads } from "../kernels/index.js";

/** More threads than four gain little: they share one memory bus. */
const MOST = 3;

/**
 * Starts threads from `file`, a module that runs `serveHelper(workerData)`: one for each further core unless it is said how many. They end with the thread
 * that started them and do not keep the process alive. One that cannot start is missed by nobody.
 */
export const nodeThreads = (file: URL, helpers = Math.min(MOST, availableParallelism() - 1)): Threads => ({
  helpers,
  start: (message) => {
    new Worker(file, { workerData: message, execArgv: [] }).on("error", () => {}).unref();
  },
});
