// A function over an interval or a rectangle, with its other names set by sliders.
import { said } from "@scholium/core/expr";
import { contourFigure, curveFigure, extent, type Figure, samplePoints, surfaceFigure } from "@scholium/core/figure";
import { line, pictures, refused } from "./common.js";
import type { PartOf } from "./index.js";

/** Points of a curve, and of each side of a rectangle. */
const CURVE = 481;
const CONTOUR = 65;
const SURFACE = 41;

export const sample: PartOf<"sample"> = ({ form, variables, parameters }, entry, context) => {
  if (entry.kind !== "plot") return refused("This is a matrix, not a function.");
  const { names } = entry.real;
  const [x, y] = variables;
  if (!x || (form !== "curve" && !y)) return refused("A curve needs one variable, a surface two.");
  const fixed = new Map(parameters.map((p) => [p.name, p.value]));
  const missing = names.find((n) => n !== x.name && n !== (form === "curve" ? "" : y?.name) && !fixed.has(n));
  if (missing) return refused(said`${missing} has no value.`);
  const xs = samplePoints(x, form === "curve" ? CURVE : form === "contour" ? CONTOUR : SURFACE);
  const ys = form === "curve" || !y ? Float64Array.of(0) : samplePoints(y, xs.length);
  const points = new Float64Array(xs.length * ys.length * names.length);
  let at = 0;
  for (const b of ys)
    for (const a of xs) for (const n of names) points[at++] = n === x.name ? a : form !== "curve" && n === y?.name ? b : (fixed.get(n) ?? 0);
  const values = entry.real.at(points, { milliseconds: context.timeout, clock: context.clock, cancelled: context.cancelled });
  const grid = { rows: ys.length, columns: xs.length, data: values };
  const drawn = (): Figure =>
    form === "curve" || !y
      ? curveFigure(entry.title, x, values)
      : form === "contour"
        ? contourFigure(entry.title, x, y, grid)
        : surfaceFigure(entry.title, x, y, grid);
  const { min, max, finite } = extent(values);
  const k = values.indexOf(min);
  const m = values.indexOf(max);
  const place = (i: number) =>
    form === "curve"
      ? `${x.name} = ${line("", xs[i]).value}`
      : `${x.name} = ${line("", xs[i % xs.length]).value}, ${y?.name} = ${line("", ys[Math.floor(i / xs.length)]).value}`;
  const lines = finite
    ? [line("min", `${line("", min).value}, ${place(k)}`), line("max", `${line("", max).value}, ${place(m)}`)]
    : [line("values", context.say("none in this range"))];
  if (finite && finite < values.length) lines.push(line("without a value", context.say(said`${values.length - finite} of ${values.length} points`)));
  return pictures([drawn()], lines);
};
