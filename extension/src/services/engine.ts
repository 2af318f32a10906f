// The engine as the features see it: a job goes in, an outcome comes out, whatever happens to the worker.
//
// Invariants. One job runs at a time; the queue and the documents live on this side, so that a dead worker loses the running job only.
// An answer is given for the version that was asked about, or not at all. No outcome is an exception.

import type * as vscode from "vscode";
import { DecodeError } from "../decode.js";
import type { TrainingControl } from "../labMessages.js";
import { type Answer, type Ask, fromWorker, type JobKind, jobs, type Report, reports } from "../protocol.js";
import { type Documents, languageOf } from "./documents.js";
import { type Port, type StartPort, sharedFlag } from "./port.js";

export type Outcome<T> =
  | { readonly status: "done"; readonly answer: T; readonly milliseconds: number }
  /** The document has changed since; ask again. */
  | { readonly status: "stale" }
  | { readonly status: "cancelled" }
  | { readonly status: "timeout"; readonly limit: number }
  | { readonly status: "crashed"; readonly message: string }
  /** This very question has killed the worker twice; it waits for the text to change. */
  | { readonly status: "quarantined" }
  /** Too many deaths in a minute: only explicit questions are taken until a restart. */
  | { readonly status: "paused" };

export type EngineState = "off" | "idle" | "busy" | "paused";

export interface RunOptions {
  /** Lower runs first: 0 a command, 1 a hover or menu, 2 live notes. */
  readonly priority?: 0 | 1 | 2;
  readonly token?: vscode.CancellationToken;
  /** Milliseconds the job may run. */
  readonly timeout: number;
  /** What is said to the job while it runs. */
  readonly control?: vscode.Event<TrainingControl>;
}

export interface Engine {
  /** `onReport` is told what the job reports on its way. */
  run<K extends JobKind>(kind: K, ask: Ask<K>, options: RunOptions, onReport?: (report: Report<K>) => void): Promise<Outcome<Answer<K>>>;
  readonly state: EngineState;
  onDidChangeState(listener: (state: EngineState) => void): vscode.Disposable;
  /** Told when the worker died by itself. */
  onDidCrash(listener: (message: string) => void): vscode.Disposable;
  /** Stops the running job and those waiting. */
  cancelAll(): void;
  /** A new worker, and all counts of deaths forgotten. */
  restart(): void;
  dispose(): void;
}

interface Pending {
  readonly id: number;
  readonly kind: JobKind;
  readonly ask: unknown;
  readonly uri: string | null;
  readonly version: number;
  readonly key: string;
  readonly options: RunOptions;
  readonly settle: (outcome: Outcome<unknown>) => void;
  readonly onReport?: (report: never) => void;
  cancelled?: boolean;
  timer?: ReturnType<typeof setTimeout>;
}

/** A worker that does not answer a cancellation or its own time limit within this time is ended. */
const GRACE = 250;
const DEATHS_IN_A_MINUTE = 3;
const MOST_COPIES = 32;
/** A worker whose memory has grown large is given back when there has been nothing to do for this long. */
const REST = 2000;
/** The first job of a kind also loads parts of the engine: kernels, typesetting. */
const STARTUP = 5000;
/** What a busy machine may take to load the engine; no job's time counts before it is there. */
const LOADING = 30_000;

/** The place in a question that names the document. */
function subject(ask: unknown): { uri: string | null; version: number; range: string } {
  const a = ask as {
    uri?: string;
    version?: number;
    key?: string;
    place?: { uri: string; version: number; range: readonly number[]; text?: string };
  };
  if (a.place) return { uri: a.place.text === undefined ? a.place.uri : null, version: a.place.version, range: `${a.place.uri} ${a.place.range}` };
  return { uri: a.uri ?? null, version: a.version ?? 0, range: a.uri ?? a.key ?? "" };
}

/** What a new worker is given. */
export interface WorkerNeeds {
  /** Megabytes. */
  readonly memory: () => number;
  /** Translations of what the engine says. */
  readonly phrases: readonly { readonly key: string; readonly text: string }[];
}

export interface EngineLog {
  warn(line: string): void;
  /** Every job with its outcome. */
  trace(kind: JobKind, outcome: Outcome<unknown>, ask: () => unknown): void;
}

