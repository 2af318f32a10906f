// A document has the same formulas with the line ends of Windows.
import { openDocument } from "@scholium/core/formula";
import { expect, test } from "vitest";

const documents: readonly [language: string, text: string][] = [
  ["markdown", "| a | b |\n|--:|:--|\n| 1 | 2 |\n\nText $a\n\nb$ and `c\n\nd` $x+1$\n\n```python\nA = [[1,2],[3,4]]\n```\n\n$$\nA = 1\n$$\n"],
  ["python", "A = 1 + \\\n    2\nB = np.array([[1, 2],\n    [3, 4]])\nC = A @ B\n\nif x:\n    D = [1, 2]\n"],
  ["matlab", "A = [1 2 ...\n 3 4];\nx = 1 + ...\n  2;\nB = A'; % c\nfor i=1:3\n  C = B*2\nend\n"],
  ["csv", "1,2\n3,4\n"],
  ["latex", "% c\n\\[\nA = 1\n\\]\n\nText $x\n+ 1$.\n\n\\begin{align}\na &= 1 \\\\\nb &= 2\n\\end{align}\n"],
];

test.each(documents)("%s", (language, text) => {
  const read = (t: string) =>
    openDocument([{ language, text: t }]).cells[0]?.entries.map((e) => [
      e.text.replaceAll("\r", ""),
      e.region.language,
      e.statements.length,
      e.error?.kind,
    ]);
  const plain = read(text);
  expect(plain?.length).toBeGreaterThan(0);
  expect(read(text.replaceAll("\n", "\r\n"))).toEqual(plain);
});
