// The engine in a Node worker thread: desktop, remote and code servers.
import * as path from "node:path";
import type { StartPort } from "./port.js";

/** `cache` is a folder for compiled code, which halves the start of all workers but the first. */
export const nodePort =
  (directory: string, cache: string): StartPort =>
  (events, memory) => {
    // Loaded with the first engine: 6 to 9 ms of activation in a host that has not used it yet.
    const { Worker } = process.getBuiltinModule("node:worker_threads");
    const worker = new Worker(path.join(directory, "worker.js"), {
      workerData: { cache },
      resourceLimits: { maxOldGenerationSizeMb: memory, stackSizeMb: 4 },
      stdout: false,
      stderr: false,
    });
    let over = false;
    const died = (reason: string) => {
      if (over) return;
      over = true;
      events.onDeath(reason);
    };
    worker.on("message", (m) => events.onMessage(m));
    worker.on("error", (e: NodeJS.ErrnoException) => died(e.code === "ERR_WORKER_OUT_OF_MEMORY" ? "out of memory" : e.message));
    worker.on("exit", (code) => died(`exit ${code}`));
    worker.unref();
    return {
      post: (message) => worker.postMessage(message),
      terminate: () => {
        over = true;
        void worker.terminate();
      },
    };
  };
