// Key to note in the real editor, and the size of what activates. The budget is the peer: there is no other extension that does this.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Row, row } from "./row.js";

interface Measured {
  readonly keys: Readonly<
    Record<
      string,
      {
        readonly first: number;
        readonly p50: number;
        readonly p95: number;
        readonly typed50: number;
        readonly typed95: number;
        readonly within50: number;
      }
    >
  >;
  /** p95 of a keystroke in a note of 2,000 formulas, without and with live notes. */
  readonly typing: { readonly off: number; readonly on: number };
  readonly bundle: number;
}

/** Milliseconds from a key to the frame with the new note. */
const BUDGET = 50;
/** Milliseconds live notes may add to a keystroke. */
const TYPING_BUDGET = 4;
const BUNDLE_BUDGET = 60_000;

export async function vscode(): Promise<Row[]> {
  const script = fileURLToPath(new URL("../vscode/measure.mjs", import.meta.url));
  const { stdout, status } = spawnSync(process.execPath, [script], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  if (status !== 0) throw new Error("the measurement in VS Code failed");
  const { keys, typing, bundle } = JSON.parse(stdout.trim().split("\n").at(-1) as string) as Measured;
  const common = { suite: "vscode", peer: "budget" };
  return [
    ...Object.entries(keys).flatMap(([name, { first, p50, p95, typed50, typed95, within50 }]) => [
      row({
        ...common,
        case: `key to note p95, ${name}`,
        value: p95,
        unit: "ms",
        peerValue: BUDGET,
        goal: "<= 1",
        note: `p50 ${p50.toFixed(0)} ms, ${Math.round(within50 * 100)} % within 50 ms; the typed character itself: p50 ${typed50.toFixed(0)}, p95 ${typed95.toFixed(0)} ms`,
      }),
      row({ ...common, case: `first note, ${name}`, value: first, unit: "ms", peerValue: BUDGET, goal: "" }),
    ]),
    row({
      ...common,
      case: "live notes add to a keystroke p95, 2,000 formulas",
      value: Math.max(0, typing.on - typing.off),
      unit: "ms",
      peerValue: TYPING_BUDGET,
      goal: "<= 1",
      note: `${typing.off.toFixed(1)} ms without, ${typing.on.toFixed(1)} ms with`,
    }),
    row({ ...common, case: "activating bundle", value: bundle, unit: "bytes", peerValue: BUNDLE_BUDGET, goal: "<= 1" }),
  ];
}
