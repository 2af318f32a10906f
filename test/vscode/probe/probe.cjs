// What nobody can be faster than: in files named floor*.md a note is set in the very event that tells of a key. Beside it, what the
// extension host does meanwhile: Scholium's time from a change to its painting, and the longest the event loop was held up; and the
// emptiest webview there can be.
const { writeFileSync } = require("node:fs");
const path = require("node:path");
const { monitorEventLoopDelay } = require("node:perf_hooks");
const vscode = require("vscode");

exports.activate = async ({ subscriptions }) => {
  const after = { color: new vscode.ThemeColor("descriptionForeground"), margin: "0 0 0 1ch" };
  const type = vscode.window.createTextEditorDecorationType({ rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed, after });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  let changedAt = 0;
  let own = [];
  let shown = 0;
  function note(document) {
    const editor = vscode.window.visibleTextEditors.find((e) => e.document === document);
    if (!editor) return;
    const { end } = document.lineAt(editor.selection.active.line).range;
    const contentText = shown++ % 2 ? "=\u00a01.25" : "=\u00a01.50";
    editor.setDecorations(type, [{ range: new vscode.Range(end, end), renderOptions: { after: { contentText } } }]);
  }
  subscriptions.push(
    type,
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length === 0) return;
      changedAt = performance.now();
      if (path.basename(document.uri.path).startsWith("floor")) note(document);
    }),
    // The least a page of an extension can be: a word, and a mark when it is painted.
    vscode.commands.registerCommand("probe.webview", () => {
      const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
      const { webview } = vscode.window.createWebviewPanel("probe", "Probe", column, { enableScripts: true });
      webview.html = `<body>page<script>requestAnimationFrame(() => performance.mark("probe-painted"))</script></body>`;
    }),
    vscode.commands.registerCommand("probe.begin", () => {
      own = [];
      delay.enable();
      delay.reset();
    }),
    vscode.commands.registerCommand("probe.report", () => {
      const folder = vscode.workspace.workspaceFolders[0].uri.fsPath;
      const { moments } = scholium.exports;
      writeFileSync(path.join(folder, "report.json"), JSON.stringify({ own, longest: delay.max / 1e6, moments }));
      delay.disable();
    }),
  );
  const scholium = vscode.extensions.all.find((e) => e.packageJSON.name === "scholium");
  const { onDidPaint } = await scholium.activate();
  subscriptions.push(
    onDidPaint(() => {
      if (changedAt) own.push(performance.now() - changedAt);
      changedAt = 0;
    }),
  );
};
