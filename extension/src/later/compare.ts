// Compare: two matrices, the norms of their difference and its heatmap, on a page without scripts.
import * as vscode from "vscode";
import type { Comparison, Written } from "../aidMessages.js";
import { currentTheme, type Services } from "../services/index.js";
import { askForCommand, problemMessage } from "../services/values.js";
import { definitionsOf, readable } from "./definitions.js";
import { all, fromNode, type PinnedNode, writtenAt } from "./pinned.js";

const escape = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

function picture(svg: string): string {
  const bytes = new TextEncoder().encode(svg);
  let binary = "";
  for (let i = 0; i < bytes.length; i += 4096) binary += String.fromCharCode(...bytes.subarray(i, i + 4096));
  return `data:image/svg+xml;base64,${btoa(binary)}`;
}

const STYLE = `
body { padding: 12px 20px; font-family: var(--vscode-font-family); color: var(--vscode-editor-foreground); background: var(--vscode-editor-background); }
h1 { font-size: 1.3em; font-weight: 600; margin: 0 0 4px; }
p { margin: 0 0 14px; color: var(--vscode-descriptionForeground); }
table { border-collapse: collapse; margin: 0 0 18px; font-variant-numeric: tabular-nums; }
th, td { text-align: start; padding: 3px 24px 3px 0; border-bottom: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder, transparent)); font-weight: normal; }
th { color: var(--vscode-descriptionForeground); }
.figures { display: flex; flex-wrap: wrap; gap: 20px; }
figure { margin: 0; } figcaption { margin-bottom: 4px; } img { max-width: 100%; display: block; }
`;

function page(c: Comparison, title: string, language: string): string {
  const nonce = Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
  const norms = c.norms.map((n) => `<tr><th scope="row">${escape(n.name)}</th><td>${escape(n.value)}</td></tr>`).join("");
  const figures = c.figures.map((f) => `<figure><img src="${picture(f.svg)}" alt="${escape(f.words)}"></figure>`).join("");
  return `<!DOCTYPE html><html lang="${escape(language)}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'nonce-${nonce}'">
<title>${escape(title)}</title><style nonce="${nonce}">${STYLE}</style></head>
<body><h1>${escape(title)}</h1><p>${escape(c.shapes.join(" · "))} — ${escape(c.summary)}</p><table>${norms}</table><div class="figures">${figures}</div></body></html>`;
}

interface Choice extends vscode.QuickPickItem {
  readonly written: () => Promise<Written | undefined>;
}

/** What can be compared: the pinned values, then the matrices of the active document. */
async function choices(services: Services): Promise<Choice[]> {
  const pinned = all(services).map((p): Choice => ({ label: `$(pinned) ${p.title}`, description: p.from, written: async () => p }));
  const document = vscode.window.activeTextEditor?.document;
  if (!document) return pinned;
  const found = (await definitionsOf(services, document.uri.toString())).filter((d) => d.kind === "matrix" || d.kind === "vector");
  return [
    ...pinned,
    ...found.map(
      (d): Choice => ({
        label: readable(d.name),
        description: `${d.shape}  ${d.note}`,
        written: () => writtenAt(services, document, d.range, readable(d.name)),
      }),
    ),
  ];
}

/** The values a command is about: a node of a view, the two it was given, or those one picks. */
async function operands(services: Services, node: unknown, other: unknown): Promise<[Written, Written] | undefined> {
  const { t } = services.texts;
  const pinnedNode = node as PinnedNode | undefined;
  const given = pinnedNode?.pinned ?? (node === undefined ? undefined : await fromNode(services, node));
  if (node !== undefined && !given) return undefined;
  const offered = await choices(services);
  const pick = async (placeHolder: string) => (await vscode.window.showQuickPick(offered, { title: t("Compare"), placeHolder }))?.written();
  if (offered.length === 0) {
    void vscode.window.showInformationMessage(t("Pin a value to compare it later."));
    return undefined;
  }
  const first = given ?? (await pick(t("First matrix")));
  if (!first) return undefined;
  const chosen = typeof other === "number" ? all(services)[other] : undefined;
  const pinned = all(services);
  const only = given && !pinnedNode?.pinned && pinned.length === 1 ? pinned[0] : undefined;
  const second = chosen ?? only ?? (await pick(t("Second matrix")));
  return second && [first, second];
}

let panel: vscode.WebviewPanel | undefined;
let redraw: (() => Promise<void>) | undefined;

/** Compares two values and shows the page. Answers what is shown, for the tests. */
export async function compare(services: Services, node: unknown, other?: unknown): Promise<Comparison | undefined> {
  const { t } = services.texts;
  const pair = await operands(services, node, other);
  if (!pair) return undefined;
  const [first, second] = pair.map(({ text, language, title }) => ({ text, language, title })) as [Written, Written];
  const timeout = 6000;
  if (first.title === second.title) Object.assign(second, { title: t("{0} (pinned)", second.title) });
  const title = t("{0} compared with {1}", first.title, second.title);
  const ask = async () => {
    const answer = await askForCommand(
      services,
      "compare",
      { first, second, theme: currentTheme(), palette: services.settings.palette(), timeout },
      timeout,
    );
    if (answer && !answer.ok) void vscode.window.showInformationMessage(problemMessage(answer.problem));
    return answer?.ok ? answer.comparison : undefined;
  };
  const comparison = await ask();
  if (!comparison) return undefined;
  if (!panel) {
    panel = vscode.window.createWebviewPanel(
      "scholium.compare",
      title,
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: false, localResourceRoots: [] },
    );
    // Colours are baked into the pictures: another theme needs other pictures.
    const following = vscode.window.onDidChangeActiveColorTheme(() => void redraw?.());
    panel.onDidDispose(() => {
      panel = undefined;
      redraw = undefined;
      following.dispose();
    });
  }
  panel.title = title;
  panel.webview.html = page(comparison, title, vscode.env.language);
  panel.reveal(undefined, true);
  redraw = async () => {
    const again = await ask();
    if (again && panel) panel.webview.html = page(again, title, vscode.env.language);
  };
  return comparison;
}
