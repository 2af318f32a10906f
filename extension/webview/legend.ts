// The strip of colours below the heatmap, with the values at its ends and middle.
import { colorTable, formatNumber, type Palette } from "@scholium/core/figure";
import type { Sight } from "../src/panelMessages.js";
import { h } from "./dom.js";
import type { Scale } from "./tiles.js";

/** The range of a logarithmic scale, as core colours it. */
const DECADES = 16;

export class Legend {
  readonly element = h("div", { class: "legend", "aria-hidden": "true" });

  draw({ least, greatest }: Sight, scale: Scale, palette: Palette): void {
    if (!Number.isFinite(least)) {
      this.element.replaceChildren();
      return;
    }
    const values = h("div", { class: "legend-values" }, ...ends(scale, least, greatest).map((v) => h("span", {}, formatNumber(v, 3))));
    this.element.replaceChildren(strip(scale, palette), values);
  }
}

/** One pixel a colour. */
function strip(scale: Scale, palette: Palette): HTMLCanvasElement {
  const colors = colorTable(scale, palette).slice(0, -1);
  const canvas = h("canvas", { width: colors.length, height: 1 });
  const pixels = colors.flatMap(([r, g, b]) => [r, g, b, 255]);
  canvas.getContext("2d")?.putImageData(new ImageData(Uint8ClampedArray.from(pixels), colors.length), 0, 0);
  return canvas;
}

function ends(scale: Scale, least: number, greatest: number): readonly number[] {
  const limit = Math.max(Math.abs(least), Math.abs(greatest));
  if (scale === "diverging") return [-limit, 0, limit];
  if (scale === "log") return [limit * 10 ** -DECADES, limit * 10 ** (-DECADES / 2), limit];
  return [least, least / 2 + greatest / 2, greatest];
}
