// The most multiply-adds a second that WebAssembly gives on this machine: a loop on registers alone.
import asc from "assemblyscript/asc";
import { least } from "./measure.js";

const loop = (type: "f64x2" | "f32x4", name: string, relaxed: boolean, chains = 10) => {
  const scalar = type === "f64x2" ? "f64" : "f32";
  const lines = Array.from({ length: chains }, (_, i) => i);
  const step = (i: number) =>
    relaxed ? `c${i} = ${type}.relaxed_madd(a, b, c${i});` : `c${i} = ${type}.add(${type}.mul(c${(i + 1) % chains}, b), c${i});`;
  return `export function ${name}(n: i32, x: ${scalar}, y: ${scalar}): ${scalar} {
  const a = ${type}.splat(x), b = ${type}.splat(y);
  ${lines.map((i) => `let c${i} = ${type}.splat(<${scalar}>${i});`).join("\n  ")}
  for (let i = 0; i < n; i++) {
    ${lines.map(step).join("\n    ")}
  }
  let r = a;
  ${lines.map((i) => `r = ${type}.add(r, c${i});`).join("\n  ")}
  return ${type}.extract_lane(r, 0);
}
`;
};

export interface Rates {
  readonly f64: number;
  readonly f32: number;
}

/** Measures, whenever called, billions of floating-point operations a second in the way the given build multiplies and adds. */
export async function peakMeter(build: "relaxed" | "simd"): Promise<() => Rates> {
  const relaxed = build === "relaxed";
  const source = loop("f64x2", "d", relaxed) + loop("f32x4", "s", relaxed);
  let binary: Uint8Array | undefined;
  const flags = ["-O3", "--runtime", "stub", "--enable", "simd", ...(relaxed ? ["--enable", "relaxed-simd"] : [])];
  const { error, stderr } = await asc.main(["peak.ts", "--outFile", "peak.wasm", ...flags], {
    readFile: (name: string) => (name === "peak.ts" ? source : null),
    writeFile: (_name: string, contents: Uint8Array | string) => {
      if (typeof contents !== "string") binary = contents;
    },
    listFiles: () => [],
  });
  if (error || !binary) throw new Error(`the peak loop does not compile: ${stderr.toString()}`);
  const instance = new WebAssembly.Instance(new WebAssembly.Module(binary as BufferSource));
  const { d, s } = instance.exports as { d(n: number, x: number, y: number): number; s(n: number, x: number, y: number): number };
  const n = 200_000;
  // Optimised code comes after a while.
  for (const end = performance.now() + 300; performance.now() < end; ) {
    d(n, 1e-9, 0.5);
    s(n, 1e-9, 0.5);
  }
  const rate = (f: typeof d, lanes: number) => (n * 10 * lanes * 2) / (least(() => f(n, 1e-9, 0.5), 60) * 1e6);
  return () => ({ f64: rate(d, 2), f32: rate(s, 4) });
}
