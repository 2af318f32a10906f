// Loads the compiled kernels: once, lazily, synchronously, wherever WebAssembly SIMD is allowed; elsewhere there are none and callers keep to TypeScript.
import { KernelError } from "./error.js";
import { relaxed } from "./generated/relaxed.js";
import { simd } from "./generated/simd.js";
import { letLook } from "./watch.js";

/** An address in the kernels' memory, in bytes. */
export type Address = number;

/** What the module exports (see assembly/index.ts). Strides and sizes are counted in numbers, flags are 0 or 1. */
export interface Exports {
  alloc(bytes: number): Address;
  mark(): Address;
  release(mark: Address): void;
  relocate(base: Address): Address;
  setThreads(on: number): void;
  setTileRows(rows: number): void;
  gemm: GemmExport;
  gemmAlone: GemmExport;
  gemm32: GemmExport;
  maxAbs(n: number, x: Address): number;
  solveLower: SolveExport;
  solveUpper: SolveExport;
  lu(m: number, n: number, a: Address, ld: number, pivots: Address): number;
  luSolve(n: number, w: number, a: Address, ld: number, pivots: Address, b: Address, ldb: number): void;
  luInverse(n: number, a: Address, pivots: Address): void;
  cholesky(n: number, a: Address, ld: number): number;
  qr(m: number, n: number, a: Address, r: Address, q: Address, qColumns: number): void;
  pivotedQr(
    m: number,
    n: number,
    a: Address,
    r: Address,
    q: Address,
    qColumns: number,
    permutation: Address,
    steps: number,
    tolerance: number,
  ): number;
  symmetricEigen(n: number, a: Address, d: Address, vectors: number): number;
  svd(m: number, n: number, a: Address, u: Address, d: Address, v: Address, full: number): number;
  hessenberg(n: number, a: Address, q: Address): void;
  schur(n: number, a: Address, z: Address, re: Address, im: Address): number;
  schurVectors(n: number, t: Address, z: Address, re: Address, im: Address, scale: Address, vr: Address, vi: Address): number;
  fft(n: number, radices: Address, count: number, xr: Address, xi: Address, yr: Address, yi: Address, table: Address): number;
  fftPower(n: number, columns: number, width: number, xr: Address, xi: Address, table: Address): void;
  multiplyComplex(n: number, ar: Address, ai: Address, br: Address, bi: Address, zr: Address, zi: Address): void;
  split(h: number, x: Address, re: Address, im: Address): void;
  unpackReal(h: number, zr: Address, zi: Address, table: Address, re: Address, im: Address): void;
  leadingSigns(m: number, n: number, a: Address, signs: Address): void;
  scaleColumns(m: number, n: number, a: Address, s: Address): void;
}

type GemmExport = (
  m: number,
  n: number,
  k: number,
  alpha: number,
  a: Address,
  aRow: number,
  aColumn: number,
  b: Address,
  bRow: number,
  bColumn: number,
  c: Address,
  ldc: number,
  accumulate: number,
) => void;

type SolveExport = (n: number, w: number, t: Address, row: number, column: number, unit: number, b: Address, ldb: number) => void;

/** The arguments of a product offered to other threads; answers whether it was done. */
export type Share = (...product: number[]) => number;

/** Kernels for work that several threads share, brought when there is some. */
export interface Helped {
  kernels(): Kernels | null;
  /** Their memory has outgrown what is kept. */
  giveUp(): void;
}

export interface WasmMemory {
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
}

/** The little of the WebAssembly interface used here (core's types know no host). */
interface WasmApi {
  validate(bytes: Uint8Array): boolean;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports: object) => { readonly exports: object };
  Memory: new (limits: { initial: number; maximum: number; shared?: boolean }) => WasmMemory;
}

export type Build = "relaxed" | "simd";

/** A running instance and the views on its memory, valid until the memory grows; `refresh` renews them. */
export interface Kernels {
  readonly build: Build;
  readonly exports: Exports;
  readonly memory: WasmMemory;
  readonly module: object;
  readonly shared: boolean;
  f64: Float64Array;
  f32: Float32Array;
  i32: Int32Array;
}

const wasm = (): WasmApi | undefined => (globalThis as { WebAssembly?: WasmApi }).WebAssembly;

/** Pages of 64 KiB: what the module declares in build.mjs. */
const INITIAL_PAGES = 128;
const MAXIMUM_PAGES = 65536;
/** Above this an instance is given up after the call: WebAssembly memory never shrinks. */
const KEEP_BYTES = 256 * 2 ** 20;

/** (func (param v128 v128 v128) (result v128) ...) with one instruction that only the wanted feature has. */
const probe = (operands: number, instruction: number[]): Uint8Array => {
  const gets = Array.from({ length: operands }, (_, i) => [0x20, i]).flat();
  const body = [0, ...gets, ...instruction, 0x0b];
  const type = [0x60, operands, ...Array<number>(operands).fill(0x7b), 1, 0x7b];
  const head = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  return Uint8Array.from([...head, 1, type.length + 1, 1, ...type, 3, 2, 1, 0, 0x0a, body.length + 2, 1, body.length, ...body]);
};
const RELAXED_MADD = [0xfd, 0x87, 0x02];
const F64X2_ADD = [0xfd, 0xf0, 0x01];

