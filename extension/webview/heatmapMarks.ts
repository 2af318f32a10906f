// What is drawn over the colours of a heatmap: borders, hatches, numbers, and the cell cursor.
import { formatNumber } from "@scholium/core/figure";
import { TILE } from "../src/panelMessages.js";
import type { Tiles } from "./tiles.js";
import { type Grid, inSight, type Part, type Size, tilesInSight, type Viewport } from "./viewport.js";

/** The colours of the page; a border only in high contrast. */
export interface Ink {
  readonly cursor: string;
  readonly under: string;
  readonly border: string | null;
}

/** From this size on cells carry their numbers. */
const NUMBERS_FROM = 44;
/** From this size on a cell that is not finite says so. */
const WORDS_FROM = 16;
/** From this size on borders and hatches are drawn. */
const MARKS_FROM = 8;

/** Whole numbers in full, others to three digits; with the minus sign of the figures. */
const shortNumber = (v: number) => formatNumber(v, Number.isInteger(v) && Math.abs(v) < 1e6 ? 6 : 3);

export function drawMarks(context: CanvasRenderingContext2D, view: Viewport, grid: Grid, size: Size, tiles: Tiles, ink: Ink): void {
  if (view.zoom < MARKS_FROM) return;
  const cells = inSight(view, 1, grid, size);
  if (ink.border) drawBorders(context, view, cells, ink.border);
  drawEntries(context, view, grid, size, cells, tiles);
}

function drawBorders(context: CanvasRenderingContext2D, { zoom, x, y }: Viewport, { r0, r1, c0, c1 }: Part, color: string): void {
  context.beginPath();
  for (let i = r0; i <= r1; i++) {
    context.moveTo(x + c0 * zoom, y + i * zoom);
    context.lineTo(x + c1 * zoom, y + i * zoom);
  }
  for (let j = c0; j <= c1; j++) {
    context.moveTo(x + j * zoom, y + r0 * zoom);
    context.lineTo(x + j * zoom, y + r1 * zoom);
  }
  context.lineWidth = 1;
  context.strokeStyle = color;
  context.stroke();
}

/** Numbers where they have room, hatches where an entry is not a number. */
function drawEntries(context: CanvasRenderingContext2D, view: Viewport, grid: Grid, size: Size, cells: Part, tiles: Tiles): void {
  const { zoom } = view;
  const { r0, r1, c0, c1 } = tilesInSight(view, 0, grid, size);
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (let ti = r0; ti < r1; ti++)
    for (let tj = c0; tj < c1; tj++) {
      const held = tiles.entries(ti, tj);
      if (!held || (held.finite && zoom < NUMBERS_FROM)) continue;
      const { rows, columns, data } = held.tile;
      for (let i = Math.max(cells.r0, ti * TILE); i < Math.min(cells.r1, ti * TILE + rows); i++)
        for (let j = Math.max(cells.c0, tj * TILE); j < Math.min(cells.c1, tj * TILE + columns); j++) {
          const v = data[(i - ti * TILE) * columns + (j - tj * TILE)];
          const [left, top] = [view.x + j * zoom, view.y + i * zoom];
          if (zoom >= NUMBERS_FROM || (!Number.isFinite(v) && zoom >= WORDS_FROM)) drawNumber(context, v, left, top, zoom, tiles);
          else if (Number.isNaN(v)) drawHatch(context, left, top, zoom);
        }
    }
}

function drawHatch(context: CanvasRenderingContext2D, left: number, top: number, zoom: number): void {
  context.lineWidth = 1;
  context.strokeStyle = "#000";
  context.beginPath();
  context.moveTo(left, top + zoom);
  context.lineTo(left + zoom, top);
  context.stroke();
}

function drawNumber(context: CanvasRenderingContext2D, v: number, left: number, top: number, zoom: number, tiles: Tiles): void {
  // Relative luminance decides between black and white ink (WCAG 2.2).
  const [r, g, b] = tiles.color(v).map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
  context.font = `${Math.min(15, zoom / 3.4)}px system-ui, sans-serif`;
  context.fillStyle = 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.18 ? "#000" : "#fff";
  context.fillText(shortNumber(v), left + zoom / 2, top + zoom / 2, zoom - 4);
}

/** Two rings, so that the cursor is seen on every colour. */
export function drawCursor(context: CanvasRenderingContext2D, { zoom, x, y }: Viewport, row: number, column: number, ink: Ink): void {
  const side = Math.max(4, zoom);
  for (const [width, color] of [
    [4, ink.under],
    [2, ink.cursor],
  ] as const) {
    context.lineWidth = width;
    context.strokeStyle = color;
    context.strokeRect(x + column * zoom, y + row * zoom, side, side);
  }
}
