// What the engine answers to the panel's questions, without an editor.

import { describe, expect, test } from "vitest";
import type { Part, PartAnswer, Sight } from "../../extension/src/panelMessages.js";
import { type Conventions, jobs, type Place } from "../../extension/src/protocol.js";
import { documentCopies } from "../../extension/src/worker/copies.js";
import { handlers, type JobContext } from "../../extension/src/worker/jobs/index.js";
import { valueStore } from "../../extension/src/worker/panel/store.js";
import { english, tongue } from "../../extension/src/worker/tongue.js";

const conventions: Conventions = { exact: "auto", digits: 6, output: "source", scope: "above" };

function engine(say = english) {
  const context = {
    copies: documentCopies(),
    store: valueStore(),
    say,
    clock: () => performance.now(),
    cancelled: () => false,
  } as unknown as JobContext;
  const place = (text: string, language: string): Place => ({ uri: "test:a", version: 1, language, range: [0, text.length], text });
  return {
    async sight(text: string, language = "matlab"): Promise<Sight> {
      const answer = await handlers.panel({ place: place(text, language), conventions, timeout: 20_000 }, context);
      if (!answer.ok) throw new Error(answer.problem.message);
      // Through the decoders of the borders, the second of which is JSON but for numbers in blocks.
      return (jobs.panel.answer(answer) as typeof answer).sight;
    },
    problem: async (text: string) => handlers.panel({ place: place(text, "latex"), conventions, timeout: 20_000 }, context),
    async part(key: string, part: Part): Promise<PartAnswer> {
      return jobs.part.answer(await handlers.part({ key, part: jobs.part.ask({ key, part, timeout: 1 }).part, timeout: 20_000 }, context));
    },
    forget: (key: string) => handlers.forget({ key }, context),
  };
}

const lines = (answer: PartAnswer): Record<string, string> => {
  if (answer.kind !== "pictures") throw new Error(JSON.stringify(answer));
  return Object.fromEntries(answer.lines.map((l) => [l.label, l.value]));
};

