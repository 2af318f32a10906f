// A weighted graph on a circle, or at the places it brings along.

import type { GraphFigure } from "../figure.js";
import type { Theme } from "../theme.js";
import { element, escapeXml, type Size } from "./text.js";

export function graphSvg(figure: GraphFigure, size: Size, theme: Theme): string {
  const n = figure.nodes.length;
  const top = 26;
  const radius = Math.min(size.width, size.height - top) / 2 - 18;
  const [cx, cy] = [size.width / 2, top + (size.height - top) / 2];
  const place = figure.nodes.map((node, i) => {
    if (node.x !== undefined && node.y !== undefined) return [cx + (2 * node.x - 1) * radius, cy + (2 * node.y - 1) * radius] as const;
    const angle = (2 * Math.PI * i) / Math.max(1, n) - Math.PI / 2;
    return [cx + radius * Math.cos(angle), cy + radius * Math.sin(angle)] as const;
  });
  const heaviest = figure.edges.reduce((m, e) => Math.max(m, Math.abs(e.weight)), 0) || 1;
  const parts = [element("text", { x: 4, y: 16, "font-size": 13, "font-weight": "600", fill: theme.ink }, escapeXml(figure.title))];
  for (const e of figure.edges) {
    const [a, b] = [place[e.from], place[e.to]];
    if (!a || !b) continue;
    const look = {
      stroke: theme.series[e.weight < 0 ? 1 : 0] as string,
      "stroke-width": 0.5 + (2.5 * Math.abs(e.weight)) / heaviest,
      "stroke-dasharray": e.weight < 0 ? "4 3" : undefined,
      fill: "none",
    };
    parts.push(
      e.from === e.to
        ? element("circle", { cx: a[0], cy: a[1] - 9, r: 7, ...look })
        : element("line", { x1: a[0], y1: a[1], x2: b[0], y2: b[1], ...look }),
    );
  }
  const r = n > 60 ? 3 : 9;
  place.forEach(([x, y], i) => {
    parts.push(element("circle", { cx: x, cy: y, r, fill: theme.kind.includes("dark") ? "#1f1f1f" : "#ffffff", stroke: theme.ink }));
    if (r > 5)
      parts.push(
        element("text", { x, y: y + 3.5, "text-anchor": "middle", "font-size": 10, fill: theme.ink }, escapeXml(figure.nodes[i]?.label ?? "")),
      );
  });
  return parts.join("");
}
