// A formula written with decimals is answered in decimals; one written with fractions and whole numbers stays exact.
import { expect, test } from "vitest";
import { jobs } from "../../extension/src/protocol.js";
import { documentCopies } from "../../extension/src/worker/copies.js";
import { asDecimals, hasDecimals } from "../../extension/src/worker/decimals.js";
import { handlers, type JobContext } from "../../extension/src/worker/jobs/index.js";
import { english } from "../../extension/src/worker/tongue.js";

const conventions = { exact: "auto", digits: 4, output: "source", scope: "above" } as const;
const style = { maxLength: 64, maxRows: 6, maxColumns: 6 };

/** The note and the text of the last formula of a Markdown note. */
async function lastOf(note: string): Promise<[note: string, text: string]> {
  const copies = documentCopies();
  copies.apply({ type: "open", uri: "test:a", version: 1, language: "markdown", text: note });
  const context = { copies, say: english, clock: () => performance.now(), cancelled: () => false } as unknown as JobContext;
  const at = note.lastIndexOf("$") - 1;
  const place = { uri: "test:a", version: 1, language: "markdown", range: [at, at] as const };
  const answer = jobs.evaluate.answer(await handlers.evaluate({ place, conventions, style, timeout: 6000 }, context));
  return answer.ok ? [answer.note, answer.text] : [answer.note, ""];
}

test.each([
  ["$0.9 \\cdot 0.8$", "= 0.72", "0.72"],
  ["$0.1 + 0.2$", "= 0.3", "0.3"],
  ["$\\frac{0.1}{0.3}$", "≈ 0.3333", "0.3333333333"],
  ["$\\frac{1}{10} + \\frac{2}{10}$", "= \\frac{3}{10}", "\\frac{3}{10}"],
  ["$1.5 \\cdot 2$", "= 3", "3"],
  ["$\\sqrt{0.5}$", "≈ 0.7071", "0.7071067812"],
  ["$\\begin{pmatrix}0.5&1.2\\\\2.1&3\\end{pmatrix}^{-1}$", "≈ \\begin{pmatrix}-2.941&1.176\\\\2.059&-0.4902\\end{pmatrix}", undefined],
  ["$\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}^{-1}$", "= \\begin{pmatrix}-2&1\\\\\\frac{3}{2}&-\\frac{1}{2}\\end{pmatrix}", undefined],
  // By a definition, too; what is not used does not count.
  ["$\\beta = 0.9$\n\n$\\frac{1}{1 - \\beta}$", "= 10", "10"],
  ["$\\beta = 0.9$\n\n$\\frac{\\beta}{4}$", "= 0.225", "0.225"],
  ["$\\beta = 0.9$\n\n$\\frac{1}{4}$", "= \\frac{1}{4}", "\\frac{1}{4}"],
  // Beyond floating point a fraction stays what it is.
  ["$0.1^{400}$", "≈ 1e−400", undefined],
  ["$-\\frac{7.5^{600}}{2}$", "≈ −5.44162e524", undefined],
  ["$2 x = 0.5$", "⇒ x = 0.25", "x = 0.25"],
] as const)("%s", async (text, note, whole) => {
  const [shown, written] = await lastOf(text);
  expect([shown, written]).toEqual([note, whole ?? written]);
});

test("decimals are told from versions, ranges and names", () => {
  for (const text of ["0.5", ".5", "a + 12.25", "1.5e-3", "1e-3", "x=-.25"]) expect([text, hasDecimals(text)]).toEqual([text, true]);
  for (const text of ["5", "1/2", "1.2.3", "1, 2, ..., 5", "a.b", "x_{12}", "v1.5", "3.", "e-3"])
    expect([text, hasDecimals(text)]).toEqual([text, false]);
});

test("a fraction becomes the number it is, if there is one, and whole numbers stay", () => {
  const of = (num: bigint, den: bigint) => asDecimals({ kind: "rational", num, den });
  expect(of(3n, 1n)).toEqual({ kind: "rational", num: 3n, den: 1n });
  expect(of(1n, 3n)).toEqual({ kind: "real", value: 1 / 3 });
  expect(of(-(7n ** 400n), 10n ** 400n)).toEqual({ kind: "real", value: Number(`-${7n ** 400n}e-400`) });
  expect(of(10n ** 330n + 1n, 2n * 10n ** 330n)).toEqual({ kind: "real", value: 0.5 });
  expect(of(1n, 10n ** 400n)).toEqual({ kind: "rational", num: 1n, den: 10n ** 400n });
});
