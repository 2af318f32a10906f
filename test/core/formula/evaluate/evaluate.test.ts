import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Value } from "../../../../core/src/expr/index.js";
import { exactText, type Request, run } from "../../../../core/src/formula/index.js";

const tex = String.raw;
const answer = (input: string, rest: Partial<Request> = {}) => run({ input, language: "latex", ...rest });
const value = async (input: string, rest: Partial<Request> = {}): Promise<Value> => {
  const a = await answer(input, rest);
  if (!a.ok) throw new Error(`${a.error.kind}: ${a.error.message}`);
  return a.value;
};
const exact = async (input: string, rest: Partial<Request> = {}) => exactText(await value(input, rest));
const error = async (input: string, rest: Partial<Request> = {}) => {
  const a = await answer(input, rest);
  if (a.ok) throw new Error(`no error: ${a.text}`);
  return a.error;
};
const A = tex`A=\begin{pmatrix}1&2\\3&4\end{pmatrix}`;
const B = tex`B=\begin{pmatrix}5&6\\7&8\end{pmatrix}`;

describe("exact numbers", () => {
  it("keep fractions, decimals and large integers", async () => {
    expect(await exact(tex`\frac12+\frac13`)).toBe("5/6");
    expect(await exact("0.1+0.2")).toBe("3/10");
    expect(await exact("2^{100}")).toBe("1267650600228229401496703205376");
  });
  it("are sums and products as the integers say", async () => {
    await fc.assert(
      fc.asyncProperty(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), async (x, y) => {
        expect(await exact(`(${x})+(${y})`)).toBe(`${x + y}`);
        expect(await exact(`(${x})(${y})`)).toBe(`${x * y}`);
      }),
      { numRuns: 40 },
    );
  });
  it("take rational roots exactly and others as floating point", async () => {
    expect(await exact(tex`\sqrt[3]{\frac{8}{27}}`)).toBe("2/3");
    expect((await value(tex`\sqrt2`)).kind).toBe("real");
  });
  it("end at once when a power is too large", async () => {
    expect((await error("10^{10^{10}}")).kind).toBe("too-large");
  });
});

describe("products", () => {
  it("of matrices keep their order", async () => {
    expect(await exact("AB", { definitions: [A, B] })).toEqual([
      ["19", "22"],
      ["43", "50"],
    ]);
    expect(await exact("BA", { definitions: [A, B] })).toEqual([
      ["23", "34"],
      ["31", "46"],
    ]);
  });
  it("of a row and a column of numbers are numbers", async () => {
    expect(await exact(tex`x^\top A x`, { definitions: [A, "x=(1,2)"] })).toBe("27");
  });
  it("that do not fit name both shapes and the inner sizes", async () => {
    const e = await error(tex`A\begin{pmatrix}1&2&3\end{pmatrix}`, { definitions: [A] });
    expect(e.kind).toBe("shape-mismatch");
    expect(e.message).toBe("cannot multiply 2×2 by 1×3 (inner sizes 2 and 1)");
  });
  it("of three-vectors by a cross are perpendicular to both", async () => {
    const entry = fc.integer({ min: -9, max: 9 });
    await fc.assert(
      fc.asyncProperty(fc.tuple(entry, entry, entry), fc.tuple(entry, entry, entry), async (a, b) => {
        expect(await exact(tex`a\cdot(a\times b)`, { definitions: [`a=(${a})`, `b=(${b})`] })).toBe("0");
      }),
      { numRuns: 30 },
    );
  });
});

describe("inverses", () => {
  it("of integer matrices times the matrix are the identity, exactly", async () => {
    const entry = fc.integer({ min: -5, max: 5 });
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { minLength: 9, maxLength: 9 }), async (m) => {
        const M = tex`M=\begin{pmatrix}${m[0]}&${m[1]}&${m[2]}\\${m[3]}&${m[4]}&${m[5]}\\${m[6]}&${m[7]}&${m[8]}\end{pmatrix}`;
        const d = await exact(tex`\det M`, { definitions: [M] });
        if (d === "0") expect((await error("M^{-1}", { definitions: [M] })).kind).toBe("singular");
        else
          expect(await exact("M^{-1}M", { definitions: [M] })).toEqual([
            ["1", "0", "0"],
            ["0", "1", "0"],
            ["0", "0", "1"],
          ]);
      }),
      { numRuns: 40 },
    );
  });
  it("of rectangular matrices are refused, their pseudo-inverse is exact", async () => {
    expect((await error(tex`\begin{pmatrix}1&2&3\end{pmatrix}^{-1}`)).kind).toBe("not-square");
    expect(await exact(tex`\begin{pmatrix}1&2\\2&4\\3&7\end{pmatrix}^\dagger`)).toEqual([
      ["7/5", "14/5", "-2"],
      ["-3/5", "-6/5", "1"],
    ]);
  });
});

describe("an identity without a size", () => {
  it("takes it from its partner", async () => {
    expect(await exact("(I-A)^{-1}", { definitions: [A] })).toEqual([
      ["1/2", "-1/3"],
      ["-1/2", "0"],
    ]);
  });
  it("takes it from its block row and column", async () => {
    const a = await value(tex`\begin{bmatrix}I&A\\0&I\end{bmatrix}`, { definitions: [A] });
    expect(a.kind === "array" && a.shape).toEqual([4, 4]);
  });
  it("is an error when nothing says it", async () => {
    expect((await error("2I")).kind).toBe("identity-size");
  });
});

