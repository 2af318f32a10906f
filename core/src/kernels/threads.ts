// Large products on several threads over one shared memory. How a thread is started is the host's business: it passes a `Threads`.
import { KernelError } from "./error.js";
import { type Build, instantiate, type Kernels, load, supportedBuild, tileRowsInUse, useKernels, useShare, type WasmMemory } from "./load.js";

/** What a helper thread is sent: plain data, a compiled module and a shared memory, which cross as they are. */
export interface HelperStart {
  readonly build: Build;
  readonly module: object;
  readonly memory: WasmMemory;
  readonly control: SharedArrayBuffer;
  readonly index: number;
  readonly count: number;
  /** Where the helper's own pack buffers lie. */
  readonly base: number;
}

/** The host's way to start threads. */
export interface Threads {
  /** Threads beside the calling one. */
  readonly helpers: number;
  /** Starts a thread that runs {@link serveHelper} with what it is sent. */
  start(message: HelperStart): void;
}

/** A helper's arena: two pack buffers. */
const HELPER_BYTES = 4 * 2 ** 20;
/** A helper that takes longer than this for its part has died. */
const PATIENCE_MS = 60_000;
// Places in the control block: integers, then the product's arguments.
const TICKET = 0;
const DONE = 1;
const READY = 2;
const STOP = 3;
const ARGUMENTS_AT = 64;
/** Those of `gemm`, and the tile: what one thread is told later than the others were started. */
const ARGUMENT_COUNT = 14;
const TILE_ROWS = 13;

/** Parts of C's rows or columns are multiples of this: whole tiles of columns, and at most a tile of rows that is not full. */
const GRAIN = 8;
/** Looks at a flag before a thread goes to sleep, some 30 us: waking takes as long, and products often follow each other. */
const LOOKS = 3000;

/** Part `index` of `count` of a product: the longer side of C is cut. */
function runPart(k: Kernels, p: ArrayLike<number>, index: number, count: number): void {
  const [m, n, inner, alpha, a, ars, acs, b, brs, bcs, c, ldc] = Array.from(p);
  const side = Math.max(m, n);
  const each = Math.ceil(side / count / GRAIN) * GRAIN;
  const from = Math.min(side, index * each);
  const length = Math.min(side, from + each) - from;
  if (length <= 0) return;
  if (m >= n) k.exports.gemmAlone(length, n, inner, alpha, a + from * ars * 8, ars, acs, b, brs, bcs, c + from * ldc * 8, ldc, p[12]);
  else k.exports.gemmAlone(m, length, inner, alpha, a, ars, acs, b + from * bcs * 8, brs, bcs, c + from * 8, ldc, p[12]);
}

/** The control block of the helpers in use. */
let running: Int32Array | null = null;

/** How many helpers have started and wait for work. */
export const helpersReady = (): number => (running ? Atomics.load(running, READY) : 0);

/**
 * Uses helper threads from now on, for every product inside every routine from about n = 160; answers false, and changes nothing, where memory cannot be
 * shared. `null` goes back to one thread. The helpers start in the background; until all are ready the calling thread works alone.
 */
export function useThreads(threads: Threads | null): boolean {
  useShare(null);
  if (running) {
    Atomics.store(running, STOP, 1);
    Atomics.add(running, TICKET, 1);
    Atomics.notify(running, TICKET);
    running = null;
  }
  if (!threads || threads.helpers < 1) {
    useKernels(undefined);
    return false;
  }
  const build = supportedBuild();
  const k = build && typeof SharedArrayBuffer !== "undefined" ? load(build, true) : null;
  if (!build || !k) return false;
  const control = new SharedArrayBuffer(ARGUMENTS_AT + ARGUMENT_COUNT * 8);
  const flags = new Int32Array(control, 0, 4);
  const product = new Float64Array(control, ARGUMENTS_AT, ARGUMENT_COUNT);
  const count = threads.helpers + 1;
  for (let index = 1; index < count; index++) {
    threads.start({ build, module: k.module, memory: k.memory, control, index, count, base: k.exports.alloc(HELPER_BYTES) });
  }
  useKernels(k);
  running = flags;
  useShare((...args) => {
    if (Atomics.load(flags, READY) < threads.helpers) return 0;
    product.set(args);
    product[TILE_ROWS] = tileRowsInUse();
    Atomics.store(flags, DONE, 0);
    Atomics.add(flags, TICKET, 1);
    Atomics.notify(flags, TICKET);
    try {
      runPart(k, args, 0, count);
    } finally {
      awaitHelpers(flags, threads.helpers);
    }
    return 1;
  });
  return true;
}

/** Waits until all helpers are done: their operands must stay where they are. */
function awaitHelpers(flags: Int32Array, helpers: number): void {
  for (;;) {
    const done = Atomics.load(flags, DONE);
    if (done >= helpers) return;
    if (changes(flags, DONE, done)) continue;
    if (Atomics.wait(flags, DONE, done, PATIENCE_MS) === "timed-out") {
      useShare(null);
      throw new KernelError("unsupported", "a helper thread does not answer");
    }
  }
}

/** True as soon as the flag is no longer `value`, false when it still is after a while. */
function changes(flags: Int32Array, place: number, value: number): boolean {
  for (let i = 0; i < LOOKS; i++) if (Atomics.load(flags, place) !== value) return true;
  return false;
}

/** The life of a helper thread: computes its part of every product until the control block says stop. Blocks. */
export function serveHelper(start: HelperStart): void {
  const k = instantiate(start.build, start.module, start.memory);
  k.exports.relocate(start.base);
  const flags = new Int32Array(start.control, 0, 4);
  const product = new Float64Array(start.control, ARGUMENTS_AT, ARGUMENT_COUNT);
  let ticket = Atomics.load(flags, TICKET);
  Atomics.add(flags, READY, 1);
  for (;;) {
    if (!changes(flags, TICKET, ticket)) Atomics.wait(flags, TICKET, ticket);
    if (Atomics.load(flags, STOP)) return;
    const next = Atomics.load(flags, TICKET);
    if (next === ticket) continue;
    ticket = next;
    k.exports.setTileRows(product[TILE_ROWS]);
    runPart(k, product, start.index, start.count);
    Atomics.add(flags, DONE, 1);
    Atomics.notify(flags, DONE);
  }
}
