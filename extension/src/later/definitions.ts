// The Definitions view: by document, each name with its shape and short value, and below it where it is used.
import * as vscode from "vscode";
import type { Definition } from "../aidMessages.js";
import { editorRange, languageOf } from "../services/documents.js";
import type { Services } from "../services/index.js";
import { problemMessage } from "../services/values.js";

export interface DocumentNode {
  readonly type: "document";
  readonly uri: string;
}
export interface DefinitionNode {
  readonly type: "definition";
  readonly definition: Definition;
}
interface UseNode {
  readonly type: "use";
  readonly uri: string;
  readonly range: readonly [number, number];
}
interface GroupNode {
  readonly type: "group";
  readonly from: number;
  readonly items: readonly DefinitionNode[];
}
export type Node = DocumentNode | DefinitionNode | UseNode | GroupNode;

const BUDGET = 1500;
const STYLE = { maxLength: 48, maxRows: 4, maxColumns: 4 };
const GROUP = 100;
const UNGROUPED = 500;

const documents = new Map<string, DocumentNode>();

/** Documents in sight, the active one first; each is one node for as long as the view lives. */
function inSight(services: Services): DocumentNode[] {
  const editors = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors].filter((e) => e !== undefined);
  const uris = [...new Set(editors.filter((e) => services.settings.allows(e.document)).map((e) => e.document.uri.toString()))];
  return uris.map((uri) => {
    let node = documents.get(uri);
    if (!node) documents.set(uri, (node = { type: "document", uri }));
    return node;
  });
}

export async function definitionsOf(services: Services, uri: string): Promise<readonly Definition[]> {
  const document = services.documents.get(uri);
  if (!document) return [];
  const outcome = await services.engine.run(
    "definitions",
    {
      uri,
      version: document.version,
      language: languageOf(document),
      conventions: services.settings.conventions(document),
      style: STYLE,
      timeout: BUDGET,
    },
    { timeout: BUDGET * 2, priority: 1 },
  );
  return outcome.status === "done" ? outcome.answer.definitions.filter((d) => d.uri === uri) : [];
}

const grouped = (items: readonly DefinitionNode[]): Node[] =>
  items.length <= UNGROUPED
    ? [...items]
    : Array.from({ length: Math.ceil(items.length / GROUP) }, (_, i) => ({
        type: "group",
        from: i * GROUP + 1,
        items: items.slice(i * GROUP, (i + 1) * GROUP),
      }));

export async function children(services: Services, node?: Node): Promise<Node[]> {
  if (!node) {
    const found = await Promise.all(inSight(services).map(async (d) => ({ d, any: (await definitionsOf(services, d.uri)).length > 0 })));
    return found.filter((f) => f.any).map((f) => f.d);
  }
  if (node.type === "document") return grouped((await definitionsOf(services, node.uri)).map((definition) => ({ type: "definition", definition })));
  if (node.type === "group") return [...node.items];
  if (node.type === "definition") return node.definition.uses.map(({ uri, range }) => ({ type: "use", uri, range }));
  return [];
}

const ICONS: Readonly<Record<Definition["kind"], string>> = {
  matrix: "symbol-array",
  vector: "symbol-array",
  number: "symbol-numeric",
  function: "symbol-function",
  formula: "symbol-variable",
  problem: "warning",
  shape: "symbol-ruler",
};

/** A LaTeX name as one reads it. */
export const readable = (name: string): string =>
  name
    .replace(/\\(?:mathbf|boldsymbol|bm|vec|mathrm|mathcal|mathbb|operatorname)\{([^{}]*)\}/g, "$1")
    .replace(/_\{([^{}]*)\}/g, "_$1")
    .replace(/^\\/, "");

