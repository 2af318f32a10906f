// Edits of matrices in texts as people write them: hanging rows, tabs, CRLF, comments, lists and quotations; and what comes from a clipboard.
import { describe, expect, test } from "vitest";
import type { AidName } from "../../extension/src/aidMessages.js";
import { documentCopies } from "../../extension/src/worker/copies.js";
import { handlers, type JobContext } from "../../extension/src/worker/jobs/index.js";
import { english } from "../../extension/src/worker/tongue.js";

const conventions = { exact: "auto", digits: 4, output: "source", scope: "above" } as const;
const CURSOR = "¦";

/** A document with a cursor, as the engine knows it. */
function opened(language: string, marked: string) {
  const at = marked.indexOf(CURSOR);
  const text = marked.replace(CURSOR, "");
  const copies = documentCopies();
  copies.apply({ type: "open", uri: "test:a", version: 1, language, text });
  const context = { copies, say: english, clock: () => performance.now(), cancelled: () => false } as unknown as JobContext;
  return { text, at, context, place: { uri: "test:a", version: 1, language, range: [at, at] as const } };
}

async function edited(language: string, marked: string, aid: AidName, argument?: string): Promise<string> {
  const { text, context, place } = opened(language, marked);
  const answer = await handlers.aid({ place, conventions, timeout: 6000, aid, ...(argument ? { argument } : {}) }, context);
  if (!answer.ok) return answer.problem.message;
  return [...answer.edits].sort((a, b) => b.range[0] - a.range[0]).reduce((t, e) => t.slice(0, e.range[0]) + e.text + t.slice(e.range[1]), text);
}

async function pasted(language: string, marked: string, given: string): Promise<string> {
  const { text, at, context, place } = opened(language, marked);
  const answer = await handlers.paste({ place, conventions, timeout: 6000, given }, context);
  return answer.ok ? text.slice(0, at) + answer.text + text.slice(at) : answer.problem.message;
}

const LOST = "Comments or lines between the entries would be lost.";

const edits: readonly [name: string, language: string, aid: AidName, before: string, after: string][] = [
  [
    "rows below each other, trailing comma",
    "python",
    "insertRow",
    "W = np.array([\n    [1, 2],\n    [3, 4¦],\n])",
    "W = np.array([\n    [1, 2],\n    [3, 4],\n    [0, 0],\n])",
  ],
  [
    "hanging rows that are not padded",
    "python",
    "transpose",
    "W = np.array([[1.5, 2],\n              [3, 4.25¦]])",
    "W = np.array([[1.5, 3],\n              [2, 4.25]])",
  ],
  [
    "hanging rows, aligned",
    "python",
    "align",
    "W = np.array([[1.5, 2],\n              [3, 4.25¦]])",
    "W = np.array([[1.5,    2],\n              [  3, 4.25]])",
  ],
  [
    "hanging rows behind a tab",
    "python",
    "insertRow",
    "def f():\n\tW = [[1, 2],\n\t     [3, 4¦]]",
    "def f():\n\tW = [[1, 2],\n\t     [3, 4],\n\t     [0, 0]]",
  ],
  [
    "hanging rows in a function",
    "python",
    "transpose",
    "def f():\n    W = [[1, 2],\n         [3, 4¦]]",
    "def f():\n    W = [[1, 3],\n         [2, 4]]",
  ],
  ["a comment between rows", "python", "transpose", "W = [\n    [1, 2],  # first, row\n    [3, 4¦],\n]", LOST],
  ["rows on lines of their own, last one ended", "matlab", "insertColumn", "A = [\n  1 2;\n  4 5¦;\n];", "A = [\n  1 2 0;\n  4 5 0;\n];"],
  ["padded columns", "matlab", "insertRow", "A = [ 1  20\n      4   5¦ ];", "A = [ 1  20\n      4   5\n      0   0 ];"],
  ["a comment and a continued line", "matlab", "transpose", "A = [1, 2, ... first\n     3; % comment\n     5, 6, 7¦];", LOST],
  ["nested brackets and calls", "matlab", "transpose", "A = [1, -2; sin(x), [3 4](1¦)];", "A = [1, sin(x); -2, [3 4](1)];"],
  [
    "padded rows of LaTeX",
    "markdown",
    "insertRow",
    "$$\n\\begin{bmatrix}\n 2 & -1 \\\\\n-1 &  2¦\n\\end{bmatrix}\n$$",
    "$$\n\\begin{bmatrix}\n 2 & -1 \\\\\n-1 &  2 \\\\\n 0 &  0\n\\end{bmatrix}\n$$",
  ],
  [
    "tabs before rows and end",
    "latex",
    "transpose",
    "\\[\n\t\\begin{pmatrix}\n\t\t1 & 2 \\\\\n\t\t3 & 4¦\n\t\\end{pmatrix}\n\\]",
    "\\[\n\t\\begin{pmatrix}\n\t\t1 & 3 \\\\\n\t\t2 & 4\n\t\\end{pmatrix}\n\\]",
  ],
  ["a rule between rows", "latex", "transpose", "\\[\\begin{array}{cc}1 & 2 \\\\ \\hline 3 & 4¦\\end{array}\\]", LOST],
  ["a comment of LaTeX", "latex", "insertRow", "\\[\n\\begin{pmatrix}\n1 & 2 \\\\ % first\n3 & 4¦\n\\end{pmatrix}\n\\]", LOST],
  [
    "brackets changed beside a comment",
    "latex",
    "convert",
    "\\[\n\\begin{pmatrix}\n1 & 2 \\\\ % first\n3 & 4¦\n\\end{pmatrix}\n\\]",
    "\\[\n\\begin{bmatrix}\n1 & 2 \\\\ % first\n3 & 4\n\\end{bmatrix}\n\\]",
  ],
  [
    "spaced rows",
    "latex",
    "transpose",
    "\\[\\begin{pmatrix}1 & 2 \\\\[2pt] 3 & 4¦\\end{pmatrix}\\]",
    "\\[\\begin{pmatrix}1 & 3 \\\\[2pt] 2 & 4\\end{pmatrix}\\]",
  ],
  [
    "a matrix in a quotation",
    "markdown",
    "align",
    "> Then $\\begin{pmatrix}1&2\\\\3&4¦\\end{pmatrix}$.",
    "> Then $\\begin{pmatrix}\n>   1 & 2 \\\\\n>   3 & 4\n> \\end{pmatrix}$.",
  ],
  [
    "a matrix in an item",
    "markdown",
    "align",
    "- Then $\\begin{pmatrix}1&2\\\\3&4¦\\end{pmatrix}$.",
    "- Then $\\begin{pmatrix}\n    1 & 2 \\\\\n    3 & 4\n  \\end{pmatrix}$.",
  ],
  [
    "a table keeps the sides of its columns",
    "markdown",
    "insertRow",
    "| a | b |\n|--:|:--|\n| 1 | 2¦ |",
    "|   a |   b |\n| --: | :-- |\n|   1 |   2 |\n|   0 |   0 |",
  ],
  ["cells in quotes", "csv", "transpose", '1;"2,5"\n3;4¦', '1;3\n"2,5";4'],
];

