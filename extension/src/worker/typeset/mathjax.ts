// LaTeX to SVG by MathJax 4 without a DOM. A part of its own, loaded when the first hover needs it.
import { MathJaxNewcmFont } from "@mathjax/mathjax-newcm-font/mjs/svg.js";
import { liteAdaptor } from "@mathjax/src/mjs/adaptors/liteAdaptor.js";
import { RegisterHTMLHandler } from "@mathjax/src/mjs/handlers/html.js";
import { TeX } from "@mathjax/src/mjs/input/tex.js";
import { mathjax } from "@mathjax/src/mjs/mathjax.js";
import { SVG } from "@mathjax/src/mjs/output/svg.js";
import "@mathjax/src/mjs/input/tex/base/BaseConfiguration.js";
import "@mathjax/src/mjs/input/tex/ams/AmsConfiguration.js";

const adaptor = liteAdaptor();
RegisterHTMLHandler(adaptor);
const page = mathjax.document("", {
  InputJax: new TeX({
    packages: ["base", "ams"],
    maxBuffer: 64 * 1024,
    formatError: (_: unknown, error: Error) => {
      throw error;
    },
  }),
  OutputJax: new SVG({ fontCache: "local", fontData: MathJaxNewcmFont }),
});

export interface Typeset {
  readonly svg: string;
  /** Sizes in ex of the font. */
  readonly width: number;
  readonly height: number;
}

/** Sets a formula; null when MathJax cannot read it or lacks a glyph. */
export function typeset(latex: string): Typeset | null {
  try {
    const node = page.convert(latex, { display: true, em: 16, ex: 8, containerWidth: 100_000 });
    const svg = adaptor.outerHTML(adaptor.firstChild(node as never) as never);
    const size = (name: string) => Number(new RegExp(`\\b${name}="([\\d.]+)ex"`).exec(svg)?.[1] ?? Number.NaN);
    const [width, height] = [size("width"), size("height")];
    return Number.isFinite(width) && Number.isFinite(height) && !svg.includes("data-mjx-error") ? { svg, width, height } : null;
  } catch {
    return null; // a retry would load a font part at run time; the reader sees the text instead
  }
}