describe("names", () => {
  it("use the nearest definition before them", async () => {
    expect(await exact("x", { definitions: ["x=1", "x=x+1"] })).toBe("2");
  });
  it("fail with the chain when they depend on themselves", async () => {
    const e = await error("a+1", { definitions: ["a=b", "b=a"] });
    expect(e.kind).toBe("circular");
    expect(e.message).toContain("a → b → a");
    expect(e.range).toEqual([0, 1]);
  });
  it("with subscripts are entries of matrices, counted from one", async () => {
    expect(await exact("A_{21}", { definitions: [A] })).toBe("3");
    expect((await error("A_{5,1}", { definitions: [A] })).kind).toBe("index-out-of-range");
  });
  it("of functions defined further down are known", async () => {
    expect(await exact("f(2)", { definitions: ["f(x)=g(x)+1", "g(x)=x^2"] })).toBe("5");
  });
  it("report a failing definition where it is used, with its place beside", async () => {
    const e = await error("1+x", { definitions: ["y=2", tex`x=\frac{1}{0}`] });
    expect(e.kind).toBe("divide-by-zero");
    expect(e.range).toEqual([2, 3]);
    expect(e.definition?.index).toBe(1);
  });
  it("that were used are told", async () => {
    const a = await answer("x+1", { definitions: ["y=2", "x=y+1", "z=5"] });
    expect(a.ok && a.used.map((u) => u.name).sort()).toEqual(["x", "y"]);
  });
  it("recursive without end are stopped", async () => {
    expect((await error("f(5)", { definitions: ["f(n)=n f(n+1)"] })).kind).toBe("too-large");
  });
});

describe("dots", () => {
  it("continue arithmetic, geometric and reciprocal progressions", async () => {
    expect(await exact(tex`1+2+\cdots+10`)).toBe("55");
    expect(await exact(tex`1+2+4+\cdots+64`)).toBe("127");
    expect(await exact(tex`1+\frac12+\frac13+\cdots+\frac1{10}`)).toBe("7381/2520");
  });
  it("are never guessed", async () => {
    const e = await error(tex`1+5+7+\cdots+100`);
    expect(e.kind).toBe("unresolved-ellipsis");
    expect(e.range).toEqual([6, 12]);
  });
});

describe("sums", () => {
  it("of ten million equal terms need no loop", async () => {
    expect(await exact(tex`\sum_{i=1}^{10^7} 3`)).toBe("30000000");
  });
  it("beyond the limit are refused before they start", async () => {
    expect((await error(tex`\sum_{i=1}^{10^{12}}\sin i`)).kind).toBe("too-large");
  });
  it("run over sets and over ordered pairs", async () => {
    expect(await exact(tex`\sum_{i\in\{1,2,3\}} i^2`)).toBe("14");
    expect(await exact(tex`\sum_{1\le i<j\le 3} ij`)).toBe("11");
  });
});

describe("code notations", () => {
  const python = (input: string, definitions: string[] = []) => value(input, { language: "python", definitions });
  it("broadcast as NumPy does", async () => {
    const v = await python("A + b", ["A = np.array([[1,2],[3,4]])", "b = np.array([10,20])"]);
    expect(v.kind === "array" && [...v.data]).toEqual([11, 22, 13, 24]);
  });
  it("count from zero and from the end in Python, from one in MATLAB", async () => {
    expect(exactText(await python("A[-1, 0]", ["A = np.array([[1,2],[3,4]])"]))).toBe("3");
    expect(exactText(await value("A(end,1)", { language: "matlab", definitions: ["A = [1 2; 3 4]"] }))).toBe("3");
  });
  it("divide integers to floating point in Python", async () => {
    expect(await python("1/4")).toEqual({ kind: "real", value: 0.25 });
  });
  it("refuse names that are not defined, with their place", async () => {
    const e = await error("np.array([[1, 2], [3, x]])", { language: "python" });
    expect(e.kind).toBe("undefined-name");
    expect(e.range).toEqual([22, 23]);
  });
});

describe("commands", () => {
  it("show every step of a row reduction", async () => {
    const v = await value(tex`\begin{pmatrix}1&2\\3&4\end{pmatrix}`, { command: "steps" });
    expect(v.kind === "list" && v.items.length).toBe(4);
  });
  it("find rational eigenvalues exactly", async () => {
    expect(await exact(tex`\begin{pmatrix}2&1\\1&2\end{pmatrix}`, { command: "eigenvalues" })).toEqual(["1", "3"]);
  });
  it("say whether two formulas are the same", async () => {
    expect(await value("x+x", { command: "equivalent", params: { to: "2x" } })).toEqual({ kind: "boolean", value: true });
    expect(await value("x+x", { command: "equivalent", params: { to: "3x" } })).toEqual({ kind: "boolean", value: false });
  });
  it("name the first undefined name of a number that was asked for", async () => {
    const e = await error("x_1 + y_1", { command: "numeric" });
    expect(e.message).toContain("x_1");
    expect(e.range).toEqual([0, 3]);
  });
});

describe("any text", () => {
  it("gives a value or an error with a range inside it", async () => {
    const piece = fc.constantFrom(
      tex`\begin{pmatrix}1&2\\3&4\end{pmatrix}`,
      "^{-1}",
      "+",
      "I",
      "(",
      ")",
      tex`\det`,
      "e^",
      "3",
      "|",
      tex`\cdots`,
      "_1",
      "{",
      "}",
      "=",
      "x",
      "!",
      ",",
      tex`\sum_{i=1}^{3}`,
      "i",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 9 }), async (parts) => {
        const input = parts.join("");
        const a = await answer(input);
        if (a.ok) return;
        expect(a.error.kind).not.toBe("internal");
        expect(a.error.range[0]).toBeGreaterThanOrEqual(0);
        expect(a.error.range[1]).toBeLessThanOrEqual(input.length);
      }),
      { numRuns: 200 },
    );
  });
});
