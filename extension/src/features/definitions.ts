// The side bar: definitions of the documents in sight, and pinned values.
import * as vscode from "vscode";
import { children, item, type Node } from "../later/definitions.js";
import * as pins from "../later/pinned.js";
import type { Services } from "../services/index.js";

/** At most four times a second. */
const REST = 250;

export function register(services: Services): vscode.Disposable {
  const { documents } = services;
  const changed = new vscode.EventEmitter<Node | undefined>();
  const tree = vscode.window.createTreeView<Node>("scholium.definitions", {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (node) => children(services, node),
      getTreeItem: (node) => item(services, node),
    },
    showCollapseAll: true,
  });
  const pinned = vscode.window.createTreeView<pins.PinnedNode>("scholium.pinned", {
    treeDataProvider: {
      onDidChangeTreeData: pins.changed.event,
      getChildren: (node) => (node ? [] : pins.nodes(services)),
      getTreeItem: (node) => pins.item(node),
    },
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const refresh = () => {
    if (!tree.visible) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      changed.fire(undefined);
    }, REST);
  };
  return vscode.Disposable.from(
    tree,
    pinned,
    changed,
    documents.onDidChange(({ document }) => vscode.window.visibleTextEditors.some((e) => e.document === document) && refresh()),
    vscode.window.onDidChangeActiveTextEditor(refresh),
    vscode.window.onDidChangeVisibleTextEditors(refresh),
    tree.onDidChangeVisibility(refresh),
    new vscode.Disposable(() => clearTimeout(timer)),
  );
}
