// The panel from inside the extension host: what the engine answers there, and how panels come and go.
import * as vscode from "vscode";
import { api, clean, equal, match, open, select, until } from "./editor.js";

const panels = () => vscode.window.tabGroups.all.flatMap((g) => g.tabs.filter((t) => t.label.startsWith("Scholium")));
const conventions = { exact: "auto", digits: 6, output: "source", scope: "above" } as const;

async function sight(text: string) {
  const { engine } = await api();
  const place = { uri: "test:panel", version: 1, language: "matlab", range: [0, text.length] as const, text };
  const outcome = await engine.run("panel", { place, conventions, timeout: 20_000 }, { timeout: 20_000, priority: 0 });
  if (outcome.status !== "done" || !outcome.answer.ok) throw new Error(JSON.stringify(outcome));
  return outcome.answer.sight;
}

export const panel = () =>
  suite("panel", () => {
    teardown(clean);

    test("the engine gives a large matrix by tiles, each entry as it is", async () => {
      const { engine } = await api();
      const { key, levels, rows } = await sight("(1:1100)' * (1:1100)");
      equal([levels, rows], [4, 1100], "levels and rows");
      const part = { kind: "tile", level: 0, row: 4, column: 4 } as const;
      const outcome = await engine.run("part", { key, part, timeout: 6000 }, { timeout: 6000, priority: 0 });
      if (outcome.status !== "done" || outcome.answer.kind !== "tile") throw new Error(JSON.stringify(outcome));
      equal(outcome.answer.tile.data.at(-1), 1100 * 1100, "the last entry");
    });

    test("a value that was forgotten is gone, and the engine goes on", async () => {
      const { engine } = await api();
      const { key } = await sight("[1 2; 3 4]");
      await engine.run("forget", { key }, { timeout: 5000 });
      const ask = { key, part: { kind: "facts", force: false }, timeout: 6000 } as const;
      const outcome = await engine.run("part", ask, { timeout: 6000, priority: 0 });
      equal(outcome.status === "done" && outcome.answer.kind, "gone", "the answer");
      equal((await sight("[1 2; 3 4]")).rows, 2, "rows of the next value");
    });

    test("a cancelled question about a value leaves the next one right", async () => {
      const { engine } = await api();
      const { key } = await sight("sin((1:900)' * (1:900))");
      const source = new vscode.CancellationTokenSource();
      const ask = { key, part: { kind: "factors", name: "schur", force: true }, timeout: 30_000 } as const;
      const running = engine.run("part", ask, { timeout: 30_000, priority: 0, token: source.token });
      setTimeout(() => source.cancel(), 150);
      match((await running).status, /cancelled|done/, "the cancelled question");
      equal((await sight("[5]")).least, 5, "the next value");
    });

    test("the panel's title names what it shows and follows the selection, not words", async () => {
      const editor = await open("markdown", "$A = \\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}$\n\nwords\n\n$f(x) = x^2$\n", "1&2", true);
      await vscode.commands.executeCommand("scholium.visualize");
      await until(panels, (all) => all[0]?.label === "Scholium: A (2×2)", "the panel of A");
      select(editor, "words", true);
      select(editor, "x^2", true);
      await until(panels, (all) => /^Scholium: f\(x\)/.test(all[0]?.label ?? ""), "the panel of f");
      equal(panels().length, 1, "panels");
    });
  });
