// What papers and lecture notes write beside plain algebra: expectations, orders of matrices, layers, counting.

import { describe, expect, it } from "vitest";
import { exactText, run } from "../../../../core/src/formula/index.js";

const value = async (input: string, definitions: readonly string[] = []) => {
  const a = await run({ input, language: "latex", definitions });
  return a.ok ? a : a.error.kind;
};
const exact = async (input: string, definitions: readonly string[] = []) => {
  const a = await value(input, definitions);
  return typeof a === "string" ? a : exactText(a.value);
};
const number = async (input: string, definitions: readonly string[] = []) => {
  const a = await value(input, definitions);
  return typeof a !== "string" && a.value.kind === "real" ? a.value.value : Number.NaN;
};

describe("expectations over a distribution", () => {
  it.each([
    ["\\mathbb{E}_{x\\sim\\mathcal{N}(0,1)}[x^2]", "1"],
    ["\\mathbb{E}_{x\\sim N(1,4)}[x^4]", "73"],
    ["\\mathbb{E}_{x\\sim U[0,1]}[x^2]", "1/3"],
    ["\\mathbb{E}_{x\\sim\\mathcal{U}(2,5)}[x^2]", "13"],
    ["\\mathbb{E}_{x\\sim\\text{Exp}(2)}[x^2]", "1/2"],
    ["\\mathbb{E}_{x\\sim\\text{Bernoulli}(0.3)}[x]", "3/10"],
    ["\\mathbb{E}_{k\\sim\\text{Poisson}(3)}[k]", "3"],
  ])("%s is %s", async (input, wanted) => {
    expect(await exact(input)).toBe(wanted);
  });

  it("keep the letters of their parameters", async () => {
    const a = await value("\\mathbb{E}_{x\\sim\\mathcal{N}(\\mu,\\sigma^2)}[x^2]");
    expect(typeof a === "string" ? a : a.latex).toBe("\\mu^{2} + \\sigma^{2}");
  });

  it("are integrated by numbers where no closed form is known", async () => {
    expect(await number("\\mathbb{E}_{x\\sim\\mathcal{N}(0,1)}[\\max(x,0)]")).toBeCloseTo(1 / Math.sqrt(2 * Math.PI), 12);
  });

  it("use their own letters, whatever the text calls e or m", async () => {
    expect(await exact("\\mathbb{E}_{x\\sim\\mathcal{N}(m,1)}[x]", ["e=5", "m=2", "v=7"])).toBe("2");
  });

  it("have densities, written with a semicolon or a bar", async () => {
    expect(await number("\\mathcal{N}(0.5; 0, 1)")).toBeCloseTo(Math.exp(-1 / 8) / Math.sqrt(2 * Math.PI), 15);
    expect(await number("\\mathcal{N}(3 \\mid 1, 4)")).toBeCloseTo(Math.exp(-1 / 2) / Math.sqrt(8 * Math.PI), 15);
  });

  it("of vectors and of unknown distributions are refused", async () => {
    expect(await exact("\\mathbb{E}_{z\\sim\\mathcal{N}(0,I)}[z^\\top z]")).toBe("unsupported");
    expect(await exact("\\mathbb{E}_{x\\sim p}[x]")).toBe("unsupported");
  });
});

describe("orders of matrices", () => {
  const A = "A=\\begin{pmatrix}2&1\\\\1&3\\end{pmatrix}";

  it.each([
    ["A \\succ 0", true],
    ["A \\succ I", true],
    ["A - 2I \\succeq 0", false],
    ["-A \\prec 0", true],
    ["\\begin{pmatrix}1&1\\\\1&1\\end{pmatrix} \\succeq 0", true],
    ["\\begin{pmatrix}1&1\\\\1&1\\end{pmatrix} \\succ 0", false],
    ["(1, 2) \\succ (0, 1)", true],
    ["(1, 2) \\preceq (0, 3)", false],
  ])("%s is %s", async (input, wanted) => {
    const a = await value(input, [A]);
    expect(typeof a === "string" ? a : a.value).toEqual({ kind: "boolean", value: wanted });
  });

  it("refuse what is not symmetric, and leave unknown names as they stand", async () => {
    expect(await exact("\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix} \\succ 0")).toBe("domain");
    expect(await exact("P \\succ 0")).toBe("unsupported");
  });
});

describe("names of layers, norms and counts", () => {
  it("LayerNorm takes each row, or the whole of a vector, as PyTorch does", async () => {
    const a = await value("\\text{LayerNorm}(x)", ["x=(1,2,4)^\\top"]);
    if (typeof a === "string" || a.value.kind !== "array") return expect(a).toBe("a value");
    // (x - 7/3) / sqrt(14/9 + 1e-5)
    expect(a.value.shape).toEqual([3, 1]);
    const wanted = [-1.0690415314503, -0.2672603828626, 1.3363019143129];
    for (const [k, x] of wanted.entries()) expect(a.value.data[k]).toBeCloseTo(x, 12);
  });

  it("the RMS norm is the root of the mean square", async () => {
    expect(await exact("\\|(1,7)\\|_{\\mathrm{RMS}}")).toBe("5");
    expect(await number("\\|A\\|_{\\text{RMS}}", ["A=\\begin{pmatrix}2&1\\\\1&3\\end{pmatrix}"])).toBeCloseTo(Math.sqrt(15 / 4), 14);
  });

  it("C_n^k counts where C is no name of the text", async () => {
    expect(await exact("C_{10}^3")).toBe("120");
    expect(await exact("2C_5^2 + 1")).toBe("21");
    expect(await exact("C_2^2", ["C=(3,4)"])).toBe("16");
  });

  it("the cosine of two vectors is that of their angle", async () => {
    expect(await number("\\cos(x, p)", ["x=(1,2)", "p=(3,4)"])).toBeCloseTo(11 / Math.sqrt(125), 14);
  });

  it("a maximum over two indices is over all entries", async () => {
    expect(await exact("\\max_{i,j} |A_{i,j}|", ["A=\\begin{pmatrix}1&-7\\\\5&2\\end{pmatrix}"])).toBe("7");
  });
});

describe("extrema of polynomials over the real line", () => {
  it.each([
    ["\\min_x (x^2-2x+3)", "2"],
    ["\\arg\\min_x (x-1)^2", "1"],
    ["\\min_{x} (x^4-2x^2)", "-1"],
    ["\\max_{x\\in\\mathbb{R}} (1-x^2)", "1"],
    ["\\operatorname*{argmin}_x \\left(\\frac12 x^2 - x\\right)", "1"],
  ])("%s is %s", async (input, wanted) => {
    expect(await exact(input)).toBe(wanted);
  });

  it("keep letters where the leading one is a number, and name every place", async () => {
    const latex = async (input: string) => {
      const a = await value(input);
      return typeof a === "string" ? a : a.latex;
    };
    expect(await latex("\\min_x ((x-a)^2+b)")).toBe("b");
    expect(await latex("\\operatorname*{argmin}_{x} (x^4-2x^2)")).toBe("\\left\\{-1, 1\\right\\}");
    expect(await latex("\\min_w \\lambda w^2")).toBe("unsupported");
  });

  it("are refused where there is none", async () => {
    expect(await exact("\\min_x x^3")).toBe("domain");
    expect(await exact("\\max_x x^2")).toBe("domain");
    expect(await exact("\\min_x e^x")).toBe("unsupported");
  });
});
