import { inflateSync } from "node:zlib";
import {
  colorTable,
  encodePng,
  type Figure,
  figureRowSvg,
  figureSvg,
  figureText,
  formatNumber,
  formatRational,
  heatmapPixels,
  NAN_INDEX,
} from "@scholium/core/figure";
import { fromRows, matrix } from "@scholium/core/linalg";
import { describe, expect, test } from "vitest";

const axes = { x: { title: "x" }, y: { title: "y" } };
const figures: Figure[] = [
  {
    kind: "heatmap",
    title: "A",
    matrix: fromRows([
      [1, -2],
      [Number.NaN, 4],
    ]),
  },
  { kind: "heatmap", title: "empty", matrix: matrix(0, 3, []) },
  {
    kind: "heatmap",
    title: "large",
    matrix: matrix(
      300,
      200,
      new Float64Array(60_000).map((_, i) => Math.sin(i)),
    ),
  },
  { kind: "spectrum", title: "σ", values: [3, 1e-3, 1e-18, 0], threshold: 1e-15 },
  { kind: "spectrum", title: "none", values: [] },
  { kind: "line", title: "loss", ...axes, y: { title: "y", scale: "log" }, series: [{ name: "a", y: [1, 0.1, 0, -1, Number.NaN, 0.01] }] },
  { kind: "scatter", title: "λ", ...axes, square: true, unitCircle: true, series: [{ name: "a", x: [0, 0], y: [1, -1] }] },
  {
    kind: "bars",
    title: "b",
    ...axes,
    labels: ["p", "q"],
    series: [
      { name: "a", y: [1, -1] },
      { name: "b", y: [0, 2] },
    ],
  },
  {
    kind: "graph",
    title: "g",
    nodes: [{ label: "1" }, { label: "2" }],
    edges: [
      { from: 0, to: 1, weight: 2 },
      { from: 1, to: 1, weight: -1 },
      { from: 5, to: 0, weight: 1 },
    ],
  },
];

describe("SVG", () => {
  test.each(figures.map((f) => [f.kind, f.title, f] as const))("%s %s is well-formed, has no NaN, and is named in words", (_kind, _title, f) => {
    const svg = figureSvg(f);
    expect(svg).toMatch(/^<svg [^>]*role="img"[^>]*><title>.+<\/title>.*<\/svg>$/s);
    expect(svg.replace(/>[^<]*</g, "><")).not.toMatch(/NaN|Infinity|undefined/);
    expect((svg.match(/<(?!\/|[^>]*\/>)/g) ?? []).length).toBe((svg.match(/<\//g) ?? []).length);
    expect(figureText(f).length).toBeGreaterThan(5);
  });
  test("titles from outside are escaped", () => {
    const svg = figureSvg({ kind: "heatmap", title: '<script>"&\u0000', matrix: fromRows([[1]]) });
    expect(svg).not.toContain("<script");
    expect(svg).not.toContain("\u0000");
  });
  test("a long curve keeps its peak when it is thinned", () => {
    const y = new Float64Array(100_000);
    y[54_321] = 1;
    const svg = figureSvg({ kind: "line", title: "peak", ...axes, series: [{ name: "a", y }] });
    expect(svg.length).toBeLessThan(60_000);
    expect(figureText({ kind: "line", title: "peak", ...axes, series: [{ name: "a", y }] })).toContain("greatest 1 at 54320");
  });
  test("several figures stand side by side in one picture", () => expect(figureRowSvg(figures.slice(0, 2)).match(/<g transform/g)).toHaveLength(2));
});

describe("heatmaps", () => {
  test("NaN has a colour of its own, signed data a scale centred on zero", () => {
    const p = heatmapPixels(fromRows([[-1, 0, 1, Number.NaN]]), undefined, 10, 10);
    expect(p.scale).toBe("diverging");
    expect(p.pixels[3]).toBe(NAN_INDEX);
    expect(Math.abs(p.pixels[0] + p.pixels[2] - 2 * p.pixels[1])).toBeLessThanOrEqual(1);
  });
  test("a matrix larger than the picture is averaged block by block", () => {
    const p = heatmapPixels(matrix(100, 100, new Float64Array(10_000).fill(3)), undefined, 10, 10);
    expect([p.width, p.height]).toEqual([10, 10]);
  });
  test("the PNG holds the pixels", () => {
    const png = encodePng(2, 2, Uint8Array.of(0, 1, 2, 3), colorTable("sequential"));
    const at = Buffer.from(png).indexOf("IDAT");
    const length = Buffer.from(png).readUInt32BE(at - 4);
    expect([...inflateSync(png.subarray(at + 4, at + 4 + length))]).toEqual([0, 0, 1, 0, 2, 3]);
  });
});

test("numbers are written short, with a true minus sign", () => {
  expect([0, 1 / 3, -1e-9, 12_345_678, Number.NaN, Number.NEGATIVE_INFINITY].map((v) => formatNumber(v, 3))).toEqual([
    "0",
    "0.333",
    "−1e−9",
    "1.23e7",
    "NaN",
    "−∞",
  ]);
});

test("fractions as labels, also beyond floating point", () => {
  const big = 10n ** 400n;
  const shown = (num: bigint, den: bigint) => formatRational({ num, den }, 3);
  expect([
    shown(0n, 1n),
    shown(-1n, 3n),
    shown(1n, big),
    shown(-2n * big, 3n),
    shown(9999n * big, 1n),
    shown(big - 1n, big * big),
    shown(1n, 10n ** 310n),
  ]).toEqual(["0", "−0.333", "1e−400", "−6.67e399", "1e404", "1e−400", "1e−310"]);
});
