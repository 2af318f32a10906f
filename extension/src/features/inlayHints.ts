// Live values as inlay hints, for those who choose `scholium.live.style: inlay`: they can be read aloud, clicked and copied.
import * as vscode from "vscode";
import type { Services } from "../services/index.js";
import { whileWanted } from "../services/whileWanted.js";

export function register({ documents, notes, places, settings, texts }: Services): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();

  function provideInlayHints(document: vscode.TextDocument, range: vscode.Range): vscode.InlayHint[] {
    if (settings.live(document).style !== "inlay") return [];
    const uri = document.uri.toString();
    const hints: vscode.InlayHint[] = [];
    for (const note of notes.of(uri)) {
      if (note.explicit || note.text === "") continue;
      const line = document.lineAt(document.positionAt(note.range[1]).line);
      if (!range.contains(line.range.end)) continue;
      const part = new vscode.InlayHintLabelPart(note.state === "stale" ? `${note.text} ⋯` : note.text);
      part.tooltip = note.problem ? [note.problem.message, note.problem.hint].filter(Boolean).join(" ") : note.text;
      if (note.state === "value") {
        const id = places.remember({ uri, version: document.version, range: note.range });
        part.command = { command: "scholium.copyAs", title: texts.t("Copy"), arguments: [id] };
      }
      const hint = new vscode.InlayHint(line.range.end, [part]);
      hint.paddingLeft = true;
      hints.push(hint);
    }
    return hints;
  }

  return vscode.Disposable.from(
    changed,
    whileWanted(
      (document) => settings.live(document).style === "inlay",
      () => vscode.languages.registerInlayHintsProvider([{ scheme: "*" }], { provideInlayHints, onDidChangeInlayHints: changed.event }),
      settings,
    ),
    notes.onDidChange((uri) => {
      const document = documents.get(uri);
      if (document && settings.live(document).style === "inlay") changed.fire();
    }),
    settings.onDidChange(() => changed.fire()),
  );
}
