// Which series is which: its marker beside its name, in the corner of the frame that holds the fewest points.

import type { Series } from "../figure.js";
import type { Theme } from "../theme.js";
import { element, escapeXml, px } from "./text.js";

/** A marker of radius r around a point, as path data: circle, square, triangle, diamond. Colour is never the only difference between series. */
type Marker = (x: number, y: number, r: number) => string;
const MARKERS: readonly Marker[] = [
  (x, y, r) => `M${px(x - r)} ${px(y)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`,
  (x, y, r) => `M${px(x - r)} ${px(y - r)}h${2 * r}v${2 * r}h${-2 * r}z`,
  (x, y, r) => `M${px(x)} ${px(y - r * 1.2)}l${px(r * 1.2)} ${px(r * 2.2)}h${px(-r * 2.4)}z`,
  (x, y, r) => `M${px(x)} ${px(y - r * 1.3)}l${px(r * 1.3)} ${px(r * 1.3)}l${px(-r * 1.3)} ${px(r * 1.3)}l${px(-r * 1.3)} ${px(-r * 1.3)}z`,
];

export const markerOf = (series: number): Marker => MARKERS[series % MARKERS.length] as Marker;

/** The part of a frame that a legend needs. */
export interface Place {
  readonly x: (v: number) => number;
  readonly y: (v: number) => number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const LINE = 14;
/** Points looked at of each series. */
const LOOKED = 400;

/** About how wide a text of 11 pixels is: characters of Chinese take a whole em. */
export const widthOf = (text: string) => [...text].reduce((w, c) => w + (c > "\u2e7f" ? 11.5 : 6.3), 0);

/** Where the legend hides least: right before left, above before below. */
function corner(series: readonly Series[], f: Place, width: number): { readonly right: boolean; readonly below: boolean } {
  const height = series.length * LINE + 8;
  const corners = [
    { right: true, below: false },
    { right: false, below: false },
    { right: true, below: true },
    { right: false, below: true },
  ].map((c) => ({ ...c, hidden: 0 }));
  for (const s of series) {
    const step = Math.max(1, Math.floor(s.y.length / LOOKED));
    for (let i = 0; i < s.y.length; i += step) {
      const [x, y] = [f.x(s.x ? (s.x[i] as number) : i), f.y(s.y[i] as number)];
      for (const c of corners)
        if ((c.right ? x > f.right - width : x < f.left + width) && (c.below ? y > f.bottom - height : y < f.top + height)) c.hidden++;
    }
  }
  return corners.reduce((best, c) => (c.hidden < best.hidden ? c : best));
}

/** What stands beside a name: `sample` draws it from x to x + 18 at a height. Empty for a single series. */
export function legend(series: readonly Series[], f: Place, theme: Theme, sample: (k: number, x: number, y: number) => string): string {
  if (series.length < 2) return "";
  const { right, below } = corner(series, f, Math.max(...series.map((s) => widthOf(s.name))) + 32);
  return series
    .map((s, k) => {
      const y = below ? f.bottom - 10 - (series.length - 1 - k) * LINE : f.top + 8 + k * LINE;
      const x = right ? f.right - 27 : f.left + 29;
      return (
        sample(k, right ? f.right - 22 : f.left + 5, y) +
        element("text", { x, y: y + 4, "text-anchor": right ? "end" : "start", "font-size": 11, fill: theme.ink }, escapeXml(s.name))
      );
    })
    .join("");
}
