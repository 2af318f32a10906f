// One step of Muon: momentum, orthogonalised.

import { MathError, type Matrix, said } from "../linalg/index.js";
import { msign } from "./msign.js";
import { newtonSchulz } from "./newtonSchulz.js";
import type { ScheduleName, Triple } from "./schedules.js";

/** Factors of the update for W of the given shape (rows = outputs, columns = inputs). */
export const muonScales = {
  /** √max(1, rows/columns) (K. Jordan). */
  jordan: (rows: number, columns: number) => Math.sqrt(Math.max(1, rows / columns)),
  /** 0.2 √max(rows, columns): update RMS 0.2, as Adam's (arXiv 2502.16982). */
  moonlight: (rows: number, columns: number) => 0.2 * Math.sqrt(Math.max(rows, columns)),
  /** √(rows/columns): unit spectral change of layer outputs (Bernstein). */
  spectral: (rows: number, columns: number) => Math.sqrt(rows / columns),
  none: () => 1,
} as const;

export interface MuonOptions {
  readonly lr?: number;
  readonly beta?: number;
  readonly weightDecay?: number;
  readonly nesterov?: boolean;
  readonly scale?: keyof typeof muonScales;
  readonly method?: "ns" | "svd";
  readonly steps?: number;
  readonly schedule?: ScheduleName | readonly Triple[];
}

export interface MuonState {
  readonly W: Matrix;
  readonly M: Matrix;
}

/**
 * M ← βM + (1−β)G; U = βM + (1−β)G with Nesterov, else M; O = orthogonalised U; W ← (1 − lr·wd)W − lr·f·O.
 * `updateRms` is the root mean square of f·O. O(steps·n²m) with Newton-Schulz. K. Jordan et al. 2024; Su, kexue.fm 10592.
 */
export function muonStep(
  { W, M }: MuonState,
  G: Matrix,
  options: MuonOptions = {},
): MuonState & { readonly updateRms: number; readonly scaleFactor: number; readonly O: Matrix } {
  const {
    lr = 0.02,
    beta = 0.95,
    weightDecay = 0,
    nesterov = true,
    scale = "jordan",
    method = "ns",
    steps = 5,
    schedule = "keller-jordan",
  } = options;
  if (G.rows !== W.rows || G.columns !== W.columns)
    throw new MathError("shape-mismatch", said`the gradient is ${G.rows}×${G.columns}, the weight ${W.rows}×${W.columns}`);
  if (!(lr >= 0)) throw new MathError("domain", said`the learning rate must not be negative, it is ${lr}`);
  if (!(beta >= 0 && beta < 1)) throw new MathError("domain", said`beta must be in [0, 1), it is ${beta}`);
  const mix = (m: Matrix): Matrix => ({ ...m, data: m.data.map((x, i) => beta * x + (1 - beta) * (G.data[i] as number)) });
  const moment = mix(M);
  const U = nesterov ? mix(moment) : moment;
  const O = method === "svd" ? msign(U).Q : newtonSchulz(U, { steps, schedule });
  const f = muonScales[scale](W.rows, W.columns);
  const keep = 1 - lr * weightDecay;
  const sumSq = O.data.reduce((s, x) => s + x * x, 0);
  return {
    W: { ...W, data: W.data.map((x, i) => keep * x - lr * f * (O.data[i] as number)) },
    M: moment,
    O,
    updateRms: O.data.length ? f * Math.sqrt(sumSq / O.data.length) : 0,
    scaleFactor: f,
  };
}