/** The best build this engine accepts, or null. */
export function supportedBuild(): Build | null {
  const api = wasm();
  if (!api) return null;
  if (api.validate(probe(3, RELAXED_MADD))) return "relaxed";
  return api.validate(probe(2, F64X2_ADD)) ? "simd" : null;
}

const DIGITS = /* @__PURE__ */ (() => {
  const table = new Uint8Array(128);
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (let i = 0; i < 64; i++) table[alphabet.charCodeAt(i)] = i;
  return table;
})();

/** What engines and hosts offer for base64. */
interface Decoders {
  readonly Uint8Array: { fromBase64?(text: string): Uint8Array };
  readonly Buffer?: { from(text: string, encoding: "base64"): Uint8Array };
}

/** Base64 to bytes: by the engine or the host where it can (0.1 ms for a module), else here (4 ms, for the loop has not been optimised yet). */
export function decodeBase64(text: string): Uint8Array {
  const { Uint8Array: bytes, Buffer: buffer } = globalThis as unknown as Decoders;
  return bytes.fromBase64?.(text) ?? buffer?.from(text, "base64") ?? decodeAlone(text);
}

/** Base64 to bytes without any host's help. */
export function decodeAlone(text: string): Uint8Array {
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  for (let i = 0, o = 0; i < text.length; i += 4, o += 3) {
    const word =
      (DIGITS[text.charCodeAt(i)] << 18) |
      (DIGITS[text.charCodeAt(i + 1)] << 12) |
      (DIGITS[text.charCodeAt(i + 2)] << 6) |
      DIGITS[text.charCodeAt(i + 3)];
    bytes[o] = word >> 16;
    if (o + 1 < bytes.length) bytes[o + 1] = word >> 8;
    if (o + 2 < bytes.length) bytes[o + 2] = word;
  }
  return bytes;
}

const imports = (memory: WasmMemory, shared: Share | null) => ({
  env: {
    memory,
    poll: letLook,
    share: (...product: number[]) => shared?.(...product) ?? 0,
    refuse: (bytes: number) => {
      throw new KernelError("too-large", `${Math.round(bytes / 2 ** 20)} MiB more do not fit into the kernels' memory of 4 GiB`);
    },
  },
});

/** A module whose memory import says "shared": its limits' flag byte 1 (has a maximum) becomes 3 (has a maximum, shared). */
function shareMemory(bytes: Uint8Array): Uint8Array {
  const name = [3, 0x65, 0x6e, 0x76, 6, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 2, 1]; // "env" "memory", kind 2, flag 1
  for (let i = 8; i + name.length < bytes.length; i++) {
    if (name.some((byte, k) => bytes[i + k] !== byte)) continue;
    const out = bytes.slice();
    out[i + name.length - 1] = 3;
    return out;
  }
  throw new KernelError("unsupported", "the kernels' module imports no memory");
}

/** Runs an instance of `module` over `memory`: what a helper thread does with what it was sent. */
export function instantiate(build: Build, module: object, memory: WasmMemory, share: Share | null = null): Kernels {
  const api = wasm();
  if (!api) throw new KernelError("unsupported", "there is no WebAssembly here");
  const exports = new api.Instance(module, imports(memory, share)).exports as Exports;
  exports.setThreads(share ? 1 : 0);
  return { build, exports, memory, module, shared: !(memory.buffer instanceof ArrayBuffer), ...views(memory) };
}

const views = ({ buffer }: WasmMemory) => ({ f64: new Float64Array(buffer), f32: new Float32Array(buffer), i32: new Int32Array(buffer) });

/** Renews the views after the memory may have grown: that empties them, unless it is shared. (Asking the memory for its buffer takes longer than a small product.) */
export function refresh(k: Kernels): void {
  if ((k.f64.length === 0 || k.shared) && k.f64.buffer !== k.memory.buffer) Object.assign(k, views(k.memory));
}

const modules = new Map<string, object>();

/** A fresh instance of one build, or null where the engine refuses it (no WebAssembly, no SIMD, a policy against compilation). */
export function load(build: Build, share: Share | null = null): Kernels | null {
  const api = wasm();
  if (!api) return null;
  try {
    const key = share ? `${build} shared` : build;
    let module = modules.get(key);
    if (!module) {
      const bytes = decodeBase64(build === "relaxed" ? relaxed : simd);
      module = new api.Module(share ? shareMemory(bytes) : bytes);
      modules.set(key, module);
    }
    return instantiate(build, module, new api.Memory({ initial: INITIAL_PAGES, maximum: MAXIMUM_PAGES, ...(share && { shared: true }) }), share);
  } catch {
    return null;
  }
}

