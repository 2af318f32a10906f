// The heatmap on a canvas. Any size costs the same: what is drawn are the tiles in sight, of the level that has about one cell a pixel, and parts of
// coarser ones where those are not here yet.
import { autoScale, type Palette } from "@scholium/core/figure";
import { type Sight, TILE, type Tile } from "../src/panelMessages.js";
import { drawCursor, drawMarks, type Ink } from "./heatmapMarks.js";
import { soon } from "./host.js";
import { type Scale, Tiles } from "./tiles.js";
import { cellAt, fitted, levelOf, panned, type Size, showing, tilesInSight, type Viewport, zoomed } from "./viewport.js";

export interface HeatmapOptions {
  readonly onCell: (row: number, column: number) => void;
  readonly onView: () => void;
  readonly onPainted: () => void;
  readonly need: (level: number, row: number, column: number, then: (tile: Tile | null) => void) => void;
  /** The colours the page draws cursor, borders and hatches with. */
  readonly ink: () => Ink;
}

/** Milliseconds of a frame after which no further tile is coloured; one takes about two. */
const PAINT_TIME = 2;
/** Questions for tiles on their way at once. */
const MOST_QUESTIONS = 4;
/** Milliseconds a zoom rests before finer tiles are asked for: those of the levels it passes through would be of no use when they come. */
const SETTLED = 80;

type Shape = Pick<Sight, "rows" | "columns" | "levels" | "least" | "greatest">;

