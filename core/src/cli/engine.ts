// The evaluator in a worker thread, with a time limit for every question; a worker that overruns or dies is replaced.

import { Worker } from "node:worker_threads";
import type { Case, Question, Reply } from "./protocol.js";

/** Milliseconds a case may take. */
export const CASE_LIMIT = 6000;

export class Engine {
  private worker: Worker | undefined;
  private asked = 0;

  /** Answers a case; questions must be put one at a time. */
  ask(c: Case, limit = CASE_LIMIT): Promise<Record<string, unknown>> {
    const question: Question = { number: ++this.asked, case: c };
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
        if (reply.number === question.number) finish(reply.answer);
      };
      const onError = (e: Error & { code?: string }) =>
        e.code === "ERR_WORKER_OUT_OF_MEMORY" ? giveUp("too-large", "stopped: out of memory") : giveUp("internal", e.message);
      const onExit = (code: number) => giveUp("internal", `the engine stopped (code ${code})`);
      const timer = setTimeout(() => giveUp("timeout", `stopped after ${limit / 1000} s`), limit);
      worker.on("message", onMessage).on("error", onError).on("exit", onExit);
      worker.postMessage(question);
    });
  }

  async close(): Promise<void> {
    await this.worker?.terminate();
  }
}
