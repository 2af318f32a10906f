// Insert Function and Insert Matrix: what one would otherwise look up and type, in the notation of the place.
import * as vscode from "vscode";
import type { Services } from "../services/index.js";
import { acceptedTarget } from "../services/target.js";
import { callSnippet, functionsOf, signature, surroundings } from "./completion.js";

type Around = NonNullable<Awaited<ReturnType<typeof surroundings>>>;

/** A snippet between the delimiters a formula needs where none is open. */
function delimited(snippet: vscode.SnippetString, { inside, language, layout }: Around, display: boolean): vscode.SnippetString {
  if (inside || language !== "latex" || (layout !== "prose" && layout !== "tex")) return snippet;
  const [open, close] = display ? (layout === "tex" ? ["\\\\[\n", "\n\\\\]"] : ["\\$\\$\n", "\n\\$\\$"]) : ["\\$", "\\$"];
  return new vscode.SnippetString(`${open}${snippet.value}${close}`);
}

async function place(services: Services) {
  const editor = acceptedTarget(services, undefined)?.editor;
  const around = editor && (await surroundings(services, editor.document, editor.selection.start));
  return editor && around ? { editor, around } : undefined;
}

export async function insertFunction(services: Services, wanted?: unknown): Promise<void> {
  const { t } = services.texts;
  const at = await place(services);
  if (!at) return;
  const functions = await functionsOf(services);
  const chosen =
    functions.find((f) => f.name === wanted) ??
    (
      await vscode.window.showQuickPick(
        functions.map((f) => ({ label: signature(f), description: f.title === f.name ? "" : f.title, ...(f.source ? { detail: f.source } : {}), f })),
        { title: t("Insert Function"), placeHolder: t("Name, meaning or paper"), matchOnDescription: true, matchOnDetail: true },
      )
    )?.f;
  if (chosen) await at.editor.insertSnippet(delimited(callSnippet(chosen, at.around.language), at.around, false));
}

const SIZE = /^\s*(\d{1,2})\s*[x×*, ]\s*(\d{1,2})\s*$/;
const LARGEST = 20;

/** A matrix of places to fill in. `$` and `\` are the snippet's own signs, so they are escaped. */
function matrixSnippet(rows: number, columns: number, language: string, entry: (i: number, j: number) => string): vscode.SnippetString {
  let n = 0;
  const cells = Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => `\${${++n}:${entry(i, j)}}`));
  const lines = (between: string) => cells.map((row) => row.join(between));
  switch (language) {
    case "latex":
      return new vscode.SnippetString(
        `\\\\begin{pmatrix}\n${lines(" & ")
          .map((l) => `  ${l}`)
          .join(" \\\\\\\\\n")}\n\\\\end{pmatrix}`,
      );
    case "matlab":
    case "julia":
      return new vscode.SnippetString(`[${lines(" ").join("; ")}]`);
    case "python":
      return new vscode.SnippetString(
        `np.array([${lines(", ")
          .map((l) => `[${l}]`)
          .join(", ")}])`,
      );
    case "csv":
      return new vscode.SnippetString(lines(",").join("\n"));
    case "tsv":
      return new vscode.SnippetString(lines("\t").join("\n"));
    case "mathematica":
    case "c":
    case "cpp":
      return new vscode.SnippetString(
        `{${lines(", ")
          .map((l) => `{${l}\\}`)
          .join(", ")}\\}`,
      );
    case "typst":
      return new vscode.SnippetString(`mat(${lines(", ").join("; ")})`);
    default:
      return new vscode.SnippetString(
        `[${lines(", ")
          .map((l) => `[${l}]`)
          .join(", ")}]`,
      );
  }
}

export async function insertMatrix(services: Services, wanted?: unknown): Promise<void> {
  const { t } = services.texts;
  const at = await place(services);
  if (!at) return;
  const zero = () => "0";
  const identity = (i: number, j: number) => (i === j ? "1" : "0");
  const items = [
    { label: "2 × 2", size: "2x2", entry: zero },
    { label: "3 × 3", size: "3x3", entry: zero },
    { label: "4 × 4", size: "4x4", entry: zero },
    { label: t("Identity 3 × 3"), size: "3x3", entry: identity },
    { label: t("Column of 3"), size: "3x1", entry: zero },
    { label: t("Other size ..."), size: "", entry: zero },
  ];
  const picked =
    typeof wanted === "string"
      ? { size: wanted, entry: zero }
      : await vscode.window.showQuickPick(items, { title: t("Insert Matrix"), placeHolder: t("Rows × columns") });
  if (!picked) return;
  const size =
    picked.size ||
    (await vscode.window.showInputBox({
      title: t("Insert Matrix"),
      prompt: t("Rows × columns, such as 3x4"),
      validateInput: (text) => (SIZE.test(text) ? undefined : t("Two numbers, such as 3x4")),
    }));
  const [, rows, columns] = SIZE.exec(size ?? "") ?? [];
  if (!rows || !columns) return;
  const clamp = (n: string) => Math.min(LARGEST, Math.max(1, Number(n)));
  await at.editor.insertSnippet(delimited(matrixSnippet(clamp(rows), clamp(columns), at.around.language, picked.entry), at.around, true));
}
