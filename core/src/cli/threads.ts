// Helper threads of Node for the kernels' large products.
import { Worker } from "node:worker_threads";
import type { Threads } from "../kernels/index.js";

/** Starts `helpers` threads from `file`, a module that runs `serveHelper(workerData)`; they do not keep the process alive. */
export const nodeThreads = (file: URL, helpers: number): Threads => ({
  helpers,
  start: (message) => {
    new Worker(file, { workerData: message, execArgv: [] }).unref();
  },
});