export class Heatmap {
  readonly canvas: HTMLCanvasElement;
  readonly tiles = new Tiles();
  view: Viewport = { zoom: 1, x: 0, y: 0 };
  cursor = { row: 0, column: 0 };
  scale: Scale | "auto" = "auto";
  palette: Palette = "auto";
  #shape: Shape = { rows: 0, columns: 0, levels: 1, least: 0, greatest: 0 };
  /** Of the canvas on the page, kept: asking for it in every frame would lay out the page in every frame. */
  #size: Size = { width: 0, height: 0 };
  #ink: Ink | undefined;
  #frame = 0;
  #fitted = true;
  #asked = new Set<string>();
  #zoomedAt = Number.NEGATIVE_INFINITY;
  readonly #settle = soon(() => this.draw(), SETTLED);
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
    this.#measure();
    this.recolor();
    if (!same) {
      this.cursor = { row: 0, column: 0 };
      this.fit();
    }
  }

  /** Takes up a view that was left. */
  restore(view: Viewport, cursor: { readonly row: number; readonly column: number }): void {
    this.view = view;
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
    this.restyle();
  }

  /** The page has other colours. */
  restyle(): void {
    this.#ink = undefined;
    this.draw();
  }

  fit(): void {
    const { rows, columns } = this.#shape;
    this.#fitted = true;
    if (rows && columns && this.#size.width && this.#size.height) this.#move(fitted(this.#shape, this.#size));
  }

  /** Enlarges around a point of the canvas, its middle by default. */
  zoomBy(factor: number, at: readonly [number, number] = [this.#size.width / 2, this.#size.height / 2]): void {
    this.#fitted = false;
    this.#zoomedAt = performance.now();
    this.#move(zoomed(this.view, factor, at, this.#shape, this.#size));
  }

  pan(dx: number, dy: number): void {
    this.#fitted = false;
    this.#move(panned(this.view, dx, dy, this.#shape, this.#size));
  }

  moveCursor(row: number, column: number): void {
    const { rows, columns } = this.#shape;
    this.cursor = { row: Math.min(rows - 1, Math.max(0, row)), column: Math.min(columns - 1, Math.max(0, column)) };
    this.#options.onCell(this.cursor.row, this.cursor.column);
    this.#move(showing(this.view, this.cursor.row, this.cursor.column, this.#size));
  }

  draw(): void {
    if (this.#frame) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#paint();
    });
  }

  #move(view: Viewport): void {
    this.view = view;
    this.#options.onView();
    this.draw();
  }

  #paint(): void {
    const context = this.canvas.getContext("2d");
    const { width, height } = this.#size;
    if (!context || !width) return;
    const began = performance.now();
    const ratio = window.devicePixelRatio || 1;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    const { rows, columns, levels } = this.#shape;
    if (!rows || !columns) return;
    const level = levelOf(this.view, ratio, levels);
    const late = this.#drawTiles(context, level, ratio, () => performance.now() - began < PAINT_TIME);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.#ink ??= this.#options.ink();
    drawMarks(context, this.view, this.#shape, { width, height }, this.tiles, this.#ink);
    drawCursor(context, this.view, this.cursor.row, this.cursor.column, this.#ink);
    this.#ask(level);
    if (late) this.draw();
    this.#options.onPainted();
  }

  /** Draws every tile of a level in sight once, from the finest picture there is of it; true when some could be finer by the next frame. */
  #drawTiles(context: CanvasRenderingContext2D, level: number, ratio: number, mayPaint: () => boolean): boolean {
    const { x, y, zoom } = this.view;
    const { r0, r1, c0, c1 } = tilesInSight(this.view, level, this.#shape, this.#size);
    const side = TILE * 2 ** level;
    // Edges lie on whole device pixels, or there would be seams; what lies beyond the last whole block of a coarse level is cut off.
    const across = (j: number) => Math.round((x + Math.min(this.#shape.columns, j * side) * zoom) * ratio);
    const down = (i: number) => Math.round((y + Math.min(this.#shape.rows, i * side) * zoom) * ratio);
    const share = (count: number, k: number) => Math.min(1, count / side - k);
    context.imageSmoothingEnabled = zoom * 2 ** level * ratio < 1;
    let anyLate = false;
    for (let i = r0; i < r1; i++)
      for (let j = c0; j < c1; j++) {
        const { found, late } = this.tiles.picture(level, i, j, mayPaint);
        anyLate ||= late;
        if (!found) continue;
        const { canvas, x: fromX, y: fromY, side: whole } = found;
        const [left, top] = [across(j), down(i)];
        const [w, h] = [whole * share(this.#shape.columns, j), whole * share(this.#shape.rows, i)];
        context.drawImage(canvas, fromX, fromY, w, h, left, top, across(j + 1) - left, down(i + 1) - top);
      }
    return anyLate;
  }

  /** Asks for tiles of the level that are in sight and not here, those in the middle first. */
  #ask(level: number): void {
    if (performance.now() - this.#zoomedAt < SETTLED) {
      this.#settle();
      return;
    }
    const { r0, r1, c0, c1 } = tilesInSight(this.view, level, this.#shape, this.#size);
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

  /** As tall as the whole matrix needs at full width, within what a page has room for. */
  #measure(): void {
    const { rows, columns } = this.#shape;
    const width = this.canvas.clientWidth;
    if (columns && width) {
      const whole = (width * rows) / columns + 8;
      const height = `${Math.round(Math.max(200, Math.min(whole, window.innerHeight * 0.62, 620)))}px`;
      if (this.canvas.style.height !== height) this.canvas.style.height = height;
    }
    this.#size = { width, height: this.canvas.clientHeight };
  }

  #resize(): void {
    this.#measure();
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [Math.round(this.#size.width * ratio), Math.round(this.#size.height * ratio)];
    // Setting either clears the canvas and what it holds.
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
    if (this.#fitted) this.fit();
    this.#paint();
  }

  #wheel(e: WheelEvent): void {
    e.preventDefault();
    if (e.shiftKey) this.pan(-e.deltaY, 0);
    else this.zoomBy(Math.exp(-e.deltaY / 400), [e.offsetX, e.offsetY]);
  }

  #pointer(e: PointerEvent): void {
    if (e.buttons & 1) {
      this.pan(e.movementX, e.movementY);
      return;
    }
    const [row, column] = cellAt(this.view, e.offsetX, e.offsetY);
    const { rows, columns } = this.#shape;
    if (row < 0 || row >= rows || column < 0 || column >= columns || (row === this.cursor.row && column === this.cursor.column)) return;
    this.cursor = { row, column };
    this.#options.onCell(row, column);
    this.draw();
  }
}
