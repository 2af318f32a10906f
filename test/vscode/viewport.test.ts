// How a matrix lies on the heatmap's canvas, and how questions of a page wait for each other.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Turn } from "../../extension/webview/turn.js";
import { cellAt, fitted, inSight, levelOf, panned, showing, zoomed } from "../../extension/webview/viewport.js";

const grid = fc.record({ rows: fc.integer({ min: 1, max: 5000 }), columns: fc.integer({ min: 1, max: 5000 }), levels: fc.constant(6) });
const size = fc.record({ width: fc.integer({ min: 120, max: 2000 }), height: fc.integer({ min: 120, max: 1200 }) });
const view = fc.tuple(grid, size, fc.double({ min: 0.2, max: 5, noNaN: true })).map(([g, s, factor]) => ({
  g,
  s,
  v: zoomed(fitted(g, s), factor, [s.width / 2, s.height / 2], g, s),
}));

describe("the place of a matrix on the canvas", () => {
  test("the whole matrix is in sight when it is fitted", () => {
    fc.assert(
      fc.property(grid, size, (g, s) => {
        const part = inSight(fitted(g, s), 1, g, s);
        expect(part).toEqual({ r0: 0, r1: g.rows, c0: 0, c1: g.columns });
      }),
    );
  });

  test("zooming leaves what is under the pointer where it is", () => {
    fc.assert(
      fc.property(view, fc.double({ min: 0.5, max: 2, noNaN: true }), ({ g, s, v }, factor) => {
        const [px, py] = [s.width / 3, s.height / 4];
        const after = zoomed(v, factor, [px, py], g, s);
        expect((px - after.x) / after.zoom).toBeCloseTo((px - v.x) / v.zoom, 6);
        expect((py - after.y) / after.zoom).toBeCloseTo((py - v.y) / v.zoom, 6);
      }),
    );
  });

  test("however far one pans, some of the matrix stays in sight", () => {
    fc.assert(
      fc.property(view, fc.integer({ min: -1e5, max: 1e5 }), fc.integer({ min: -1e5, max: 1e5 }), ({ g, s, v }, dx, dy) => {
        const { r0, r1, c0, c1 } = inSight(panned(v, dx, dy, g, s), 1, g, s);
        expect(r1 > r0 && c1 > c0).toBe(true);
      }),
    );
  });

  test("a cell that is shown lies on the canvas and is the one at its middle", () => {
    fc.assert(
      fc.property(view, fc.nat(), fc.nat(), ({ g, s, v }, p, q) => {
        const [row, column] = [p % g.rows, q % g.columns];
        const after = showing(v, row, column, s);
        fc.pre(after.zoom <= Math.min(s.width, s.height));
        const [x, y] = [after.x + (column + 0.5) * after.zoom, after.y + (row + 0.5) * after.zoom];
        expect(x >= 0 && y >= 0 && x <= s.width && y <= s.height).toBe(true);
        expect(cellAt(after, x, y)).toEqual([row, column]);
      }),
    );
  });

  test("a level has about one cell a device pixel", () => {
    expect(levelOf({ zoom: 1, x: 0, y: 0 }, 1, 6)).toBe(0);
    expect(levelOf({ zoom: 1 / 8, x: 0, y: 0 }, 1, 6)).toBe(3);
    expect(levelOf({ zoom: 1 / 8, x: 0, y: 0 }, 2, 6)).toBe(2);
    expect(levelOf({ zoom: 1 / 1024, x: 0, y: 0 }, 1, 6)).toBe(5);
  });
});

describe("questions that wait for each other", () => {
  test("one is on its way at a time, and of those that come meanwhile only the newest is asked", () => {
    const turn = new Turn();
    const asked: number[] = [];
    for (const k of [1, 2, 3]) turn.ask(() => asked.push(k));
    expect(asked).toEqual([1]);
    turn.done();
    expect(asked).toEqual([1, 3]);
    turn.done();
    turn.ask(() => asked.push(4));
    expect(asked).toEqual([1, 3, 4]);
  });

  test("what is forgotten is not asked any more", () => {
    const turn = new Turn();
    const asked: number[] = [];
    turn.ask(() => asked.push(1));
    turn.ask(() => asked.push(2));
    turn.forget();
    turn.ask(() => asked.push(3));
    expect(asked).toEqual([1, 3]);
  });
});
