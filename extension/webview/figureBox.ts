// Figures of the engine as drawn elements: sized to their place, in words for those who do not see them, turned where they stand in space.
import { type Figure, figureSvg, type Palette, type ThemeKind } from "@scholium/core/figure";
import { h, picture } from "./dom.js";
import { localized, t, wording, wordsOf } from "./texts.js";

export interface Drawing {
  readonly theme: ThemeKind;
  readonly palette: Palette;
}

/** Figures narrower than this stand below each other, unless told. */
const NARROWEST = 195;
const TURN = 8;

export class FigureBox {
  readonly element: HTMLDivElement;
  #figures: readonly Figure[] = [];
  #turn: readonly [number, number] | null = null;
  #drawing: Drawing = { theme: "dark", palette: "auto" };
  readonly #height: (width: number, count: number) => number;
  readonly #narrowest: number;

  /** `height` gives a figure's height for its width and the number of figures. */
  constructor(className: string, height: (width: number, count: number) => number, row = false, narrowest = NARROWEST) {
    this.#height = height;
    this.#narrowest = narrowest;
    this.element = h("div", { class: `figures ${className}` });
    this.element.dataset["row"] = String(row);
    new ResizeObserver(() => this.draw()).observe(this.element);
    this.element.addEventListener("keydown", (e) => this.#key(e));
    this.element.addEventListener("pointermove", (e) => {
      if (e.buttons & 1) this.turnBy(-e.movementX / 2, e.movementY / 2);
    });
  }

  get figures(): readonly Figure[] {
    return this.#figures;
  }

  show(figures: readonly Figure[], drawing: Drawing): void {
    const same = figures.length === this.#figures.length && figures.every((f, k) => f.kind === this.#figures[k].kind);
    // The turn stays while the same kind of figure is shown again: a slider must not turn the picture back.
    if (!same) this.#turn = null;
    this.#figures = figures.map(localized);
    this.#drawing = drawing;
    this.draw();
  }

  clear(): void {
    this.#figures = [];
    this.element.replaceChildren();
  }

  recolor(drawing: Drawing): void {
    this.#drawing = drawing;
    this.draw();
  }

  turnBy(yaw: number, pitch: number): void {
    const space = this.#figures.find((f) => f.kind === "space");
    if (!space) return;
    const [y, p] = this.#turn ?? space.turn ?? [35, 25];
    this.#turn = [(y + yaw + 360) % 360, Math.max(-89, Math.min(89, p + pitch))];
    this.draw();
  }

  draw(): void {
    const all = this.#figures;
    const width = Math.floor(this.element.clientWidth);
    if (!all.length || !width) return;
    const across = this.element.dataset["row"] === "true" ? Math.max(1, Math.min(all.length, Math.floor(width / this.#narrowest))) : 1;
    const each = Math.floor(width / across) - (across > 1 ? 8 : 0);
    const focused = this.element.contains(document.activeElement);
    const drawn = all.map((f) => this.#one(f, each, this.#height(each, Math.ceil(all.length / across))));
    this.element.replaceChildren(...drawn);
    if (focused) this.element.querySelector<HTMLElement>("[tabindex]")?.focus();
  }

  /** The figures as one SVG text of the size they are shown in, for a file. */
  svg(): string | null {
    const [figure] = this.#figures;
    return figure ? this.#svg(figure, 720, 540) : null;
  }

  #svg(figure: Figure, width: number, height: number): string {
    const turned = figure.kind === "space" && this.#turn ? { ...figure, turn: this.#turn } : figure;
    return figureSvg(turned, { width, height, theme: this.#drawing.theme, palette: this.#drawing.palette, wording });
  }

  #one(figure: Figure, width: number, height: number): HTMLElement {
    const svg = picture(this.#svg(figure, width, height));
    const words = wordsOf([figure]);
    const space = figure.kind === "space";
    svg?.setAttribute("aria-hidden", "true");
    svg?.removeAttribute("role");
    svg?.querySelector("title")?.remove();
    const label = space ? `${words} ${t("Turn with the arrow keys.")}` : words;
    return h("div", { class: "figure-one", role: "img", "aria-label": label, tabindex: space ? 0 : undefined }, svg);
  }

  #key(e: KeyboardEvent): void {
    const by = { ArrowLeft: [TURN, 0], ArrowRight: [-TURN, 0], ArrowUp: [0, TURN], ArrowDown: [0, -TURN] }[e.key];
    if (!by || !this.#figures.some((f) => f.kind === "space")) return;
    e.preventDefault();
    e.stopPropagation();
    this.turnBy(by[0], by[1]);
  }
}

/** SVG text as PNG bytes, twice its size. */
export async function rasterized(svg: string): Promise<Uint8Array | null> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = h("canvas", { width: image.naturalWidth * 2, height: image.naturalHeight * 2 });
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  return blob ? new Uint8Array(await blob.arrayBuffer()) : null;
}
