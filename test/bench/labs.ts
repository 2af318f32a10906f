// The labs: from a move of a slider to its figures. Core's part alone; the way to the engine and back, and drawing, come on top.
import { labs as all, type Input, type Lab, readValues } from "@scholium/core/labs";
import { type Row, row } from "./row.js";

const MOVES = 60;
/** Runs before the compiler knows the code are not counted. */
const WARM = 12;
/** Milliseconds from a slider to its figures. */
const BUDGET = 50;

const place = (i: Input & { kind: "range" }, share: number) =>
  i.scale === "log" ? i.min * (i.max / i.min) ** share : i.min + (i.max - i.min) * share;

/** Times of moves: one slider after another, over its whole length, the others at their defaults. */
function times(lab: Lab): number[] {
  const sliders = lab.inputs.filter((i) => i.kind === "range");
  return Array.from({ length: WARM + MOVES }, (_, k) => {
    const slider = sliders[k % sliders.length];
    const { values } = readValues(lab, slider ? { [slider.name]: place(slider, ((k * 5) % 13) / 12) } : {});
    const began = performance.now();
    lab.view(values);
    return performance.now() - began;
  })
    .slice(WARM)
    .sort((a, b) => a - b);
}

export async function labs(): Promise<Row[]> {
  return all.map((lab) => {
    const t = times(lab);
    const at = (p: number) => t[Math.ceil(p * t.length) - 1] as number;
    const note = `p50 ${at(0.5).toFixed(1)} ms, longest ${(t.at(-1) as number).toFixed(1)} ms`;
    return row({ suite: "labs", case: lab.id, value: at(0.95), unit: "ms p95", peer: "budget", peerValue: BUDGET, goal: "<= 1", note });
  });
}
