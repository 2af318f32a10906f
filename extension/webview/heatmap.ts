// The heatmap on a canvas: one pixel per cell in a hidden picture, drawn enlarged; so zoom and pan cost the same for any size.
import { autoScale, type ColorScale, colorIndex, colorTable, type Palette } from "@scholium/core/figure";

export interface Cells {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
  readonly least: number;
  readonly greatest: number;
}

export interface Viewport {
  /** Pixels per cell. */
  zoom: number;
  /** Canvas position of the first cell's corner. */
  x: number;
  y: number;
}

export interface HeatmapOptions {
  readonly onCell: (row: number, column: number) => void;
  /** The colours the page draws text and borders with. */
  readonly ink: () => { readonly cursor: string; readonly border: string | null };
}

const LARGEST_ZOOM = 120;
/** From this size on cells carry their numbers. */
const NUMBERS_FROM = 44;

const shortNumber = (v: number) =>
  Number.isInteger(v) && Math.abs(v) < 1e6 ? String(v) : Number.isFinite(v) ? String(Number(v.toPrecision(3))) : String(v);

export class Heatmap {
  readonly canvas: HTMLCanvasElement;
  readonly view: Viewport = { zoom: 1, x: 0, y: 0 };
  cursor = { row: 0, column: 0 };
  scale: ColorScale | "auto" = "auto";
  palette: Palette = "auto";
  #cells: Cells = { rows: 0, columns: 0, data: new Float64Array(0), least: 0, greatest: 0 };
  #pixels: HTMLCanvasElement | null = null;
  #colors: readonly (readonly [number, number, number])[] = [];
  #index: (v: number) => number = () => 0;
  #frame = 0;
  #fitted = true;
  readonly #options: HeatmapOptions;

