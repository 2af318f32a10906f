// Where a matrix lies on the canvas: a zoom and a place, moved by pure steps, and which cells and tiles of it are in sight.
import { TILE } from "../src/panelMessages.js";

export interface Viewport {
  /** Pixels per cell. */
  readonly zoom: number;
  /** Canvas position of the first cell's corner. */
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Grid {
  readonly rows: number;
  readonly columns: number;
  /** Levels of resolution; 1 when there are only the entries. */
  readonly levels: number;
}

const LARGEST_ZOOM = 160;
/** Pixels around a matrix that is shown whole. */
const MARGIN = 8;
/** Pixels of a matrix that always stay in sight. */
const LEFT_IN_SIGHT = 24;

/** The whole matrix in the middle. */
export function fitted({ rows, columns }: Grid, { width, height }: Size): Viewport {
  const zoom = Math.min(LARGEST_ZOOM, (width - MARGIN) / columns, (height - MARGIN) / rows);
  return { zoom, x: (width - columns * zoom) / 2, y: (height - rows * zoom) / 2 };
}

/** Enlarged around a point. */
export function zoomed(
  view: Viewport,
  factor: number,
  [x, y]: readonly [number, number],
  { rows, columns }: Grid,
  { width, height }: Size,
): Viewport {
  const least = Math.min(0.5, width / Math.max(1, columns) / 4, height / Math.max(1, rows) / 4);
  const zoom = Math.min(LARGEST_ZOOM, Math.max(least, view.zoom * factor));
  const by = zoom / view.zoom;
  return { zoom, x: x - (x - view.x) * by, y: y - (y - view.y) * by };
}

/** Moved by some pixels; a corner of the matrix stays in sight. */
export function panned({ zoom, x, y }: Viewport, dx: number, dy: number, { rows, columns }: Grid, { width, height }: Size): Viewport {
  const within = (v: number, length: number, room: number) => Math.min(room - LEFT_IN_SIGHT, Math.max(LEFT_IN_SIGHT - length, v));
  return { zoom, x: within(x + dx, columns * zoom, width), y: within(y + dy, rows * zoom, height) };
}

/** Moved as little as brings a cell into sight. */
export function showing({ zoom, x, y }: Viewport, row: number, column: number, { width, height }: Size): Viewport {
  const moved = (start: number, cell: number, room: number) => {
    const at = start + cell * zoom;
    return at < 0 ? start - at : at + zoom > room ? start - (at + zoom - room) : start;
  };
  return { zoom, x: moved(x, column, width), y: moved(y, row, height) };
}

/** The cell at a point of the canvas, which may lie beside the matrix. */
export const cellAt = ({ zoom, x, y }: Viewport, px: number, py: number): readonly [row: number, column: number] => [
  Math.floor((py - y) / zoom),
  Math.floor((px - x) / zoom),
];

/** The level with about one cell a device pixel. */
export const levelOf = ({ zoom }: Viewport, ratio: number, levels: number): number =>
  Math.max(0, Math.min(levels - 1, Math.floor(Math.log2(1 / (zoom * ratio)) + 0.25)));

/** Rows and columns from the first in sight to behind the last. */
export interface Part {
  readonly r0: number;
  readonly r1: number;
  readonly c0: number;
  readonly c1: number;
}

/** What is in sight of a grid of squares that lie over the matrix, `side` cells each. */
export function inSight({ zoom, x, y }: Viewport, side: number, { rows, columns }: Grid, { width, height }: Size): Part {
  const square = side * zoom;
  return {
    r0: Math.max(0, Math.floor(-y / square)),
    r1: Math.min(Math.ceil(rows / side), Math.ceil((height - y) / square)),
    c0: Math.max(0, Math.floor(-x / square)),
    c1: Math.min(Math.ceil(columns / side), Math.ceil((width - x) / square)),
  };
}

/** The tiles of a level in sight. */
export const tilesInSight = (view: Viewport, level: number, grid: Grid, size: Size): Part => inSight(view, TILE * 2 ** level, grid, size);
