// The engine in a Node worker thread.
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { parentPort } from "node:worker_threads";
import { nodeThreads } from "@scholium/core/cli";
import { useThreads } from "@scholium/core/kernels";
import { serve } from "./serve.js";

if (!parentPort) throw new Error("the engine runs in a worker thread");
const port = parentPort;
useThreads(nodeThreads(pathToFileURL(path.join(__dirname, "helper.js"))));
port.on(
  "message",
  serve({
    post: (message, transfer) => port.postMessage(message, transfer as ArrayBuffer[] | undefined),
    load: async (name) => require(path.join(__dirname, "chunks", `${name}.js`)),
  }),
);
