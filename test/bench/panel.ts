// The panel in the real editor: first paint of a large matrix, frames in zoom and pan, opening, size, and what is left after closing.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Row, row } from "./row.js";

interface Frames {
  readonly script50: number;
  readonly script95: number;
  readonly between50: number;
  readonly between95: number;
}
interface Left {
  readonly page: number;
  readonly host: number;
  readonly frames: number;
}
interface Measured {
  readonly bundle: number;
  readonly open: { readonly p50: number; readonly own50: number; readonly all: readonly number[] };
  readonly firstPaint: number;
  readonly zoom: Frames;
  readonly pan: Frames;
  readonly cycles: { readonly count: number; readonly before: Left; readonly after: Left };
}

export async function panel(): Promise<Row[]> {
  const script = fileURLToPath(new URL("../vscode/measurePanel.mjs", import.meta.url));
  const { stdout, status } = spawnSync(process.execPath, [script], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  if (status !== 0) throw new Error("the measurement of the panel failed");
  const { bundle, open, firstPaint, zoom, pan, cycles } = JSON.parse(stdout.trim().split("\n").at(-1) as string) as Measured;
  const common = { suite: "panel", peer: "budget", goal: "<= 1" };
  const { count, before, after } = cycles;
  const moved = (name: string, f: Frames) => [
    row({
      ...common,
      case: `${name} 4096 x 4096, script in a frame p95`,
      value: f.script95,
      unit: "ms",
      peerValue: 8,
      note: `p50 ${f.script50.toFixed(1)} ms`,
    }),
    row({
      ...common,
      goal: ">= 1",
      case: `${name} 4096 x 4096, frames a second`,
      value: 1000 / f.between50,
      unit: "1/s",
      peerValue: 60,
      // A frame of 16.7 ms counts as 60 a second though the clock says 59.9.
      ratio: Math.round(1000 / f.between50 + 0.4) / 60,
      note: `p95 from frame to frame ${f.between95.toFixed(1)} ms`,
    }),
  ];
  return [
    row({ ...common, case: "4096 x 4096, message to first picture", value: firstPaint, unit: "ms", peerValue: 200 }),
    ...moved("zoom", zoom),
    ...moved("pan", pan),
    row({ ...common, case: "open to first picture, warm", value: open.p50, unit: "ms", peerValue: 250, note: open.all.join(", ") }),
    row({ ...common, case: "the page's own part of it: script to first picture", value: open.own50, unit: "ms", peerValue: 250, goal: "" }),
    row({ ...common, case: "panel bundle", value: bundle, unit: "bytes", peerValue: 150_000 }),
    row({
      ...common,
      case: `page heap after ${count} panels opened and closed`,
      goal: "<= 1.05",
      value: after.page / 1e6,
      unit: "MB",
      peer: "before",
      peerValue: before.page / 1e6,
      note: `${before.frames} frames before, ${after.frames} after`,
    }),
    row({
      ...common,
      case: `extension host memory after ${count} panels opened and closed`,
      goal: "<= 1.05",
      value: after.host / 1e6,
      unit: "MB",
      peer: "before",
      peerValue: before.host / 1e6,
      note: "resident, so garbage not yet collected counts",
    }),
  ];
}
