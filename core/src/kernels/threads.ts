// Large products on several threads over one shared memory. How a thread is started is the host's business: it passes a `Threads`.
import { KernelError } from "./error.js";
import { type Build, instantiate, type Kernels, load, supportedBuild, tileRowsInUse, useHelped, type WasmMemory } from "./load.js";

/** What a helper thread is sent: plain data, a compiled module and a shared memory, which cross as they are. */
export interface HelperStart {
  readonly build: Build;
  readonly module: object;
  readonly memory: WasmMemory;
  readonly control: SharedArrayBuffer;
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
const CLAIMED = 4;
const FLAGS = 5;
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

/** The kernels whose memory is shared, and the control block of those who help with them. */
interface Team {
  readonly kernels: Kernels;
  readonly flags: Int32Array;
}
let team: Team | null = null;

/** How many helpers have started and wait for work. */
export const helpersReady = (): number => (team ? Atomics.load(team.flags, READY) : 0);

/**
 * Lets helper threads take part in large products from now on, inside every routine of about n >= 256; answers false, and changes nothing, where memory cannot
 * be shared. `null` sends them home. They start with the first routine that is large enough, in the background: until all are ready, and wherever one
 * comes too late, the calling thread works alone. The results are the same to the bit.
 */
export function useThreads(threads: Threads | null): boolean {
  sendHome();
  useHelped(null);
  const build = threads && threads.helpers > 0 && typeof SharedArrayBuffer !== "undefined" ? supportedBuild() : null;
  if (!threads || !build) return false;
  const gather = (): Team | null => {
    try {
      return assemble(build, threads);
    } catch {
      // A thread more could not be had: nothing needs it.
      useHelped(null);
      return null;
    }
  };
  useHelped({
    kernels() {
      team ??= gather();
      return team?.kernels ?? null;
    },
    giveUp: sendHome,
  });
  return true;
}

function sendHome(): void {
  if (!team) return;
  const { flags } = team;
  team = null;
  Atomics.store(flags, STOP, 1);
  Atomics.add(flags, TICKET, 1);
  Atomics.notify(flags, TICKET);
}

/** Kernels over shared memory, and helper threads on their way. */
function assemble(build: Build, threads: Threads): Team | null {
  const control = new SharedArrayBuffer(ARGUMENTS_AT + ARGUMENT_COUNT * 8);
  const flags = new Int32Array(control, 0, FLAGS);
  const product = new Float64Array(control, ARGUMENTS_AT, ARGUMENT_COUNT);
  const count = threads.helpers + 1;
  const k = load(build, (...args) => {
    if (!k || Atomics.load(flags, READY) < threads.helpers || Atomics.load(flags, STOP)) return 0;
    product.set(args);
    product[TILE_ROWS] = tileRowsInUse();
    Atomics.store(flags, DONE, 0);
    Atomics.store(flags, CLAIMED, 0);
    Atomics.add(flags, TICKET, 1);
    Atomics.notify(flags, TICKET);
    try {
      takeParts(k, flags, product, count);
    } finally {
      // What was claimed must end before the operands may move; after a cancellation the rest is claimed by nobody.
      awaitParts(flags, Math.min(count, Atomics.exchange(flags, CLAIMED, count)));
    }
    return 1;
  });
  if (!k) return null;
  for (let index = 1; index < count; index++)
    threads.start({ build, module: k.module, memory: k.memory, control, count, base: k.exports.alloc(HELPER_BYTES) });
  return { kernels: k, flags };
}

/** Computes parts of the product that nobody has claimed yet. */
function takeParts(k: Kernels, flags: Int32Array, product: ArrayLike<number>, count: number): void {
  for (let part = Atomics.add(flags, CLAIMED, 1); part < count; part = Atomics.add(flags, CLAIMED, 1)) {
    try {
      k.exports.setTileRows(product[TILE_ROWS]);
      runPart(k, product, part, count);
    } finally {
      Atomics.add(flags, DONE, 1);
      Atomics.notify(flags, DONE);
    }
  }
}

/** Waits until `count` parts are done. */
function awaitParts(flags: Int32Array, count: number): void {
  for (;;) {
    const done = Atomics.load(flags, DONE);
    if (done >= count) return;
    if (changes(flags, DONE, done)) continue;
    if (Atomics.wait(flags, DONE, done, PATIENCE_MS) === "timed-out") {
      sendHome();
      useHelped(null);
      throw new KernelError("unsupported", "a helper thread does not answer");
    }
  }
}

/** True as soon as the flag is no longer `value`, false when it still is after a while. */
function changes(flags: Int32Array, place: number, value: number): boolean {
  for (let i = 0; i < LOOKS; i++) if (Atomics.load(flags, place) !== value) return true;
  return false;
}

/** The life of a helper thread: takes its part in every product until the control block says stop. Blocks. */
export function serveHelper(start: HelperStart): void {
  const k = instantiate(start.build, start.module, start.memory);
  k.exports.relocate(start.base);
  const flags = new Int32Array(start.control, 0, FLAGS);
  const product = new Float64Array(start.control, ARGUMENTS_AT, ARGUMENT_COUNT);
  let ticket = Atomics.load(flags, TICKET);
  Atomics.add(flags, READY, 1);
  while (!Atomics.load(flags, STOP)) {
    if (!changes(flags, TICKET, ticket)) Atomics.wait(flags, TICKET, ticket);
    ticket = Atomics.load(flags, TICKET);
    if (!Atomics.load(flags, STOP)) takeParts(k, flags, product, start.count);
  }
}