describe("the engine's side of the panel", () => {
  test("a small matrix comes whole, with what may be asked of it", async () => {
    const sight = await engine().sight("[4 1; 1 3]");
    expect([sight.rows, sight.columns, sight.levels]).toEqual([2, 2, 1]);
    expect(Array.from(sight.tiles[0].data)).toEqual([4, 1, 1, 3]);
    expect(sight.figures).toEqual(["pattern", "eigenvalues", "graph", "action"]);
    expect(sight.factors).toContain("cholesky");
  });

  test("a large matrix comes as its coarsest level, and finer tiles on demand are its own entries", async () => {
    const e = engine();
    const sight = await e.sight("(1:1100)' * (1:1100)");
    expect(sight.levels).toBe(4);
    const answer = await e.part(sight.key, { kind: "tile", level: 0, row: 4, column: 1 });
    expect(answer.kind === "tile" && answer.tile.rows).toBe(76);
    expect(answer.kind === "tile" && answer.tile.data[0]).toBe(1025 * 257);
    expect((await e.part(sight.key, { kind: "tile", level: 0, row: 5, column: 0 })).kind).toBe("refused");
  });

  test("every factorisation of a positive definite matrix gives it back to rounding", async () => {
    const e = engine();
    const { key, factors } = await e.sight("[4 1 -2; 1 3 0; -2 0 5]");
    for (const name of factors) {
      const residual = Number(lines(await e.part(key, { kind: "factors", name, force: false }))["relative residual"].replace("−", "-"));
      expect(residual, name).toBeLessThan(1e-14);
    }
  });

  test("a factorisation that does not exist says why", async () => {
    const e = engine();
    const { key } = await e.sight("[1 2; 3 4]");
    const answer = await e.part(key, { kind: "factors", name: "cholesky", force: false });
    expect(answer.kind === "refused" && answer.message).toMatch(/not symmetric/);
  });

  test("the approximation of a rank has the error of the singular values left out", async () => {
    const e = engine();
    const { key } = await e.sight("[3 0 0; 0 2 0; 0 0 1]");
    const l = lines(await e.part(key, { kind: "approximation", rank: 1 }));
    expect(l["‖A − Aₖ‖₂"]).toBe("2");
    expect(Number(l["‖A − Aₖ‖F"])).toBeCloseTo(Math.sqrt(5), 3);
  });

  test("two values are compared entry by entry, and different shapes refused", async () => {
    const e = engine();
    const [a, b, c] = [await e.sight("[1 2; 3 4]"), await e.sight("[1 2; 3 5]"), await e.sight("[1 2 3]")];
    const l = lines(await e.part(a.key, { kind: "compare", other: b.key }));
    expect(l["largest difference"]).toBe("1 (2, 2)");
    expect(l["equal entries"]).toBe("3 of 4 entries");
    expect((await e.part(a.key, { kind: "compare", other: c.key })).kind).toBe("refused");
    expect((await e.part(a.key, { kind: "compare", other: "gone" })).kind).toBe("gone");
  });

  test("cells and tables are exact where the value is", async () => {
    const e = engine();
    const { key } = await e.sight("\\begin{pmatrix}\\frac13&2\\\\3&4\\end{pmatrix}", "latex");
    expect(await e.part(key, { kind: "cell", row: 0, column: 0 })).toEqual({ kind: "text", text: "1/3" });
    expect(await e.part(key, { kind: "table", row: 0, column: 0, rows: 2, columns: 2 })).toEqual({ kind: "table", texts: ["1/3", "2", "3", "4"] });
  });

  test("a formula in two names is plotted, with parameters where they are", async () => {
    const e = engine();
    const sight = await e.sight("f(x) = a x^2", "latex");
    expect([sight.kind, sight.names, sight.arity]).toEqual(["plot", ["x", "a"], 1]);
    const answer = await e.part(sight.key, {
      kind: "sample",
      form: "curve",
      variables: [{ name: "x", from: -2, to: 2 }],
      parameters: [{ name: "a", value: 3 }],
    });
    expect(lines(answer)["max"]).toBe("12, x = −2");
    const surface = await e.part(sight.key, {
      kind: "sample",
      form: "surface",
      variables: [
        { name: "x", from: -1, to: 1 },
        { name: "a", from: 0, to: 1 },
      ],
      parameters: [],
    });
    expect(surface.kind === "pictures" && surface.figures[0].kind).toBe("space");
    expect((await e.part(sight.key, { kind: "sample", form: "curve", variables: [{ name: "x", from: 0, to: 1 }], parameters: [] })).kind).toBe(
      "refused",
    );
  });

  test("an exported NPY file has NumPy's header and the numbers in order", async () => {
    const e = engine();
    const { key } = await e.sight("[1 2; 3 4.5]");
    const answer = await e.part(key, { kind: "export", format: "npy", theme: "light", palette: "auto" });
    if (answer.kind !== "bytes") throw new Error(answer.kind);
    const { bytes } = answer;
    const length = bytes[8] | (bytes[9] << 8);
    expect((10 + length) % 64).toBe(0);
    expect(new TextDecoder().decode(bytes.subarray(10, 10 + length))).toMatch(
      /^\{'descr': '<f8', 'fortran_order': False, 'shape': \(2, 2\), \} *\n$/,
    );
    expect(Array.from(new Float64Array(bytes.slice(10 + length).buffer))).toEqual([1, 2, 3, 4.5]);
  });

  test("CSV, NumPy and LaTeX exports hold every digit", async () => {
    const e = engine();
    const { key } = await e.sight("[0.1 1/3; -2 4]");
    const text = async (format: "csv" | "numpy" | "latex") => {
      const answer = await e.part(key, { kind: "export", format, theme: "light", palette: "auto" });
      return answer.kind === "bytes" ? new TextDecoder().decode(answer.bytes) : answer.kind;
    };
    expect(await text("csv")).toBe("0.1,0.3333333333333333\n-2,4\n");
    expect(await text("numpy")).toMatch(/^np\.array\(\[\[ *0\.1, *0\.3333333333333333 *\],\s*\[ *-2\.? *, *4\.? *\]\]\)\n$/);
    expect(await text("latex")).toMatch(/0\.1.*0\.3333333333333333/);
  });

  test("SVG and PNG exports are files of their kind", async () => {
    const e = engine();
    const { key } = await e.sight("[1 2; 3 4]");
    const bytes = async (format: "svg" | "png") => {
      const answer = await e.part(key, { kind: "export", format, theme: "dark", palette: "auto" });
      return answer.kind === "bytes" ? answer.bytes : new Uint8Array();
    };
    expect(new TextDecoder().decode(await bytes("svg"))).toMatch(/^<svg/);
    expect(Array.from((await bytes("png")).subarray(1, 4))).toEqual([0x50, 0x4e, 0x47]);
  });

  test("a value that is forgotten is gone, and its recipe makes it again", async () => {
    const e = engine();
    const sight = await e.sight("[1 2; 3 4]");
    await e.forget(sight.key);
    expect((await e.part(sight.key, { kind: "facts", force: false })).kind).toBe("gone");
    expect(sight.recipe?.text).toBe("[1 2; 3 4]");
  });

  test("why there is nothing to show is said in the reader's language, with its numbers", async () => {
    const e = engine(tongue([{ key: "{0} × {1}: this takes a while.", text: "{0} × {1}：需要一些时间。" }]));
    const { key } = await e.sight("sin((1:900)' * (1:900))");
    expect(await e.part(key, { kind: "factors", name: "schur", force: false })).toEqual({
      kind: "refused",
      message: "900 × 900：需要一些时间。",
      costly: true,
    });
  });

  test("what has no picture says so", async () => {
    const answer = await engine().problem("1 < 2");
    expect(answer.ok).toBe(false);
  });
});
