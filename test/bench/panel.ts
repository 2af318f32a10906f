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
  /** From the key to the first painted frame, and its parts one after the other; `floor50` is an empty webview of another extension. */
  readonly open: {
    readonly p50: number;
    readonly all: readonly number[];
    readonly floor50: number;
    /** Key to the start of the page's document: command, value and the editor's making of a webview, at the same time. */
    readonly editor50: number;
    readonly page50: number;
    readonly value50: number;
    readonly drawing50: number;
  };
  readonly firstPaint: number;
  /** Key to the message that brings a large matrix: evaluation, its levels, the way to the page. */
  readonly computed: number;
  readonly zoom: Frames;
  readonly pan: Frames;
  readonly cycles: { readonly count: number; readonly before: Left; readonly after: Left };
}

export async function panel(): Promise<Row[]> {
  const script = fileURLToPath(new URL("../vscode/measurePanel.mjs", import.meta.url));
  const { stdout, status } = spawnSync(process.execPath, [script], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  if (status !== 0) throw new Error("the measurement of the panel failed");
  const { bundle, open, firstPaint, computed, zoom, pan, cycles } = JSON.parse(stdout.trim().split("\n").at(-1) as string) as Measured;
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
    row({
      ...common,
      case: "4096 x 4096, key to that message: evaluation, levels, transfer",
      value: computed,
      unit: "ms",
      peerValue: 1000,
      goal: "",
    }),
    ...moved("zoom", zoom),
    ...moved("pan", pan),
    row({ ...common, case: "open to first picture, warm", value: open.p50, unit: "ms", peerValue: 250, note: open.all.join(", ") }),
    row({ ...common, case: "  beside an empty webview", goal: "", value: open.p50, unit: "ms", peer: "empty webview", peerValue: open.floor50 }),
    ...(
      [
        ["  key to the page's document (editor, with our value meanwhile)", open.editor50],
        ["  document to script", open.page50],
        ["  script to the message with the value", open.value50],
        ["  message to first picture", open.drawing50],
      ] as const
    ).map(([name, value]) => row({ ...common, case: name, value, unit: "ms", peer: "whole", peerValue: open.p50, goal: "" })),
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
