// Colours by value: cividis for sequential data (even for colour-blind eyes), purple-white-orange for signed data. Never a rainbow.
// Nuñez, Anderton, Renslow 2018 (cividis); Moreland 2009 on diverging maps.

import { interpolateCividis, interpolateGreys, interpolatePuOr, interpolateViridis } from "d3-scale-chromatic";
import type { ColorScale } from "./figure.js";

export type Palette = "auto" | "viridis" | "cividis" | "greys" | "blueOrange";
export type Rgb = readonly [number, number, number];

/** Number of steps of a table; fits an indexed PNG with two places left for NaN and the infinities. */
const STEPS = 250;
/** Place of NaN in a table: drawn as a neutral grey. */
export const NAN_INDEX = STEPS;
const NAN_COLOR: Rgb = [128, 128, 128];

function parse(color: string): Rgb {
  const hex = /^#(..)(..)(..)$/.exec(color);
  if (hex) return [1, 2, 3].map((i) => Number.parseInt(hex[i] as string, 16)) as unknown as Rgb;
  return (color.match(/\d+/g) ?? []).slice(0, 3).map(Number) as unknown as Rgb;
}

const interpolators: Record<Exclude<Palette, "auto">, (t: number) => string> = {
  viridis: interpolateViridis,
  cividis: interpolateCividis,
  greys: (t) => interpolateGreys(1 - t),
  blueOrange: (t) => interpolatePuOr(1 - t),
};

const tables = new Map<string, readonly Rgb[]>();

/** The colour table of a palette: STEPS colours from low to high, then the colour of NaN. */
export function colorTable(scale: ColorScale, palette: Palette = "auto"): readonly Rgb[] {
  const name = palette === "auto" ? (scale === "diverging" ? "blueOrange" : "cividis") : palette;
  let table = tables.get(name);
  if (!table) {
    table = [...Array.from({ length: STEPS }, (_, i) => parse(interpolators[name](i / (STEPS - 1)))), NAN_COLOR];
    tables.set(name, table);
  }
  return table;
}

export interface Extent {
  readonly min: number;
  readonly max: number;
  readonly finite: number;
}

/** Least and greatest finite value, and how many are finite. */
export function extent(values: ArrayLike<number>): Extent {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let finite = 0;
  for (let i = 0; i < values.length; i++) {
    const v = values[i] as number;
    if (!Number.isFinite(v)) continue;
    finite++;
    if (v < min) min = v;
    if (v > max) max = v;
  }
  return finite ? { min, max, finite } : { min: 0, max: 0, finite: 0 };
}

/** The scale that suits the data: diverging when both signs occur. */
export const autoScale = (e: Extent): ColorScale => (e.min < 0 && e.max > 0 ? "diverging" : "sequential");

/** The function from a value to its place in the colour table. Infinities take the ends; log colours |v| by its exponent. */
export function colorIndex(scale: ColorScale, e: Extent): (v: number) => number {
  const top = STEPS - 1;
  const clamp = (t: number) => (t < 0 ? 0 : t > 1 ? top : Math.round(t * top));
  if (scale === "diverging") {
    const limit = Math.max(-e.min, e.max) || 1;
    return (v) => (Number.isNaN(v) ? NAN_INDEX : clamp(0.5 + v / limit / 2));
  }
  if (scale === "log") {
    const high = Math.log10(Math.max(Math.abs(e.min), Math.abs(e.max)) || 1);
    const low = high - 16;
    return (v) => (Number.isNaN(v) ? NAN_INDEX : v === 0 ? 0 : clamp((Math.log10(Math.abs(v)) - low) / (high - low)));
  }
  // Halves keep the span finite for extents near the largest number.
  const span = e.max / 2 - e.min / 2 || 1;
  return (v) => (Number.isNaN(v) ? NAN_INDEX : e.max === e.min ? top >> 1 : clamp((v / 2 - e.min / 2) / span));
}

/** Colours many values at once into `out`, from a table of one packed colour for each step and a last one for NaN; as {@link colorIndex}, several times faster. */
export function colorize(values: ArrayLike<number>, scale: ColorScale, e: Extent, table: Uint32Array, out: Uint32Array): void {
  const top = STEPS - 1;
  const span = scale === "diverging" ? 2 * Math.max(-e.min, e.max) : e.max - e.min;
  const low = scale === "diverging" ? -span / 2 : e.min;
  const k = top / span;
  if (scale === "log" || !(span > 0) || !Number.isFinite(span) || !Number.isFinite(k)) {
    const index = colorIndex(scale, e);
    for (let i = 0; i < out.length; i++) out[i] = table[index(values[i] as number)] as number;
    return;
  }
  for (let i = 0; i < out.length; i++) {
    const t = ((values[i] as number) - low) * k + 0.5;
    // Not a number fails both comparisons, and its place is the last one.
    out[i] = table[t < 0.5 ? 0 : t >= top ? top : t > 0 ? t | 0 : NAN_INDEX] as number;
  }
}
