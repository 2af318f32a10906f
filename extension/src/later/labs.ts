// Opening labs: by name, by link, or from the gallery; and links to labs in documents.
import * as vscode from "vscode";
import type { LabEntry, LabValues } from "../labMessages.js";
import type { Services } from "../services/index.js";
import { askForCommand } from "../services/values.js";

const TIMEOUT = 5000;
const LINK = /scholium:lab\/[a-z0-9-]{1,64}(?:\?[^\s)>\]"'`]{0,500})?/g;
const LONGEST_DOCUMENT = 2_000_000;

export interface LabRequest {
  readonly id: string;
  readonly values: LabValues;
}

const decoded = (text: string) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** "id?k=v&..." with or without its scheme; the preview may have encoded the query once more. */
export function requestOf(text: string): LabRequest | null {
  const [path, ...rest] = text.replace(/^scholium:lab\//, "").split("?");
  const id = path ?? "";
  if (!/^[a-z0-9-]{1,64}$/.test(id)) return null;
  const query = rest.join("?");
  const parts = (query.includes("=") ? query : decoded(query)).split("&").slice(0, 32);
  const values = parts.flatMap((part) => {
    const at = part.indexOf("=");
    if (at <= 0) return [];
    return [{ name: decoded(part.slice(0, at)).slice(0, 64), value: decoded(part.slice(at + 1)).slice(0, 256) }];
  });
  return { id, values };
}

/** What a command was given: nothing, a link, or a name with values. */
function argument(first: unknown, second: unknown): LabRequest | null {
  if (typeof first !== "string") return null;
  const request = requestOf(first);
  if (!request || typeof second !== "object" || second === null) return request;
  const given = Object.entries(second).filter((e): e is [string, number | string] =>
    typeof e[1] === "number" ? Number.isFinite(e[1]) : typeof e[1] === "string",
  );
  return { id: request.id, values: given.slice(0, 32).map(([name, value]) => ({ name: name.slice(0, 64), value })) };
}

async function gallery(services: Services, say?: string): Promise<LabRequest | null> {
  const answer = await askForCommand(services, "labs", { locale: vscode.env.language }, TIMEOUT);
  if (!answer) return null;
  const { t } = services.texts;
  const topics = [...new Set(answer.labs.map((l) => l.topic))];
  const item = (lab: LabEntry) => ({ label: lab.title, detail: lab.claim, description: lab.trained ? t("trains here") : "", lab });
  const items = topics.flatMap((topic) => [
    { label: topic, kind: vscode.QuickPickItemKind.Separator, lab: null },
    ...answer.labs.filter((l) => l.topic === topic).map(item),
  ]);
  const chosen = await vscode.window.showQuickPick(items, {
    title: say ?? t("Open Lab"),
    placeHolder: t("Search {0} labs", answer.labs.length),
    matchOnDetail: true,
    matchOnDescription: true,
  });
  return chosen?.lab ? { id: chosen.lab.id, values: [] } : null;
}

export type ShowLab = (request: LabRequest) => Promise<boolean>;

/** `scholium.openLab`, with or without arguments; an unknown name opens the gallery and says so. */
export async function open(services: Services, show: ShowLab, first: unknown, second: unknown): Promise<void> {
  const { t } = services.texts;
  let request = argument(first, second);
  let say = typeof first === "string" && !request ? t('No lab named "{0}".', first.slice(0, 60)) : undefined;
  for (;;) {
    request ??= await gallery(services, say);
    if (!request || (await show(request))) return;
    say = t('No lab named "{0}".', request.id);
    request = null;
  }
}

const links: vscode.DocumentLinkProvider = {
  provideDocumentLinks(document) {
    if (document.offsetAt(new vscode.Position(document.lineCount, 0)) > LONGEST_DOCUMENT) return [];
    return [...document.getText().matchAll(LINK)].map(({ 0: link, index }) => {
      const range = new vscode.Range(document.positionAt(index), document.positionAt(index + link.length));
      return new vscode.DocumentLink(range, vscode.Uri.parse(`command:scholium.openLab?${encodeURIComponent(JSON.stringify([link]))}`));
    });
  },
};

/** Markdown is named, or its own links would come before ours and take the scheme for that of some program. */
export const register = (): vscode.Disposable => vscode.languages.registerDocumentLinkProvider(["markdown", { scheme: "*" }], links);
