// The evaluator in a worker thread, with a time limit for every question; a worker that overruns or dies is replaced.

import { Worker } from "node:worker_threads";
import type { Case, Question, Reply } from "./protocol.js";

/** Milliseconds a case may take. */
export const CASE_LIMIT = 6000;
/** A worker that has not stopped by itself so long after its limit is ended. */
const GRACE = 250;
/** The first case of a worker also loads its code. */
const STARTUP = 5000;

export class Engine {
  private worker: Worker | undefined;
  private asked = 0;

  constructor(private readonly limit = CASE_LIMIT) {}

  /** Answers a case; questions must be put one at a time. */
  ask(c: Case): Promise<Record<string, unknown>> {
    const { limit } = this;
    const question: Question = { number: ++this.asked, case: c, limit };
    const patience = limit + GRACE + (this.worker ? 0 : STARTUP);
    this.worker ??= new Worker(new URL("./worker.mjs", import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: 1024, stackSizeMb: 4 } });
    const worker = this.worker;
    return new Promise((resolve) => {
      const finish = (answer: Record<string, unknown>) => {
        clearTimeout(timer);
        worker.off("message", onMessage).off("error", onError).off("exit", onExit);
        resolve(answer);
      };
      const giveUp = (kind: string, message: string) => {
        this.worker = undefined;
        finish({ ok: false, error: { kind, message, range: [0, typeof c.input === "string" ? c.input.length : 0] } });
        void worker.terminate();
      };
      const onMessage = (text: string) => {
        const reply = JSON.parse(text) as Reply;
        if (reply.number !== question.number) return;
        finish(reply.answer);
        // WebAssembly memory never shrinks: it ends with its thread.
        if (reply.outgrown) void this.close();
      };
      const onError = (e: Error & { code?: string }) =>
        e.code === "ERR_WORKER_OUT_OF_MEMORY" ? giveUp("too-large", "stopped: out of memory") : giveUp("internal", e.message);
      const onExit = (code: number) => giveUp("internal", `the engine stopped (code ${code})`);
      const timer = setTimeout(() => giveUp("timeout", `stopped after ${limit / 1000} s`), patience);
      worker.on("message", onMessage).on("error", onError).on("exit", onExit);
      worker.postMessage(question);
    });
  }

  async close(): Promise<void> {
    const { worker } = this;
    this.worker = undefined;
    await worker?.terminate();
  }
}
