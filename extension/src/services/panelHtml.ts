// The page a panel or lab starts from: an empty frame, one script, one style sheet, and a policy that allows nothing else.
import * as vscode from "vscode";

function nonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  return btoa(String.fromCharCode(...bytes));
}

const escape = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** The text of the webview's document. Data come by message, never in the page. */
export function panelHtml(webview: vscode.Webview, resources: vscode.Uri, title: string, name: "panel" | "lab" = "panel"): string {
  const n = nonce();
  const file = (ending: string) => webview.asWebviewUri(vscode.Uri.joinPath(resources, `${name}.${ending}`)).toString();
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${n}'`,
    `style-src ${webview.cspSource} 'nonce-${n}'`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data: blob:`,
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="${escape(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<title>${escape(title)}</title>
<link rel="stylesheet" href="${file("css")}">
</head>
<body>
<main id="${name}"></main>
<script nonce="${n}" type="module" src="${file("js")}"></script>
</body>
</html>`;
}
