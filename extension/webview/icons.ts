// The icons of the toolbar: strokes on a square of 16, in the colour of the text they stand with.
const STROKES = {
  follow: "M8 2.5v2M8 11.5v2M2.5 8h2M11.5 8h2M8 4.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7",
  pin: "M6 2.5h4M6.5 2.5v4.2L4.5 9.5h7l-2-2.8V2.5M8 9.5v4",
  goto: "M13.5 3v10M2.5 8h7.5M7 5l3 3-3 3",
  table: "M2.5 3h11v10h-11zM2.5 6.3h11M2.5 9.6h11M6.2 3v10",
  picture: "M2.5 3h11v10h-11zM3 12l3.4-4 2.4 2.6 1.8-1.9L13 11.5M10.7 5.2a.9.9 0 1 0 0 1.8a.9.9 0 1 0 0-1.8",
  keys: "M2 4.5h12v7H2zM4.5 7h1M7.5 7h1M10.5 7h1M5 9.3h6",
} as const;

export type IconName = keyof typeof STROKES;

const SVG = "http://www.w3.org/2000/svg";

export function icon(name: IconName): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", STROKES[name]);
  svg.append(path);
  return svg;
}
