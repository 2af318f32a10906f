// Context keys that decide which commands and keys are offered: set on change only, at most every 50 ms while the cursor moves.
import * as vscode from "vscode";
import { offsets } from "../services/documents.js";
import type { Services } from "../services/index.js";
import { placeOf } from "../services/notes.js";

const REST = 50;
/** A job that is done sooner does not change what is offered: each change of a key makes the editor look through its menus again. */
const BUSY_AFTER = 300;

export function register({ engine, notes, settings }: Services): vscode.Disposable {
  const set = new Map<string, boolean>();
  const put = (key: string, value: boolean) => {
    if (set.get(key) === value) return;
    set.set(key, value);
    void vscode.commands.executeCommand("setContext", `scholium.${key}`, value);
  };

  /** Keys that notes decide: they must be right at once, as Esc depends on them. */
  function noteKeys() {
    const editor = vscode.window.activeTextEditor;
    const own = editor ? notes.of(editor.document.uri.toString()).filter((n) => n.explicit) : [];
    put("hasNote", own.length > 0);
    put(
      "noteAtCursor",
      own.some((n) => editor && editor.document.positionAt(n.range[1]).line === editor.selection.active.line),
    );
  }

  async function regionKey() {
    const editor = vscode.window.activeTextEditor;
    if (!editor || !settings.allows(editor.document)) return put("hasRegion", false);
    const { document, selection } = editor;
    const { version } = document;
    const outcome = await engine.run("locate", { place: placeOf(document, offsets(document, selection)) }, { timeout: 500, priority: 1 });
    if (outcome.status === "done" && document.version === version) put("hasRegion", outcome.answer.region !== null);
  }

  let busy: ReturnType<typeof setTimeout> | undefined;
  function busyKey(state: string) {
    clearTimeout(busy);
    if (state === "busy") busy = setTimeout(() => put("busy", true), BUSY_AFTER);
    else put("busy", false);
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  function update(rest: number) {
    noteKeys();
    const editor = vscode.window.activeTextEditor;
    put("supported", editor !== undefined && settings.allows(editor.document));
    timer ??= setTimeout(() => {
      timer = undefined;
      void regionKey();
    }, rest);
  }

  update(0); // the first question starts the engine as well
  return vscode.Disposable.from(
    vscode.window.onDidChangeActiveTextEditor(() => update(REST)),
    vscode.window.onDidChangeTextEditorSelection((e) => e.textEditor === vscode.window.activeTextEditor && update(REST)),
    notes.onDidChange(noteKeys),
    engine.onDidChangeState(busyKey),
    new vscode.Disposable(() => {
      clearTimeout(timer);
      clearTimeout(busy);
    }),
  );
}
