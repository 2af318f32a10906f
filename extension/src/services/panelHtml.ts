// The page a panel or lab starts from: an empty frame, one script, one style sheet, and a policy that allows nothing else. Both stand in the page
// itself: fetched by it, each would go from the page through the editor to this host and back before anything is seen.
import * as vscode from "vscode";

function nonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  return btoa(String.fromCharCode(...bytes));
}

const escape = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** What the page is made of, read once. */
export interface PanelParts {
  readonly page: "panel" | "lab";
  readonly script: string;
  readonly style: string;
}

export async function panelParts(resources: vscode.Uri, page: PanelParts["page"] = "panel"): Promise<PanelParts> {
  const read = async (name: string) => new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(resources, name)));
  const [script, style] = await Promise.all([read(`${page}.js`), read(`${page}.css`)]);
  return { page, script: script.replaceAll("</script", "<\\/script"), style };
}

/** The text of the webview's document. Data come by message, never in the page. */
export function panelHtml(webview: vscode.Webview, { page, script, style }: PanelParts, title: string): string {
  const n = nonce();
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
<style nonce="${n}">${style}</style>
</head>
<body>
<main id="${page}"></main>
<script nonce="${n}" type="module">${script}</script>
</body>
</html>`;
}
