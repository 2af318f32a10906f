import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Expr, exactArray, integerValue, realValue, type Value } from "../../../../core/src/expr/index.js";
import { latex, printLatex, printLatexStatement } from "../../../../core/src/formats/latex.js";
import { rational } from "../../../../core/src/linalg/index.js";
import { corpusTexts, makeText, seeded, trial } from "../../../fuzz/latex.js";
import { bare } from "./plain.js";

const at = [0, 0] as const;
const number = (n: number): Expr => ({ kind: "number", value: n, exact: { num: BigInt(n), den: 1n }, range: at });
const name = (n: string): Expr => ({ kind: "name", name: n, range: at });

/** Random expressions of the forms that symbolic answers and formulas are made of. */
const expressions = fc.letrec<{ e: Expr }>((tie) => ({
  e: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.nat(99).map(number),
    fc.constantFrom("x", "y", "A", "\\alpha", "\\beta").map(name),
    fc
      .tuple(fc.constantFrom("add", "subtract", "dot", "cross", "divide", "elementwise", "kronecker", "directsum", "mod"), tie("e"), tie("e"))
      .map(([op, left, right]): Expr => ({ kind: "binary", op: op as "add", left, right, range: at })),
    fc.tuple(tie("e"), tie("e")).map(([left, right]): Expr => ({ kind: "binary", op: "multiply", left, right, implicit: true, range: at })),
    fc.tuple(tie("e"), tie("e")).map(([left, right]): Expr => ({ kind: "binary", op: "power", left, right, range: at })),
    tie("e").map((operand): Expr => ({ kind: "unary", op: "negate", operand, range: at })),
    tie("e").map((operand): Expr => ({ kind: "unary", op: "transpose", operand, range: at })),
    fc
      .tuple(fc.constantFrom("sin", "exp", "sqrt", "det", "floor"), tie("e"))
      .map(([f, x]): Expr => ({ kind: "call", name: f, nameRange: at, args: [x], range: at })),
    tie("e").map((operand): Expr => ({ kind: "norm", which: "abs", operand, range: at })),
    tie("e").map((body): Expr => ({ kind: "big", op: "sum", variable: "k", lower: number(1), upper: name("n"), body, range: at })),
    tie("e").map((body): Expr => ({ kind: "big", op: "integral", variable: "t", body, range: at })),
    fc.tuple(tie("e"), tie("e")).map(([a, b]): Expr => ({ kind: "matrix", rows: [[a], [b]], environment: "pmatrix", range: at })),
  ),
}));

describe("printing", () => {
  it("gives LaTeX that reads back as the same expression", () => {
    fc.assert(
      fc.property(expressions.e, (e) => {
        const [s] = latex.parse(printLatex(e)).statements;
        expect(bare((s as { body: Expr }).body)).toEqual(bare(e));
      }),
      { numRuns: 2000, seed: 11 },
    );
  });

  it("gives back every formula of the corpus", () => {
    const data = JSON.parse(readFileSync("test/data/formula/corpus.json", "utf8")) as {
      cases: { language: string; input: string; definitions?: string[] }[];
    };
    const texts = data.cases.filter((c) => c.language === "latex").flatMap((c) => [c.input, ...(c.definitions ?? [])]);
    const different: string[] = [];
    for (const text of texts) {
      let statements: ReturnType<typeof latex.parse>["statements"];
      try {
        statements = latex.parse(text).statements;
      } catch {
        continue;
      }
      const functions = new Set<string>();
      const defined = new Set<string>();
      for (const s of statements) {
        const again = latex.parse(printLatexStatement(s), { functions, defined }).statements;
        const same = s.kind === "assume" ? { kind: "expression", body: s.condition } : s;
        if (JSON.stringify(bare(again)) !== JSON.stringify([bare(same)])) different.push(`${text} -> ${printLatexStatement(s)}`);
        if (s.kind === "define") (s.params ? functions : defined).add(s.name);
        else if (s.kind === "declare") defined.add(s.name);
      }
    }
    expect(different).toEqual([]);
  });

  const print = (v: Value, options = {}) => latex.print?.(v, { digits: 6, ...options });
  it("prints exact fractions and powers of ten", () => {
    expect(print({ kind: "rational", num: -1n, den: 2n })).toBe("-\\frac{1}{2}");
    expect(print(realValue(1.5e-12))).toBe("1.5 \\times 10^{-12}");
    expect(print({ kind: "complex", re: 3, im: -1 })).toBe("3 - i");
  });
  it("keeps the environment of a matrix and aligns its columns on request", () => {
    const m = exactArray([2, 2], [rational(1), rational(-20), rational(1, 3), rational(4)]);
    expect(print(m, { environment: "pmatrix" })).toBe("\\begin{pmatrix} 1 & -20 \\\\ \\frac{1}{3} & 4 \\end{pmatrix}");
    expect(print(m, { environment: "bmatrix", inline: false })).toBe(
      "\\begin{bmatrix}\n            1 & -20 \\\\\n  \\frac{1}{3} &   4\n\\end{bmatrix}",
    );
  });
  it("has no form for a tensor", () => expect(print({ kind: "array", shape: [2, 2, 2], data: new Float64Array(8) })).toBeNull());
  it("prints a whole number as it is", () => expect(print(integerValue(10n ** 30n))).toBe(`1${"0".repeat(30)}`));
});

describe("any text", () => {
  it("gives statements or an error in it", () => {
    const random = seeded(2024);
    const corpus = corpusTexts();
    for (let k = 0; k < 400; k++) {
      const text = makeText(random, corpus);
      expect(trial(text), JSON.stringify(text.slice(0, 300))).toBeNull();
    }
  });
});
