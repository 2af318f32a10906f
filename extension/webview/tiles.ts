// The tiles of a matrix as pictures: numbers as they came, coloured when they are first drawn.
import { colorIndex, colorize, colorTable, type Extent, type Palette, type Rgb } from "@scholium/core/figure";
import { TILE, type Tile } from "../src/panelMessages.js";

export type Scale = "sequential" | "diverging" | "log";

export interface Painting {
  readonly scale: Scale;
  readonly palette: Palette;
  readonly least: number;
  readonly greatest: number;
}

interface Held {
  readonly tile: Tile;
  picture?: HTMLCanvasElement;
  painted?: number;
  /** Whether every number in it is finite; found out when it is asked. */
  finite?: boolean;
}

/** A picture with one pixel a cell, and the square of it that shows what was asked for; at the matrix's edge it reaches beyond the picture. */
export interface Found {
  readonly canvas: HTMLCanvasElement;
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/** Tiles kept beside those of the coarsest level; 64 MiB of numbers at most. */
const MOST = 128;

const keyOf = (level: number, row: number, column: number) => `${level}/${row}/${column}`;

export class Tiles {
  readonly #held = new Map<string, Held>();
  #top = 0;
  #version = 0;
  #painting: Painting = { scale: "sequential", palette: "auto", least: 0, greatest: 0 };
  #extent: Extent = { min: 0, max: 0, finite: 0 };
  #table = new Uint32Array(0);
  #colors: readonly Rgb[] = [];
  #index: (v: number) => number = () => 0;

  /** Forgets everything but the tiles of the coarsest level, which are always there. */
  reset(top: number, tiles: readonly Tile[]): void {
    this.#held.clear();
    this.#top = top;
    for (const tile of tiles) this.add(tile);
  }

  add(tile: Tile): void {
    this.#held.set(keyOf(tile.level, tile.row, tile.column), { tile });
    if (this.#held.size <= MOST) return;
    for (const [key, { tile: old }] of this.#held) {
      if (old.level === this.#top) continue;
      this.#held.delete(key);
      return;
    }
  }

  has = (level: number, row: number, column: number): boolean => this.#held.has(keyOf(level, row, column));

  /** The number at a place of a level; undefined while its tile is not here. */
  value(level: number, row: number, column: number): number | undefined {
    const held = this.#held.get(keyOf(level, Math.floor(row / TILE), Math.floor(column / TILE)));
    return held?.tile.data[(row % TILE) * held.tile.columns + (column % TILE)];
  }

  /** The entries of a tile of the matrix itself, and whether all are finite; null while it is not here. */
  entries(row: number, column: number): { readonly tile: Tile; readonly finite: boolean } | null {
    const held = this.#held.get(keyOf(0, row, column));
    if (!held) return null;
    held.finite ??= held.tile.data.every(Number.isFinite);
    return { tile: held.tile, finite: held.finite };
  }

  /** Other colours from now on; pictures are made anew as they are drawn. */
  paint(painting: Painting): void {
    const { scale, palette, least, greatest } = painting;
    const known = Number.isFinite(least) && Number.isFinite(greatest);
    this.#colors = colorTable(scale, palette);
    this.#painting = painting;
    this.#extent = known ? { min: least, max: greatest, finite: 1 } : { min: 0, max: 0, finite: 0 };
    this.#index = colorIndex(scale, this.#extent);
    this.#table = Uint32Array.from(this.#colors, ([r, g, b]) => (255 << 24) | (b << 16) | (g << 8) | r);
    this.#version++;
  }

  color = (v: number): Rgb => this.#colors[this.#index(v)] ?? [128, 128, 128];

  /**
   * The finest picture there is of a tile: its own, or its part of a coarser one's. `mayPaint` says whether there is time to colour another;
   * `late` is true when this one's numbers are here and not yet coloured.
   */
  picture(level: number, row: number, column: number, mayPaint: () => boolean): { readonly found: Found | null; readonly late: boolean } {
    let late = false;
    for (let above = 0; level + above <= this.#top; above++) {
      const shrunk = 2 ** above;
      const held = this.#held.get(keyOf(level + above, Math.floor(row / shrunk), Math.floor(column / shrunk)));
      if (!held) continue;
      const canvas = this.#colored(held, level + above === this.#top || mayPaint());
      if (!canvas) {
        late = true;
        continue;
      }
      const side = TILE / shrunk;
      return { found: { canvas, x: (column % shrunk) * side, y: (row % shrunk) * side, side }, late };
    }
    return { found: null, late };
  }

  /** The picture in the colours of now if it `may` be made, or in the colours of before; null when there is none. */
  #colored(held: Held, may: boolean): HTMLCanvasElement | null {
    const { tile } = held;
    if (tile.level !== this.#top) {
      // To the end: the most recently used.
      const key = keyOf(tile.level, tile.row, tile.column);
      this.#held.delete(key);
      this.#held.set(key, held);
    }
    if ((held.picture && held.painted === this.#version) || !may) return held.picture ?? null;
    const canvas = held.picture ?? document.createElement("canvas");
    canvas.width = tile.columns;
    canvas.height = tile.rows;
    const image = new ImageData(tile.columns, tile.rows);
    colorize(tile.data, this.#painting.scale, this.#extent, this.#table, new Uint32Array(image.data.buffer));
    canvas.getContext("2d")?.putImageData(image, 0, 0);
    held.picture = canvas;
    held.painted = this.#version;
    return canvas;
  }
}
