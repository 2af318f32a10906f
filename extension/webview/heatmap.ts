// The heatmap on a canvas. Any size costs the same: what is drawn are the tiles in sight, of the level that has about one cell a pixel, and coarser ones
// where those are not here yet.
import { autoScale, formatNumber, type Palette } from "@scholium/core/figure";
import { type Sight, TILE, type Tile } from "../src/panelMessages.js";
import { type Scale, Tiles } from "./tiles.js";

export interface Viewport {
  /** Pixels per cell. */
  zoom: number;
  /** Canvas position of the first cell's corner. */
  x: number;
  y: number;
}

export interface HeatmapOptions {
  readonly onCell: (row: number, column: number) => void;
  readonly onView: () => void;
  readonly onPainted: () => void;
  readonly need: (level: number, row: number, column: number, then: (tile: Tile | null) => void) => void;
  /** The colours the page draws cursor, borders and hatches with; a border only in high contrast. */
  readonly ink: () => { readonly cursor: string; readonly under: string; readonly border: string | null };
}

const LARGEST_ZOOM = 160;
/** From this size on cells carry their numbers. */
const NUMBERS_FROM = 44;
/** From this size on borders and hatches are drawn. */
const MARKS_FROM = 8;
/** Milliseconds of a frame after which no further tile is coloured; one takes about two. */
const PAINT_TIME = 2;
/** Questions for tiles on their way at once. */
const MOST_QUESTIONS = 4;

/** Whole numbers in full, others to three digits; with the minus sign of the figures. */
const shortNumber = (v: number) => formatNumber(v, Number.isInteger(v) && Math.abs(v) < 1e6 ? 6 : 3);

type Shape = Pick<Sight, "rows" | "columns" | "levels" | "least" | "greatest">;

export class Heatmap {
  readonly canvas: HTMLCanvasElement;
  readonly view: Viewport = { zoom: 1, x: 0, y: 0 };
  readonly tiles = new Tiles();
  cursor = { row: 0, column: 0 };
  scale: Scale | "auto" = "auto";
  palette: Palette = "auto";
  #shape: Shape = { rows: 0, columns: 0, levels: 1, least: 0, greatest: 0 };
  #frame = 0;
  #fitted = true;
  #asked = new Set<string>();
  readonly #options: HeatmapOptions;

