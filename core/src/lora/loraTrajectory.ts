// Paths of training: full, and through adapters.

import { add, MathError, type Matrix, said, subtract } from "../linalg/index.js";
import { type AdamOptions, adam } from "./adamState.js";
import { doraForward, doraGradients, doraMagnitude } from "./dora.js";
import { type Lora, loraFrozen, loraGradients, loraProduct } from "./lora.js";
import { type LoraProMode, loraProAdjust } from "./loraProAdjust.js";
import type { Problem } from "./problems.js";

export const loraUpdates = ["full", "lora", "loraPlus", "loraPro", "dora"] as const;
export type LoraUpdate = (typeof loraUpdates)[number];

export interface TrainOptions extends AdamOptions {
  readonly update: LoraUpdate;
  readonly optimizer?: "sgd" | "adam";
  readonly lr: number;
  readonly steps: number;
  /** The starting factors, one adapter for each weight; not needed for "full". */
  readonly init?: readonly Lora[];
  /** η_B/η_A of LoRA+. */
  readonly ratio?: number;
  /** Mode of LoRA-Pro. */
  readonly mode?: LoraProMode;
  /** Steps at which weights are kept; all by default. */
  readonly keep?: readonly number[];
}

export interface Trajectory {
  /** The kept steps, ascending, and the weights at each. */
  readonly steps: readonly number[];
  readonly W: readonly (readonly Matrix[])[];
  /** At every step from 0. Ends early when the loss is no longer finite. */
  readonly losses: Float64Array;
  /** The last factors; empty for "full". */
  readonly factors: readonly Lora[];
}

/** What trains one weight: its value now, and a step from its gradient. */
interface Trainer {
  readonly weight: () => Matrix;
  readonly step: (gradient: Matrix) => void;
  readonly factors: () => Lora | undefined;
}

/** A direction from a gradient: itself, or Adam's. */
const director = (options: TrainOptions): ((g: Matrix) => Matrix) => {
  if (options.optimizer !== "adam") return (g) => g;
  const direction = adam(options);
  return (g) => ({ ...g, data: direction(g.data) });
};

const moved = (a: Matrix, lr: number, d: Matrix): Matrix => ({ ...a, data: a.data.map((x, i) => x - lr * d.data[i]) });

const trainers: Record<LoraUpdate, (w0: Matrix, init: Lora, options: TrainOptions) => Trainer> = {
  full: (w0, _init, options) => {
    let w = w0;
    const direction = director(options);
    return {
      weight: () => w,
      step: (g) => {
        w = moved(w, options.lr, direction(g));
      },
      factors: () => undefined,
    };
  },
  lora: (w0, init, options) => factorTrainer(w0, init, options, 1),
  loraPlus: (w0, init, options) => factorTrainer(w0, init, options, options.ratio ?? 16),
  loraPro: (w0, init, options) => {
    const frozen = loraFrozen(w0, init);
    let l = init;
    const direction = director(options);
    const { mode } = options;
    return {
      weight: () => add(frozen, loraProduct(l)),
      step: (g) => {
        let h = loraGradients(l, g);
        if (options.optimizer === "adam") {
          // Moments of the equivalent full gradient, hence of the weight's size; then its direction seen by the factors.
          const equivalent = loraProAdjust(l, h, { mode: "zero" }).equivalent();
          h = loraGradients(l, direction(equivalent));
        }
        const { HA, HB } = loraProAdjust(l, h, { mode });
        l = { ...l, A: moved(l.A, options.lr, HA), B: moved(l.B, options.lr, HB) };
      },
      factors: () => l,
    };
  },
  dora: (w0, init, options) => {
    const frozen = loraFrozen(w0, init);
    let l = init;
    let magnitude: Matrix = { rows: 1, columns: w0.columns, data: doraMagnitude(w0) };
    const [ofA, ofB, ofMagnitude] = [director(options), director(options), director(options)];
    return {
      weight: () => doraForward(frozen, l, magnitude.data),
      step: (g) => {
        const { gA, gB, gMag } = doraGradients(frozen, l, magnitude.data, g);
        l = { ...l, A: moved(l.A, options.lr, ofA(gA)), B: moved(l.B, options.lr, ofB(gB)) };
        magnitude = moved(magnitude, options.lr, ofMagnitude({ ...magnitude, data: gMag }));
      },
      factors: () => l,
    };
  },
};

