// Completion and parameter hints of everything that can be called by name, and of the names defined above.
import * as vscode from "vscode";
import type { FunctionEntry } from "../aidMessages.js";
import { readable } from "../readable.js";
import type { Services } from "../services/index.js";
import { placeOf } from "../services/notes.js";

const CHEAP = 500;
/** The table of functions is made once in the engine; loading its parts takes longer than an answer. */
const FIRST = 6000;

let table: readonly FunctionEntry[] | undefined;

export async function functionsOf({ engine }: Services): Promise<readonly FunctionEntry[]> {
  if (table) return table;
  const outcome = await engine.run("functions", {}, { timeout: FIRST, priority: 1 });
  if (outcome.status !== "done") return [];
  table = outcome.answer.functions;
  return table;
}

export const surroundings = async (
  { engine }: Services,
  document: vscode.TextDocument,
  position: vscode.Position,
  token?: vscode.CancellationToken,
) => {
  const at = document.offsetAt(position);
  const outcome = await engine.run("names", { place: placeOf(document, [at, at]) }, { timeout: CHEAP, priority: 1, ...(token ? { token } : {}) });
  return outcome.status === "done" ? outcome.answer : undefined;
};

/** Operators LaTeX has a command of its own for. */
const COMMANDS = new Set(
  "arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd inf ker lg lim ln log max min sec sin sinh sup tan tanh".split(" "),
);

export const signature = (f: FunctionEntry): string => `${f.name}(${f.parameters.map((p) => (p.optional ? `${p.name}?` : p.name)).join(", ")})`;

/** A call as a snippet, its required arguments as places to fill in. */
export function callSnippet(f: FunctionEntry, language: string): vscode.SnippetString {
  const snippet = new vscode.SnippetString();
  if (language === "latex") snippet.appendText(COMMANDS.has(f.name) ? `\\${f.name}(` : `\\operatorname{${f.name.replaceAll("_", "\\_")}}(`);
  else snippet.appendText(`${f.name}(`);
  const required = f.parameters.filter((p) => !p.optional);
  for (const [i, p] of required.entries()) {
    if (i) snippet.appendText(", ");
    snippet.appendPlaceholder(p.name);
  }
  if (required.length === 0) snippet.appendTabstop();
  snippet.appendText(")");
  return snippet;
}

/** A title in the list stands beside the name. */
const LONGEST_TITLE = 60;

const plain = (text: string) => text.replace(/[\\`*_{}[\]()#+!|<>~]/g, "\\$&");

/** A text with its formulas as they are read: the widget that shows it typesets nothing. */
const withReadable = (text: string) => text.replace(/\$([^$]+)\$/g, (_, formula: string) => plain(readable(formula)));

export function documentation(f: FunctionEntry, t: Services["texts"]["t"]): vscode.MarkdownString {
  const md = new vscode.MarkdownString();
  if (f.title && f.title !== f.name) md.appendMarkdown(`${plain(f.title)}\n\n`);
  for (const p of f.parameters) if (p.doc) md.appendMarkdown(`- \`${p.name}\` ${plain(p.doc).replaceAll("\\`", "`")}\n`);
  if (f.doc) md.appendMarkdown(`\n${withReadable(f.doc)}\n\n`);
  if (f.example) md.appendCodeblock(f.example, "latex");
  if (f.source) md.appendMarkdown(`\n${plain(t("Source: {0}", f.source))}`);
  return md;
}

export async function complete(
  services: Services,
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
): Promise<vscode.CompletionItem[] | undefined> {
  const around = await surroundings(services, document, position, token);
  if (!around?.inside) return undefined;
  const wanted = vscode.workspace.getConfiguration("scholium", document).get<string>("completion");
  if (wanted === "math" && around.language !== "latex") return undefined;
  const { t } = services.texts;
  const before = document.lineAt(position).text.slice(0, position.character);
  const latex = around.language === "latex";
  const typed = (latex ? /\\?[A-Za-z]*$/ : /[A-Za-z_]\w*$/).exec(before)?.[0] ?? "";
  // A member of something (`np.linalg.`) is the language's own business.
  if (!latex && /[.]\s*\w*$/.test(before)) return undefined;
  const range = new vscode.Range(position.translate(0, -typed.length), position);
  const last = latex ? "" : "~";
  const functions = (await functionsOf(services)).map((f) => {
    const item = new vscode.CompletionItem(
      { label: f.name, detail: `(${f.parameters.map((p) => p.name).join(", ")})`, description: f.title.slice(0, LONGEST_TITLE) },
      vscode.CompletionItemKind.Function,
    );
    item.filterText = typed.startsWith("\\") ? `\\${f.name}` : f.name;
    item.sortText = `${last}${f.group === "catalogue" ? "2" : "1"}${f.name}`;
    item.insertText = callSnippet(f, around.language);
    item.range = range;
    item.detail = `${signature(f)}  (Scholium)`;
    item.documentation = documentation(f, t);
    return item;
  });
  const names = around.names.map(({ name, isFunction, text, line }) => {
    const item = new vscode.CompletionItem(
      { label: name, description: t("line {0}", line) },
      isFunction ? vscode.CompletionItemKind.Function : vscode.CompletionItemKind.Variable,
    );
    item.filterText = typed.startsWith("\\") && !name.startsWith("\\") ? `\\${name}` : name;
    item.sortText = `0${name}`;
    item.range = range;
    item.detail = text.split("\n")[0] ?? "";
    return item;
  });
  return [...names, ...functions];
}

/** The call around the end of a text: its name and how many arguments stand before. */
export function callBefore(text: string): { name: string; argument: number } | null {
  let depth = 0;
  let argument = 0;
  for (let i = text.length - 1; i >= 0; i--) {
    const c = text.charAt(i);
    if (c === ")" || c === "]" || c === "}") depth++;
    else if (c === "[" || c === "{") depth = Math.max(0, depth - 1);
    else if (c === "," && depth === 0) argument++;
    else if (c === "(") {
      if (depth > 0) {
        depth--;
        continue;
      }
      const head = text.slice(Math.max(0, i - 200), i).replace(/\\left\s*$|\s+$/, "");
      const name = /(?:\\operatorname\*?\{([\w\\]+)\}|\\?([A-Za-z_]\w*))$/.exec(head);
      return name ? { name: (name[1] ?? name[2] ?? "").replaceAll("\\_", "_"), argument } : null;
    }
  }
  return null;
}

const LONGEST_CALL = 2000;

export async function parameterHints(
  services: Services,
  document: vscode.TextDocument,
  position: vscode.Position,
  token: vscode.CancellationToken,
): Promise<vscode.SignatureHelp | undefined> {
  const at = document.offsetAt(position);
  const text = document.getText(new vscode.Range(document.positionAt(Math.max(0, at - LONGEST_CALL)), position));
  const call = callBefore(text);
  if (!call) return undefined;
  const f = (await functionsOf(services)).find((x) => x.name === call.name);
  if (!f || !(await surroundings(services, document, position, token))?.inside) return undefined;
  const help = new vscode.SignatureHelp();
  const info = new vscode.SignatureInformation(signature(f), documentation({ ...f, parameters: [] }, services.texts.t));
  info.parameters = f.parameters.map((p) => new vscode.ParameterInformation(p.optional ? `${p.name}?` : p.name, p.doc));
  help.signatures = [info];
  help.activeParameter = Math.min(call.argument, Math.max(0, f.parameters.length - 1));
  return help;
}