export function workerEngine(start: StartPort, documents: Documents, { memory, phrases }: WorkerNeeds, { warn: log, trace }: EngineLog): Engine {
  let port: Port | undefined;
  let warm = false;
  const known = new Set<JobKind>(); // kinds of jobs that have been done, so that what they need is loaded
  let spent = false;
  let rest: ReturnType<typeof setTimeout> | undefined;
  let flag: SharedArrayBuffer | null = null;
  let next = 1;
  let running: Pending | undefined;
  let deaths: number[] = [];
  let paused = false;
  let disposed = false;
  const queue: Pending[] = [];
  const copies = new Map<string, number>(); // document -> version the worker has
  const families = new Map<string, readonly string[]>(); // cell -> the cells of its notebook as the worker knows them
  const lethal = new Map<string, { version: number; count: number }>();
  const stateListeners = new Set<(state: EngineState) => void>();
  const crashListeners = new Set<(message: string) => void>();
  let announced: EngineState = "off";

  const state = (): EngineState => (paused ? "paused" : running ? "busy" : port ? "idle" : "off");
  const announce = () => {
    if (state() === announced) return;
    announced = state();
    for (const listener of stateListeners) listener(announced);
  };

  function finish(outcome: Outcome<unknown>) {
    const pending = running;
    if (pending) trace(pending.kind, outcome, () => pending.ask);
    running = undefined;
    if (pending?.timer) clearTimeout(pending.timer);
    pending?.settle(outcome);
    pump();
    clearTimeout(rest);
    if (spent) rest = setTimeout(giveBack, REST);
  }

  /** WebAssembly memory never shrinks: it goes back to the system with its thread. */
  function giveBack() {
    if (running || !spent) return;
    log("the engine has used much memory, which is given back");
    drop();
    announce();
  }

  function drop() {
    port?.terminate();
    port = undefined;
    warm = false;
    known.clear();
    spent = false;
    clearTimeout(rest);
    copies.clear();
    families.clear();
  }

  function died(reason: string) {
    drop();
    const now = Date.now();
    deaths = [...deaths.filter((t) => now - t < 60_000), now];
    if (deaths.length >= DEATHS_IN_A_MINUTE) paused = true;
    log(`engine stopped: ${reason}`);
    if (running) {
      const seen = lethal.get(running.key);
      lethal.set(running.key, { version: running.version, count: (seen?.version === running.version ? seen.count : 0) + 1 });
    }
    for (const listener of crashListeners) listener(reason);
    finish({ status: "crashed", message: reason });
  }

  function received(data: unknown) {
    let message: ReturnType<typeof fromWorker>;
    try {
      message = fromWorker(data);
      if (message.type === "ready") {
        warm = true;
        if (running) limit(running, STARTUP);
        return;
      }
      if (message.type === "want" || message.id !== running?.id) return; // answered already, by a limit
      const pending = running;
      if (message.type === "progress") {
        const decode = reports[pending.kind as keyof typeof reports];
        if (decode) pending.onReport?.(decode(message.report) as never);
        return;
      }
      spent = message.spent;
      if (pending.cancelled) return finish({ status: "cancelled" });
      if (message.type === "failed") {
        if (message.reason === "defect") log(`${pending.kind}: ${message.message}`);
        return finish(message.reason === "defect" ? { status: "crashed", message: message.message } : { status: message.reason });
      }
      known.add(pending.kind);
      finish({ status: "done", answer: jobs[pending.kind].answer(message.answer), milliseconds: message.milliseconds });
    } catch (e) {
      if (!(e instanceof DecodeError)) throw e;
      log(`message of the engine refused: ${e.message}`);
      if (running) finish({ status: "crashed", message: e.message });
    }
  }

  function ensurePort(): Port {
    if (port) return port;
    flag = sharedFlag();
    port = start({ onMessage: received, onDeath: died }, memory());
    port.post({ type: "hello", cancel: flag, phrases });
    return port;
  }

  /** Gives the worker a document as it is now, unless it has it. */
  function give(p: Port, document: vscode.TextDocument, most: number): void {
    const uri = document.uri.toString();
    const { version } = document;
    if (copies.get(uri) !== version) {
      p.post({ type: "open", uri, version, language: languageOf(document), text: document.getText() });
      if (copies.size >= most && !copies.has(uri)) {
        const oldest = copies.keys().next().value as string;
        copies.delete(oldest);
        families.delete(oldest);
        p.post({ type: "close", uri: oldest });
      }
    }
    copies.delete(uri); // to the end: the most recently used
    copies.set(uri, version);
  }

  /** Gives the worker what a question needs: the document, with the other cells of its notebook. False when it is not the version asked about. */
  function supply(p: Port, uri: string, version: number): boolean {
    const document = documents.get(uri);
    if (!document || document.version !== version) return false;
    const cells = documents.family(uri);
    if (cells) {
      if (families.get(uri) !== cells) {
        p.post({ type: "family", cells });
        for (const cell of cells) families.set(cell, cells);
      }
      for (const cell of cells) {
        const other = documents.get(cell);
        if (other) give(p, other, MOST_COPIES + cells.length);
      }
    } else give(p, document, MOST_COPIES);
    return true;
  }

  /** From now on the job has its time, and `more`. */
  function limit(pending: Pending, more: number) {
    clearTimeout(pending.timer);
    pending.timer = setTimeout(
      () => {
        if (running !== pending) return;
        log(`${pending.kind}: no answer within its limit; the worker is replaced`);
        drop();
        finish({ status: "timeout", limit: pending.options.timeout });
      },
      pending.options.timeout + GRACE + more,
    );
  }

  function pump() {
    while (!running && queue.length && !disposed) {
      const pending = queue.shift() as Pending;
      if (pending.options.token?.isCancellationRequested || pending.cancelled) {
        pending.settle({ status: "cancelled" });
        continue;
      }
      const p = ensurePort();
      if (pending.uri !== null && !supply(p, pending.uri, pending.version)) {
        pending.settle({ status: "stale" });
        continue;
      }
      running = pending;
      limit(pending, known.has(pending.kind) ? 0 : warm ? STARTUP : LOADING);
      p.post({ type: "job", id: pending.id, kind: pending.kind, ask: pending.ask as NonNullable<unknown> });
    }
    announce();
  }

  function cancel(pending: Pending) {
    if (pending.cancelled) return;
    pending.cancelled = true;
    if (running !== pending) return; // settled when its turn comes
    if (flag) Atomics.store(new Int32Array(flag), 0, pending.id);
    port?.post({ type: "control", id: pending.id, action: "cancel" });
    const giveUp = () => {
      if (running !== pending) return;
      // An engine that is still loading is needed by whoever asks next.
      if (!warm) return void setTimeout(giveUp, GRACE);
      drop();
      finish({ status: "cancelled" });
    };
    setTimeout(giveUp, GRACE);
  }

  const watching = [
    documents.onDidChange(({ document, changes }) => {
      const uri = document.uri.toString();
      if (!copies.has(uri) || !port) return;
      copies.set(uri, document.version);
      port.post({ type: "edit", uri, version: document.version, changes });
    }),
    documents.onDidClose((document) => {
      const uri = document.uri.toString();
      families.delete(uri);
      if (copies.delete(uri)) port?.post({ type: "close", uri });
    }),
  ];

  return {
    run(kind, ask, options, onReport) {
      const { uri, version, range } = subject(ask);
      const key = `${kind} ${range}`;
      const deadly = lethal.get(key);
      if (deadly && deadly.version !== version) lethal.delete(key);
      else if (deadly && deadly.count >= 2) return Promise.resolve({ status: "quarantined" });
      if (paused && options.priority !== 0) return Promise.resolve({ status: "paused" });
      return new Promise((resolve) => {
        const pending: Pending = { id: next++, kind, ask, uri, version, key, options, settle: resolve as (o: Outcome<unknown>) => void, onReport };
        const rank = options.priority ?? 1;
        const at = queue.findIndex((q) => (q.options.priority ?? 1) > rank);
        queue.splice(at < 0 ? queue.length : at, 0, pending);
        options.token?.onCancellationRequested(() => cancel(pending));
        options.control?.((action) => {
          if (action === "cancel") cancel(pending);
          else if (running === pending) port?.post({ type: "control", id: pending.id, action });
        });
        pump();
      });
    },
    get state() {
      return state();
    },
    onDidChangeState(listener) {
      stateListeners.add(listener);
      return { dispose: () => stateListeners.delete(listener) };
    },
    onDidCrash(listener) {
      crashListeners.add(listener);
      return { dispose: () => crashListeners.delete(listener) };
    },
    cancelAll() {
      for (const pending of queue.splice(0)) pending.settle({ status: "cancelled" });
      if (running) cancel(running);
      announce();
    },
    restart() {
      deaths = [];
      paused = false;
      lethal.clear();
      drop();
      if (running) finish({ status: "cancelled" });
      else pump();
    },
    dispose() {
      disposed = true;
      for (const w of watching) w.dispose();
      for (const pending of queue.splice(0)) pending.settle({ status: "cancelled" });
      drop();
    },
  };
}
