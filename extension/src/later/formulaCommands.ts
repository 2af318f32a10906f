// Commands of the formula language on the formula at the cursor: the result is shown, and goes into the text where one says so.
import * as vscode from "vscode";
import type { Answer } from "../protocol.js";
import { editorRange } from "../services/documents.js";
import type { Services } from "../services/index.js";
import { placeOf } from "../services/notes.js";
import { acceptedTarget } from "../services/target.js";
import { askForCommand, problemMessage } from "../services/values.js";

type Result = Answer<"command"> & { ok: true };

/** What the commands are called. */
const TITLES: Readonly<Record<string, string>> = {
  numeric: "Numeric Value",
  simplify: "Simplify",
  expand: "Expand",
  factor: "Factor",
  solve: "Solve",
  differentiate: "Differentiate",
  integrate: "Integrate",
  steps: "Row-Reduce with Steps",
  det: "Determinant",
  inverse: "Inverse",
  eigenvalues: "Eigenvalues",
  eigenvectors: "Eigenvectors",
  singularvalues: "Singular Values",
  svd: "Singular Value Decomposition",
  qr: "QR Decomposition",
  lu: "LU Decomposition",
  cholesky: "Cholesky Decomposition",
  nullspace: "Null Space",
  rank: "Rank",
  charpoly: "Characteristic Polynomial",
};

/** Results that equal their formula: they are written after it. Others stand on a line of their own. */
const SAME_VALUE = new Set(["numeric", "simplify", "expand", "factor"]);

type Then = "after" | "replace" | "copy" | "steps";
const THEN: readonly Then[] = ["after", "replace", "copy", "steps"];

const STEPS_SCHEME = "scholium-steps";
const pages = new Map<string, string>();
let pagesShown: vscode.Disposable | undefined;

/** The steps as a Markdown page, typeset by the editor's own preview. */
async function showSteps(services: Services, result: Result, title: string): Promise<void> {
  pagesShown ??= vscode.workspace.registerTextDocumentContentProvider(STEPS_SCHEME, {
    provideTextDocumentContent: (uri) => pages.get(uri.path) ?? "",
  });
  if (!services.context.subscriptions.includes(pagesShown)) services.context.subscriptions.push(pagesShown);
  const steps = result.steps.map((s) => `**${s.title.replace(/[*_\\]/g, "\\$&")}**\n\n$$\n${s.latex}\n$$`);
  const path = `/${title}.md`;
  pages.set(path, `# ${title}\n\n${steps.length ? steps.join("\n\n") : `$$\n${result.latex}\n$$`}\n`);
  const uri = vscode.Uri.from({ scheme: STEPS_SCHEME, path, query: String(pages.size) });
  const document = await vscode.workspace.openTextDocument(uri);
  try {
    await vscode.commands.executeCommand("markdown.showPreviewToSide", document.uri);
  } catch {
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
  }
}

/** Where a result goes in the text and how it is written there. */
function insertion(document: vscode.TextDocument, command: string, result: Result, separator: string): { range: vscode.Range; text: string } {
  const [start, end] = result.region.range;
  if (SAME_VALUE.has(command)) {
    const sign = result.approximate && result.region.language === "latex" ? " \\approx " : separator;
    return { range: editorRange(document, [end, end]), text: `${sign}${result.text}` };
  }
  const outer = editorRange(document, result.outer);
  const [open, close] = [
    document.getText(editorRange(document, [result.outer[0], start])),
    document.getText(editorRange(document, [end, result.outer[1]])),
  ];
  // Between the formula's own delimiters; in code there are none.
  const delimiters = result.region.language === "latex" && /^[\s$\\[(]*$/.test(open) && /^[\s$\\\])]*$/.test(close) ? [open, close] : ["", ""];
  const indent = /^[ \t]*/.exec(document.lineAt(outer.start.line).text)?.[0] ?? "";
  const blank = result.region.language === "latex" ? `\n\n${indent}` : `\n${indent}`;
  return { range: new vscode.Range(outer.end, outer.end), text: `${blank}${delimiters[0]}${result.text}${delimiters[1]}` };
}

async function choose(services: Services, title: string, result: Result): Promise<Then | undefined> {
  const { t } = services.texts;
  const items: (vscode.QuickPickItem & { action: Then })[] = [
    { label: `$(arrow-down) ${t("Insert after the formula")}`, action: "after" },
    { label: `$(replace) ${t("Replace the formula")}`, action: "replace" },
    { label: `$(copy) ${t("Copy")}`, action: "copy" },
    { label: `$(list-ordered) ${result.steps.length ? t("Show {0} steps", result.steps.length) : t("Show typeset")}`, action: "steps" },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: `${title}  ${result.note}`, placeHolder: result.note });
  return picked?.action;
}

/** Runs a command at the cursor. `wanted` says what to do with the result; without it the reader is asked. */
export async function run(services: Services, command: string, wanted?: unknown, variable?: unknown): Promise<void> {
  const { t } = services.texts;
  const title = t(TITLES[command] ?? command);
  const target = acceptedTarget(services, undefined);
  if (!target?.editor) return;
  const { document, editor } = target;
  const { version } = document;
  const timeout = services.settings.timeout(document);
  const result = await askForCommand(
    services,
    "command",
    {
      place: placeOf(document, target.ranges[0] as readonly [number, number]),
      conventions: services.settings.conventions(document),
      timeout,
      command,
      ...(typeof variable === "string" && variable ? { variable } : {}),
    },
    timeout,
  );
  if (!result) return;
  if (!result.ok) return void vscode.window.showInformationMessage(problemMessage(result.problem));
  const chosen = THEN.find((x) => x === wanted) ?? (command === "steps" ? "steps" : await choose(services, title, result));
  if (!chosen) return;
  if (chosen === "steps") return showSteps(services, result, title);
  if (chosen === "copy") return vscode.env.clipboard.writeText(result.text);
  if (document.version !== version) return void vscode.window.showInformationMessage(t("The text changed while it was evaluated; nothing was done."));
  const { range, text } =
    chosen === "replace"
      ? { range: editorRange(document, result.region.range), text: result.text }
      : insertion(document, command, result, services.settings.separator(document));
  const done = await editor.edit((edit) => edit.replace(range, text));
  if (done) return;
  await vscode.env.clipboard.writeText(result.text);
  void vscode.window.showInformationMessage(t("This document is read-only; the result was copied instead."));
}