  constructor(canvas: HTMLCanvasElement, options: HeatmapOptions) {
    this.canvas = canvas;
    this.#options = options;
    new ResizeObserver(() => this.#resize()).observe(canvas);
    canvas.addEventListener("wheel", (e) => this.#wheel(e), { passive: false });
    canvas.addEventListener("pointermove", (e) => this.#pointer(e));
    canvas.addEventListener("pointerdown", (e) => canvas.setPointerCapture(e.pointerId));
  }

  /** Shows other cells; zoom and pan stay while the shape does. */
  set(cells: Cells): void {
    const same = cells.rows === this.#cells.rows && cells.columns === this.#cells.columns;
    this.#cells = cells;
    this.#rebuild();
    if (!same) {
      this.cursor = { row: 0, column: 0 };
      this.fit();
    }
    this.draw();
  }

  recolor(): void {
    this.#rebuild();
    this.draw();
  }

  fit(): void {
    const { rows, columns } = this.#cells;
    const { width, height } = this.#size();
    if (!rows || !columns || !width) return;
    const margin = 8;
    this.view.zoom = Math.min(LARGEST_ZOOM, (width - margin) / columns, (height - margin) / rows);
    this.view.x = (width - columns * this.view.zoom) / 2;
    this.view.y = (height - rows * this.view.zoom) / 2;
    this.#fitted = true;
    this.draw();
  }

  /** Enlarges around a point of the canvas (its middle by default). */
  zoomBy(factor: number, x = this.#size().width / 2, y = this.#size().height / 2): void {
    const zoom = Math.min(LARGEST_ZOOM, Math.max(0.05, this.view.zoom * factor));
    this.view.x = x - ((x - this.view.x) * zoom) / this.view.zoom;
    this.view.y = y - ((y - this.view.y) * zoom) / this.view.zoom;
    this.view.zoom = zoom;
    this.#fitted = false;
    this.draw();
  }

  pan(dx: number, dy: number): void {
    this.view.x += dx;
    this.view.y += dy;
    this.#fitted = false;
    this.draw();
  }

  moveCursor(row: number, column: number): void {
    const { rows, columns } = this.#cells;
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
    this.draw();
  }

  /** The whole picture as it is coloured, one pixel a cell. */
  pixels = (): HTMLCanvasElement | null => this.#pixels;

  draw(): void {
    if (this.#frame) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#paint();
    });
  }

  #size() {
    return { width: this.canvas.clientWidth, height: this.canvas.clientHeight };
  }

  #rebuild(): void {
    const { rows, columns, data, least, greatest } = this.#cells;
    if (!rows || !columns) {
      this.#pixels = null;
      return;
    }
    const extent = { min: least, max: greatest, finite: Number.isFinite(least) ? data.length : 0 } as Parameters<typeof autoScale>[0];
    const scale = this.scale === "auto" ? autoScale(extent) : this.scale;
    this.#colors = colorTable(scale, this.palette);
    this.#index = colorIndex(scale, extent);
    const image = new ImageData(columns, rows);
    const out = new Uint32Array(image.data.buffer);
    const table = Uint32Array.from(this.#colors, ([r, g, b]) => (255 << 24) | (b << 16) | (g << 8) | r);
    for (let i = 0; i < data.length; i++) out[i] = table[this.#index(data[i])];
    const pixels = document.createElement("canvas");
    pixels.width = columns;
    pixels.height = rows;
    pixels.getContext("2d")?.putImageData(image, 0, 0);
    this.#pixels = pixels;
  }

  #paint(): void {
    const context = this.canvas.getContext("2d");
    const { width, height } = this.#size();
    if (!context || !width) return;
    const ratio = window.devicePixelRatio || 1;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    if (!this.#pixels) return;
    const { rows, columns } = this.#cells;
    const { zoom, x, y } = this.view;
    context.imageSmoothingEnabled = zoom < 1;
    context.drawImage(this.#pixels, x, y, columns * zoom, rows * zoom);
    const firstRow = Math.max(0, Math.floor(-y / zoom));
    const lastRow = Math.min(rows, Math.ceil((height - y) / zoom));
    const firstColumn = Math.max(0, Math.floor(-x / zoom));
    const lastColumn = Math.min(columns, Math.ceil((width - x) / zoom));
    const { cursor, border } = this.#options.ink();
    if (border && zoom >= 8) {
      context.strokeStyle = border;
      context.lineWidth = 1;
      for (let i = firstRow; i < lastRow; i++)
        for (let j = firstColumn; j < lastColumn; j++) context.strokeRect(x + j * zoom + 0.5, y + i * zoom + 0.5, zoom - 1, zoom - 1);
    }
    if (zoom >= NUMBERS_FROM) this.#numbers(context, firstRow, lastRow, firstColumn, lastColumn);
    context.strokeStyle = cursor;
    context.lineWidth = 2;
    context.strokeRect(x + this.cursor.column * zoom + 1, y + this.cursor.row * zoom + 1, Math.max(2, zoom - 2), Math.max(2, zoom - 2));
  }

  #numbers(context: CanvasRenderingContext2D, firstRow: number, lastRow: number, firstColumn: number, lastColumn: number): void {
    const { columns, data } = this.#cells;
    const { zoom, x, y } = this.view;
    context.font = `${Math.min(14, zoom / 3.6)}px system-ui, sans-serif`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (let i = firstRow; i < lastRow; i++)
      for (let j = firstColumn; j < lastColumn; j++) {
        const v = data[i * columns + j];
        const [r, g, b] = this.#colors[this.#index(v)];
        // Relative luminance decides between black and white ink (WCAG 2.2).
        const [lr, lg, lb] = [r, g, b].map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
        context.fillStyle = 0.2126 * lr + 0.7152 * lg + 0.0722 * lb > 0.18 ? "#000" : "#fff";
        context.fillText(shortNumber(v), x + (j + 0.5) * zoom, y + (i + 0.5) * zoom, zoom - 4);
      }
  }

  #resize(): void {
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
    const { rows, columns } = this.#cells;
    if (row >= 0 && row < rows && column >= 0 && column < columns) {
      this.cursor = { row, column };
      this.#options.onCell(row, column);
      this.draw();
    }
  }
}
