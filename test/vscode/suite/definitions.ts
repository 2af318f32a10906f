// The Definitions view, pinned values, comparison and renaming, as their commands see them; and what the manifest promises.
import * as vscode from "vscode";
import type { Comparison } from "../../../extension/src/aidMessages.js";
import { api, clean, equal, match, open, select, until } from "./editor.js";

const SETTLE = { timeout: 5000, priority: 0 } as const;

async function definitionsOf(editor: vscode.TextEditor) {
  const { document } = editor;
  const { engine } = await api();
  const conventions = { exact: "auto", digits: 4, output: "source", scope: "above" } as const;
  const outcome = await engine.run(
    "definitions",
    {
      uri: document.uri.toString(),
      version: document.version,
      language: document.languageId,
      conventions,
      style: { maxLength: 48, maxRows: 4, maxColumns: 4 },
      timeout: 2000,
    },
    SETTLE,
  );
  if (outcome.status !== "done") throw new Error(outcome.status);
  return outcome.answer.definitions;
}

const NOTE = "$A = \\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}$\n\n$f(x) = x^2 + 1$ and $B = A^\\top$.\n\n$\\det A + f(2)$ and $\\sum_{k=1}^3 k$\n";

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly icon?: string; readonly category: string }[];
    readonly walkthroughs: readonly { readonly steps: readonly { readonly media: { readonly altText: string } }[] }[];
  };
}

export const definitions = () =>
  suite("definitions", () => {
    teardown(clean);

    test("names have shape, value and the places that use them", async () => {
      const editor = await open("markdown", NOTE);
      const all = await definitionsOf(editor);
      equal(
        all.map((d) => [d.name, d.kind, d.shape]),
        [
          ["A", "matrix", "2×2"],
          ["f", "function", ""],
          ["B", "matrix", "2×2"],
        ],
        "definitions",
      );
      const text = (range: readonly [number, number]) => editor.document.getText().slice(...range);
      equal(
        all[0]?.uses.map((u) => text(u.range)),
        ["A", "A"],
        "uses of A",
      );
      match(all[0]?.words, /2 by 2 matrix, rank 2, determinant −2/, "words of A");
    });

    test("a definition is renamed wherever it is meant, in one step", async () => {
      const editor = await open("markdown", NOTE);
      select(editor, "A = ", true);
      await vscode.commands.executeCommand("scholium.renameDefinition", undefined, "M");
      equal(editor.document.getText(), NOTE.replace("A =", "M =").replace("A^\\top", "M^\\top").replace("\\det A", "\\det M"), "text");
      await vscode.commands.executeCommand("undo");
      equal(editor.document.getText(), NOTE, "text after undo");
    });

    test("a name that is taken, or none, changes nothing", async () => {
      const editor = await open("markdown", NOTE);
      select(editor, "A = ", true);
      for (const name of ["B", "k", "2x", "a+b"]) {
        await vscode.commands.executeCommand("scholium.renameDefinition", undefined, name);
        equal(editor.document.getText(), NOTE, `text after ${name}`);
      }
    });

    test("a pinned value is compared with another: norms and a heatmap of the difference", async () => {
      const editor = await open(
        "markdown",
        "$P = \\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}$\n\n$R = \\begin{pmatrix}1&2\\\\3&7\\end{pmatrix}$\n",
        "P = ",
        true,
      );
      await vscode.commands.executeCommand("scholium.pin");
      select(editor, "R = ", true);
      await vscode.commands.executeCommand("scholium.pin");
      const all = await definitionsOf(editor);
      const node = { type: "definition", definition: all.find((d) => d.name === "R") };
      const shown = (await vscode.commands.executeCommand("scholium.compare", node, 0)) as Comparison;
      equal(shown.shapes, ["2×2", "2×2"], "shapes");
      equal(shown.norms.find((n) => n.name === "‖Δ‖F")?.value, "3", "Frobenius norm of the difference");
      match(shown.summary, /row 2, column 2/, "where they differ most");
      match(shown.figures[0]?.svg, /^<svg/, "heatmap");
      await until(
        () => vscode.window.tabGroups.all.flatMap((g) => g.tabs.map((t) => t.label)),
        (labels) => labels.some((l) => /R.*P/.test(l)),
        "the tab",
      );
      await vscode.commands.executeCommand("scholium.unpin");
    });

    test("the side bar opens, and every command has a category, an icon and a function", async () => {
      await open("markdown", NOTE);
      await vscode.commands.executeCommand("scholium.showDefinitions");
      const { packageJSON } = vscode.extensions.getExtension("scholium.scholium") as { packageJSON: Manifest };
      const known = new Set(await vscode.commands.getCommands(true));
      for (const { command, icon, category } of packageJSON.contributes.commands) {
        equal([known.has(command), typeof icon, category], [true, "string", "Scholium"], command);
      }
      for (const { steps } of packageJSON.contributes.walkthroughs)
        for (const { media } of steps) if (!media.altText.trim()) throw new Error("a picture without words");
    });

    test("every text of the manifest is there in both languages", async () => {
      const { extensionUri } = vscode.extensions.getExtension("scholium.scholium") as vscode.Extension<unknown>;
      const read = async (name: string) => new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, name)));
      const [manifest, en, zh] = await Promise.all(["package.json", "package.nls.json", "package.nls.zh-cn.json"].map(read));
      const keys = (text: string | undefined) => Object.keys(JSON.parse(text ?? "{}") as object).sort();
      equal(keys(zh), keys(en), "keys");
      const used = new Set([...(manifest as string).matchAll(/"%([\w.]+)%"/g)].map((m) => m[1]));
      equal(
        [...used].filter((k) => !keys(en).includes(k as string)),
        [],
        "texts the manifest wants and nobody has",
      );
      const empty = Object.entries(JSON.parse(zh as string) as Record<string, string>).filter(([, text]) => !text.trim());
      equal(empty, [], "empty texts");
    });
  });