let current: Kernels | null | undefined;
let tileRows = 4;
let helped: Helped | null = null;
let outgrew = false;

/**
 * Multiply-adds from which other threads' help pays, as measured with one helper (`npm run bench -- linalg`): a product of order 256, QR of order 512, what is
 * made of a panel and products of order 1024. Reductions to condensed form, half of them products with vectors, lose more by a shared memory than they gain.
 */
export const HELP_PAYS = { product: 2 ** 24, qr: 2 ** 27, factors: 2 ** 30 } as const;

/**
 * The kernels, or null where there are none. The first call loads them (under 3 ms). `work` is how many multiply-adds are to come, roughly: from `pays` of
 * them it is for kernels that other threads help, where there are any.
 */
export function kernels(work = 0, pays: number = HELP_PAYS.product): Kernels | null {
  if (helped && work >= pays) {
    const k = helped.kernels();
    k?.exports.setTileRows(tileRows);
    if (k) return k;
  }
  if (current !== undefined) return current;
  const build = supportedBuild();
  current = build && load(build);
  current?.exports.setTileRows(tileRows);
  return current;
}

/** Uses one build, given kernels, or none: tests and the benchmark compare; `undefined` goes back to the best build. */
export function useKernels(choice: Build | Kernels | null | undefined): void {
  current = typeof choice === "string" ? load(choice) : choice;
  current?.exports.setTileRows(tileRows);
}

/** Products run with tiles of 4 or 6 rows; 6 is faster on newer V8 (see `calibrate`). The results are the same to the bit. */
export function useTileRows(rows: 4 | 6): void {
  tileRows = rows;
  current?.exports.setTileRows(rows);
}

export const tileRowsInUse = (): number => tileRows;

/** Who helps with much work, or nobody. */
export function useHelped(provider: Helped | null): void {
  helped = provider;
}

/**
 * Whether a call has needed so much memory that its instance was given up, whose memory the engine returns when it pleases: a host gives back a thread
 * that has.
 */
export const outgrown = (): boolean => outgrew;

/** One call: whatever `body` allocates is free again afterwards. */
export function call<T>(k: Kernels, body: (exports: Exports) => T): T {
  const mark = k.exports.mark();
  try {
    return body(k.exports);
  } finally {
    k.exports.release(mark);
    if (k.f64.byteLength > KEEP_BYTES) {
      outgrew = true;
      if (k === current) current = undefined;
      else if (k.shared) helped?.giveUp();
    }
  }
}

/**
 * Copies a matrix in and looks at its largest magnitude: false when it is outside (2^-300, 2^300) or zero, where the caller scales first; KernelError
 * "nonfinite" when an entry is no number or infinite.
 */
export function admit(k: Kernels, values: Float64Array): Address | null {
  const at = put(k, values);
  const largest = k.exports.maxAbs(values.length, at);
  if (!(largest < Infinity)) throw new KernelError("nonfinite", "an entry is not finite");
  return largest > 2 ** -300 && largest < 2 ** 300 ? at : null;
}

/** Copies numbers in. */
export function put(k: Kernels, values: Float64Array): Address {
  const at = k.exports.alloc(values.length * 8);
  refresh(k);
  k.f64.set(values, at / 8);
  return at;
}

/** Room for `length` numbers, not cleared. */
export function room(k: Kernels, length: number): Address {
  return k.exports.alloc(length * 8);
}

/** Typed arrays of up to this many numbers lie on the heap and cost as little as a view; longer ones take ten times as long. */
const ON_HEAP = 8;

/** Copies numbers out into a new array. */
export function take(k: Kernels, at: Address, length: number): Float64Array {
  refresh(k);
  const from = at / 8;
  // Unlike slice this does not clear the new array first.
  if (length > ON_HEAP) return new Float64Array(k.f64.subarray(from, from + length));
  const out = new Float64Array(length);
  for (let i = 0; i < length; i++) out[i] = k.f64[from + i];
  return out;
}

/** Below this many numbers in all, parts leave together: a typed array takes 0.3 us, longer than many a small factorisation's step, and its pages more. */
export const TOGETHER = 16384;

/** Copies parts that lie one behind another out: short ones as views of one new buffer where that saves a longer array. */
export function takeParts(k: Kernels, at: Address, lengths: readonly number[]): Float64Array[] {
  let total = 0;
  let long = 0;
  for (const length of lengths) {
    total += length;
    if (length > ON_HEAP) long++;
  }
  const all = long > 1 && total <= TOGETHER ? take(k, at, total) : null;
  let from = 0;
  return lengths.map((length) => {
    from += length;
    return all ? all.subarray(from - length, from) : take(k, at + 8 * (from - length), length);
  });
}

/** Copies numbers out into an array that is there, or adds them to it. */
export function copyOut(k: Kernels, at: Address, into: Float64Array, add = false): void {
  refresh(k);
  const from = at / 8;
  if (add) for (let i = 0; i < into.length; i++) into[i] += k.f64[from + i];
  else into.set(k.f64.subarray(from, from + into.length));
}
