// The engine in a Node worker thread.
import * as path from "node:path";
import { parentPort } from "node:worker_threads";
import { serve } from "./serve.js";

if (!parentPort) throw new Error("the engine runs in a worker thread");
const port = parentPort;
port.on(
  "message",
  serve({
    post: (message, transfer) => port.postMessage(message, transfer as ArrayBuffer[] | undefined),
    load: async (name) => require(path.join(__dirname, "chunks", `${name}.js`)),
  }),
);
