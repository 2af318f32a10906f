// Language-model tools, called as an assistant would.
import * as vscode from "vscode";
import { equal, match, open } from "./editor.js";

async function invoke(name: string, input: object): Promise<string> {
  const result = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
  return result.content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : "")).join("");
}

async function refused(name: string, input: object): Promise<string> {
  try {
    await invoke(name, input);
  } catch (e) {
    return String((e as Error).message);
  }
  throw new Error(`${name} answered ${JSON.stringify(input)}`);
}

export const tools = () =>
  suite("language-model tools", () => {
    test("the three tools are known with their schemas", () => {
      const own = vscode.lm.tools.filter((t) => t.name.startsWith("scholium_")).map((t) => t.name);
      equal(own.sort(), ["scholium_check", "scholium_evaluate", "scholium_paper"], "tools");
      const schema = vscode.lm.tools.find((t) => t.name === "scholium_evaluate")?.inputSchema as {
        required: string[];
        additionalProperties: boolean;
      };
      equal([schema.required, schema.additionalProperties], [["input"], false], "schema");
    });

    test("scholium_evaluate answers value, type, exactness and how the input was read", async () => {
      const text = await invoke("scholium_evaluate", { input: "inv([1 2;3 4])" });
      match(text, /^value: \[-2,? 1; 1\.5,? -0\.5\]/, "value");
      match(text, /\ntype: 2×2 real matrix\nexact: false\nprecision: /, "type and exactness");
      const exact = await invoke("scholium_evaluate", { input: "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}^{-1}", output: "latex" });
      match(exact, /^value: .*\\frac\{3\}\{2\}[\s\S]*\nexact: true\n/, "exact value of LaTeX");
      match(text, /\nfacts: .*det -?1?.*/, "facts");
      match(text, /\ninterpreted as: .*\\begin\{[a-z]*matrix\}/, "reading");
    });

    test("scholium_evaluate uses given definitions, commands, and definitions above a line of an open document", async () => {
      match(
        await invoke("scholium_evaluate", { input: "\\det A", definitions: ["A = \\begin{pmatrix}2&1\\\\1&2\\end{pmatrix}"] }),
        /^value: 3\n/,
        "definitions",
      );
      match(await invoke("scholium_evaluate", { input: "x^2 - 4", command: "factor" }), /x.*2/, "command");
      const editor = await open("markdown", "$A = \\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}$\n\ntext\n");
      const text = await invoke("scholium_evaluate", { input: "\\operatorname{tr} A", uri: editor.document.uri.toString(), line: 3 });
      match(text, /^value: 5\n/, "value");
      match(text, /\nused: A \(.*:1\)/, "where the definition stands");
    });

    test("an error is thrown and says what to change", async () => {
      match(await refused("scholium_evaluate", { input: "[1 2 3; 4 5 6]*[1 2; 3 4]" }), /error: shape.*hint: /, "shape");
      match(await refused("scholium_evaluate", { input: "1+1", digits: 40 }), /digits/, "digits");
    });

    test("a large result is cut with a note of what is missing", async () => {
      const text = await invoke("scholium_evaluate", { input: "reshape(0:9999, 100, 100)", language: "matlab" });
      match(text, /type: 100×100 real matrix/, "type");
      match(text, /truncated: rows 1–6 of 100/, "truncated");
      if (text.length > 4000) throw new Error(`${text.length} characters`);
    });

    test("scholium_check tells equal from different", async () => {
      match(await invoke("scholium_check", { first: "(a+b)^2", second: "a^2+2ab+b^2" }), /^equal/, "equal");
      match(await invoke("scholium_check", { first: "(a+b)^2", second: "a^2+b^2" }), /^different at a = .*b = /, "different");
      match(await invoke("scholium_check", { first: "[1 2;3 4]'", second: "[1 3; 2 4]" }), /^equal/, "matrices");
    });

    test("scholium_paper finds IDs without a network", async () => {
      match(await invoke("scholium_paper", { text: "See arXiv:2104.09864v5 and others." }), /2104\.09864.*https:\/\//, "paper");
    });
  });
