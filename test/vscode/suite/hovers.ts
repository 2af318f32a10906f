// What a hover says about values of several kinds, and what its links do.
import * as vscode from "vscode";
import { clean, equal, hoverText, match, open, until } from "./editor.js";

const decoded = (hover: string) => {
  const found = /data:image\/svg\+xml;base64,([A-Za-z0-9+/=]+)/g;
  return [...hover.matchAll(found)].map((m) => atob(m[1] as string));
};

export const hovers = () =>
  suite("hover", () => {
    teardown(clean);

    test("a square matrix shows determinant, rank, trace, condition; heatmap and spectrum in one picture", async () => {
      const editor = await open("markdown", "$\\begin{pmatrix}2&1\\\\1&2\\end{pmatrix}$\n");
      const text = await hoverText(editor, new vscode.Position(0, 8));
      for (const fact of ["det **3**", "rank **2**", "trace **4**", "symmetric"])
        if (!text.includes(fact)) throw new Error(`no ${fact} in ${text.replaceAll(/base64,[^"]+/g, "...")}`);
      const [formula, figures, ...more] = decoded(text);
      match(formula, /<svg/, "typeset value");
      match(figures, /Entries.*Singular values/s, "figures");
      equal(more.length, 0, "further pictures");
    });

    test("a number that is a fraction shows its decimals, a vector its norm and extremes", async () => {
      match(await hoverText(await open("markdown", "$\\frac{1}{3}+\\frac{1}{3}$\n"), new vscode.Position(0, 8)), /≈ \*\*0\\?\.66666/, "fraction");
      const vector = await hoverText(await open("markdown", "$\\begin{pmatrix}3\\\\4\\end{pmatrix}$\n"), new vscode.Position(0, 8));
      match(vector, /\*\*5\*\*/, "norm");
      match(vector, /min \*\*3\*\*/, "min");
    });

    test("several definitions stand one below the other, each with its name", async () => {
      const editor = await open("markdown", "$$A = \\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}, \\quad b = \\begin{pmatrix}5\\\\6\\end{pmatrix}$$\n");
      const text = await hoverText(editor, new vscode.Position(0, 24));
      match(text, /alt="A = 2 by 2 matrix.*b = Column of 2: 5, 6\./, "words");
      const [picture] = decoded(text);
      match(picture, /<svg/, "typeset definitions");
      if (/=[^>]*\\\{|data-c="7B"/.test(picture)) throw new Error("the definitions are typeset as a set");
    });

    test("the definitions used are links that go to them", async () => {
      const editor = await open("markdown", "first\n\n$m = 12$\n\nlater $m + 1$\n");
      const text = await hoverText(editor, new vscode.Position(4, 9));
      const link = /\[`m`\]\(command:scholium\.goTo\?([^)]+)\)/.exec(text)?.[1];
      if (!link) throw new Error(`no link to m in ${text.replaceAll(/base64,[^"]+/g, "...")}`);
      await vscode.commands.executeCommand("scholium.goTo", ...JSON.parse(decodeURIComponent(link)));
      equal(vscode.window.activeTextEditor?.selection.start.line, 2, "line of the definition");
    });

    test("Copy in a hover copies the value it showed", async () => {
      const editor = await open("markdown", "$6 \\cdot 7$\n");
      const link = /command:scholium\.copyAs\?([^)]+)\)/.exec(await hoverText(editor, new vscode.Position(0, 4)))?.[1] ?? "";
      const [id] = JSON.parse(decodeURIComponent(link));
      await vscode.commands.executeCommand("scholium.copyAs", id, "latex");
      equal(await until(vscode.env.clipboard.readText, (t) => t !== "", "clipboard"), "42", "clipboard");
    });

    test("in code a hover opens on a literal's first line and its end, and not on other code", async () => {
      const code = "import numpy as np\nx = compute(1)\nA = np.array([[1, 2],\n              [3, 4],\n              [5, 6]])\n";
      const editor = await open("python", code);
      const ours = async (line: number, character: number) => /scholium\./.test(await hoverText(editor, new vscode.Position(line, character)));
      equal(await ours(2, 16), true, "first line of the literal");
      equal(await ours(3, 16), false, "its middle");
      equal(await ours(1, 3), false, "a call");
      equal(await ours(0, 3), false, "an import");
    });

    test("a matrix too large to be typeset shows its corner with dots, and stays under 60,000 characters", async () => {
      const rows = Array.from({ length: 30 }, (_, i) => Array.from({ length: 30 }, (_, j) => i * 30 + j).join("&"));
      const editor = await open("markdown", `$\\begin{pmatrix}${rows.join("\\\\")}\\end{pmatrix}$\n`);
      const text = await hoverText(editor, new vscode.Position(0, 30));
      match(text, /<img[^>]+alt="30 by 30 matrix/, "picture");
      if (text.length > 60_000) throw new Error(`${text.length} characters`);
    });

    test("the ink of the pictures is that of the editor's theme", async () => {
      const theme = vscode.workspace.getConfiguration("workbench");
      const editor = await open("markdown", "$1+1$\n");
      try {
        for (const [name, ink] of [
          ["Default Light Modern", "#1F1F1F"],
          ["Default Dark Modern", "#E6E6E6"],
          ["Default High Contrast", "#FFFFFF"],
          ["Default High Contrast Light", "#000000"],
        ] as const) {
          await theme.update("colorTheme", name, vscode.ConfigurationTarget.Global);
          await until(
            async () => decoded(await hoverText(editor, new vscode.Position(0, 2)))[0] ?? "",
            (svg) => svg.toUpperCase().includes(ink),
            `ink of ${name}`,
          );
        }
      } finally {
        await theme.update("colorTheme", undefined, vscode.ConfigurationTarget.Global);
      }
    });
  });
