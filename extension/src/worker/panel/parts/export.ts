// The value as a file: all its entries with every digit, or its picture.
import { matrixValue, type Value } from "@scholium/core/expr";
import { colorTable, encodePng, figureSvg, type HeatmapPixels, heatmapPixels } from "@scholium/core/figure";
import { printValue } from "../../print.js";
import type { MatrixEntry } from "../store.js";
import { refused } from "./common.js";
import type { PartOf } from "./index.js";
import { npyBytes } from "./npy.js";

/** Larger matrices become too long a text. */
const PRINTED = 4_000_000;
/** Pixels of a heatmap's side at most, and the side that is aimed at where an entry would be a pixel. */
const LARGEST_PNG = 4096;
const USUAL_PNG = 512;

const utf8 = (text: string) => new TextEncoder().encode(text);

/** Comma-separated rows with every digit; complex entries as 1+2i. */
function csv({ matrix: { rows, columns, data, imag } }: MatrixEntry): string {
  const out: string[] = [];
  for (let i = 0; i < rows; i++) {
    const row: string[] = [];
    for (let j = 0; j < columns; j++) {
      const k = i * columns + j;
      row.push(imag ? `${data[k]}${imag[k] < 0 ? "-" : "+"}${Math.abs(imag[k])}i` : String(data[k]));
    }
    out.push(row.join(","));
  }
  return `${out.join("\n")}\n`;
}

/** Whole squares of pixels in place of single ones, so that a small matrix is no picture of a few pixels. */
function enlarged({ width, height, pixels }: HeatmapPixels): Pick<HeatmapPixels, "width" | "height" | "pixels"> {
  const by = Math.max(1, Math.floor(USUAL_PNG / Math.max(width, height)));
  const out = new Uint8Array(width * by * height * by);
  for (let i = 0, k = 0; i < height * by; i++)
    for (let j = 0; j < width * by; j++, k++) out[k] = pixels[Math.floor(i / by) * width + Math.floor(j / by)];
  return { width: width * by, height: height * by, pixels: out };
}

export const exported: PartOf<"export"> = ({ format, theme, palette, scale }, entry) => {
  const text = (name: "latex" | "python", value: Value, extension: string) => {
    const printed = printValue(value, name, { digits: 17 });
    return printed === null
      ? refused("This value cannot be written in that notation.")
      : { kind: "bytes" as const, bytes: utf8(`${printed}\n`), extension };
  };
  if (entry.kind === "plot") {
    if (format === "latex") return text("latex", entry.value, "tex");
    if (format === "numpy") return text("python", entry.value, "py");
    return refused("A function has no entries; export its figure.");
  }
  const { matrix } = entry;
  if (format === "npy") return { kind: "bytes", bytes: npyBytes(matrix), extension: "npy" };
  if (format === "png") {
    const drawn = heatmapPixels(matrix, scale, LARGEST_PNG, LARGEST_PNG);
    const { width, height, pixels } = enlarged(drawn);
    return { kind: "bytes", bytes: encodePng(width, height, pixels, colorTable(drawn.scale, palette)), extension: "png" };
  }
  if (format === "svg")
    return {
      kind: "bytes",
      bytes: utf8(
        figureSvg({ kind: "heatmap", title: entry.title, matrix, ...(scale ? { scale } : {}) }, { width: 640, height: 560, theme, palette }),
      ),
      extension: "svg",
    };
  if (matrix.data.length > PRINTED) return refused("The matrix is too large for a text; export it as NPY.");
  if (format === "csv") return { kind: "bytes", bytes: utf8(csv(entry)), extension: "csv" };
  const value = entry.value.kind === "array" || entry.value.kind === "rational" ? entry.value : matrixValue(matrix);
  return format === "latex" ? text("latex", value, "tex") : text("python", value, "py");
};