function factorTrainer(w0: Matrix, init: Lora, options: TrainOptions, ratio: number): Trainer {
  const frozen = loraFrozen(w0, init);
  let l = init;
  const [ofA, ofB] = [director(options), director(options)];
  return {
    weight: () => add(frozen, loraProduct(l)),
    step: (g) => {
      const { gA, gB } = loraGradients(l, g);
      l = { ...l, A: moved(l.A, options.lr, ofA(gA)), B: moved(l.B, options.lr * ratio, ofB(gB)) };
    },
    factors: () => l,
  };
}

/**
 * Trains from the problem's weights: "full", LoRA, LoRA+ (η_B = ratio·η_A), LoRA-Pro (with Adam: full-size moments of the equivalent gradient, mode zero, then `mode`), DoRA (norm detached);
 * SGD or Adam (eps outside the root). O(steps·evaluation). Ends early where the loss leaves the finite numbers. Throws "domain", "shape-mismatch", "nonfinite".
 * Wang & Liang 2024 (arXiv 2407.18242), algorithm 1; Su, kexue.fm 10266.
 */
export function loraTrajectory(problem: Problem, options: TrainOptions): Trajectory {
  const { update, lr, steps, init, keep } = options;
  if (!(Number.isInteger(steps) && steps >= 0)) throw new MathError("domain", said`training cannot take ${steps} steps`);
  if (!(lr >= 0 && Number.isFinite(lr))) throw new MathError("domain", said`the learning rate must not be negative, it is ${lr}`);
  if (update !== "full" && init?.length !== problem.weights.length)
    throw new MathError("length-mismatch", said`${init?.length ?? 0} adapters for ${problem.weights.length} weights`);
  const parts = problem.weights.map((w, i) => trainers[update](w, (init?.[i] ?? { scale: 1 }) as Lora, options));
  const kept = keep && new Set(keep);
  const losses: number[] = [];
  const at: number[] = [];
  const W: Matrix[][] = [];
  for (let t = 0; ; t++) {
    const weights = parts.map((p) => p.weight());
    const { loss, gradients } = problem.evaluate(weights);
    losses.push(loss);
    if (!kept || kept.has(t)) {
      at.push(t);
      W.push(weights);
    }
    if (t === steps || !Number.isFinite(loss)) break;
    parts.forEach((p, i) => {
      p.step(gradients[i]);
    });
  }
  return { steps: at, W, losses: Float64Array.from(losses), factors: parts.flatMap((p) => p.factors() ?? []) };
}

/** How well a run follows full fine-tuning from the same start. */
export interface AlignmentMetrics {
  /** cos(ΔW₁, ΔW₁^full). */
  readonly firstStepCos: number;
  /** ‖ΔW₁ - ΔW₁^full‖/‖ΔW₁^full‖. */
  readonly firstStepRel: number;
  /** ‖W_t - W_t^full‖/‖W_t^full - W₀‖ at each kept step after 0. */
  readonly traj: Float64Array;
  /** Last loss over the full run's. */
  readonly lossRatio: number;
}

/** Compares two runs with the same kept steps, of which step 1 must be one; all weights together count as one vector. Throws "length-mismatch". */
export function alignmentMetrics(run: Trajectory, full: Trajectory, w0: readonly Matrix[]): AlignmentMetrics {
  if (run.steps.join() !== full.steps.join()) throw new MathError("length-mismatch", "the runs kept different steps");
  const first = run.steps.indexOf(1);
  if (first < 0) throw new MathError("domain", "the runs must keep step 1");
  const change = (W: readonly Matrix[]) => W.map((w, i) => subtract(w, w0[i]));
  const inner = (a: readonly Matrix[], b: readonly Matrix[]) =>
    a.reduce((sum, x, i) => sum + x.data.reduce((part, v, j) => part + v * b[i].data[j], 0), 0);
  const size = (a: readonly Matrix[]) => Math.sqrt(inner(a, a));
  const between = (a: readonly Matrix[], b: readonly Matrix[]) => size(a.map((x, i) => subtract(x, b[i])));
  const [d, D] = [change(run.W[first]), change(full.W[first])];
  return {
    firstStepCos: inner(d, D) / (size(d) * size(D)),
    firstStepRel: between(d, D) / size(D),
    traj: Float64Array.from(run.steps.flatMap((t, i) => (t === 0 ? [] : [between(run.W[i], full.W[i]) / size(change(full.W[i]))]))),
    lossRatio: (run.losses.at(-1) as number) / (full.losses.at(-1) as number),
  };
}
