import {
  actionFigure2,
  actionFigure3,
  type ColorScale,
  colorIndex,
  colorize,
  contourLevels,
  contourLines,
  cumulativeEnergy,
  curveFigure,
  extent,
  figureSvg,
  figureText,
  graphFigure,
  histogram,
  NAN_INDEX,
  patternFigure,
  pyramid,
  shownRange,
  surfaceFigure,
  tile,
} from "@scholium/core/figure";
import { fromRows, matrix } from "@scholium/core/linalg";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

describe("figures made from values", () => {
  test("a histogram counts every finite value once, whatever the values", () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { minLength: 1, maxLength: 200 }), (values) => {
        const h = histogram(values);
        const finite = values.filter(Number.isFinite).length;
        expect(h.counts.reduce((s, c) => s + c, 0)).toBe(finite);
        expect(h.left).toBe(values.length - finite);
      }),
    );
  });

  test("cumulative energy rises from 0 to 1, and is 1 at once for the zero matrix", () => {
    expect(Array.from(cumulativeEnergy([4, 3]))).toEqual([0, 16 / 25, 1]);
    expect(Array.from(cumulativeEnergy([0, 0]))).toEqual([1, 1, 1]);
    expect(cumulativeEnergy([1e300, 1e300])[1]).toBeCloseTo(0.5, 12);
  });

  test("the pattern of a matrix shows where it is not zero and counts the entries", () => {
    const p = patternFigure(
      "P",
      fromRows([
        [1, 0, 0],
        [0, Number.NaN, 0],
      ]),
    );
    expect(Array.from(p.cells.data)).toEqual([1, 0, 0, 0, 1, 0]);
    expect(p.nonzero).toBe(2);
  });

  test("a pattern larger than its picture keeps the shares of its blocks", () => {
    const n = 400;
    const p = patternFigure(
      "P",
      matrix(
        n,
        n,
        Float64Array.from({ length: n * n }, (_, k) => (Math.floor(k / n) === k % n ? 1 : 0)),
      ),
    );
    expect(p.cells.rows).toBeLessThanOrEqual(160);
    expect(p.nonzero).toBe(n);
    expect(p.cells.data[1]).toBeLessThan(0.5);
    expect(p.cells.data[0]).toBeGreaterThan(0);
  });

  test("a symmetric matrix as a graph has an edge for each pair and a loop for each diagonal entry", () => {
    const g = graphFigure(
      "G",
      fromRows([
        [1, 2, 0],
        [2, 0, -3],
        [0, -3, 0],
      ]),
    );
    expect(g.edges).toEqual([
      { from: 0, to: 0, weight: 1 },
      { from: 0, to: 1, weight: 2 },
      { from: 1, to: 2, weight: -3 },
    ]);
  });

  test("the image of the unit circle goes through the columns of the matrix", () => {
    const f = actionFigure2(
      fromRows([
        [2, 1],
        [0, 3],
      ]),
      "A",
    );
    const image = f.series[1];
    expect([image?.x?.[0], image?.y[0]]).toEqual([2, 0]);
    expect(image?.x?.[30]).toBeCloseTo(1, 12);
    expect(image?.y[30]).toBeCloseTo(3, 12);
  });

  test("the images of the basis vectors in space are the columns of the matrix", () => {
    const f = actionFigure3(
      fromRows([
        [1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
      ]),
      "A",
    );
    const second = f.lines.find((l) => l.name === "A e₂");
    expect(Array.from(second?.points ?? []).slice(3)).toEqual([2, 5, 8]);
  });

  test("a pole does not stretch the axis of a curve", () => {
    const y = Float64Array.from({ length: 401 }, (_, k) => 1 / ((k - 200) / 40 || Number.NaN));
    y[201] = 1e9;
    const range = shownRange(y) as readonly [number, number];
    expect(range[1]).toBeLessThan(100);
    expect(curveFigure("1/x", { name: "x", from: -5, to: 5 }, y).y.domain).toEqual(range);
    expect(shownRange(Float64Array.from({ length: 100 }, (_, k) => k))).toBeUndefined();
  });

  test("lines of equal value of x + y are straight and where they belong", () => {
    const n = 5;
    const grid = matrix(
      n,
      n,
      Float64Array.from({ length: n * n }, (_, k) => Math.floor(k / n) + (k % n)),
    );
    const pieces = contourLines(grid, 2.5);
    expect(pieces.length).toBeGreaterThan(0);
    for (const [c0, r0, c1, r1] of pieces) {
      expect(c0 + r0).toBeCloseTo(2.5, 12);
      expect(c1 + r1).toBeCloseTo(2.5, 12);
    }
    expect(contourLevels(0, 8, 4)).toEqual([2, 4, 6]);
    expect(contourLines(matrix(2, 2, [0, Number.NaN, 1, 2]), 0.5)).toEqual([]);
  });

  test("every kind of figure becomes SVG without NaN in it, and words", () => {
    const grid = matrix(
      4,
      4,
      Float64Array.from({ length: 16 }, (_, k) => Math.sin(k)),
    );
    const x = { name: "x", from: -1, to: 1 };
    const y = { name: "y", from: 0, to: 2 };
    const figures = [
      surfaceFigure("S", x, y, grid),
      actionFigure3(
        fromRows([
          [0, 0, 0],
          [0, 0, 0],
          [0, 0, 0],
        ]),
        "zero",
      ),
      patternFigure("P", fromRows([[1]])),
      { kind: "contour" as const, title: "C", x: { title: "x", domain: [-1, 1] as const }, y: { title: "y", domain: [0, 2] as const }, grid },
      actionFigure2(
        fromRows([
          [0, 0],
          [0, 0],
        ]),
        "zero",
      ),
    ];
    for (const f of figures)
      for (const theme of ["light", "dark", "hc-dark", "hc-light"] as const) {
        const svg = figureSvg(f, { theme });
        expect(svg).not.toMatch(/NaN|Infinity|undefined/);
        expect(figureText(f).length).toBeGreaterThan(10);
      }
  });
});