export function item(services: Services, node: Node): vscode.TreeItem {
  const { t } = services.texts;
  const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
  const lineOf = (uri: string, range: readonly [number, number]) => (services.documents.get(uri)?.positionAt(range[0]).line ?? 0) + 1;
  if (node.type === "document") {
    const uri = vscode.Uri.parse(node.uri);
    const tree = new vscode.TreeItem(uri.path.slice(uri.path.lastIndexOf("/") + 1), Expanded);
    tree.iconPath = vscode.ThemeIcon.File;
    tree.resourceUri = uri;
    tree.contextValue = "document";
    tree.id = node.uri;
    return tree;
  }
  if (node.type === "group") {
    const tree = new vscode.TreeItem(`${node.from} ... ${node.from + node.items.length - 1}`, Collapsed);
    tree.contextValue = "group";
    return tree;
  }
  if (node.type === "use") {
    const document = services.documents.get(node.uri);
    const line = lineOf(node.uri, node.range);
    const text = document ? document.lineAt(line - 1).text.trim() : "";
    const tree = new vscode.TreeItem(t("line {0}", line), None);
    tree.description = text.slice(0, 80);
    tree.tooltip = text.slice(0, 400);
    tree.iconPath = new vscode.ThemeIcon("references");
    tree.contextValue = "use";
    tree.command = { command: "scholium.definitions.goTo", title: t("Go to"), arguments: [node] };
    return tree;
  }
  const { definition: d } = node;
  const line = lineOf(d.uri, d.nameRange);
  const tree = new vscode.TreeItem(readable(d.name), d.uses.length ? Collapsed : None);
  tree.description = [d.shape, d.kind === "function" || d.kind === "shape" ? d.note : d.note].filter(Boolean).join("  ");
  tree.tooltip = `${readable(d.name)} · ${t("line {0}", line)} · ${t("{0} uses", d.uses.length)}\n${d.words || d.note}`;
  tree.iconPath = new vscode.ThemeIcon(ICONS[d.kind], d.kind === "problem" ? new vscode.ThemeColor("list.warningForeground") : undefined);
  tree.contextValue = d.kind === "matrix" || d.kind === "vector" || d.kind === "number" ? "definition.value" : "definition";
  tree.accessibilityInformation = { label: `${readable(d.name)}, ${d.words.split(". ")[0] || d.note}, ${t("line {0}", line)}` };
  tree.command = { command: "scholium.definitions.goTo", title: t("Go to"), arguments: [node] };
  tree.id = `${d.uri} ${d.name} ${d.nameRange[0]}`;
  return tree;
}

async function reveal(services: Services, uri: string, range: readonly [number, number]): Promise<vscode.TextEditor | undefined> {
  const document = services.documents.get(uri);
  if (!document) return undefined;
  const editor = await vscode.window.showTextDocument(document, { preserveFocus: false });
  const at = editorRange(document, range);
  editor.selection = new vscode.Selection(at.start, at.end);
  editor.revealRange(at, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  return editor;
}

export async function goTo(services: Services, node: unknown): Promise<void> {
  const n = node as Node | undefined;
  if (n?.type === "definition") await reveal(services, n.definition.uri, n.definition.nameRange);
  else if (n?.type === "use") await reveal(services, n.uri, n.range);
}

export async function findUses(services: Services, node: unknown): Promise<void> {
  const n = node as Node | undefined;
  if (n?.type !== "definition") return;
  const { definition: d } = n;
  const editor = await reveal(services, d.uri, d.nameRange);
  if (!editor) return;
  const places = [{ uri: d.uri, range: d.nameRange }, ...d.uses].flatMap(({ uri, range }) => {
    const document = services.documents.get(uri);
    return document ? [new vscode.Location(document.uri, editorRange(document, range))] : [];
  });
  await vscode.commands.executeCommand("editor.action.peekLocations", editor.document.uri, editor.selection.start, places, "peek");
}

/** Renames a definition and what means it: from the view, or at the cursor. */
export async function rename(services: Services, node: unknown, wanted?: unknown): Promise<void> {
  const { t } = services.texts;
  const n = node as Node | undefined;
  const editor = vscode.window.activeTextEditor;
  const uri = n?.type === "definition" ? n.definition.uri : editor?.document.uri.toString();
  const document = uri ? services.documents.get(uri) : undefined;
  if (!document || !uri) return;
  const offset = n?.type === "definition" ? n.definition.nameRange[0] : document.offsetAt((editor as vscode.TextEditor).selection.active);
  const { version } = document;
  const old = n?.type === "definition" ? n.definition.name : "";
  const name =
    typeof wanted === "string" ? wanted : await vscode.window.showInputBox({ title: t("Rename Definition"), value: old, prompt: t("New name") });
  if (!name?.trim()) return;
  const outcome = await services.engine.run("rename", { uri, version, language: languageOf(document), offset, name }, { timeout: 2000, priority: 0 });
  if (outcome.status !== "done") return void vscode.window.showInformationMessage(t("The text changed while it was evaluated; nothing was done."));
  const { answer } = outcome;
  if (!answer.ok && answer.problem.kind === "code") {
    await reveal(services, uri, [offset, offset]);
    await vscode.commands.executeCommand("editor.action.rename");
    return;
  }
  if (!answer.ok) return void vscode.window.showInformationMessage(problemMessage(answer.problem));
  const change = new vscode.WorkspaceEdit();
  for (const edit of answer.edits) {
    const target = services.documents.get(edit.uri ?? uri);
    if (target) change.replace(target.uri, editorRange(target, edit.range), edit.text);
  }
  if (document.version === version) await vscode.workspace.applyEdit(change);
}
