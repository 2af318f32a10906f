// Whether a place is in a formula whose end has not been typed yet: there functions are completed and matrices pasted bare.
import { expect, test } from "vitest";
import { isOpened } from "../../extension/src/worker/opened.js";

const places: readonly [text: string, open: boolean, tex?: true][] = [
  ["Then $\\de", true],
  ["Then $", true],
  ["Then $x$ and $\\de", true],
  ["Then $x$ and words", false],
  ["It costs 5$ and more", false],
  ["It costs \\$5 and more", false],
  ["`$x` and words", false],
  ["$$\nA = ", true],
  ["$$\nA = 1\n$$\nwords", false],
  ["Broken $x\n\nNext paragraph", false],
  ["Broken $x\r\n\r\nNext paragraph", false],
  ["\\[ \\de", true, true],
  ["\\[ A \\] words", false, true],
  ["a \\\\[2pt] words", false, true],
  ["\\begin{align}\n B &= \\de", true, true],
  ["\\begin{align}\n B &= 1\n\\end{align}\nwords", false, true],
  ["$ \\de", true, true],
  ["% a price of $5\nwords", false, true],
];

test.each(places)("%j: %s", (text, open, tex) => expect(isOpened(text, text.length, tex ?? false)).toBe(open));
