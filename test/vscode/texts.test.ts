// The texts of the extension in Chinese: none is missing, none is left over, and errors of formulas are said in it as well.
import { readdirSync, readFileSync } from "node:fs";
import { catalogue } from "@scholium/core/catalogue";
import { said } from "@scholium/core/expr";
import { figurePhrases } from "@scholium/core/figure";
import { run } from "@scholium/core/formula";
import { describe, expect, test } from "vitest";
import { type Conventions, type Evaluation, jobs } from "../../extension/src/protocol.js";
import { LAB_TEXTS } from "../../extension/src/services/labTexts.js";
import { PANEL_TEXTS } from "../../extension/src/services/panelTexts.js";
import { documentCopies } from "../../extension/src/worker/copies.js";
import { handlers, type JobContext } from "../../extension/src/worker/jobs/index.js";
import { saidOf, tongue } from "../../extension/src/worker/tongue.js";
import { sentencesOf } from "./sentences.js";

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");
const zh = JSON.parse(read("extension/l10n/bundle.l10n.zh-cn.json")) as Record<string, string>;

const sources = (folder: string): string[] =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: "utf8" })
    .filter((f) => f.endsWith(".ts"))
    .map((f) => read(`${folder}/${f}`));
const own = sources("extension/src");
const engine = [...sources("core/src"), ...own];

/** The texts in quotes of a program. */
const strings = (text: string) =>
  [...text.matchAll(/"((?:[^"\\\n]|\\.)*)"|'((?:[^'"\\\n]|"[^"'\n]*")*)'/g)].map(([, double, single]) =>
    (double ?? single ?? "").replaceAll(/\\u([0-9a-fA-F]{4})|\\n|\\(.)/g, (all, hex, c) =>
      hex ? String.fromCharCode(Number.parseInt(hex, 16)) : all === "\\n" ? "\n" : c,
    ),
  );

/** What stands between a call's bracket and the one that closes it. */
function argumentOf(text: string, from: number): string {
  let depth = 1;
  let at = from;
  for (; at < text.length && depth > 0; at++) {
    if (text[at] === '"') {
      for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === "\\") at++;
    } else if ("([{".includes(text[at] as string)) depth++;
    else if (")]}".includes(text[at] as string)) depth--;
  }
  return text.slice(from, at - 1);
}

