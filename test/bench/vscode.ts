// Key to note in the real editor, beside the editor's own floor, and the size of what activates. The budget is the peer where there is no
// other extension that does this; the floor is a probe that sets a decoration in the very event of the key.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Row, row } from "./row.js";

interface Times {
  readonly p50: number;
  readonly p95: number;
}
interface Measured {
  readonly keys: Readonly<
    Record<
      string,
      {
        readonly first: number;
        readonly note: Times;
        readonly typed: Times;
        /** From the extension host's news of the key to our setting of the decoration. */
        readonly own: Times;
        readonly floor: Times;
        readonly within50: number;
      }
    >
  >;
  /** A keystroke in a note of 2,000 formulas, without and with live notes, and the longest task of the extension host meanwhile. */
  readonly typing: { readonly off: Times; readonly on: Times; readonly own: Times; readonly longestOff: number; readonly longest: number };
  /** Several starts of the extension: milliseconds by the clock, and of the extension host's own processor time. */
  readonly starts: readonly { readonly clock: number; readonly processor: number }[];
  readonly bundle: number;
}

/** Milliseconds from a key to the frame with the new note. */
const BUDGET = 50;
/** Milliseconds live notes may add to a keystroke. */
const TYPING_BUDGET = 4;
/** Milliseconds the extension host may be held up. */
const TASK_BUDGET = 50;
/** Milliseconds of our own code at activation. */
const START_BUDGET = 20;
const BUNDLE_BUDGET = 60_000;

const said = ({ p50, p95 }: Times) => `p50 ${p50.toFixed(1)}, p95 ${p95.toFixed(1)} ms`;

export async function vscode(): Promise<Row[]> {
  const script = fileURLToPath(new URL("../vscode/measure.mjs", import.meta.url));
  const { stdout, status } = spawnSync(process.execPath, [script], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  if (status !== 0) throw new Error("the measurement in VS Code failed");
  const { keys, typing, starts, bundle } = JSON.parse(stdout.trim().split("\n").at(-1) as string) as Measured;
  const sorted = (by: "clock" | "processor") => starts.map((s) => s[by]).sort((a, b) => a - b);
  const [clock, processor] = [sorted("clock"), sorted("processor")];
  const common = { suite: "vscode", peer: "budget", unit: "ms" };
  return [
    ...Object.entries(keys).flatMap(([name, { first, note, typed, own, floor, within50 }]) => [
      row({
        ...common,
        case: `key to note p95, ${name}`,
        value: note.p95,
        peerValue: BUDGET,
        goal: "<= 1",
        note: `p50 ${note.p50.toFixed(0)} ms, ${Math.round(within50 * 100)} % within 50 ms; the typed character itself: ${said(typed)}`,
      }),
      row({
        ...common,
        case: `key to note p50, ${name}`,
        value: note.p50,
        peer: "editor's floor",
        peerValue: floor.p50,
        goal: "",
        note: `a decoration set at once: ${said(floor)}`,
      }),
      row({ ...common, case: `our own part of it p95, ${name}`, value: own.p95, peerValue: BUDGET, goal: "<= 1", note: said(own) }),
      row({ ...common, case: `first note, ${name}`, value: first, peerValue: BUDGET, goal: "" }),
    ]),
    row({
      ...common,
      case: "live notes add to a keystroke p95, 2,000 formulas",
      value: Math.max(0, typing.on.p95 - typing.off.p95),
      peerValue: TYPING_BUDGET,
      goal: "<= 1",
      note: `without ${said(typing.off)}; with ${said(typing.on)}; from the change to our painting ${said(typing.own)}`,
    }),
    row({
      ...common,
      case: "longest task of the extension host while typing",
      value: typing.longest,
      peerValue: TASK_BUDGET,
      goal: "<= 1",
      note: `${typing.longestOff.toFixed(0)} ms without live notes`,
    }),
    row({
      ...common,
      case: "activation, our own code",
      value: processor[processor.length >> 1] as number,
      peerValue: START_BUDGET,
      goal: "<= 1",
      note: `processor time of ${starts.length} starts ${processor.map((t) => t.toFixed(0)).join(", ")}; by the clock, while the window loads on the same cores: ${clock.map((t) => t.toFixed(0)).join(", ")}`,
    }),
    row({ ...common, unit: "bytes", case: "activating bundle", value: bundle, peerValue: BUNDLE_BUDGET, goal: "<= 1" }),
  ];
}
