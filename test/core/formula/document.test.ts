import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FormulaFailure, type Value } from "../../../core/src/expr/index.js";
import {
  affected,
  definitionsFor,
  type EvaluateDefinition,
  editDocument,
  type FormulaDocument,
  openDocument,
  scopeAt,
} from "../../../core/src/formula/document/index.js";

/** Adds and looks names up: enough to see which definition is meant. */
const evaluate: EvaluateDefinition = (statement, scope) => {
  const go = (e: typeof statement.body): number => {
    if (e.kind === "number") return e.value;
    if (e.kind === "binary" && e.op === "add") return go(e.left) + go(e.right);
    if (e.kind === "name") {
      const v = scope.lookup(e.name, e.range);
      if (v?.kind === "real") return v.value;
      throw new FormulaFailure({ kind: "undefined-name", message: `${e.name} is not defined`, range: e.range });
    }
    throw new FormulaFailure({ kind: "unsupported", message: e.kind, range: e.range });
  };
  return { kind: "real", value: go(statement.body) };
};

const value = (d: FormulaDocument, name: string, cell: number, offset: number): unknown => {
  try {
    const v: Value | undefined = scopeAt(d, { cell, offset }, evaluate).lookup(name, [3, 4]);
    return v?.kind === "real" ? v.value : v;
  } catch (e) {
    if (e instanceof FormulaFailure) return `${e.error.kind}: ${e.error.message}`;
    throw e;
  }
};
/** With a word after the last formula, so that the end of the text lies outside of it. */
const markdown = (text: string) => openDocument([{ language: "markdown", text: `${text} end` }]);
const end = (d: FormulaDocument) => d.cells[0]?.text.length ?? 0;

describe("the scope of a formula", () => {
  it("is the definitions above it, the nearest first, and none below", () => {
    const d = markdown("$a=1$ then $b = a + 1$, $a = 5$ and at last $c=7$");
    expect(value(d, "a", 0, end(d))).toBe(5);
    expect(value(d, "b", 0, end(d))).toBe(2);
    expect(value(d, "a", 0, 12)).toBe(1);
    expect(value(d, "c", 0, 40)).toBeUndefined();
  });
  it("says which names of a cycle depend on each other", () => {
    const d = markdown("$a=b$ $b=a$");
    expect(value(d, "a", 0, end(d))).toMatch(/^circular: .*a.*b.*a/);
  });
  it("reports a definition that cannot be computed only when it is used, with its line", () => {
    const d = markdown("text\n\n$x = q + 1$ and $y=2$");
    expect(value(d, "y", 0, end(d))).toBe(2);
    expect(value(d, "x", 0, end(d))).toBe("undefined-name: x is seen on line 3 but q is not defined");
  });
  it("goes over the cells of a notebook in order, each notation by itself", () => {
    const d = openDocument([
      { language: "markdown", text: "$a = 1$" },
      { language: "python", text: "a = 2\nb = 3" },
      { language: "markdown", text: "$b = a + 10$" },
    ]);
    expect(value(d, "b", 2, 99)).toBe(11);
    expect(value(d, "a", 1, 99)).toBe(2);
  });
  it("puts a pinned value before the document's", () => {
    const d = markdown("$a=1$ $b=a+1$");
    const scope = scopeAt(d, { cell: 0, offset: end(d) }, evaluate, { pinned: { a: { kind: "real", value: 40 } } });
    expect(scope.lookup("b", [0, 1])).toEqual({ kind: "real", value: 41 });
  });
  it("knows declared shapes and macros of the document", () => {
    const d = markdown("\\newcommand{\\two}{2}\n$A \\in \\mathbb{R}^{m\\times n}$ and $z = \\two$");
    expect(scopeAt(d, { cell: 0, offset: end(d) }, evaluate).declaration("A")?.shape).toHaveLength(2);
    expect(value(d, "z", 0, end(d))).toBe(2);
  });
});

describe("dependencies", () => {
  it("are the definitions a formula reaches, nearest last", () => {
    const d = markdown("$a=1$ $unrelated=9$ $b=a+1$ $c=3$");
    expect(definitionsFor(d, { cell: 0, offset: end(d) }, "b + 2").map((s) => s.text)).toEqual(["a=1", "b=a+1"]);
  });
  it("does not lose a matrix to what the text says it is made of, or to the set it is in", () => {
    const A = "A=\\begin{pmatrix}2&1\\\\1&3\\end{pmatrix}";
    const of = (more: string) => {
      const d = markdown(`$${A}$ ${more}`);
      return definitionsFor(d, { cell: 0, offset: end(d) }, "\\det A").map((s) => s.text);
    };
    expect(of("$A = U\\Sigma V^\\top$")).toEqual([A]);
    expect(of("$A \\in \\mathbb{R}^{n\\times n}$")).toEqual([A]);
    // Numbers, and letters that have values, define it anew.
    expect(of("$A = 2A$")).toEqual([A, "A = 2A"]);
    expect(of("$U = 3$ $V = 4$ $A = UV$")).toEqual(["U = 3", "V = 4", "A = UV"]);
  });
  it("of an edit are what it changed and what uses it", () => {
    const before = markdown("$a=1$ $b=a+1$ $c=3$ $b+c$");
    const after = editDocument(before, { cell: 0, start: 3, end: 4, text: "2" });
    expect(affected(before, after).map((x) => x.entry)).toEqual([0, 1, 3]);
    expect(value(after, "b", 0, end(after))).toBe(3);
  });
});

describe("an edit", () => {
  it("reads nothing again that it does not touch", () => {
    const before = markdown("$a=1$ x $b=2$ y $c=3$");
    const after = editDocument(before, { cell: 0, start: 11, end: 12, text: "25" });
    const [x, y] = [before.cells[0]?.entries ?? [], after.cells[0]?.entries ?? []];
    expect(y.map((e) => e.text)).toEqual(["a=1", "b=25", "c=3"]);
    expect([y[0]?.statements === x[0]?.statements, y[1]?.statements === x[1]?.statements, y[2]?.statements === x[2]?.statements]).toEqual([
      true,
      false,
      true,
    ]);
  });
  it("reads formulas again whose names it turned into functions", () => {
    const before = markdown("$g = 2$ then $g(3)$");
    const after = editDocument(before, { cell: 0, start: 1, end: 6, text: "g(x)=x" });
    const s = after.cells[0]?.entries[1]?.statements[0];
    expect(s?.kind === "expression" && s.body.kind).toBe("call");
  });
  it("leads to the same document as opening the new text", () => {
    const pieces = fc.constantFrom(
      "$a=1$",
      " $b=a+1$ ",
      "$",
      "$$",
      "text ",
      "\n\n",
      "```math\n1\n```\n",
      "\\(x\\)",
      "`c`",
      "| a |\n|---|\n| 1 |\n",
      "$f(x)=x$",
      " $f(2)$ ",
      "\\newcommand{\\q}{3}",
      "$\\q$",
      "\\begin{align}u&=1\\end{align}",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), fc.nat(), fc.nat(6), pieces, (parts, at, length, inserted) => {
        const text = parts.join("");
        const start = at % (text.length + 1);
        const stop = Math.min(text.length, start + length);
        const edited = editDocument(markdown(text), { cell: 0, start, end: stop, text: inserted });
        const opened = markdown(text.slice(0, start) + inserted + text.slice(stop));
        expect(edited.cells).toEqual(opened.cells);
      }),
      { numRuns: 1500, seed: 5 },
    );
  });
  it("outside the text is refused", () => expect(() => editDocument(markdown("a"), { cell: 0, start: 0, end: 9, text: "" })).toThrow(RangeError));
});