  constructor(canvas: HTMLCanvasElement, options: HeatmapOptions) {
    this.canvas = canvas;
    this.#options = options;
    new ResizeObserver(() => this.#resize()).observe(canvas);
    canvas.addEventListener("wheel", (e) => this.#wheel(e), { passive: false });
    canvas.addEventListener("pointermove", (e) => this.#pointer(e));
    canvas.addEventListener("pointerdown", (e) => canvas.setPointerCapture(e.pointerId));
  }

  /** Shows another matrix; zoom, pan and cursor stay while its shape does. */
  set(sight: Sight): void {
    const same = sight.rows === this.#shape.rows && sight.columns === this.#shape.columns;
    this.#shape = sight;
    this.#asked = new Set();
    this.tiles.reset(sight.levels - 1, sight.tiles);
    this.#setHeight();
    this.recolor();
    if (!same) {
      this.cursor = { row: 0, column: 0 };
      this.fit();
    }
  }

  /** Takes up a view that was left. */
  restore(view: Viewport, cursor: { readonly row: number; readonly column: number }): void {
    Object.assign(this.view, view);
    this.cursor = { row: Math.min(cursor.row, this.#shape.rows - 1), column: Math.min(cursor.column, this.#shape.columns - 1) };
    this.#fitted = false;
    this.draw();
  }

  /** The scale in use. */
  chosen(): Scale {
    const { least, greatest } = this.#shape;
    return this.scale === "auto" ? autoScale({ min: least, max: greatest, finite: 1 }) : this.scale;
  }

  recolor(): void {
    const { least, greatest } = this.#shape;
    this.tiles.paint({ scale: this.chosen(), palette: this.palette, least, greatest });
    this.draw();
  }

  fit(): void {
    const { rows, columns } = this.#shape;
    const { width, height } = this.#size();
    this.#fitted = true;
    if (!rows || !columns || !width || !height) return;
    const margin = 8;
    this.view.zoom = Math.min(LARGEST_ZOOM, (width - margin) / columns, (height - margin) / rows);
    this.view.x = (width - columns * this.view.zoom) / 2;
    this.view.y = (height - rows * this.view.zoom) / 2;
    this.#moved();
  }

  /** Enlarges around a point of the canvas (its middle by default). */
  zoomBy(factor: number, x = this.#size().width / 2, y = this.#size().height / 2): void {
    const least = Math.min(0.5, this.#size().width / Math.max(1, this.#shape.columns) / 4, this.#size().height / Math.max(1, this.#shape.rows) / 4);
    const zoom = Math.min(LARGEST_ZOOM, Math.max(least, this.view.zoom * factor));
    this.view.x = x - ((x - this.view.x) * zoom) / this.view.zoom;
    this.view.y = y - ((y - this.view.y) * zoom) / this.view.zoom;
    this.view.zoom = zoom;
    this.#fitted = false;
    this.#moved();
  }

  pan(dx: number, dy: number): void {
    const { rows, columns } = this.#shape;
    const { width, height } = this.#size();
    const { zoom } = this.view;
    // A corner of the matrix always stays in sight.
    this.view.x = Math.min(width - 24, Math.max(24 - columns * zoom, this.view.x + dx));
    this.view.y = Math.min(height - 24, Math.max(24 - rows * zoom, this.view.y + dy));
    this.#fitted = false;
    this.#moved();
  }

  moveCursor(row: number, column: number): void {
    const { rows, columns } = this.#shape;
    this.cursor = { row: Math.min(rows - 1, Math.max(0, row)), column: Math.min(columns - 1, Math.max(0, column)) };
    const { zoom } = this.view;
    const { width, height } = this.#size();
    const left = this.view.x + this.cursor.column * zoom;
    const top = this.view.y + this.cursor.row * zoom;
    if (left < 0) this.view.x -= left;
    if (left + zoom > width) this.view.x -= left + zoom - width;
    if (top < 0) this.view.y -= top;
    if (top + zoom > height) this.view.y -= top + zoom - height;
    this.#options.onCell(this.cursor.row, this.cursor.column);
    this.#moved();
  }

  draw(): void {
    if (this.#frame) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#paint();
    });
  }

  #moved(): void {
    this.#options.onView();
    this.draw();
  }

  #size() {
    return { width: this.canvas.clientWidth, height: this.canvas.clientHeight };
  }

  /** The level with about one cell a device pixel. */
  #level(): number {
    const pixels = this.view.zoom * (window.devicePixelRatio || 1);
    return Math.max(0, Math.min(this.#shape.levels - 1, Math.floor(Math.log2(1 / pixels) + 0.25)));
  }

  /** Rows and columns of tiles of a level that are in sight. */
  #inSight(level: number): { r0: number; r1: number; c0: number; c1: number; cell: number } {
    const cell = this.view.zoom * 2 ** level;
    const side = cell * TILE;
    const { width, height } = this.#size();
    const rows = Math.ceil(Math.ceil(this.#shape.rows / 2 ** level) / TILE);
    const columns = Math.ceil(Math.ceil(this.#shape.columns / 2 ** level) / TILE);
    return {
      r0: Math.max(0, Math.floor(-this.view.y / side)),
      r1: Math.min(rows, Math.ceil((height - this.view.y) / side)),
      c0: Math.max(0, Math.floor(-this.view.x / side)),
      c1: Math.min(columns, Math.ceil((width - this.view.x) / side)),
      cell,
    };
  }

  #paint(): void {
    const context = this.canvas.getContext("2d");
    const { width, height } = this.#size();
    if (!context || !width) return;
    const began = performance.now();
    const ratio = window.devicePixelRatio || 1;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    const { rows, columns, levels } = this.#shape;
    if (!rows || !columns) return;
    const { zoom, x, y } = this.view;
    // What lies beyond the last whole block of a coarse level is cut off.
    context.save();
    context.beginPath();
    context.rect(x, y, columns * zoom, rows * zoom);
    context.clip();
    const wanted = this.#level();
    let late = false;
    // From the finest down to the first level that has everything in sight; what lies under that is not seen.
    const layers: (() => void)[] = [];
    for (let level = wanted, whole = false; level < levels && !whole; level++) {
      const { r0, r1, c0, c1, cell } = this.#inSight(level);
      whole = true;
      for (let i = r0; i < r1; i++)
        for (let j = c0; j < c1; j++) {
          const mayPaint = () => level === levels - 1 || performance.now() - began < PAINT_TIME;
          const found = this.tiles.picture(level, i, j, mayPaint);
          if (!found) {
            whole = false;
            late ||= this.tiles.has(level, i, j);
            continue;
          }
          layers.push(() => {
            context.imageSmoothingEnabled = cell * ratio < 1;
            context.drawImage(found.canvas, x + j * TILE * cell, y + i * TILE * cell, found.tile.columns * cell, found.tile.rows * cell);
          });
        }
    }
    for (const draw of layers.reverse()) draw();
    context.restore();
    this.#ask(wanted);
    this.#marks(context);
    if (late) this.draw();
    this.#options.onPainted();
  }

  /** Asks for tiles of the level that are in sight and not here, those in the middle first. */
  #ask(level: number): void {
    const { r0, r1, c0, c1 } = this.#inSight(level);
    const missing: [number, number][] = [];
    for (let i = r0; i < r1; i++)
      for (let j = c0; j < c1; j++) if (!this.tiles.has(level, i, j) && !this.#asked.has(`${level}/${i}/${j}`)) missing.push([i, j]);
    const [mi, mj] = [(r0 + r1 - 1) / 2, (c0 + c1 - 1) / 2];
    missing.sort((a, b) => Math.hypot(a[0] - mi, a[1] - mj) - Math.hypot(b[0] - mi, b[1] - mj));
    const asked = this.#asked;
    for (const [i, j] of missing.slice(0, Math.max(0, MOST_QUESTIONS - asked.size))) {
      const key = `${level}/${i}/${j}`;
      asked.add(key);
      this.#options.need(level, i, j, (tile) => {
        // A tile that cannot be had stays asked for, or it would be asked for again and again.
        if (asked !== this.#asked || !tile) return;
        asked.delete(key);
        this.tiles.add(tile);
        this.draw();
      });
    }
  }

  #marks(context: CanvasRenderingContext2D): void {
    const { rows, columns } = this.#shape;
    const { zoom, x, y } = this.view;
    const { width, height } = this.#size();
    const { cursor, under, border } = this.#options.ink();
    if (zoom >= MARKS_FROM) {
      const firstRow = Math.max(0, Math.floor(-y / zoom));
      const lastRow = Math.min(rows, Math.ceil((height - y) / zoom));
      const firstColumn = Math.max(0, Math.floor(-x / zoom));
      const lastColumn = Math.min(columns, Math.ceil((width - x) / zoom));
      context.lineWidth = 1;
      context.textAlign = "center";
      context.textBaseline = "middle";
      for (let i = firstRow; i < lastRow; i++)
        for (let j = firstColumn; j < lastColumn; j++) {
          const [left, top] = [x + j * zoom, y + i * zoom];
          if (border) {
            context.strokeStyle = border;
            context.strokeRect(left + 0.5, top + 0.5, zoom - 1, zoom - 1);
          }
          const v = this.tiles.value(0, i, j);
          if (v === undefined) continue;
          if (zoom >= NUMBERS_FROM || (!Number.isFinite(v) && zoom >= 16)) this.#number(context, v, left, top, zoom);
          else if (Number.isNaN(v)) {
            context.strokeStyle = "#000";
            context.beginPath();
            context.moveTo(left, top + zoom);
            context.lineTo(left + zoom, top);
            context.stroke();
          }
        }
    }
    // Two rings, so that the cursor is seen on every colour.
    const side = Math.max(4, zoom);
    const [left, top] = [x + this.cursor.column * zoom, y + this.cursor.row * zoom];
    context.lineWidth = 4;
    context.strokeStyle = under;
    context.strokeRect(left, top, side, side);
    context.lineWidth = 2;
    context.strokeStyle = cursor;
    context.strokeRect(left, top, side, side);
  }

  #number(context: CanvasRenderingContext2D, v: number, left: number, top: number, zoom: number): void {
    const [r, g, b] = this.tiles.color(v);
    // Relative luminance decides between black and white ink (WCAG 2.2).
    const [lr, lg, lb] = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    context.font = `${Math.min(15, zoom / 3.4)}px system-ui, sans-serif`;
    context.fillStyle = 0.2126 * lr + 0.7152 * lg + 0.0722 * lb > 0.18 ? "#000" : "#fff";
    context.fillText(shortNumber(v), left + zoom / 2, top + zoom / 2, zoom - 4);
  }

  /** As tall as the whole matrix needs at full width, within what a page has room for. */
  #setHeight(): void {
    const { rows, columns } = this.#shape;
    if (!columns || !this.canvas.clientWidth) return;
    const whole = (this.canvas.clientWidth * rows) / columns + 8;
    const height = `${Math.round(Math.max(200, Math.min(whole, window.innerHeight * 0.62, 620)))}px`;
    if (this.canvas.style.height !== height) this.canvas.style.height = height;
  }

  #resize(): void {
    this.#setHeight();
    const ratio = window.devicePixelRatio || 1;
    const { width, height } = this.#size();
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(height * ratio);
    if (this.#fitted) this.fit();
    this.#paint();
  }

  #wheel(e: WheelEvent): void {
    e.preventDefault();
    if (e.shiftKey) this.pan(-e.deltaY, 0);
    else this.zoomBy(Math.exp(-e.deltaY / 400), e.offsetX, e.offsetY);
  }

  #pointer(e: PointerEvent): void {
    if (e.buttons & 1) {
      this.pan(e.movementX, e.movementY);
      return;
    }
    const row = Math.floor((e.offsetY - this.view.y) / this.view.zoom);
    const column = Math.floor((e.offsetX - this.view.x) / this.view.zoom);
    const { rows, columns } = this.#shape;
    if (row < 0 || row >= rows || column < 0 || column >= columns || (row === this.cursor.row && column === this.cursor.column)) return;
    this.cursor = { row, column };
    this.#options.onCell(row, column);
    this.draw();
  }
}
