// What the tests do in the editor, and what they look at.
import * as vscode from "vscode";
import type { Api } from "../../../extension/src/main.js";

const ID = "scholium.scholium";

export const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export async function api(): Promise<Api> {
  const extension = vscode.extensions.getExtension<Api>(ID);
  if (!extension) throw new Error(`extension ${ID} is not there`);
  const found = await extension.activate();
  await found.ready;
  return found;
}

export function equal(actual: unknown, expected: unknown, what: string): void {
  const [a, e] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== e) throw new Error(`${what}: expected ${e}, got ${a}`);
}

export function match(actual: string | undefined, pattern: RegExp, what: string): void {
  if (actual === undefined || !pattern.test(actual)) throw new Error(`${what}: ${JSON.stringify(actual)} does not match ${pattern}`);
}

export async function until<T>(read: () => T | PromiseLike<T>, wanted: (value: T) => boolean, what: string, milliseconds = 8000): Promise<T> {
  let value = await read();
  for (const end = Date.now() + milliseconds; !wanted(value); value = await read()) {
    if (Date.now() > end) throw new Error(`${what}: last seen ${JSON.stringify(value)}`);
    await pause(15);
  }
  return value;
}

/** Opens a text as an untitled document, and selects `selected` in it (the cursor stands at its start when `cursor`). */
export async function open(language: string, content: string, selected?: string, cursor = false): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument({ language, content });
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  if (selected !== undefined) select(editor, selected, cursor);
  return editor;
}

export function select(editor: vscode.TextEditor, text: string, cursor = false): void {
  const at = editor.document.getText().indexOf(text);
  if (at < 0) throw new Error(`${JSON.stringify(text)} is not in the document`);
  const start = editor.document.positionAt(at);
  const end = editor.document.positionAt(at + text.length);
  editor.selection = cursor ? new vscode.Selection(start, start) : new vscode.Selection(start, end);
}

export const notesOf = async (editor: vscode.TextEditor) => (await api()).notes(editor.document.uri);

/** The text of the only note of the document, once it is settled. */
export async function note(editor: vscode.TextEditor, state: "value" | "problem" = "value"): Promise<string> {
  const notes = await until(
    () => notesOf(editor),
    (all) => all.length === 1 && all[0].state === state,
    `one note in state ${state}`,
  );
  return notes[0].text;
}

/** Runs Evaluate on the selection and answers the note. The document must stay as it was. */
export async function evaluated(editor: vscode.TextEditor, state: "value" | "problem" = "value"): Promise<string> {
  const before = editor.document.getText();
  await vscode.commands.executeCommand("scholium.evaluate");
  const text = await note(editor, state);
  equal(editor.document.getText(), before, "the text after Evaluate");
  return text;
}

/** Replaces the first occurrence of a text, as typing would. */
export async function type(editor: vscode.TextEditor, old: string, text: string): Promise<void> {
  const at = editor.document.getText().indexOf(old);
  const range = new vscode.Range(editor.document.positionAt(at), editor.document.positionAt(at + old.length));
  if (!(await editor.edit((edit) => edit.replace(range, text)))) throw new Error("the edit was refused");
}

export async function hoverText(editor: Pick<vscode.TextEditor, "document">, position: vscode.Position): Promise<string> {
  await api();
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", editor.document.uri, position);
  return hovers.flatMap((h) => h.contents.map((c) => (typeof c === "string" ? c : c.value))).join("\n");
}

/** Takes away notes and panels. Documents stay: the name of a closed untitled one is given again while VS Code still forgets its text. */
export async function clean(): Promise<void> {
  await vscode.commands.executeCommand("scholium.clearNotes");
  for (const group of vscode.window.tabGroups.all)
    await vscode.window.tabGroups.close(group.tabs.filter((t) => t.input instanceof vscode.TabInputWebview));
}

export const sample = async (name: string): Promise<vscode.TextEditor> => {
  const extension = vscode.extensions.getExtension(ID) as vscode.Extension<Api>;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(extension.extensionUri, "samples", name));
  return vscode.window.showTextDocument(document, { preview: false });
};
