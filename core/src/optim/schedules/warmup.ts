// Learning rates that rise first: cosine, warm-up-stable-decay, inverse square root.

import { requireThat } from "../guard.js";

export interface WarmupSchedule {
  readonly warmup: number;
  readonly stable?: number;
  readonly decay?: number;
  /** How the last phase of warm-up-stable-decay falls. */
  readonly shape?: "linear" | "exp" | "1-sqrt";
  readonly lr: number;
  readonly floor?: number;
}

const rise = (t: number, s: WarmupSchedule) => (s.warmup > 0 ? s.lr * (t / s.warmup) : s.lr);
const total = (s: WarmupSchedule) => s.warmup + (s.stable ?? 0) + (s.decay ?? 0);

/** Linear warm-up, then floor + (lr − floor)(1 + cos πu)/2 over the remaining steps (arXiv 1608.03983). */
export function cosineSchedule(t: number, s: WarmupSchedule): number {
  if (t < s.warmup) return rise(t, s);
  const floor = s.floor ?? 0;
  const span = total(s) - s.warmup;
  const u = span > 0 ? Math.min(1, (t - s.warmup) / span) : 1;
  return floor + ((s.lr - floor) * (1 + Math.cos(Math.PI * u))) / 2;
}

/** Linear warm-up, a constant stretch, then a fall to the floor (arXiv 2404.06395). */
export function wsdSchedule(t: number, s: WarmupSchedule): number {
  if (t < s.warmup) return rise(t, s);
  const floor = s.floor ?? 0;
  const fallsAt = s.warmup + (s.stable ?? 0);
  if (t < fallsAt) return s.lr;
  const u = (s.decay ?? 0) > 0 ? Math.min(1, (t - fallsAt) / (s.decay as number)) : 1;
  if (s.shape === "exp") {
    requireThat(floor > 0, "an exponential decay needs a floor above 0");
    return s.lr * (floor / s.lr) ** u;
  }
  return s.shape === "1-sqrt" ? floor + (s.lr - floor) * (1 - Math.sqrt(u)) : s.lr + (floor - s.lr) * u;
}

/** lr·min(t/w, √(w/t)) (Vaswani et al. 2017, equation 3). */
export function inverseSqrtSchedule(t: number, s: WarmupSchedule): number {
  return t <= 0 ? 0 : s.warmup > 0 ? s.lr * Math.min(t / s.warmup, Math.sqrt(s.warmup / t)) : s.lr / Math.sqrt(t);
}