describe("edits keep the layout of", () => {
  test.each(edits)("%s (%s, %s)", async (_, language, aid, before, after) => {
    const argument = aid === "convert" ? "bmatrix" : undefined;
    expect(await edited(language, before, aid, argument)).toBe(after);
    // A document of Windows' line ends is edited alike; the editor writes the line ends of new lines as the document has them.
    const windows = await edited(language, before.replaceAll("\n", "\r\n"), aid, argument);
    expect(windows.replaceAll("\r\n", "\n")).toBe(after);
  });
});

const tex = (rows: string) => `\\begin{bmatrix} ${rows} \\end{bmatrix}`;
const clips: readonly [name: string, given: string, rows: string][] = [
  ["a spreadsheet", "1\t2\r\n3\t4\r\n", "1 & 2 \\\\ 3 & 4"],
  ["decimal commas", "1,5\t2,25\r\n3\t4\r\n", "1.5 & 2.25 \\\\ 3 & 4"],
  ["thousands parted by points", "1.234,5\t2\r\n3\t4\r\n", "1234.5 & 2 \\\\ 3 & 4"],
  ["thousands parted by commas", "1,234.5\t2\r\n3\t4,000\r\n", "1234.5 & 2 \\\\ 3 & 4000"],
  ["titles of columns", "x\ty\r\n1\t2\r\n3\t4\r\n", "1 & 2 \\\\ 3 & 4"],
  ["NumPy", "[[ 1.  2.5]\n [-3.  4. ]]", "1 & 2.5 \\\\ -3 & 4"],
  ["pandas", "   a  b\n0  1  2\n1  3  4", "1 & 2 \\\\ 3 & 4"],
  ["PyTorch", "tensor([[1., 2.],\n        [3., 4.]], device='cuda:0')", "1 & 2 \\\\ 3 & 4"],
  ["MATLAB, scaled", "ans =\n\n   1.0e+03 *\n\n    1.0000    2.5000\n   -3.0000    4.0000\n", "1000 & 2500 \\\\ -3000 & 4000"],
  ["R", "     [,1] [,2]\n[1,]    1    3\n[2,]    2    4", "1 & 3 \\\\ 2 & 4"],
  ["LaTeX", "A = \\begin{pmatrix} 1 & \\frac12 \\\\ 3 & 4 \\end{pmatrix}", "1 & \\frac{1}{2} \\\\ 3 & 4"],
];

describe("the clipboard of", () => {
  test.each(clips)("%s is pasted into prose and into a formula whose end is not typed", async (_, given, rows) => {
    expect(await pasted("markdown", CURSOR, given)).toBe(`$$\n${tex(rows)}\n$$`);
    expect(await pasted("markdown", `Here $A = ${CURSOR}$`, given)).toBe(`Here $A = ${tex(rows)}$`);
  });
});

test("a displayed formula is pasted below the words of its line, quoted as they are", async () => {
  expect(await pasted("markdown", `> so${CURSOR}`, "1\t2\n3\t4")).toBe(`> so\n>\n> $$\n> ${tex("1 & 2 \\\\ 3 & 4")}\n> $$`);
});

test("rows of code hang below the first one", async () => {
  expect(await pasted("python", `def f():\n    A = ${CURSOR}`, "1\t2\n3\t4\n5\t6\n7\t8\n")).toBe(
    "def f():\n    A = np.array([[1, 2],\n                  [3, 4],\n                  [5, 6],\n                  [7, 8]])",
  );
});

test("a shortened print-out is no matrix", async () => {
  expect(await pasted("python", CURSOR, "[[1. 2. ... 3.]\n [4. 5. ... 6.]]")).toMatch(/shortened/);
});