/** The first argument of every t(...) of the extension, which is a text or a choice of texts. */
const wanted = new Set(
  own.flatMap((text) =>
    [...text.matchAll(/\bt\(/g)].flatMap(({ index }) => {
      const [first = ""] = /^(?:[^"',]|"(?:[^"\\]|\\.)*"|'[^'\n]*')*/.exec(argumentOf(text, index + 2)) ?? [];
      return strings(first);
    }),
  ),
);

/** Templates of said`...`, with their parts open. */
const templates = (text: string): string[] => sentencesOf(text).templates;

describe("texts in Chinese", () => {
  test("every text the extension says at run time is translated", () => {
    expect(wanted.size).toBeGreaterThan(80);
    expect([...wanted, ...PANEL_TEXTS, ...LAB_TEXTS, ...Object.values(figurePhrases)].filter((key) => !zh[key])).toEqual([]);
  });

  test("a translation has the places of its text, and no other", () => {
    const places = (text: string) => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();
    for (const [key, text] of Object.entries(zh)) expect([key, places(text)]).toEqual([key, places(key)]);
  });

  test("no translation is left over from a text that is gone", () => {
    const quoted = (text: string) => [...text.matchAll(/'([^'\\\n]*)'/g)].map(([, inner]) => inner as string);
    const said = new Set([
      ...engine.flatMap(strings),
      ...engine.flatMap(quoted),
      ...engine.map(sentencesOf).flatMap((found) => [...found.plain, ...found.templates]),
      ...engine.flatMap((s) => s.match(/(?<=<summary>|`)[^`<$]+(?=<|`)/g) ?? []),
    ]);
    const left = Object.keys(zh).filter((key) => !key.endsWith("/part") && !said.has(key));
    expect(left).toEqual([]);
  });
});

describe("what the mathematics and the formula language say, in Chinese", () => {
  // Their errors reach notes, hovers, the Problems view, the panel and the labs. What the command line says is not for the editor.
  const apart = /^(kernels|papers|cli)\//;
  const rooms = readdirSync(new URL("core/src", root), { recursive: true, encoding: "utf8" }).filter((f) => f.endsWith(".ts") && !apart.test(f));
  const all = rooms.map((f) => sentencesOf(read(`core/src/${f}`)));

  test("every sentence of its errors is translated", () => {
    const sentences = all.flatMap(({ plain, templates }) => [...plain, ...templates]);
    expect(sentences.length).toBeGreaterThan(900);
    expect(sentences.filter((s) => !zh[s])).toEqual([]);
  });

  test("every word that becomes a part of a sentence is translated", () => {
    const words = all.flatMap((s) => s.words);
    expect(words.length).toBeGreaterThan(100);
    expect(words.filter((w) => !zh[`${w}/part`])).toEqual([]);
  });

  test("no sentence is put together before it is said", () => {
    expect(all.flatMap((s) => s.glued)).toEqual([]);
  });

  test("what the kernels report is translated, numbers and all", () => {
    const reports = sources("core/src/kernels").flatMap((text) =>
      [...text.matchAll(/new KernelError\("(?!no-convergence)[\w-]+", (?:"([^"]*)"|`([^`]*)`)/g)].map(([, plain, glued]) =>
        plain === undefined ? `${glued?.replaceAll(/\$\{[^}]*\}|\d+/g, "{n}")}/part` : plain,
      ),
    );
    expect(reports.length).toBeGreaterThan(3);
    expect(reports.filter((r) => !zh[r])).toEqual([]);
  });

  test("what the extension's own engine says is translated", () => {
    const sentences = own.map(sentencesOf).flatMap((found) => [...found.plain, ...found.templates, ...found.glued]);
    expect(sentences.length).toBeGreaterThan(20);
    expect(sentences.filter((s) => !zh[s])).toEqual([]);
  });
});

const conventions: Conventions = { exact: "auto", digits: 4, output: "source", scope: "above" };

async function evaluated(text: string, language: string, range: readonly [number, number] = [0, text.length]): Promise<Evaluation> {
  const context: JobContext = {
    copies: documentCopies(),
    say: tongue(Object.entries(zh).map(([key, translation]) => ({ key, text: translation }))),
    clock: () => performance.now(),
    cancelled: () => false,
  } as unknown as JobContext;
  const place = { uri: "test:a", version: 1, language, range, text };
  return jobs.evaluate.answer(
    await handlers.evaluate({ place, conventions, style: { maxLength: 64, maxRows: 6, maxColumns: 6 }, timeout: 2000 }, context),
  );
}

/** A wrong formula -> its note, and its hint where there is one. */
const wrong: readonly [name: string, language: string, text: string, note: string, hint?: string][] = [
  ["a bracket that closes nothing", "matlab", "[1 2; 3 ] ] 4", "“]”没有对应的开头"],
  ["shapes that do not fit", "matlab", "[1 2 3; 4 5 6] * [1 2; 3 4]", "2×3 不能乘以 2×2（内侧维数为 3 和 2）", "左边的矩阵转置后即可相乘"],
  [
    "a sum of two shapes",
    "latex",
    "\\begin{pmatrix}1&2\\end{pmatrix}+\\begin{pmatrix}1\\\\2\\\\3\\end{pmatrix}",
    "无法将 1×2 与 3×1 相加",
    "两者形状须相同",
  ],
  ["a ragged matrix", "matlab", "[1 2 3; 4 5]", "第 2 行有 2 个元素，第 1 行有 3 个", "请让每一行元素个数相同"],
  [
    "a shortened print-out",
    "python",
    "array([[1., 2., ..., 9.],\n [1., 2., ..., 9.]])",
    "此输出被省略：“...”处的数已缺失",
    "请执行 np.set_printoptions(threshold=sys.maxsize) 后重新打印",
  ],
  ["a singular matrix", "latex", "\\begin{pmatrix}1&2\\\\2&4\\end{pmatrix}^{-1}", "2×2 矩阵奇异（行列式为 0，秩为 1）", "它有伪逆：A^+"],
  ["an environment without an end", "latex", "\\begin{pmatrix}1&2\\\\3&4", "“\\begin{pmatrix}”没有对应的“\\end{pmatrix}”", "请加上 \\end{pmatrix}"],
  ["an unknown function", "matlab", "[1 2] * foo(3)", "没有名为 foo 的函数"],
  [
    "a determinant of what is not square",
    "latex",
    "\\det\\begin{pmatrix}1&2&3\\\\4&5&6\\end{pmatrix}",
    "行列式需要方阵，这里是 2×3",
    "方阵的行数等于列数",
  ],
  ["a division by zero", "latex", "1/0", "除以零"],
  ["an integral without a variable", "latex", "\\int_0^1 x", "积分缺少 dx：不知道积分变量", "请在积分末尾写 d 和变量"],
  ["too large an array", "matlab", "zeros(100000,100000)", "100000×100000 的数组有 10000000000 个元素，上限为 16777216"],
];

describe("remarks and words in Chinese", () => {
  const say = tongue(Object.entries(zh).map(([key, text]) => ({ key, text })));

  test("every remark of the engine is translated", () => {
    const remarks = engine.flatMap((text) => [
      ...[...text.matchAll(/(?:\bnote|\bnotes\.push)\("((?:[^"\\]|\\.)*)"/g)].map(([, remark]) => remark as string),
      ...[...text.matchAll(/(?:\bnote|\bnotes\.push)\(said`[^`]*`/g)].flatMap(({ 0: call }) => templates(call)),
    ]);
    expect(remarks.length).toBeGreaterThan(20);
    expect(remarks.filter((r) => !zh[r])).toEqual([]);
  });

  test("a remark with parts keeps its template until it is said, and a text that nobody knows stays", async () => {
    const input = "\\|\\begin{pmatrix}3&0\\\\0&4\\end{pmatrix}\\|_3";
    const answer = await run({ input, language: "latex" }, { clock: () => performance.now(), cancelled: () => false });
    if (!answer.ok) throw new Error(answer.error.message);
    expect(answer.notes.map(say)).toEqual([zh["Schatten {0}-norm"]?.replace("{0}", "3")]);
    expect(say(said`ill-conditioned, cond = ${"1.2e+17"}`)).toBe("病态，条件数 = 1.2e+17");
    expect(say(said`terms below order ${6}`)).toBe("低于 6 阶的项");
    expect(say("a text that nobody knows")).toBe("a text that nobody knows");
  });

  test("no remark is put together before it is said", () => {
    const glued = engine.flatMap((text) => text.match(/(?:\bnote|\bnotes\.push)\(`[^`]*`/g) ?? []);
    expect(glued).toEqual([]);
  });

  test("a matrix is put into words for the ear", async () => {
    const { wordsOf } = await import("../../extension/src/worker/words.js");
    const { factsOf } = await import("../../extension/src/worker/facts.js");
    const value = { kind: "array", shape: [2, 2], data: Float64Array.of(1, 2, 3, 4) } as const;
    expect(wordsOf(value, factsOf(value, 1e6), "", say)).toMatch(/^2 行 2 列矩阵，秩 2，行列式 [-−]2\. 第 1 行：1, 2。 第 2 行：3, 4。$/);
  });
});

/** A formula whose routine fails -> what is said, and the hint. */
const failing: readonly [name: string, text: string, message: string, hint?: string][] = [
  ["a right-hand side that does not fit", "leastSquares([1 2; 3 4], [1; 2; 3])", "2×2 的方程组与 3×1 的右端项不匹配，无法拟合", "需要 2 行"],
  ["an indefinite matrix", "chol([1 2; 2 1])", "矩阵不是正定的：2 阶顺序主子式不为正（主元 -3.00）", "ldl 可分解任意埃尔米特矩阵"],
  ["an entry that is not finite", "cholesky([1 NaN; 2 1])", "Cholesky 分解要求元素有限，但第 1 行第 2 列为 NaN", "请先替换 NaN 和无穷"],
  ["a rank there cannot be", "truncatedSvd([1 2; 2 1], 7)", "2×2 矩阵的截断奇异值分解的秩不能为 7", "请取 0 到 2 之间的整数"],
  ["an odd dimension", "ropeFrequencies(3)", "维数须为偶数，而不是 3", "RoPE 成对地旋转通道"],
  ["a matrix without a logarithm", "logm([0 0; 0 0])", "奇异矩阵没有对数（特征值为 0）"],
  ["eigenvalues of what is not square", "eig([1 2 3; 4 5 6])", "特征值问题需要方阵，这里是 2×3", "方阵的行数等于列数"],
];

describe("errors of routines in Chinese", () => {
  const say = tongue(Object.entries(zh).map(([key, text]) => ({ key, text })));

  test.each(failing)("%s", async (_, input, message, hint) => {
    const answer = await run({ input, language: "matlab" }, { catalogue, clock: () => performance.now(), cancelled: () => false });
    if (answer.ok) throw new Error(answer.text);
    const said = saidOf(answer.error, say);
    expect([said.message, said.hint]).toEqual([message, hint]);
  });

  test("a Chinese word stands in its sentence without a blank, a name with one", () => {
    expect(say(said`${"the base"} must be a positive number, not ${-1}`)).toBe("底数须为正数，而不是 -1");
    expect(say(said`${"L"} must be a positive number, not ${-1}`)).toBe("L 须为正数，而不是 -1");
    expect(say(said`${"the product"} of ${said`${"9×9"} and ${"9×2"}`}: ${"7 MiB more do not fit into the kernels' memory of 4 GiB"}`)).toBe(
      "9×9 与 9×2 的乘积：再容不下 7 MiB：内核的内存上限为 4 GiB",
    );
  });

  test("a routine that fails inside a definition says so where the definition is used", async () => {
    const answer = await evaluated("A = [1 2; 2 1];\nL = chol(A);\nL * 2", "matlab", [29, 34]);
    if (answer.ok) throw new Error(answer.note);
    expect(answer.problem.message).toBe("矩阵不是正定的：2 阶顺序主子式不为正（主元 -3.00）");
  });
});

describe("facts in Chinese", () => {
  const say = tongue(Object.entries(zh).map(([key, text]) => ({ key, text })));

  test("a value too large to write is told in words that are all translated", async () => {
    expect((await evaluated("eye(12)", "matlab")).note).toBe("= 12×12 · 秩 12");
    expect((await evaluated("2^400", "matlab")).note).toBe("= 258224…（121 位）");
  });

  test("a structure is told word by word, with its numbers", async () => {
    const { factsOf } = await import("../../extension/src/worker/facts.js");
    const data = Float64Array.from({ length: 100 }, (_, k) => (k % 11 === 0 ? 2 : 0));
    const { list } = factsOf({ kind: "array", shape: [10, 10], data }, 1e6, say);
    expect(list.find((f) => f.name === "structure")?.value).toBe("对角，对称，稀疏（10 % 非零）");
  });

  test("every word of a structure is translated", () => {
    const text = read("extension/src/worker/facts.ts");
    const words = [...text.matchAll(/words\.push\(([^;]*)\);|return \[("[^;]*")\];/g)].flatMap(([, pushed, returned]) =>
      strings(pushed ?? returned ?? ""),
    );
    const due = [...words, ...templates(text)];
    expect(due.length).toBeGreaterThan(8);
    expect(due.filter((w) => !zh[w])).toEqual([]);
  });
});

describe("errors of formulas in Chinese", () => {
  test.each(wrong)("%s", async (_, language, text, message, hint) => {
    const answer = await evaluated(text, language);
    if (answer.ok) throw new Error(answer.note);
    expect([answer.problem.message, answer.problem.hint]).toEqual([message, hint]);
    // The note begins as the message does, and breaks off at a clause if at all.
    const note = answer.note.replace("⚠\uFE0E ", "");
    expect(message.startsWith(note.replace(/…$/, ""))).toBe(true);
  });
});
