import { describe, expect, it } from "vitest";
import { type Expr, FormulaFailure } from "../../../core/src/expr/index.js";
import { detectFormat, type Format, type FormatName, findFormat } from "../../../core/src/formats/index.js";

const body = (name: FormatName, text: string): Expr => ((findFormat(name) as Format).parse(text).statements.at(-1) as { body: Expr }).body;

const failure = (name: FormatName, text: string) => {
  try {
    findFormat(name)?.parse(text);
  } catch (e) {
    if (e instanceof FormulaFailure) return e.error;
    throw e;
  }
  return undefined;
};

describe("blanks in MATLAB rows", () => {
  const width = (text: string) => (body("matlab", text) as { rows: readonly (readonly Expr[])[] }).rows[0]?.length;
  it("part entries before a sign that touches what follows", () => expect(width("[1 -2]")).toBe(2));
  it("do not part the two sides of a difference", () => expect(width("[1 - 2]")).toBe(1));
  it("tell a transpose from a string", () => expect(width("[x' -1]")).toBe(2));
  it("mean nothing inside round brackets", () => expect(width("[(1 -2) 3]")).toBe(2));
});

describe("errors", () => {
  it("point at the dots of a shortened print-out", () =>
    expect(failure("python", "array([[1., 2., ..., 9.]])")).toMatchObject({ kind: "truncated", range: [16, 19] }));
  it("point at the row that is too short", () => expect(failure("c", "{{1, 2}, {3}}")).toMatchObject({ kind: "ragged", range: [9, 12] }));
  it("point at the cell that is no number", () => expect(failure("csv", "1,foo\n3,4")).toMatchObject({ kind: "non-numeric", range: [2, 5] }));
  it("refuse random numbers by name", () => expect(failure("python", "np.random.randn(3,3)")).toMatchObject({ kind: "unsupported", range: [0, 15] }));
  it("refuse a declared size that does not fit", () => expect(failure("c", "float v[2] = {1, 2, 3};")?.kind).toBe("length-mismatch"));
  it("point at the bracket that is never closed", () => expect(failure("matlab", "[1 2; 3 4")).toMatchObject({ kind: "unbalanced", range: [0, 1] }));
  it("end deep nesting instead of overflowing the stack", () => expect(failure("json", "[".repeat(100_000))?.kind).toBe("too-large"));
});

describe("the sign of a product", () => {
  it.each([
    ["python", "A * B", "elementwise"],
    ["python", "A @ B", "matmul"],
    ["matlab", "A * B", "multiply"],
    ["matlab", "A .* B", "elementwise"],
    ["r", "A %*% B", "matmul"],
    ["mathematica", "A . B", "matmul"],
    ["maxima", "A . B", "matmul"],
  ] as const)("of %s in %s is %s", (language, text, op) => expect(body(language, text)).toMatchObject({ kind: "binary", op }));
});

describe("detection", () => {
  it.each([
    ["np.array([1, 2])", "python"],
    ["[[1. 2.]\n [3. 4.]]", "python"],
    ["[1 2; 3 4]", "matlab"],
    ["2×2 Matrix{Float64}:\n 1.0  2.0\n 3.0  4.0", "julia"],
    ["vec![1.0, 2.0]", "rust"],
    ["mat(1, 2; 3, 4)", "typst"],
    ["%%MatrixMarket matrix array real general\n1 1\n1\n", "matrixmarket"],
    ["1\t2\n3\t4", "tsv"],
    ["1,2\n3,4", "csv"],
  ])("reads %j as %s", (text, name) => expect(detectFormat(text).name).toBe(name));
  it("offers another reading when it has another value", () => expect(detectFormat("{1/2, 1/3}").alternatives.length).toBeGreaterThan(0));
  it("offers none when all readings agree", () => expect(detectFormat("[[1, 2], [3, 4]]").alternatives).toEqual([]));
});