describe("colouring many values", () => {
  test("gives the colours of one value at a time, but for a step at the border between two", () => {
    const table = Uint32Array.from({ length: 251 }, (_, k) => k);
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.double(), fc.double({ min: -10, max: 10 })), { minLength: 1, maxLength: 50 }),
        fc.constantFrom("sequential", "diverging", "log"),
        (values, scale) => {
          const e = extent(values);
          const out = new Uint32Array(values.length);
          colorize(values, scale as ColorScale, e, table, out);
          const index = colorIndex(scale as ColorScale, e);
          values.forEach((v, k) => {
            if (Number.isNaN(v)) expect(out[k]).toBe(NAN_INDEX);
            else expect(Math.abs((out[k] as number) - index(v))).toBeLessThanOrEqual(1);
          });
        },
      ),
    );
  });
});

describe("the pyramid of a matrix", () => {
  test("its coarsest level holds the means of blocks, edges included", () => {
    const p = pyramid(Float64Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9]), 3, 3, 2);
    expect(p.depth).toBe(1);
    expect(Array.from(p.top.data)).toEqual([3, 4.5, 7.5, 9]);
    expect([p.least, p.greatest, p.finite]).toEqual([1, 9, 9]);
  });

  test("a matrix that is small enough is its own coarsest level", () => {
    const p = pyramid(Float64Array.from([1, Number.NaN, -3, 4]), 2, 2, 2);
    expect([p.depth, p.least, p.greatest, p.finite]).toEqual([0, -3, 4, 3]);
    expect(p.top.data).toBe(p.base.data);
  });

  test("a part of any level holds the means of the entries under it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.nat(5), fc.nat(5), fc.nat(3), (rows, columns, r, c, level) => {
        const data = Float64Array.from({ length: rows * columns }, (_, k) => Math.sin(k + 1));
        const p = pyramid(data, rows, columns, 2);
        fc.pre(level <= p.depth);
        const t = tile(p, level, r, c, 3);
        const side = 2 ** level;
        expect([t.rows, t.columns]).toEqual([rows, columns].map((n, k) => Math.max(0, Math.min(3, Math.ceil(n / side) - [r, c][k]))));
        t.data.forEach((mean, k) => {
          const [i, j] = [r + Math.floor(k / t.columns), c + (k % t.columns)];
          let [sum, count] = [0, 0];
          for (let y = i * side; y < Math.min(rows, (i + 1) * side); y++)
            for (let x = j * side; x < Math.min(columns, (j + 1) * side); x++) {
              sum += data[y * columns + x];
              count++;
            }
          expect(mean).toBeCloseTo(sum / count, 12);
        });
      }),
    );
  });

  test("entries that are not finite are left out of means, and a block of them is NaN", () => {
    const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
    const p = pyramid(Float64Array.from([1, nan, nan, nan, 3, inf, nan, nan]), 2, 4, 2);
    expect(Array.from(p.top.data)).toEqual([2, nan]);
    expect([p.least, p.greatest, p.finite]).toEqual([1, 3, 2]);
  });

  test("means of numbers near the largest are finite", () => {
    const p = pyramid(new Float64Array(16).fill(1.7e308), 4, 4, 2);
    expect(p.top.data[0]).toBe(1.7e308);
  });

  test("a part is a copy, cut at the edge", () => {
    const p = pyramid(Float64Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9]), 3, 3);
    expect(tile(p, 0, 1, 1, 256)).toEqual({ rows: 2, columns: 2, data: Float64Array.from([5, 6, 8, 9]) });
    expect(tile(p, 0, 5, 0, 256).rows).toBe(0);
  });
});
