// The open documents and their edits, as the engine and the notes follow them.
import * as vscode from "vscode";
import type { Change } from "../edits.js";

export interface Documents {
  /** The open document of this address. */
  get(uri: string): vscode.TextDocument | undefined;
  readonly onDidChange: vscode.Event<{ readonly document: vscode.TextDocument; readonly changes: readonly Change[] }>;
  readonly onDidClose: vscode.Event<vscode.TextDocument>;
  /** The cells of the notebook a cell is in, in order; the same list until they change. */
  family(uri: string): readonly string[] | undefined;
  /** The cells of a notebook have come, gone or moved. */
  readonly onDidChangeFamily: vscode.Event<readonly string[]>;
}

/** Notebooks of more cells are taken cell by cell. */
const MOST_CELLS = 2000;

export function editorDocuments(subscriptions: vscode.Disposable[]): Documents {
  const changed = new vscode.EventEmitter<{ document: vscode.TextDocument; changes: readonly Change[] }>();
  const byUri = new Map<string, vscode.TextDocument>();
  for (const document of vscode.workspace.textDocuments) byUri.set(document.uri.toString(), document);
  const regrouped = new vscode.EventEmitter<readonly string[]>();
  const families = new Map<string, readonly string[]>();
  const leave = (notebook: vscode.NotebookDocument) => {
    for (const cell of notebook.getCells()) families.delete(cell.document.uri.toString());
  };
  const group = (notebook: vscode.NotebookDocument) => {
    const cells = notebook.getCells().map((c) => c.document.uri.toString());
    if (cells.length > MOST_CELLS) return;
    for (const cell of cells) families.set(cell, cells);
    regrouped.fire(cells);
  };
  vscode.workspace.notebookDocuments.forEach(group);
  subscriptions.push(
    changed,
    regrouped,
    vscode.workspace.onDidOpenNotebookDocument(group),
    vscode.workspace.onDidCloseNotebookDocument(leave),
    vscode.workspace.onDidChangeNotebookDocument(({ notebook, contentChanges }) => {
      if (contentChanges.length === 0) return;
      for (const { removedCells } of contentChanges) for (const cell of removedCells) families.delete(cell.document.uri.toString());
      group(notebook);
    }),
    vscode.workspace.onDidOpenTextDocument((d) => byUri.set(d.uri.toString(), d)),
    vscode.workspace.onDidCloseTextDocument((d) => byUri.delete(d.uri.toString())),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length === 0) return;
      changed.fire({ document, changes: contentChanges.map((c) => ({ start: c.rangeOffset, length: c.rangeLength, text: c.text })) });
    }),
  );
  return {
    get: (uri) => byUri.get(uri),
    onDidChange: changed.event,
    onDidClose: vscode.workspace.onDidCloseTextDocument,
    family: (uri) => families.get(uri),
    onDidChangeFamily: regrouped.event,
  };
}

/** The selection as offsets of its document. */
export const offsets = (document: vscode.TextDocument, range: vscode.Range): readonly [number, number] => [
  document.offsetAt(range.start),
  document.offsetAt(range.end),
];

/** Offsets of a document as an editor's range. */
export const editorRange = (document: vscode.TextDocument, [start, end]: readonly [number, number]): vscode.Range =>
  new vscode.Range(document.positionAt(start), document.positionAt(end));

const OBJECTIVE_C = /^\s*(?:#\s*(?:import|include|define|if)|@(?:interface|implementation|import|class|protocol)|\/[/*])/m;
const MATLAB = /^\s*(?:%|(?:function|classdef|clear|close|clc|for|if|while)\b|\w+\s*=|\[|\w+\()/;

/** The language a document is written in. Without a MATLAB extension the editor takes every `.m` for Objective-C; its first lines tell. */
export function languageOf(document: vscode.TextDocument): string {
  const { languageId, uri } = document;
  if (languageId !== "objective-c" || !uri.path.endsWith(".m")) return languageId;
  const head = document.getText(new vscode.Range(0, 0, 60, 0));
  return MATLAB.test(head) && !OBJECTIVE_C.test(head) ? "matlab" : languageId;
}
