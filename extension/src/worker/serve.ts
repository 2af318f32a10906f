// The engine's loop: keeps copies of documents, does one job at a time, answers with plain data. It never throws across the border.
import { calibrate, outgrown, useWatcher } from "@scholium/core/kernels";
import { DecodeError } from "../decode.js";
import { type JobKind, jobs, type ToWorker, toWorker } from "../protocol.js";
import { documentCopies } from "./copies.js";
import { handlers, type JobContext } from "./jobs/index.js";
import { valueStore } from "./panel/store.js";
import type { WorkerPort } from "./port.js";
import { Stale } from "./texts.js";
import { english, tongue } from "./tongue.js";
import { pictures } from "./typeset/pictures.js";

/** Blocks of numbers smaller than this are copied. */
const TRANSFERRED = 4096;
/** Deep enough for a figure's series. */
const DEPTH = 7;

/** Milliseconds without a job after which the engine counts as idle. */
const IDLE = 3000;

/**
 * Chooses the kernels' tile by measuring (40 ms), once, when no job has run for a while after the first one: an engine that is never asked never
 * loads the kernels, and a question never waits for this unless it comes in just then.
 */
function calibrateWhenIdle(): { begin(): void; end(): void } {
  let running = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let done = false;
  return {
    begin() {
      running++;
      clearTimeout(timer);
    },
    end() {
      if (--running > 0 || done) return;
      timer = setTimeout(() => {
        done = true;
        calibrate(() => performance.now());
      }, IDLE);
    },
  };
}

/** The memory of an answer that goes by transfer: answers hold copies made for them. Whole blocks only, each once. */
function transfers(answer: unknown, found = new Set<ArrayBuffer>(), depth = 0): Set<ArrayBuffer> {
  if (answer instanceof Float64Array || answer instanceof Uint8Array) {
    if (answer.byteLength >= TRANSFERRED && answer.byteLength === answer.buffer.byteLength) found.add(answer.buffer as ArrayBuffer);
  } else if (typeof answer === "object" && answer !== null && depth < DEPTH) {
    for (const part of Object.values(answer)) if (typeof part === "object" && part !== null) transfers(part, found, depth + 1);
  }
  return found;
}

/** The handler of messages of a thread. */
export function serve(port: WorkerPort): (data: unknown) => void {
  const copies = documentCopies();
  const typesetter = pictures(port);
  const store = valueStore();
  let cancel: Int32Array | null = null;
  let say = english;
  /** What the host said to the job that runs. */
  let told = { id: -1, cancelled: false, paused: false, steps: 0 };
  let wake: (() => void) | null = null;
  const idle = calibrateWhenIdle();
  (globalThis as { scholiumChunk?: WorkerPort["load"] }).scholiumChunk = (name) => port.load(name);

  async function work(id: number, kind: JobKind, ask: unknown): Promise<void> {
    const began = performance.now();
    idle.begin();
    const context: JobContext = {
      copies,
      typesetter,
      store,
      say,
      clock: () => performance.now(),
      cancelled: () => (cancel !== null && Atomics.load(cancel, 0) === id) || (told.id === id && told.cancelled),
      report: (report) => port.post({ type: "progress", id, report }, [...transfers(report)]),
      told: () => told,
      rest: (paused) =>
        new Promise((resolve) => {
          if (paused) wake = resolve;
          else setTimeout(resolve);
        }),
    };
    told = { id, cancelled: false, paused: false, steps: 0 };
    // Long numerical work of any kind of job ends soon after it is cancelled, and the thread lives on.
    const watcher = useWatcher(() => {
      if (context.cancelled()) throw new Error("cancelled");
    });
    try {
      const run = handlers[kind] as (ask: unknown, context: JobContext) => Promise<NonNullable<unknown>>;
      const answer = await run(jobs[kind].ask(ask), context);
      const spent = outgrown() && store.empty();
      if (context.cancelled()) port.post({ type: "failed", id, reason: "cancelled", message: "", spent });
      else port.post({ type: "done", id, milliseconds: performance.now() - began, answer, spent }, [...transfers(answer)]);
    } catch (e) {
      const reason = e instanceof Stale ? "stale" : context.cancelled() ? "cancelled" : "defect";
      const message = reason === "defect" ? String((e as Error)?.stack ?? e).slice(0, 4000) : "";
      port.post({ type: "failed", id, reason, message, spent: outgrown() && store.empty() });
    } finally {
      useWatcher(watcher);
      idle.end();
    }
  }

  function receive(message: ToWorker): void {
    switch (message.type) {
      case "hello":
        cancel = message.cancel ? new Int32Array(message.cancel) : null;
        say = tongue(message.phrases);
        port.post({ type: "ready" });
        return;
      case "job":
        void work(message.id, message.kind, message.ask);
        return;
      case "control":
        if (message.id !== told.id) return;
        if (message.action === "cancel") told.cancelled = true;
        else if (message.action === "step") told.steps++;
        else told.paused = message.action === "pause";
        wake?.();
        wake = null;
        return;
      case "chunk":
        return; // taken by the web entry
      default:
        copies.apply(message);
    }
  }

  return (data) => {
    try {
      receive(toWorker(data));
    } catch (e) {
      if (!(e instanceof DecodeError)) throw e;
      const id = (data as { id?: unknown })?.id;
      if (typeof id === "number") port.post({ type: "failed", id, reason: "defect", message: e.message, spent: false });
    }
  };
}
