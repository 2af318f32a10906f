import { describe, expect, test } from "vitest";
import type { Command } from "../../../../core/src/formula/request.js";
import { run } from "../../../../core/src/formula/run.js";

async function latex(input: string, command?: Command, params?: Record<string, unknown>, definitions?: string[]): Promise<string> {
  const r = await run({ input, language: "latex", ...(command && { command }), ...(params && { params }), ...(definitions && { definitions }) });
  return r.ok ? r.latex : r.error.kind;
}

/** The printed answer evaluated again with values for its names. */
async function again(text: string, values: Record<string, string>): Promise<unknown> {
  const r = await run({ input: text, language: "latex", definitions: Object.entries(values).map(([n, v]) => `${n} = ${v}`), command: "numeric" });
  return r.ok && (r.value.kind === "real" ? r.value.value : r.value);
}

const matrices = ["A,B,X \\in \\mathbb R^{n\\times n}", "x,b \\in \\mathbb R^n"];

describe("matrix symbols", () => {
  test("products keep their order under transposes and inverses", async () => {
    expect(await latex("(ABX)^T", undefined, undefined, matrices)).toBe("X^{\\top} B^{\\top} A^{\\top}");
    expect(await latex("(AB)^{-1}", undefined, undefined, matrices)).toBe("B^{-1} A^{-1}");
    expect(await latex("AB", "equivalent", { to: "BA" }, matrices)).toBe("\\text{false}");
    expect(await latex("\\operatorname{tr}(AB)", "equivalent", { to: "\\operatorname{tr}(BA)" }, matrices)).toBe("\\text{true}");
  });

  test("shapes are checked", async () => {
    expect(await latex("A x + X", undefined, undefined, matrices)).toBe("shape-mismatch");
    expect(await latex("x x", undefined, undefined, matrices)).toBe("shape-mismatch");
  });

  test("a sum cancels against its inverse", async () => {
    expect(await latex("(A+B)^{-1}(A+B)", undefined, undefined, matrices)).toBe("I");
  });
});

describe("matrix calculus in denominator layout", () => {
  const entries = { A: [1.5, -0.7, 0.4, 2.1], B: [0.3, 1.1, -0.9, 0.8], X: [1.2, 0.5, -0.3, 0.9] };
  const matrix = (m: readonly number[]) => `\\begin{pmatrix}${m[0]}&${m[1]}\\\\${m[2]}&${m[3]}\\end{pmatrix}`;
  const value = async (f: string, X: readonly number[]): Promise<number> => {
    const r = await run({
      input: f,
      language: "latex",
      command: "numeric",
      definitions: [`A=${matrix(entries.A)}`, `B=${matrix(entries.B)}`, `X=${matrix(X)}`],
    });
    if (!r.ok || r.value.kind !== "real") throw new Error(`no value of ${f}`);
    return r.value.value;
  };

  test.each([
    "\\operatorname{tr}(AX)",
    "\\operatorname{tr}(X^TAX)",
    "\\operatorname{tr}(X^{-1}A)",
    "\\operatorname{tr}(AXBX^T)",
    "\\|AX-B\\|_F^2",
    "\\ln\\det(X)",
    "\\det(X)",
    "\\operatorname{tr}(X^3)",
  ])("the gradient of %s meets finite differences", async (f) => {
    const gradient = await latex(`\\frac{\\partial}{\\partial X}${f}`, undefined, undefined, matrices);
    const r = await run({
      input: gradient,
      language: "latex",
      definitions: [`A=${matrix(entries.A)}`, `B=${matrix(entries.B)}`, `X=${matrix(entries.X)}`],
    });
    if (!r.ok || r.value.kind !== "array") throw new Error(`no gradient: ${gradient}`);
    const h = 1e-5;
    for (let k = 0; k < 4; k++) {
      const moved = (s: number) => entries.X.map((v, i) => (i === k ? v + s : v));
      const difference = ((await value(f, moved(h))) - (await value(f, moved(-h)))) / (2 * h);
      expect(r.value.data[k]).toBeCloseTo(difference, 5);
    }
  });

  test("quadratic and linear forms of vectors have their textbook gradients", async () => {
    expect(await latex("\\frac{\\partial}{\\partial x}x^TAx", undefined, undefined, matrices)).toBe("A x + A^{\\top} x");
    expect(await latex("\\nabla_x (b^T x)", undefined, undefined, matrices)).toBe("b");
  });
});

describe("answers", () => {
  test("a printed answer evaluates again with values for its names", async () => {
    const F = await latex("\\int \\frac{x}{x^2+a^2}dx");
    expect(await again(F, { x: "2", a: "1" })).toBeCloseTo(Math.log(5) / 2, 10);
  });

  test("sums have closed forms, also with i as the index", async () => {
    expect(await latex("\\sum_{i=1}^n\\sum_{j=1}^i j", "equivalent", { to: "\\frac{n(n+1)(n+2)}{6}" })).toBe("\\text{true}");
    expect(await latex("\\sum_{k=1}^\\infty \\frac{k}{2^k}")).toBe("2");
    expect(await latex("\\sum_{n=1}^\\infty \\frac1{n^4}")).toBe("\\frac{\\pi^{4}}{90}");
  });

  test("a divergent integral is never given a value", async () => {
    expect(await latex("\\int_{-1}^1\\frac{1}{x^2}dx")).toBe("domain");
  });

  test("hard antiderivatives come from the engine", async () => {
    const F = await latex("\\int \\sec^3 x\\,dx");
    const at = async (v: string) => (await again(F, { x: v })) as number;
    const difference = (await at("0.9")) - (await at("0.2"));
    let s = 0;
    for (let i = 0; i < 20_000; i++) s += 0.7 / 20_000 / Math.cos(0.2 + (0.7 * (i + 0.5)) / 20_000) ** 3;
    expect(difference).toBeCloseTo(s, 6);
  });

  test("systems and inequalities are solved", async () => {
    expect(await latex("\\begin{cases}x+y=3\\\\x-y=1\\end{cases}", "solve")).toBe("x = 2,\\quad y = 1");
    expect(await latex("x^2<4", "solve")).toBe("-2 < x < 2");
    expect(await latex("x^2-2x\\ge 0", "solve")).toContain("x \\leq 0");
  });
});
