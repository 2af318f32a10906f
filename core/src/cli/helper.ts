// A helper thread: see `threads.ts`.
import { workerData } from "node:worker_threads";
import { type HelperStart, serveHelper } from "../kernels/index.js";

serveHelper(workerData as HelperStart);
